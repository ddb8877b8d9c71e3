"""Bytes of a mail as text: the character set it names, or the likeliest; never an error, never a control character."""

from __future__ import annotations

import codecs
import re

# Python has these as codecs, but no mail is written in them, and two take quadratic time on hostile input.
_NO_MAIL = frozenset({"idna", "punycode", "undefined", "raw-unicode-escape", "unicode-escape", "utf-7"})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_SPACE = re.compile("[\t\n ]+")


def decoded(data: bytes, charset: str = "") -> str:
    """`data` as text: in `charset`, else UTF-8, else Windows-1252 with a mark for each byte that it lacks."""
    for name in (charset.strip("\"' "), "utf-8"):
        try:
            if name and codecs.lookup(name).name not in _NO_MAIL:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def clean(text: str) -> str:
    """`text` with newlines as its only line ends, and no control character but these and tabs."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """`text` without control characters, each run of spaces and line ends one space."""
    return _SPACE.sub(" ", clean(text)).strip(" ")


def raw_bytes(text: str) -> bytes:
    """The bytes that the parser of the standard library keeps in `text` (those beyond ASCII as surrogates)."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as some character sets can spell it
        return text.encode("utf-8", "replace")
