"""What a vault holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.vault import files, identity, schema

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.vault.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultStatus:
    """What the vault holds. Sizes in bytes; `head` is the last hash of the chain over all cases (empty: no case)."""

    path: Path
    id: str
    cases: int
    erased: int
    entries: int
    evidence: int
    evidence_bytes: int
    schema: int
    slots: tuple[str, ...]
    file_bytes: int
    head: str


def status(db: Database, path: Path, slots: tuple[str, ...]) -> VaultStatus:
    """Counts and sizes; the file with its write-ahead log."""
    count = db.one(_COUNTS)
    cases, erased, entries, pieces, size, head = count or (0, 0, 0, 0, 0, "")
    return VaultStatus(
        path=path, id=identity.read(db), cases=cases, erased=erased, entries=entries, evidence=pieces,
        evidence_bytes=size, schema=schema.VERSION, slots=slots, file_bytes=files.size(path), head=head,
    )  # fmt: skip


_COUNTS = (
    "SELECT (SELECT COUNT(DISTINCT ref) FROM entry), (SELECT COUNT(*) FROM tombstone), (SELECT COUNT(*) FROM entry),"
    " (SELECT COUNT(*) FROM evidence), (SELECT COALESCE(SUM(size), 0) FROM evidence),"
    " COALESCE((SELECT hash FROM head ORDER BY seq DESC LIMIT 1), '')"
)
