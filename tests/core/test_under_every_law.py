"""A case under each law: its citations, its readings, and that the order of recording decides nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.core.deadlines import Calendars
from dsar.core.events import IdentitySupplied, Paid, Replied
from dsar.core.meanings import Acknowledgement, Clarification, Extension, Fee, IdentityDemand
from dsar.core.parallels import RegimeId
from dsar.lawbook.calendars import calendar, union
from dsar.lawbook.load import law

from .cases import CaseFile, request_received

if TYPE_CHECKING:
    from random import Random

    from dsar.core.meanings import Meaning

REGIMES = get_args(RegimeId)
RECEIVED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("regime", "country", "late", "cites"),
    [
        # 2 March + 1 month = Thursday 2 April
        ("gdpr", "FR", "2026-04-03", ("gdpr:12.3", "gdpr:12.4")),
        ("eudpr", "FR", "2026-04-03", ("eudpr:14.3", "eudpr:14.4")),
        ("uk-gdpr", "GB", "2026-04-03", ("uk-gdpr:12A.1", "uk-gdpr:12.4")),
        # 2 March + 30 days = Wednesday 1 April
        ("ch-fadp", "CH", "2026-04-02", ("ch-dsv:18.1", "ch-dsv:18.3")),
        # 2 March + 2 months = Saturday 2 May, Monday 4 May
        ("led-fr", "FR", "2026-05-05", ("cnil-taj:2025-10-06", "led:15.3")),
    ],
)
def test_silence_is_a_breach_of_the_law_of_the_case_from_the_day_after_its_last_day(
    regime: str, country: str, late: str, cites: tuple[str, ...]
) -> None:
    own = calendar(country)
    file = request_received("2026-03-02", regime=regime, calendars=Calendars(strict=own, safe=own))
    before = (date.fromisoformat(late) - timedelta(days=1)).isoformat()
    assert "no-answer" not in file.breaches(before)
    assert file.breaches(late)["no-answer"].cites == cites


def test_where_the_law_fixes_no_last_day_nobody_is_ever_late() -> None:
    """BDSG, section 59(2): without undue delay. Directive (EU) 2016/680 has no period either."""
    file = request_received("2026-03-02", regime="led-de")
    assert file.dates() == (None, None)
    assert not {"no-answer", "late-answer"} & set(file.breaches("2030-01-01"))


def test_an_obstacle_that_another_law_does_not_forbid_is_not_alleged() -> None:
    """GDPR Art. 12(2) has no parallel in the Swiss Act: a redirect to a portal is no breach there."""
    swiss = request_received("2026-03-02", regime="ch-fadp")
    swiss.judged("2026-03-05", swiss.received("2026-03-05", Fee(amount="20 CHF")), justified=False)
    assert swiss.breaches("2026-03-05")["fee"].cites == ("ch-dsg:25.6",)


def test_every_law_has_its_record_and_every_record_is_a_law() -> None:
    assert {one.id for one in law().regimes} == set(REGIMES)
    assert {one.regime for one in law().parallels.values()} == set(REGIMES) - {"gdpr"}


kinds: st.SearchStrategy[Meaning] = st.sampled_from(
    [
        Acknowledgement(),
        IdentityDemand(items=("passport",)),
        Clarification(large=True),
        Fee(amount="20"),
        Extension(reasons=True),
    ]
)
happenings = st.lists(st.tuples(kinds, st.integers(1, 60), st.none() | st.integers(0, 25)), max_size=4)


def _written(regime: str, told: list[tuple[Meaning, int, int | None]], order: list[int]) -> CaseFile:
    """A case in which each message is written down with what we did about it, in an order of its own."""
    own = calendar("FR")
    file = request_received(
        RECEIVED.isoformat(), regime=regime, calendars=Calendars(strict=own, safe=union(own, calendar("DE", "BY")))
    )
    for place in order:
        meaning, after, gap = told[place]
        on = RECEIVED + timedelta(days=after)
        number = file.received(on.isoformat(), meaning)
        if gap is None:
            continue
        done = on + timedelta(days=gap)
        match meaning:
            case IdentityDemand(items=items):
                file.write(IdentitySupplied(on=done, to=number, items=items))
            case Fee():
                file.write(Paid(on=done, to=number))
            case _:
                file.write(Replied(on=done, to=number))
    return file


@pytest.mark.parametrize("regime", REGIMES)
@settings(max_examples=40, deadline=None)
@given(told=happenings, chance=st.randoms(use_true_random=False))
def test_the_order_of_recording_decides_nothing(
    regime: str, told: list[tuple[Meaning, int, int | None]], chance: Random
) -> None:
    """Art. 12(3) GDPR, and each law beside it, asks what happened by when, not when somebody wrote it down."""
    straight, shuffled = list(range(len(told))), list(range(len(told)))
    chance.shuffle(shuffled)
    one, other = _written(regime, told, straight), _written(regime, told, shuffled)
    assert one.dates() == other.dates()
    assert set(one.breaches("2027-01-01")) == set(other.breaches("2027-01-01"))


@pytest.mark.parametrize("regime", REGIMES)
@settings(max_examples=40, deadline=None)
@given(told=happenings)
def test_safe_is_never_before_strict(regime: str, told: list[tuple[Meaning, int, int | None]]) -> None:
    """Safe is the reading most favourable to the controller: lateness alleged a day early harms the complainant."""
    reply = _written(regime, told, list(range(len(told)))).deadline("reply")
    assert reply.strict is None or reply.safe is None or reply.safe >= reply.strict
