"""Stored bytes as a file that can be read from any place: what lies in an archive is looked at without a copy."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dsar.vault.evidence import CHUNK, NoEvidenceError

if TYPE_CHECKING:
    from dsar.vault.connection import Database

_BUFFER = 64 * 1024


class _Stored(io.RawIOBase):
    """The chunks of one piece of evidence, in a row."""

    def __init__(self, db: Database, blob: int, size: int) -> None:
        super().__init__()
        self._db, self._blob, self._size, self._at = db, blob, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._at = base + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed names a private alias
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, CHUNK)
        wanted = min(len(buffer), CHUNK - within)
        sql = "SELECT SUBSTR(data, ?, ?) FROM chunk WHERE blob = ? AND n = ?"
        row = self._db.one(sql, within + 1, wanted, self._blob, number + 1)
        data = bytes(row[0]) if row else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def opened(db: Database, sha256: str) -> io.BufferedReader:
    """The bytes of that hash as a file; NoEvidenceError if there are none. They are not checked against the hash."""
    found = db.one("SELECT blob, size FROM evidence WHERE sha256 = ?", sha256)
    if found is None:
        raise NoEvidenceError(sha256=sha256)
    return io.BufferedReader(_Stored(db, *found), _BUFFER)
