"""The ZIP, written once from front to end; and files that are whole or not there."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO, Self

from dsar.paper.dossier.store import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import IO, Any

# From here on a ZIP needs its 64-bit form, which must be said before the first byte is written.
_LARGE = 1 << 30
_BUFFER = 1 << 20


class _Entry(io.RawIOBase):
    """A file of the ZIP while it is written: hashed on the way, and written to a second file where one is given."""

    def __init__(self, target: IO[bytes], beside: BinaryIO | None) -> None:
        self._target, self._beside = target, beside
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    @property
    def sha256(self) -> str:
        """The hash of what was written."""
        return self._digest.hexdigest()

    def write(self, data: Any) -> int:  # noqa: ANN401 - a readable buffer has no class before Python 3.12
        self._digest.update(data)
        self._target.write(data)
        if self._beside is not None:
            self._beside.write(data)
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size


class Packer:
    """A ZIP with files in the order in which they were added, all dated `on`.

    Stored, not packed, so that no library's version shows, and so that a file can be read where it lies: nothing is
    written twice. `files` are those that are whole, by their names.
    """

    def __init__(self, into: Path, on: date) -> None:
        """Begin the ZIP at `into`."""
        self.path = into
        self.files: dict[str, Kept] = {}
        # The ZIP format counts years from 1980.
        self._moment = (max(on.year, 1980), on.month, on.day, 0, 0, 0)
        self._stream = into.open("w+b")
        self._archive = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> Self:
        """The ZIP is whole at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the ZIP and close it."""
        with self._stream:
            self._archive.close()

    @contextmanager
    def entry(self, name: str, *, about: int = 0, beside: Path | None = None) -> Iterator[BinaryIO]:
        """Write the file `name`, of `about` so many bytes as far as is known, and the same bytes to `beside`."""
        info = zipfile.ZipInfo(name, date_time=self._moment)
        # As if made on Unix, readable by all: the machine that made it leaves no trace.
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        with ExitStack() as stack:
            target = stack.enter_context(self._archive.open(info, "w", force_zip64=about >= _LARGE))
            start = self._stream.tell()
            made = _Entry(target, stack.enter_context(beside.open("wb")) if beside is not None else None)
            # pages are written in a few kilobytes at a time
            yield stack.enter_context(io.BufferedWriter(made, _BUFFER))
        self._stream.flush()
        self.files[name] = Kept(path=self.path, offset=start, size=made.size, sha256=made.sha256)

    def add(self, name: str, chunks: Iterable[bytes], *, about: int = 0) -> Kept:
        """Write the file `name` and give it back, to be read where it lies."""
        with self.entry(name, about=about) as entry:
            for chunk in chunks:
                entry.write(chunk)
        return self.files[name]


def deliver(named: Mapping[Path, Path]) -> None:
    """Give files that are whole their final names; `named` maps these to where the files are, on the same disk.

    Nothing is forced onto the disk: a dossier that a power cut takes is built again from the vault.

    Raises:
        OSError: a name is taken by a folder. Nothing under one of the names is half then: it is as it was, or new.
    """
    for final in named:
        if final.is_dir():
            raise IsADirectoryError(21, os.strerror(21), str(final))
    mask = os.umask(0)
    os.umask(mask)
    for final, ready in named.items():
        ready.chmod(0o666 & ~mask)
        ready.replace(final)
