"""How each event moves the two dates of a GDPR request: counted by hand, on a calendar of 2026 for France.

In 2026, 2 March is a Monday and 2 April a Thursday; Easter Sunday is 5 April, so that Monday 6 April is a holiday;
1 May and 8 May are Fridays; 2 June is a Tuesday. Strict stands first, safe second.
"""

from __future__ import annotations

import pytest

from dsar.lawbook.calendars import calendar, every_region, weekends_only

from .reckoned import acknowledged, answered, clarification, due, extension, fee, identity, portal


def test_nothing_happened() -> None:
    """2 March + 1 month = 2 April, a Thursday."""
    assert due("03-02") == ("04-02", "04-02")


def test_a_last_day_on_easter_sunday_moves_to_tuesday() -> None:
    """5 March + 1 month = Sunday 5 April; Monday 6 April is a holiday in France; Tuesday 7 April."""
    assert due("03-05") == ("04-07", "04-07")


def test_an_unknown_region_counts_in_the_safe_reading_the_holidays_of_all() -> None:
    """4 May + 1 month = Thursday 4 June, Corpus Christi in Bavaria and elsewhere, not in Berlin: Friday 5 June."""
    assert due("05-04", strict=calendar("DE"), safe=every_region("DE")) == ("06-04", "06-05")
    assert due("05-04", strict=calendar("DE", "BY")) == ("06-05", "06-05")
    assert due("05-04", strict=calendar("DE", "BE")) == ("06-04", "06-04")


def test_no_establishment_rolls_over_weekends_and_safely_over_the_complainants_holidays() -> None:
    """8 April + 1 month = Friday 8 May, a holiday in France only: Monday 11 May for the safe reading."""
    assert due("04-08", strict=weekends_only(), safe=calendar("FR")) == ("05-08", "05-11")
    assert due("04-08", strict=weekends_only(), safe=calendar("DE")) == ("05-08", "05-08")


def test_no_establishment_still_rolls_over_a_weekend() -> None:
    """9 April + 1 month = Saturday 9 May; Monday 11 May in both readings."""
    assert due("04-09", strict=weekends_only(), safe=calendar("FR")) == ("05-11", "05-11")


def test_the_safe_reading_takes_the_later_of_the_two_whatever_its_calendar() -> None:
    """5 March: strict Tuesday 7 April in France; weekends alone would give Easter Monday, before the strict day."""
    assert due("03-05", strict=calendar("FR"), safe=weekends_only()) == ("04-07", "04-07")


@pytest.mark.parametrize("happened", [acknowledged("03-03"), portal("03-04"), acknowledged("04-02")])
def test_acknowledging_and_redirecting_move_nothing(happened: object) -> None:
    """2 March + 1 month = 2 April, whatever they confirm and wherever they point."""
    assert due("03-02", happened) == ("04-02", "04-02")  # type: ignore[arg-type] # two kinds of incident


def test_an_answer_or_a_refusal_moves_nothing() -> None:
    """The deadline is met or missed on that day; the day itself stays 2 April."""
    assert due("03-02", answered("03-20")) == ("04-02", "04-02")
    assert due("03-02", answered("04-20", refused=True)) == ("04-02", "04-02")


def test_an_extension_with_reasons_in_time_gives_three_months_in_one_step() -> None:
    """2 March + 3 months = Tuesday 2 June."""
    assert due("03-02", extension("03-20")) == ("06-02", "06-02")


def test_an_extension_counts_from_the_receipt_not_from_the_first_last_day() -> None:
    """31 January + 3 months = 30 April, a Thursday. One month and two more would end on 28 April."""
    assert due("01-31", extension("02-10")) == ("04-30", "04-30")


def test_an_extension_on_the_last_day_is_in_time() -> None:
    """The last day runs until its last hour: 2 April is in time, 2 March + 3 months = 2 June."""
    assert due("03-02", extension("04-02")) == ("06-02", "06-02")


def test_an_extension_on_the_rolled_last_day_is_in_time() -> None:
    """5 March: nominal Sunday 5 April, rolled to Tuesday 7 April. That day is in time: 5 June, a Friday."""
    assert due("03-05", extension("04-07")) == ("06-05", "06-05")


def test_an_extension_the_day_after_is_too_late() -> None:
    """The first date stands: 2 April, and 7 April where it rolled."""
    assert due("03-02", extension("04-03")) == ("04-02", "04-02")
    assert due("03-05", extension("04-08")) == ("04-07", "04-07")


