"""Who is which number, and which exhibit: once given, a number is never given again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.core.collective import NOTHING, Held, Numbers, numbered, ranges, shared
from dsar.core.parties import Evidence


def _file(name: str) -> Evidence:
    return Evidence(sha256=name, size=1, name=f"{name}.pdf", media="application/pdf")


def _case(ref: str, *others: str) -> Held:
    return Held(ref=ref, mandate=_file(f"m-{ref}"), others=tuple(_file(name) for name in others))


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ([], ""),
        ([7], "7"),
        ([1, 2], "1, 2"),
        ([3, 1, 2], "1–3"),
        ([1, 2, 3, 5, 7, 8, 10, 11, 12, 12], "1–3, 5, 7, 8, 10–12"),
    ],
)
def test_numbers_are_printed_as_ranges(numbers: list[int], printed: str) -> None:
    assert ranges(numbers) == printed


def test_mandates_come_first_then_the_proofs_of_the_body_then_what_is_shared_then_each_case() -> None:
    cases = [_case("A", "a-request", "bulk"), _case("B", "b-request", "bulk")]
    made = numbered(NOTHING, cases, [_file("statutes")])
    assert dict(made.complainants) == {"A": 1, "B": 2}
    order = sorted(made.exhibits, key=lambda name: made.exhibits[name])
    assert order == ["m-A", "m-B", "statutes", "bulk", "a-request", "b-request"]
    assert sorted(made.exhibits.values()) == [1, 2, 3, 4, 5, 6]


def test_what_is_new_comes_at_the_end_and_what_was_numbered_keeps_its_number() -> None:
    first = numbered(NOTHING, [_case("B", "b-request")], [])
    later = numbered(first, [_case("A", "a-request"), _case("B", "b-request", "b-answer")], [_file("statutes")])
    assert {name: later.exhibits[name] for name in first.exhibits} == dict(first.exhibits)
    assert later.complainants == {"B": 1, "A": 2}
    assert {name: later.exhibits[name] for name in ("m-A", "statutes", "a-request", "b-answer")} == {
        "m-A": 3,
        "statutes": 4,
        "a-request": 5,
        "b-answer": 6,
    }


def test_the_number_of_an_erased_case_is_not_given_again() -> None:
    first = numbered(NOTHING, [_case("A", "a-request"), _case("B", "b-request")], [])
    # the records of case B went with it; what the last numbers were is kept
    kept = Numbers(
        complainants={"A": 1},
        exhibits={name: number for name, number in first.exhibits.items() if "b-" not in name and name != "m-B"},
        last_complainant=first.last_complainant,
        last_exhibit=first.last_exhibit,
    )
    later = numbered(kept, [_case("A", "a-request"), _case("C", "c-request")], [])
    assert later.complainants["C"] == 3
    assert later.exhibits["m-C"] == 5
    assert later.exhibits["c-request"] == 6


def test_what_only_one_case_holds_is_not_shared_even_if_it_holds_it_twice() -> None:
    assert shared([_case("A", "x", "x"), _case("B", "y")]) == frozenset()
    assert shared([_case("A", "x"), _case("B", "x")]) == {"x"}


_CASES = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.lists(st.sampled_from("uvwxyz"), max_size=4)),
    unique_by=lambda one: one[0],
    max_size=5,
)


@given(st.lists(_CASES, min_size=2, max_size=4))
def test_no_build_changes_a_number_and_no_number_means_two_things(builds: list[list[tuple[str, list[str]]]]) -> None:
    known = NOTHING
    for build in builds:
        after = numbered(known, [_case(ref, *others) for ref, others in build], [])
        assert known.exhibits.items() <= after.exhibits.items()
        assert known.complainants.items() <= after.complainants.items()
        assert len(set(after.exhibits.values())) == len(after.exhibits)
        assert sorted(after.exhibits.values()) == list(range(1, after.last_exhibit + 1))
        known = after
