"""The body of a letter as lines of plain text: what an e-mail shows, and what a fixed-width page can hold."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, assert_never

from dsar.paper import markdown as md
from dsar.paper.text_table import table

if TYPE_CHECKING:
    from collections.abc import Sequence


def lay_out(blocks: Sequence[md.Block], width: int) -> list[str]:
    """The blocks as lines of at most `width` columns, a blank line between them.

    Only a word longer than that sticks out, so that an address of the web stays whole.
    """
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        lines += _block(block, width)
    return lines


def fold(text: str, width: int) -> list[str]:
    """`text` as lines of at most `width` columns; its own line ends stay. An empty text is one empty line."""
    return [line for piece in text.split("\n") for line in _fold(piece, width)]


def _fold(line: str, width: int) -> list[str]:
    return wrap(line, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]


def _block(block: md.Block, width: int) -> list[str]:
    match block:
        case md.Paragraph(parts=parts):
            return fold(words(parts), width)
        case md.Heading(level=level, parts=parts):
            title = fold(words(parts), width)
            return [*title, ("=" if level == 1 else "-") * max(map(len, title))]
        case md.Listing():
            return _listing(block, width)
        case md.Quote(blocks=inside):
            return [f"> {line}".rstrip() for line in lay_out(inside, width - 2)]
        case md.Table():
            return table(
                [words(head) for head in block.heads],
                [[words(cell) for cell in row] for row in block.rows],
                block.aligns,
                width,
            )
        case md.Code(text=text):
            return [f"    {line}".rstrip() for line in text.split("\n")]
        case md.Rule():
            return ["-" * width]
        case _:
            assert_never(block)


def _listing(block: md.Listing, width: int) -> list[str]:
    marks = ["-"] * len(block.items)
    if block.start is not None:
        marks = [f"{number}{block.mark}" for number in range(block.start, block.start + len(block.items))]
    indent = max(map(len, marks), default=0) + 1
    lines: list[str] = []
    for mark, item in zip(marks, block.items, strict=True):
        if lines and not block.tight:
            lines.append("")
        inner = _item(item, width - indent, tight=block.tight) or [""]
        lines.append(f"{mark.rjust(indent - 1)} {inner[0]}".rstrip())
        lines += [" " * indent + line if line else "" for line in inner[1:]]
    return lines


def _item(blocks: Sequence[md.Block], width: int, *, tight: bool) -> list[str]:
    if not tight:
        return lay_out(blocks, width)
    return [line for block in blocks for line in _block(block, width)]


def words(parts: Sequence[md.Inline]) -> str:
    """Inline parts as plain words; a link that does not show its address has it after it, in angle brackets."""
    return "".join(_words(part) for part in parts)


def _words(part: md.Inline) -> str:
    match part:
        case md.Text(text=text):
            return text
        case md.Emphasis(parts=parts):
            return words(parts)
        case md.Link(parts=parts, url=url):
            return words(parts) if part.bare else f"{words(parts)} <{url}>"
        case md.Break():
            return "\n"
        case _:
            assert_never(part)
