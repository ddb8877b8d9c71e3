"""What moved the clock of a case, read from its facts, in the calculator's own vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsar.core.incidents import (
    Acknowledged,
    Answered,
    ClarificationAsked,
    Extended,
    FeeAsked,
    IdentityAsked,
    Incident,
    Redirected,
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
    NoData,
    Other,
    OtherLanguage,
    PortalRedirect,
    Refusal,
    WrongContact,
)

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Case, Incoming
    from dsar.core.questions import Side


def incidents(case: Case, side: Side) -> tuple[Incident, ...]:
    """What moved the clock of the request, as recorded: the same vocabulary as the calculator's.

    For an act of theirs the safe reading takes the earlier of the two local dates.
    """
    found = [_incident(case, message, side) for message in case.messages]
    return tuple(incident for incident in found if incident is not None)


def _incident(case: Case, message: Incoming, side: Side) -> Incident | None:
    fact = message.fact
    day = min(fact.on, fact.on_theirs or fact.on) if side == "safe" else fact.on
    justified = message.judged[1].justified if message.judged else None
    match message.meaning:
        case Extension(reasons=reasons, until=until):
            return Extended(on=day, reasons=reasons, until=until)
        case IdentityDemand(items=items):
            return _identity(case, message, items, day)
        case MandateDoubt():
            # no source decides: strictly handled in time all the same (EDPB 01/2022, 80-82), safely a question
            return IdentityAsked(on=day, given=message.replied, justified=justified, about="mandate")
        case Clarification(large=large):
            return ClarificationAsked(on=day, answered=message.replied, large=large)
        case Fee():
            return FeeAsked(on=day, paid=message.paid, justified=justified)
        case Acknowledgement():
            return Acknowledged(on=day)
        case PortalRedirect():
            return Redirected(on=day)
        case Answer() | NoData():
            return Answered(on=day)
        case Refusal():
            return Answered(on=day, refused=True)
        case AutoReply() | Bounce() | Other() | WrongContact() | OtherLanguage() | None:
            return None
        case _:
            assert_never(message.meaning)


def _identity(case: Case, message: Incoming, items: tuple[str, ...], day: date) -> IdentityAsked:
    asked = set(items)
    justified = message.judged[1].justified if message.judged else None
    given = {item for _, fact in message.supplied for item in fact.items}
    last = max((fact.on for _, fact in message.supplied), default=None)
    accepted = any(answer.fact.on >= last for answer in case.meaning(Answer)) if last else False
    # where nobody wrote down what was asked, nobody can say that all of it was given
    complete = last if last is not None and ((asked and asked <= given) or accepted) else None
    refused = min((fact.on for _, fact in message.refused), default=None)
    return IdentityAsked(on=day, given=complete, refused=refused, justified=justified)
