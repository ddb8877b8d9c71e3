"""What is left of an erased case: when, why and a hash; and what its erasure could not reach."""

from __future__ import annotations

from dataclasses import dataclass

from dsar.errors import UsageError
from dsar.vault.canonical import digest

REASONS = ("requested", "purpose-ended", "retention-ended", "consent-withdrawn", "opened-by-mistake")
"""Why a case may be erased: a closed list, because free words would keep personal data in the tombstone."""

BACKUPS = "backup"
"""The kind of record that remembers where backups were written."""


class UnknownReasonError(UsageError):
    """Not one of REASONS."""

    sentence = "A case is erased for one of these reasons: {reasons}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did, and what it could not reach.

    `shared` are the hashes of evidence kept because another case or a record names it; `backups` the files that were
    written before and still hold the case. `purged`: the old pages are out of the write-ahead log as well (not while
    another process reads; the last one to close does it).
    """

    ref: str
    entries: int
    evidence: int
    evidence_bytes: int
    shared: tuple[str, ...]
    backups: tuple[str, ...]
    purged: bool


def tombstone_hash(ref: str, entries: int, erased_at: str, reason: str, last_hash: str) -> str:
    """What stands for an erased case in the chain of heads."""
    return digest("tombstone", ref, entries, erased_at, reason, last_hash)
