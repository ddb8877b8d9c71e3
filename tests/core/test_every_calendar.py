"""Every receipt of a year in every calendar, against a computation that shares nothing with dsar but the library.

Here days are plain numbers (ordinals). The holidays are taken from the library directly, a table says for each day
which working day comes first from it on, and months are counted on the lengths that the calendar module knows.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

import holidays
import pytest

from dsar.core.deadlines import Calendars, answer_due
from dsar.core.incidents import Extended
from dsar.core.terms import compute
from dsar.lawbook.calendars import calendar, every_region
from dsar.lawbook.load import law, terms

EEA = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT"),
    *("LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
NATIONS = ("ENG", "NIR", "SCT", "WLS")
FIRST, LAST = date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
RECEIPTS = range(FIRST, LAST + 1)
YEARS = range(2026, 2031)
EVERY_REGION = "*"

# A hundred thousand computations: counting their lines would take longer than they do, and other tests run them too.
pytestmark = pytest.mark.no_cover


def regions(country: str) -> tuple[str, ...]:
    return tuple(holidays.list_supported_countries(include_aliases=False)[country])


@cache
def off(country: str, region: str) -> frozenset[int]:
    """The public holidays of a place, as the library has them."""
    if region == EVERY_REGION:
        return frozenset().union(*(off(country, one) for one in ("", *regions(country))))
    found = holidays.country_holidays(country, subdiv=region or None, years=YEARS, categories=("public",))
    return frozenset(day.toordinal() for day in found)


@cache
def working(country: str, region: str) -> dict[int, int]:
    """For each day the first working day from it on; filled from the end."""
    closed = off(country, region)
    table: dict[int, int] = {}
    for day in range(date(YEARS[-1], 12, 1).toordinal(), FIRST - 1, -1):
        # day 1 of the calendar was a Monday: the remainder is 6 on a Saturday and 0 on a Sunday
        idle = day % 7 in {0, 6} or day in closed
        table[day] = table.get(day + 1, day) if idle else day
    return table


@cache
def months_later(day: int, months: int) -> int:
    """The same date, or the last day of a month that lacks it."""
    start = date.fromordinal(day)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, 1).toordinal() - 1 + min(start.day, monthrange(year, month)[1])


def due(name: str, received: int, place: Calendars, *, extended: bool = False) -> tuple[int, int]:
    """The two last days of an answer, as dsar computes them."""
    day = date.fromordinal(received)
    rules = law().regime(name, day)
    assert rules is not None
    happened = (Extended(on=day, reasons=True),) if extended else ()
    strict, safe, _ = answer_due(rules, place, (day, day), (happened, happened))
    assert strict is not None
    assert safe is not None
    return strict.toordinal(), safe.toordinal()


def differences(computed: list[tuple[int, int]], expected: list[tuple[int, int]]) -> list[str]:
    """The receipts for which the two computations disagree, as a person reads them."""
    assert len(computed) == len(expected) == 365
    return [
        f"{date.fromordinal(day)}: {[str(date.fromordinal(n)) for n in (*ours, *theirs)]}"
        for day, ours, theirs in zip(RECEIPTS, computed, expected, strict=True)
        if ours != theirs
    ]


@pytest.mark.parametrize("months", [1, 3])
@pytest.mark.parametrize("country", EEA)
def test_a_year_of_receipts_in_every_country_of_the_union_and_the_eea(country: str, months: int) -> None:
    """Art. 12(3) GDPR, Reg. 1182/71 Art. 3(2)(c) and 3(4): strictly the country's days, safely those of any region."""
    place = Calendars(strict=calendar(country), safe=every_region(country))
    own, anywhere = working(country, ""), working(country, EVERY_REGION)
    computed = [due("gdpr", day, place, extended=months == 3) for day in RECEIPTS]
    ends = [months_later(day, months) for day in RECEIPTS]
    assert differences(computed, [(own[end], anywhere[end]) for end in ends]) == []


@pytest.mark.parametrize("country", ["DE", "ES", "FR", "IT", "PT"])
def test_a_year_of_receipts_in_every_region(country: str) -> None:
    """Where the region of the controller is known, its own days count in both readings."""
    for region in regions(country):
        own, table = calendar(country, region), working(country, region)
        computed = [due("gdpr", day, Calendars(strict=own, safe=own)) for day in RECEIPTS]
        ends = [table[months_later(day, 1)] for day in RECEIPTS]
        assert differences(computed, [(end, end) for end in ends]) == [], region


@pytest.mark.parametrize("months", [1, 3])
@pytest.mark.parametrize("nation", ["", *NATIONS])
def test_a_year_of_receipts_in_every_nation_of_the_united_kingdom(nation: str, months: int) -> None:
    """UK GDPR Art. 12(3) until 4 February 2026, Art. 12A from the 5th on: the same dates where nothing is asked."""
    place = Calendars(strict=calendar("GB", nation), safe=every_region("GB"))
    own, anywhere = working("GB", nation), working("GB", EVERY_REGION)
    computed = [due("uk-gdpr", day, place, extended=months == 3) for day in RECEIPTS]
    ends = [months_later(day, months) for day in RECEIPTS]
    assert differences(computed, [(own[end], anywhere[end]) for end in ends]) == []


@pytest.mark.parametrize("canton", ["", *regions("CH")])
def test_a_year_of_receipts_in_every_canton(canton: str) -> None:
    """DSV Art. 18(1): thirty days, which strictly do not roll; safely to the next working day of canton or country."""
    place = Calendars(strict=calendar("CH", canton), safe=every_region("CH"))
    anywhere = working("CH", EVERY_REGION)
    computed = [due("ch-fadp", day, place) for day in RECEIPTS]
    assert differences(computed, [(day + 30, anywhere[day + 30]) for day in RECEIPTS]) == []


def test_a_year_of_requests_to_the_french_police() -> None:
    """Two months, rolled (an analogy with art. 642 CPC)."""
    own, table = calendar("FR"), working("FR", "")
    computed = [due("led-fr", day, Calendars(strict=own, safe=own)) for day in RECEIPTS]
    ends = [table[months_later(day, 2)] for day in RECEIPTS]
    assert differences(computed, [(end, end) for end in ends]) == []


ROLLING = sorted(name for name, rule in terms().items() if rule.rolls and not rule.days_from_case)


@pytest.mark.parametrize("name", ROLLING)
def test_a_year_of_starts_of_every_other_term_that_rolls(name: str) -> None:
    """Reg. 1182/71 Art. 3(2)(c) and 3(4) for weeks, months and years, in every country of the Union and the EEA."""
    period = terms()[name].period
    assert not period.working_days
    ends = [months_later(day, 12 * period.years + period.months) + 7 * period.weeks + period.days for day in RECEIPTS]
    for country in EEA:
        own, table = calendar(country), working(country, "")
        computed = [compute(terms()[name], date.fromordinal(day), own).last.toordinal() for day in RECEIPTS]
        assert computed == [table[end] for end in ends], country