def test_an_extension_without_reasons_counts_in_the_safe_reading_only() -> None:
    """Strict: 2 April. Safe: 2 March + 3 months = 2 June."""
    assert due("03-02", extension("03-20", reasons=False)) == ("04-02", "06-02")


def test_an_extension_without_reasons_and_too_late_counts_nowhere() -> None:
    """Notified on 3 April, the last day was 2 April."""
    assert due("03-02", extension("04-03", reasons=False)) == ("04-02", "04-02")


def test_reasons_that_follow_in_time_make_the_extension_good_in_both_readings() -> None:
    """Art. 12(3): within one month, together with the reasons. Both were there by 1 April: 2 June."""
    assert due("03-02", extension("03-20", reasons=False), extension("04-01")) == ("06-02", "06-02")


def test_a_second_extension_adds_nothing() -> None:
    """Two further months at most: 2 June stays the last day."""
    assert due("03-02", extension("03-20"), extension("05-20")) == ("06-02", "06-02")


def test_an_open_identity_question_leaves_no_safe_date() -> None:
    """Strict is not moved; safely nobody can say when the month ends."""
    assert due("03-02", identity("03-05")) == ("04-02", None)


def test_identity_given_adds_the_days_from_question_to_answer() -> None:
    """Asked 4 March, given 10 March: 6 days. 2 April + 6 = Wednesday 8 April."""
    assert due("03-02", identity("03-04", "03-10")) == ("04-02", "04-08")


def test_the_days_are_added_to_the_nominal_date_and_rolled_once() -> None:
    """5 March: nominal Sunday 5 April. Asked 9, given 16 March: 7 days, Sunday 12 April, rolled to Monday 13 April.

    Whoever rolls first (7 April) and adds then ends on 14 April: one day too late.
    """
    assert due("03-05", identity("03-09", "03-16")) == ("04-07", "04-13")


def test_identity_asked_on_the_last_day_still_suspends() -> None:
    """Asked 2 April, given 10 April: 8 days. 2 April + 8 = Friday 10 April, "even if asked late"."""
    assert due("03-02", identity("04-02", "04-10")) == ("04-02", "04-10")


def test_identity_asked_when_the_month_has_ended_suspends_nothing() -> None:
    """Asked on 3 April, when 2 April was over: there was no term left to suspend, open or given."""
    assert due("03-02", identity("04-03", "04-10")) == ("04-02", "04-02")
    assert due("03-02", identity("04-03")) == ("04-02", "04-02")


def test_a_refused_identity_demand_leaves_no_safe_date_until_it_is_judged() -> None:
    """Strict stands on 2 April. Judged unjustified, the safe date is the strict one."""
    assert due("03-02", identity("03-05", refused="03-06")) == ("04-02", None)
    assert due("03-02", identity("03-05", refused="03-06", justified=False)) == ("04-02", "04-02")


def test_a_demand_found_unjustified_suspends_nothing_even_if_it_was_satisfied() -> None:
    """Given on 10 March to have peace; judged unjustified: 2 April in both readings."""
    assert due("03-02", identity("03-04", "03-10", justified=False)) == ("04-02", "04-02")


def test_a_demand_refused_and_judged_justified_waits_for_what_was_asked() -> None:
    """No safe date until it is given. Asked 5, refused 6, given 19 March: 14 days. 2 April + 14 = Thursday 16 April."""
    assert due("03-02", identity("03-05", refused="03-06", justified=True)) == ("04-02", None)
    assert due("03-02", identity("03-05", "03-19", refused="03-06", justified=True)) == ("04-02", "04-16")


def test_given_in_part_and_refused_in_part_is_refused() -> None:
    """Wholly or partly refused: none, while nobody has judged the demand."""
    assert due("03-02", identity("03-05", "03-10", refused="03-10")) == ("04-02", None)


def test_a_clarification_of_a_large_quantity_of_data_suspends_safely() -> None:
    """Recital 63. Asked 4, answered 9 March: 5 days. 2 April + 5 = Tuesday 7 April."""
    assert due("03-02", clarification("03-04", "03-09", large=True)) == ("04-02", "04-07")


def test_an_open_clarification_of_a_large_quantity_leaves_no_safe_date() -> None:
    assert due("03-02", clarification("03-04", large=True)) == ("04-02", None)


