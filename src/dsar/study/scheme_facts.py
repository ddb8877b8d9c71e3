"""The facts of a case beside its coding: what is shown of the log, what a variable may depend on, what none may be."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dsar.core.casefacts import CaseFacts, Happening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CHECKLIST = (
    *("confirmation", "purposes", "categories", "recipients", "retention", "rights", "complaint", "source"),
    *("automated-decisions", "transfers", "copy"),
)
"""Art. 15(1), (2) and (3) GDPR, item by item: `dsar review` finds it, in the log."""

KINDS = (
    *("acknowledgement", "auto-reply", "bounce", "identity-demand", "clarification", "fee", "extension", "refusal"),
    *("portal", "mandate-doubt", "wrong-contact", "other-language", "no-data", "answer", "other"),
)
"""What a message of theirs can be, once it is classified: each a fact that is `yes` or `no`."""

ANSWERED = "answered"

GATES = (*KINDS, ANSWERED, "bounced", "closed")
"""The facts that a variable may depend on (`when`); all of them are `yes` or `no`."""


def reserved() -> frozenset[str]:
    """The names of facts: no variable may have one, however it is spelled."""
    computed = (field.name for kind in (CaseFacts, Happening) for field in fields(kind))
    return frozenset(spelled(name) for name in (*computed, *CHECKLIST, *GATES))


def spelled(name: str) -> str:
    """A name as it is compared: `sent_on`, `Sent-On` and `sent-on` are one."""
    return name.strip().casefold().replace("_", "-")


def gates(facts: CaseFacts) -> Mapping[str, str]:
    """What holds in this case, by the names that `when` may use."""
    seen = {happening.kind for happening in facts.happenings}
    held = {kind: kind in seen for kind in KINDS}
    last = facts.last_answer
    held |= {
        "no-data": held["no-data"] or (last is not None and last[1] == "no-data"),
        "refusal": held["refusal"] or (last is not None and last[1] == "refusal"),
        ANSWERED: held["answer"] or (last is not None and last[1] == "answer"),
        "bounced": facts.bounced,
        "closed": facts.closed_on is not None,
    }
    return {name: "yes" if holds else "no" for name, holds in held.items()}


def beside(facts: CaseFacts, today: date) -> tuple[tuple[str, str], ...]:
    """What the log says, in pairs of a word and what it says, for the reader of a screen."""
    return (
        ("request", _request(facts)),
        ("term", _term(facts, today)),
        ("answer", _answer(facts)),
        ("they", _theirs(facts)),
        ("we", _ours(facts)),
        ("review", _review(facts)),
    )


def _request(facts: CaseFacts) -> str:
    way = f" by {', '.join(facts.channels)}" if facts.channels else ""
    arrived = f"proved {facts.proved_on}" if facts.proved_on else f"arrived {facts.arrived_on}"
    came = arrived if facts.arrived_on or facts.proved_on else "bounced" if facts.bounced else "no delivery recorded"
    sent = f"sent {facts.sent_on}{way}, {came}" if facts.sent_on else "not sent"
    return f"{', '.join(facts.rights)}; {sent}"


def _term(facts: CaseFacts, today: date) -> str:
    if facts.safe is None:
        return "no safe last day"
    met = facts.met_safe or facts.met
    late = "late" if facts.late(today) else "in time" if met else "runs"
    return f"until {facts.safe} ({'met ' + met.isoformat() + ', ' if met else ''}{late})"


def _answer(facts: CaseFacts) -> str:
    if facts.first_answer is None or facts.last_answer is None:
        return "none in substance"
    first, last = (f"{kind} {on}" for on, kind in (facts.first_answer, facts.last_answer))
    files = f"; files: {', '.join(sorted(set(facts.media)))}" if facts.media else ""
    return f"{first}{'' if first == last else ', last ' + last}{files}"


def _theirs(facts: CaseFacts) -> str:
    shown = []
    for happening in facts.happenings:
        more = ", ".join(happening.items) or happening.ground or happening.amount
        judged = {True: ", unjustified", False: ", justified", None: ""}[happening.unjustified]
        shown.append(f"{happening.kind} {happening.on}{' (' + more + ')' if more else ''}{judged}")
    return "; ".join(shown) or "nothing classified"


def _ours(facts: CaseFacts) -> str:
    complaint = f", complaint {facts.complaint_on}" if facts.complaint_on else ""
    closed = f"; closed {facts.closed_on}: {facts.outcome}" if facts.closed_on else ""
    steps = f"reminders {len(facts.reminders)}, notices {len(facts.notices)}{complaint}"
    return f"{steps}; letters out {facts.letters_out}, messages in {facts.messages_in}{closed}"


def _review(facts: CaseFacts) -> str:
    found: dict[str, list[str]] = {}
    for item, status in facts.findings:
        found.setdefault(status, []).append(item)
    said = "; ".join(f"{status}: {', '.join(items)}" for status, items in found.items())
    faults = f"; faults: {', '.join(facts.faults)}" if facts.faults else ""
    return f"{said or 'not reviewed yet (dsar review)'}{faults}"
