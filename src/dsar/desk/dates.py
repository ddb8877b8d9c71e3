"""Dates as a case worker writes them: ISO, and nothing that could be read in two ways."""

from __future__ import annotations

import re
from datetime import date

from dsar.desk.errors import BadDateError, FarDateError, NoSuchDayError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_MONTHS = 12
_FIRST, _LAST = 1900, 2999
"""The years in which days are counted: the calendar itself ends soon before and after, and no term may leave it."""


def day(text: str) -> date:
    """The date that a text names.

    Raises:
        BadDateError: it is written otherwise, like 5/3/26.
        NoSuchDayError: there is no such day, like 2026-02-31.
        FarDateError: no case was or will be alive on it.
    """
    stripped = text.strip()
    try:
        found = date.fromisoformat(stripped)
    except ValueError as error:
        raise (NoSuchDayError if _ISO.fullmatch(stripped) else BadDateError)(text=text) from error
    if found.isoformat() != stripped:  # fromisoformat also reads 20260305 and week dates
        raise BadDateError(text=text)
    if not _FIRST <= found.year <= _LAST:
        raise FarDateError(text=text, first=_FIRST, last=_LAST)
    return found


def written_day(text: str) -> date:
    """A day as lists have it: as `day`, or day, month and year where no month could be meant by the day.

    Raises:
        BadDateError, NoSuchDayError, FarDateError: it names none, or could be two: 03/04/2026 is April in Europe and
            March in America; a full stop is European.
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return day(text)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] != "." and first <= _MONTHS and first != second:
        raise BadDateError(text=text)
    try:
        return day(date(year, second, first).isoformat())
    except ValueError as error:
        raise NoSuchDayError(text=text) from error


def months_before(today: date, months: int) -> date:
    """The same day so many months ago; of a month without it, the first day of the next one."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    try:
        return today.replace(year=year, month=month + 1)
    except ValueError:
        return today.replace(year=year + (month + 1) // 12, month=(month + 1) % 12 + 1, day=1)
