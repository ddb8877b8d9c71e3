"""Characters on paper: what cannot be printed faithfully is printed as its name, `[U+1F600]`, never left out.

Three kinds of character are named instead of printed:

- control characters, and format characters that change how their neighbours are read (a right-to-left override makes
  a program's name end in what looks like `.pdf`): always;
- characters without a meaning of their own in Unicode (surrogates, private use, unassigned): always;
- characters that no font inside typst has (emoji, Chinese, Japanese, Korean …): when typst reports them.

Neighbouring ones share a bracket, `[U+6F22 U+5B57]`, so that a long run still breaks into lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

# Format characters that only join, separate or hint, as ordinary Persian, Hebrew or German text has them.
_HARMLESS = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
_LINE_END = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_USUAL = re.compile(r"[\n\x20-\x7e\xa0-\xac\xae-\u02ff]*")
_REPORTED = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def printable(value: object) -> object:
    """`value` with the first two kinds of character named in each of its strings; every line end becomes a newline."""
    return _in_strings(value, visible)


def with_placeholders(value: object, lacking: frozenset[str]) -> object:
    """`value` with the characters of `lacking` named in each of its strings."""
    if not lacking:
        return value
    # an emoji is often several characters held together by joiners, which say nothing once the emoji is gone
    one = "[" + re.escape("".join(sorted(lacking))) + "]"
    run = re.compile(f"{one}(?:[\u200d\ufe0e\ufe0f]*{one})*[\u200d\ufe0e\ufe0f]*")
    return _in_strings(value, lambda text: run.sub(lambda match: _named(match[0], lacking), text))


def missing_in(diagnostic: str) -> frozenset[str]:
    """The characters that typst, in the words of its error, could not print.

    A letter with its marks is reported as one piece of text: then one mark is held responsible, the rarest first, for
    the letter and its other marks may well have glyphs. Ask again once that one is gone.
    """
    found: set[str] = set()
    for reported in _REPORTED.findall(diagnostic):
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), reported)
        marks = {char for char in text if unicodedata.category(char).startswith("M")}
        found |= {max(marks)} if marks else {char for char in text if not char.isascii()}
    return frozenset(found)


def _in_strings(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {key: _in_strings(inner, change) for key, inner in value.items()}
        case list() | tuple():
            return [_in_strings(inner, change) for inner in value]
        case _:
            return value


def visible(text: str) -> str:
    """`text` with what no page or terminal should obey named, and every line end a newline."""
    if _USUAL.fullmatch(text):
        return text
    # a letter and its accent as one character, where there is one: fonts have a glyph for it
    lines = unicodedata.normalize("NFC", _LINE_END.sub("\n", text).replace("\t", "    "))
    odd = frozenset(char for char in set(lines) if _unprintable(char))
    named = with_placeholders(lines, odd)
    return str(named)


def _unprintable(char: str) -> bool:
    category = unicodedata.category(char)
    return category.startswith("C") and char != "\n" and char not in _HARMLESS


def _named(run: str, lacking: frozenset[str]) -> str:
    return "[" + " ".join(f"U+{ord(char):04X}" for char in run if char in lacking) + "]"
