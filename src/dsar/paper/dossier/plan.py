"""On which page everything stands, before anything is laid out: the front, the notes of the parts, the pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.place import Layer


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

    def words(self) -> str:
        """As printed: `7` or `7–9`."""
        return str(self.first) if self.pages == 1 else f"{self.first}–{self.last}"


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
    """`front` pages without exhibits; then the `parts`, one if the dossier is not split; `spans` by number of piece."""

    front: int
    parts: tuple[Part, ...]
    spans: dict[str, Span]

    @property
    def total(self) -> int:
        """How many pages the dossier has."""
        return self.parts[-1].span.last

    @property
    def pieces(self) -> tuple[Bound, ...]:
        """All of them, in their order."""
        return tuple(one for part in self.parts for one in part.pieces)


def plan(front: int, groups: Sequence[Sequence[Bound]], *, note: int) -> Plan:
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
    return Plan(front=front, parts=tuple(parts), spans=spans)
