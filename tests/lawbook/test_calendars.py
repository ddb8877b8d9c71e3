"""Public holidays known by heart, from the laws of each country."""

from datetime import date

import pytest

from dsar.errors import UsageError
from dsar.lawbook.calendars import calendar, every_region, institutions, library_version, union, weekends_only
from dsar.lawbook.errors import UnknownCountryError, UnknownSubdivisionError

from .places import EEA

GOOD_FRIDAY = date(2026, 4, 3)
EASTER_MONDAY = date(2026, 4, 6)
BOXING_DAY = date(2026, 12, 26)


@pytest.mark.parametrize(
    ("country", "region", "day", "expected"),
    [
        ("DE", "", EASTER_MONDAY, True),
        ("FR", "", EASTER_MONDAY, True),
        ("PT", "", EASTER_MONDAY, False),
        ("FR", "", date(2026, 7, 14), True),
        ("FR", "", date(2026, 5, 1), True),
        ("FR", "", GOOD_FRIDAY, False),
        ("FR", "57", GOOD_FRIDAY, True),
        ("FR", "Alsace-Moselle", GOOD_FRIDAY, True),
        ("FR", "67", GOOD_FRIDAY, True),
        ("FR", "68", BOXING_DAY, True),
        ("FR", "", BOXING_DAY, False),
        ("DE", "", date(2026, 10, 3), True),
        ("DE", "", date(2026, 1, 6), False),  # Epiphany: Baden-Württemberg, Bavaria and Saxony-Anhalt only
        ("DE", "BY", date(2026, 1, 6), True),
        ("DE", "BE", date(2026, 1, 6), False),
        ("DE", "BE", date(2026, 3, 8), True),  # International Women's Day, in Berlin
        ("IT", "", date(2026, 6, 2), True),
        ("BE", "", date(2026, 7, 21), True),
        ("PL", "", date(2026, 11, 11), True),
        ("CZ", "", date(2026, 10, 28), True),
        ("NL", "", date(2026, 5, 5), False),  # Liberation Day: a day off for all only every fifth year
        ("SE", "", date(2026, 6, 19), False),  # Midsummer Eve is free in fact, not by law
        ("GB", "SCT", date(2026, 1, 2), True),
        ("GB", "ENG", date(2026, 1, 2), False),
        ("GB", "", date(2026, 8, 4), False),
    ],
)
def test_a_day_is_a_public_holiday_or_not(country: str, region: str, day: date, *, expected: bool) -> None:
    assert (calendar(country, region).holiday(day) is not None) is expected


def test_the_first_of_may_2026_is_a_friday_and_a_holiday_by_name() -> None:
    assert f"{date(2026, 5, 1):%A}" == "Friday"
    assert calendar("FR", language="fr").holiday(date(2026, 5, 1)) == "Fête du Travail"
    assert calendar("DE", language="de").holiday(date(2026, 10, 3)) == "Tag der Deutschen Einheit"


def test_a_language_that_the_library_lacks_gives_english() -> None:
    assert calendar("FR", language="mt").holiday(date(2026, 7, 14)) == "National Day"


@pytest.mark.parametrize("country", sorted(EEA | {"GB", "CH"}))
def test_every_country_of_the_regimes_has_a_calendar(country: str) -> None:
    # Christmas Day is a public holiday in all of them
    assert calendar(country).holiday(date(2026, 12, 25)) is not None
    assert calendar(country).holiday(date(2026, 9, 23)) is None


def test_a_calendar_is_named_after_its_place() -> None:
    assert calendar("fr").name == "FR"
    assert calendar("FR", "57").name == "FR-57"
    assert calendar("DE", "by").name == "DE-BY"
    assert calendar("DE", "Bayern").name == "DE-BY"
    assert calendar("DE", "DE-BY").name == "DE-BY"
    assert institutions().name == "EU institutions"
    assert weekends_only().name == "weekends only"
    assert union(calendar("FR"), calendar("DE")).name == "FR + DE"


def test_an_unknown_region_counts_the_holidays_of_all() -> None:
    everywhere = every_region("DE")
    assert everywhere.holiday(date(2026, 1, 6)) is not None  # Bavaria
    assert everywhere.holiday(date(2026, 3, 8)) is not None  # Berlin
    assert everywhere.holiday(date(2026, 11, 18)) is not None  # Repentance Day, in Saxony
    assert everywhere.holiday(date(2026, 10, 3)) is not None  # the whole country
    assert everywhere.holiday(date(2026, 7, 14)) is None
    assert every_region("FR").holiday(GOOD_FRIDAY) is not None


def test_a_country_without_regions_is_its_own_union() -> None:
    assert every_region("PL").holiday(date(2026, 11, 11)) is not None
    assert every_region("LU").name == "LU"


def test_weekends_only_knows_no_holiday() -> None:
    assert weekends_only().holiday(date(2026, 12, 25)) is None


def test_a_union_has_the_holidays_of_both() -> None:
    both = union(calendar("FR"), calendar("DE"))
    assert both.holiday(date(2026, 7, 14)) is not None
    assert both.holiday(date(2026, 10, 3)) is not None
    assert both.holiday(date(2026, 7, 15)) is None


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 1, 2), GOOD_FRIDAY, EASTER_MONDAY, date(2026, 5, 9), date(2026, 5, 14), date(2026, 5, 15)),
        *(date(2026, 5, 25), date(2026, 12, 24), date(2026, 12, 31)),
    ],
)
def test_the_institutions_have_days_of_their_own(day: date) -> None:
    assert institutions().holiday(day) is not None
    assert calendar("EU").holiday(day) is not None
    assert every_region("EU").holiday(day) is not None
    assert institutions().holiday(date(2026, 7, 14)) is None


@pytest.mark.parametrize("country", ["", "XX", "France", "ECB", "__class__", "F\n"])
def test_an_unknown_country_is_named(country: str) -> None:
    with pytest.raises(UnknownCountryError) as caught:
        calendar(country)
    assert repr(country) in str(caught.value)
    assert isinstance(caught.value, UsageError)


def test_an_unknown_region_is_named_with_those_that_exist() -> None:
    with pytest.raises(UnknownSubdivisionError, match=r"DE has no region 'XY'.*BY"):
        calendar("DE", "XY")
    with pytest.raises(UnknownSubdivisionError, match=r"LU has no region 'L'.*leave it out"):
        calendar("LU", "L")


def test_the_version_of_the_library_is_known() -> None:
    assert library_version().split(".")[0] == "0"
    assert int(library_version().split(".")[1]) >= 109
