"""The password of a mail account: in the system's keyring, under a name of its own, and gone with the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend

from dsar.errors import LockedError
from dsar.vault import keystore

from .room import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .room import Room

SECRET = "a-rare-secret"  # noqa: S105 - of a server that does not exist


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


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


def add(room: Room, tmp_path: Path) -> str:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    names = ("--address", ADDRESS, "--imap", "imap.ngo.example", "--smtp", "smtp.ngo.example:587")
    return room.run("mail", "account", "add", "work", *names, "--password-file", file).all


def test_it_is_kept_in_the_keyring_and_nowhere_else(room: Room, tmp_path: Path, drawer: Drawer) -> None:
    said = add(room, tmp_path)
    assert "not kept" not in said
    with room.vault() as vault:
        assert drawer.held == {("dsar", f"{vault.status().id}/mail/work"): SECRET}
        assert vault.password("work") == SECRET
        assert SECRET not in str([vault.records(kind) for kind in ("mail-account", "mail-keyring")])
    assert (
        SECRET not in said + room.run("mail", "account", "list").all + room.run("mail", "account", "list", "--json").all
    )
    room.run("mail", "account", "remove", "work")
    assert drawer.held == {}


def test_a_keyring_in_a_plain_file_is_refused(
    room: Room, tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keystore, "ALLOWED", ())
    assert "DSAR_MAIL_PASSWORD" in add(room, tmp_path)
    assert drawer.held == {}
    with room.vault() as vault, pytest.raises(LockedError, match="DSAR_MAIL_PASSWORD"):
        vault.keep_password("work", SECRET)


def test_servers_are_read_from_what_a_person_writes(room: Room, tmp_path: Path, drawer: Drawer) -> None:
    add(room, tmp_path)
    assert list(drawer.held.values()) == [SECRET]
    (row,) = room.json("mail", "account", "list")
    assert row["imap"] == {"host": "imap.ngo.example", "port": 993, "security": "tls"}
    assert row["smtp"] == {"host": "smtp.ngo.example", "port": 587, "security": "starttls"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--imap", "http://imap.example"),
        ("--imap", "imap.example:port"),
        ("--imap", "imap.example:70000"),
        ("--imap", "imap.example", "--imap-security", "none"),
        ("--imap", "imap.example\r\nX"),
        (),
    ],
)
def test_what_is_no_server_is_refused(room: Room, wrong: tuple[str, ...]) -> None:
    room.run("mail", "account", "add", "work", "--address", ADDRESS, *wrong, code=2 if wrong else 4)
    assert room.json("mail", "account", "list") == []


def test_what_is_no_name_or_no_address_is_refused(room: Room) -> None:
    for name, address in (("../x", ADDRESS), ("work", "ana"), ("work", "a@b.example\r\nBcc: c@d.example")):
        room.run("mail", "account", "add", name, "--address", address, "--imap", "imap.example", code=2)
    assert room.json("mail", "account", "list") == []
