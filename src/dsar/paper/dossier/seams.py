"""Whether a ZIP is nothing but its files: no byte before, between or after them that no list names.

A ZIP is read from its end. What stands before its files, between them or after the end is not seen by who opens it: a
second document may be there, for another program to find.
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

# APPNOTE.TXT of the format, 4.3.7, 4.3.16, 4.3.14 and 4.3.15.
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_FIELD = struct.Struct("<2H")
_FULL, _FULL_16 = 0xFFFFFFFF, 0xFFFF
# Two sizes, a place and a disk are all that this field may hold.
_SIZES_64, _MOST_SIZES_64 = 0x0001, 28
# A file whose size is written after it: none of ours is, and what follows it cannot be told from what it is.
_STREAMED = 0x8


def seams(archive: zipfile.ZipFile, stream: IO[bytes]) -> Iterator[str]:
    """What does not belong there, in sentences; `stream` is the file that `archive` reads."""
    size = stream.seek(0, 2)
    if archive.comment:
        yield f"the archive ends with a comment of {len(archive.comment)} bytes that no list names"
    end = _end(stream, size)
    if end is None:
        yield "there are bytes after the end of the archive"
        return
    if end.files not in {len(archive.infolist()), _FULL_16}:
        yield f"the archive says that it has {end.files} files, and lists {len(archive.infolist())}"
    at = 0
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset != at:
            yield f"{info.filename}: {abs(info.header_offset - at)} bytes before it belong to no file"
        if info.header_offset < 0:
            return
        stream.seek(info.header_offset)
        head = stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            yield f"{info.filename}: there is no file where the archive says that it begins"
            return
        _, _, flags, how, _, _, crc, packed, whole, name, extra = _LOCAL.unpack(head)
        if stream.read(name) != info.orig_filename.encode(_coding(info)):
            yield f"{info.filename}: has another name in front of it than in the list of the archive"
        if info.flag_bits & _STREAMED:
            yield f"{info.filename}: its size is not written in front of it"
            return
        if (flags, how, crc) != (info.flag_bits, info.compress_type, info.CRC) or not (
            packed in {info.compress_size, _FULL} and whole in {info.file_size, _FULL}
        ):
            yield f"{info.filename}: what is written in front of it is not what the list of the archive says of it"
        if _strange(stream.read(extra)) or _strange(info.extra) or info.comment:
            yield f"{info.filename}: carries bytes beside its content that no list names"
        at = info.header_offset + _LOCAL.size + name + extra + info.compress_size
    if at != end.start:
        yield f"{abs(end.start - at)} bytes after the last file belong to none"
    if end.stop != size:
        yield f"{abs(size - end.stop)} bytes of the list of files belong to none"


def _strange(extra: bytes) -> bool:
    """Whether a field beside a file is any other than its sizes in 64 bits (APPNOTE.TXT, 4.5.3)."""
    while extra:
        if len(extra) < _FIELD.size:
            return True
        kind, length = _FIELD.unpack_from(extra)
        if kind != _SIZES_64 or length > _MOST_SIZES_64:
            return True
        extra = extra[_FIELD.size + length :]
    return False


def _coding(info: zipfile.ZipInfo) -> str:
    return "utf-8" if info.flag_bits & 0x800 else "cp437"


class _End(NamedTuple):
    """Where the list of files begins, where the whole ends if that list is all there is, and how many it has."""

    start: int
    stop: int
    files: int


def _end(stream: IO[bytes], size: int) -> _End | None:
    """What the end of the archive says of it; None if it has no end."""
    if size < _END.size:
        return None
    stream.seek(size - _END.size)
    magic, _, _, _, files, length, start, comment = _END.unpack(stream.read(_END.size))
    if magic != b"PK\x05\x06" or comment:
        return None
    if start != _FULL:
        return _End(start, start + length + _END.size, files)
    stream.seek(size - _END.size - _LOCATOR.size)
    magic, _, at, _ = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if magic != b"PK\x06\x07" or at > size:
        return None
    stream.seek(at)
    *_, files, length, start = _END_64.unpack(stream.read(_END_64.size))
    return _End(start, start + length + _END_64.size + _LOCATOR.size + _END.size, files)
