"""A table of the post names every case: the proof of one shows its own lines, and the whole table lies apart, once."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Delivered, Sent
from dsar.desk import campaign_paper, campaign_steps, correcting, forgetting
from dsar.desk.campaign_proofs import tables
from dsar.desk.campaign_status import UnknownMeaningError, checked
from dsar.desk.campaign_table import DELIVERED_ON, SENT_ON, table
from dsar.desk.carrying import export
from dsar.errors import NotFoundError

from . import campaigns as c

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.parties import Evidence
    from dsar.desk.campaign_steps import Told
    from dsar.desk.office import Desk

SENT, ARRIVED, DAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Three people whose letters left on Friday, each under a number of its own, as a list of the post says."""
    c.coalition(tmp_path, 3)
    with c.open_vault(tmp_path) as vault:
        made = c.desk_on(vault)
        c.seat_all(made, "spiegel")
        c.run(made)
        lines = (f"{ref};RR00{n};20.11.2026" for n, ref in enumerate(refs(made)))
        path = tmp_path / "handed-in.csv"
        path.write_text("Aktenzahl;Sendungsnummer;Einlieferungsdatum\n" + "\n".join(lines))
        found = table(path, {}, ("ref",), ("date", "tracking"), SENT_ON)
        assert campaign_steps.sent_from(made, refs(made), found, None, "registered").recorded == 3
        yield c.desk_on(vault, DAY)


def refs(desk: Desk) -> tuple[str, ...]:
    return campaign_paper.refs(desk, "FACES26", None)


def posts(desk: Desk, path: Path, text: str, words: dict[str, str] | None = None) -> Told:
    path.write_text(text)
    found = table(path, {}, ("ref|tracking", "date"), ("status",), DELIVERED_ON)
    return campaign_steps.delivered(desk, refs(desk), found, checked(words or {}))


def proof_of(desk: Desk, ref: str, kind: type[Sent | Delivered]) -> Evidence:
    (found,) = {entry.event.proof for entry in desk.vault.log(ref) if isinstance(entry.event, kind)}
    assert found is not None
    return found


SAID = "Sendungsnummer;Datum;Status;Behörde\nRR000;23.11.2026;delivered;Spiegel A\nRR001;24.11.2026;refused;Spiegel B\n"


def test_the_proof_of_a_case_holds_its_own_lines_and_names_the_table(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "post.csv"
    assert posts(desk, path, SAID + "RR000;25.11.2026;unclaimed;Spiegel C\n").recorded == 3
    first, second, _ = refs(desk)
    piece = proof_of(desk, first, Delivered)
    text = desk.vault.evidence_bytes(piece.sha256).decode()
    for own in ("post.csv", sha256(path.read_bytes()).hexdigest(), "2026-11-25", first, "Spiegel A", "Spiegel C"):
        assert own in text
    assert "Headings: Sendungsnummer;Datum;Status;Behörde\nLine 2: RR000;23.11.2026;delivered;Spiegel A\n" in text
    for other in (second, "RR001", "Spiegel B"):
        assert other not in text
    assert piece.media == "text/plain"
    assert piece.name == f"post-{first}.txt"


def test_what_left_is_proved_by_an_extract_too(desk: Desk) -> None:
    first, second, third = refs(desk)
    text = desk.vault.evidence_bytes(proof_of(desk, second, Sent).sha256).decode()
    assert "Line 3:" in text
    assert "RR001" in text
    assert not [other for other in (first, third, "RR000", "RR002") if other in text]


def test_the_whole_table_is_kept_once_and_no_case_names_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "post.csv"
    posts(desk, path, SAID)
    later = c.desk_on(desk.vault, date(2026, 12, 1))
    assert posts(later, path, SAID).known == 2
    before, kept = tables(desk, "FACES26")
    assert (before.document.name, len(before.refs)) == ("handed-in.csv", 3)
    assert (kept.document.name, kept.on, kept.refs) == ("post.csv", DAY, tuple(sorted(refs(desk)[:2])))
    assert desk.vault.evidence_bytes(kept.document.sha256) == path.read_bytes()
    export(desk, tmp_path / "one", refs(desk)[:1])
    export(desk, tmp_path / "whole")
    files = {name: {one.name[:64] for one in (tmp_path / name / "files").rglob("*")} for name in ("one", "whole")}
    assert kept.document.sha256 not in files["one"]
    assert kept.document.sha256 in files["whole"]


def test_the_table_goes_with_the_last_case_that_stands_in_it(desk: Desk, tmp_path: Path) -> None:
    posts(desk, tmp_path / "post.csv", SAID)
    first, second, third = refs(desk)
    whole = tables(desk, "FACES26")[1].document.sha256
    _, still = correcting.erase(desk, first, "requested")
    assert any("post.csv" in one for one in still)  # a line of the erased case is in it still
    gone = forgetting.forget(desk, "p00001", "requested")
    assert gone.shared == 1  # the list of what was handed in
    assert [one.refs for one in tables(desk, "FACES26")] == [(third,)]
    assert second not in refs(desk)
    assert not desk.vault.records("post-table", f"FACES26/{whole}")
    with pytest.raises(NotFoundError):
        desk.vault.evidence_bytes(whole)
    assert desk.vault.verify(complete=True) == ()


def test_a_line_that_names_two_cases_proves_neither(desk: Desk, tmp_path: Path) -> None:
    first, second, _ = refs(desk)
    text = f"ref,date,status,note\n{first},2026-11-23,delivered,together with {second.lower()}\n"
    told = posts(desk, tmp_path / "post.csv", text)
    assert (told.recorded, len(told.problems)) == (0, 1)
    assert second in told.problems[0]
    assert len(tables(desk, "FACES26")) == 1  # and a table that proves nothing is not kept


def test_days_as_the_post_writes_them_are_read_where_they_can_mean_one_day_only(desk: Desk, tmp_path: Path) -> None:
    rows = ("23.11.2026", "23/11/2026", "11/12/2026", "2026-11-31")
    first, *_ = refs(desk)
    text = "Aktenzahl;zugestellt am;Ergebnis\n" + "".join(f"{first};{one};delivered\n" for one in rows)
    told = posts(desk, tmp_path / "post.csv", text)
    assert (told.recorded, told.known) == (1, 1)
    ambiguous, never = told.problems
    assert "write it as YYYY-MM-DD" in ambiguous
    assert "There is no day “2026-11-31”" in never


def test_a_word_that_nobody_explained_is_never_suggested_to_mean_an_arrival(desk: Desk, tmp_path: Path) -> None:
    text = "Sendungsnummer;Datum;Status\nRR000;23.11.2026;unterwegs\nRR001;23.11.2026;Zugestellt\n"
    told = posts(desk, tmp_path / "post.csv", text, {"zugestellt": "delivered"})
    (said,) = told.problems
    assert "--status unterwegs=ignore" in said
    assert "delivered" not in said
    told = posts(desk, tmp_path / "post.csv", text, {"zugestellt": "delivered", "Unterwegs": "ignore"})
    assert (told.known, told.ignored, told.problems) == (1, 1, [])
    with pytest.raises(UnknownMeaningError, match="arrived"):
        checked({"da": "arrived"})
