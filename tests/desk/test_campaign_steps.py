"""Paper, post and follow-ups of a whole campaign: by the reading of each case, and recorded once however often said."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from dsar.core.demands import asked
from dsar.core.events import Delivered, Issued, Sent
from dsar.core.meanings import Answer
from dsar.desk import (
    acts,
    campaign_letters,
    campaign_paper,
    campaign_post,
    campaign_steps,
    campaigning,
    drafting,
    reviewing,
)
from dsar.desk.campaign_letters import Follow
from dsar.desk.campaign_run import Around, Wanted
from dsar.desk.campaign_table import table
from dsar.desk.incoming import received
from dsar.desk.office import read

from . import campaigns as c

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.events import Event, Status
    from dsar.desk.campaign_steps import Told
    from dsar.desk.office import Desk

SENT, ARRIVED = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Four people whose letters to the second body are issued, with their mandates on paper."""
    c.coalition(tmp_path, 4, documents=True)
    with c.open_vault(tmp_path) as vault:
        made = c.desk_on(vault)
        c.seat_all(made, "spiegel")
        c.run(made)
        yield made


def later(desk: Desk, on: date) -> Desk:
    return c.desk_on(desk.vault, on)


def refs(desk: Desk) -> tuple[str, ...]:
    return campaign_paper.refs(desk, "FACES26", None)


def facts(desk: Desk, kind: type[Event]) -> list[Event]:
    return [entry.event for ref in refs(desk) for entry in desk.vault.log(ref) if isinstance(entry.event, kind)]


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def written(desk: Desk, folder: Path) -> campaign_paper.Printed:
    folder.mkdir(exist_ok=True)
    return campaign_paper.write_all(desk, refs(desk), folder, put)


def test_the_printer_gets_the_issued_bytes_under_plain_names_and_a_list_that_runs_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    done = written(desk, tmp_path / "out")
    assert done.letters == 4
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert all(name.isascii() for name in files)
    assert not [name for name in files for n in range(4) if c.LAST[n].casefold()[1:4] in name.casefold()]
    rows = list(csv.DictReader(io.StringIO(files["postal-list.csv"].decode("utf-8-sig"))))
    assert [row["ref"] for row in rows] == list(refs(desk))
    assert {row["name"] for row in rows} == {"'=Spiegel & Söhne GmbH"}
    assert {row["line1"] for row in rows} == {"'@Weg 3"}
    assert {row["line3"] for row in rows} == {"Germany"}  # the sender's post reads English, and no code
    assert {row["line4"] for row in rows} == {""}
    for row in rows:
        letter = next(e.event for e in desk.vault.log(row["ref"]) if isinstance(e.event, Issued))
        assert files[row["file"]] == desk.vault.evidence_bytes(letter.pdf.sha256)
        mandate = read(desk, row["ref"]).case.opened.mandate
        assert mandate is not None
        assert mandate.document is not None
        assert files[row["enclosures"]] == desk.vault.evidence_bytes(mandate.document.sha256)
    again = written(desk, tmp_path / "out")
    assert again.letters == 4
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == files


def test_a_letter_within_the_country_bears_no_country(desk: Desk, tmp_path: Path) -> None:
    c.seat_all(desk, "miroir", wave=2)
    c.run(desk)
    done = written(desk, tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO(done.list_at.read_bytes().decode("utf-8-sig"))))
    home = [row for row in rows if row["name"] == "Miroir SAS"]
    assert [(row["line1"], row["line2"], row["line3"]) for row in home] == [("5 rue Neuve", "69001 Lyon", "")] * 4


def test_who_has_revoked_is_not_printed_nor_recorded_as_sent(desk: Desk, tmp_path: Path) -> None:
    c.revoke(desk, 2)
    assert written(desk, tmp_path / "out").letters == 3
    told = campaign_steps.sent(desk, refs(desk), SENT, "post", lambda: False)
    assert (told.recorded, len(told.problems)) == (3, 1)
    assert c.seats(desk)["p00002"].state == "issued"


def test_letters_that_left_are_recorded_once_and_their_seats_say_so(desk: Desk) -> None:
    told = campaign_steps.sent(desk, refs(desk), SENT, "registered", lambda: False)
    assert (told.recorded, told.known) == (4, 0)
    told = campaign_steps.sent(desk, refs(desk), SENT, "registered", lambda: False)
    assert (told.recorded, told.known) == (0, 4)
    assert {one.state for one in c.seats(desk).values()} == {"sent"}
    found = facts(desk, Sent)
    assert len(found) == 4
    assert {one.to for one in found if isinstance(one, Sent)} == {"@Weg 3, 10115 Berlin, DE"}


