"""What may be written beside the course of a case: replies to their messages, a chaser, a last or a closing letter.

None of it has to be done: who must act is said by the course of the case, and these steps come after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.demands import asked
from dsar.core.meanings import (
    AutoReply,
    Bounce,
    Extension,
    Fee,
    IdentityDemand,
    NoData,
    Other,
    OtherLanguage,
    PortalRedirect,
    WrongContact,
)
from dsar.core.next_step import Next

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.case import Case, Incoming
    from dsar.core.deadlines import Deadline

# Contested, once a person found it unjustified: the step that says so, the step that judges, the letter.
_CONTESTED = {
    Fee: ("contest-fee", "judge-fee", "fee-contested"),
    PortalRedirect: ("contest-portal", "judge-portal", "portal-refused"),
}
_ANSWERED = {WrongContact: "wrong-contact", OtherLanguage: "other-language"}
_THIRD_PARTY = "third-party-data"


def replies(case: Case, due: tuple[Deadline, ...], today: date) -> list[Next]:
    """The letters that the messages of theirs call for, the oldest message first; then the chaser, then the close."""
    found = [step for message in case.messages for step in _to(case, message, due)]
    return [*found, *_chaser(case, due, today), *_court(case, due, today), *_closing(case)]


def issued(case: Case, kind: str, since: date | None = None) -> bool:
    """Whether a letter of that kind was issued, on that day or later."""
    return any(letter.fact.kind == kind and (since is None or letter.fact.on >= since) for letter in case.letters)


def _to(case: Case, message: Incoming, due: tuple[Deadline, ...]) -> Iterator[Next]:
    """The replies that one message calls for, until one was issued."""
    if _replied_to(case, message):
        return
    match message.meaning:
        case Extension(reasons=reasons):
            if reasons is False or _unjustified(message) or _late(due):
                yield _letter(case, "contest-extension", "extension-contested", message)
        case Fee() | PortalRedirect():
            contest, _, kind = _CONTESTED[type(message.meaning)]
            if _unjustified(message):
                yield _letter(case, contest, kind, message)
            elif isinstance(message.meaning, PortalRedirect):
                yield from judging(case, message)
        case IdentityDemand():
            answered = message.replied is not None or message.supplied or message.refused
            if _unjustified(message) and not answered:
                yield _letter(case, "identity-reply", "identity-reply", message)
        case WrongContact() | OtherLanguage():
            kind = _ANSWERED[type(message.meaning)]
            if message.replied is None:
                yield _letter(case, kind, kind, message)
        case NoData():
            if message.review is not None and message.replied is None:
                yield _letter(case, "contest-no-data", "no-data-contested", message, against="no-data-true")
        case _:
            pass
    faults = message.review[1].faults if message.review is not None else ()
    if any(fault.breach == _THIRD_PARTY for fault in faults) and not issued(case, _THIRD_PARTY, message.fact.on):
        yield Next(id=_THIRD_PARTY, who="us", command=f"letter {_THIRD_PARTY} {case.ref}", values=_of(message))


def judging(case: Case, message: Incoming) -> Iterator[Next]:
    """The judgment that must come before a fee or a portal can be contested; nothing for any other message."""
    found = next((names for meaning, names in _CONTESTED.items() if isinstance(message.meaning, meaning)), None)
    waits = message.judged is None and message.paid is None and message.replied is None
    if found is not None and waits and not _replied_to(case, message):
        command = f"identity {case.ref} --to {message.n} --judge unjustified --because TEXT"
        yield Next(id=found[1], who="us", command=command, values=_of(message))


def _replied_to(case: Case, message: Incoming) -> bool:
    return any(letter.fact.answers == message.n for letter in case.letters)


def _letter(case: Case, name: str, kind: str, message: Incoming, *, against: str = "") -> Next:
    several = message.meaning is not None and len(case.meaning(type(message.meaning))) > 1
    command = f"letter {kind} {case.ref}" + (f" --to {message.n}" if several else "")
    return Next(id=name, who="us", command=command, values=_of(message), against=((against, ()),) if against else ())


def _of(message: Incoming) -> tuple[tuple[str, int | date], ...]:
    return (("n", message.n), ("day", message.fact.on))


def _unjustified(message: Incoming) -> bool:
    return message.judged is not None and not message.judged[1].justified


def _late(due: tuple[Deadline, ...]) -> bool:
    """Whether an extension came too late on every reading."""
    reply = next((deadline for deadline in due if deadline.id == "reply"), None)
    return reply is not None and any(step.rule == "extension-late" and step.reading != "strict" for step in reply.steps)


def _chaser(case: Case, due: tuple[Deadline, ...], today: date) -> Iterator[Next]:
    """Before the strict date, and as long as they have not written: ask whether and when the request came."""
    request = case.request
    if request is None or not request.sendings or case.escalations or issued(case, "receipt-chaser"):
        return
    heard = (m for m in case.messages if not isinstance(m.meaning, AutoReply | Bounce | Other))
    reply = next((deadline for deadline in due if deadline.id == "reply"), None)
    over = reply is not None and reply.strict is not None and today > reply.strict
    if not over and next(heard, None) is None:
        yield Next(id="chase-receipt", who="us", command=f"letter receipt-chaser {case.ref}")


def _closing(case: Case) -> Iterator[Next]:
    """Where every point was given: the closing letter, and the withdrawal of a complaint that has lost its object."""
    items = asked(case)
    reviewed = [message for message in case.messages if message.review is not None]
    if not reviewed or not items or any(item.status not in {"given", "na"} for item in items):
        return
    if case.escalations:
        if not issued(case, "complaint-withdrawal", case.escalations[-1][1].on):
            command = f"letter complaint-withdrawal {case.ref}"
            yield Next(id="withdraw-complaint", who="us", command=command, against=(("withdrawal-final", ()),))
    elif not issued(case, "closing"):
        yield Next(id="closing", who="us", command=f"letter closing {case.ref}")


def _court(case: Case, due: tuple[Deadline, ...], today: date) -> Iterator[Next]:
    """GDPR Art. 79: once the term of a formal notice has ended on every reading, a last letter before the court."""
    notice = next((deadline for deadline in reversed(due) if deadline.id.startswith("notice")), None)
    if notice is None or notice.safe is None or today <= notice.safe or issued(case, "judicial-notice"):
        return
    reply = next((deadline for deadline in due if deadline.id == "reply"), None)
    if any(item.lacking for item in asked(case)) or (reply is not None and reply.met is None):
        yield Next(
            id="judicial-notice", who="us", command=f"letter judicial-notice {case.ref}", against=(("court", ()),)
        )
