"""How long something takes when it has not happened everywhere yet: the estimator of Kaplan and Meier (1958).

A case that is still open says that it took at least so long; to leave it out would make the slow look fast.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.study.proportion import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence


FEW = 20
"""A curve is drawn as far as one case in so many is watched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """How long one case was watched, in days, and whether it happened at the end of that (else it is open still)."""

    days: int
    happened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From this day on a share `done` of the cases has it; `low` and `high` the band at 95 per cent, where defined."""

    day: int
    done: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The share that has it, day by day. `n` cases, `events` of them had it; `watched` is the longest watch in days."""

    n: int
    events: int
    watched: int
    steps: tuple[Step, ...]
    _ends: tuple[int, ...] = ()
    _happened: tuple[int, ...] = ()

    def quantile(self, part: float) -> int | None:
        """The day by which that part of the cases has it; None if the curve does not get there."""
        # a share that is a fraction in the arithmetic of floats may fall short of itself by a hair
        return next((step.day for step in self.steps if step.done >= part - 1e-12), None)

    def by(self, day: int) -> Step | None:
        """The share that has it by a day; None if nobody was watched that long and some have it not yet."""
        reached = [step for step in self.steps if step.day <= day]
        last = reached[-1] if reached else Step(day=0, done=0.0, low=None, high=None)
        return last if day <= self.watched or last.done >= 1 else None

    def open_after(self, day: int) -> int:
        """How many were still watched, and had it not, when that day began (“at risk”)."""
        return self.n - bisect_left(self._ends, day)

    def drawn_until(self, least: int) -> int:
        """The last day on which at least `least` cases, and one in twenty, were watched: beyond, a few carry it all."""
        needed = max(least, -(-self.n // FEW))
        return self._ends[-needed] if needed <= self.n else 0

    def had_it(self, day: int) -> int:
        """How many had it by a day."""
        return bisect_left(self._happened, day + 1)

    def longest(self, least: int) -> int | None:
        """The time that the `least` longest of those that ended reach; None if so few ended."""
        return self._happened[-least] if 0 < least <= self.events else None

    def coarse(self, least: int, days: Sequence[int] = ()) -> tuple[Step, ...]:
        """The steps as they may be drawn: each stands for at least `least` cases, none is one person's answer.

        Nor does one differ by fewer from what a table says of one of the `days`, or from all that had it in the end.
        """
        kept: list[Step] = []
        told = {0, self.events, *(self.had_it(day) for day in days)}
        for step in (step for step in self.steps if step.day <= self.drawn_until(least)):
            now = self.had_it(step.day)
            if now and all(now == other or abs(now - other) >= least for other in told):
                kept.append(step)
                told.add(now)
        return tuple(kept)


def curve(lived: Sequence[Lived], *, banded: bool = True) -> Curve:
    """The curve of these cases; without its bands where nobody asks for them, for they take most of the time."""
    ends = tuple(sorted(one.days for one in lived))
    happened = tuple(sorted(one.days for one in lived if one.happened))
    return Curve(
        n=len(lived),
        events=len(happened),
        watched=ends[-1] if ends else 0,
        steps=_steps(lived, frozenset(happened), banded=banded) if happened else (),
        _ends=ends,
        _happened=happened,
    )


def _steps(lived: Sequence[Lived], days: frozenset[int], *, banded: bool) -> tuple[Step, ...]:
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415 - heavy, loaded on use

    data = CensoredData(
        uncensored=[one.days for one in lived if one.happened], right=[one.days for one in lived if not one.happened]
    )
    left = ecdf(data).sf
    if not banded:
        pairs = zip(left.quantiles, left.probabilities, strict=True)
        return tuple(Step(day=int(day), done=float(1 - p), low=None, high=None) for day, p in pairs if int(day) in days)
    with warnings.catch_warnings():
        # the log-log band has no bounds where all or none have it: they are NaN, and are left out
        warnings.simplefilter("ignore", RuntimeWarning)
        band = left.confidence_interval(confidence_level=LEVEL, method="log-log")
    rows = zip(left.quantiles, left.probabilities, band.low.probabilities, band.high.probabilities, strict=True)
    return tuple(
        Step(day=int(day), done=float(1 - open_), low=_bound(1 - high), high=_bound(1 - low))
        for day, open_, low, high in rows
        if int(day) in days
    )


def _bound(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
