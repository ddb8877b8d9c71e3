"""Several rows of the table of events at once, counted by hand; strict stands first, safe second.

In 2026, 2 March is a Monday, 2 April a Thursday, 5 April Easter Sunday; 1 May, 8 May and 5 June are Fridays, 14 May is
Ascension, 2 June a Tuesday, 4 June Corpus Christi.
"""

from __future__ import annotations

import pytest

from dsar.core.events import IdentitySupplied
from dsar.core.meanings import IdentityDemand
from dsar.lawbook.calendars import calendar, every_region, institutions, weekends_only

from .cases import CaseFile, day
from .reckoned import acknowledged, announced, clarification, due, extension, fee, identity, portal


def test_three_suspensions_that_overlap_are_one() -> None:
    """4 to 9, 8 to 13 and 12 to 19 March are the 16 days from the 4th to the 19th. 2 April + 16 = Saturday 18: 20."""
    three = (identity("03-04", "03-10"), fee("03-08", "03-14"), clarification("03-12", "03-20", large=True))
    assert due("03-02", *three) == ("04-02", "04-20")


def test_a_dismissed_demand_leaves_the_days_of_the_other_question() -> None:
    """Identity from 4 to 20 March, unjustified: nothing. Clarification from 4 to 9 March: 5 days. Tuesday 7 April."""
    both = (identity("03-04", "03-20", justified=False), clarification("03-04", "03-09", large=True))
    assert due("03-02", *both) == ("04-02", "04-07")


@pytest.mark.parametrize(
    ("judged", "safe"), [((None, None), None), ((False, None), None), ((None, False), None), ((False, False), "04-02")]
)
def test_of_two_open_questions_both_must_be_dismissed(
    judged: tuple[bool | None, bool | None], safe: str | None
) -> None:
    both = (identity("03-05", refused="03-06", justified=judged[0]), fee("03-09", justified=judged[1]))
    assert due("03-02", *both) == ("04-02", safe)


def test_an_extension_does_not_close_an_open_question() -> None:
    """Extended on 1 April: strictly 2 June; safely nobody can say."""
    assert due("03-02", identity("03-04"), extension("04-01")) == ("06-02", None)


def test_an_extension_without_reasons_and_a_suspension_are_added_safely() -> None:
    """Strictly 2 April. Safely 2 March + 3 months = 2 June, + 6 days = Monday 8 June."""
    assert due("03-02", identity("03-04", "03-10"), extension("03-20", reasons=False)) == ("04-02", "06-08")


def test_an_extension_without_reasons_between_the_two_dates_counts_safely() -> None:
    """Safe so far 2 April + 6 = Wednesday 8 April: notified on that day in time, on the next day too late."""
    asked = identity("03-04", "03-10")
    assert due("03-02", asked, extension("04-08", reasons=False)) == ("04-02", "06-08")
    assert due("03-02", asked, extension("04-09", reasons=False)) == ("04-02", "04-08")


def test_suspensions_before_and_after_an_extension_are_added() -> None:
    """6 days in March, 7 days from 4 to 11 May. 2 June + 13 = Monday 15 June."""
    happened = (identity("03-04", "03-10"), extension("04-01"), clarification("05-04", "05-11", large=True))
    assert due("03-02", *happened) == ("06-02", "06-15")


def test_a_question_after_the_strict_day_is_in_time_while_the_safe_one_has_not_come() -> None:
    """Safe so far 8 April. A fee asked on the 7th, paid on the 9th: 2 days more, Friday 10. Asked on the 9th: late."""
    asked = identity("03-04", "03-10")
    assert due("03-02", asked, fee("04-07", "04-09")) == ("04-02", "04-10")
    assert due("03-02", asked, fee("04-09", "04-11")) == ("04-02", "04-08")
    assert due("03-02", asked, fee("04-09")) == ("04-02", "04-08")


def test_acknowledging_and_redirecting_add_nothing_to_a_suspension() -> None:
    happened = (acknowledged("03-03"), portal("03-04"), identity("03-04", "03-10"), acknowledged("03-11"))
    assert due("03-02", *happened) == ("04-02", "04-08")


def test_a_suspension_may_end_on_a_holiday_of_the_complainants_country() -> None:
    """8 April + 1 month = Friday 8 May. Asked 10, given 16 April: 6 days, Ascension; Friday 15 May."""
    found = due("04-08", identity("04-10", "04-16"), strict=weekends_only(), safe=calendar("FR"))
    assert found == ("05-08", "05-15")


