"""Running a wave: each seat one case and one letter, whatever interrupts it, and only while the mandate holds."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Assigned, Issued, Opened
from dsar.desk import campaign_run, campaigning, drafting, people
from dsar.desk.campaign_run import AllFailError, Around, Wanted
from dsar.desk.purpose import AbusivePurposeError
from dsar.vault.wire import from_plain, to_plain

from . import campaigns as c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.core.campaign import Seat
    from dsar.desk.office import Desk

SEATS = 12


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A coalition of five, each with a seat against one body."""
    c.coalition(tmp_path, 5)
    with c.open_vault(tmp_path) as vault:
        made = c.desk_on(vault)
        c.seat_all(made)
        yield made


def letters(desk: Desk) -> dict[str, list[Issued]]:
    """The letters of every case."""
    return {
        ref: [entry.event for entry in desk.vault.log(ref) if isinstance(entry.event, Issued)]
        for ref in desk.vault.cases()
    }


def text(desk: Desk, fact: Issued) -> str:
    return desk.vault.evidence_bytes(fact.text.sha256).decode()


def sound(desk: Desk, count: int) -> None:
    """Each seat has its one case, each case its one letter, and the vault is whole."""
    found = c.seats(desk)
    assert {one.state for one in found.values()} == {"issued"}
    assert sorted(one.ref for one in found.values()) == sorted(desk.vault.cases())
    assert len(found) == len(desk.vault.cases()) == count
    assert all(len(facts) == 1 for facts in letters(desk).values())
    assert desk.vault.verify(complete=True) == ()


def test_each_seat_gets_a_case_that_says_which_wave_it_is_of_and_whose(desk: Desk) -> None:
    assert c.run(desk).issued == 5
    sound(desk, 5)
    one = c.seats(desk)["p00001"]
    first, second, third = (entry.event for entry in desk.vault.log(one.ref))
    assert isinstance(first, Opened)
    assert (first.campaign, first.wave, first.subject.id) == ("FACES26", 1, "p00001")
    assert first.mandate is not None
    assert first.mandate.id == one.mandate == "M-00001"
    assert first.id_data == (("customer-number", "K-000001"),)
    assert isinstance(second, Assigned)
    assert second.to == "worker-1"
    assert isinstance(third, Issued)
    assert third.lang == first.language == "de"  # of the person, where the campaign says nothing
    assert c.run(desk) == campaign_run.Ran()  # there is nothing left to do
    sound(desk, 5)


def test_a_letter_says_the_persons_own_reason_and_nothing_of_the_campaign_or_of_others(desk: Desk) -> None:
    c.run(desk)
    found = c.seats(desk)
    for n in range(5):
        (fact,) = letters(desk)[found[f"p{n:05}"].ref]
        said = text(desk, fact)
        assert c.reason(n).rstrip(".") in said
        assert f"K-{n:06}" in said
        assert "FACES26" not in said
        assert "Thousands" not in said
        others = {c.LAST[other] for other in range(5)} - {c.LAST[n]}
        assert not [name for name in others if name in said]


def test_a_person_without_a_reason_gets_the_campaigns_and_their_own_wins_over_it(desk: Desk) -> None:
    plan = replace(campaigning.campaign(desk, "FACES26"), purpose="I want to check whose pictures are kept.")
    desk.vault.put_record("campaign", plan.id, to_plain(plan))
    held = desk.vault.record("enrolled", "p00000")
    assert held is not None
    desk.vault.put_record("enrolled", "p00000", {**held, "purpose": ""})
    c.run(desk)
    found = {who: from_log(desk, one) for who, one in c.seats(desk).items()}
    assert found["p00000"].purpose == "I want to check whose pictures are kept."
    assert found["p00001"].purpose == c.reason(1)


def from_log(desk: Desk, one: Seat) -> Opened:
    first = desk.vault.log(one.ref)[0].event
    assert isinstance(first, Opened)
    return first


def test_a_campaign_whose_reason_speaks_of_money_is_not_made(desk: Desk) -> None:
    with pytest.raises(AbusivePurposeError):
        campaigning.new(desk, replace(c.FACES, id="MONEY", purpose="We want compensation."))
    assert [one.id for one in campaigning.campaigns(desk)] == ["FACES26"]


