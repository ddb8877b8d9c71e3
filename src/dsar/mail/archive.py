"""What lies in an archive that came as an answer: names, sizes, kinds and hashes, read where it lies.

Nothing is unpacked to a disk, and no name in it is ever a path. Everything that an attacker can make large is bounded:
the number of members, their sizes, what unpacking them yields, archives in archives.
"""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

from dsar.core.zips import BROKEN
from dsar.mail.charset import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 100_000
MOST_BYTES = 16 * 1024**3
"""Unpacked bytes that are still read and hashed of an archive and all in it; a small one may yield far less."""
MOST_RATIO = 200
"""How many times larger than packed: texts reach fifty, a bomb a thousand."""
RATIO_FROM = 64 * 1024**2
MOST_NESTED = 256 * 1024**2
"""Bytes of an archive within an archive that is still opened: it has to be held in memory."""
DEEPEST = 3
_CHUNK = 1024 * 1024
_SNIFF = 4096
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive: `name` as it is written there (hostile), within the archives that hold it (`within`).

    `media` is what its first bytes say, `size` its unpacked bytes. `problem` says what is wrong, and why it may not
    have been read (then `sha256` is empty).
    """

    name: str
    size: int
    media: str = "application/octet-stream"
    sha256: str = ""
    within: tuple[str, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class _Left:
    """What an archive, together with all those in it, may still yield: a bomb in each of a thousand is one bomb."""

    size: int
    members: int


def members(stream: BinaryIO, *, within: tuple[str, ...] = ()) -> Iterator[Member]:
    """Every file in a ZIP archive, and in those that it holds; never raises on its bytes.

    An archive that cannot be opened is one member without a name, whose problem says why.
    """
    size = min(MOST_BYTES, max(RATIO_FROM, MOST_RATIO * stream.seek(0, io.SEEK_END)))
    return _members(stream, within, _Left(size, MOST_MEMBERS))


def _members(stream: BinaryIO, within: tuple[str, ...], left: _Left) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        yield Member(name="", size=0, within=within, problem=f"it is no ZIP archive that can be read ({_why(error)})")
        return
    with archive:
        listed = archive.infolist()
        seen: set[str] = set()
        for position, info in enumerate(listed):
            if not left.members:
                problem = f"{len(listed) - position} more were not looked at"
                yield Member(name="", size=0, within=within, problem=problem)
                return
            left.members -= 1
            if info.is_dir():
                continue
            odd = _odd(info, twice=info.filename in seen)
            seen.add(info.filename)
            member, inner = _read(archive, info, odd, within, left)
            yield member
            if inner is not None:
                yield from _members(inner, (*within, member.name), left)


def text_of(stream: BinaryIO, name: str, limit: int) -> bytes:
    """The first `limit` bytes of a member, by its name as the archive writes it; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(archive.getinfo(name)) as member:
            return member.read(limit)
    except BROKEN:
        return b""


def _read(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, odd: str, within: tuple[str, ...], left: _Left
) -> tuple[Member, BinaryIO | None]:
    """One member, and its bytes again if it is an archive that may be opened."""
    name = one_line(info.filename)
    refused = _refused(info, left.size)
    if refused:
        return Member(name=name, size=info.file_size, within=within, problem=_and(odd, refused)), None
    left.size -= info.file_size  # also where reading fails at its end
    try:
        with archive.open(info) as member:
            digest, size, head, kept = _hashed(member, info.file_size)
    except BROKEN as error:
        broken = f"it cannot be read ({_why(error)})"
        return Member(name=name, size=info.file_size, within=within, problem=_and(odd, broken)), None
    media = media_of(head, name)
    inner = io.BytesIO(kept) if media == "application/zip" and kept is not None else None
    if media == "application/zip" and (inner is None or len(within) + 1 >= DEEPEST):
        odd, inner = _and(odd, "an archive within it was not opened: it is too large or too deep"), None
    return Member(name=name, size=size, media=media, sha256=digest, within=within, problem=odd), inner


def _hashed(member: IO[bytes], size: int) -> tuple[str, int, bytes, bytes | None]:
    """The hash, the size, the first bytes, and all of it where it is small enough to be opened as an archive.

    The size is the one that was declared: more than that is never read, whatever the packed data would yield.
    """
    hasher, read, head = sha256(), 0, b""
    kept: list[bytes] | None = [] if size <= MOST_NESTED else None
    while data := member.read(_CHUNK):
        hasher.update(data)
        head = head or data[:_SNIFF]
        read += len(data)
        if kept is not None and head.startswith(b"PK\x03\x04"):
            kept.append(data)
    return hasher.hexdigest(), read, head, b"".join(kept) if kept else None


def _refused(info: zipfile.ZipInfo, left: int) -> str:
    """Why a member is not unpacked at all."""
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.file_size > max(RATIO_FROM, MOST_RATIO * max(1, info.compress_size)):
        return "it would be far larger than it is packed, as a bomb is"
    if info.file_size > left:
        return "the archive is larger than what is read of one"
    return ""


def _odd(info: zipfile.ZipInfo, *, twice: bool) -> str:
    """What is odd about a name; it is never used as one."""
    name = info.filename.replace("\\", "/")
    found = []
    if name.startswith("/") or name[1:2] == ":":
        found.append("its name is a path from the root")
    if ".." in name.split("/"):
        found.append("its name leads out of the archive")
    if one_line(info.filename) != info.filename or not info.filename.isprintable():
        found.append("its name holds marks that are not shown")
    if twice:
        found.append("another one has the same name")
    return "; ".join(found)


def media_of(head: bytes, name: str = "") -> str:
    """The media type of a file of an answer by its first bytes; which kind of text it is, its name may say."""
    for magic, media in _MAGIC:
        if head.startswith(magic):
            return media
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if b"\0" in head:
        return "application/octet-stream"
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith((b"{", b"[")):
        return "application/json"
    return _TEXTS.get(PurePosixPath(name.lower()).suffix, "text/plain")


_TEXTS = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".xml": "application/xml"}


_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)


def _and(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _why(error: Exception) -> str:
    return type(error).__name__
