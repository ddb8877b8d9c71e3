"""Files while a dossier is bound: on disk in a private folder, never whole in memory, each with its hash."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes on disk: `size` of them in `path` from `offset` on, and their SHA-256."""

    path: Path
    size: int
    sha256: str
    offset: int = 0

    def open(self) -> io.RawIOBase:
        """They, to be read: anything else in the file is not seen."""
        return _Slice(self)

    def head(self, most: int) -> bytes:
        """The first `most` of them, or all."""
        with self.path.open("rb") as stream:
            stream.seek(self.offset)
            return stream.read(min(most, self.size))


class Store:
    """Takes in bytes as they come and keeps them under names of its own: none from outside ever becomes a path."""

    def __init__(self, folder: Path) -> None:
        """`folder` is private, and whoever made it takes it away."""
        self._folder = folder
        self._count = 0

    def place(self) -> Path:
        """A path that nothing stands at yet."""
        self._count += 1
        return self._folder / f"{self._count:06d}"

    def take(self, chunks: Iterable[bytes]) -> Kept:
        """Write the chunks one after the other."""
        path, digest, size = self.place(), hashlib.sha256(), 0
        with path.open("wb") as stream:
            for chunk in chunks:
                digest.update(chunk)
                size += stream.write(chunk)
        return Kept(path=path, size=size, sha256=digest.hexdigest())


class _Slice(io.RawIOBase):
    """A part of a file as if it were one."""

    def __init__(self, kept: Kept) -> None:
        self._stream = kept.path.open("rb", buffering=0)
        self._start, self._size, self._at = kept.offset, kept.size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer has no class before Python 3.12
        view = memoryview(buffer)[: max(0, self._size - self._at)]
        self._stream.seek(self._start + self._at)
        count = self._stream.readinto(view) or 0
        self._at += count
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()
