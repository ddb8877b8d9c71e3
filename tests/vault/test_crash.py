"""Killing the process at any moment loses no committed fact and leaves the vault readable."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.vault.vault import Vault

from .facts import NOW, OTHER, REF, WORKER, listed, noted, opened, received

if TYPE_CHECKING:
    from pathlib import Path

    from .room import Room

WRITER = """
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from dsar.core.events import Noted, Received
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

ref = "2026-7QX2M"
with Vault.open(Path(sys.argv[1]), KeyFileSlot(Path(sys.argv[2]))) as vault:
    n = len(vault.log(ref))
    print("ready", flush=True)
    while True:
        with vault.transaction():
            piece = vault.put_evidence(BytesIO(f"mail {n}".encode() * 30000), name="m", media="m")
            note = Noted(on=date(2026, 3, 5), text=f"after {n}")
            vault.append(ref, [Received(on=date(2026, 3, 5), message=piece), note], expect=n, now="now", by="child")
            vault.put_record("draft", ref, {"n": n + 2})
        n += 2
        print(n, flush=True)
"""


def kill_while_writing(room: Room, seconds: float) -> int:
    """Run the writer, kill -9 it after that time; returns the last number that it reported as committed."""
    command = [sys.executable, "-c", WRITER, str(room.path), str(room.source.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        threading.Timer(seconds, child.kill).start()
        # A line cut by the kill was not reported.
        reported = [int(line) for line in child.stdout if line.endswith("\n")]
    assert child.returncode == -9
    return reported[-1] if reported else 0


def test_fifteen_kills_lose_no_committed_fact(room: Room) -> None:
    room.vault.append(REF, [opened()], expect=0, now=NOW, by=WORKER)
    room.vault.close()
    moments, committed = random.Random(2020), 1  # noqa: S311 - moments of a test, no secret
    for _ in range(15):
        committed = max(committed, kill_while_writing(room, moments.uniform(0.0, 0.25)))
        with Vault.open(room.path, room.source) as vault:
            found = len(vault.log(REF))
            # One transaction may have been committed and not yet reported; a half one never.
            assert committed <= found <= committed + 2
            assert found % 2 == 1
            assert (vault.record("draft", REF) or {"n": 1}) == {"n": found}
            assert vault.verify(complete=True) == ()
        committed = found
    assert committed > 15


RACER = """
import sys
from datetime import date
from pathlib import Path
from dsar.core.events import Noted
from dsar.errors import ConflictError
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

done = 0
with Vault.open(Path(sys.argv[1]), KeyFileSlot(Path(sys.argv[2]))) as vault:
    print("ready", flush=True)
    sys.stdin.readline()
    while done < 40:
        seen = len(vault.log("2026-K4RTB"))
        try:
            note = Noted(on=date(2026, 3, 5), text=sys.argv[3])
            vault.append("2026-K4RTB", [note], expect=seen, now="n", by=sys.argv[3])
        except ConflictError:
            continue
        done += 1
"""


def test_two_processes_write_one_case_and_neither_overwrites_the_other(room: Room) -> None:
    room.vault.append(OTHER, [opened()], expect=0, now=NOW, by=WORKER)
    command = [sys.executable, "-c", RACER, str(room.path), str(room.source.path)]
    racers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for name in "ab"
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.communicate("go\n", timeout=60)
    assert [racer.returncode for racer in racers] == [0, 0]
    log = room.vault.log(OTHER)
    assert [entry.n for entry in log] == list(range(1, 82))
    assert sorted(entry.by for entry in log[1:]) == ["a"] * 40 + ["b"] * 40
    assert room.vault.verify(complete=True) == ()


CANARY = "Papageno-7f3a91"


def test_no_word_of_a_case_is_on_the_disk_in_plain(room: Room, tmp_path: Path) -> None:
    vault = room.vault
    piece = vault.put_evidence(BytesIO(CANARY.encode() * 300_000), name=CANARY, media=CANARY)
    vault.append(CANARY, [opened(CANARY), noted(CANARY), received(piece)], expect=0, now=NOW, by=CANARY)
    vault.put_record(CANARY, CANARY, {CANARY: CANARY})
    vault.lists.put(listed(CANARY, CANARY), CANARY)
    vault.backup(tmp_path / "copy")
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {"vault.dsar", "vault.dsar-wal", "vault.dsar-shm", "vault.dsar.keys", "copy", "copy.keys"} <= set(files)
    assert len(files["vault.dsar-wal"]) > len(CANARY) * 300_000
    for name, data in files.items():
        assert CANARY.encode() not in data, name
        assert b"CREATE TABLE" not in data, name
        if name != "vault.key":
            assert room.key.hex().encode() not in data, name
            assert room.key not in data, name
