"""On which page everything stands, before anything is laid out: the front, the notes of the parts, the pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.place import Layer

_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A piece and the layer of its pages."""

    piece: Piece
    layer: Layer

    @property
    def pages(self) -> int:
        """How many it has: every piece has one at least."""
        return len(self.layer.flipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Pages in a row, `first` counted from 1 in the whole dossier."""

    first: int
    pages: int

    @property
    def last(self) -> int:
        """The last of them."""
        return self.first + self.pages - 1

    @property
    def range(self) -> range:
        """Their indices, counted from 0."""
        return range(self.first - 1, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the dossier, `number` from 1: its pages, where its note stands, and the pieces in it.

    The first part opens with the front of the dossier, which holds its note; the others open with theirs.
    """

    number: int
    span: Span
    note: Span | None
    pieces: tuple[Bound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`front` pages without exhibits; then the `parts`, one if the dossier is not split; `spans` by number of piece.

    `roman`: the front has numerals of its own, and what follows it begins on page 1.
    """

    front: int
    parts: tuple[Part, ...]
    spans: dict[str, Span]
    roman: bool = False

    @property
    def total(self) -> int:
        """How many pages the dossier has."""
        return self.parts[-1].span.last

    @property
    def last(self) -> str:
        """The number of the last page, as printed."""
        return self.label(self.total)

    def label(self, page: int) -> str:
        """The number that is printed on a page, and that a viewer shows: `7`, or `iv` in a front with numerals."""
        if not self.roman:
            return str(page)
        return numerals(page) if page <= self.front else str(page - self.front)

    def words(self, span: Span) -> str:
        """Pages in a row as printed: `7` or `7–9`."""
        first, last = self.label(span.first), self.label(span.last)
        return first if first == last else f"{first}–{last}"

    @property
    def pieces(self) -> tuple[Bound, ...]:
        """All of them, in their order."""
        return tuple(one for part in self.parts for one in part.pieces)


def plan(front: int, groups: Sequence[Sequence[Bound]], *, note: int, roman: bool = False) -> Plan:
    """Number the pages: `front`, then each group of pieces, which from the second on begins with a note."""
    parts: list[Part] = []
    spans: dict[str, Span] = {}
    page = 1
    for number, group in enumerate(groups, start=1):
        opening = Span(first=page, pages=front if number == 1 else note)
        page += opening.pages
        for one in group:
            spans[one.piece.number] = Span(first=page, pages=one.pages)
            page += one.pages
        parts.append(
            Part(
                number=number,
                span=Span(first=opening.first, pages=page - opening.first),
                note=None if number == 1 else opening,
                pieces=tuple(group),
            )
        )
    return Plan(front=front, parts=tuple(parts), spans=spans, roman=roman)


def numerals(number: int) -> str:
    """A number from 1 in small Roman numerals, as viewers write them (ISO 32000-1, 12.4.2)."""
    found = ""
    for value, letters in _NUMERALS:
        found += letters * (number // value)
        number %= value
    return found
