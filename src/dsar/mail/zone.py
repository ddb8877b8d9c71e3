"""The civil date of an instant in a country: a mail sent at night from Paris arrives the day before in Montreal."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# The EEA, the United Kingdom, Switzerland, the United States and Canada, by ISO 3166-1. Zones as in the IANA time zone
# database; of those that always show the same date, one. Territories with an ISO code of their own are not listed.
_ZONES: dict[str, tuple[str, ...]] = {
    "AT": ("Europe/Vienna",),
    "BE": ("Europe/Brussels",),
    "BG": ("Europe/Sofia",),
    "CA": (
        "America/St_Johns",
        "America/Halifax",
        "America/Toronto",
        "America/Winnipeg",
        "America/Regina",
        "America/Edmonton",
        "America/Vancouver",
        "America/Whitehorse",
    ),
    "CH": ("Europe/Zurich",),
    "CY": ("Asia/Nicosia",),
    "CZ": ("Europe/Prague",),
    "DE": ("Europe/Berlin",),
    "DK": ("Europe/Copenhagen",),
    "EE": ("Europe/Tallinn",),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "FI": ("Europe/Helsinki",),
    "FR": ("Europe/Paris",),
    "GB": ("Europe/London",),
    "GR": ("Europe/Athens",),
    "HR": ("Europe/Zagreb",),
    "HU": ("Europe/Budapest",),
    "IE": ("Europe/Dublin",),
    "IS": ("Atlantic/Reykjavik",),
    "IT": ("Europe/Rome",),
    "LI": ("Europe/Vaduz",),
    "LT": ("Europe/Vilnius",),
    "LU": ("Europe/Luxembourg",),
    "LV": ("Europe/Riga",),
    "MT": ("Europe/Malta",),
    "NL": ("Europe/Amsterdam",),
    "NO": ("Europe/Oslo",),
    "PL": ("Europe/Warsaw",),
    "PT": ("Europe/Lisbon", "Atlantic/Azores"),
    "RO": ("Europe/Bucharest",),
    "SE": ("Europe/Stockholm",),
    "SI": ("Europe/Ljubljana",),
    "SK": ("Europe/Bratislava",),
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "America/Adak",
        "Pacific/Honolulu",
    ),
}


def local_dates(at: str, country: str) -> tuple[date, date] | None:
    """The earliest and the latest civil date that the instant `at` has in a country; mostly they are the same.

    Args:
        at: ISO 8601 with an offset, as in `Message.at`.
        country: ISO 3166-1 alpha-2, upper case.

    Returns:
        None where the zones of the country are not known here (or not installed), or `at` names no instant.
    """
    try:
        instant = datetime.fromisoformat(at)
        dates = [instant.astimezone(ZoneInfo(zone)).date() for zone in _ZONES.get(country, ())]
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        return None
    if instant.tzinfo is None or not dates:
        return None
    return min(dates), max(dates)
