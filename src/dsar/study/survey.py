"""What every statistic works with: the cases, the ledger of what was shown, and the words."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.study.proportion import share
from dsar.study.result import Amount, Count, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.study.ledger import Ledger
    from dsar.study.sample import Sample
    from dsar.study.wording import ReportWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A study in the making. Statistics are asked in the order of their weight: see `ledger`."""

    sample: Sample
    ledger: Ledger
    words: ReportWords

    def apart(self) -> Survey:
        """The same study with a ledger of its own, for a table that stands by itself."""
        return replace(self, ledger=self.ledger.apart())

    def count(self, cases: int) -> Count:
        """How many these are."""
        return Count(k=self.ledger.count(cases))

    def share(self, part: int, whole: int) -> Share:
        """These as a share of those, with the interval."""
        return share(self.ledger.count(part & whole), self.ledger.count(whole))

    def shares(self, parts: Sequence[int], whole: int) -> tuple[Share, ...]:
        """Parts that do not overlap, as shares of their whole."""
        n = self.ledger.count(whole)  # before its parts: they are held against it
        return tuple(share(k, n) for k in self.ledger.parts(whole, parts))

    def quartiles(self, numbers: Sequence[float]) -> tuple[Amount, Amount, Amount, Amount]:
        """First quartile, median, third quartile and largest of some numbers; hidden if there are only a few."""
        if 0 < len(numbers) < self.ledger.least:
            return (Amount(value=None, hidden=True),) * 4
        if not numbers:
            return (Amount(value=None),) * 4
        ordered = sorted(numbers)
        low, middle, high = statistics.quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else ordered * 3
        return Amount(value=low), Amount(value=middle), Amount(value=high), Amount(value=ordered[-1])
