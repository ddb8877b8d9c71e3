"""A letter as plain text of 76 columns: the body of an e-mail, or a page for a fax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.paper.envelope import one_line, one_lines, recipient_lines, sender_lines
from dsar.paper.glyphs import visible
from dsar.paper.markdown import parse
from dsar.paper.text_blocks import fold, lay_out

if TYPE_CHECKING:
    from dsar.core.letter import Letter

WIDTH = 76


def render_text(letter: Letter) -> str:
    """The whole letter, ending in one newline, no line with spaces at its end.

    Control and direction-changing characters are named (`[U+001B]`), so that a terminal may show the text.
    """
    parts = [
        fold(one_line(letter.banner), WIDTH) if letter.banner else [],
        _narrow(sender_lines(letter)),
        _narrow(recipient_lines(letter)),
        _narrow(one_lines([letter.place_date])),
        _narrow(one_lines([letter.via])),
        _pairs([*letter.refs, (letter.label("subject"), letter.subject)]),
        lay_out(parse(letter.body), WIDTH),
        _narrow(one_lines(letter.signature)),
        _enclosures(letter),
    ]
    text = "\n\n".join("\n".join(lines) for lines in parts if lines)
    return "\n".join(line.rstrip() for line in visible(text).split("\n")) + "\n"


def _narrow(lines: list[str]) -> list[str]:
    return [piece for line in lines for piece in fold(line, WIDTH)]


def _pairs(pairs: list[tuple[str, str]]) -> list[str]:
    """Labels and values in two columns, which needs no colon: languages disagree on the space before it."""
    named = [(one_line(name), one_line(value)) for name, value in pairs]
    column = min(max(len(name) for name, _ in named), WIDTH // 3) + 2
    lines: list[str] = []
    for name, value in named:
        first, *rest = fold(value, WIDTH - column)
        lead = name.ljust(column) if len(name) < column else name + "  "
        lines += [lead + first, *(" " * column + line for line in rest)]
    return lines


def _enclosures(letter: Letter) -> list[str]:
    items = one_lines(letter.enclosures)
    if not items:
        return []
    lines = [letter.label("enclosures")]
    for number, item in enumerate(items, start=1):
        first, *rest = fold(item, WIDTH - 4)
        lines += [f"{number:>2}. {first}", *(f"    {line}" for line in rest)]
    return lines
