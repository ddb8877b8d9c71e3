"""Where messages lie: a mail, a mailbox file, a Maildir, a folder of files. Nothing in them is changed or followed out.

Messages are handed over one by one, as streams, so that a mailbox of several GB costs no memory.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal["file", "mbox", "maildir", "folder"]

_MAILDIR = ("cur", "new")
_LONGEST = 256 * 1024 * 1024
"""Bytes of one message in a mailbox file that are still kept in memory: no mail server takes more."""
_FROM = b"From "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One message or file: the name it goes by, where it lies (`place`), and how to open it."""

    name: str
    place: str
    data: bytes | None = None
    path: Path | None = None

    def open(self) -> BinaryIO:
        """The bytes, from the beginning."""
        if self.path is not None:
            return self.path.open("rb")
        return io.BytesIO(self.data or b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Something that was not taken, and why."""

    place: str
    why: str


def kind_of(path: Path) -> Kind:
    """What lies at a path: a Maildir has `cur` and `new`; an mbox file begins with a `From ` line."""
    if path.is_dir():
        return "maildir" if all((path / name).is_dir() for name in _MAILDIR) else "folder"
    with path.open("rb") as stream:
        return "mbox" if stream.read(len(_FROM)) == _FROM else "file"


def pieces(path: Path) -> Iterator[Piece | Passed]:
    """Everything at a path, in the order of names; in a folder, whatever lies below it too.

    Links are not followed, and what begins with a dot is not looked at: both are said.
    """
    match kind_of(path):
        case "mbox":
            yield from _mbox(path)
        case "maildir":
            yield from _maildir(path)
        case "folder":
            yield from _folder(path)
        case "file":
            yield Piece(name=path.name, place=str(path), path=path)


def _folder(path: Path) -> Iterator[Piece | Passed]:
    for entry in sorted(path.iterdir(), key=lambda one: os.fsencode(one.name)):
        if entry.is_symlink():
            yield Passed(place=str(entry), why="it is a link")
        elif entry.name.startswith((".", "~$")):
            yield Passed(place=str(entry), why="it is hidden, or a lock of another program")
        elif entry.is_dir() or entry.is_file():
            yield from pieces(entry)
        else:
            yield Passed(place=str(entry), why="it is neither a file nor a folder")


def _maildir(path: Path) -> Iterator[Piece | Passed]:
    for box in _MAILDIR:
        for entry in sorted((path / box).iterdir(), key=lambda one: os.fsencode(one.name)):
            if entry.is_symlink() or not entry.is_file():
                yield Passed(place=str(entry), why="it is no file of a Maildir")
            else:
                # the name ends in flags (":2,S"), which change while the message stays
                yield Piece(name=f"{entry.name.partition(':')[0]}.eml", place=str(entry), path=entry)
    for entry in sorted(path.iterdir(), key=lambda one: os.fsencode(one.name)):
        # Maildir++: subfolders begin with a dot
        if entry.name not in {*_MAILDIR, "tmp"} and entry.is_dir() and not entry.is_symlink():
            yield from pieces(entry)


def _mbox(path: Path) -> Iterator[Piece | Passed]:
    """The messages of an mbox file, as Python's `mailbox` tells them apart: a `From ` line after an empty one."""
    with path.open("rb") as stream:
        number = 0
        for number, data in enumerate(_messages(stream), start=1):
            place = f"{path}#{number}"
            if data is None:
                yield Passed(place=place, why="it is longer than any mail can be")
            else:
                yield Piece(name=f"{path.stem}-{number}.eml", place=place, data=data)


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    lines: list[bytes] = []
    size, empty = -1, True
    for line in stream:
        if empty and line.startswith(_FROM):
            if size >= 0:
                yield _joined(lines, size)
            lines, size = [], 0
        elif size >= 0:
            size += len(line)
            if size <= _LONGEST:
                lines.append(line)
        empty = line in {b"\n", b"\r\n"}
    if size >= 0:
        yield _joined(lines, size)


def _joined(lines: list[bytes], size: int) -> bytes | None:
    """One message without the empty line that parts it from the next; None if it was cut short."""
    if size > _LONGEST:
        return None
    if lines and lines[-1] in {b"\n", b"\r\n"}:
        lines.pop()
    return b"".join(lines)
