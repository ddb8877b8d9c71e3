"""The key in the operating system's keyring, and only in one that encrypts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from dsar.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyring.backend import KeyringBackend

SERVICE = "dsar"

ALLOWED = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
"""The keyrings that keep the key encrypted. Plain files, `null`, `fail` and anything unknown are refused."""


class KeyringUnusableError(LockedError):
    """There is no keyring, it is locked, or it fails."""

    sentence = (
        "The system's keyring cannot be used: unlock it, or give a passphrase (DSAR_PASSPHRASE or --passphrase-file) or"
        " a key file (--key-file)."
    )


class KeyringRefusedError(LockedError):
    """The keyring does not encrypt."""

    sentence = (
        "The keyring {backend} does not protect a key: use the system's own, or give a passphrase"
        " (DSAR_PASSPHRASE or --passphrase-file) or a key file (--key-file)."
    )


class NoKeyInKeyringError(LockedError):
    """The keyring works and knows nothing of this vault."""

    sentence = (
        "The keyring holds no key of this vault: give its passphrase (DSAR_PASSPHRASE or --passphrase-file) or its key"
        " file (--key-file), or restore a backup with the recovery key."
    )


def store(vault: str, key: bytes) -> str:
    """Put the key of the vault with this id into the keyring; returns the backend's name, to be remembered."""
    return keep(vault, key.hex())


def keep(name: str, secret: str) -> str:
    """Put a secret into the keyring under a name; returns the backend's name, to be remembered."""
    with _failures():
        backend = _backend("")
        backend.set_password(SERVICE, name, secret)
        return _name(backend)


def kept(name: str, remembered: str) -> str | None:
    """The secret of that name in the keyring, or None. `remembered` is as in `fetch`."""
    with _failures():
        return _backend(remembered).get_password(SERVICE, name)


def fetch(vault: str, remembered: str) -> bytes:
    """The key of the vault with this id. `remembered` is the backend's name: to search for it costs 100 ms."""
    found = kept(vault, remembered)
    if found is None:
        raise NoKeyInKeyringError
    try:
        return bytes.fromhex(found)
    except ValueError:
        raise NoKeyInKeyringError from None


def forget(vault: str, remembered: str) -> None:
    """Take the key of the vault out of the keyring; nothing happens if it is not there."""
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - heavy, loaded on use

    with _failures(), contextlib.suppress(PasswordDeleteError):
        _backend(remembered).delete_password(SERVICE, vault)


def _backend(remembered: str) -> KeyringBackend:
    from keyring import core  # noqa: PLC0415 - heavy, loaded on use

    # What the user configured wins: somebody may have switched the keyring off.
    backend = core.load_env() or core.load_config()
    if backend is None and remembered in ALLOWED:
        backend = core.load_keyring(remembered)
    return _allowed(backend or core.get_keyring())


def _allowed(backend: KeyringBackend) -> KeyringBackend:
    """The backend itself, or the first good one where several are chained."""
    if _name(backend) == "keyring.backends.chainer.ChainerBackend":
        for link in getattr(backend, "backends", ()):
            if _name(link) in ALLOWED:
                chosen: KeyringBackend = link
                return chosen
    if _name(backend) == "keyring.backends.fail.Keyring":
        raise KeyringUnusableError
    if _name(backend) not in ALLOWED:
        raise KeyringRefusedError(backend=_name(backend))
    return backend


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except LockedError:
        raise
    except Exception as error:
        from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - heavy, loaded on use

        if isinstance(error, PasswordDeleteError):
            raise
        # Not only KeyringError: the backends let errors of their D-Bus and native libraries through.
        raise KeyringUnusableError from error
