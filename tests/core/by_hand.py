"""The same law, computed another way: no library of dates, and the holidays of 2026 written down from the laws.

Weekends are left out of the lists: they do not count anyway.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

NEW_YEAR, NEW_YEAR_27 = date(2026, 1, 1), date(2027, 1, 1)
EPIPHANY, EPIPHANY_27 = date(2026, 1, 6), date(2027, 1, 6)
GOOD_FRIDAY, GOOD_FRIDAY_27 = date(2026, 4, 3), date(2027, 3, 26)
EASTER_MONDAY, EASTER_MONDAY_27 = date(2026, 4, 6), date(2027, 3, 29)
LABOUR = date(2026, 5, 1)
ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI = date(2026, 5, 14), date(2026, 5, 25), date(2026, 6, 4)
CHRISTMAS = date(2026, 12, 25)

HOLIDAYS: dict[tuple[str, str], frozenset[date]] = {
    # Code du travail, art. L3133-1
    ("FR", ""): frozenset(
        {NEW_YEAR, EASTER_MONDAY, LABOUR, date(2026, 5, 8), ASCENSION, WHIT_MONDAY, date(2026, 7, 14)}
        | {date(2026, 11, 11), CHRISTMAS, NEW_YEAR_27, EASTER_MONDAY_27}
    ),
    # Bavaria; 3 October, 1 November and 26 December 2026 fall on weekends
    ("DE", "BY"): frozenset(
        {NEW_YEAR, EPIPHANY, GOOD_FRIDAY, EASTER_MONDAY, LABOUR, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI, CHRISTMAS}
        | {NEW_YEAR_27, EPIPHANY_27, GOOD_FRIDAY_27, EASTER_MONDAY_27}
    ),
    # Código do Trabalho, art. 234
    ("PT", ""): frozenset(
        {NEW_YEAR, GOOD_FRIDAY, LABOUR, CORPUS_CHRISTI, date(2026, 6, 10), date(2026, 10, 5), date(2026, 12, 1)}
        | {date(2026, 12, 8), CHRISTMAS, NEW_YEAR_27, GOOD_FRIDAY_27}
    ),
    # Good Friday is no public holiday in Ireland; the Mondays of February, May, June, August and October are
    ("IE", ""): frozenset(
        {NEW_YEAR, date(2026, 2, 2), date(2026, 3, 17), EASTER_MONDAY, date(2026, 5, 4), date(2026, 6, 1)}
        | {date(2026, 8, 3), date(2026, 10, 26), CHRISTMAS}
        | {NEW_YEAR_27, date(2027, 2, 1), date(2027, 3, 17), EASTER_MONDAY_27}
    ),
    # 24 December is a holiday in Poland since 2025
    ("PL", ""): frozenset(
        {NEW_YEAR, EPIPHANY, EASTER_MONDAY, LABOUR, CORPUS_CHRISTI, date(2026, 11, 11), date(2026, 12, 24), CHRISTMAS}
        | {NEW_YEAR_27, EPIPHANY_27, EASTER_MONDAY_27}
    ),
}


def same_date(day: date, months: int) -> date:
    """The same date some months later, or the last day of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_working_day(day: date, off: frozenset[date]) -> date:
    while day.isoweekday() > 5 or day in off:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def working_days(after: date, until: date, off: frozenset[date]) -> int:
    """How many working days there are after a day, up to and including another."""
    days = range(after.toordinal() + 1, until.toordinal() + 1)
    return sum(first_working_day(date.fromordinal(n), off) == date.fromordinal(n) for n in days)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=k) for k in range((last - first).days + 1)]
