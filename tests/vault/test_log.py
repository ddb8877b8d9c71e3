from __future__ import annotations

import hashlib
import json
from datetime import date
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from dsar.core.events import Confirmed, Corrected, Sent
from dsar.core.parties import Evidence
from dsar.errors import ConflictError, InputError, NotFoundError
from dsar.vault import schema
from dsar.vault.keys import KeyFileSlot
from dsar.vault.lists import ALL
from dsar.vault.vault import Vault

from .facts import DAY, LATER, NOW, OTHER, REF, WORKER, listed, noted, opened, received

if TYPE_CHECKING:
    from dsar.core.events import Event

    from .room import Room


def test_what_is_appended_is_read_back_in_order_with_who_and_when(room: Room) -> None:
    first = room.vault.append(REF, [opened(), noted("one")], expect=0, now=NOW, by=WORKER)
    second = room.vault.append(REF, [noted("two")], expect=2, now=LATER, by="Paul")
    log = room.vault.log(REF)
    assert log == first + second
    assert [(entry.n, entry.recorded_at, entry.by) for entry in log] == [
        (1, NOW, WORKER),
        (2, NOW, WORKER),
        (3, LATER, "Paul"),
    ]
    assert [entry.event for entry in log] == [opened(), noted("one"), noted("two")]


def test_cases_are_listed_in_the_order_in_which_they_were_opened(room: Room) -> None:
    for ref in ("2026-ZZZZZ", "2026-AAAAA", "2026-MMMMM"):
        room.vault.append(ref, [opened()], expect=0, now=NOW, by=WORKER)
    room.vault.append("2026-ZZZZZ", [noted()], expect=1, now=NOW, by=WORKER)
    assert room.vault.cases() == ("2026-ZZZZZ", "2026-AAAAA", "2026-MMMMM")


def test_a_case_that_does_not_exist_is_not_found(room: Room) -> None:
    with pytest.raises(NotFoundError, match=REF) as caught:
        room.vault.log(REF)
    assert caught.value.code == 3


def test_every_column_of_a_row_is_filled_from_the_start(room: Room) -> None:
    room.vault.append(
        REF, [opened(), Sent(on=date(2026, 3, 6), letter=1, channel="email", to="x")], expect=0, now=NOW, by=WORKER
    )
    with room.raw() as connection:
        rows = connection.execute(
            "SELECT n, kind, on_date, recorded_at, recorded_by, about, version, length(prev), length(hash) FROM entry"
        ).fetchall()
    assert rows == [
        (1, "opened", "2026-03-05", NOW, WORKER, None, 1, 64, 64),
        (2, "sent", "2026-03-06", NOW, WORKER, 1, 1, 64, 64),
    ]


def test_the_hash_of_a_row_can_be_computed_by_hand(room: Room) -> None:
    room.vault.append(REF, [noted("é")], expect=0, now=NOW, by="Paul")
    with room.raw() as connection:
        body, hashed = connection.execute("SELECT body, hash FROM entry").fetchall()[0]
    parts = ["0" * 64, REF, 1, "noted", "2026-03-05", NOW, "Paul", None, 1, body]
    text = json.dumps(parts, separators=(",", ":"))
    assert body == '{"kind":"noted","on":"2026-03-05","text":"\\u00e9"}'
    assert hashlib.sha256(text.encode()).hexdigest() == hashed


@pytest.mark.parametrize("expect", [0, 1, 3])
def test_a_writer_who_saw_another_number_of_entries_is_refused(room: Room, expect: int) -> None:
    room.vault.append(REF, [opened(), noted()], expect=0, now=NOW, by=WORKER)
    with pytest.raises(ConflictError, match=f"dsar show {REF}") as caught:
        room.vault.append(REF, [noted("late")], expect=expect, now=NOW, by=WORKER)
    assert caught.value.code == 7
    assert len(room.vault.log(REF)) == 2


def test_of_two_writers_on_two_connections_the_second_is_refused(room: Room) -> None:
    room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    with Vault.open(room.path, room.source) as other:
        seen = len(other.log(REF))
        room.vault.append(REF, [noted("first")], expect=seen, now=NOW, by=WORKER)
        with pytest.raises(ConflictError):
            other.append(REF, [noted("second")], expect=seen, now=NOW, by="Paul")
        assert [entry.event for entry in other.log(REF)] == [opened(), noted("first")]


def test_appending_nothing_changes_nothing(room: Room) -> None:
    assert room.vault.append(REF, [], expect=0, now=NOW, by=WORKER) == ()
    assert room.vault.cases() == ()


def test_a_failed_append_leaves_nothing(room: Room) -> None:
    ghost = Evidence(sha256="0" * 64, size=1, name="n", media="m")
    with pytest.raises(InputError, match="not in the vault"):
        room.vault.append(REF, [opened(), received(ghost)], expect=0, now=NOW, by=WORKER)
    assert room.vault.cases() == ()
    assert room.vault.verify(complete=True) == ()


def test_a_transaction_is_all_or_nothing(room: Room) -> None:
    class StoppedError(Exception):
        pass

    def work() -> None:
        with room.vault.transaction():
            room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
            with room.vault.transaction():
                room.vault.lists.put(listed(REF), "1")
                room.vault.put_record("draft", REF, {"text": "t"})
            raise StoppedError

    with pytest.raises(StoppedError):
        work()
    listed_now = room.vault.lists.page(DAY.toordinal(), ALL)
    assert (room.vault.cases(), listed_now, room.vault.records("draft")) == ((), [], {})
    with room.vault.transaction(), room.vault.transaction():
        room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    assert room.vault.cases() == (REF,)


