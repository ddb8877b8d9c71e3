"""Erasing a case (Art. 17 GDPR binds a privacy tool too): nothing of it stays but when, why and a hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dsar.vault import evidence, log, records
from dsar.vault.lists import Lists
from dsar.vault.mailbox import Mailbox
from dsar.vault.outbox import Outbox
from dsar.vault.search import Index
from dsar.vault.tombstone import BACKUPS, REASONS, Erased, UnknownReasonError, tombstone_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.vault.connection import Database


def erase(db: Database, ref: str, *, reason: str, now: str) -> Erased:
    """Delete a case with its drafts, its rows in the lists and the evidence that only it names; NoCaseError if none."""
    if reason not in REASONS:
        raise UnknownReasonError(reasons=", ".join(REASONS))
    with db.transaction():
        rows = log.rows(db, ref)
        if not rows:
            raise log.NoCaseError(ref=ref)
        backups = _backups(db)
        named = tuple(
            sha for (sha,) in db.execute("SELECT sha256 FROM evidence_ref WHERE ref = ? ORDER BY sha256", ref)
        )
        db.execute("INSERT INTO erasing (ref) VALUES (?)", ref)
        db.execute("DELETE FROM entry WHERE ref = ?", ref)
        db.execute("DELETE FROM evidence_ref WHERE ref = ?", ref)
        Lists(db).drop(ref)
        records.drop_of_case(db, ref)
        Index(db).drop_of_case(ref)
        db.execute("DELETE FROM stamp WHERE ref = ?", ref)
        named = tuple(sorted({*named, *Mailbox(db).drop_of_case(ref), *Outbox(db).drop_of_case(ref)}))
        shared = tuple(sha256 for sha256 in named if still_named(db, sha256))
        gone = [_drop(db, sha256) for sha256 in named if sha256 not in shared]
        db.execute("DELETE FROM erasing")
        last = rows[-1].hash
        sql = "INSERT INTO tombstone (ref, entries, erased_at, reason, last_hash) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, ref, len(rows), now, reason, last)
        log.add_head(db, ref, 0, tombstone_hash(ref, len(rows), now, reason, last))
    return Erased(
        ref=ref, entries=len(rows), evidence=len(gone), evidence_bytes=sum(gone), shared=shared, backups=backups,
        purged=purge(db),
    )  # fmt: skip


def discard(
    db: Database, *, mails: Sequence[int], named: Sequence[str], reason: str
) -> tuple[int, int, tuple[str, ...]]:
    """Delete messages of no case, and of `named` evidence what nothing names any more.

    How many files went, how many stay because something else names them, and the backups that still hold them.
    """
    if reason not in REASONS:
        raise UnknownReasonError(reasons=", ".join(REASONS))
    with db.transaction():
        found = set(named)
        Index(db).drop_waiting(mails)
        for number in mails:
            found.update(Mailbox(db).drop(number))
        # the door in the guards, as for a case
        db.execute("INSERT INTO erasing (ref) VALUES ('')")
        gone = [_drop(db, sha256) for sha256 in sorted(found) if not still_named(db, sha256)]
        db.execute("DELETE FROM erasing")
    return len(gone), len(found) - len(gone), _backups(db)


def _backups(db: Database) -> tuple[str, ...]:
    return tuple(path for path in records.of_kind(db, BACKUPS) if Path(path).exists())


def purge(db: Database) -> bool:
    """Give freed pages back to the disk and empty the write-ahead log; says whether nobody else was in the way.

    Deleted content was already overwritten with zeros in the pages that stay (`secure_delete`).
    """
    if db.in_transaction:
        return False
    db.execute("PRAGMA incremental_vacuum")
    ((busy, _pages, _moved),) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy


def still_named(db: Database, sha256: str) -> bool:
    """Whether a case, a record or a register names these bytes."""
    case = db.one("SELECT 1 FROM evidence_ref WHERE sha256 = ?", sha256)
    # Mandates and settings name evidence as well; a hash is hex, so it cannot be a pattern.
    record = db.one("SELECT 1 FROM record WHERE body LIKE ?", f"%{sha256}%")
    return case is not None or record is not None or Mailbox(db).has(sha256) or Outbox(db).has(sha256)


def _drop(db: Database, sha256: str) -> int:
    row = db.one("SELECT blob, size, chunks FROM evidence WHERE sha256 = ?", sha256)
    if row is None:
        return 0
    blob, size, chunks = row
    db.execute("DELETE FROM evidence WHERE sha256 = ?", sha256)
    evidence.drop_chunks(db, blob, chunks)
    return int(size)
