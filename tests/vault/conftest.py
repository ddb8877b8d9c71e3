from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

from .facts import NOW
from .room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_real_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does, it cannot reach the keyring of the person who runs it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A vault in a folder of its own, opened with a key file."""
    path, source = tmp_path / "vault.dsar", KeyFileSlot(tmp_path / "vault.key")
    vault, recovery = Vault.create(path, source, now=NOW)
    with vault:
        yield Room(path=path, source=source, recovery=recovery, vault=vault)