def test_any_other_clarification_moves_nothing() -> None:
    """Open or answered, 2 April."""
    assert due("03-02", clarification("03-04")) == ("04-02", "04-02")
    assert due("03-02", clarification("03-04", "03-09")) == ("04-02", "04-02")


def test_a_clarification_asked_when_the_month_has_ended_suspends_nothing() -> None:
    assert due("03-02", clarification("04-03", "04-09", large=True)) == ("04-02", "04-02")


def test_an_open_fee_leaves_no_safe_date() -> None:
    """Not even where it was judged justified: it has to be paid first."""
    assert due("03-02", fee("03-04")) == ("04-02", None)
    assert due("03-02", fee("03-04", justified=True)) == ("04-02", None)


def test_a_paid_fee_adds_the_days_to_the_payment() -> None:
    """Asked 4, paid 18 March: 14 days. 2 April + 14 = Thursday 16 April."""
    assert due("03-02", fee("03-04", "03-18")) == ("04-02", "04-16")


def test_an_unjustified_fee_moves_nothing() -> None:
    """Paid or not, 2 April."""
    assert due("03-02", fee("03-04", justified=False)) == ("04-02", "04-02")
    assert due("03-02", fee("03-04", "03-18", justified=False)) == ("04-02", "04-02")


def test_overlapping_suspensions_are_counted_once() -> None:
    """4 to 9 March (6 days) and 8 to 11 March (4 days) are the 8 days from 4 to 11 March. 2 April + 8 = 10 April."""
    both = (identity("03-04", "03-10"), clarification("03-08", "03-12", large=True))
    assert due("03-02", *both) == ("04-02", "04-10")


def test_a_suspension_within_another_adds_nothing() -> None:
    """4 to 19 March: 16 days; the fee of 6 to 10 March lies within. 2 April + 16 = Saturday 18, Monday 20 April."""
    assert due("03-02", identity("03-04", "03-20"), fee("03-06", "03-10")) == ("04-02", "04-20")


def test_suspensions_apart_are_added() -> None:
    """4 and 5 March, then 20 to 22 March: 5 days. 2 April + 5 = Tuesday 7 April."""
    assert due("03-02", identity("03-04", "03-06"), clarification("03-20", "03-23", large=True)) == ("04-02", "04-07")


def test_one_open_question_among_answered_ones_leaves_no_safe_date() -> None:
    assert due("03-02", identity("03-04", "03-10"), fee("03-12")) == ("04-02", None)


def test_an_extension_and_a_suspension_are_added_in_the_safe_reading() -> None:
    """Extended on 1 April, in time for both. Strict 2 June; safe 2 June + 6 days = Monday 8 June."""
    assert due("03-02", identity("03-04", "03-10"), extension("04-01")) == ("06-02", "06-08")


def test_an_extension_between_the_two_dates_is_in_time_safely_only() -> None:
    """Safe so far 2 April + 6 = 8 April. Notified 8 April: late for strict (2 April), safely 2 June + 6 = 8 June."""
    assert due("03-02", identity("03-04", "03-10"), extension("04-08")) == ("04-02", "06-08")


def test_an_extension_after_the_safe_date_so_far_is_late_for_both() -> None:
    """Notified 9 April, the safe date was 8 April."""
    assert due("03-02", identity("03-04", "03-10"), extension("04-09")) == ("04-02", "04-08")


def test_an_extension_while_identity_is_open_is_in_time_safely() -> None:
    """On 20 April the question of 4 March was open: no safe date had passed. Given 24 April: 51 days.

    2 June + 51 days: 28 days to 30 June, 23 more to Thursday 23 July.
    """
    assert due("03-02", identity("03-04", "04-24"), extension("04-20")) == ("04-02", "07-23")


def test_a_question_within_the_extended_term_suspends_safely() -> None:
    """Extended on 1 April; asked 4, given 11 May: 7 days. 2 June + 7 = Tuesday 9 June."""
    assert due("03-02", extension("04-01"), identity("05-04", "05-11")) == ("06-02", "06-09")


def test_a_question_after_the_extended_term_suspends_nothing() -> None:
    """Asked on 3 June, the extended term ended on 2 June."""
    assert due("03-02", extension("04-01"), identity("06-03", "06-10")) == ("06-02", "06-02")
