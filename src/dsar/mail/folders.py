"""The names of IMAP folders on the wire (RFC 3501, 5.1.3: modified UTF-7), and sets of message numbers."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING

from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHIFTED = re.compile(r"&([^-&]*)-")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+|&")


class BadFolderError(UsageError):
    """A name that no folder has."""

    sentence = "“{name}” cannot be the name of a folder: `dsar mail folders` lists them."


def to_wire(name: str) -> str:
    """A folder's name as a quoted string that can be nothing else: no command can hide in it.

    Raises:
        BadFolderError: it is empty or has control characters.
    """
    if not name or any(ord(char) < 0x20 or ord(char) == 0x7F for char in name):  # noqa: PLR2004 - the controls of ASCII
        raise BadFolderError(name="".join(char if char.isprintable() else "�" for char in name))
    plain = _UNPRINTABLE.sub(lambda found: _shifted(found[0]), name)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(text: str) -> str:
    if text == "&":
        return "&-"
    data = text.encode("utf-16-be", "surrogatepass")
    return "&" + binascii.b2a_base64(data, newline=False).decode().rstrip("=").replace("/", ",") + "-"


def from_wire(name: str) -> str:
    """The reverse; what is no modified UTF-7 stays as it stands."""

    def plain(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        padded = found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)
        try:
            return binascii.a2b_base64(padded).decode("utf-16-be")
        except (ValueError, UnicodeError):
            return found[0]

    return _SHIFTED.sub(plain, name)


def as_set(members: Iterable[int]) -> str:
    """Numbers as an IMAP sequence set: `1:3,7`; empty for none."""
    found: list[list[int]] = []
    for number in sorted(set(members)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in found)


def numbers(text: str) -> set[int]:
    """The numbers in a sequence set that `as_set` wrote."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition(":")
        found.update(range(int(first), int(last or first) + 1))
    return found
