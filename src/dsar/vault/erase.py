"""Erasing a case (Art. 17 GDPR binds a privacy tool too): nothing of it stays but when, why and a hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dsar.vault import evidence, log, records
from dsar.vault.tombstone import BACKUPS, REASONS, Erased, UnknownReasonError, tombstone_hash

if TYPE_CHECKING:
    from dsar.vault.connection import Database


def erase(db: Database, ref: str, *, reason: str, now: str) -> Erased:
    """Delete a case with its drafts, its projection and the evidence that only it names; NoCaseError if none."""
    if reason not in REASONS:
        raise UnknownReasonError(reasons=", ".join(REASONS))
    with db.transaction():
        rows = log.rows(db, ref)
        if not rows:
            raise log.NoCaseError(ref=ref)
        backups = tuple(path for path in records.of_kind(db, BACKUPS) if Path(path).exists())
        named = tuple(
            sha for (sha,) in db.execute("SELECT sha256 FROM evidence_ref WHERE ref = ? ORDER BY sha256", ref)
        )
        db.execute("INSERT INTO erasing (ref) VALUES (?)", ref)
        db.execute("DELETE FROM entry WHERE ref = ?", ref)
        db.execute("DELETE FROM evidence_ref WHERE ref = ?", ref)
        db.execute("DELETE FROM projection WHERE ref = ?", ref)
        records.drop_of_case(db, ref)
        shared = tuple(sha256 for sha256 in named if _still_named(db, sha256))
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


def purge(db: Database) -> bool:
    """Give freed pages back to the disk and empty the write-ahead log; says whether nobody else was in the way.

    Deleted content was already overwritten with zeros in the pages that stay (`secure_delete`).
    """
    if db.in_transaction:
        return False
    db.execute("PRAGMA incremental_vacuum")
    ((busy, _pages, _moved),) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy


def _still_named(db: Database, sha256: str) -> bool:
    case = db.one("SELECT 1 FROM evidence_ref WHERE sha256 = ?", sha256)
    # Mandates and settings name evidence as well; a hash is hex, so it cannot be a pattern.
    record = db.one("SELECT 1 FROM record WHERE body LIKE ?", f"%{sha256}%")
    return case is not None or record is not None


def _drop(db: Database, sha256: str) -> int:
    row = db.one("SELECT blob, size, chunks FROM evidence WHERE sha256 = ?", sha256)
    if row is None:
        return 0
    blob, size, chunks = row
    db.execute("DELETE FROM evidence WHERE sha256 = ?", sha256)
    evidence.drop_chunks(db, blob, chunks)
    return int(size)
