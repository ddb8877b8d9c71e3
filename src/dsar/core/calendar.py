"""Working days, as Regulation (EEC, Euratom) No 1182/71 Art. 2 defines them: the rest is holidays somebody tells us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_SATURDAY = 5
_SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A day that is `added` to the holidays of a place, or taken from them, against what its own calendar says.

    Governments decree holidays at short notice. `source` says who did; `checked` whether somebody read it there.
    """

    on: date
    name: str
    added: bool
    source: str
    checked: bool


class Calendar(Protocol):
    """The public holidays of a place. `name` says whose they are, for the reasons of a deadline: `FR`, `DE-BY`."""

    @property
    def name(self) -> str:
        """Whose holidays these are."""
        ...

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on that day, or None; weekends are not asked here."""
        ...

    def override(self, day: date) -> Override | None:
        """What was laid down about that day beside the calendar's own source, or None; `holiday` follows it."""
        ...


def idle(day: date, calendar: Calendar) -> str | None:
    """Why that day is not a working day (`saturday`, `sunday`, or the name of the holiday), or None if it is one."""
    # Reg. 1182/71 Art. 2(2): working days are all days other than public holidays, Sundays and Saturdays
    if day.weekday() == _SATURDAY:
        return "saturday"
    if day.weekday() == _SUNDAY:
        return "sunday"
    return calendar.holiday(day)


def next_working_day(day: date, calendar: Calendar) -> date:
    """That day if it is a working day, else the first one after it."""
    while idle(day, calendar) is not None:
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after that day; the day itself is not counted (Reg. 1182/71 Art. 3(1), 3(3))."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), calendar)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie in the period, the event day `first` not counted, `last` counted."""
    days = (first + timedelta(days=k) for k in range(1, (last - first).days + 1))
    return sum(1 for day in days if idle(day, calendar) is None)