def test_what_a_transaction_wrote_is_unseen_elsewhere_until_it_ends(room: Room) -> None:
    with Vault.open(room.path, room.source) as other:
        with room.vault.transaction():
            room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
            assert other.cases() == ()
        assert other.cases() == (REF,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = '{}'",
        "UPDATE entry SET recorded_by = 'somebody else'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT ref, n, kind, on_date, '', '', about, version, '', prev, hash FROM entry",
        "UPDATE head SET head = ''",
        "DELETE FROM head",
        "INSERT OR REPLACE INTO head SELECT seq, ref, n, 'x', prev, hash FROM head",
        "UPDATE evidence SET size = 0",
        "DELETE FROM evidence",
        "UPDATE chunk SET data = x'00'",
        "DELETE FROM chunk",
        "INSERT OR REPLACE INTO chunk SELECT blob, n, x'00' FROM chunk",
        "DELETE FROM evidence_ref",
        "UPDATE evidence_ref SET ref = 'x'",
    ],
)
def test_the_file_itself_refuses_to_change_what_was_written(room: Room, statement: str) -> None:
    piece = room.vault.put_evidence(BytesIO(b"mail"), name="m.eml", media="message/rfc822")
    room.vault.append(REF, [opened(), received(piece)], expect=0, now=NOW, by=WORKER)
    with room.raw() as connection, pytest.raises(dbapi2.IntegrityError, match="append-only"):
        connection.execute(statement)
    assert room.vault.verify(complete=True) == ()


def test_an_oddity_and_a_correction_say_what_they_are_about(room: Room) -> None:
    events: list[Event] = [
        opened(),
        noted(),
        Confirmed(on=DAY, about=2, because="it was so"),
        Corrected(on=DAY, replaces=2, by=None),
    ]
    room.vault.append(REF, events, expect=0, now=NOW, by=WORKER)
    with room.raw() as connection:
        assert connection.execute("SELECT about FROM entry ORDER BY n").fetchall() == [(None,), (None,), (2,), (2,)]


def test_a_name_that_is_no_text_is_refused_in_one_sentence(room: Room) -> None:
    with pytest.raises(InputError, match="name of the case worker"):
        room.vault.append(REF, [opened()], expect=0, now=NOW, by="Paul\udcff")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(), by=st.text())
def test_hostile_text_is_only_text(room: Room, text: str, by: str) -> None:
    ref = f"case-{len(room.vault.cases())}"
    room.vault.append(ref, [noted(text)], expect=0, now=NOW, by=by)
    (entry,) = room.vault.log(ref)
    assert (entry.event, entry.by) == (noted(text), by)


def test_records_are_replaced_and_dropped(room: Room) -> None:
    vault = room.vault
    vault.put_record("subject", "zoe", {"name": "Zoé", "tags": ["a"]})
    vault.put_record("subject", "zoe", {"name": "Zoé Exemple"})
    vault.put_record("subject", "adam", {"name": "Adam"})
    vault.put_record("draft", "zoe", {"text": "t"})
    assert vault.record("subject", "zoe") == {"name": "Zoé Exemple"}
    assert list(vault.records("subject")) == ["adam", "zoe"]
    vault.drop_record("subject", "zoe")
    vault.drop_record("subject", "nobody")
    assert (vault.record("subject", "zoe"), vault.records("draft")) == (None, {"zoe": {"text": "t"}})


def test_the_lists_hold_a_case_once_and_are_disposable(room: Room) -> None:
    room.vault.lists.put(listed(REF, rank=0), "1")
    room.vault.lists.put(listed(REF, rank=1), "1")
    room.vault.lists.put(listed(OTHER, rank=3), "1")
    today = DAY.toordinal()
    assert [(row[0], row[2]) for row in room.vault.lists.page(today, ALL)] == [(1, REF), (3, OTHER)]
    assert room.vault.lists.counts(today, ALL) == {(1, "send"): 1, (3, "send"): 1, (-1, "overdue"): 0}
    assert room.vault.lists.page(today - 1, ALL) == []
    room.vault.lists.clear()
    assert (room.vault.lists.page(today, ALL), list(room.vault.lists.facts())) == ([], [])


def test_status_counts(room: Room) -> None:
    piece = room.vault.put_evidence(BytesIO(b"12345"), name="a", media="m")
    room.vault.append(REF, [opened(), received(piece)], expect=0, now=NOW, by=WORKER)
    room.vault.append(OTHER, [opened()], expect=0, now=NOW, by=WORKER)
    status = room.vault.status()
    assert (status.cases, status.erased, status.entries) == (2, 0, 3)
    assert (status.evidence, status.evidence_bytes) == (1, 5)
    assert (status.path, status.schema, status.slots) == (room.path, schema.VERSION, ("key-file", "recovery"))
    assert status.file_bytes >= room.path.stat().st_size
    with room.raw() as connection:
        assert connection.execute("SELECT hash FROM head ORDER BY seq DESC LIMIT 1").fetchall() == [(status.head,)]


def test_opening_with_the_raw_key_takes_less_than_ten_milliseconds(room: Room) -> None:
    """A passphrase would be stretched for some 300 ms at each opening."""

    def once() -> float:
        start = perf_counter()
        Vault.open(room.path, KeyFileSlot(room.source.path)).close()
        return perf_counter() - start

    assert min(once() for _ in range(15)) < 0.010
