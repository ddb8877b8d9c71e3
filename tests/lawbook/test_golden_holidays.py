"""The holidays that deadlines count, against tables written down by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dsar.core.calendar import idle
from dsar.lawbook.calendars import calendar

from .golden_holidays import DECREED, LAENDER, PLACES, weekdays


def counted(place: tuple[str, str], year: int) -> set[date]:
    every = [date(year, 1, 1) + timedelta(days=k) for k in range(365)]
    own = calendar(*place)
    return {day for day in every if day.isoweekday() <= 5 and own.holiday(day) is not None}


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(part for part in place if part))
def test_the_weekdays_off_are_those_of_the_law(place: tuple[str, str], year: int) -> None:
    decreed = DECREED.get(place, set())
    assert counted(place, year) - decreed == weekdays(place, year) - decreed


def test_all_sixteen_laender_are_compared() -> None:
    assert len(set(LAENDER) - {""}) == 16


@pytest.mark.parametrize(("year", "off"), [(2026, False), (2027, False), (2028, False), (2029, False), (2030, True)])
def test_liberation_day_is_a_public_holiday_in_the_netherlands_only_every_fifth_year(year: int, *, off: bool) -> None:
    assert (calendar("NL").holiday(date(year, 5, 5)) is not None) is off


@pytest.mark.parametrize(
    ("country", "decreed", "next_year"),
    [
        # Hungary, 2026: Friday 2 January and Friday 21 August; in 2027 nothing was decreed: 2 January is a Saturday,
        # Thursday 19 August stands before the holiday of the 20th
        ("HU", ("2026-01-02", "2026-08-21"), ("2027-08-19", "2027-03-16")),
        # Latvia, 2026: Friday 2 January and Monday 22 June; 2027: Tuesday 22 June stands before Wednesday 23
        ("LV", ("2026-01-02", "2026-06-22"), ("2027-06-22", "2027-06-25")),
    ],
)
def test_a_bridge_day_is_a_holiday_only_once_it_was_decreed(
    country: str, decreed: tuple[str, ...], next_year: tuple[str, ...]
) -> None:
    own = calendar(country)
    assert all(own.holiday(date.fromisoformat(day)) is not None for day in decreed)
    assert all(own.holiday(date.fromisoformat(day)) is None for day in next_year)


def test_a_working_saturday_stays_no_working_day() -> None:
    """Hungary works on Saturday 8 August 2026 for the bridge; Reg. 1182/71 Art. 2(2) knows no working Saturday."""
    assert idle(date(2026, 8, 8), calendar("HU")) == "saturday"
