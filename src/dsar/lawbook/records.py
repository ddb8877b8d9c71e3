"""Records that only the law book itself reads: the acts that citation keys name, and calendars kept by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What stands before the colon of a citation key; `name` in the language of the act."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A holiday of each year: `on` a month and a day (`05-09`), or else `easter` days from Easter Sunday."""

    name: str
    on: str = ""
    easter: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRecord:
    """A calendar that the holidays library does not know."""

    id: str
    name: str
    day: tuple[CalendarDay, ...]
    source: str
    checked: bool
    note: str = ""
