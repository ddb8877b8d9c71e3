"""What reaches the terminal: plain text that cannot move the cursor, tables for people, JSON for scripts."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: object) -> str:
    """A text that stays text on a terminal: no escape sequences, no direction marks; line breaks stay."""
    return "".join(char if _harmless(char) else "�" for char in str(text))


def _harmless(char: str) -> bool:
    # French puts no-break spaces before its colons: they are spaces, though Python does not call them printable
    return char not in _BIDI and (char.isprintable() or char in "\n\u00a0\u202f")


def line(text: object) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(text).split())


def many(count: int, thing: str) -> str:
    """How many there are of a thing, whose plural ends in s: “1 seat”, “1,200 seats”."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def say(*texts: object) -> None:
    """Print lines on stdout."""
    for text in texts:
        typer.echo(clean(text))


def tell(*texts: object) -> None:
    """Print lines on stderr: warnings, and what is not the result."""
    for text in texts:
        typer.echo(clean(text), err=True)


def fail(sentence: str, code: int) -> int:
    """Print an error's one sentence; the exit code."""
    typer.echo(f"dsar: {line(sentence)}", err=True)
    return code


def emit(document: object) -> None:
    """One JSON document; what moves a terminal's cursor, turns its lines, or is no text, is spelled as JSON can."""
    typer.echo(_spelled(document))


def _spelled(document: object) -> str:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return re.sub(r"[^ -~\n]", lambda found: found[0] if _harmless(found[0]) else json.dumps(found[0])[1:-1], text)


def emit_each(rows: Iterable[object]) -> None:
    """A list as one JSON document, as `emit` writes it, row by row: fifty thousand are never in memory together."""
    begun = False
    for row in rows:
        text = "\n".join(f"  {part}" for part in _spelled(row).split("\n"))
        typer.echo(f"{',' if begun else '['}\n{text}", nl=False)
        begun = True
    typer.echo("\n]" if begun else "[]")


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout is not None and sys.stdout.isatty()


def can_ask() -> bool:
    """Whether somebody could answer a question."""
    # a stream that was closed before the program began is None
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def colour() -> bool:
    """Whether colour and boxes are wanted."""
    return on_terminal() and not os.environ.get("NO_COLOR")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table: framed on a terminal, plain columns in a pipe."""
    cells = [[line(cell) for cell in row] for row in rows]
    if colour():
        _rich_table(heads, cells)
        return
    widths = [max(len(str(row[k])) for row in [list(heads), *cells]) for k in range(len(heads))]
    for row in [list(heads), *cells]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _rich_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only for a person at a terminal
    from rich.markup import escape  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    shown = Table(*[escape(head) for head in heads], box=None, header_style="bold", pad_edge=False)
    for row in rows:
        shown.add_row(*[escape(cell) for cell in row])
    Console().print(shown)


def clear() -> None:
    """An empty screen, for a page that is shown in place of the last one."""
    if on_terminal():
        typer.echo("\033[2J\033[H", nl=False)


def heading(text: str) -> None:
    """A title above a part of a page."""
    typer.echo("")
    shown = line(text)
    typer.echo(typer.style(shown, bold=True) if colour() else shown)


def next_step(steps: Sequence[dict[str, Any]]) -> None:
    """End a command by naming the next one, and why."""
    if steps:
        say("", f"Next: {steps[0]['command']}", f"      {line(steps[0]['why'])}")
