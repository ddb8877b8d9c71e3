"""Holidays decreed or abolished at short notice, before the library knows: the shipped list, then the user's own file.

The user's file is `DSAR_HOLIDAYS`, else `holidays.toml` in the platform's configuration folder. It has the form of the
shipped one, and wins where both speak of the same day of the same place.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from dsar.core.calendar import Override
from dsar.lawbook import codes
from dsar.lawbook.errors import NotTomlError, UnknownCountryError, UnknownSubdivisionError, UsersHolidaysError
from dsar.lawbook.files import Found, Scan, scan_list, scan_tables, shipped
from dsar.lawbook.records import HolidayChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dsar.lawbook.shapes import Problem

_NOBODY = ""


def users_file() -> str:
    """The path of the user's own list, or nothing if there is none; a path that was named must exist."""
    said = os.environ.get("DSAR_HOLIDAYS", "")
    if said:
        return str(Path(said).expanduser())
    from platformdirs import user_config_path  # noqa: PLC0415 - only where holidays are counted

    usual = user_config_path("dsar", appauthor=False) / "holidays.toml"
    return str(usual) if usual.is_file() else _NOBODY


def overrides(country: str, region: str, users: str) -> Mapping[date, Override]:
    """What the two lists say of a place, by day: what holds for a country holds for its regions.

    `country` and `region` are codes of the library (or `EU`), `users` is `users_file()`. Raises UsersHolidaysError if
    that file is broken, and LawFileError or NotTomlError if the shipped one is.
    """
    changes = (*_shipped(), *(_users(users) if users else ()))
    # the whole country first: what is said of a region wins for it
    places = [(country, _NOBODY), *([(country, region)] if region else [])]
    return MappingProxyType({one.on: _read(one) for place in places for one in changes if _place(one) == place})


def _read(one: HolidayChange) -> Override:
    return Override(
        on=one.on, name=one.name, added=one.change == "added", source=one.source.strip(), checked=one.checked
    )


@cache
def _shipped() -> tuple[HolidayChange, ...]:
    return scan_list(shipped(), "holidays", HolidayChange).records()


@cache
def _users(path: str) -> tuple[HolidayChange, ...]:
    shown = Path(path).name
    try:
        scan = scan_tables(Path(path), shown, "holiday", HolidayChange)
    except NotTomlError as error:
        raise UsersHolidaysError(file=shown, problem=error.values["problem"]) from error
    for problem in (*scan.problems, *problems(scan)):
        raise UsersHolidaysError(file=shown, problem=f"{problem.key}: {problem.words}")
    return scan.records()


def problems(scan: Scan[HolidayChange]) -> Iterator[Problem]:
    """What the types cannot say about such a list: places that do not exist, no name or source, a day said twice."""
    for each in scan.found:
        yield from (each.problem(field, words) for field, words in _unknown_place(each.record))
        for field in ("name", "source"):
            if not getattr(each.record, field).strip():
                yield each.problem(field, "is missing")
    yield from _twice(scan.found)


def _unknown_place(one: HolidayChange) -> Iterator[tuple[str, str]]:
    try:
        _place(one)
    except UnknownCountryError:
        yield "country", f"{one.country!r} is no country whose holidays are known"
    except UnknownSubdivisionError:
        yield "region", f"{one.country} has no region {one.region!r} with holidays of its own"


def _twice(found: tuple[Found[HolidayChange], ...]) -> Iterator[Problem]:
    known = [each for each in found if not any(_unknown_place(each.record))]
    times = Counter((*_place(each.record), each.record.on) for each in known)
    for each in known:
        if times[*_place(each.record), each.record.on] > 1:
            yield each.problem("on", f"{each.record.on} is there twice for the same place")


def _place(one: HolidayChange) -> tuple[str, str]:
    """The library's codes for the place; UnknownCountryError or UnknownSubdivisionError."""
    if one.country.upper() == "EU" and not one.region:
        return "EU", _NOBODY
    code = codes.country(one.country)
    return code, codes.subdivision(code, one.region) if one.region else _NOBODY
