"""Which counts may be shown: a small group of cases could be somebody, and what is hidden must not be reckoned back.

A set of cases is an integer whose bit n stands for case n. A count is shown if it is nought or at least `least`, and if
the same holds for its difference to every count already shown of a larger or smaller set: "98 of 100" tells of two.
The parts of a whole are hidden together: a part that is alone in being hidden follows from the total, so that the
smallest of the others goes with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

OPEN = 1
"""The value of `least` with which nothing is hidden."""
MOST_PARTS = 64
"""With more parts than that, which are rows of names, known sets inside their whole are not looked at."""


class Ledger:
    """What was shown so far. Whatever is asked first is shown before what would tell on it later.

    What was kept back once is kept back everywhere. What was shown is held against the later counts of this ledger, and
    of those that are set `apart` from it.
    """

    def __init__(self, least: int, shown: dict[int, int] | None = None, kept_back: set[int] | None = None) -> None:
        self.least = least
        self._shown = shown if shown is not None else {}
        self._kept_back = kept_back if kept_back is not None else set()

    def apart(self) -> Ledger:
        """A ledger for one table: it knows what was shown so far; its own counts are held against no other table."""
        return Ledger(self.least, dict(self._shown), self._kept_back)

    def count(self, cases: int) -> int | None:
        """The size of a set, and from now on it is known; None if it must not be shown."""
        size = cases.bit_count()
        if self.least <= OPEN or (cases in self._shown and cases not in self._kept_back):
            return size
        if self._tells(cases, size):
            self._kept_back.add(cases)
            return None
        self._shown[cases] = size
        return size

    def total(self, cases: int) -> int:
        """The size of a base: how many requests left, bounced, arrived, were reviewed. It tells of nobody's data."""
        return self._shown.setdefault(cases, cases.bit_count())

    def parts(
        self, whole: int, parts: Sequence[int], *, remember: bool = True, few: Collection[int] = ()
    ) -> tuple[int | None, ...]:
        """The sizes of parts that do not overlap and make up the whole; None for those that must not be shown.

        With `remember=False` later counts are not held against them: for rows of names, which nothing is broken down
        by later. `few` are the places of parts that are to be hidden whatever their size.
        """
        sizes = [part.bit_count() for part in parts]
        if self.least <= OPEN:
            return tuple(sizes)
        known = whole in self._shown
        hidden = {at for at, part in enumerate(parts) if at in few or self._tells(part, sizes[at])}
        small = {at for at in hidden if sizes[at] < self.least}
        # what stands in another table already is of no use as a cover
        order = sorted(
            (at for at in range(len(parts)) if sizes[at] and at not in hidden),
            key=lambda at: (parts[at] in self._shown, sizes[at]),
        )
        rest = whole.bit_count() - sum(sizes)
        while order:
            alone = known and hidden and self._forced([sizes[at] for at in hidden], rest, hidden == small)
            cover = order[0] if alone else self._betrayed(whole, parts, hidden, order)
            if cover is None:
                break
            order.remove(cover)
            hidden.add(cover)
        for at in hidden:
            self._kept_back.add(parts[at])
            self._shown.pop(parts[at], None)
        if remember:
            self._shown.update((parts[at], sizes[at]) for at in range(len(parts)) if at not in hidden)
        return tuple(None if at in hidden else size for at, size in enumerate(sizes))

    def _betrayed(self, whole: int, parts: Sequence[int], hidden: set[int], order: Sequence[int]) -> int | None:
        """The first of `order` that must be hidden too, because known sets inside the whole tell what is hidden.

        Those who answered in time are known; of them, those with an extension are what the others leave.
        """
        if not hidden or len(parts) > MOST_PARTS:
            return None
        sizes = [part.bit_count() for part in parts]
        inner = [known for known in self._shown if known and not known & ~whole]
        for known in inner:
            inside = [at for at in order if not parts[at] & ~known]
            left = known.bit_count() - sum(sizes[at] for at in inside)
            if inside and 0 < left < self.least:
                return inside[0]
        for region in _regions(inner, parts):
            held = [sizes[at] for at in sorted(region & hidden)]
            cover = next((at for at in order if at in region), None)
            small = all(0 < size < self.least for size in held)
            if held and cover is not None and self._forced(held, 0, small):
                return cover
        return None

    def _forced(self, sizes: Iterable[int], rest: int, only_small: bool) -> bool:  # noqa: FBT001 - private
        """Whether the hidden sizes follow from their sum: too few, too small together, or all at their least or most.

        `rest` is what of the whole belongs to no part: it is known to nobody, and hides among the hidden.
        """
        held = [*sizes, *([rest] if rest else [])]
        total = sum(held)
        at_most = only_small and total == len(held) * (self.least - 1)
        return len(held) < 2 or total < self.least or total == len(held) or at_most  # noqa: PLR2004 - one is alone

    def _tells(self, cases: int, size: int) -> bool:
        if 0 < size < self.least or (size and cases in self._kept_back):
            return True
        for other, its in self._shown.items():
            gap = abs(its - size)
            if 0 < gap < self.least and (cases & other) == (cases if size < its else other):
                return True
        return False


def _regions(inner: Sequence[int], parts: Sequence[int]) -> list[frozenset[int]]:
    """The known sets that are made of whole parts, and what is left of each without another, by the parts' places."""
    made: set[frozenset[int]] = {frozenset()}
    for known in inner:
        places = frozenset(at for at, part in enumerate(parts) if part and not part & ~known)
        if sum(parts[at].bit_count() for at in places) == known.bit_count():
            made.add(places)
    found = {one - other for one in made for other in made if other < one}
    return sorted(found, key=lambda region: (len(region), sorted(region)))
