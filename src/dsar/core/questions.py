"""What a question of theirs does to the term: an identity demand, a request to clarify, a fee.

Each rule differs by regime and by reading; nothing here knows how the term goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, assert_never

from dsar.core.incidents import ClarificationAsked, FeeAsked, IdentityAsked
from dsar.core.terms import Step

if TYPE_CHECKING:
    from dsar.core.law import Regime

Side = Literal["strict", "safe"]
Question = IdentityAsked | ClarificationAsked | FeeAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a question does: days that do not count, a new start, or the sentence for why the term stands still."""

    suspended: frozenset[date] = frozenset()
    restart: date | None = None
    waiting: str = ""


NONE = Effect()


def effect(regime: Regime, side: Side, question: Question, day: date) -> Effect:
    """The effect of a question as things stood on a day: what was answered later was still open then."""
    match question:
        case IdentityAsked():
            return _identity(regime, side, question, day)
        case ClarificationAsked():
            return _clarification(regime, side, question, day)
        case FeeAsked():
            return _fee(regime, side, question, day)
        case _:
            assert_never(question)


def _identity(regime: Regime, side: Side, asked: IdentityAsked, day: date) -> Effect:
    # GDPR Art. 12(6); EDPB Guidelines 01/2022 para. 159: the term "may" be suspended if asked without undue delay
    given = asked.given if asked.given is not None and asked.given <= day else None
    if asked.justified is False or (side == "strict" and regime.identity == "suspends"):
        return NONE
    if given is not None and (asked.refused is None or asked.justified):
        if regime.identity == "restarts":  # UK GDPR Art. 12A(2): from the latest of request, identity, fee
            return Effect(restart=given)
        return Effect(suspended=_days(asked.on, given))
    if side == "strict":
        return NONE
    return Effect(waiting=f"{asked.about}-refused" if asked.refused is not None else f"{asked.about}-open")


def _clarification(regime: Regime, side: Side, asked: ClarificationAsked, day: date) -> Effect:
    answered = asked.answered if asked.answered is not None and asked.answered <= day else None
    if regime.clarification == "excluded-both-days":
        # UK GDPR Art. 12A(5)-(6): question to answer, both days included, do not count, in either reading
        if answered is None:
            return Effect(waiting="clarification-open")
        return Effect(suspended=_days(asked.on, answered + timedelta(days=1)))
    # Recital 63 GDPR; EDPB Guidelines 01/2022 para. 159: only where a large quantity of data is processed
    # what nobody noted is read for the controller
    if side == "strict" or asked.large is False:
        return NONE
    if answered is None:
        return Effect(waiting="clarification-open")
    return Effect(suspended=_days(asked.on, answered))


def _fee(regime: Regime, side: Side, asked: FeeAsked, day: date) -> Effect:
    paid = asked.paid if asked.paid is not None and asked.paid <= day else None
    if asked.justified is False:
        return NONE
    match regime.fee:
        case "ten-days-then":  # DSV Art. 19(2)-(3): the period starts when the ten days of reflection have ended
            end = asked.on + timedelta(days=regime.reflection_days)
            if paid is None:
                return Effect(waiting="fee-open")
            # not confirmed within the ten days: the request counts as withdrawn
            return Effect(restart=end) if paid <= end else Effect(waiting="fee-lapsed")
        case "restarts":  # UK GDPR Art. 12A(2)
            found = Effect(restart=paid)
        case "suspends":  # GDPR Art. 12(5): undecided; the safe reading takes the side of the controller
            found = NONE if side == "strict" or paid is None else Effect(suspended=_days(asked.on, paid))
        case _:
            assert_never(regime.fee)
    return Effect(waiting="fee-open") if paid is None and side == "safe" else found


def told(regime: Regime, side: Side, question: Question, *, late: bool) -> Step:
    """The step that tells what came of a question; `late`: it was asked when the term had already ended."""
    kind: str
    match question:
        case IdentityAsked():
            kind, cite, end = question.about, regime.identity_cite, question.given
            dismissed = question.justified is False
        case ClarificationAsked():
            kind, cite, end = "clarification", regime.clarification_cite, question.answered
            dismissed = regime.clarification == "suspends-if-large" and question.large is False
        case FeeAsked():
            kind, cite, end = "fee", regime.fee_cite, question.paid
            dismissed = question.justified is False
        case _:
            assert_never(question)
    if late:
        outcome = "too-late"
    elif dismissed:
        outcome = "dismissed"
    else:
        outcome = _outcome(effect(regime, side, question, date.max))
    values: tuple[tuple[str, date], ...] = (("asked", question.on), *((("end", end),) if end else ()))
    return Step(on=question.on, rule=f"{kind}-{outcome}", cite=cite, values=values)


def _outcome(found: Effect) -> str:
    if found.restart is not None:
        return "restarts"
    if found.suspended:
        return "suspends"
    return "stops" if found.waiting else "no-effect"


def _days(first: date, end: date) -> frozenset[date]:
    """The days from `first` up to, not including, `end`."""
    return frozenset(first + timedelta(days=k) for k in range((end - first).days))
