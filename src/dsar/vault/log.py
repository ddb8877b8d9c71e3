"""The log: each case is a hash chain of facts, and the heads of the cases form one for the whole vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.about import about
from dsar.core.events import Entry, Event
from dsar.errors import ConflictError, InputError, NotFoundError, StateError
from dsar.vault import wire
from dsar.vault.canonical import GENESIS, digest, storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.vault.connection import Database


class NoCaseError(NotFoundError):
    """No case of that reference."""

    sentence = "There is no case {ref}: `dsar agenda` lists the cases."


class ErasedCaseError(StateError):
    """The reference belonged to a case that was erased."""

    sentence = "The case {ref} was erased: open a new one with `dsar request`."


class ChangedError(ConflictError):
    """The case has other entries than the writer saw."""

    sentence = "The case {ref} was changed meanwhile: look at it with `dsar show {ref}`, then repeat the command."


class NoBytesError(InputError):
    """A fact names bytes that are not in the vault."""

    sentence = "A file named in case {ref} is not in the vault: record it again with the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the log as it is stored; `hash` seals all the others and, through `prev`, all lines before."""

    ref: str
    n: int
    kind: str
    on_date: str
    recorded_at: str
    recorded_by: str
    about: int | None
    version: int
    body: str
    prev: str
    hash: str

    def seal(self) -> str:
        """The hash that these columns must have."""
        return _seal(
            self.prev, self.ref, self.n, self.kind, self.on_date, self.recorded_at, self.recorded_by, self.about,
            self.version, self.body,
        )  # fmt: skip


def _seal(*columns: str | int | None) -> str:
    return digest(*columns)


def cases(db: Database) -> tuple[str, ...]:
    """The references of all cases, in the order in which they were opened."""
    sql = "SELECT ref FROM head WHERE ref IN (SELECT ref FROM entry WHERE n = 1) GROUP BY ref ORDER BY MIN(seq)"
    return tuple(ref for (ref,) in db.execute(sql))


def named(db: Database, text: str, limit: int) -> tuple[str, ...]:
    """The case of that very reference; else those whose reference begins or ends with the text, `limit` at most."""
    if db.one("SELECT 1 FROM entry WHERE ref = ? AND n = 1", text):
        return (text,)
    sql = (
        "SELECT ref FROM entry WHERE n = 1 AND (substr(ref, 1, ?2) = ?1 OR (length(ref) >= ?2 AND"
        " substr(ref, -?2) = ?1)) ORDER BY ref LIMIT ?3"
    )
    return tuple(ref for (ref,) in db.execute(sql, text, len(text), limit))


def some_cases(db: Database, limit: int) -> tuple[str, ...]:
    """The references of `limit` cases at most, in no order that says anything."""
    return tuple(ref for (ref,) in db.execute("SELECT ref FROM entry WHERE n = 1 LIMIT ?", limit))


def rows(db: Database, ref: str) -> tuple[Row, ...]:
    """The stored lines of a case, in order; none if there is no such case."""
    sql = (
        "SELECT ref, n, kind, on_date, recorded_at, recorded_by, about, version, body, prev, hash"
        " FROM entry WHERE ref = ? ORDER BY n"
    )
    return tuple(
        Row(
            ref=ref, n=n, kind=kind, on_date=on_date, recorded_at=at, recorded_by=by, about=of, version=version,
            body=body, prev=prev, hash=hash_,
        )
        for ref, n, kind, on_date, at, by, of, version, body, prev, hash_ in db.execute(sql, ref)
    )  # fmt: skip


def entries(db: Database, ref: str) -> tuple[Entry, ...]:
    """The facts of a case; NoCaseError if there is none of that reference."""
    found = rows(db, ref)
    if not found:
        raise NoCaseError(ref=ref)
    return tuple(
        Entry(n=row.n, event=wire.decode(row.body, row.version), recorded_at=row.recorded_at, by=row.recorded_by)
        for row in found
    )


def append(db: Database, ref: str, events: Sequence[Event], *, expect: int, now: str, by: str) -> tuple[Entry, ...]:  # noqa: PLR0913 - the columns of a row, all by name
    """Write facts after the `expect` entries that the caller saw (0: a new case); all of them or none.

    ChangedError if there are more or fewer, ErasedCaseError for the reference of an erased case, NoBytesError if a
    fact names evidence that the vault does not hold.
    """
    storable("case reference", ref)
    storable("name of the case worker", by)
    with db.transaction():
        seen, prev = _last(db, ref)
        if db.one("SELECT 1 FROM tombstone WHERE ref = ?", ref):
            raise ErasedCaseError(ref=ref)
        if seen != expect:
            raise ChangedError(ref=ref)
        if not events:
            return ()
        note_evidence(db, ref, events)
        for n, event in enumerate(events, start=seen + 1):
            prev = _insert(db, Entry(n=n, event=event, recorded_at=now, by=by), ref=ref, prev=prev)
        add_head(db, ref, seen + len(events), prev)
    return tuple(Entry(n=n, event=event, recorded_at=now, by=by) for n, event in enumerate(events, start=seen + 1))


def add_head(db: Database, ref: str, n: int, head: str) -> None:
    """Link the last hash of a case, after its entry `n`, into the chain of the vault (n = 0: a tombstone)."""
    last = db.one("SELECT seq, hash FROM head ORDER BY seq DESC LIMIT 1")
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    sql = "INSERT INTO head (seq, ref, n, head, prev, hash) VALUES (?, ?, ?, ?, ?, ?)"
    db.execute(sql, seq, ref, n, head, prev, digest(prev, seq, ref, n, head))


def _last(db: Database, ref: str) -> tuple[int, str]:
    last = db.one("SELECT n, hash FROM entry WHERE ref = ? ORDER BY n DESC LIMIT 1", ref)
    return (last[0], last[1]) if last else (0, GENESIS)


def _insert(db: Database, entry: Entry, *, ref: str, prev: str) -> str:
    event = entry.event
    columns = (
        ref, entry.n, wire.tag(type(event)), event.on.isoformat(), entry.recorded_at, entry.by, about(event),
        wire.VERSION, wire.encode(event),
    )  # fmt: skip
    seal = _seal(prev, *columns)
    insert(db, *columns, prev, seal)
    return seal


def insert(db: Database, *columns: str | int | None) -> None:
    """Write a line, its columns in the order of `Row`; whoever calls has checked that it fits its chain."""
    sql = (
        "INSERT INTO entry (ref, n, kind, on_date, recorded_at, recorded_by, about, version, body, prev, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    db.execute(sql, *columns)


def note_evidence(db: Database, ref: str, events: Sequence[Event]) -> None:
    """Write down which evidence the facts of a case name; NoBytesError if the vault does not hold it."""
    for sha256 in {piece.sha256 for event in events for piece in wire.evidence_in(event)}:
        if not db.one("SELECT 1 FROM evidence WHERE sha256 = ?", sha256):
            raise NoBytesError(ref=ref)
        sql = "INSERT INTO evidence_ref (ref, sha256) VALUES (?, ?) ON CONFLICT (ref, sha256) DO NOTHING"
        db.execute(sql, ref, sha256)
