"""The same act in many cases: some at a time, so that a colleague can write meanwhile, and what is done stays done.

Each batch is one transaction. An act that finds its work done already says so, and a run that was interrupted goes on
where it stopped when the same command is repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.letters.once import reading_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.desk.office import Desk

BATCH = 50
"""Cases in a transaction: less than half a second of writing."""

Told = Callable[[int, int], None]
"""Hears after each batch how many cases were gone through, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did: in how many cases something was recorded, and in how many nothing was left to do."""

    done: int
    known: int


def in_batches(desk: Desk, refs: Sequence[str], act: Callable[[str], bool], told: Told) -> Ran:
    """Do something in each case; `act` says whether it recorded anything.

    Raises:
        DsarError: what `act` raises; the batches before stay.
    """
    done = known = 0
    for start in range(0, len(refs), BATCH):
        with reading_once(), desk.vault.transaction():
            for ref in refs[start : start + BATCH]:
                if act(ref):
                    done += 1
                else:
                    known += 1
        told(done + known, len(refs))
    return Ran(done=done, known=known)