def test_planned_twice_is_planned_once_and_another_wave_asks_nobody_again_by_itself(desk: Desk) -> None:
    assert c.seat_all(desk) == 0
    assert c.seat_all(desk, wave=2) == 0
    assert c.seat_all(desk, "miroir", "spiegel", wave=2) == 5
    assert len(campaigning.seats(desk, "faces26")) == 10
    assert {one.controller for one in campaigning.seats(desk, "FACES26", 2)} == {"spiegel"}


def test_a_rehearsal_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / "vault.dsar", tmp_path / "vault.dsar-wal"]  # all that is ever written lies in these
    before = [file.read_bytes() for file in files]
    ran = c.rehearse(desk)
    assert (ran.drafted, ran.issued, ran.sent) == (5, 5, 0)
    assert [file.read_bytes() for file in files] == before
    assert desk.vault.cases() == ()


def test_a_mandate_that_is_revoked_in_the_middle_of_a_wave_leaves_its_seat_out_with_the_reason(desk: Desk) -> None:
    def told(_seat: Seat, done: int, _of: int) -> None:
        if done == 2:
            c.revoke(desk, 3)

    ran = c.run(desk, around=Around(told=told))
    assert ran.issued == 4
    one = c.seats(desk)["p00003"]
    assert (one.state, one.ref) == ("left-out", "")
    assert "2026-11-20" in one.why
    assert len(desk.vault.cases()) == 4
    c.join(desk, 3)  # signed anew
    assert c.run(desk).issued == 0
    assert c.run(desk, Wanted(retry=True)).issued == 1
    sound(desk, 5)


def test_a_mandate_that_is_revoked_while_its_letter_is_laid_out_stops_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = drafting.laid_out

    def revoking(*said: object) -> bytes:
        pdf = whole(*said)  # type: ignore[arg-type]  # as it was called
        c.revoke(desk, 0)
        return pdf

    monkeypatch.setattr(drafting, "laid_out", revoking)
    ran = c.run(desk, Wanted(limit=1))
    assert ran.issued == 0
    assert c.seats(desk)["p00000"].state == "left-out"
    assert desk.vault.cases() == ()


def test_who_was_erased_from_the_register_and_who_was_stopped_get_no_letter(desk: Desk) -> None:
    desk.vault.drop_record(people.SUBJECT, "p00002")
    assert [one.subject for one in campaigning.stop(desk, "FACES26", "moved away", subject="p00004")] == ["p00004"]
    assert c.run(desk).issued == 3
    why = {who: one.why for who, one in c.seats(desk).items() if one.state == "left-out"}
    assert set(why) == {"p00002", "p00004"}
    assert why["p00004"] == "Stopped: moved away"
    assert c.run(desk, Wanted(retry=True)).left_out.keys() == {why["p00002"]}  # a person's word is not overruled


def test_when_all_fail_alike_the_run_ends_before_it_has_left_everybody_out(tmp_path: Path) -> None:
    c.coalition(tmp_path, 14)
    with c.open_vault(tmp_path) as vault:
        desk = c.desk_on(vault)
        c.seat_all(desk)
        vault.drop_record("controller", "miroir")
        with pytest.raises(AllFailError):
            c.run(desk)
        assert sum(one.state == "left-out" for one in c.seats(desk).values()) == campaign_run.ENOUGH


def test_drafts_can_be_edited_before_the_wave_is_issued(desk: Desk) -> None:
    assert c.run(desk, Wanted(draft_only=True)).drafted == 5
    assert {one.state for one in c.seats(desk).values()} == {"opened"}
    ref = c.seats(desk)["p00000"].ref
    draft = drafting.draft(desk, ref, drafting.Wish(kind="access"))
    drafting.keep(desk, draft, draft.text.replace("Bonjour", "Bonjour") + "\nPost scriptum.\n")
    assert c.run(desk, Wanted(draft_only=True)) == campaign_run.Ran()
    assert c.run(desk).issued == 5
    sound(desk, 5)
    found = letters(desk)
    assert "Post scriptum." in text(desk, found[ref][0])
    assert desk.vault.records("draft") == {}


