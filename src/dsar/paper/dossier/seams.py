"""Whether a ZIP is nothing but its files: no byte before, between or after them that no list names.

A ZIP is read from its end. What stands before its files, between them or after the end is not seen by who opens it: a
second document may be there, for another program to find.
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

# APPNOTE.TXT of the format, 4.3.7, 4.3.16, 4.3.14 and 4.3.15.
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_FULL = 0xFFFFFFFF
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
    start, stop = end
    at = 0
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset != at:
            yield f"{info.filename}: {abs(info.header_offset - at)} bytes before it belong to no file"
        stream.seek(info.header_offset)
        head = stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            yield f"{info.filename}: there is no file where the archive says that it begins"
            return
        *_, name, extra = _LOCAL.unpack(head)
        if stream.read(name) != info.orig_filename.encode(_coding(info)):
            yield f"{info.filename}: has another name in front of it than in the list of the archive"
        if info.flag_bits & _STREAMED:
            yield f"{info.filename}: its size is not written in front of it"
            return
        at = info.header_offset + _LOCAL.size + name + extra + info.compress_size
    if at != start:
        yield f"{abs(start - at)} bytes after the last file belong to none"
    if stop != size:
        yield f"{abs(size - stop)} bytes of the list of files belong to none"


def _coding(info: zipfile.ZipInfo) -> str:
    return "utf-8" if info.flag_bits & 0x800 else "cp437"


def _end(stream: IO[bytes], size: int) -> tuple[int, int] | None:
    """Where the list of files begins, and where the whole ends if that list is all there is; None if it has no end."""
    if size < _END.size:
        return None
    stream.seek(size - _END.size)
    magic, *_, length, start, comment = _END.unpack(stream.read(_END.size))
    if magic != b"PK\x05\x06" or comment:
        return None
    if start != _FULL:
        return start, start + length + _END.size
    stream.seek(size - _END.size - _LOCATOR.size)
    magic, _, at, _ = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    stream.seek(at)
    *_, length, start = _END_64.unpack(stream.read(_END_64.size))
    return start, start + length + _END_64.size + _LOCATOR.size + _END.size
