"""Keys as they are pressed: each by its name, none of them echoed, none lost between two."""

from __future__ import annotations

import os
import select
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left", "Z": "back-tab"}
_NAMED = {
    "\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\b": "backspace", "\x04": "end", "\x15": "clear",
}  # fmt: skip
_ALONE = 0.05
"""Seconds after which an Escape was the key, and not the beginning of an arrow."""
_LAST_OF_SEQUENCE = 0x40
"""ECMA-48: what comes before the last byte of a sequence, its parameters, lies below."""
_LEAD_BYTES = ((0xF0, 3), (0xE0, 2), (0xC0, 1))


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """A function that waits for the next key. `end` is the end of input; Ctrl-C is KeyboardInterrupt, as everywhere.

    The terminal is asked once for all keys, and not for each: what is typed between two is kept.
    """
    try:
        import termios  # noqa: PLC0415 - no such module on Windows
        import tty  # noqa: PLC0415 - as above
    except ImportError:
        yield _getchar
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield lambda: _key(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _getchar() -> str:
    import typer  # noqa: PLC0415 - only where the terminal has no modes

    char = typer.getchar()
    if char == "\x03":
        raise KeyboardInterrupt
    return _NAMED.get(char, char if char.isprintable() else "")


def _key(descriptor: int) -> str:
    first = os.read(descriptor, 1)
    if not first:
        return "end"
    if first == b"\x1b":
        return _sequence(descriptor)
    missing = next((count for lead, count in _LEAD_BYTES if first[0] >= lead), 0)
    for _ in range(missing):
        first += os.read(descriptor, 1)
    char = first.decode(errors="replace")
    return _NAMED.get(char, char if char.isprintable() else "")


def _sequence(descriptor: int) -> str:
    """An arrow or another key that sends several bytes; an Escape that stands alone."""
    if not select.select([descriptor], [], [], _ALONE)[0]:
        return "escape"
    if os.read(descriptor, 1) not in {b"[", b"O"}:
        return ""
    while True:
        last = os.read(descriptor, 1)
        if not last or last[0] >= _LAST_OF_SEQUENCE:
            return _ARROWS.get(last.decode("latin-1"), "")
