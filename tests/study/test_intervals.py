"""Figures that others have published, and figures reckoned by hand."""

from __future__ import annotations

import pytest

from dsar.study.proportion import share, wilson
from dsar.study.survival import Lived, curve

# Freireich et al. 1963: weeks of remission under 6-mercaptopurine; + means that it still lasted
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
STILL = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
REMISSION = curve([*(Lived(days=n, happened=True) for n in RELAPSED), *(Lived(days=n, happened=False) for n in STILL)])


def test_eight_of_ten_lie_between_49_and_94_per_cent() -> None:
    """By hand: z = 1.96, (0.8 + z²/20 ± z·√(0.016 + z²/400)) / (1 + z²/10)."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=0.0001)


@pytest.mark.parametrize(("k", "bounds"), [(0, (0.0, 0.2775)), (10, (0.7225, 1.0))])
def test_none_and_all_of_ten_keep_an_interval_inside_nought_and_one(k: int, bounds: tuple[float, float]) -> None:
    """By hand: z²/(10 + z²) = 3.8415/13.8415 = 0.2775."""
    assert wilson(k, 10) == pytest.approx(bounds, abs=0.0001)


def test_a_share_of_nothing_and_one_that_is_kept_back_have_no_interval() -> None:
    assert share(0, 0).value is None
    assert share(None, 10).low is None
    assert share(3, 4).value == 0.75


def test_the_curve_of_freireich_is_that_of_the_textbooks() -> None:
    """Its survival: 6 weeks 0.857, 7 0.807, 10 0.753, 13 0.690, 16 0.627, 22 0.538, 23 0.448."""
    found = {step.day: round(1 - step.done, 3) for step in REMISSION.steps}
    assert found == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert (REMISSION.n, REMISSION.events, REMISSION.watched, REMISSION.longest(1)) == (21, 9, 35, 23)


def test_the_median_of_freireich_is_23_weeks_and_the_third_quartile_is_not_reached() -> None:
    assert REMISSION.quantile(0.5) == 23
    assert REMISSION.quantile(0.25) == 13
    assert REMISSION.quantile(0.75) is None


def test_the_band_at_six_weeks_is_the_published_log_log_one() -> None:
    """Kalbfleisch and Prentice: 0.620 to 0.952 for a survival of 0.857."""
    step = REMISSION.by(6)
    assert step is not None
    assert step.low is not None
    assert step.high is not None
    assert (round(1 - step.high, 3), round(1 - step.low, 3)) == (0.620, 0.952)


def test_open_cases_stay_in_the_count_for_as_long_as_they_were_watched() -> None:
    """Two answered on day 10, one was watched for 5 days only: at day 10 two of the two that were left have it."""
    lived = [Lived(days=10, happened=True), Lived(days=10, happened=True), Lived(days=5, happened=False)]
    step = curve(lived).by(10)
    assert step is not None
    assert step.done == 1.0
    assert curve(lived).open_after(6) == 2


def test_beyond_the_longest_watch_the_curve_says_nothing_unless_all_have_it() -> None:
    assert REMISSION.by(36) is None
    everybody = curve([Lived(days=3, happened=True), Lived(days=4, happened=True)])
    step = everybody.by(90)
    assert step is not None
    assert step.done == 1.0


def test_without_any_event_there_is_no_step_and_no_quantile() -> None:
    waiting = curve([Lived(days=4, happened=False)] * 3)
    assert waiting.steps == ()
    assert waiting.quantile(0.5) is None
    assert waiting.by(3) is not None
    assert curve([]).by(0) is not None


def test_each_step_that_is_drawn_stands_for_enough_cases() -> None:
    """Ten had it, one a day: in steps of four, after the 4th and the 8th; one in twenty of ten is one."""
    daily = curve([Lived(days=n, happened=True) for n in range(1, 11)])
    assert [step.day for step in daily.coarse(4)] == [4]
    assert daily.drawn_until(4) == 7  # on the 8th day only three are still watched
    assert [step.day for step in daily.coarse(1)] == list(range(1, 11))
