"""The key file: the raw key in hex, for timers and scripts. Whoever reads it reads the vault, so only its owner may."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dsar.errors import LockedError
from dsar.vault import files

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32


class NoKeyFileError(LockedError):
    """Nothing to read there."""

    sentence = "The key file cannot be read: check --key-file or DSAR_KEY_FILE."


class OpenKeyFileError(LockedError):
    """Others may read it."""

    sentence = (
        "The key file is open to other users: make it private with `chmod 600`, and make sure that nobody took it."
    )


class BadKeyFileError(LockedError):
    """Not 64 hex digits."""

    sentence = "The key file does not hold a key: check --key-file or DSAR_KEY_FILE."


def read(path: Path) -> bytes:
    """The key; a LockedError if the file is missing, open to others, or something else."""
    try:
        with path.open("rb") as file:
            status, content = os.fstat(file.fileno()), file.read(1024)
    except OSError:
        raise NoKeyFileError from None
    # Windows has no such bits: there the folder of the user protects.
    if os.name == "posix" and status.st_mode & 0o077:
        raise OpenKeyFileError
    return _key(content)


def write(path: Path, key: bytes) -> None:
    """Make the file, with mode 0600; OccupiedError if something is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.create_private(path, f"{key.hex()}\n".encode("ascii"))


def _key(content: bytes) -> bytes:
    try:
        key = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        raise BadKeyFileError from None
    if len(key) != KEY_BYTES:
        raise BadKeyFileError
    return key
