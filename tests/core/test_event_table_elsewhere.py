"""The rows of the table for the United Kingdom, Switzerland and the institutions of the Union, counted by hand.

In 2026, 2 March is a Monday, 12 April a Sunday, 9 May a Saturday. Strict stands first, safe second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.lawbook.calendars import calendar, institutions

from .reckoned import announced, clarification, due, extension, fee, identity

if TYPE_CHECKING:
    from dsar.core.incidents import Incident

Dates = tuple[str | None, str | None]


def british(received: str, *happened: Incident) -> Dates:
    return due(received, *happened, name="uk-gdpr", strict=calendar("GB", "ENG"))


def swiss(received: str, *happened: Incident) -> Dates:
    return due(received, *happened, name="ch-fadp", strict=calendar("CH"))


def european(received: str, *happened: Incident) -> Dates:
    return due(received, *happened, name="eudpr", strict=institutions())


def test_in_britain_the_month_restarts_when_identity_is_received() -> None:
    """Art. 12A(2): from 10 March, the latest of both. 10 April, a Friday."""
    assert british("03-02", identity("03-04", "03-10")) == ("04-10", "04-10")


def test_in_britain_the_month_restarts_when_the_fee_is_received() -> None:
    """Art. 12A(2): from 12 March. 12 April is a Sunday: Monday 13 April."""
    assert british("03-02", fee("03-05", "03-12")) == ("04-13", "04-13")


def test_in_britain_the_latest_of_identity_and_fee_counts() -> None:
    """Identity 10 March, fee 16 March: 16 April, a Thursday."""
    assert british("03-02", identity("03-04", "03-10"), fee("03-04", "03-16")) == ("04-16", "04-16")


def test_in_britain_an_open_identity_question_leaves_no_safe_date() -> None:
    assert british("03-02", identity("03-04"))[1] is None


def test_in_britain_an_unjustified_identity_demand_restarts_nothing() -> None:
    assert british("03-02", identity("03-04", "03-10", justified=False)) == ("04-02", "04-02")


def test_in_britain_both_days_of_a_clarification_are_left_out() -> None:
    """Art. 12A(5)-(6): 4, 5, 6, 7, 8 and 9 March do not count: 6 days. 2 April + 6 = Wednesday 8 April."""
    assert british("03-02", clarification("03-04", "03-09")) == ("04-08", "04-08")


def test_in_britain_a_clarification_answered_at_once_leaves_out_one_day() -> None:
    """4 March is both the day of the question and of the answer. 2 April + 1: Good Friday, 3 April 2026.

    Then the weekend of Easter and Easter Monday, a bank holiday in England: Tuesday 7 April.
    """
    assert british("03-02", clarification("03-04", "03-04")) == ("04-07", "04-07")


def test_in_britain_days_left_out_before_the_month_restarted_are_left_out_once() -> None:
    """Clarification on 4 to 6 March, identity received on 10 March: the month began after those days. 10 April."""
    assert british("03-02", clarification("03-04", "03-06"), identity("03-04", "03-10")) == ("04-10", "04-10")


def test_in_britain_an_extension_counts_from_the_relevant_time() -> None:
    """Art. 12A(3): identity on 10 March restarts, extended 1 April: 10 March + 3 months = Wednesday 10 June."""
    assert british("03-02", identity("03-04", "03-10"), extension("04-01")) == ("06-10", "06-10")


def test_article_12a_applies_from_5_february_2026() -> None:
    """Received 4 February: the old rule, 4 March; safely + 4 days (6 to 10 February) = Sunday 8, Monday 9 March.

    Received 5 February: restarted on 10 February, Tuesday 10 March in both readings.
    """
    assert british("02-04", identity("02-06", "02-10")) == ("03-04", "03-09")
    assert british("02-05", identity("02-06", "02-10")) == ("03-10", "03-10")


def test_in_switzerland_thirty_days_do_not_roll_in_the_strict_reading() -> None:
    """9 April + 30 days: 21 days to 30 April, 9 more to Saturday 9 May. Safely the next working day, Monday 11 May."""
    assert swiss("04-09") == ("05-09", "05-11")


def test_in_switzerland_a_month_is_thirty_days() -> None:
    """2 March + 30 days: 29 days to 31 March, one more: Wednesday 1 April."""
    assert swiss("03-02") == ("04-01", "04-01")


def test_in_switzerland_the_thirty_days_start_when_the_days_of_reflection_have_ended() -> None:
    """DSV Art. 19(3): asked 5 March, ten days to 15 March, thirty more to Tuesday 14 April, whenever it is paid."""
    assert swiss("03-02", fee("03-05", "03-06")) == ("04-14", "04-14")
    assert swiss("03-02", fee("03-05", "03-15")) == ("04-14", "04-14")


def test_in_switzerland_a_fee_that_is_not_confirmed_leaves_no_safe_date() -> None:
    assert swiss("03-02", fee("03-05"))[1] is None


def test_in_switzerland_a_fee_confirmed_after_the_tenth_day_leaves_no_safe_date() -> None:
    """DSV Art. 19(3): not confirmed by 15 March, the request counts as withdrawn; nobody is late with it."""
    assert swiss("03-02", fee("03-05", "03-16"))[1] is None


def test_in_switzerland_an_unjustified_fee_moves_nothing() -> None:
    assert swiss("03-02", fee("03-05", justified=False)) == ("04-01", "04-01")


def test_in_switzerland_a_day_announced_in_time_counts() -> None:
    """DSV Art. 18(2): announced 30 April, within the 30 days to 9 May, for Friday 12 June."""
    assert swiss("04-09", announced("04-30", "06-12")) == ("06-12", "06-12")


def test_in_switzerland_an_announced_saturday_rolls_in_the_safe_reading() -> None:
    """20 June 2026 is a Saturday: safely Monday 22 June."""
    assert swiss("04-09", announced("05-08", "06-20")) == ("06-20", "06-22")


def test_in_switzerland_a_day_announced_after_the_thirty_days_counts_where_they_had_not_ended() -> None:
    """Announced Sunday 10 May: strictly one day late (9 May), safely in time (11 May)."""
    assert swiss("04-09", announced("05-10", "06-12")) == ("05-09", "06-12")


def test_in_switzerland_a_day_announced_too_late_counts_nowhere() -> None:
    """Announced Tuesday 12 May: both the 9th and the 11th had passed."""
    assert swiss("04-09", announced("05-12", "06-12")) == ("05-09", "05-11")


def test_in_switzerland_there_are_no_two_further_months() -> None:
    """DSV Art. 18(2) knows a day that the controller names, no extension of a fixed length."""
    assert swiss("03-02", extension("03-10")) == ("04-01", "04-01")


def test_an_institution_rolls_over_its_own_holidays() -> None:
    """14 April + 1 month = Ascension, 14 May; Friday after it, Saturday, Sunday: Monday 18 May."""
    assert european("04-14") == ("05-18", "05-18")


def test_an_institution_rests_until_the_new_year() -> None:
    """24 November + 1 month = 24 December; closed to Saturday 2 January, then Sunday: Monday 4 January 2027."""
    assert european("11-24") == ("2027-01-04", "2027-01-04")


def test_the_police_in_germany_have_no_last_day() -> None:
    """BDSG section 57 fixes no period: no date in either reading, and so nobody is late."""
    assert due("03-02", name="led-de", strict=calendar("DE")) == (None, None)


def test_the_police_in_france_have_two_months() -> None:
    """2 March + 2 months = Saturday 2 May; Monday 4 May."""
    assert due("03-02", name="led-fr") == ("05-04", "05-04")
