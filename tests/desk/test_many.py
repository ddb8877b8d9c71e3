"""One act in many cases: each case has its own fact, nothing is doubled, and a run that stopped goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Assigned, Classified, Corrected, Noted, Opened, Sent
from dsar.core.meanings import Acknowledgement, Answer
from dsar.desk import batches, handing, inbox, inbox_many, lists
from dsar.desk.office import read
from dsar.desk.recording import append
from dsar.errors import NotFoundError, UsageError

from .logs import Log
from .mails import came, mail, newest
from .test_projection import for_a_while, keep

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk, File

CAMPAIGN = "FACES26"
DAY = date(2026, 3, 2)


class StoppedError(Exception):
    """A run is interrupted."""


def quiet(_done: int, _every: int) -> None:
    """Nobody is told."""


def opened(paper: Evidence, campaign: str = CAMPAIGN, company: str = "m") -> Log:
    log = Log(paper, DAY)
    first = log.events[0]
    assert isinstance(first, Opened)
    against = replace(first.controller, id=company, name=f"{company} SAS", emails=(f"d@{company}.example",))
    log.events[0] = replace(first, campaign=campaign, wave=1, controller=against)
    return log


def sent(paper: Evidence, campaign: str = CAMPAIGN, company: str = "m") -> Log:
    log = opened(paper, campaign, company)
    log.issue()
    log.sendings.append(log.write(Sent(on=log.day, letter=log.letters[-1], channel="email", to=f"d@{company}.example")))
    log.after(1).deliver()
    return log


def five(desk: Desk, paper: Evidence) -> list[str]:
    """Five cases of the campaign that wait, one of another campaign, one against another company."""
    refs = [f"2026-2222{n}" for n in range(2, 7)]
    for ref in refs:
        keep(desk, ref, sent(paper))
    keep(desk, "2026-33333", sent(paper, "OTHER"))
    keep(desk, "2026-44444", sent(paper, company="n"))
    return refs


def messages(desk: Desk, ref: str) -> list[tuple[str, object]]:
    return [(one.fact.sender, one.meaning) for one in read(desk, ref).case.messages]


def bulk(desk: Desk, tmp_path: Path) -> int:
    came(desk, tmp_path, mail("<bulk@m>", sender="d@m.example", subject="To all who asked us"))
    return newest(desk)


def test_one_mail_enters_every_case_of_the_campaign_that_waits_for_its_sender(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        keep(desk, "2026-55555", opened(paper))  # the request has not left
        number = bulk(desk, tmp_path)
        found = inbox_many.aim(desk, number, CAMPAIGN)
        assert (sorted(found.refs), found.there, found.controllers) == (refs, 0, ("m SAS",))
        ran, _ = inbox_many.assign(desk, found, told=quiet)
        assert (ran.done, ran.known) == (5, 0)
        assert [messages(desk, ref) for ref in refs] == [[("d@m.example", None)]] * 5
        assert all(messages(desk, ref) == [] for ref in ("2026-33333", "2026-44444", "2026-55555"))
        # the bytes once, and the register knows every case
        pieces = {one.fact.message for ref in refs for one in read(desk, ref).case.messages}
        assert len(pieces) == 1
        assert sorted(ref for ref, _ in desk.vault.mail.get(number).filed) == refs
        # again, nothing is doubled; with the cases that were not sent, one more
        assert inbox_many.aim(desk, number, CAMPAIGN).there == 5
        assert inbox_many.aim(desk, number, CAMPAIGN, all_open=True).refs == ("2026-55555",)


def test_a_case_that_was_answered_is_left_out_unless_all_open_ones_are_wanted(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        log = sent(paper)
        log.after(2).receive(Answer())
        keep(desk, "2026-66666", log)
        closed = sent(paper)
        closed.close("abandoned")
        keep(desk, "2026-77777", closed)
        number = bulk(desk, tmp_path)
        assert sorted(inbox_many.aim(desk, number, CAMPAIGN).refs) == refs
        every = inbox_many.aim(desk, number, CAMPAIGN, all_open=True)
        assert sorted(every.refs) == [*refs, "2026-66666"]


def test_a_sender_whom_nobody_knows_must_be_named(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        came(desk, tmp_path, mail("<b@lawyers>", sender="office@lawyers.example"))
        number = newest(desk)
        with pytest.raises(UsageError, match="--controller"):
            inbox_many.aim(desk, number, CAMPAIGN)
        assert sorted(inbox_many.aim(desk, number, CAMPAIGN, controller="M sas").refs) == refs
        assert inbox_many.aim(desk, number, CAMPAIGN, controller="n").refs == ("2026-44444",)
        with pytest.raises(NotFoundError, match="NOSUCH"):
            inbox_many.aim(desk, number, "NOSUCH")


def test_a_run_that_was_stopped_goes_on_without_doubling(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)

    def stop(done: int, _every: int) -> None:
        if done >= 4:
            raise StoppedError

    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = bulk(desk, tmp_path)
        with pytest.raises(StoppedError):
            inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=stop)
        assert sum(len(messages(desk, ref)) for ref in refs) == 4
        ran, _ = inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
        assert ran.done == 1
        assert [len(messages(desk, ref)) for ref in refs] == [1] * 5


def test_what_a_colleague_filed_meanwhile_is_not_filed_again(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = bulk(desk, tmp_path)
        found = inbox_many.aim(desk, number, CAMPAIGN)
        inbox.assign(desk, number, (refs[2],))
        ran, _ = inbox_many.assign(desk, found, told=quiet)
        assert (ran.done, ran.known) == (4, 1)
        assert [len(messages(desk, ref)) for ref in refs] == [1] * 5


def test_a_person_says_once_what_it_is_and_every_case_has_its_own_entry(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = bulk(desk, tmp_path)
        inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
        # in one case somebody has said already that it is something else
        file = read(desk, refs[0])
        there = file.case.messages[0]
        append(desk, file, Classified(on=there.fact.on, message=there.n, meaning=Acknowledgement()))
        found = inbox_many.standing(desk, number, Answer(), CAMPAIGN)
        assert (sorted(found.fresh), found.same, found.other) == (refs[1:], 0, (refs[0],))
        assert inbox_many.classify(desk, number, Answer(), found.fresh, quiet).done == 4
        assert [meaning for ref in refs for _, meaning in messages(desk, ref)] == [Acknowledgement(), *[Answer()] * 4]
        assert read(desk, refs[1]).entries[-1].by == desk.by
        # again: nothing to do, except to change what was said otherwise, on purpose
        again = inbox_many.standing(desk, number, Answer())
        assert (again.fresh, again.same, again.other) == ((), 4, (refs[0],))
        assert inbox_many.classify(desk, number, Answer(), again.other, quiet).done == 1
        assert inbox_many.standing(desk, number, Answer()).same == 5
        assert lists.counts(desk)["us", "review"] == 5


def test_a_message_that_was_taken_out_of_its_cases_is_not_classified(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        five(desk, paper)
        number = bulk(desk, tmp_path)
        inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
        inbox.undo(desk, number)
        with pytest.raises(NotFoundError, match="inbox assign"):
            inbox_many.standing(desk, number, Answer())


def test_taken_out_of_many_cases_it_goes_batch_by_batch_and_goes_on_where_it_stopped(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "BATCH", 2)
    monkeypatch.setattr(batches, "BATCH", 2)
    calls = list[str]()

    def stopping(one: Desk, ref: str | None) -> File:
        calls.append(str(ref))
        if len(calls) == 4:
            raise StoppedError
        return read(one, ref)

    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        number = bulk(desk, tmp_path)
        inbox_many.assign(desk, inbox_many.aim(desk, number, CAMPAIGN), told=quiet)
        monkeypatch.setattr("dsar.desk.inbox.read", stopping)
        with pytest.raises(StoppedError):
            inbox.undo(desk, number)
        assert desk.vault.mail.get(number).state == "filed"
        inbox.undo(desk, number)
        assert desk.vault.mail.get(number).state == "waiting"
        assert [messages(desk, ref) for ref in refs] == [[]] * 5
        gone = [sum(isinstance(one.event, Corrected) for one in desk.vault.log(ref)) for ref in refs]
        assert gone == [1] * 5
        assert lists.agenda(desk) == lists.folded(desk)


def test_the_inbox_of_a_campaign_holds_what_seems_to_be_of_it(desk: Desk, tmp_path: Path) -> None:
    with for_a_while(desk) as paper:
        five(desk, paper)
        number = bulk(desk, tmp_path)
        came(desk, tmp_path, mail("<stranger@z>", sender="x@stranger.example"))
        named = newest(desk) + 1
        came(desk, tmp_path, mail("<named@z>", sender="x@stranger.example", subject="Re: 2026-22222"))
        assert [held.id for held in inbox_many.waiting(desk, CAMPAIGN)] == [number, named]
        assert [held.id for held in inbox_many.waiting(desk, "OTHER")] == [number]
        assert len(list(inbox_many.waiting(desk))) == 3


def owner(file: File) -> str:
    return file.case.owner


def test_open_cases_are_handed_over_with_a_note_in_each(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        refs = five(desk, paper)
        closed = sent(paper)
        closed.write(Assigned(on=closed.day, to="ana"))
        closed.close("abandoned")
        keep(desk, "2026-88888", closed)
        for ref in refs[:3]:
            append(desk, read(desk, ref), Assigned(on=desk.today, to="ana"))
        assert sorted(handing.cases_of(desk, owner="ana", campaign="")) == refs[:3]
        ran = handing.hand_over(desk, tuple(refs[:3]), " Ben  B. ", "Ana is on leave", quiet)
        assert (ran.done, ran.known) == (3, 0)
        for ref in refs[:3]:
            file = read(desk, ref)
            assert owner(file) == "Ben B."
            assert [entry.event for entry in file.entries[-2:]] == [
                Assigned(on=desk.today, to="Ben B."),
                Noted(on=desk.today, text="Ana is on leave"),
            ]
        # again: they are Ben's already
        assert handing.hand_over(desk, tuple(refs), "Ben B.", "", quiet).known == 3
        assert sorted(handing.cases_of(desk, owner="Ben B.", campaign=CAMPAIGN)) == refs
        assert owner(read(desk, "2026-88888")) == "ana"
        with pytest.raises(NotFoundError, match="--owner"):
            handing.cases_of(desk, owner="ana", campaign="")
        with pytest.raises(UsageError, match="name"):
            handing.hand_over(desk, tuple(refs), "  ", "", quiet)
