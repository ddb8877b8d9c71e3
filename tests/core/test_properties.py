"""What a rule of computation says of every day, not only of the days that somebody thought of."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.core.calendar import add_working_days, idle, working_days_between
from dsar.core.deadlines import Calendars, answer_due
from dsar.core.incidents import Acknowledged, ClarificationAsked, Extended, FeeAsked, IdentityAsked, Redirected
from dsar.core.law import Period
from dsar.core.terms import after, compute
from dsar.lawbook.calendars import calendar, every_region, institutions, union, weekends_only
from dsar.lawbook.load import law

from .by_hand import HOLIDAYS, every_day, first_working_day, same_date, working_days
from .reckoned import regime

if TYPE_CHECKING:
    from random import Random

    from dsar.core.calendar import Calendar
    from dsar.core.incidents import Incident

PLACES: list[Calendar] = [
    *(calendar(code) for code in ("FR", "PT", "IE", "ES", "PL", "SE", "GR")),
    *(calendar("DE", "BY"), calendar("FR", "57"), every_region("DE"), institutions(), weekends_only()),
]
places = st.sampled_from(PLACES)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2031, 12, 31))
YEAR = every_day(date(2026, 1, 1), date(2026, 12, 31))
GDPR = regime("gdpr", date(2026, 1, 1))


def plain(received: date, place: Calendar, *happened: Incident) -> tuple[date | None, date | None]:
    strict, safe, _ = answer_due(GDPR, Calendars(strict=place, safe=place), (received, received), (happened, happened))
    return strict, safe


@pytest.mark.parametrize("place", HOLIDAYS, ids="-".join)
@pytest.mark.parametrize("months", [1, 3])
def test_a_year_of_receipts_ends_on_the_days_that_another_computation_finds(
    place: tuple[str, str], months: int
) -> None:
    """Reg. 1182/71 Art. 3(2)(c) and 3(4), with and without the extension of Art. 12(3) GDPR.

    Received up to 30 November, an extended answer is due by 1 March 2027: within the holidays written down.
    """
    off = HOLIDAYS[place]
    for received in YEAR:
        extended = [Extended(on=received, reasons=True)] if months == 3 else []
        expected = first_working_day(same_date(received, months), off)
        assert plain(received, calendar(*place), *extended) == (expected, expected), received


@pytest.mark.parametrize("place", HOLIDAYS, ids="-".join)
def test_short_notices_agree_with_another_computation_all_year(place: tuple[str, str]) -> None:
    """Reg. 1182/71 Art. 3(4) and 3(5): to the next working day, and at least two of them."""
    off = HOLIDAYS[place]
    for received in YEAR:
        for length in (2, 3, 8, 15):
            expected = first_working_day(received + timedelta(days=length), off)
            while working_days(received, expected, off) < 2:
                expected = first_working_day(expected + timedelta(days=1), off)
            found = compute(law().terms["notice"], received, calendar(*place), days=length)
            assert found.last == expected, (received, length)


@given(received=days, place=places)
def test_a_rolled_last_day_is_a_working_day_and_the_first_one(received: date, place: Calendar) -> None:
    """Art. 3(4): "the period shall end with the expiry of the last hour of the following working day"."""
    strict, _ = plain(received, place)
    assert strict is not None
    nominal = same_date(received, 1)
    assert idle(strict, place) is None
    assert strict >= nominal
    assert all(idle(between, place) for between in every_day(nominal, strict)[:-1])


@given(received=days, later=st.integers(min_value=0, max_value=70), place=places)
def test_who_receives_later_never_has_to_answer_earlier(received: date, later: int, place: Calendar) -> None:
    """Art. 3(2)(c) and 3(4) keep the order of days: clamping and rolling may join two days, never swap them."""
    first, _ = plain(received, place)
    second, _ = plain(received + timedelta(days=later), place)
    assert first is not None
    assert second is not None
    assert first <= second


@given(received=days, months=st.integers(min_value=1, max_value=36))
def test_the_end_of_a_month_never_sticks(received: date, months: int) -> None:
    """Art. 3(2)(c): the same date in the last month; only a month that lacks it ends the period on its last day."""
    end = after(received, Period(months=months), weekends_only())
    assert end == same_date(received, months)
    assert end.day == received.day or (end + timedelta(days=1)).day == 1


def test_31_january_and_three_months_is_30_april() -> None:
    """Art. 3(2)(c), in one step; over 28 February it would be the 28th."""
    assert after(date(2026, 1, 31), Period(months=3), weekends_only()) == date(2026, 4, 30)
    assert after(date(2026, 2, 28), Period(months=1), weekends_only()) == date(2026, 3, 28)
    assert after(date(2024, 2, 29), Period(years=1), weekends_only()) == date(2025, 2, 28)


@given(start=days, weeks=st.integers(min_value=1, max_value=60))
def test_weeks_end_on_the_weekday_of_the_event(start: date, weeks: int) -> None:
    """Art. 3(2)(c): "the same day of the week … as the day from which the period runs"."""
    end = after(start, Period(weeks=weeks), weekends_only())
    assert end.isoweekday() == start.isoweekday()
    assert (end - start).days == 7 * weeks


def test_three_weeks_from_the_day_of_the_event_not_from_the_day_after() -> None:
    """CJEU C-171/03: Thursday 12 March 1998 + three weeks = Thursday 2 April, not 3 April."""
    assert after(date(1998, 3, 12), Period(weeks=3), weekends_only()) == date(1998, 4, 2)


@given(start=days, length=st.integers(min_value=2, max_value=20), place=places)
def test_two_days_or_more_include_two_working_days(start: date, length: int, place: Calendar) -> None:
    """Art. 3(5): "any period of two days or more shall include at least two working days"."""
    last = compute(law().terms["notice"], start, place, days=length).last
    counted = [day for day in every_day(start, last)[1:] if idle(day, place) is None]
    assert len(counted) >= 2
    assert working_days_between(start, last, place) == len(counted)


def test_two_days_from_the_friday_before_whitsun() -> None:
    """Friday 22 May 2026 + 2 = Sunday 24; Whit Monday 25; Tuesday 26 is one working day, Wednesday 27 the second."""
    assert compute(law().terms["notice"], date(2026, 5, 22), calendar("FR"), days=2).last == date(2026, 5, 27)


@given(start=days, count=st.integers(min_value=1, max_value=30), place=places)
def test_working_days_are_counted_after_the_event(start: date, count: int, place: Calendar) -> None:
    """Art. 3(1) and 3(3): the day of the event is not counted, and only working days are."""
    last = add_working_days(start, count, place)
    assert idle(last, place) is None
    assert sum(idle(day, place) is None for day in every_day(start, last)[1:]) == count


RECEIVED = date(2026, 3, 2)
a_day = st.integers(min_value=0, max_value=130).map(lambda k: RECEIVED + timedelta(days=k))
maybe_a_day = st.none() | st.integers(min_value=0, max_value=40)


def _later(day: date, gap: int | None) -> date | None:
    return None if gap is None else day + timedelta(days=gap)


verdict = st.none() | st.booleans()
happenings = st.one_of(
    st.builds(lambda on, reasons: Extended(on=on, reasons=reasons), a_day, st.booleans()),
    st.builds(
        lambda on, gap, no, justified: IdentityAsked(
            on=on, given=_later(on, gap), refused=_later(on, no), justified=justified
        ),
        *(a_day, maybe_a_day, maybe_a_day, verdict),
    ),
    st.builds(
        lambda on, gap, large: ClarificationAsked(on=on, answered=_later(on, gap), large=large),
        *(a_day, maybe_a_day, st.booleans()),
    ),
    st.builds(
        lambda on, gap, justified: FeeAsked(on=on, paid=_later(on, gap), justified=justified),
        *(a_day, maybe_a_day, verdict),
    ),
    st.builds(lambda on: Acknowledged(on=on), a_day),
    st.builds(lambda on: Redirected(on=on), a_day),
)
REGIMES = ("gdpr", "uk-gdpr", "ch-fadp", "eudpr", "led-fr")


@given(st.lists(happenings, max_size=6), st.sampled_from(REGIMES), st.integers(min_value=0, max_value=10))
def test_the_safe_day_is_never_before_the_strict_one(happened: list[Incident], name: str, gap: int) -> None:
    """Safe is the reading most favourable to the controller: alleging lateness one day early harms the complainant."""
    own = calendar("FR")
    calendars = Calendars(strict=own, safe=union(own, calendar("DE", "BY")))
    received = (RECEIVED, RECEIVED + timedelta(days=gap))
    strict, safe, _ = answer_due(regime(name, RECEIVED), calendars, received, (happened, happened))
    assert strict is None or strict >= RECEIVED
    if strict is not None and safe is not None:
        assert safe >= strict


@given(st.lists(happenings, max_size=6), st.sampled_from(REGIMES), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(happened: list[Incident], name: str, chance: Random) -> None:
    """Art. 12(3) asks what happened by when, not when somebody wrote it down."""
    shuffled = list(happened)
    chance.shuffle(shuffled)
    rules, received = regime(name, RECEIVED), (RECEIVED, RECEIVED)
    own = Calendars(strict=calendar("FR"), safe=calendar("FR"))
    one = answer_due(rules, own, received, (happened, happened))
    other = answer_due(rules, own, received, (shuffled, shuffled))
    assert one[:2] == other[:2]


@given(
    received=days,
    asked=st.lists(st.tuples(st.integers(0, 28), st.integers(0, 30)), max_size=4),
    place=places,
    extended=st.booleans(),
)
def test_suspended_days_are_added_once_each_and_rolled_once(
    received: date, asked: list[tuple[int, int]], place: Calendar, *, extended: bool
) -> None:
    """EDPB Guidelines 01/2022 para. 159 and Reg. 1182/71 Art. 3(4): nominal + the union of the days, then one roll.

    Asked within 28 days of receipt, every question comes while the month runs, which is what lets it suspend.
    """
    pauses = [(received + timedelta(days=start), received + timedelta(days=start + length)) for start, length in asked]
    stopped = {day.toordinal() for first, end in pauses for day in every_day(first, end)[:-1]}
    happened: list[Incident] = [IdentityAsked(on=first, given=end) for first, end in pauses]
    if extended:
        happened.append(Extended(on=received + timedelta(days=1), reasons=True))
    nominal = same_date(received, 3 if extended else 1)
    expected = nominal + timedelta(days=len(stopped))
    strict, safe = plain(received, place, *happened)
    assert safe is not None
    assert safe == _rolled(expected, place)
    assert strict == _rolled(nominal, place)


def _rolled(day: date, place: Calendar) -> date:
    while day.isoweekday() > 5 or place.holiday(day) is not None:
        day += timedelta(days=1)
    return day


def test_the_last_days_of_a_year_of_receipts_never_go_back() -> None:
    """As above, every day of 2026 in turn."""
    ends = [plain(received, calendar("FR"))[0] for received in YEAR]
    assert all(one is not None and other is not None and one <= other for one, other in pairwise(ends))


@given(received=days)
def test_a_region_unknown_never_makes_the_safe_day_earlier(received: date) -> None:
    """Reg. 1182/71 Art. 2(1): where the region is not known, safe counts the holidays of all of them."""
    known, _ = plain(received, calendar("DE", "BY"))
    unknown, _ = plain(received, every_region("DE"))
    assert known is not None
    assert unknown is not None
    assert unknown >= known
