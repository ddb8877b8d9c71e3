"""Cohen's kappa against tables that were computed by hand."""

from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.study.kappa import agreement, kappa


def table(**cells: int) -> list[tuple[str, str]]:
    """Pairs from counts: `yn=5` is five times first yes, second no."""
    return [(name[0], name[1]) for name, count in cells.items() for _ in range(count)]


FIFTY = table(yy=20, yn=5, ny=10, nn=15)


def test_the_textbook_fifty_have_a_kappa_of_two_fifths() -> None:
    # 35 of 50 agree; margins 25/25 and 30/20: chance agrees in (25*30 + 25*20) / 2500 = 0.5; (0.7 - 0.5) / 0.5
    found = agreement(FIFTY)
    assert (found.n, found.same, found.expected) == (50, 35, 0.5)
    assert found.kappa == 0.4
    assert found.confusion == (("n", "n", 15), ("n", "y", 10), ("y", "n", 5), ("y", "y", 20))


def test_its_standard_error_is_that_of_fleiss_cohen_and_everitt() -> None:
    # by hand, in the form of Agresti: 0.7*0.3/0.25 = 0.84
    # + 2*0.3 * (2*0.35 - (0.4*1.1 + 0.3*0.9)) / 0.125 = -0.048
    # + 0.09 * ((0.4*1.21 + 0.1*1.21 + 0.2*0.81 + 0.3*0.81) - 1) / 0.0625 = 0.0144; their sum over 50
    found = agreement(FIFTY)
    assert found.error is not None
    assert isclose(found.error, sqrt((0.84 - 0.048 + 0.0144) / 50))
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.151, 0.649)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # same share of agreement, other margins (60 of 100): (0.6 - 0.54) / 0.46 and (0.6 - 0.46) / 0.54
        ({"yy": 45, "yn": 15, "ny": 25, "nn": 15}, 0.06 / 0.46),
        ({"yy": 25, "yn": 35, "ny": 5, "nn": 35}, 0.14 / 0.54),
        # three values: 2 a, 1 b, 1 c agree, of 6; rows a2 b2 c2, columns a3 b2 c1: chance (6 + 4 + 2) / 36 = 1/3
        ({"aa": 2, "ba": 1, "bb": 1, "cb": 1, "cc": 1}, (4 / 6 - 1 / 3) / (2 / 3)),
    ],
)
def test_other_tables_counted_by_hand(cells: dict[str, int], expected: float) -> None:
    found = kappa(table(**cells))
    assert found is not None
    assert isclose(found, expected)


def test_full_agreement_is_one_without_an_interval() -> None:
    found = agreement(table(yy=3, nn=2))
    # an interval from 1 to 1 would say that five cases prove it
    assert (found.kappa, found.error, found.low, found.high) == (1.0, 0.0, None, None)


def test_full_disagreement_is_below_nothing() -> None:
    assert kappa(table(yn=5, ny=5)) == -1.0


def test_without_pairs_or_with_one_value_only_there_is_no_kappa() -> None:
    assert agreement([]).kappa is None
    assert agreement([]).share is None
    alone = agreement(table(yy=7))
    assert (alone.kappa, alone.error, alone.share) == (None, None, 1.0)


def test_one_coder_with_one_value_only_has_a_kappa_of_nothing() -> None:
    # chance explains all of it: the first always says yes
    found = agreement(table(yy=3, yn=2))
    assert (found.kappa, found.error, found.low) == (0.0, 0.0, None)


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)


@given(PAIRS)
def test_it_does_not_matter_who_is_the_first_coder(pairs: list[tuple[str, str]]) -> None:
    one, other = agreement(pairs), agreement([(b, a) for a, b in pairs])
    assert one.kappa == other.kappa
    assert (one.error is None) is (other.error is None)
    assert one.error is None or other.error is None or isclose(one.error, other.error, abs_tol=1e-9)
    assert one.kappa is None or -1 <= one.kappa <= 1
