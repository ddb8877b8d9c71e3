"""What every statistic works with: the cases, the ledger of what was shown, and the words."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.study.ledger import OPEN
from dsar.study.proportion import share
from dsar.study.result import Amount, Count, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.study.ledger import Ledger
    from dsar.study.sample import Sample
    from dsar.study.wording import ReportWords


HALVES, QUARTERS = 2, 4


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
        """First quartile, median, third quartile and the end of some numbers.

        A quartile has at least so many numbers on either side, or is hidden. The end is not the largest number, which
        is one person's, but what the `least` largest reach.
        """
        if not numbers:
            return (Amount(value=None),) * 4
        ordered, least = sorted(numbers), self.ledger.least
        low, middle, high = statistics.quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else ordered * 3
        half, quarter = len(ordered) >= HALVES * least, len(ordered) >= QUARTERS * least
        quartiles = self._if(low, quarter), self._if(middle, half), self._if(high, quarter)
        return *quartiles, self._if(ordered[-least:][0], half)

    def ends(self, numbers: Sequence[float]) -> tuple[Amount, Amount]:
        """What the `least` smallest do not pass, and what the `least` largest reach; hidden where these overlap."""
        if not numbers:
            return Amount(value=None), Amount(value=None)
        ordered, least = sorted(numbers), self.ledger.least
        enough = len(ordered) >= HALVES * least
        return self._if(ordered[:least][-1], enough), self._if(ordered[-least:][0], enough)

    def _if(self, value: float, may: bool) -> Amount:  # noqa: FBT001 - private
        open_ = may or self.ledger.least <= OPEN
        return Amount(value=value if open_ else None, hidden=not open_)

    def end(self, name: str) -> str:
        """The head over the end of some numbers: the largest, or what so many reach."""
        if self.ledger.least <= OPEN:
            return self.words.say(f"head.{name}")
        return self.words.say(f"head.{name}-of", n=self.ledger.least)