def test_a_suspension_may_end_on_a_holiday_of_some_region() -> None:
    """2 May + 1 month = Tuesday 2 June. Asked 5, given 7 May: 2 days, Corpus Christi; Friday 5 June."""
    found = due("05-02", identity("05-05", "05-07"), strict=calendar("DE"), safe=every_region("DE"))
    assert found == ("06-02", "06-05")


def test_the_safe_reading_suspends_from_the_later_proved_receipt() -> None:
    """Stated for 2 March, proved for the 4th: Saturday 4 April, + 6 days from 6 to 12 March = Friday 10 April."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter), "stated")
    file.delivered("2026-03-04", file.sent("2026-03-03", letter, "registered"))
    items = ("copy of the passport",)
    asked = file.received("2026-03-06", IdentityDemand(items=items))
    file.write(IdentitySupplied(on=day("2026-03-12"), to=asked, items=items))
    assert file.dates() == ("2026-04-02", "2026-04-10")


def test_an_institution_extends_and_suspends_alike() -> None:
    """2 March + 3 months = 2 June; safely + 6 days = Monday 8 June. An open question leaves no safe date."""
    own = institutions()
    happened = (identity("03-04", "03-10"), extension("04-01"))
    assert due("03-02", *happened, name="eudpr", strict=own) == ("06-02", "06-08")
    assert due("03-02", identity("03-04"), name="eudpr", strict=own) == ("04-02", None)


def test_in_britain_an_extension_and_a_clarification_are_added() -> None:
    """Art. 12A(3), (5)-(6): 2 March + 3 months = 2 June; 4 to 9 March, both included, are 6 days: Monday 8 June."""
    happened = (clarification("03-04", "03-09"), extension("04-01"))
    assert due("03-02", *happened, name="uk-gdpr", strict=calendar("GB", "ENG")) == ("06-08", "06-08")


def test_in_britain_two_clarifications_that_overlap_are_counted_once() -> None:
    """4 to 9 and 8 to 11 March: the 8 days from the 4th to the 11th. 2 April + 8 = Friday 10 April."""
    happened = (clarification("03-04", "03-09"), clarification("03-08", "03-11"))
    assert due("03-02", *happened, name="uk-gdpr", strict=calendar("GB", "ENG")) == ("04-10", "04-10")


def test_in_britain_a_clarification_after_the_restart_is_left_out_of_the_new_month() -> None:
    """Identity on 10 March: Friday 10 April. Clarification from 16 to 18 March, 3 days: Monday 13 April."""
    happened = (identity("03-04", "03-10"), clarification("03-16", "03-18"))
    assert due("03-02", *happened, name="uk-gdpr", strict=calendar("GB", "ENG")) == ("04-13", "04-13")


def test_in_switzerland_identity_suspends_the_thirty_days_safely() -> None:
    """2 March + 30 = 1 April; + 6 days = Tuesday 7 April."""
    assert due("03-02", identity("03-04", "03-10"), name="ch-fadp", strict=calendar("CH")) == ("04-01", "04-07")


def test_in_switzerland_a_day_may_be_announced_within_the_days_that_a_fee_started_anew() -> None:
    """Thirty days after the ten of reflection end on 14 April: 10 April is in time, for Friday 15 May."""
    happened = (fee("03-05", "03-10"), announced("04-10", "05-15"))
    assert due("03-02", *happened, name="ch-fadp", strict=calendar("CH")) == ("05-15", "05-15")
    late = (fee("03-05", "03-10"), announced("04-15", "05-15"))
    assert due("03-02", *late, name="ch-fadp", strict=calendar("CH")) == ("04-14", "04-14")


def test_the_police_in_france_suspend_safely_and_roll_once() -> None:
    """2 March + 2 months = Saturday 2 May: strictly Monday 4. Safely + 6 days = Friday 8 May, a holiday: Monday 11."""
    assert due("03-02", identity("03-04", "03-10"), name="led-fr") == ("05-04", "05-11")


def test_the_order_of_telling_is_nothing_to_a_whole_story() -> None:
    """Told backwards, 2 June + 13 days is still Monday 15 June."""
    happened = (clarification("05-04", "05-11", large=True), extension("04-01"), identity("03-04", "03-10"))
    assert due("03-02", *happened) == ("06-02", "06-15")
    assert day("2026-06-15").isoweekday() == 1
