"""A table in plain text: columns where the page is wide enough, else one `heading: cell` line after the other."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_NARROWEST = 8


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], aligns: Sequence[str], width: int) -> list[str]:
    """The table as lines of at most `width` columns. Each row has as many cells as there are heads."""
    if len(heads) * (_NARROWEST + _GAP) - _GAP > width:
        return _records(heads, rows)
    longest = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    widths = _shared(longest, width - _GAP * (len(heads) - 1))
    rule = (" " * _GAP).join("-" * size for size in widths)
    # a row that takes several lines is told from the next one by a blank line
    folded = [_row(row, widths, aligns) for row in rows]
    tall = any(len(lines) > 1 for lines in folded)
    body = [line for lines in folded for line in ([*lines, ""] if tall else lines)]
    return [*_row(heads, widths, aligns), rule, *(body[:-1] if tall else body)]


def _shared(longest: Sequence[int], room: int) -> list[int]:
    """Column widths that fit into `room`: each what it needs, the widest cut first."""
    widths = [max(size, 1) for size in longest]
    while sum(widths) > room:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[str]) -> list[str]:
    columns = [wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for pieces in zip_longest(*columns, fillvalue=""):
        placed = [_placed(*each) for each in zip(pieces, widths, aligns, strict=True)]
        lines.append((" " * _GAP).join(placed).rstrip())
    return lines


def _placed(text: str, size: int, align: str) -> str:
    return {"right": text.rjust, "center": text.center}.get(align, text.ljust)(size)


def _records(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for row in rows:
        if lines:
            lines.append("")
        lines += [f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell]
    return lines
