"""Private files beside the vault: mode 0600 from birth, whole or not there, never over another file."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from dsar.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OccupiedError(StateError):
    """A file is in the way; nothing is ever overwritten."""

    sentence = "There is already a file {path}: choose another name, or move that file away."


def create_private(path: Path, content: bytes = b"") -> None:
    """Make a new file that only its owner may read, whatever the umask; OccupiedError if something is there."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise OccupiedError(path=path) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """A name in the same folder for a vault in the making; what SQLite leaves under it is removed in the end."""
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        yield temporary
    finally:
        for name in (temporary.name, f"{temporary.name}-wal", f"{temporary.name}-shm"):
            temporary.with_name(name).unlink(missing_ok=True)


def place(temporary: Path, path: Path) -> None:
    """Give a finished file its name, at once and durably; OccupiedError if the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise OccupiedError(path=path) from None
    except OSError:
        # FAT has no links, and a backup may go to a stick: there the look and the renaming are two steps.
        if path.exists():
            raise OccupiedError(path=path) from None
        temporary.rename(path)
    else:
        temporary.unlink()
    _settle(path.parent)


def replace_private(path: Path, content: bytes) -> None:
    """Replace a small file so that a reader, or a power cut, meets the old one or the new one."""
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        create_private(temporary, content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _settle(path.parent)


def size(path: Path) -> int:
    """Bytes on disk of a vault in use: the file and its write-ahead log."""
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _settle(folder: Path) -> None:
    """Write the folder's own entries to the disk; Windows does so by itself and cannot open a folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
