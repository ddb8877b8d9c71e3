"""What a study found: numbers with what they are a share of, ready for a table, a chart, a CSV or JSON.

A number that must not be shown (`ledger`) is None, and says so; nothing stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many; None if it must not be shown."""

    k: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`k` of `n`, with the bounds of Wilson's interval; all None if `k` must not be shown, or there is nothing (n = 0).

    `low` and `high` are shares between 0 and 1, at 95 per cent.
    """

    k: int | None
    n: int | None
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The share itself, between 0 and 1."""
        return self.k / self.n if self.k is not None and self.n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A share read from a curve, with its band; None where the curve does not reach, or may not be shown."""

    value: float | None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of days, messages or minutes; None if nothing was measured, not reached, or may not be shown."""

    value: float | None
    hidden: bool = False
    reached: bool = True


Value = Count | Share | Chance | Amount | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table: a key for programs, a label for people, and the values under the heads."""

    key: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A statistic. `keys` name the columns for programs, `heads` for people (the first is that of the labels).

    `of` says in words what the figures are a share of, `search` what stands on the field that narrows the rows.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    of: str = ""
    search: str = ""

    def value(self, key: str, column: str) -> Value | None:
        """One value, or None if there is no such row."""
        at = self.keys.index(column)
        return next((line.values[at] for line in self.lines if line.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart in both its forms: `svg` as a file of its own, `png` the same as dots. `table` has its figures."""

    id: str
    title: str
    alt: str
    table: str
    svg: str = ""
    png: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the fourteen statistics, or what stands beside them."""

    id: str
    title: str
    said: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
