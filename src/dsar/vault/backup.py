"""Backups of a vault in use, and the way back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from dsar.errors import InputError, LockedError, NotFoundError
from dsar.vault import files, identity, keys, schema, slotfile
from dsar.vault.connection import Database
from dsar.vault.keys import KeyFileSlot, KeySource
from dsar.vault.mounts import refuse_network
from dsar.vault.slotfile import SlotFile
from dsar.vault.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


class NoBackupError(NotFoundError):
    """Nothing to restore from."""

    sentence = "There is no backup {path}: give the path of a file that `dsar vault backup` wrote."


class UnsoundBackupError(InputError):
    """The backup opens, and is not what was written."""

    sentence = "The backup {path} was not restored, because {count} things are wrong with it; the first: {first}"


class NoFolderError(InputError):
    """The folder that a backup is to go to is not there: a missing disk is not to be replaced by a folder."""

    sentence = "There is no folder {path}: make it first, or look whether the disk is connected."


class NoBackupKeysError(LockedError):
    """Half a backup."""

    sentence = (
        "The backup {path} cannot be opened, because {keys} is missing: `dsar vault backup` wrote both, and the"
        " recovery key and a passphrase need both (only a key file opens it without)."
    )


def backup(path: Path, key: bytes, dest: Path) -> None:
    """Copy the committed state of the vault, with its key slots, to a new file beside which the slots go.

    OccupiedError if something is there, NoFolderError if the folder is not.

    A network folder is fine here: the copy is made by one process, and nobody opens it meanwhile.
    """
    slots = slotfile.load(path)
    for taken in (dest, slotfile.beside(dest)):
        if taken.exists():
            raise files.OccupiedError(path=taken)
    if not dest.parent.is_dir():
        raise NoFolderError(path=dest.parent)
    with files.temporary_beside(dest) as temporary:
        # A connection of its own sees what is committed, whatever the vault is in the middle of.
        source, copy = Database(path, key), Database.create(temporary, key)
        try:
            # A copy that is cut short is thrown away: it needs no journal, which would write every page twice.
            copy.execute("PRAGMA journal_mode = OFF")
            source.copy_to(copy)
        finally:
            source.close()
            copy.close()
        slotfile.place_with_slots(temporary, dest, slots)


def restore(src: Path, dest: Path, source: KeySource) -> None:
    """Put a copy of a backup in place, once it has opened and every hash in it is right; never over another file."""
    if not src.is_file():
        raise NoBackupError(path=src)
    refuse_network(dest)
    for taken in (dest, slotfile.beside(dest)):
        if taken.exists():
            raise files.OccupiedError(path=taken)
    slots = slotfile.load(src)
    if slots is None and not isinstance(source, KeyFileSlot):
        raise NoBackupKeysError(path=src, keys=slotfile.beside(src))
    key = keys.unlock(src, slots, source)
    dest.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.temporary_beside(dest) as temporary:
        _copy(src, temporary)
        vault = _check(src, temporary, key)
        if slots is None and isinstance(source, KeyFileSlot):
            way = keys.make(source, key, vault, "key-file")
            slots = SlotFile(vault=vault, check=slotfile.check_of(vault, key), slots=(way,))
        slotfile.place_with_slots(temporary, dest, slots)


def _copy(src: Path, temporary: Path) -> None:
    """Copy the file and, if somebody copied a live vault, the write-ahead log that belongs to it."""
    for suffix in ("", "-wal"):
        origin = src.with_name(src.name + suffix)
        if origin.exists():
            target = temporary.with_name(temporary.name + suffix)
            files.create_private(target)
            with origin.open("rb") as reader, target.open("r+b") as writer:
                shutil.copyfileobj(reader, writer, 1024 * 1024)


def _check(src: Path, temporary: Path, key: bytes) -> str:
    db = Database(temporary, key)
    try:
        schema.migrate(db)
        problems = verify(db, complete=True)
        if problems:
            raise UnsoundBackupError(path=src, count=len(problems), first=problems[0])
        return identity.read(db)
    finally:
        db.close()
