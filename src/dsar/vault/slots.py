"""Adding ways to the key and taking them away while the vault is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.errors import NotFoundError, StateError
from dsar.vault import keys, keystore, recovery, slotfile
from dsar.vault.keys import KeySource, NewSource, NoSlotFileError, PassphraseSlot, RecoverySlot

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.vault.slotfile import SlotFile


class UnknownSlotError(NotFoundError):
    """No slot of that name."""

    sentence = "The vault has no key slot {name}: `dsar vault status` lists them."


class LastSlotError(StateError):
    """Without it nobody could open the vault again."""

    sentence = "The key slot {name} is the only way into the vault: add another one first."


def names(path: Path) -> tuple[str, ...]:
    """The names of the slots; none if their file is missing."""
    content = slotfile.load(path)
    return tuple(slot.name for slot in content.slots) if content else ()


def add(path: Path, key: bytes, source: NewSource) -> str:
    """Open one more way and return its name. A vault has one keyring slot; adding it again fills the keyring anew."""
    content = _load(path)
    kind = keys.kind_of(source)
    return _save(path, content, key, source, kind if kind == "keyring" else content.free_name(kind))


def change(path: Path, key: bytes, name: str, source: PassphraseSlot) -> None:
    """Put another passphrase into the slot of that name, at once: there is no moment without one."""
    content = _load(path)
    if not any(slot.name == name and slot.kind == "passphrase" for slot in content.slots):
        raise UnknownSlotError(name=name)
    _save(path, content, key, source, name)


def renew_recovery(path: Path, key: bytes) -> str:
    """Make a new recovery key, which is returned, and shut the way of the old one (not in old backups)."""
    printed = recovery.generate()
    _save(path, _load(path), key, RecoverySlot(printed), "recovery")
    return printed


def remove(path: Path, name: str) -> None:
    """Shut one way. The key stays the same: a key file that was copied still opens, and so do old backups."""
    content = _load(path)
    slot = next((slot for slot in content.slots if slot.name == name), None)
    if slot is None:
        raise UnknownSlotError(name=name)
    if len(content.slots) == 1:
        raise LastSlotError(name=name)
    if slot.kind == "keyring":
        keystore.forget(content.vault, slot.backend)
    slotfile.save(path, content._replace(slots=tuple(other for other in content.slots if other != slot)))


def _load(path: Path) -> SlotFile:
    content = slotfile.load(path)
    if content is None:
        raise NoSlotFileError(path=slotfile.beside(path))
    return content


def _save(path: Path, content: SlotFile, key: bytes, source: KeySource, name: str) -> str:
    slot = keys.make(source, key, content.vault, name)
    slotfile.save(path, content.with_slot(slot))
    return slot.name
