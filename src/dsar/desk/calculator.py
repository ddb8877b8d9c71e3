"""The calculator: a deadline from a day and what happened since, with no case and no vault."""

from __future__ import annotations

from dataclasses import dataclass
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
from dsar.core.terms import Step, compute
from dsar.core.under import Under
from dsar.desk.dates import day
from dsar.desk.errors import (
    BadEventError,
    NoHolidaysError,
    NoRegimeError,
    NoTermDaysError,
    RegionAloneError,
    TermNotLawError,
    UnknownItemError,
)

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.calendar import Calendar
    from dsar.core.law import Law

EVENTS = (
    "extension=ON",
    "extension-no-reasons=ON",
    "identity=ASKED[:GIVEN]",
    "identity-refused=ASKED:REFUSED",
    "identity-unjustified=ASKED",
    "clarification=ASKED[:GIVEN]",
    "clarification-large=ASKED[:GIVEN]",
    "fee=ASKED[:PAID]",
    "acknowledged=ON",
    "portal=ON",
    "refusal=ON",
    "announced=ON:DATE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the controller's country and region, the complainant's country, and whether there is an establishment."""

    country: str = ""
    subdivision: str = ""
    complainant: str = ""
    no_establishment: bool = False
    no_holidays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The two dates and how they were reached; warnings are sentences."""

    regime: str
    country: str
    start: date
    strict: date | None
    safe: date | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def answer(regime: str, received: date, place: Place, events: tuple[str, ...]) -> Result:
    """When the answer to a request received on a day is due.

    Raises:
        UnknownItemError, NoRegimeError: no such regime, or none on that day.
        BadEventError: an event that cannot be read, or whose days are in an impossible order.
        NoHolidaysError, RegionAloneError, UnknownSubdivisionError: no such place, or a region without its country.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only when computing

    book = law()
    names = sorted({rule.id for rule in book.regimes})
    if regime not in names:
        raise UnknownItemError(name=regime, known=", ".join(names))
    rules = book.regime(regime, received)
    if rules is None:
        raise NoRegimeError(regime=regime, on=received.isoformat(), when=_in_force(book, regime))
    happened = _judged(tuple(_since(received, text) for text in events))
    calendars = _calendars(regime, place)
    start = Step(on=received, rule="received", cite="edpb-01-2022:159")
    strict, safe, steps = answer_due(rules, calendars, (received, received), (happened, happened))
    warnings: tuple[str, ...] = (
        () if rules.checked else (f"The rules of {rules.id} were not checked at their source: {rules.source}.",)
    )
    warnings += _uncounted(regime, place)
    return Result(
        regime=regime,
        country=place.country,
        start=received,
        strict=strict,
        safe=safe,
        steps=Under(law=book, regime=regime, on=received).steps((start, *steps)),
        warnings=warnings,
    )


def term(name: str, start: date, place: Place, days: int | None) -> Result:
    """The last day of any other term of the law book.

    Raises:
        UnknownItemError: no such term.
        NoTermDaysError: the term's length is set in the case, and was not given.
        TermNotLawError: it was no law yet on that day.
        NoHolidaysError, RegionAloneError, UnknownSubdivisionError: no such place, or a region without its country.
    """
    from dsar.lawbook.load import terms  # noqa: PLC0415 - only when computing

    known = terms()
    if name not in known:
        raise UnknownItemError(name=name, known=", ".join(sorted(known)))
    rule = known[name]
    if rule.valid_from is not None and start < rule.valid_from:
        raise TermNotLawError(name=name, start=rule.valid_from, on=start)
    if rule.days_from_case and days is None:
        raise NoTermDaysError(name=name)
    if not rule.days_from_case and days is not None:
        raise NoTermDaysError(name=name)
    found = compute(rule, start, _calendars("", place).strict, days=days)
    warnings: tuple[str, ...] = () if rule.checked else (f"This term was not checked at its source: {rule.source}.",)
    warnings += _uncounted("", place)
    return Result(
        regime=name,
        country=place.country,
        start=start,
        strict=found.last,
        safe=found.last,
        steps=found.steps,
        warnings=warnings,
    )


def _in_force(book: Law, regime: str) -> str:
    """When a regime applies: "from 2018-05-25 on"."""
    starts = [rule.valid_from for rule in book.regimes if rule.id == regime]
    ends = [rule.valid_until for rule in book.regimes if rule.id == regime]
    first = "" if None in starts else f"from {min(day for day in starts if day is not None)} on"
    last = "" if None in ends else f"until {max(day for day in ends if day is not None)}"
    return ", ".join(part for part in (first, last) if part)


def _uncounted(regime: str, place: Place) -> tuple[str, ...]:
    if regime == "eudpr" or place.country or place.no_establishment or place.no_holidays:
        return ()
    warning = (
        "No public holidays were counted, only weekends, so that the dates may be too early: add --country CC (or "
        "--no-establishment, or --holidays none if that is meant)."
    )
    return (warning,)


def _calendars(regime: str, place: Place) -> Calendars:
    from dsar.lawbook.errors import UnknownCountryError  # noqa: PLC0415 - only when computing

    try:
        return _counted(regime, place)
    except UnknownCountryError as error:
        raise NoHolidaysError(said=str(error)) from error


def _counted(regime: str, place: Place) -> Calendars:
    from dsar.lawbook import calendars as shelf  # noqa: PLC0415 - loads the holiday library

    if place.subdivision and not place.country:
        raise RegionAloneError(subdivision=place.subdivision)
    if regime == "eudpr":
        return Calendars(strict=shelf.institutions(), safe=shelf.institutions())
    if place.no_holidays or not (place.country or place.no_establishment):
        return Calendars(strict=shelf.weekends_only(), safe=shelf.weekends_only())
    if place.no_establishment:
        home: Calendar = shelf.every_region(place.complainant) if place.complainant else shelf.weekends_only()
        return Calendars(strict=shelf.weekends_only(), safe=home)
    own = shelf.calendar(place.country, place.subdivision)
    return Calendars(strict=own, safe=own)


def _since(received: date, text: str) -> Incident:
    """An event that can only have followed the receipt of the request."""
    found = event(text)
    if found.on < received:
        raise BadEventError(text=text, why=f"it lies before the receipt of the request, {received}")
    return found


def event(text: str) -> Incident:
    """One `KIND=DATE[:DATE2]` of the command line.

    Raises:
        BadEventError: unknown kind, wrong number of days, or an answer before its question.
    """
    kind, _, written = text.partition("=")
    days = [day(part) for part in written.split(":")] if written else []
    first = days[0] if days else None
    second = days[1] if len(days) > 1 else None
    known = [pattern for pattern in EVENTS if pattern.partition("=")[0] == kind]
    if not known or first is None or len(days) > known[0].count(":") + 1:
        raise BadEventError(text=text, why=f"write one of {', '.join(EVENTS)}")
    if second is None and ":" in known[0] and "[" not in known[0]:
        raise BadEventError(text=text, why=f"it needs two days, {known[0]}")
    if second is not None and second < first:
        raise BadEventError(text=text, why="the second day is before the first")
    return _incident(kind, first, second)


def _incident(kind: str, first: date, second: date | None) -> Incident:
    found: dict[str, Incident] = {
        "extension": Extended(on=first, reasons=True),
        "extension-no-reasons": Extended(on=first, reasons=False),
        "identity": IdentityAsked(on=first, given=second),
        "identity-refused": IdentityAsked(on=first, refused=second),
        "identity-unjustified": IdentityAsked(on=first, justified=False),
        "clarification": ClarificationAsked(on=first, answered=second),
        "clarification-large": ClarificationAsked(on=first, answered=second, large=True),
        "fee": FeeAsked(on=first, paid=second),
        "acknowledged": Acknowledged(on=first),
        "portal": Redirected(on=first),
        "refusal": Answered(on=first, refused=True),
        "announced": Announced(on=first, until=second or first),
    }
    return found[kind]


def _judged(found: tuple[Incident, ...]) -> tuple[Incident, ...]:
    """A demand that was refused and then judged unjustified is one demand: its judgment counts."""
    unjustified = {i.on for i in found if isinstance(i, IdentityAsked) and i.justified is False}
    return tuple(
        i for i in found if not (isinstance(i, IdentityAsked) and i.on in unjustified and i.justified is not False)
    )
