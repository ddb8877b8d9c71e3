"""`<vault>.keys`: the ways to the key, as JSON beside the vault. It travels with backups and is useless alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Literal, NamedTuple

from dsar.vault import files
from dsar.vault.wrap import BadSlotError, Wrapped

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["keyring", "passphrase", "key-file", "recovery"]
_KINDS: tuple[Kind, ...] = ("keyring", "passphrase", "key-file", "recovery")
_FORMAT = 1


class Slot(NamedTuple):
    """One way to the key. `name` is unique; `wrapped` for passphrase and recovery, `backend` for the keyring."""

    name: str
    kind: Kind
    wrapped: Wrapped | None = None
    backend: str = ""


class SlotFile(NamedTuple):
    """All slots of the vault with the random id `vault`; `check` tells the right key from a wrong one."""

    vault: str
    check: str
    slots: tuple[Slot, ...]

    def fits(self, key: bytes) -> bool:
        """Whether this is the key of the vault."""
        return hmac.compare_digest(self.check, check_of(self.vault, key))

    def free_name(self, kind: Kind) -> str:
        """`passphrase`, or `passphrase-2` where there is one already."""
        taken = {slot.name for slot in self.slots}
        names = (kind if n == 1 else f"{kind}-{n}" for n in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def with_slot(self, slot: Slot) -> SlotFile:
        """The same with one more slot, in place of one of that name."""
        return self._replace(slots=(*(old for old in self.slots if old.name != slot.name), slot))


def check_of(vault: str, key: bytes) -> str:
    """A fingerprint of a random 256-bit key, from which nothing can be learned about it."""
    return hmac.new(key, f"dsar vault {vault}".encode(), hashlib.sha256).hexdigest()


def beside(vault: Path) -> Path:
    """Where the slots of a vault are."""
    return vault.with_name(f"{vault.name}.keys")


def dump(content: SlotFile) -> bytes:
    """The bytes of the file."""
    slots = []
    for slot in content.slots:
        plain: dict[str, object] = {"name": slot.name, "kind": slot.kind}
        if slot.wrapped is not None:
            plain["wrapped"] = slot.wrapped._asdict()
        if slot.backend:
            plain["backend"] = slot.backend
        slots.append(plain)
    whole = {"format": _FORMAT, "vault": content.vault, "check": content.check, "slots": slots}
    return (json.dumps(whole, indent=2) + "\n").encode("ascii")


def load(vault: Path) -> SlotFile | None:
    """The slots beside a vault, or None if the file is missing; BadSlotError if it is not of our making."""
    try:
        data = beside(vault).read_bytes()
    except FileNotFoundError:
        return None
    try:
        whole = json.loads(data)
        if whole["format"] != _FORMAT:
            raise BadSlotError
        slots = tuple(_slot(plain) for plain in whole["slots"])
        return SlotFile(vault=_text(whole["vault"]), check=_text(whole["check"]), slots=slots)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadSlotError from None


def save(vault: Path, content: SlotFile) -> None:
    """Replace the slots beside a vault, at once, with mode 0600."""
    files.replace_private(beside(vault), dump(content))


def place_with_slots(temporary: Path, dest: Path, content: SlotFile | None) -> None:
    """Give a finished vault its name, after its slots: without them the recovery key could not open it."""
    slots = beside(dest)
    if content is not None:
        files.create_private(slots, dump(content))
    try:
        files.place(temporary, dest)
    except BaseException:
        if content is not None:
            slots.unlink(missing_ok=True)
        raise


def _slot(plain: dict[str, object]) -> Slot:
    kind = next((kind for kind in _KINDS if kind == plain["kind"]), None)
    wrapped = plain.get("wrapped")
    if kind is None or (kind in ("passphrase", "recovery")) != isinstance(wrapped, dict):
        raise BadSlotError
    return Slot(
        name=_text(plain["name"]),
        kind=kind,
        wrapped=_wrapped(wrapped) if isinstance(wrapped, dict) else None,
        backend=_text(plain.get("backend", "")),
    )


def _wrapped(plain: dict[str, object]) -> Wrapped:
    costs = plain["costs"]
    if not isinstance(costs, dict):
        raise BadSlotError
    return Wrapped(
        salt=_text(plain["salt"]),
        nonce=_text(plain["nonce"]),
        sealed=_text(plain["sealed"]),
        costs={_text(name): _number(cost) for name, cost in costs.items()},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadSlotError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise BadSlotError
    return value
