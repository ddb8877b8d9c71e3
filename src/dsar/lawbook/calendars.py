"""Whose public holidays count: a country or a region of it, all its regions, the institutions of the Union, none.

Only holidays of the category "public" count: bank, school, half and optional days are working days for
Regulation (EEC, Euratom) No 1182/71, Art. 2(1). What a list of overrides says of a day goes before the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from dsar.lawbook import codes, load
from dsar.lawbook.overrides import overrides, users_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.calendar import Override
    from dsar.lawbook.records import CalendarDay, CalendarRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class _Public:
    """The holidays of one place, from the library; it adds years as they are asked for."""

    name: str
    days: Mapping[date, str]
    changes: Mapping[date, Override]

    def holiday(self, day: date) -> str | None:
        change = self.changes.get(day)
        if change is not None:
            return change.name if change.added else None
        return self.days.get(day)

    def override(self, day: date) -> Override | None:
        return self.changes.get(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """The holidays of a calendar of `law/calendars.toml`."""

    record: CalendarRecord
    changes: Mapping[date, Override]

    @property
    def name(self) -> str:
        return self.record.name

    def holiday(self, day: date) -> str | None:
        change = self.changes.get(day)
        if change is not None:
            return change.name if change.added else None
        return next((rule.name for rule in self.record.day if _falls(rule, day)), None)

    def override(self, day: date) -> Override | None:
        return self.changes.get(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Union:
    """A holiday in any of several places. What was found is kept: a country may have thirty regions."""

    name: str
    parts: tuple[Place, ...]
    changes: Mapping[date, Override]
    found: dict[date, str | None] = field(default_factory=dict)

    def holiday(self, day: date) -> str | None:
        if day not in self.found:
            names = (name for part in self.parts if (name := part.holiday(day)) is not None)
            self.found[day] = next(names, None)
        return self.found[day]

    def override(self, day: date) -> Override | None:
        return self.changes.get(day)


Place: TypeAlias = _Public | _Listed | _Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a calendar's year: its name, and the override that put it there or took it away."""

    on: date
    name: str
    override: Override | None

    @property
    def counts(self) -> bool:
        """Whether it is a holiday; not if an override took it away."""
        return self.override is None or self.override.added


def calendar(country: str, subdivision: str = "", *, language: str = "en") -> Place:
    """The public holidays of a country (ISO 3166-1 alpha-2), or of a region of it (ISO 3166-2 without the country).

    `language` is that of the holidays' names, where the library has it. `EU` gives `institutions()`.
    Raises UnknownCountryError, UnknownSubdivisionError, and UsersHolidaysError for a broken file of the user's own.
    """
    if country.upper() == "EU" and not subdivision:
        return institutions()
    code = codes.country(country)
    return _one(code, codes.subdivision(code, subdivision) if subdivision else "", language, users_file())


def every_region(country: str, *, language: str = "en") -> Place:
    """A day that is a holiday in the country or in any region of it: for a controller whose region is not known.

    Raises UnknownCountryError and UsersHolidaysError.
    """
    if country.upper() == "EU":
        return institutions()
    return _everywhere(codes.country(country), language, users_file())


def weekends_only() -> Place:
    """No holidays at all."""
    return _union("weekends only")


def institutions() -> Place:
    """The holidays of the institutions of the Union, from a list that was not checked (`law/calendars.toml`)."""
    return _Listed(record=load.calendars()["institutions"], changes=overrides("EU", "", users_file()))


def union(one: Place, other: Place) -> Place:
    """A day that is a holiday in either place."""
    return _union(f"{one.name} + {other.name}", one, other)


def year(place: Place, number: int) -> tuple[Day, ...]:
    """The holidays of one year, with the days that overrides add and take away."""
    first, end = date(number, 1, 1), date(number + 1, 1, 1)
    days = [first + timedelta(days=k) for k in range((end - first).days)]
    told = [(day, place.holiday(day), place.override(day)) for day in days]
    return tuple(
        Day(on=day, name=change.name if change is not None else name or "", override=change)
        for day, name, change in told
        if name is not None or change is not None
    )


def library_version() -> str:
    """The version of the holidays library: the dates of decreed holidays change with it."""
    from importlib.metadata import version  # noqa: PLC0415 - heavy, loaded on use

    return version("holidays")


def _union(name: str, *parts: Place) -> _Union:
    # of two places that speak of one day, the first one is named
    changes = {day: change for part in reversed(parts) for day, change in part.changes.items()}
    return _Union(name=name, parts=parts, changes=changes)


def _falls(rule: CalendarDay, day: date) -> bool:
    if rule.on:
        return f"{day:%m-%d}" == rule.on
    from dateutil.easter import easter  # noqa: PLC0415 - heavy, loaded on use

    return easter(day.year) + timedelta(days=rule.easter) == day


@cache
def _everywhere(country: str, language: str, users: str) -> Place:
    regions = codes.subdivisions()[country]
    parts = tuple(_one(country, region, language, users) for region in ("", *regions))
    return _union(f"{country} (all regions)", *parts) if regions else parts[0]


@cache
def _one(country: str, subdivision: str, language: str, users: str) -> Place:
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    place = holidays.country_holidays(country)
    spoken = (place.default_language, *place.supported_languages)
    # the language is always named: without one, the library looks at the environment
    tongues = [name for wish in (language, "en") for name in spoken if name and name.partition("_")[0] == wish]
    tongue = tongues[0] if tongues else place.default_language
    days = holidays.country_holidays(
        country, subdiv=subdivision or None, language=tongue, categories=(holidays.PUBLIC,)
    )
    return _Public(
        name=f"{country}-{subdivision}" if subdivision else country,
        days=days,
        changes=overrides(country, subdivision, users),
    )
