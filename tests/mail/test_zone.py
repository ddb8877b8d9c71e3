from datetime import date

import pytest

from dsar.mail.zone import local_dates


@pytest.mark.parametrize(
    ("at", "country", "expected"),
    [
        # 23:40 in New York (summer, UTC-4) is 03:40 UTC and 04:40 in Paris (UTC+1, summer time begins on 29 March)
        ("2026-03-20T23:40:00-04:00", "FR", (date(2026, 3, 21), date(2026, 3, 21))),
        ("2026-03-20T23:40:00-04:00", "US", (date(2026, 3, 20), date(2026, 3, 20))),
        # 07:00 UTC in July: 03:00 in New York, 21:00 the day before in Honolulu (UTC-10)
        ("2026-07-02T07:00:00+00:00", "US", (date(2026, 7, 1), date(2026, 7, 2))),
        # 03:00 UTC in January: 23:30 the day before in St John's (UTC-3:30), further west as well
        ("2026-01-10T03:00:00+00:00", "CA", (date(2026, 1, 9), date(2026, 1, 9))),
        ("2026-01-10T05:00:00+00:00", "CA", (date(2026, 1, 9), date(2026, 1, 10))),
        # 22:30 UTC in summer: the next day in Madrid (UTC+2), the same day in the Canaries (UTC+1)
        ("2026-07-01T22:30:00Z", "ES", (date(2026, 7, 1), date(2026, 7, 2))),
        ("2026-07-01T22:30:00+00:00", "GR", (date(2026, 7, 2), date(2026, 7, 2))),
    ],
)
def test_an_instant_has_the_dates_of_the_country(at: str, country: str, expected: tuple[date, date]) -> None:
    assert local_dates(at, country) == expected


@pytest.mark.parametrize(
    ("at", "country"),
    [
        ("", "FR"),
        ("yesterday", "FR"),
        ("2026-07-01T22:30:00", "FR"),
        ("2026-07-01T22:30:00Z", "ZZ"),
        ("0001-01-01T00:00:00Z", "US"),
    ],
)
def test_what_names_no_instant_or_no_known_country_has_no_dates(at: str, country: str) -> None:
    assert local_dates(at, country) is None


EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"  # 27 + IS, LI, NO


@pytest.mark.parametrize("country", [*EEA.split(), "GB", "CH", "US", "CA"])
def test_every_country_of_the_eea_and_the_four_others_is_known(country: str) -> None:
    assert len(EEA.split()) == 30
    assert local_dates("2026-07-01T12:00:00Z", country) is not None
