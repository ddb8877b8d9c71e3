"""A folder as one ZIP archive, in a stream: the same files give the same bytes, and nothing is written to a disk."""

from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1024 * 1024
_THEN = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can name: when a file was copied proves nothing
_FILE = 0o100644 << 16


class _Pipe(io.RawIOBase):
    """What was written to it is taken out again piece by piece; it cannot be sought in, as ZIP allows."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # typeshed names a private alias
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data, self._held = b"".join(self._held), []
        return data


class _Stream(io.RawIOBase):
    """An iterator of bytes as a file to read from."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # as above
        while not self._rest:
            following = next(self._parts, None)
            if following is None:
                return 0
            self._rest = following
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def packed(folder: Path) -> io.BufferedReader:
    """The files in a folder and below it as a ZIP archive, in the order of their names; links are left out."""
    return io.BufferedReader(_Stream(_parts(folder)), _CHUNK)


def _parts(folder: Path) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for path in files(folder):
            name = path.relative_to(folder).as_posix()
            info = zipfile.ZipInfo(os.fsencode(name).decode("utf-8", "replace"), _THEN)
            info.external_attr = _FILE
            with archive.open(info, "w", force_zip64=True) as member, path.open("rb") as stream:
                while data := stream.read(_CHUNK):
                    member.write(data)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below it, in the order of their names; links are not followed."""
    for entry in sorted(folder.iterdir(), key=lambda one: os.fsencode(one.name)):
        if entry.is_symlink():
            continue
        if entry.is_dir():
            yield from files(entry)
        elif entry.is_file():
            yield entry