def test_what_a_case_worker_does_by_hand_moves_the_seat_too(desk: Desk) -> None:
    one = c.seats(desk)["p00001"]
    acts.sent(desk, one.ref, letter=None, on=SENT, via="fax", tracking="", proof=None)
    assert c.seats(desk)["p00001"].state == "sent"
    c.seat_all(desk, "miroir", wave=2)
    c.run(desk, Wanted(draft_only=True, limit=1))
    (drafted,) = (seat for seat in campaigning.seats(desk, "FACES26") if seat.state == "opened")
    drafting.issue(desk, drafting.draft(desk, drafted.ref, drafting.Wish(kind="access")))
    after = campaigning.seat(desk, drafted.id)
    assert after is not None
    assert after.state == "issued"


def tracked(desk: Desk, tmp_path: Path) -> Told:
    """Each letter left with a number of its own."""
    lines = ["our reference,shipment number,date", *(f"{ref},RR{n},2026-11-20" for n, ref in enumerate(refs(desk)))]
    path = tmp_path / "sent.csv"
    path.write_text("\n".join([*lines, "2020-XXXXX,RR9,2026-11-20", f"{refs(desk)[0]},RR8,tomorrow"]))
    found = table(path, {}, ("ref",), ("date", "tracking"))
    return campaign_steps.sent_from(desk, refs(desk), found, None, "registered")


def test_a_table_of_what_left_names_its_bad_lines_and_takes_the_others(desk: Desk, tmp_path: Path) -> None:
    told = tracked(desk, tmp_path)
    assert told.recorded == 4
    assert [line.partition(":")[0] for line in told.problems] == ["Line 6", "Line 7"]
    assert {one.tracking for one in facts(desk, Sent) if isinstance(one, Sent)} == {"RR0", "RR1", "RR2", "RR3"}


def test_the_posts_table_proves_each_delivery_and_said_twice_it_is_said_once(desk: Desk, tmp_path: Path) -> None:
    tracked(desk, tmp_path)
    path = tmp_path / "post.csv"
    path.write_text(
        "shipment;date;status\n"
        "RR0;2026-11-23;Zugestellt\n"
        "RR1;2026-11-24;refused\n"
        "RR2;2026-11-24;lost\n"
        "RR3;2026-12-24;zugestellt\n"  # a day to come
        "RR7;2026-11-24;zugestellt\n"
        f"=cmd|' /C calc'!A0;2026-11-24;{'x' * 20}\n"
    )
    desk = later(desk, date(2026, 11, 25))
    found = table(path, {}, ("ref|tracking", "date"), ("status",))
    assert dict(found.columns) == {"tracking": "shipment", "date": "date", "status": "status"}
    words = {"zugestellt": "delivered"}
    told = campaign_steps.delivered(desk, refs(desk), found, words)
    assert (told.recorded, told.known) == (2, 0)
    assert [line.partition(":")[0] for line in told.problems] == ["Line 4", "Line 5", "Line 6", "Line 7"]
    again = campaign_steps.delivered(desk, refs(desk), found, words)
    assert (again.recorded, again.known) == (0, 2)
    proved, refused = (one for one in facts(desk, Delivered) if isinstance(one, Delivered))
    assert (proved.on, proved.basis, refused.on, refused.basis) == (ARRIVED, "proved", date(2026, 11, 24), "refused")
    assert proved.proof is not None
    assert refused.proof is not None
    assert proved.proof != refused.proof


def test_a_delivery_of_a_letter_that_left_by_mail_alone_is_not_the_posts_to_say(desk: Desk, tmp_path: Path) -> None:
    campaign_steps.sent(desk, refs(desk), SENT, "email", lambda: False)
    path = tmp_path / "post.csv"
    path.write_text(f"ref,date\n{refs(desk)[0]},2026-11-20\n")
    told = campaign_steps.delivered(desk, refs(desk), table(path, {}, ("ref|tracking", "date"), ("status",)), {})
    assert (told.recorded, len(told.problems)) == (0, 1)


