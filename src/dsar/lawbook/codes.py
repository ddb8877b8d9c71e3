"""Countries and regions as people write them, and as the holidays library codes them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dsar.lawbook.errors import UnknownCountryError, UnknownSubdivisionError

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE = re.compile(r"[A-Z]{2}")
# codes that the Union uses itself and ISO 3166 does not
_ALIASES = {"EL": "GR", "UK": "GB"}
# French departments and a name that the library has only under another code: Alsace and Moselle keep two days more
_REGIONS = {"FR": {"67": "6AE", "68": "6AE", "alsace-moselle": "57"}}
_SHOWN = 12


@cache
def subdivisions() -> Mapping[str, tuple[str, ...]]:
    """Each country that the library knows, with its subdivisions."""
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in known.items() if code != "EU"}


def country(text: str) -> str:
    """The code of a country, whatever its case; UnknownCountryError if there is none with holidays."""
    code = _ALIASES.get(text.upper(), text.upper())
    if not _CODE.fullmatch(code) or code not in subdivisions():
        raise UnknownCountryError(country=text)
    return code


@cache
def subdivision(code: str, text: str) -> str:
    """The library's own code for a region, which it may know by name too; case does not matter.

    Raises UnknownSubdivisionError.
    """
    import holidays  # noqa: PLC0415 - heavy, loaded on use

    place = holidays.country_holidays(code)
    names = {region.casefold(): region for region in place.subdivisions}
    names |= _REGIONS.get(code, {})
    names |= {alias.casefold(): region for alias, region in place.subdivisions_aliases.items()}
    wanted = text.casefold().removeprefix(f"{code.casefold()}-")
    if wanted not in names:
        raise UnknownSubdivisionError(country=code, subdivision=text, known=_known(place.subdivisions))
    return names[wanted]


def _known(codes: tuple[str, ...]) -> str:
    if not codes:
        return "leave it out"
    more = ", ..." if len(codes) > _SHOWN else ""
    return f"try {', '.join(codes[:_SHOWN])}{more}, or leave it out"
