"""A person says which breach a message is: what may be said of it, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Judged
from dsar.core.meanings import IdentityDemand, Refusal
from dsar.desk.errors import NoEntryError, NothingToDoError, UnknownItemError
from dsar.desk.judging import JustifiedBreachError, judge

from .logs import Log
from .test_projection import for_a_while, keep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.desk.office import Desk

REF = "2026-AAAAA"


@pytest.fixture
def then(desk: Desk) -> Iterator[Desk]:
    """10 August 2026, in a case with an identity demand (entry 5), a refusal (7) and a message unread (9)."""
    with for_a_while(desk) as paper:
        log = Log(paper, date(2026, 8, 3))
        log.issue()
        log.send()
        log.deliver()
        for meaning in (IdentityDemand(items=("passport",)), Refusal(), None):
            log.receive(meaning)
        keep(desk, REF, log)
        yield replace(desk, today=date(2026, 8, 10))


def alleged(desk: Desk, n: int, breach: str = "") -> set[str]:
    file = judge(desk, REF, to=n, justified=False, because="So.", breach=breach)
    return {one.id for one in file.breaches}


def test_a_message_is_judged_under_the_name_that_was_given(then: Desk) -> None:
    assert alleged(then, 5, "identity-no-doubt") == {"identity-no-doubt"}
    assert alleged(then, 7, "mandate-refused") >= {"identity-no-doubt", "mandate-refused"}


def test_without_a_number_the_identity_demands_left_are_judged(then: Desk) -> None:
    file = judge(then, REF, to=None, justified=False, because="So.", breach="identity-insecure")
    assert file.entries[-1].event == Judged(
        on=date(2026, 8, 10), about=5, justified=False, because="So.", breach="identity-insecure"
    )
    with pytest.raises(NothingToDoError, match="--to N"):
        judge(then, REF, to=None, justified=False, because="So.")


def test_a_breach_that_such_a_message_cannot_be_is_refused_with_those_that_it_can(then: Desk) -> None:
    with pytest.raises(UnknownItemError, match=r"fee.*identity-excessive, identity-no-doubt"):
        alleged(then, 5, "fee")


def test_what_nobody_has_classified_cannot_be_judged(then: Desk) -> None:
    with pytest.raises(NothingToDoError, match=f"dsar classify {REF} 9 KIND"):
        alleged(then, 9, "mandate-refused")
    with pytest.raises(NoEntryError):
        alleged(then, 2, "mandate-refused")


def test_what_is_justified_is_no_breach(then: Desk) -> None:
    with pytest.raises(JustifiedBreachError):
        judge(then, REF, to=5, justified=True, because="So.", breach="identity-no-doubt")
