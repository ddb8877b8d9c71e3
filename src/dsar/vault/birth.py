"""Making a vault and opening it: the checks before the key is tried, and the order that a crash cannot spoil."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dsar.errors import InputError, NotFoundError
from dsar.vault import files, identity, keys, recovery, schema, slotfile
from dsar.vault.connection import DamagedError, Database, WrongKeyError
from dsar.vault.keys import KeySource, NewSource, RecoverySlot
from dsar.vault.mounts import refuse_network
from dsar.vault.slotfile import SlotFile

if TYPE_CHECKING:
    from pathlib import Path

_PAGE = 4096


class NoVaultError(NotFoundError):
    """Nothing there."""

    sentence = "There is no vault at {path}: make one with `dsar init`."


class NotAVaultError(InputError):
    """Something else is there."""

    sentence = "The file {path} is no vault: give the path of the vault with --vault."


def create(path: Path, source: NewSource, *, now: str) -> tuple[bytes, str]:
    """Make the vault's file and its slots; returns the key and the recovery key. OccupiedError if one exists."""
    refuse_network(path)
    for taken in (path, slotfile.beside(path)):
        if taken.exists():
            raise files.OccupiedError(path=taken)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, vault, printed = keys.new_key(source), os.urandom(16).hex(), recovery.generate()
    with files.temporary_beside(path) as temporary:
        _fill(temporary, key, vault, now)
        ways: tuple[KeySource, ...] = (source, RecoverySlot(printed))
        slots = tuple(keys.make(way, key, vault, keys.kind_of(way)) for way in ways)
        content = SlotFile(vault=vault, check=slotfile.check_of(vault, key), slots=slots)
        slotfile.place_with_slots(temporary, path, content)
    return key, printed


def _fill(temporary: Path, key: bytes, vault: str, now: str) -> None:
    db = Database.create(temporary, key)
    try:
        schema.migrate(db)
        with db.transaction():
            identity.write(db, vault, now)
    finally:
        db.close()


def unlock(path: Path, source: KeySource) -> tuple[Database, bytes]:
    """Open an existing vault, brought to the present schema; every error says what is in the way."""
    if not path.exists():
        raise NoVaultError(path=path)
    refuse_network(path)
    if not _looks_encrypted(path):
        raise NotAVaultError(path=path)
    slots = slotfile.load(path)
    key = keys.unlock(path, slots, source)
    try:
        db = Database(path, key)
    except WrongKeyError:
        # The slots vouch for the key: then it is the file that is wrong.
        if slots is not None:
            raise DamagedError(path=path) from None
        raise
    try:
        schema.migrate(db)
    except BaseException:
        db.close()
        raise
    return db, key


def _looks_encrypted(path: Path) -> bool:
    """Whole pages of what may be cipher text: no plain SQLite file, and nothing made of letters only."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(256)
    return path.stat().st_size >= _PAGE and not start.startswith(b"SQLite format 3\0") and not start.isascii()
