"""Whose public holidays count: a country or a region of it, all its regions, the institutions of the Union, none.

Only holidays of the category "public" count: bank, school, half and optional days are working days for
Regulation (EEC, Euratom) No 1182/71, Art. 2(1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from dsar.lawbook import load
from dsar.lawbook.errors import UnknownCountryError, UnknownSubdivisionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.calendar import Calendar
    from dsar.lawbook.records import CalendarDay, CalendarRecord

_CODE = re.compile(r"[A-Z]{2}")
# codes that the Union uses itself and ISO 3166 does not
_ALIASES = {"EL": "GR", "UK": "GB"}
# French departments and a name that the library has only under another code: Alsace and Moselle keep two days more
_REGIONS = {"FR": {"67": "6AE", "68": "6AE", "alsace-moselle": "57"}}
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Public:
    """The holidays of one place, from the library; it adds years as they are asked for."""

    name: str
    days: Mapping[date, str]

    def holiday(self, day: date) -> str | None:
        return self.days.get(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """The holidays of a calendar of `law/calendars.toml`."""

    record: CalendarRecord

    @property
    def name(self) -> str:
        return self.record.name

    def holiday(self, day: date) -> str | None:
        return next((rule.name for rule in self.record.day if _falls(rule, day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Union:
    """A holiday in any of several places."""

    name: str
    parts: tuple[Calendar, ...]

    def holiday(self, day: date) -> str | None:
        return next((name for part in self.parts if (name := part.holiday(day)) is not None), None)


def calendar(country: str, subdivision: str = "", *, language: str = "en") -> Calendar:
    """The public holidays of a country (ISO 3166-1 alpha-2), or of a region of it (ISO 3166-2 without the country).

    `language` is that of the holidays' names, where the library has it. `EU` gives `institutions()`.
    Raises UnknownCountryError and UnknownSubdivisionError.
    """
    if country.upper() == "EU" and not subdivision:
        return institutions()
    code = _country(country)
    return _one(code, _subdivision(code, subdivision) if subdivision else "", language)


def every_region(country: str, *, language: str = "en") -> Calendar:
    """A day that is a holiday in the country or in any region of it: for a controller whose region is not known.

    Raises UnknownCountryError.
    """
    if country.upper() == "EU":
        return institutions()
    code = _country(country)
    regions = _subdivisions()[code]
    parts = tuple(_one(code, region, language) for region in ("", *regions))
    return _Union(name=f"{code} (all regions)", parts=parts) if regions else parts[0]


def weekends_only() -> Calendar:
    """No holidays at all."""
    return _Union(name="weekends only", parts=())


@cache
def institutions() -> Calendar:
    """The holidays of the institutions of the Union, from a list that was not checked (`law/calendars.toml`)."""
    return _Listed(record=load.calendars()["institutions"])


def union(one: Calendar, other: Calendar) -> Calendar:
    """A day that is a holiday in either place."""
    return _Union(name=f"{one.name} + {other.name}", parts=(one, other))


def library_version() -> str:
    """The version of the holidays library: the dates of decreed holidays change with it."""
    from importlib.metadata import version  # noqa: PLC0415 - heavy, loaded on use

    return version("holidays")


def _falls(rule: CalendarDay, day: date) -> bool:
    if rule.on:
        return f"{day:%m-%d}" == rule.on
    from dateutil.easter import easter  # noqa: PLC0415 - heavy, loaded on use

    return easter(day.year) + timedelta(days=rule.easter) == day


@cache
def _subdivisions() -> Mapping[str, tuple[str, ...]]:
    """Each country that the library knows, with its subdivisions."""
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in known.items() if code != "EU"}


def _country(text: str) -> str:
    code = _ALIASES.get(text.upper(), text.upper())
    if not _CODE.fullmatch(code) or code not in _subdivisions():
        raise UnknownCountryError(country=text)
    return code


def _subdivision(country: str, text: str) -> str:
    """The library's own code for a region, which it may know by name too; case does not matter."""
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    place = holidays.country_holidays(country)
    names = {code.casefold(): code for code in place.subdivisions}
    names |= _REGIONS.get(country, {})
    names |= {alias.casefold(): code for alias, code in place.subdivisions_aliases.items()}
    wanted = text.casefold().removeprefix(f"{country.casefold()}-")
    if wanted not in names:
        raise UnknownSubdivisionError(country=country, subdivision=text, known=_known(place.subdivisions))
    return names[wanted]


def _known(codes: tuple[str, ...]) -> str:
    if not codes:
        return "leave it out"
    more = ", ..." if len(codes) > _SHOWN else ""
    return f"try {', '.join(codes[:_SHOWN])}{more}, or leave it out"


@cache
def _one(country: str, subdivision: str, language: str) -> Calendar:
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    place = holidays.country_holidays(country)
    spoken = (place.default_language, *place.supported_languages)
    # the language is always named: without one, the library looks at the environment
    tongues = [name for wish in (language, "en") for name in spoken if name and name.partition("_")[0] == wish]
    tongue = tongues[0] if tongues else place.default_language
    days = holidays.country_holidays(
        country, subdiv=subdivision or None, language=tongue, categories=(holidays.PUBLIC,)
    )
    return _Public(name=f"{country}-{subdivision}" if subdivision else country, days=days)
