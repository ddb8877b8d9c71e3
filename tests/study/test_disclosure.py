"""What somebody who holds all figures of the page against each other must not be able to tell."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dsar.study import bodies
from dsar.study.ledger import Ledger
from dsar.study.page import shown
from dsar.study.result import Amount, Count, Share
from dsar.study.sample import members
from dsar.study.survival import Lived, curve
from study.made_up import case, on, survey
from study.test_statistics import found, table


def some(first: int, last: int) -> int:
    return members(range(first, last))


def test_a_part_that_a_stage_of_the_flow_would_leave_over_takes_another_with_it() -> None:
    """45 in time are known: 30 as such and 12 extended would tell of the 3 whose extension nobody looked at."""
    ledger = Ledger(5)
    ledger.total(some(0, 80))
    assert ledger.count(some(0, 45)) == 45
    in_time, extended, untold, late, never = some(0, 30), some(30, 42), some(42, 45), some(45, 51), some(51, 80)
    parts = ledger.parts(some(0, 80), [in_time, extended, untold, late, never])
    assert parts[2] is None
    assert sum(k is None for k in parts[:3]) > 1


@given(
    st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 30]), min_size=3, max_size=7),
    st.sets(st.integers(1, 7), max_size=2),
)
@settings(max_examples=150, deadline=None)
def test_nobody_who_solves_the_table_with_two_stages_of_the_flow_finds_a_small_part(
    sizes: list[int], stages: set[int]
) -> None:
    """Whoever knows the whole, the stages and every part that is shown: each small part could still be another number.

    The stages hold the first so many parts. The least and the most that a part can be come from linear programming.
    """
    starts = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    whole = some(0, starts[-1])
    ledger = Ledger(5)
    ledger.total(whole)
    equations = [([1] * len(sizes), starts[-1])]
    for stage in sorted(one for one in stages if one <= len(sizes)):
        # a stage that all have reached is the whole, which is a base and always given
        k = ledger.count(some(0, starts[stage])) if starts[stage] < starts[-1] else None
        if k is not None:
            equations.append(([1] * stage + [0] * (len(sizes) - stage), k))
    parts = ledger.parts(whole, [some(a, b) for a, b in pairwise(starts)])
    unit = [[int(at == other) for other in range(len(sizes))] for at in range(len(sizes))]
    equations += [(unit[at], k) for at, k in enumerate(parts) if k is not None]
    left, right = zip(*equations, strict=True)
    for at, k in enumerate(parts):
        if k is None and 0 < sizes[at] < 5:
            least, most = (
                linprog([sign * one for one in unit[at]], A_eq=left, b_eq=right).fun * sign for sign in (1, -1)
            )
            assert most - least > 0.5


def test_what_another_table_has_shown_is_no_cover() -> None:
    """Three must be hidden behind another part: the 10 that the flow has shown already hide nothing, the 20 do."""
    ledger = Ledger(5)
    ledger.total(some(0, 63))
    assert ledger.count(some(3, 13)) == 10
    assert ledger.parts(some(0, 63), [some(0, 3), some(3, 13), some(13, 33), some(33, 63)]) == (None, 10, None, 30)


@pytest.mark.parametrize(
    ("n", "median", "first", "end"),
    [(9, None, None, None), (10, 5.5, None, 6), (19, 10, None, 15), (20, 10.5, 5.75, 16)],
)
def test_a_quartile_has_five_numbers_on_either_side_and_the_end_is_that_of_five(
    n: int, median: float | None, first: float | None, end: float | None
) -> None:
    """Of 1 to n: the median is (n + 1) / 2, the first quartile 1 + (n - 1) / 4, the five largest reach n - 4."""
    low, middle, _, last = survey(least=5).quartiles([float(number) for number in range(1, n + 1)])
    assert (low.value, middle.value, last.value) == (first, median, end)
    assert low.hidden is (first is None)
    assert survey(least=1).quartiles([3.0, 1.0])[3] == Amount(value=3.0)


def test_a_quartile_of_the_curve_does_not_say_what_its_day_keeps_back() -> None:
    """Of 16, four had it by day 26: a quarter. To say so would tell that they are four. Half had it by day 67: ten."""
    days = [18, 21, 21, 26, *[67] * 6, 82, *[None] * 5]
    times = table(survey(*(case(n, day) for n, day in enumerate(days)), least=5), "times", "times")
    assert times.value("answered", "quarter-1") == Amount(value=None, hidden=True)
    assert times.value("answered", "median") == Amount(value=67)
    # of the eleven waits that ended, the five longest took 67 days or more: the one of 82 is nobody's to know
    assert times.value("answered", "longest") == Amount(value=67)


def test_no_step_of_the_curve_differs_by_a_few_from_the_day_of_a_table() -> None:
    """Six had it by day 29 and one more on day 30, of which the table speaks: the step of day 29 is not drawn."""
    lived = (
        [Lived(days=29, happened=True)] * 6 + [Lived(days=30, happened=True)] + [Lived(days=80, happened=False)] * 20
    )
    assert [step.day for step in curve(lived).coarse(5)] == [30]  # 29 would be 6 of the 7 that ever had it
    lived += [Lived(days=50, happened=True)] * 9
    assert [step.day for step in curve(lived).coarse(5)] == [29, 50]
    assert [step.day for step in curve(lived).coarse(5, (30,))] == [30, 50]


def test_one_person_who_asked_many_is_no_group_of_people() -> None:
    alone: dict[str, Any] = {"subject": "person-x", "lives_in": "IE"}
    cases = [case(n, 5) for n in range(20)] + [case(n, 5, **alone) for n in range(20, 30)]
    cases += [case(n, 5, lives_in="AT") for n in range(30, 45)]
    rows = {line.key: line.values[0] for line in table(survey(*cases, least=5), "groups", "by-lives-in").lines}
    assert rows == {"AT": Count(k=None), "FR": Count(k=20), "IE": Count(k=None)}
    everything = table(survey(*cases), "groups", "by-lives-in")
    assert everything.value("IE", "cases") == Count(k=10)


def test_one_controller_is_compared_by_its_ends_only_where_five_are_at_either() -> None:
    nine = table(survey(*(case(n, n) for n in range(1, 10)), least=5), "spread", "spread")
    assert nine.value("miroir", "fastest") == Amount(value=None, hidden=True)
    assert nine.value("miroir", "median") == Amount(value=None, hidden=True)
    ten = table(survey(*(case(n, n) for n in range(1, 11)), least=5), "spread", "spread")
    assert ten.value("miroir", "fastest") == Amount(value=5)
    assert ten.value("miroir", "slowest") == Amount(value=6)
    assert "5 fastest" in ten.heads[3]


def test_the_answers_say_how_many_bodies_few_people_asked_and_can_keep_them_back() -> None:
    cases = [case(n, 5) for n in range(6)] + [case(9, 5, controller="b", controller_name="Alone")]
    study = survey(*cases, least=5)
    asked = bodies.bodies(study.sample)
    open_ = bodies.answers(study, asked, {})
    assert "1 of the 2 bodies were asked by fewer than 5 people" in open_.said[-1]
    assert "answered" in str(shown(study.words, open_.tables[0])[0])
    kept = shown(study.words, bodies.answers(study, asked, {}, hide_few=True).tables[0])
    assert kept[0][3:] == ("suppressed",) * 4
    assert "answered" in str(kept[1])


def test_what_was_left_out_is_counted_by_its_kind() -> None:
    study = survey(case(1, 5), *(case(n) for n in range(2, 30)), left_out=("mandate",) * 6 + ("stopped",) * 7, least=5)
    rows = {line.label: line.values[0] for line in table(study, "flow", "left-out").lines}
    assert rows == {"No mandate that holds": Count(k=6), "Taken out by us": Count(k=7)}


def test_only_what_article_15_names_stands_under_its_name() -> None:
    findings = (("purposes", "given"), ("q1", "missing"), ("searches", "given"))
    study = survey(case(1, 5, findings=findings), case(2, 9, findings=findings[:1]))
    assert [line.key for line in table(study, "completeness", "completeness").lines] == ["purposes"]
    further = table(study, "completeness", "further")
    assert next((line.key, line.label) for line in further.lines) == ("q1", "Question 1 of the campaign’s own")
    value = further.value("q1", "missing")
    assert isinstance(value, Share)
    assert (value.k, value.n) == (1, 1)


def test_the_lead_counts_the_people_and_the_limits_say_what_is_not_ruled_out() -> None:
    study = survey(*(case(n, 5, reminders=(on(35),)) for n in range(12)), least=5)
    limits = found(study).section("protocol").said
    assert any("counts of requests, not of people" in sentence for sentence in limits)
    assert not any("counts of requests" in sentence for sentence in found(survey(case(1, 5))).section("protocol").said)
