"""One answer to many, looked at once: every case gets its own review, and nobody's earlier one is overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.core.demands import asked
from dsar.core.events import Demand, Opened
from dsar.core.meanings import Acknowledgement, Answer
from dsar.desk import batches, inbox_many, reviewing
from dsar.desk.inbox_many import NotFiledError
from dsar.desk.office import read
from dsar.desk.reviewing_many import Finds, NoAnswerError, alike, fitting, review_all
from dsar.errors import NotFoundError, UsageError

from .test_many import CAMPAIGN, StoppedError, bulk, five, quiet, sent
from .test_projection import for_a_while, keep

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

FINDS = Finds(found={"purposes": "given"}, rest="missing", faults={"third-party-data": "the list names others"})


def answered(desk: Desk, tmp_path: Path) -> int:
    """The message of the inbox that is the answer in all cases of the campaign that wait."""
    number = bulk(desk, tmp_path)
    inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
    inbox_many.classify(desk, number, Answer(), inbox_many.standing(desk, number, Answer()).fresh, quiet)
    return number


def statuses(desk: Desk, ref: str) -> dict[str, str | None]:
    return {item.demand.id: item.status for item in asked(read(desk, ref).case)}


def test_every_case_that_holds_the_answer_is_reviewed_and_no_other(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = answered(desk, tmp_path)
        found = alike(desk, number, CAMPAIGN)
        assert (sorted(found.fresh), found.reviewed, found.others) == (refs, (), ())
        assert review_all(desk, number, found.fresh, FINDS, again=False, told=quiet).done == 5
        for ref in refs:
            said = statuses(desk, ref)
            assert said.pop("purposes") == "given"
            assert set(said.values()) == {"missing"}
            (message,) = read(desk, ref).case.messages
            assert message.review is not None
            assert [(fault.breach, fault.note) for fault in message.review[1].faults] == [
                ("third-party-data", "the list names others")
            ]
            assert read(desk, ref).entries[-1].by == desk.by
        assert set(statuses(desk, "2026-33333").values()) == {None}


def test_what_somebody_found_before_stays_unless_it_is_meant_to_change(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = answered(desk, tmp_path)
        reviewing.review(desk, refs[0], answer=None, found={"purposes": "refused"}, notes={}, faults={})
        found = alike(desk, number, CAMPAIGN)
        assert (sorted(found.fresh), found.reviewed) == (refs[1:], (refs[0],))
        ran = review_all(desk, number, tuple(refs), FINDS, again=False, told=quiet)
        assert (ran.done, ran.known) == (4, 1)
        assert statuses(desk, refs[0])["purposes"] == "refused"
        assert review_all(desk, number, (refs[0],), FINDS, again=True, told=quiet).done == 1
        assert statuses(desk, refs[0])["purposes"] == "given"


def test_a_case_that_asked_something_else_is_left_out_and_named(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        more = sent(paper)
        first = more.events[0]
        assert isinstance(first, Opened)
        own = Demand(id="q1", right="access", text="Who told you?")
        more.events[0] = replace(first, demands=(*first.demands, own))
        keep(desk, "2026-99999", more)
        number = answered(desk, tmp_path)
        every = alike(desk, number, CAMPAIGN).fresh
        assert len(every) == 6
        fits, left = fitting(desk, every, Finds(found={"q1": "given"}))
        assert (fits, left) == (("2026-99999",), dict.fromkeys(refs, "q1"))
        assert fitting(desk, every, FINDS) == (every, {})
        with pytest.raises(UsageError, match="“nothing-such”"):
            fitting(desk, every, Finds(found={"nothing-such": "given"}))


def test_what_is_no_answer_is_not_reviewed(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = bulk(desk, tmp_path)
        with pytest.raises(NotFiledError):
            alike(desk, number, CAMPAIGN)
        inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
        with pytest.raises(NoAnswerError, match=f"classify answer --message {number} --campaign {CAMPAIGN}"):
            alike(desk, number, CAMPAIGN)
        inbox_many.classify(desk, number, Answer(), (refs[0],), quiet)
        inbox_many.classify(desk, number, Acknowledgement(), (refs[1],), quiet)
        found = alike(desk, number, CAMPAIGN)
        assert (found.fresh, sorted(found.others)) == ((refs[0],), refs[1:])
        with pytest.raises(NotFoundError, match="NOSUCH"):
            alike(desk, number, "NOSUCH")


def test_an_interrupted_review_goes_on(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)

    def stop(done: int, _every: int) -> None:
        if done >= 4:
            raise StoppedError

    with for_a_while(desk) as paper:
        five(desk, paper)
        number = answered(desk, tmp_path)
        with pytest.raises(StoppedError):
            review_all(desk, number, alike(desk, number, CAMPAIGN).fresh, FINDS, again=False, told=stop)
        found = alike(desk, number, CAMPAIGN)
        assert (len(found.fresh), len(found.reviewed)) == (1, 4)
        assert review_all(desk, number, found.fresh, FINDS, again=False, told=quiet).done == 1