def follow(desk: Desk, kind: campaign_letters.Kind, **more: object) -> list[str]:
    wanted = replace(Follow(kind=kind), **more)  # type: ignore[arg-type]  # the fields of Follow
    done = campaign_letters.follow(desk, refs(desk), wanted, Around())
    assert done.problems == {}
    return done.refs


def test_reminders_go_by_the_strict_date_and_notices_by_the_safe_one(desk: Desk, tmp_path: Path) -> None:
    """Sent on Friday 20 November; one arrived on Monday 23, proved; the month ends on Wednesday 23 December 2026."""
    campaign_steps.sent(desk, refs(desk), SENT, "registered", lambda: False)
    proof = tmp_path / "slip.pdf"
    proof.write_bytes(b"%PDF-1.4\n")
    first, second, *_ = refs(desk)
    day = later(desk, ARRIVED)
    acts.delivered(day, first, sending=None, on=ARRIVED, proof=proof, basis=None, rule="")
    acts.delivered(day, second, sending=None, on=ARRIVED, proof=None, basis="stated", rule="")  # proves nothing
    assert follow(later(desk, date(2026, 12, 23)), "reminder") == []
    assert follow(later(desk, date(2026, 12, 23)), "notice") == []
    after = later(desk, date(2026, 12, 24))
    assert follow(after, "notice", dry_run=True) == [first]  # lateness is asserted only of what is proved
    assert follow(after, "reminder", dry_run=True) == [first, second]
    assert follow(after, "notice") == [first]
    assert follow(after, "notice") == []
    assert follow(after, "reminder") == [second]
    assert follow(after, "reminder") == []
    campaign_steps.sent(after, refs(desk), date(2026, 12, 24), "post", lambda: False)
    assert follow(after, "reminder") == []
    assert follow(later(desk, date(2027, 1, 2)), "reminder", again=14) == []
    assert follow(later(desk, date(2027, 1, 7)), "reminder", again=14) == [second]


def test_what_is_missing_is_asked_for_once_in_each_case_that_was_found_incomplete(desk: Desk) -> None:
    campaign_steps.sent(desk, refs(desk), SENT, "registered", lambda: False)
    lacking, complete, faulty, _ = refs(desk)
    day = later(desk, date(2026, 12, 1))
    for ref, status in ((lacking, "missing"), (complete, "given"), (faulty, "given")):
        received(day, ref, path=None, on=date(2026, 11, 30), kinds=(Answer(),), note="")
        found = {item.demand.id: cast("Status", status) for item in asked(read(day, ref).case)}
        faults = {"third-party-data": ""} if ref == faulty else {}
        reviewing.review(day, ref, answer=None, found=found, notes={}, faults=faults)
    assert follow(day, "incomplete", dry_run=True) == [lacking]
    assert follow(day, "incomplete") == [lacking]
    assert [one.fact.kind for one in read(day, lacking).case.letters][1:] == ["incomplete"]
    assert follow(day, "incomplete") == []


def test_a_follow_up_is_stopped_after_the_present_case(desk: Desk) -> None:
    campaign_steps.sent(desk, refs(desk), SENT, "post", lambda: False)
    for ref in refs(desk):
        acts.delivered(desk, ref, sending=None, on=SENT, proof=None, basis="stated", rule="")
    after, asked = later(desk, date(2027, 1, 15)), iter((False, False, True))
    around = Around(stop=lambda: next(asked))
    done = campaign_letters.follow(after, refs(desk), Follow(kind="reminder"), around)
    assert (len(done.refs), done.stopped) == (2, True)
    assert len(follow(after, "reminder")) == 2


def test_letters_leave_no_faster_than_the_pace() -> None:
    now, waits = [100.0], list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = campaign_post.Pace(per_minute=30, clock=lambda: now[0], wait=wait)
    left = []
    for takes in (0.5, 3.0, 0.0, 0.0):
        pace.keep()
        left.append(now[0])
        now[0] += takes
    assert left == [100.0, 102.0, 105.0, 107.0]  # two seconds each, and none that was lost is caught up
    assert waits == [1.5, 2.0]


def test_what_was_taken_out_of_a_campaign_is_no_longer_written_to(desk: Desk) -> None:
    assert len(campaigning.stop(desk, "FACES26", "settled", wave=1)) == 4
    assert refs(desk) == ()
    assert c.run(desk, Wanted(retry=True)).issued == 0
