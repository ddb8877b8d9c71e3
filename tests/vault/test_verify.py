from __future__ import annotations

import hashlib
import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from dsar.vault.vault import Vault

from .facts import LATER, NOW, OTHER, REF, WORKER, noted, opened, received

if TYPE_CHECKING:
    from .room import Room


@pytest.fixture
def busy(room: Room) -> Room:
    """Two cases, a piece of evidence and an erased case."""
    piece = room.vault.put_evidence(BytesIO(b"the answer"), name="a", media="m")
    room.vault.append(REF, [opened(), received(piece), noted("one")], expect=0, now=NOW, by=WORKER)
    room.vault.append(OTHER, [opened()], expect=0, now=NOW, by=WORKER)
    room.vault.append("2026-GONE2", [opened()], expect=0, now=NOW, by=WORKER)
    room.vault.append(REF, [noted("two")], expect=3, now=LATER, by=WORKER)
    room.vault.erase("2026-GONE2", reason="requested", now=LATER)
    return room


def test_an_untouched_vault_has_nothing_wrong(busy: Room) -> None:
    assert busy.vault.verify(complete=False) == ()
    assert busy.vault.verify(complete=True) == ()


@pytest.mark.parametrize(
    ("trigger", "statement", "sentence"),
    [
        ("entry_no_update", "UPDATE entry SET body = replace(body, 'one', 'ONE') WHERE n = 3", "entry 3 was altered"),
        ("entry_no_update", "UPDATE entry SET recorded_by = 'Paul' WHERE n = 2", "entry 2 was altered"),
        ("entry_no_update", "UPDATE entry SET recorded_at = '2020-01-01T00:00:00+00:00' WHERE n = 3", "3 was altered"),
        ("entry_no_update", "UPDATE entry SET on_date = '2020-01-01' WHERE n = 3", "columns of entry 3"),
        ("entry_no_update", "UPDATE entry SET kind = 'paid' WHERE n = 3", "columns of entry 3"),
        ("entry_no_update", "UPDATE entry SET about = 1 WHERE n = 3", "columns of entry 3"),
        ("entry_no_update", "UPDATE entry SET body = '{}' WHERE n = 3", "entry 3 cannot be read"),
        ("entry_no_update", "UPDATE entry SET version = 9 WHERE n = 3", "entry 3 cannot be read"),
        ("entry_no_update", "UPDATE entry SET prev = hash WHERE n = 3", "entry 3 does not follow"),
        ("entry_no_delete", "DELETE FROM entry WHERE n = 2", "entry 2 is missing"),
        ("entry_no_delete", "DELETE FROM entry WHERE n = 4", "has 3 entries"),
        ("entry_no_delete", "DELETE FROM entry WHERE ref = '2026-K4RTB'", "Case 2026-K4RTB: the log has 0 entries"),
        ("head_no_update", "UPDATE head SET head = prev WHERE seq = 2", "broken at link 2"),
        ("head_no_delete", "DELETE FROM head WHERE seq = 1", "broken at link 1"),
        ("head_no_delete", "DELETE FROM head WHERE seq > 3", "has 4 entries"),
        ("tombstone_no_update", "UPDATE tombstone SET reason = 'x'", "2026-GONE2: what is left of its erasure"),
        ("tombstone_no_delete", "DELETE FROM tombstone", "2026-GONE2: what is left of its erasure"),
        ("evidence_ref_no_delete", "DELETE FROM evidence_ref", "list of its files"),
        ("chunk_no_delete", "DELETE FROM chunk", "is incomplete"),
        ("evidence_no_delete", "DELETE FROM evidence", "is missing"),
        ("evidence_no_update", "UPDATE evidence SET size = 3", "is incomplete"),
    ],
)
def test_tampering_is_found_and_named(busy: Room, trigger: str, statement: str, sentence: str) -> None:
    busy.tamper(trigger, statement)
    problems = busy.vault.verify(complete=False)
    assert any(sentence in problem for problem in problems), problems


def test_altered_evidence_of_the_same_length_is_found_by_the_complete_check(busy: Room) -> None:
    busy.tamper("chunk_no_update", "UPDATE chunk SET data = CAST('the ANSWER' AS BLOB)")
    assert busy.vault.verify(complete=False) == ()
    (problem,) = busy.vault.verify(complete=True)
    assert "was altered" in problem


def test_a_history_written_anew_for_one_case_is_found_by_the_chain_of_heads(busy: Room) -> None:
    """The entry and its hash are changed together, by the published recipe: the case's own chain is right again."""
    with busy.raw() as connection:
        (row,) = connection.execute(
            "SELECT prev, ref, n, kind, on_date, recorded_at, recorded_by, about, version, body FROM entry"
            " WHERE ref = ? AND n = 4",
            (REF,),
        ).fetchall()
        forged = [*row[:-1], row[-1].replace("two", "TWO")]
        sealed = hashlib.sha256(json.dumps(forged, separators=(",", ":")).encode()).hexdigest()
    change = f"UPDATE entry SET body = replace(body, 'two', 'TWO'), hash = '{sealed}' WHERE n = 4"  # noqa: S608 - a hash
    busy.tamper("entry_no_update", change)
    assert busy.vault.verify(complete=False) == (
        f"Case {REF}: entry 4 is not the one that the chain of the vault knows.",
    )


def test_a_guard_that_was_taken_away_is_named(busy: Room) -> None:
    with busy.raw() as connection:
        connection.execute("DROP TRIGGER entry_no_delete")
    (problem,) = busy.vault.verify(complete=False)
    assert "entry_no_delete" in problem


def test_a_flipped_bit_on_the_disk_is_found(busy: Room) -> None:
    busy.vault.close()
    data = bytearray(busy.path.read_bytes())
    data[5 * 4096 + 100] ^= 1
    busy.path.write_bytes(data)
    with Vault.open(busy.path, busy.source) as vault:
        assert any("altered outside dsar" in problem for problem in vault.verify(complete=True))
