"""Measuring fairly on a machine that does other things too: interleaved, and the minimum counts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One time in seconds beside its floor, and the limit it is held to: a multiple of the floor, or seconds."""

    name: str
    seconds: float
    floor_name: str
    floor: float
    limit_ratio: float | None = None
    limit_seconds: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.seconds / self.floor

    @property
    def kept(self) -> bool:
        """Whether it stays within its limit."""
        by_ratio = self.limit_ratio is None or self.ratio <= self.limit_ratio
        return by_ratio and (self.limit_seconds is None or self.seconds <= self.limit_seconds)


def minima(actions: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """The shortest time of each action in seconds. They take turns, so that a busy moment meets all of them.

    One round before the first that counts fills the caches of the disk and of the process.
    """
    best = [float("inf")] * len(actions)
    for turn in range(rounds + 1):
        for position, action in enumerate(actions):
            start = time.perf_counter()
            action()
            taken = time.perf_counter() - start
            if turn:
                best[position] = min(best[position], taken)
    return best
