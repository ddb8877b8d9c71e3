"""Values from outside become plain words: no control or bidirectional characters, no markup, no second line."""

from __future__ import annotations

import re
import unicodedata

# Zero-width joiner and non-joiner belong to the spelling of names in several scripts; other format characters
# (bidirectional overrides, byte-order marks, soft hyphens) only change how a line looks.
_JOINERS = frozenset("\u200c\u200d")
_BREAKS = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# CommonMark 0.31 section 2.4: a backslash before ASCII punctuation makes it literal.
_INLINE = re.compile(r"([\\`*_\[\]<|~{}#]|&(?=[#\w]))")
_BLOCK_MARK = re.compile(r"^([-+=>])")
# CommonMark 0.31 section 5.2: a list marker is followed by a space; a no-break space ("5. März") makes no list.
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?= |$)")


class Markdown(str):
    """Text that is Markdown already, made by this package from escaped values."""

    __slots__ = ()


def clean(text: str) -> str:
    """One line of printable text: line breaks become spaces; control, format and surrogate characters go."""
    # `isprintable` is stricter than `_printable`, and looks at a whole text at once
    kept = text if text.isprintable() else "".join(sign for sign in text if _printable(sign) or _BREAKS.match(sign))
    return _BREAKS.sub(" ", kept).strip(" ")


def clean_body(text: str) -> str:
    """As `clean`, for text of several lines that is Markdown already."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(s for s in line.replace("\t", "    ") if _printable(s)).rstrip(" ") for line in lines)


def escape(text: str) -> Markdown:
    """`text`, cleaned, as Markdown that shows exactly these characters, wherever in a line it is put."""
    line = _INLINE.sub(r"\\\1", clean(text))
    line = _BLOCK_MARK.sub(r"\\\1", line)
    return Markdown(_LIST_NUMBER.sub(r"\1\\\2", line))


def _printable(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
