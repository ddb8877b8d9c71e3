"""What a letter needs from the brief, and what to enter where it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.letters.errors import MissingValueError, TooEarlyError

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.letters.front import Template

# The most specific path that a need starts with decides.
_HINTS = {
    "agent": ("the agent", "say who acts with `dsar mandate new`"),
    "answer": ("the controller's answer", "record it with `dsar received REF FILE --on DATE --as answer`"),
    "authority": ("the supervisory authority", "name it with `--authority ID` (`dsar authorities find`)"),
    "collective": (
        "several complainants of one campaign",
        "build the complaint of all of them with `dsar dossier --campaign CAMPAIGN`",
    ),
    "complaint": ("the complaint", "record it with `dsar complaint REF --authority ID --on DATE`"),
    "controller": ("the controller's data", "complete its record"),
    "demands": ("what the request asks for", "open the case with `--right access` or `--question TEXT`"),
    "details.about": ("the data or the processing to be restricted", "say which with `--about TEXT`"),
    "details.decision": ("the automated decision that is contested", "say which one with `--decision TEXT`"),
    "details.reasons": (
        "the reasons for the objection, which relate to the particular situation of the person",
        "give them with `--reasons TEXT`",
    ),
    "details.rectify": (
        "what is wrong and what is right",
        "give both with `--wrong TEXT --right-value TEXT`, or what completes the data with `--supplement TEXT`",
    ),
    "details.respond_by": ("the day by which an answer is asked for", "give it with `--respond-by DATE`"),
    "details.restriction_grounds": (
        "the ground for the restriction",
        "name it with `--ground`: 18.1.a (accuracy contested), b (unlawful), c (needed for claims), d (objection)",
    ),
    "grievances": ("a breach that may be asserted on this day", "see `dsar show REF`"),
    "id_data": ("what identifies the data subject", "give it with `--id-data`"),
    "identity": ("the identity ledger", "record it with `dsar identity REF`"),
    "lacking": ("a review that finds something lacking", "review the answer with `dsar review REF`"),
    "mandate": ("the mandate", "make it with `dsar mandate new`"),
    "notice": ("the term of the formal notice", "set its number of days"),
    "purpose": ("the purpose of the request", "say in one sentence why the data subject asks"),
    "question": ("their message that is to be answered", "say what it is with `dsar classify REF N KIND`"),
    "reply": ("the date on which the answer was due", "record the receipt with `dsar delivered REF --on DATE`"),
    "request.issued_on": ("the day of the request", "freeze the request with `dsar letter KIND REF --issue`"),
    "request.received_on": ("the receipt of the request", "record it with `dsar delivered REF --on DATE`"),
    "request.sent_on": ("the sending of the request", "record it with `dsar sent REF --on DATE --via CHANNEL`"),
    "rights": ("the rights exercised", "open the case with `--right`"),
    "subject": ("the data subject's data", "complete the record with `dsar subject`"),
}


def check(template: Template, brief: Brief) -> None:
    """Refuse the letter where the case lacks what it needs, or where its assertions are not allowed on its day.

    Raises:
        MissingValueError: one sentence that says what to enter.
        TooEarlyError: lateness or breaches may not be asserted on that day.
    """
    for need in template.needs:
        right, path = limited(need)
        if (not right or right in brief.rights) and not value(brief, path):
            missing, hint = _hint(path)
            raise MissingValueError(kind=template.kind, missing=missing, hint=hint)
    if "lateness" in template.asserts and brief.reply.late_days == 0:
        raise TooEarlyError(kind=template.kind, what="lateness", today=brief.today)
    if "breaches" in template.asserts and not brief.grievances:
        raise TooEarlyError(kind=template.kind, what="breaches", today=brief.today)


def limited(need: str) -> tuple[str, str]:
    """A need as front matter states it, `rectification:details.rectify`: the right that it is limited to, the path."""
    right, colon, path = need.partition(":")
    return (right, path) if colon else ("", need)


def value(brief: Brief, path: str) -> object:
    """The value at a dotted path; None where a step of it does not apply."""
    found: object = brief
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _hint(path: str) -> tuple[str, str]:
    names = path.split(".")
    for length in range(len(names), 0, -1):
        hint = _HINTS.get(".".join(names[:length]))
        if hint:
            return hint
    return (f"`{path}`", "complete the case")
