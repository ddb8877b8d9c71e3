"""How far two coders agree beyond chance: Cohen's kappa, pure, over the pairs of their values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: the interval holds in 95 of 100 samples."""

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two coders over the cases that both coded.

    `n` are the pairs, `same` those with the same value; `expected` is the share of them that chance alone would bring.
    `kappa` is None where it is not defined: no pair, or one single value for all of them. `error` is its standard
    error, `low` and `high` bound the interval of 95 %, as far as there can be such a value; they are None where the
    error is 0, as with full agreement: such pairs do not say how far another sample would differ. `confusion` counts
    (value of the first coder, value of the second).
    """

    n: int
    same: int
    expected: float | None = None
    kappa: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    confusion: tuple[tuple[str, str, int], ...] = ()

    @property
    def share(self) -> float | None:
        """The share of pairs with the same value."""
        return self.same / self.n if self.n else None


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa (1960) of (value of the first coder, value of the second); None where it is not defined."""
    return agreement(pairs).kappa


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Kappa with its standard error in large samples, not assuming that it is 0 (Fleiss, Cohen & Everitt 1969)."""
    cells = Counter(pairs)
    n = sum(cells.values())
    confusion = tuple((first, second, count) for (first, second), count in sorted(cells.items()))
    same = sum(count for (first, second), count in cells.items() if first == second)
    if not n:
        return Agreement(n=0, same=0)
    rows, columns = Counter[str](), Counter[str]()
    for (first, second), count in cells.items():
        rows[first] += count
        columns[second] += count
    # in whole numbers, so that one single value is found to be one, whatever the rounding
    chance = sum(rows[value] * columns[value] for value in rows)
    expected = chance / n**2
    if chance == n**2:
        return Agreement(n=n, same=same, expected=expected, confusion=confusion)
    found = (same * n - chance) / (n**2 - chance)
    error = _error(cells, rows, columns, n, same / n, expected)
    return Agreement(
        n=n,
        same=same,
        expected=expected,
        kappa=found,
        error=error,
        low=max(-1.0, found - _Z * error) if error else None,
        high=min(1.0, found + _Z * error) if error else None,
        confusion=confusion,
    )


def _error(  # noqa: PLR0913, PLR0917 - the terms of the formula
    cells: Counter[tuple[str, str]], rows: Counter[str], columns: Counter[str], n: int, observed: float, expected: float
) -> float:
    """The standard error: Fleiss, Cohen & Everitt, Psychological Bulletin 72 (1969), 323-327.

    Off the diagonal, the row's value counts with its column total and the column's value with its row total.
    """
    total = 0.0
    for (first, second), count in cells.items():
        margins = (columns[first] + rows[second]) / n
        if first == second:
            total += count / n * ((1 - expected) - margins * (1 - observed)) ** 2
        else:
            total += count / n * (margins * (1 - observed)) ** 2
    total -= (observed * expected - 2 * expected + observed) ** 2
    # what is left of a difference that is nothing, in floating point, is no error
    return sqrt(total / n) / (1 - expected) ** 2 if total > _NOTHING else 0.0
