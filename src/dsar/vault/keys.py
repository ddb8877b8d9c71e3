"""The ways to the vault's key: a random 256-bit key that no person ever types."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from dsar.errors import LockedError
from dsar.vault import files, keyfile, keystore, recovery, slotfile, wrap
from dsar.vault.connection import WrongKeyError
from dsar.vault.slotfile import Slot, SlotFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dsar.vault.wrap import Wrapped


@dataclass(frozen=True, slots=True)
class KeyringSlot:
    """The operating system's keyring."""


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """A passphrase, which wraps the key (Argon2id, AES-GCM)."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyFileSlot:
    """A file with the raw key in hex, mode 0600."""

    path: Path


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The recovery key, as printed when the vault was made."""

    text: str = field(repr=False)


NewSource = KeyringSlot | PassphraseSlot | KeyFileSlot
"""The ways that a user may choose; the recovery key is always made beside them."""

KeySource = NewSource | RecoverySlot


class NoSlotError(LockedError):
    """The vault was never given this way in."""

    sentence = (
        "This vault has no {kind} slot: open it in another way (DSAR_PASSPHRASE, --passphrase-file or --key-file), or"
        " restore a backup with the recovery key."
    )


class NoSlotFileError(LockedError):
    """The slots are gone."""

    sentence = (
        "The file of key slots {path} is missing, and without it only a key file opens the vault (--key-file): put back"
        " the one that lies beside a backup."
    )


def new_key(source: NewSource) -> bytes:
    """A random key; or, from a key file that is already there, the key in it."""
    if isinstance(source, KeyFileSlot) and source.path.exists():
        return keyfile.read(source.path)
    return os.urandom(keyfile.KEY_BYTES)


def kind_of(source: KeySource) -> slotfile.Kind:
    """The kind of slot that a source uses."""
    match source:
        case KeyringSlot():
            return "keyring"
        case PassphraseSlot():
            return "passphrase"
        case KeyFileSlot():
            return "key-file"
        case RecoverySlot():
            return "recovery"
        case _:
            assert_never(source)


def make(source: KeySource, key: bytes, vault: str, name: str) -> Slot:
    """Open a new way to the key: fills the keyring or writes the key file where that is the way."""
    match source:
        case KeyringSlot():
            return Slot(name=name, kind="keyring", backend=keystore.store(vault, key))
        case PassphraseSlot(text=text):
            wrapped = wrap.wrap_with_passphrase(key, text, _context(vault, "passphrase"))
            return Slot(name=name, kind="passphrase", wrapped=wrapped)
        case KeyFileSlot(path=path):
            _write_key_file(path, key)
            return Slot(name=name, kind="key-file")
        case RecoverySlot(text=text):
            wrapped = wrap.wrap_with_secret(key, recovery.secret_of(text), _context(vault, "recovery"))
            return Slot(name=name, kind="recovery", wrapped=wrapped)
        case _:
            assert_never(source)


def unlock(vault: Path, slots: SlotFile | None, source: KeySource) -> bytes:
    """The key of the vault at this path; a LockedError if this way does not lead to it."""
    if isinstance(source, KeyFileSlot):
        key = keyfile.read(source.path)
    elif slots is None:
        raise NoSlotFileError(path=slotfile.beside(vault))
    else:
        key = _from_slots(slots, source)
    if slots is not None and not slots.fits(key):
        raise WrongKeyError
    return key


def _from_slots(slots: SlotFile, source: KeyringSlot | PassphraseSlot | RecoverySlot) -> bytes:
    match source:
        case KeyringSlot():
            backend = next((slot.backend for slot in slots.slots if slot.kind == "keyring"), None)
            if backend is None:
                raise NoSlotError(kind="keyring")
            return keystore.fetch(slots.vault, backend)
        case PassphraseSlot(text=text):
            context = _context(slots.vault, "passphrase")
            return _first(slots, "passphrase", lambda wrapped: wrap.unwrap_with_passphrase(wrapped, text, context))
        case RecoverySlot(text=text):
            secret, context = recovery.secret_of(text), _context(slots.vault, "recovery")
            return _first(slots, "recovery", lambda wrapped: wrap.unwrap_with_secret(wrapped, secret, context))
        case _:
            assert_never(source)


def _first(slots: SlotFile, kind: slotfile.Kind, unwrap: Callable[[Wrapped], bytes]) -> bytes:
    """What the first slot of a kind that opens gives; several people may each have their passphrase."""
    wrapped = [slot.wrapped for slot in slots.slots if slot.kind == kind and slot.wrapped is not None]
    if not wrapped:
        raise NoSlotError(kind=kind)
    for candidate in wrapped[:-1]:
        try:
            return unwrap(candidate)
        except WrongKeyError:
            continue
    return unwrap(wrapped[-1])


def _write_key_file(path: Path, key: bytes) -> None:
    if not path.exists():
        keyfile.write(path, key)
    elif not hmac.compare_digest(keyfile.read(path), key):
        raise files.OccupiedError(path=path)


def _context(vault: str, kind: slotfile.Kind) -> str:
    """What a wrapped key is bound to: it does not open in another vault, nor in a slot of another kind."""
    return f"dsar {vault} {kind}"
