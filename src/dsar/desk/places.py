"""Places as a person writes them: `FR`, `DE-BY`, a region said alone; and the countries of the GDPR."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, assert_never, cast, get_args

from dsar.core.competence import INSTITUTIONS, Place, Where
from dsar.core.law import AuthoritySector
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.law import Authority, Law

_CODE = re.compile(r"[A-Z0-9]{1,3}")
SECTORS: tuple[str, ...] = get_args(AuthoritySector)

_Name = Literal["residence", "work", "infringement", "seat"]
_HOME_FIRST: tuple[_Name, ...] = ("residence", "infringement", "work", "seat")
_SEAT_FIRST: tuple[_Name, ...] = ("seat", "residence", "infringement", "work")


class NoPlaceError(UsageError):
    """No place was named."""

    sentence = "Which authority depends on a place: add --residence, --work, --infringement or --controller-country."


class UnknownPlaceError(UsageError):
    """No country has that code."""

    sentence = "“{text}” is no country: give its two-letter code, such as FR, or with its region, such as DE-BY."


class UnknownRegionError(UsageError):
    """No place that was named has that region."""

    sentence = "“{region}” is no region of {countries} that is known here: give its code, such as {known}."


class EstablishedError(UsageError):
    """A seat in the Union and no establishment in the Union."""

    sentence = "A controller that sits in {country} has an establishment in the EEA: leave out --no-establishment."


class UnknownSectorError(UsageError):
    """No such sector."""

    sentence = "“{name}” is no sector: choose among {known}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person says: countries as `FR` or `DE-BY`; `region` alone is that of the seat, else of the residence."""

    residence: str = ""
    work: str = ""
    infringement: str = ""
    seat: str = ""
    region: str = ""
    no_establishment: bool = False
    sector: str = "private"


def eea(law: Law) -> tuple[str, ...]:
    """The countries in which the GDPR is law."""
    return tuple(dict.fromkeys(code for one in law.regimes if one.id == "gdpr" for code in one.countries))


def read(question: Question, law: Law) -> Where:
    """The question as the core asks it.

    Raises:
        NoPlaceError, UnknownPlaceError, UnknownRegionError, UnknownSectorError, EstablishedError: see their sentences.
    """
    if question.sector not in SECTORS:
        raise UnknownSectorError(name=question.sector, known=", ".join(SECTORS))
    where = Where(
        residence=_place(question.residence, law),
        work=_place(question.work, law),
        infringement=_place(question.infringement, law),
        seat=_place(question.seat, law, institutions=True),
        established=False if question.no_establishment else None,
        sector=cast("AuthoritySector", question.sector),
    )
    seat = where.seat
    if not (where.residence or where.work or where.infringement or seat):
        raise NoPlaceError
    if seat is not None and seat.country in {*eea(law), INSTITUTIONS}:
        if question.no_establishment:
            raise EstablishedError(country=seat.country)
        where = replace(where, established=True)
    return _with_region(where, question.region, law) if question.region else where


def _place(text: str, law: Law, *, institutions: bool = False) -> Place | None:
    """`FR`, `fr`, `DE-BY`, `UK`; None for nothing."""
    if not text.strip():
        return None
    written, _, region = text.strip().upper().partition("-")
    if institutions and written == INSTITUTIONS:
        return Place(country=INSTITUTIONS)
    country = _country(written)
    if not region:
        return Place(country=country)
    code = _region(country, region, law)
    if code is None:
        raise _unknown_region(region, [country], law)
    return Place(country=country, region=code)


def _country(text: str) -> str:
    from dsar.lawbook import calendars  # noqa: PLC0415 - loads the countries of the holidays library
    from dsar.lawbook.errors import UnknownCountryError  # noqa: PLC0415 - as above

    # the institutions have a calendar too, and nobody lives there
    if text == INSTITUTIONS:
        raise UnknownPlaceError(text=text)
    try:
        return calendars.calendar(text).name
    except UnknownCountryError as error:
        raise UnknownPlaceError(text=text) from error


@cache
def region_of(country: str, text: str) -> str:
    """A region of a country with the country's code, as ISO 3166-2 has it (`DE-BE`); by code or by name.

    Empty where one authority has the whole country: then nobody needs to know where in it somebody lives.

    Raises:
        UnknownRegionError: the authorities there are those of regions, and none is called so.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - reads the records of the authorities

    code = _known_region(country, text, law()) if _regions(country, law().authorities) else ""
    if code is None and _region(country, "X", law()) is None:
        raise _unknown_region(text, [country], law())
    return f"{country}-{code}" if code else ""


def _known_region(country: str, text: str, law: Law) -> str | None:
    """The code of a region that has an authority, or that the calendars know by code or name."""
    from dsar.lawbook import calendars  # noqa: PLC0415 - as above
    from dsar.lawbook.errors import UnknownSubdivisionError  # noqa: PLC0415 - as above

    code = text.strip().upper().removeprefix(f"{country}-")
    if code in _regions(country, law.authorities):
        return code
    try:
        return calendars.calendar(country, code).name.partition("-")[2]
    except UnknownSubdivisionError:
        return None


def _region(country: str, text: str, law: Law) -> str | None:
    """As `_known_region`; where some authority has the whole country, any code will do, for it decides nothing more."""
    known = _known_region(country, text, law)
    if known is not None:
        return known
    code = text.strip().upper().removeprefix(f"{country}-")
    national = (one.sectors for one in law.authorities.values() if one.country == country and not one.regions)
    whole = any(not sectors or "private" in sectors for sectors in national)
    return code if whole and _CODE.fullmatch(code) else None


def _regions(country: str, authorities: Mapping[str, Authority]) -> tuple[str, ...]:
    found = {code for one in authorities.values() if one.country == country for code in one.regions}
    return tuple(sorted(found))


def _with_region(where: Where, text: str, law: Law) -> Where:
    """A region said alone: the seat's where the controller is established, else that of the first place that has it."""
    names = _HOME_FIRST if where.established is False else _SEAT_FIRST
    given: list[tuple[_Name, Place]] = [(name, place) for name in names if (place := getattr(where, name)) is not None]
    asked = [(name, place) for name, place in given if place.country != INSTITUTIONS]
    # a place that surely has the region goes before one of which nobody can say
    for read_region in (_known_region, _region):
        for name, place in asked:
            code = read_region(place.country, text, law)
            if code is not None:
                return _set(where, name, replace(place, region=code))
    raise _unknown_region(text, list(dict.fromkeys(place.country for _, place in asked)), law)


def _set(where: Where, name: _Name, place: Place) -> Where:
    match name:
        case "residence":
            return replace(where, residence=place)
        case "work":
            return replace(where, work=place)
        case "infringement":
            return replace(where, infringement=place)
        case "seat":
            return replace(where, seat=place)
        case _:
            assert_never(name)


def _unknown_region(text: str, countries: list[str], law: Law) -> UnknownRegionError:
    known = [code for country in countries for code in _regions(country, law.authorities)]
    return UnknownRegionError(region=text, countries=", ".join(countries), known=", ".join(known) or "BY of DE")
