"""The answer's two last days from a receipt and what happened, in words that a vector is written in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.core.deadlines import Calendars, answer_due
from dsar.core.incidents import (
    Acknowledged,
    Announced,
    Answered,
    ClarificationAsked,
    Extended,
    FeeAsked,
    IdentityAsked,
    Incident,
    Redirected,
)
from dsar.lawbook.calendars import calendar
from dsar.lawbook.load import law

if TYPE_CHECKING:
    from dsar.core.calendar import Calendar
    from dsar.core.law import Regime

YEAR = 2026


def on(text: str) -> date:
    """`03-02`: a day of 2026."""
    return date.fromisoformat(f"{YEAR}-{text}")


def _or_none(text: str | None) -> date | None:
    return on(text) if text else None


def extension(text: str, *, reasons: bool = True) -> Incident:
    return Extended(on=on(text), reasons=reasons)


def identity(
    asked: str, given: str | None = None, *, refused: str | None = None, justified: bool | None = None
) -> Incident:
    return IdentityAsked(on=on(asked), given=_or_none(given), refused=_or_none(refused), justified=justified)


def clarification(asked: str, answered: str | None = None, *, large: bool = False) -> Incident:
    return ClarificationAsked(on=on(asked), answered=_or_none(answered), large=large)


def fee(asked: str, paid: str | None = None, *, justified: bool | None = None) -> Incident:
    return FeeAsked(on=on(asked), paid=_or_none(paid), justified=justified)


def announced(text: str, until: str) -> Incident:
    return Announced(on=on(text), until=on(until))


def acknowledged(text: str) -> Incident:
    return Acknowledged(on=on(text))


def portal(text: str) -> Incident:
    return Redirected(on=on(text))


def answered(text: str, *, refused: bool = False) -> Incident:
    return Answered(on=on(text), refused=refused)


def regime(name: str, received: date) -> Regime:
    found = law().regime(name, received)
    assert found is not None
    return found


def due(
    received: str, *happened: Incident, name: str = "gdpr", strict: Calendar | None = None, safe: Calendar | None = None
) -> tuple[str | None, str | None]:
    """Both last days as `04-02`; without calendars, those of France."""
    start = on(received)
    first = strict or calendar("FR")
    calendars = Calendars(strict=first, safe=safe or first)
    early, late, _ = answer_due(regime(name, start), calendars, (start, start), (happened, happened))
    return _short(early), _short(late)


def _short(found: date | None) -> str | None:
    if found is None:
        return None
    return f"{found:%m-%d}" if found.year == YEAR else found.isoformat()
