from __future__ import annotations

import sqlite3
import subprocess
import sys
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from dsar.errors import ConflictError, InputError, LockedError, NotFoundError, StateError
from dsar.vault import mounts, schema, slotfile
from dsar.vault.connection import Database
from dsar.vault.keys import KeyFileSlot
from dsar.vault.schema import Migration
from dsar.vault.vault import Vault

from .facts import NOW, REF, WORKER, opened

if TYPE_CHECKING:
    from .room import Room


def test_no_vault_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="dsar init") as caught:
        Vault.open(tmp_path / "none", KeyFileSlot(tmp_path / "k"))
    assert caught.value.code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_not_made_over_a_file(room: Room) -> None:
    before = room.path.read_bytes()
    with pytest.raises(StateError, match="already a file") as caught:
        Vault.create(room.path, room.source, now=NOW)
    assert (caught.value.code, room.path.read_bytes()) == (4, before)


def test_a_vault_is_not_made_beside_the_slots_of_another(room: Room) -> None:
    room.vault.close()
    room.path.unlink()
    with pytest.raises(StateError, match=r"vault\.dsar\.keys"):
        Vault.create(room.path, room.source, now=NOW)


def write_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("Dear Sir or Madam\n" * 1000),
        lambda path: path.write_bytes(bytes(range(256)) * 8),
        lambda path: path.mkdir(),
        write_sqlite,
    ],
    ids=["empty", "text", "short", "folder", "sqlite"],
)
def test_what_is_no_vault_is_called_so(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "v")
    with pytest.raises(InputError, match="no vault") as caught:
        Vault.open(tmp_path / "v", KeyFileSlot(tmp_path / "k"))
    assert caught.value.code == 5


def test_a_damaged_first_page_under_the_right_key_is_damage_and_no_wrong_key(room: Room) -> None:
    room.vault.close()
    data = bytearray(room.path.read_bytes())
    data[100] ^= 1
    room.path.write_bytes(data)
    with pytest.raises(InputError, match="dsar vault restore"):
        Vault.open(room.path, room.source)
    slotfile.beside(room.path).unlink()
    with pytest.raises(LockedError):
        Vault.open(room.path, room.source)


def test_an_encrypted_file_of_another_program_is_no_vault(room: Room) -> None:
    room.vault.close()
    room.path.unlink()
    with room.raw() as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(InputError, match="no vault of dsar"):
        Vault.open(room.path, room.source)


def test_a_vault_of_a_newer_dsar_is_left_alone(room: Room) -> None:
    with room.raw() as connection:
        connection.execute("INSERT INTO migration (position, name) VALUES (99, '2031-01-quantum')")
    with pytest.raises(StateError, match="newer dsar") as caught:
        Vault.open(room.path, room.source)
    assert caught.value.code == 4


def test_a_failing_migration_leaves_neither_its_tables_nor_its_name(room: Room) -> None:
    bad = Migration(name="bad", statements=("CREATE TABLE half (x INTEGER)", "CREATE TABLE entry (x INTEGER)"))
    good = Migration(name="good", statements=("CREATE TABLE half (x INTEGER)", "INSERT INTO half (x) VALUES (7)"))
    db = Database(room.path, room.key)
    with pytest.raises(dbapi2.OperationalError):
        schema.migrate(db, (*schema.MIGRATIONS, bad))
    assert db.execute("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    shipped = [step.name for step in schema.MIGRATIONS]
    assert db.execute("SELECT name FROM migration") == [(name,) for name in shipped]
    schema.migrate(db, (*schema.MIGRATIONS, good))
    schema.migrate(db, (*schema.MIGRATIONS, good))
    assert db.execute("SELECT x FROM half") == [(7,)]
    assert db.execute("SELECT position, name FROM migration") == list(enumerate([*shipped, "good"], start=1))
    db.close()


def test_the_file_is_set_up_to_lose_and_to_leak_nothing(room: Room) -> None:
    db = Database(room.path, room.key)
    found = {
        name: db.execute(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "auto_vacuum")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,  # MEMORY
        "auto_vacuum": 2,  # INCREMENTAL
    }
    db.close()


def test_a_second_writer_waits_and_then_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.vault.connection.BUSY_SECONDS", 0.05)
    with Vault.open(room.path, room.source) as other, room.vault.transaction():
        with pytest.raises(ConflictError, match="Another dsar") as caught:
            other.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
        assert caught.value.code == 7


def test_a_full_disk_loses_nothing_and_says_so(room: Room) -> None:
    room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    db = room.vault._db  # noqa: SLF001 - a full disk is played by SQLite's own limit on this connection
    ((pages,),) = db.execute("PRAGMA page_count")
    db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StateError, match="space on the disk") as caught:
        room.vault.put_evidence(BytesIO(b"z" * 100_000), name="n", media="m")
    assert caught.value.code == 4
    assert (room.vault.cases(), room.vault.status().evidence) == ((REF,), 0)
    assert room.vault.verify(complete=True) == ()
    db.execute("PRAGMA max_page_count = 1000000")
    assert room.vault.put_evidence(BytesIO(b"z" * 100_000), name="n", media="m").size == 100_000


def test_nothing_is_printed_when_a_key_is_wrong(room: Room, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    slotfile.beside(room.path).unlink()
    other = tmp_path / "other"
    other.write_text("cd" * 32)
    other.chmod(0o600)
    with pytest.raises(LockedError):
        Vault.open(room.path, KeyFileSlot(other))
    assert capfd.readouterr() == ("", "")


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/zoe/local\\040disk ext4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
sshfs /mnt/ssh fuse.sshfs rw 0 0
tmpfs /mnt/ssh tmpfs rw 0 0
short
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home/zoe", "nfs4"),
        ("/home/zoe/local disk/vaults", "ext4"),
        ("/homestead", "ext4"),
        ("/mnt/nas/a/b", "cifs"),
        ("/mnt/ssh/x", "tmpfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_deepest_and_latest_mount(folder: str, kind: str) -> None:
    assert mounts.file_system(PurePosixPath(folder), MOUNTS) == kind


def test_a_vault_on_a_network_file_system_is_refused(
    tmp_path: Path, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounts, "file_system", lambda *_: "nfs4")
    folder = tmp_path / "share"
    for attempt in (
        lambda: Vault.create(folder / "v", KeyFileSlot(folder / "k"), now=NOW),
        lambda: Vault.open(room.path, room.source),
    ):
        with pytest.raises(StateError, match="nfs4") as caught:
            attempt()
        assert caught.value.code == 4
    assert not folder.exists()


def test_a_list_loads_neither_keyring_nor_cattrs_nor_the_facts(room: Room) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from dsar.vault.vault import Vault; from dsar.vault.keys import KeyFileSlot\n"
        "from dsar.vault.lists import ALL\n"
        "vault = Vault.open(Path(sys.argv[1]), KeyFileSlot(Path(sys.argv[2]))); vault.lists.page(1, ALL)\n"
        "vault.status()\n"
        "print([name for name in ('keyring', 'cattrs', 'cryptography', 'dsar.core.events') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(room.path), str(room.source.path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"
