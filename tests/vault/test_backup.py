from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Evidence
from dsar.errors import InputError, LockedError, NotFoundError, StateError
from dsar.vault import recovery, slotfile
from dsar.vault.backup import backup
from dsar.vault.keys import RecoverySlot
from dsar.vault.vault import Vault, restore

from .facts import LATER, NOW, OTHER, REF, WORKER, noted, opened, received

if TYPE_CHECKING:
    from pathlib import Path

    from .room import Room


BYTES = b"their answer" * 1000
ANSWER = Evidence(sha256=hashlib.sha256(BYTES).hexdigest(), size=12_000, name="a.eml", media="message/rfc822")


def fill(room: Room) -> str:
    piece = room.vault.put_evidence(BytesIO(BYTES), name="a.eml", media="message/rfc822")
    room.vault.append(REF, [opened(), received(piece)], expect=0, now=NOW, by=WORKER)
    return piece.sha256


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_recovery_key_alone_opens_a_backup_made_while_in_use(room: Room, tmp_path: Path) -> None:
    sha256 = fill(room)
    away = tmp_path / "stick" / "copy.dsar"
    away.parent.mkdir()
    with room.vault.transaction():
        room.vault.append(REF, [noted("not yet committed")], expect=2, now=LATER, by=WORKER)
        with Vault.open(room.path, room.source) as other:
            assert len(other.log(REF)) == 2
            backup(room.path, room.key, away)
    room.source.path.unlink()
    assert names(away.parent) == {"copy.dsar", "copy.dsar.keys"}
    with Vault.open(away, RecoverySlot(room.recovery)) as copy:
        assert [entry.event for entry in copy.log(REF)] == [opened(), received(ANSWER)]
        assert copy.evidence_bytes(sha256) == BYTES
        assert copy.verify(complete=True) == ()


def test_a_backup_never_overwrites(room: Room, tmp_path: Path) -> None:
    for name in ("there", "there.keys"):
        (tmp_path / name).write_text("precious")
        with pytest.raises(StateError, match="already a file") as caught:
            room.vault.backup(tmp_path / "there")
        assert caught.value.code == 4
        assert (tmp_path / name).read_text() == "precious"
        (tmp_path / name).unlink()


def test_a_backup_that_fails_leaves_nothing(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    (tmp_path / "b").mkdir()
    monkeypatch.setattr("dsar.vault.files.place", full)
    with pytest.raises(OSError, match="no space"):
        room.vault.backup(tmp_path / "b" / "copy")
    assert names(tmp_path / "b") == set()


def test_a_backup_goes_to_a_disk_without_links(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("FAT")

    monkeypatch.setattr("os.link", refuse)
    room.vault.backup(tmp_path / "copy")
    Vault.open(tmp_path / "copy", RecoverySlot(room.recovery)).close()
    with pytest.raises(StateError):
        room.vault.backup(tmp_path / "copy")


def test_a_restored_vault_is_the_one_that_was_backed_up(room: Room, tmp_path: Path) -> None:
    sha256 = fill(room)
    room.vault.backup(tmp_path / "copy")
    room.vault.append(REF, [noted("after")], expect=2, now=LATER, by=WORKER)
    dest = tmp_path / "new machine" / "vault.dsar"
    restore(tmp_path / "copy", dest, RecoverySlot(room.recovery))
    assert names(dest.parent) == {"vault.dsar", "vault.dsar.keys"}
    with Vault.open(dest, room.source) as vault:
        assert len(vault.log(REF)) == 2
        assert vault.evidence_bytes(sha256) == BYTES
        assert vault.status().id == room.vault.status().id
        vault.append(OTHER, [opened()], expect=0, now=LATER, by=WORKER)


def test_nothing_is_restored_over_another_vault(room: Room, tmp_path: Path) -> None:
    room.vault.backup(tmp_path / "copy")
    with pytest.raises(StateError, match="already a file"):
        restore(tmp_path / "copy", room.path, room.source)


def test_nothing_is_restored_with_a_wrong_key_or_from_nothing(room: Room, tmp_path: Path) -> None:
    room.vault.backup(tmp_path / "copy")
    with pytest.raises(LockedError):
        restore(tmp_path / "copy", tmp_path / "dest", RecoverySlot(recovery.generate()))
    with pytest.raises(NotFoundError, match="backup"):
        restore(tmp_path / "none", tmp_path / "dest", room.source)
    assert not [name for name in names(tmp_path) if "dest" in name]


def test_a_damaged_backup_is_not_put_in_place(room: Room, tmp_path: Path) -> None:
    fill(room)
    room.vault.backup(tmp_path / "copy")
    data = bytearray((tmp_path / "copy").read_bytes())
    data[len(data) - 2000] ^= 1
    (tmp_path / "copy").write_bytes(data)
    with pytest.raises(InputError) as caught:
        restore(tmp_path / "copy", tmp_path / "dest", room.source)
    assert caught.value.code == 5
    assert not [name for name in names(tmp_path) if "dest" in name]


def test_a_copy_of_a_live_vault_is_restored_with_its_write_ahead_log(room: Room, tmp_path: Path) -> None:
    fill(room)
    for suffix in ("", "-wal", ".keys"):
        (tmp_path / f"plain{suffix}").write_bytes(room.path.with_name(room.path.name + suffix).read_bytes())
    restore(tmp_path / "plain", tmp_path / "dest", room.source)
    with Vault.open(tmp_path / "dest", room.source) as vault:
        assert len(vault.log(REF)) == 2


def test_a_backup_without_slots_is_restored_by_the_key_file(room: Room, tmp_path: Path) -> None:
    fill(room)
    room.vault.backup(tmp_path / "copy")
    slotfile.beside(tmp_path / "copy").unlink()
    restore(tmp_path / "copy", tmp_path / "dest", room.source)
    with Vault.open(tmp_path / "dest", room.source) as vault:
        assert vault.slots() == ("key-file",)
        Vault.open(tmp_path / "dest", RecoverySlot(vault.renew_recovery())).close()
