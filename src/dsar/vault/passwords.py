"""Passwords of mail accounts: in the operating system's keyring, never in the vault's file; it only knows which one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.errors import LockedError
from dsar.vault import identity, keystore, records

if TYPE_CHECKING:
    from dsar.vault.connection import Database

KIND = "mail-keyring"


class NoKeyringError(LockedError):
    """The keyring cannot keep or give a mail password."""

    sentence = (
        "The system's keyring cannot be used for the password of a mail account: unlock it, or give the password each "
        "time, in DSAR_MAIL_PASSWORD or with --password-file."
    )


def keep(db: Database, account: str, password: str) -> None:
    """Put a password into the keyring; NoKeyringError if there is none that encrypts."""
    try:
        backend = keystore.keep(_name(db, account), password)
    except LockedError as error:
        raise NoKeyringError from error
    records.put(db, KIND, account, {"backend": backend})


def get(db: Database, account: str) -> str | None:
    """The password that was kept, or None; NoKeyringError if the keyring that has it does not open."""
    held = records.get(db, KIND, account)
    if held is None:
        return None
    try:
        return keystore.kept(_name(db, account), str(held["backend"]))
    except LockedError as error:
        raise NoKeyringError from error


def forget(db: Database, account: str) -> None:
    """Take a password out of the keyring; nothing happens if none was kept."""
    held = records.get(db, KIND, account)
    if held is None:
        return
    try:
        keystore.forget(_name(db, account), str(held["backend"]))
    except LockedError as error:
        raise NoKeyringError from error
    records.drop(db, KIND, account)


def _name(db: Database, account: str) -> str:
    return f"{identity.read(db)}/mail/{account}"
