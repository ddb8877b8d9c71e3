"""A cell of a table that others open: in a spreadsheet program, a text that begins like a formula would be run."""

from __future__ import annotations

import unicodedata

STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a spreadsheet program reads as the beginning of a formula, in both widths."""


def cell(text: str) -> str:
    """The text as it may stand in a cell: never a formula, and without characters that steer what shows it.

    A line stays one line; what would begin a formula (`=`, `+`, `-`, `@`, also behind blanks) gets an apostrophe in
    front, which spreadsheet programs do not show. Give numbers as numbers: they are not for this function.
    """
    flat = "".join(" " if char in "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029" else char for char in text)
    clean = "".join(char for char in flat if unicodedata.category(char) not in {"Cc", "Cs"} and char not in _STEERING)
    return f"'{clean}" if clean.lstrip().startswith(tuple(STARTS)) else clean


# marks that reverse the direction of what follows: a name could be shown as another
_STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
