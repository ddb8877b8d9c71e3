from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from dsar.errors import NotFoundError, StateError, UsageError
from dsar.vault.lists import ALL
from dsar.vault.tombstone import REASONS
from dsar.vault.vault import Vault

from .facts import DAY, LATER, NOW, OTHER, REF, WORKER, listed, noted, opened, received

if TYPE_CHECKING:
    from pathlib import Path

    from .room import Room

CANARY = "Kanarienvogel"


def two_cases(room: Room) -> tuple[str, str]:
    """A case with its own answer and one that it shares with a second case; returns the two hashes."""
    own = room.vault.put_evidence(BytesIO(f"{CANARY} ".encode() * 400_000), name=f"{CANARY}.eml", media="m")
    both = room.vault.put_evidence(BytesIO(b"one mail for many cases"), name="b.eml", media="m")
    room.vault.append(REF, [opened(CANARY), received(own), received(both)], expect=0, now=NOW, by=WORKER)
    room.vault.append(OTHER, [opened(), received(both)], expect=0, now=NOW, by=WORKER)
    room.vault.lists.put(listed(REF, CANARY), "1")
    room.vault.lists.put(listed(OTHER), "1")
    room.vault.put_record("draft", f"{REF}/notice", {"text": CANARY})
    room.vault.put_record("draft", "17", {"ref": REF, "text": CANARY})
    room.vault.put_record("draft", f"{OTHER}/notice", {"text": "stays"})
    return own.sha256, both.sha256


def test_an_erased_case_leaves_its_tombstone_and_the_other_case(room: Room) -> None:
    own, both = two_cases(room)
    erased = room.vault.erase(REF, reason="requested", now=LATER)
    assert (erased.ref, erased.entries, erased.evidence) == (REF, 3, 1)
    assert erased.evidence_bytes == len(CANARY + " ") * 400_000
    assert (erased.shared, erased.backups, erased.purged) == ((both,), (), True)
    assert room.vault.cases() == (OTHER,)
    with pytest.raises(NotFoundError):
        room.vault.log(REF)
    with pytest.raises(NotFoundError):
        room.vault.evidence(own)
    assert room.vault.evidence_bytes(both) == b"one mail for many cases"
    assert [row[2] for row in room.vault.lists.page(DAY.toordinal(), ALL)] == [OTHER]
    assert [ref for ref, _, _ in room.vault.lists.facts()] == [OTHER]
    assert room.vault.lists.counts(DAY.toordinal(), ALL) == {(0, "send"): 1, (-1, "overdue"): 0}
    assert list(room.vault.records("draft")) == [f"{OTHER}/notice"]
    assert (room.vault.status().cases, room.vault.status().erased) == (1, 1)


def test_the_chains_hold_before_and_after_and_for_what_comes_next(room: Room) -> None:
    two_cases(room)
    room.vault.erase(REF, reason="retention-ended", now=LATER)
    assert room.vault.verify(complete=True) == ()
    room.vault.append(OTHER, [noted()], expect=2, now=LATER, by=WORKER)
    room.vault.erase(OTHER, reason="requested", now=LATER)
    assert room.vault.verify(complete=True) == ()
    assert room.vault.status().evidence == 0


def test_nothing_of_an_erased_case_stays_in_any_page(room: Room) -> None:
    two_cases(room)
    room.vault.put_record("settings", "x", {"keep": "Wellensittich"})
    room.vault.close()
    canary = CANARY.encode()
    assert canary in room.bare_pages()
    size = room.path.stat().st_size
    with Vault.open(room.path, room.source) as vault:
        assert vault.erase(REF, reason="requested", now=LATER).purged
        assert room.path.with_name(room.path.name + "-wal").stat().st_size == 0
        pages = room.bare_pages()
    assert canary not in pages
    assert b"Wellensittich" in pages
    assert room.path.stat().st_size < size / 10


def test_a_tombstone_says_when_and_why_and_nothing_else(room: Room) -> None:
    two_cases(room)
    with room.raw() as connection:
        ((last,),) = connection.execute("SELECT hash FROM entry WHERE ref = ? AND n = 3", (REF,)).fetchall()
        room.vault.erase(REF, reason="consent-withdrawn", now=LATER)
        assert connection.execute("SELECT * FROM tombstone").fetchall() == [(REF, 3, LATER, "consent-withdrawn", last)]


def test_a_reason_in_free_words_is_refused(room: Room) -> None:
    two_cases(room)
    with pytest.raises(UsageError, match=REASONS[0]) as caught:
        room.vault.erase(REF, reason=f"{CANARY} asked us by phone", now=LATER)
    assert caught.value.code == 2
    assert room.vault.cases() == (REF, OTHER)


def test_evidence_that_a_mandate_names_stays(room: Room) -> None:
    own, both = two_cases(room)
    room.vault.put_record("mandate", "m1", {"document": {"sha256": own, "size": 1}})
    erased = room.vault.erase(REF, reason="requested", now=LATER)
    assert set(erased.shared) == {own, both}
    assert erased.evidence == 0


def test_an_erasure_names_the_backups_that_still_hold_the_case(room: Room, tmp_path: Path) -> None:
    two_cases(room)
    room.vault.backup(tmp_path / "kept")
    room.vault.backup(tmp_path / "thrown away")
    (tmp_path / "thrown away").unlink()
    assert room.vault.erase(REF, reason="requested", now=LATER).backups == (str(tmp_path / "kept"),)


def test_an_erased_reference_is_not_used_again(room: Room) -> None:
    two_cases(room)
    room.vault.erase(REF, reason="requested", now=LATER)
    with pytest.raises(StateError, match="erased"):
        room.vault.append(REF, [opened()], expect=0, now=LATER, by=WORKER)
    with pytest.raises(NotFoundError):
        room.vault.erase(REF, reason="requested", now=LATER)


def test_an_erasure_inside_a_failed_transaction_did_not_happen(room: Room) -> None:
    own, _ = two_cases(room)

    def work() -> None:
        with room.vault.transaction():
            assert not room.vault.erase(REF, reason="requested", now=LATER).purged
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert room.vault.cases() == (REF, OTHER)
    assert len(room.vault.evidence_bytes(own)) == len(CANARY + " ") * 400_000
    assert room.vault.verify(complete=True) == ()


def test_while_another_process_reads_the_purge_is_said_to_be_open(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    two_cases(room)
    room.vault.close()
    monkeypatch.setattr("dsar.vault.connection.BUSY_SECONDS", 0.1)
    with Vault.open(room.path, room.source) as vault, room.raw() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM head").fetchall()
        assert not vault.erase(REF, reason="requested", now=LATER).purged
        reader.execute("COMMIT")
        assert vault.cases() == (OTHER,)
        assert vault.verify(complete=True) == ()
