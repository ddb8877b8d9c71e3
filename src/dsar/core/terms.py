"""Time limits: Regulation (EEC, Euratom) No 1182/71 on civil dates, with a reason for every step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

from dsar.core.calendar import Calendar, add_working_days, idle, next_working_day, working_days_between
from dsar.core.law import Period

if TYPE_CHECKING:
    from dsar.core.law import Term

Reading = Literal["both", "strict", "safe"]

_SHORTEST_FOR_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a computation: the day it leads to, the rule (a key of the step words), the citation, its values."""

    on: date | None
    rule: str
    cite: str = ""
    values: tuple[tuple[str, str | int | date], ...] = ()
    reading: Reading = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A last day and how it was reached. The last day itself is in time until its last hour."""

    last: date
    steps: tuple[Step, ...]


def after(day: date, period: Period, calendar: Calendar) -> date:
    """The nominal end of a period that an event on `day` starts, before any roll.

    The event day does not count, and the period ends on the same date (or weekday), or on the last day of a month that
    lacks that date: Reg. 1182/71 Art. 3(1) and 3(2)(c). One addition from the event day: 31 January + 3 months is
    30 April, which two additions would miss.
    """
    if period.working_days:
        return add_working_days(day, period.working_days, calendar)
    return _moved(day, period)


@lru_cache(maxsize=4096)
def _moved(day: date, period: Period) -> date:
    """The same date years and months later, or the last day of the month; lists ask it of the same days again."""
    moved: date = day + _calendar_length(period.years, period.months)
    return moved + timedelta(weeks=period.weeks, days=period.days)


@cache
def _calendar_length(years: int, months: int) -> relativedelta:
    return relativedelta(years=years, months=months)


def clamped(day: date, end: date, period: Period) -> bool:
    """Whether the last month lacked the day's number, so that the period ends on the last day of that month."""
    return bool(period.months or period.years) and not (period.weeks or period.days) and end.day != day.day


def roll(nominal: date, calendar: Calendar, cite: str, *, rule: str = "rolled") -> Computed:
    """Move a last day that is no working day to the end of the next one, once (Reg. 1182/71 Art. 3(4))."""
    why = idle(nominal, calendar)
    if why is None:
        step = Step(on=nominal, rule="working-day", cite=cite, values=(("calendar", calendar.name),))
        return Computed(last=nominal, steps=(step, *_overridden(nominal, nominal, calendar)))
    last = next_working_day(nominal, calendar)
    values = (("nominal", nominal), ("because", why), ("calendar", calendar.name))
    rolled = Step(on=last, rule=rule, cite=cite, values=values)
    return Computed(last=last, steps=(rolled, *_overridden(nominal, last, calendar)))


def _overridden(first: date, last: date, calendar: Calendar) -> tuple[Step, ...]:
    """A step for each day from the first to the last that is a holiday, or none, only because a file says so."""
    told: tuple[Step, ...] = ()
    day = first
    while day <= last:
        change = calendar.override(day)
        if change is not None:
            rule = f"holiday-{'added' if change.added else 'removed'}{'' if change.checked else '-unchecked'}"
            values = (("day", day), ("name", change.name), ("source", change.source))
            told += (Step(on=day, rule=rule, values=values),)
        day += timedelta(days=1)
    return told


def compute(term: Term, day: date, calendar: Calendar, *, days: int | None = None) -> Computed:
    """The last day of a term of the law book that an event on `day` starts.

    `days` is the number that a formal notice sets, where the term leaves it to the case.
    """
    period = term.period if days is None else Period(days=days)
    nominal = after(day, period, calendar)
    length: tuple[tuple[str, str | int | date], ...] = (("term", term.id), *_length(period))
    steps = [Step(on=day, rule="event", values=(("term", term.id),))]
    steps.append(Step(on=nominal, rule="term-custom" if term.custom else "term", cite=term.cite, values=length))
    if clamped(day, nominal, period):
        steps.append(Step(on=nominal, rule="clamped", cite="reg-1182-71:3.2.c", values=(("day", day.day),)))
    if period.working_days:
        steps += _overridden(day + timedelta(days=1), nominal, calendar)
    if not term.rolls or period.working_days:
        steps.append(Step(on=nominal, rule="no-roll"))
        return Computed(last=nominal, steps=tuple(steps))
    if term.custom:
        # no law moves the end of a term that a letter sets; it is moved all the same, so that nobody can call it short
        rolled = roll(nominal, calendar, "", rule="rolled-custom")
    else:
        rolled = roll(nominal, calendar, term.roll_cite or "reg-1182-71:3.4")
    last, more = _two_working_days(day, rolled.last, period, calendar)
    return Computed(last=last, steps=(*steps, *rolled.steps, *more))


def _two_working_days(day: date, last: date, period: Period, calendar: Calendar) -> tuple[date, tuple[Step, ...]]:
    # Reg. 1182/71 Art. 3(5): any period of two days or more includes at least two working days
    short = not (period.years or period.months or period.weeks) and period.days >= _SHORTEST_FOR_WORKING_DAYS
    if not short or working_days_between(day, last, calendar) >= _SHORTEST_FOR_WORKING_DAYS:
        return last, ()
    longer = add_working_days(day, _SHORTEST_FOR_WORKING_DAYS, calendar)
    told = _overridden(last + timedelta(days=1), longer, calendar)
    return longer, (Step(on=longer, rule="two-working-days", cite="reg-1182-71:3.5"), *told)


def _length(period: Period) -> tuple[tuple[str, int], ...]:
    names = ("years", "months", "weeks", "days", "working_days")
    return tuple((name, getattr(period, name)) for name in names if getattr(period, name))
