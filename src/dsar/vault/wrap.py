"""Wrapping the vault's key with a passphrase or a recovery key: what stands in the slot file is useless without it."""

from __future__ import annotations

import os
from typing import NamedTuple

from dsar.errors import InputError, LockedError
from dsar.vault.connection import WrongKeyError

# RFC 9106, section 4, second recommended option: 64 MiB, t = 3, p = 4.
ARGON2 = {"memory_kib": 64 * 1024, "passes": 3, "lanes": 4}
# A slot file comes from outside: it may not ask for all the memory of the machine.
_LIMITS = {"memory_kib": (8 * 1024, 1024 * 1024), "passes": (1, 32), "lanes": (1, 16)}


class NoPassphraseError(LockedError):
    """An empty passphrase."""

    sentence = "The passphrase is empty: give the one of this vault, or choose several words for a new one."


class BadSlotError(InputError):
    """The slot file holds values that no dsar writes."""

    sentence = "The file of key slots beside the vault is damaged: put back the one beside a backup."


class Wrapped(NamedTuple):
    """The wrapped key as hex values, with the costs of its derivation (empty for a recovery key).

    A named tuple, as all that is read before a vault is open: a dataclass takes three times as long to define.
    """

    salt: str
    nonce: str
    sealed: str
    costs: dict[str, int]


def wrap_with_passphrase(key: bytes, passphrase: str, context: str) -> Wrapped:
    """Seal the key under a passphrase; `context` (vault and slot) is bound to it."""
    salt = os.urandom(16)
    return _seal(key, _from_passphrase(passphrase, salt, ARGON2), salt, context, costs=dict(ARGON2))


def wrap_with_secret(key: bytes, secret: bytes, context: str) -> Wrapped:
    """Seal the key under a random secret, which needs no costly derivation."""
    salt = os.urandom(16)
    return _seal(key, _from_secret(secret, salt), salt, context, costs={})


def unwrap_with_passphrase(wrapped: Wrapped, passphrase: str, context: str) -> bytes:
    """The key; WrongKeyError if the passphrase is another one, BadSlotError if the costs are absurd."""
    for name, (least, most) in _LIMITS.items():
        if not least <= wrapped.costs.get(name, 0) <= most:
            raise BadSlotError
    return _open(wrapped, _from_passphrase(passphrase, _bytes(wrapped.salt), wrapped.costs), context)


def unwrap_with_secret(wrapped: Wrapped, secret: bytes, context: str) -> bytes:
    """The key; WrongKeyError if the secret is another one."""
    return _open(wrapped, _from_secret(secret, _bytes(wrapped.salt)), context)


def _from_passphrase(passphrase: str, salt: bytes, costs: dict[str, int]) -> bytes:
    import unicodedata  # noqa: PLC0415 - only where there is a passphrase

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - heavy, loaded on use

    # The same words typed on another system may come composed differently.
    text = unicodedata.normalize("NFKC", passphrase)
    if not text:
        raise NoPassphraseError
    derivation = Argon2id(
        salt=salt, length=32, iterations=costs["passes"], lanes=costs["lanes"], memory_cost=costs["memory_kib"]
    )
    return derivation.derive(text.encode("utf-8", "surrogatepass"))


def _from_secret(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy, loaded on use
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - heavy, loaded on use

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"dsar recovery key").derive(secret)


def _seal(key: bytes, wrapping: bytes, salt: bytes, context: str, *, costs: dict[str, int]) -> Wrapped:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy, loaded on use

    nonce = os.urandom(12)
    sealed = AESGCM(wrapping).encrypt(nonce, key, context.encode())
    return Wrapped(salt=salt.hex(), nonce=nonce.hex(), sealed=sealed.hex(), costs=costs)


def _open(wrapped: Wrapped, wrapping: bytes, context: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - heavy, loaded on use
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy, loaded on use

    try:
        return AESGCM(wrapping).decrypt(_bytes(wrapped.nonce), _bytes(wrapped.sealed), context.encode())
    except InvalidTag:
        raise WrongKeyError from None


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BadSlotError from None
