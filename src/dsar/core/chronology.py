"""The story of a case: one line an event, in the order of the days, each with the entries that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from dsar.core.demands import LACKING
from dsar.core.events import (
    Assigned,
    AuthorityActed,
    Classified,
    Closed,
    Confirmed,
    Delivered,
    Escalated,
    Fact,
    IdentityRefused,
    IdentitySupplied,
    Issued,
    Judged,
    Noted,
    Opened,
    Paid,
    Received,
    Replied,
    Reviewed,
    Sent,
)
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    MandateDoubt,
    Meaning,
    NoData,
    Other,
    OtherLanguage,
    PortalRedirect,
    Refusal,
    WrongContact,
)

if TYPE_CHECKING:
    from dsar.core.case import Case

Value = str | int | date | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event: its day, a key of the event words with raw values, and the entries that prove it.

    Values named `what`, `channel`, `outcome` are keys of their own word tables; `items` a tuple; `day` a date.
    """

    n: int
    on: date
    rule: str
    values: tuple[tuple[str, Value], ...]
    proof: tuple[int, ...]


def chronology(case: Case) -> tuple[Line, ...]:
    """The events that the other side or an authority may see: no notes, no assignment, no judgment of ours."""
    lines = (_line(case, held.n, held.fact) for held in case.held)
    return tuple(line for line in lines if line is not None)


def _line(case: Case, n: int, fact: Fact) -> Line | None:
    match fact:
        case Opened() | Issued() | Noted() | Assigned() | Confirmed() | Classified():
            return None  # ours alone: what counts is what left and what came
        case Sent() | Delivered():
            return _post(case, n, fact)
        case Received():
            return _received(case, n, fact)
        case Replied(to=to):
            values = (("what", kind_of(case, to)), ("day", _day_of(case, to)))
            return Line(n=n, on=fact.on, rule="replied", values=values, proof=(n,))
        case Paid():
            return Line(n=n, on=fact.on, rule="paid", values=(), proof=(n,))
        case IdentitySupplied(items=items):
            where = _written(case, n, fact)
            return Line(n=n, on=fact.on, rule="identity-given", values=(("items", items),), proof=where)
        case IdentityRefused(items=items):
            where = _written(case, n, fact)
            return Line(n=n, on=fact.on, rule="identity-refused", values=(("items", items),), proof=where)
        case Judged() | Reviewed():
            return None  # our reading of what they did: in the grievances, not in the story
        case Escalated(authority=authority):
            return Line(n=n, on=fact.on, rule="escalated", values=(("authority", authority),), proof=(n,))
        case AuthorityActed(act=act):
            return Line(n=n, on=fact.on, rule=f"authority-{act}", values=(), proof=(n,))
        case Closed(outcome=outcome):
            return Line(n=n, on=fact.on, rule="closed", values=(("outcome", outcome),), proof=())
        case _:
            assert_never(fact)


def left_on(case: Case, days: set[date]) -> tuple[int, ...]:
    """Our sendings of these days: what was given or refused on them is written there."""
    return tuple(sent.n for letter in case.letters for sent in letter.sendings if sent.fact.on in days)


def _written(case: Case, n: int, fact: IdentitySupplied | IdentityRefused) -> tuple[int, ...]:
    """Where it is written what was given or refused: in the letter that left that day."""
    return (n, *left_on(case, {fact.on}))


def _post(case: Case, n: int, fact: Sent | Delivered) -> Line | None:
    """What became of a letter; nothing of one that was withdrawn."""
    match fact:
        case Sent(letter=number, channel=channel, to=to):
            letter = case.letter(number)
            if letter is None:
                return None
            values: tuple[tuple[str, Value], ...] = (("title", letter.fact.subject), ("channel", channel), ("to", to))
            return Line(n=n, on=fact.on, rule="sent" if to else "sent-bare", values=values, proof=(n, number))
        case Delivered(sending=number, basis=basis, rule=rule, presented=presented):
            sending = case.sending(number)
            letter = case.letter(sending.fact.letter) if sending is not None else None
            if letter is None or sending is None:
                return None
            told: tuple[tuple[str, Value], ...] = (
                *(("title", letter.fact.subject), ("channel", sending.fact.channel), ("rule", rule)),
                *((("presented", presented),) if presented is not None else ()),
            )
            return Line(n=n, on=fact.on, rule=f"delivered-{basis}", values=told, proof=(n,))
        case _:
            assert_never(fact)


def _received(case: Case, n: int, fact: Received) -> Line | None:
    """What came in; nothing of a message that has nothing to do with the case."""
    message = case.message(n)
    if message is not None and isinstance(message.meaning, Other):
        return None
    bare = "" if fact.subject else "-bare"
    if message is None or message.meaning is None:
        return Line(
            n=n, on=fact.on, rule=f"received-unclassified{bare}", values=(("subject", fact.subject),), proof=(n,)
        )
    values = (("what", meaning_name(message.meaning)), ("subject", fact.subject))
    return Line(n=n, on=fact.on, rule=f"received{bare}", values=values, proof=(n,))


def kind_of(case: Case, n: int) -> str:
    """The name of what message `n` was classified as, or `other`."""
    message = case.message(n)
    return meaning_name(message.meaning) if message is not None and message.meaning is not None else "other"


def _day_of(case: Case, n: int) -> date:
    message = case.message(n)
    return message.fact.on if message is not None else case.opened.on


def meaning_name(meaning: Meaning) -> str:
    """The name of a meaning, as the command line and the word files spell it."""
    match meaning:
        case Acknowledgement():
            return "acknowledgement"
        case AutoReply():
            return "auto-reply"
        case Bounce():
            return "bounce"
        case IdentityDemand():
            return "identity-demand"
        case Clarification():
            return "clarification"
        case Fee():
            return "fee"
        case Extension():
            return "extension"
        case Refusal():
            return "refusal"
        case PortalRedirect():
            return "portal"
        case MandateDoubt():
            return "mandate-doubt"
        case WrongContact():
            return "wrong-contact"
        case OtherLanguage():
            return "other-language"
        case NoData():
            return "no-data"
        case Answer():
            return "answer"
        case Other():
            return "other"
        case _:
            assert_never(meaning)


def given_of_total(review: Reviewed) -> tuple[int, int]:
    """How many demands a review found given, and of how many it spoke (those not applicable left out)."""
    spoken = [finding for finding in review.findings if finding.status != "na"]
    return sum(1 for finding in spoken if finding.status not in LACKING), len(spoken)
