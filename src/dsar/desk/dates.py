"""Dates as a case worker writes them: ISO, and nothing that could be read in two ways."""

from __future__ import annotations

from datetime import date

from dsar.desk.errors import BadDateError


def day(text: str) -> date:
    """The date that a text names.

    Raises:
        BadDateError: it names none, like 2026-02-31 or 5/3/26.
    """
    stripped = text.strip()
    try:
        found = date.fromisoformat(stripped)
    except ValueError as error:
        raise BadDateError(text=text) from error
    if found.isoformat() != stripped:  # fromisoformat also reads 20260305 and week dates
        raise BadDateError(text=text)
    return found


def months_before(today: date, months: int) -> date:
    """The same day so many months ago; of a month without it, the first day of the next one."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    try:
        return today.replace(year=year, month=month + 1)
    except ValueError:
        return today.replace(year=year + (month + 1) // 12, month=(month + 1) % 12 + 1, day=1)
