"""Holidays that a government decreed or abolished after the library was made, from a list with sources.

In 2026 2 March is a Monday, 2 April a Thursday, 3 April Good Friday, 5 April Easter Sunday; 14 July is a Tuesday.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.calendar import Override
from dsar.core.deadlines import Calendars, answer_due
from dsar.core.terms import Step, compute
from dsar.errors import InputError
from dsar.lawbook import load
from dsar.lawbook.calendars import calendar, every_region, institutions, union, weekends_only, year
from dsar.lawbook.errors import UsersHolidaysError
from dsar.lawbook.overrides import users_file

if TYPE_CHECKING:
    from pathlib import Path

MOURNING = """
[[holiday]]
country = "FR"
on = 2026-04-02
name = "Day of mourning"
change = "added"
source = "Decree 2026-1 of 1 April 2026"
checked = true
"""
NO_BASTILLE = """
[[holiday]]
country = "fr"
on = 2026-07-14
name = "Bastille Day"
change = "removed"
source = "Decree 2026-2"
checked = false
"""
BAVARIA = """
[[holiday]]
country = "DE"
region = "Bayern"
on = 2026-04-07
name = "A Bavarian day"
change = "added"
source = "GVBl. 2026, 1"
checked = true
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own list, which `DSAR_HOLIDAYS` names."""
    path = tmp_path / "mine.toml"
    monkeypatch.setenv("DSAR_HOLIDAYS", str(path))
    return path


def due(received: date, where: Calendars) -> tuple[date | None, date | None, tuple[Step, ...]]:
    rules = load.law().regime("gdpr", received)
    assert rules is not None
    return answer_due(rules, where, (received, received), ((), ()))


def test_an_added_day_moves_a_deadline_and_the_steps_say_who_added_it(mine: Path) -> None:
    """2 March + 1 month = Thursday 2 April, added; Friday 3 April is a working day in France."""
    mine.write_text(MOURNING, encoding="utf-8")
    own = calendar("FR")
    strict, safe, steps = due(date(2026, 3, 2), Calendars(strict=own, safe=own))
    assert strict == safe == date(2026, 4, 3)
    told = [step for step in steps if step.rule == "holiday-added"]
    assert [(step.on, dict(step.values)["source"]) for step in told] == [
        (date(2026, 4, 2), "Decree 2026-1 of 1 April 2026")
    ]


def test_without_the_list_the_same_deadline_ends_on_its_day() -> None:
    own = calendar("FR")
    strict, _, steps = due(date(2026, 3, 2), Calendars(strict=own, safe=own))
    assert strict == date(2026, 4, 2)
    assert not [step for step in steps if step.rule.startswith("holiday-")]


def test_a_day_taken_away_is_a_working_day_and_the_steps_say_so(mine: Path) -> None:
    """14 June + 1 month = Tuesday 14 July, no longer a holiday. Nobody read the decree: it is shown as unchecked."""
    mine.write_text(NO_BASTILLE, encoding="utf-8")
    own = calendar("FR")
    strict, _, steps = due(date(2026, 6, 14), Calendars(strict=own, safe=own))
    assert strict == date(2026, 7, 14)
    assert [step.on for step in steps if step.rule == "holiday-removed-unchecked"] == [date(2026, 7, 14)]


def test_an_added_day_in_the_middle_of_a_roll_is_told_too(mine: Path) -> None:
    """3 March + 1 month = Good Friday, in Bavaria; then a weekend, Easter Monday, and the added Tuesday: 8 April."""
    mine.write_text(BAVARIA, encoding="utf-8")
    own = calendar("DE", "BY")
    strict, _, steps = due(date(2026, 3, 3), Calendars(strict=own, safe=own))
    assert strict == date(2026, 4, 8)
    assert [step.on for step in steps if step.rule == "holiday-added"] == [date(2026, 4, 7)]


def test_an_override_of_a_region_is_that_regions_alone(mine: Path) -> None:
    mine.write_text(BAVARIA, encoding="utf-8")
    day = date(2026, 4, 7)
    assert calendar("DE", "BY").holiday(day) == "A Bavarian day"
    assert calendar("DE").holiday(day) is None
    assert calendar("DE", "BE").holiday(day) is None
    assert every_region("DE").holiday(day) == "A Bavarian day"
    assert every_region("DE").override(day) == calendar("DE", "BY").override(day) is not None


def test_an_override_of_a_country_holds_in_its_regions(mine: Path) -> None:
    mine.write_text(MOURNING + NO_BASTILLE, encoding="utf-8")
    for place in (calendar("FR"), calendar("FR", "57"), every_region("FR"), union(calendar("FR"), weekends_only())):
        assert place.holiday(date(2026, 4, 2)) == "Day of mourning"
        assert place.holiday(date(2026, 7, 14)) is None
        assert place.override(date(2026, 7, 14)) is not None
    assert calendar("BE").holiday(date(2026, 4, 2)) is None
    assert weekends_only().holiday(date(2026, 4, 2)) is None


def test_what_is_said_of_a_region_goes_before_what_is_said_of_its_country(mine: Path) -> None:
    kept = NO_BASTILLE.replace('"fr"', '"FR"\nregion = "57"').replace('"removed"', '"added"')
    mine.write_text(kept + NO_BASTILLE, encoding="utf-8")
    assert calendar("FR", "57").holiday(date(2026, 7, 14)) is not None
    assert calendar("FR").holiday(date(2026, 7, 14)) is None


def test_the_institutions_of_the_union_have_overrides_too(mine: Path) -> None:
    mine.write_text(MOURNING.replace('"FR"', '"EU"'), encoding="utf-8")
    assert institutions().holiday(date(2026, 4, 2)) == "Day of mourning"
    assert calendar("FR").holiday(date(2026, 4, 2)) is None


def test_working_days_are_counted_around_an_added_day(mine: Path) -> None:
    """Reg. 1182/71 Art. 3(5): Wednesday 1 April + 2 days = Friday 3 April, one working day; the second is Tuesday 7."""
    mine.write_text(MOURNING, encoding="utf-8")
    found = compute(load.terms()["notice"], date(2026, 4, 1), calendar("FR"), days=2)
    assert found.last == date(2026, 4, 7)


def test_the_year_of_a_calendar_marks_what_was_added_and_what_was_taken_away(mine: Path) -> None:
    mine.write_text(MOURNING + NO_BASTILLE, encoding="utf-8")
    days = {day.on: day for day in year(calendar("FR"), 2026)}
    added, removed = days[date(2026, 4, 2)], days[date(2026, 7, 14)]
    assert added.counts
    assert added.override == Override(
        on=date(2026, 4, 2),
        name="Day of mourning",
        added=True,
        source="Decree 2026-1 of 1 April 2026",
        checked=True,
    )
    assert not removed.counts
    assert days[date(2026, 5, 1)].override is None
    assert len(days) == 12  # the eleven of art. L3133-1, and the added one


def test_a_list_in_the_configuration_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path)
    assert not users_file()
    (tmp_path / "holidays.toml").write_text(MOURNING, encoding="utf-8")
    assert users_file() == str(tmp_path / "holidays.toml")
    assert calendar("FR").holiday(date(2026, 4, 2)) == "Day of mourning"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"FR"', '"ZZ"', "holiday[0].country: 'ZZ' is no country"),
        ('"FR"', '"FR"\nregion = "XX"', "holiday[0].region: FR has no region 'XX'"),
        ('"FR"', '"EU"\nregion = "BY"', "holiday[0].country: 'EU' is no country"),
        ("2026-04-02", '"2026-04-02"', "holiday[0].on: must be a date"),
        ("2026-04-02", "2026-04-31", "Invalid"),
        ('"added"', '"moved"', "holiday[0].change: must be one of added, removed"),
        ('source = "Decree 2026-1 of 1 April 2026"\n', "", "holiday[0].source: is missing"),
        ('"Decree 2026-1 of 1 April 2026"', '" "', "holiday[0].source: is missing"),
        ('"Day of mourning"', '""', "holiday[0].name: is missing"),
        ("checked = true", 'checked = "yes"', "holiday[0].checked: must be true or false"),
        ("checked = true", "checked = true\nregoin = 1", "holiday[0]: unknown key regoin"),
        ("[[holiday]]", "[[holidays]]", "holidays: unknown key"),
        ("[[holiday]]", "[holiday]", "holiday: must be a list of tables"),
        ("checked = true\n", f"checked = true\n{MOURNING}", "holiday[0].on: 2026-04-02 is there twice"),
    ],
)
def test_a_broken_list_of_ones_own_is_refused_with_its_place(mine: Path, old: str, new: str, problem: str) -> None:
    assert old in MOURNING
    mine.write_text(MOURNING.replace(old, new), encoding="utf-8")
    with pytest.raises(UsersHolidaysError) as caught:
        calendar("FR")
    assert str(caught.value).startswith("mine.toml: ")
    assert problem in str(caught.value)
    assert isinstance(caught.value, InputError)
    assert caught.value.code == 5


def test_a_list_that_was_named_and_is_not_there_is_an_error(mine: Path) -> None:
    assert not mine.exists()
    with pytest.raises(UsersHolidaysError, match=r"^mine\.toml: "):
        calendar("FR")


def test_the_shipped_list_is_linted_with_the_law_book(book: Path) -> None:
    assert load.check(book) == ()
    (book / "holidays.toml").write_text(MOURNING + MOURNING.replace('"FR"', '"ZZ"'), encoding="utf-8")
    assert load.check(book) == ("law/holidays.toml: holiday[1].country: 'ZZ' is no country whose holidays are known",)


def test_the_version_of_the_law_changes_with_the_shipped_list(book: Path) -> None:
    (book / "holidays.toml").write_text(MOURNING, encoding="utf-8")
    assert load.law(book).version != load.law().version
