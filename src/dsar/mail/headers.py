"""Headers of a mail as text. They come from anybody: each is decoded on its own and none can stop the others.

The `compat32` policy is used on purpose: the newer ones raise on malformed Message-IDs and unknown character sets.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import UTC
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring
from typing import TYPE_CHECKING

from dsar.mail.charset import decoded, one_line, raw_bytes

if TYPE_CHECKING:
    from email.message import Message as Part

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\n]*)\?=")
_IDENTIFIER = re.compile(r"<[^<>\s]+>")


def values(part: Part, name: str) -> list[str]:
    """Every header of that name as it stands, bytes beyond ASCII read as text, encoded words not yet."""
    wanted = name.lower()
    return [decoded(raw_bytes(str(value))) for key, value in part.raw_items() if key.lower() == wanted]


def first(part: Part, name: str) -> str:
    """The first header of that name as one line of text, or an empty string."""
    return next((one_line(words(value)) for value in values(part, name)), "")


def words(value: str) -> str:
    """`value` with its encoded words (RFC 2047) decoded; what is none stays as it stands."""
    text, pending, charset, end = "", b"", "", 0
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        name, how, body = match[1].lower(), match[2].lower(), match[3]
        # white space between two encoded words is no text; and a letter may be cut in two, half in each word
        if between.strip() or name != charset:
            text, pending = text + decoded(pending, charset), b""
        text += between if between.strip() or not end else ""
        pending, charset, end = pending + _bytes(how, body), name, match.end()
    return text + decoded(pending, charset) + value[end:]


def _bytes(how: str, body: str) -> bytes:
    data = raw_bytes(body)
    if how == "q":
        return decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except ValueError:
        return data


def addresses(part: Part, name: str) -> tuple[str, ...]:
    """The parties in every header of that name, as `Name <a@b>`; a list that cannot be taken apart stays one line."""
    found: list[str] = []
    for value in values(part, name):
        line = one_line(value)
        pairs = [(one_line(words(shown)), one_line(address)) for shown, address in _pairs(line) if shown or address]
        found += [_party(*pair) for pair in pairs] or ([one_line(words(line))] if line else [])
    return tuple(found)


def _pairs(line: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([line])
    except (ValueError, IndexError, TypeError, RecursionError):
        return []


def _party(name: str, address: str) -> str:
    if name and address:
        return f"{name} <{address}>"
    return name or address


def identifiers(part: Part, *names: str) -> tuple[str, ...]:
    """The message ids in the headers of these names, in that order, each once; a single odd one as it stands."""
    found = []
    for name in names:
        for value in values(part, name):
            line = one_line(value)
            found += _IDENTIFIER.findall(line) or ([line] if line else [])
    return tuple(dict.fromkeys(found))


def instant(date: str) -> str:
    """A Date header as ISO 8601 with offset, or empty if it names no instant.

    RFC 5322, 3.3: `-0000` says that the time is UTC and the local zone is not known.
    """
    try:
        at = parsedate_to_datetime(date)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""
