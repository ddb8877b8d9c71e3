from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, null
from keyring.errors import InitError, KeyringError, NoKeyringError

from dsar.errors import LockedError
from dsar.vault import keystore
from dsar.vault.keys import KeyringSlot, PassphraseSlot, RecoverySlot
from dsar.vault.vault import Vault

from .facts import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = Path(__file__).parents[1] / "servers" / "secret-service.sh"


class Drawer(KeyringBackend):
    """A keyring in memory, which can be told to fail."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.held[service, username]

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Drawer]:
    """An allowed keyring in the place of the system's own."""
    backend, before = Drawer(), keyring.get_keyring()
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    keyring.set_keyring(backend)
    monkeypatch.setattr(keystore, "ALLOWED", (f"{Drawer.__module__}.Drawer",))
    monkeypatch.setattr("keyring.core.load_keyring", lambda _name: backend)
    yield backend
    keyring.set_keyring(before)


def test_the_key_is_kept_under_the_vaults_random_id(drawer: Drawer, tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "zoe-exemple.dsar", KeyringSlot(), now=NOW)
    with vault:
        assert list(drawer.held) == [("dsar", vault.status().id)]
        assert vault.slots() == ("keyring", "recovery")
    Vault.open(tmp_path / "zoe-exemple.dsar", KeyringSlot()).close()


def test_a_keyring_without_the_key_says_what_else_opens(drawer: Drawer, tmp_path: Path) -> None:
    vault, printed = Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)
    vault.close()
    for held in ({}, dict.fromkeys(drawer.held, "no hex")):
        drawer.held = held
        with pytest.raises(LockedError, match="recovery key") as caught:
            Vault.open(tmp_path / "v", KeyringSlot())
        assert caught.value.code == 6
    with Vault.open(tmp_path / "v", RecoverySlot(printed)) as again:
        again.add_slot(KeyringSlot())
        assert again.slots() == ("recovery", "keyring")
    Vault.open(tmp_path / "v", KeyringSlot()).close()


def test_removing_the_slot_empties_the_keyring(drawer: Drawer, tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)
    with vault:
        vault.remove_slot("keyring")
    assert drawer.held == {}


@pytest.mark.parametrize(
    "trouble", [NoKeyringError("x"), InitError("x"), KeyringError("x"), RuntimeError("D-Bus"), OSError("socket")]
)
def test_a_keyring_that_fails_is_a_locked_vault(drawer: Drawer, tmp_path: Path, trouble: Exception) -> None:
    Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)[0].close()
    drawer.trouble = trouble
    with pytest.raises(LockedError, match="DSAR_PASSPHRASE") as caught:
        Vault.open(tmp_path / "v", KeyringSlot())
    assert caught.value.code == 6
    with pytest.raises(LockedError):
        Vault.create(tmp_path / "w", KeyringSlot(), now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["v", "v.keys"]


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_keyring_that_keeps_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(LockedError) as caught:
        Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)
    assert caught.value.code == 6
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_in_a_plain_file_is_refused(drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "ALLOWED", ())
    with pytest.raises(LockedError, match="does not protect"):
        Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)
    assert drawer.held == {}


def test_of_a_chain_only_an_allowed_link_is_used(
    drawer: Drawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Chain(chainer.ChainerBackend):
        backends = [null.Keyring(), drawer]  # type: ignore[no-untyped-call]  # noqa: RUF012 - as in the class it stands for

    Chain.__module__, Chain.__qualname__ = "keyring.backends.chainer", "ChainerBackend"
    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]  # keyring's
    Vault.create(tmp_path / "v", KeyringSlot(), now=NOW)[0].close()
    assert len(drawer.held) == 1
    monkeypatch.setattr(keystore, "ALLOWED", ())
    with pytest.raises(LockedError, match="does not protect"):
        Vault.create(tmp_path / "w", KeyringSlot(), now=NOW)


def test_a_passphrase_asks_no_keyring(drawer: Drawer, tmp_path: Path) -> None:
    drawer.trouble = KeyringError("must not be asked")
    Vault.create(tmp_path / "v", PassphraseSlot("several plain words"), now=NOW)[0].close()
    Vault.open(tmp_path / "v", PassphraseSlot("several plain words")).close()


CHILD = """
import sys
from pathlib import Path
from dsar.errors import LockedError
from dsar.vault.keys import KeyringSlot, RecoverySlot
from dsar.vault.vault import Vault

path = Path(sys.argv[1])
vault, recovery = Vault.create(path, KeyringSlot(), now="2026-03-05T14:02:11+01:00")
name = vault.status().id
vault.close()
import keyring
assert type(keyring.get_keyring()).__module__ == "keyring.backends.SecretService", keyring.get_keyring()
assert len(bytes.fromhex(keyring.get_password("dsar", name))) == 32
with Vault.open(path, KeyringSlot()) as again:
    again.remove_slot("keyring")
assert keyring.get_password("dsar", name) is None
try:
    Vault.open(path, KeyringSlot())
except LockedError as error:
    assert error.code == 6
else:
    raise AssertionError("opened without a slot")
with Vault.open(path, RecoverySlot(recovery)) as again:
    again.add_slot(KeyringSlot())
Vault.open(path, KeyringSlot()).close()
print("kept, fetched, removed, kept again")
"""


def test_a_real_secret_service_keeps_the_key(tmp_path: Path) -> None:
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon", "dbus-send") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (Debian: gnome-keyring, dbus)")
    command = [str(SERVICE), sys.executable, "-c", CHILD, str(tmp_path / "v")]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout) == (0, "kept, fetched, removed, kept again\n"), run.stderr
