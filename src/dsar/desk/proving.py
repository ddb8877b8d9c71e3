"""The proof of what a body said: the day of its message and the beginning of the hash of its bytes, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.events import Received
from dsar.core.fold import holding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dsar.desk.office import Desk

DIGITS = 16
"""As many as tell one file from any other that somebody could lay beside it."""


def proofs(desk: Desk, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[date, str]]:
    """For each (reference, entry of a message) its day and hash; without those whose bytes were never filed."""
    entries: dict[str, set[int]] = {}
    for ref, n in wanted:
        entries.setdefault(ref, set()).add(n)
    found: dict[tuple[str, int], tuple[date, str]] = {}
    for ref, numbers in entries.items():
        for held in holding(desk.vault.log(ref), desk.today):
            if held.n in numbers and isinstance(held.fact, Received) and held.fact.message is not None:
                found[ref, held.n] = (held.fact.on, held.fact.message.sha256[:DIGITS])
    return found
