"""No small group is shown, and none can be reckoned back."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsar.study.ledger import Ledger
from dsar.study.sample import members


def some(first: int, last: int) -> int:
    return members(range(first, last))


ALL = some(0, 100)


@pytest.mark.parametrize(("size", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (60, 60)])
def test_a_count_from_one_to_four_is_kept_back(size: int, shown: int | None) -> None:
    assert Ledger(5).count(some(0, size)) == shown


def test_a_count_that_leaves_a_few_of_its_whole_is_kept_back_too() -> None:
    ledger = Ledger(5)
    ledger.total(ALL)
    assert ledger.count(some(0, 98)) is None
    assert ledger.count(some(0, 95)) == 95
    assert ledger.count(some(0, 93)) is None
    assert ledger.count(ALL) == 100


def test_what_was_kept_back_once_is_kept_back_wherever_it_comes_again() -> None:
    ledger = Ledger(5)
    ledger.total(ALL)
    assert ledger.apart().count(some(0, 98)) is None
    assert Ledger(5).count(some(0, 98)) == 98
    assert ledger.apart().parts(some(0, 98), [some(0, 98)]) == (None,)


def test_one_hidden_part_takes_the_smallest_other_one_with_it() -> None:
    ledger = Ledger(5)
    ledger.total(ALL)
    assert ledger.parts(ALL, [some(0, 3), some(3, 13), some(13, 100)]) == (None, None, 87)


def test_two_hidden_parts_whose_sum_says_it_all_take_a_third() -> None:
    """1 and 1 of a rest of 2, or 4 and 4 of a rest of 8: each follows from the sum."""
    ledger = Ledger(5)
    ledger.total(some(0, 52))
    assert ledger.parts(some(0, 52), [some(0, 1), some(1, 2), some(2, 22), some(22, 52)]) == (None, None, None, 30)
    ledger = Ledger(5)
    ledger.total(some(0, 58))
    assert ledger.parts(some(0, 58), [some(0, 4), some(4, 8), some(8, 28), some(28, 58)]) == (None, None, None, 30)
    ledger = Ledger(5)
    ledger.total(some(0, 57))
    assert ledger.parts(some(0, 57), [some(0, 4), some(4, 7), some(7, 27), some(27, 57)]) == (None, None, 20, 30)


def test_with_one_as_the_least_everything_is_shown() -> None:
    ledger = Ledger(1)
    assert ledger.parts(ALL, [some(0, 1), some(1, 100)]) == (1, 99)
    assert ledger.count(some(0, 2)) == 2


@example([0, 1])
@given(st.lists(st.integers(0, 30), min_size=1, max_size=7))
def test_whoever_knows_the_total_cannot_reckon_a_hidden_part(sizes: list[int]) -> None:
    """Every other filling of the hidden places that agrees with the total and the rule leaves each of them open."""
    starts = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    whole = some(0, starts[-1])
    ledger = Ledger(5)
    ledger.total(whole)
    shown = ledger.parts(whole, [some(a, b) for a, b in pairwise(starts)])
    hidden = [size for size, k in zip(sizes, shown, strict=True) if k is None]
    assert all(k == 0 or k >= 5 for k in shown if k is not None)
    if not hidden or not any(shown):
        return  # nothing of it is shown beside the total; an empty part may be hidden with the others
    assert len(hidden) > 1
    assert sum(hidden) >= 5
    # two hidden places can trade a case: neither is fixed by the sum
    movable = [(a, b) for a, b in combinations(hidden, 2) if a > 1 or b > 1]
    assert movable