def test_a_person_stops_a_run_after_the_present_seat_and_the_next_run_goes_on(desk: Desk) -> None:
    done: list[str] = []
    around = Around(stop=lambda: len(done) == 2, told=lambda one, _n, _of: done.append(one.subject))
    ran = c.run(desk, around=around)
    assert (ran.issued, ran.waiting, ran.stopped) == (2, 3, True)
    assert c.run(desk, Wanted(limit=2)).waiting == 1
    assert c.run(desk).issued == 1
    sound(desk, 5)


def test_a_seat_goes_with_its_erased_case(desk: Desk) -> None:
    c.run(desk, Wanted(limit=1))
    (ref,) = desk.vault.cases()
    desk.vault.erase(ref, reason="requested", now=c.NOW)
    assert "p00000" not in c.seats(desk)
    assert len(c.seats(desk)) == 4


# a process that makes children of itself: each runs the wave until it has asked the database so often, and is killed
KILLED = """
import json, os, signal, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
from desk import campaigns as c
from dsar.vault.connection import Database
folder, whole, deaths = Path(sys.argv[2]), Database.execute, []

def work(limit):
    count = [0]
    def counting(self, sql, *values):
        count[0] += 1
        if count[0] == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, sql, *values)
    with c.open_vault(folder) as vault:
        Database.execute = counting
        c.run(c.desk_on(vault))
    os._exit(0)

with c.open_vault(folder) as vault:
    c.rehearse(c.desk_on(vault))  # the children find everything loaded
for turn in range(200):
    child = os.fork()
    if child == 0:
        work(30 + 19 * turn)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        break
    deaths.append(os.WTERMSIG(status))
print(json.dumps(deaths))
"""

TOGETHER = """
import json, os, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
from desk import campaigns as c
folder = Path(sys.argv[2])
with c.open_vault(folder) as vault:
    c.rehearse(c.desk_on(vault))
children = []
for _ in range(2):
    child = os.fork()
    if child == 0:
        with c.open_vault(folder) as vault:
            ran = c.run(c.desk_on(vault))
        os._exit(100 + ran.issued)
    children.append(child)
print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]))
"""


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    c.coalition(tmp_path, SEATS)
    with c.open_vault(tmp_path) as vault:
        c.seat_all(c.desk_on(vault))
    return tmp_path


def driven(script: str, folder: Path) -> list[int]:
    """What a driver says of its children."""
    tests = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps([tests]), str(folder)], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[int] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="children by fork")
def test_killed_again_and_again_at_any_point_the_wave_ends_with_nothing_doubled_and_nothing_missing(
    planned: Path,
) -> None:
    deaths = driven(KILLED, planned)
    assert len(deaths) > 5
    assert set(deaths) == {9}
    with c.open_vault(planned) as vault:
        sound(c.desk_on(vault), SEATS)


@pytest.mark.skipif(sys.platform == "win32", reason="children by fork")
def test_two_runs_of_the_same_wave_at_once_share_it(planned: Path) -> None:
    ended = driven(TOGETHER, planned)
    assert sum(ended) == 200 + SEATS  # each says how many it issued
    with c.open_vault(planned) as vault:
        sound(c.desk_on(vault), SEATS)


def test_another_run_that_was_faster_wins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a letter is laid out, somebody else issues it."""
    whole: Callable[..., bytes] = drafting.laid_out
    inside: list[bool] = []

    def slow(*said: object) -> bytes:
        if not inside:
            inside.append(True)
            assert c.run(desk).issued == 5
        return whole(*said)

    monkeypatch.setattr(drafting, "laid_out", slow)
    assert c.run(desk) == campaign_run.Ran()  # it did nothing itself
    sound(desk, 5)


def test_the_register_of_campaigns_refuses_what_cannot_be_an_id(desk: Desk) -> None:
    for name in ("faces", "F", "2026-ABCDE", "A/B", "A" * 21):
        with pytest.raises(campaigning.CampaignIdError):
            campaigning.new(desk, replace(c.FACES, id=name))
    with pytest.raises(campaigning.CampaignThereError):
        campaigning.new(desk, c.FACES)
    with pytest.raises(campaigning.NoCampaignError):
        campaigning.seats(desk, "OTHER")
    assert from_plain(desk.vault.record("campaign", "FACES26"), type(c.FACES)).opened_on == c.DAY
