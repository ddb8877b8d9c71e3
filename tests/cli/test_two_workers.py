"""Two case workers on one machine: two processes on one vault. Nothing is lost, and who comes too late is told."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"

# reads a case, says so, and writes what it thought of once somebody else has written
SLOW = """
import sys
from dsar.cli import run
from dsar.desk import acts
from dsar.desk.office import read
from dsar.desk.recording import append

def note(desk, ref, text):
    file = read(desk, ref)
    print("read", flush=True)
    sys.stdin.readline()
    from dsar.core.events import Noted
    return append(desk, file, Noted(on=desk.today, text=text))

acts.note = note
sys.exit(run(sys.argv[1:]))
"""

# tells when it asks for the lock, and how long this connection waits for it, in milliseconds
ASKING = """
import sys
from dsar.cli import run
from dsar.vault.connection import Database

plain = Database.execute

def told(self, sql, *values):
    if sql == "BEGIN IMMEDIATE":
        print("asks", *plain(self, "PRAGMA busy_timeout")[0], flush=True)
    return plain(self, sql, *values)

Database.execute = told
sys.exit(run(sys.argv[1:]))
"""

# opens the vault for writing, says so, and lets go when it is told to
HOLDER = """
import sys
from pathlib import Path
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

with Vault.open(Path(sys.argv[1]), KeyFileSlot(Path(sys.argv[2]))) as vault:
    with vault.transaction():
        vault.put_record("draft", "x", {})
        print("holds", flush=True)
        sys.stdin.readline()
"""


def started(*command: str | Path) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, *map(str, command)], text=True, encoding="utf-8", **pipes)  # type: ignore[call-overload, no-any-return]  # the same pipes each time


@pytest.fixture
def refs(office: Office) -> list[str]:
    office.init(DAY)
    return [office.request(DAY, "--right", "access", name=name) for name in ("Alpha SAS", "Beta SAS")]


def test_whoever_wrote_to_a_case_that_changed_meanwhile_is_told_so(office: Office, refs: list[str]) -> None:
    slow = started("-c", SLOW, "--as-of", DAY, "note", refs[0], "mine")
    assert slow.stdout is not None
    assert slow.stdout.readline() == "read\n"
    office.on(DAY, "note", refs[0], "theirs")
    _, err = slow.communicate("go\n", timeout=60)
    assert slow.returncode == 7
    assert refs[0] in err
    notes = [event["text"] for event in office.json(DAY, "show", refs[0])["events"] if event["kind"] == "noted"]
    assert len(notes) == 1
    assert "theirs" in notes[0]


def test_on_different_cases_both_write_and_nothing_is_lost(office: Office, refs: list[str]) -> None:
    script = (
        "import sys; from dsar.cli import run\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for n in range(5):\n"
        "    code = run(['--as-of', sys.argv[1], 'note', sys.argv[2], f'note {n}'])\n"
        "    if code: sys.exit(code)\n"
    )
    both = [started("-c", script, DAY, ref) for ref in refs]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    ended = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], ended
    for ref in refs:
        events = office.json(DAY, "show", ref)["events"]
        assert len([event for event in events if event["kind"] == "noted"]) == 5
    assert office.json(DAY, "vault", "verify")["ok"] is True
    assert sorted(row["ref"] for row in office.json(DAY, "agenda")) == sorted(refs)


def test_the_agenda_is_shown_while_somebody_writes_and_a_writer_waits(office: Office, refs: list[str]) -> None:
    holder = started("-c", HOLDER, office.vault, office.key)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holds\n"
    assert len(office.json(DAY, "agenda")) == 2  # a reader waits for nobody
    writer = started("-c", ASKING, "--as-of", DAY, "note", refs[0], "after the other")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "asks 10000\n"  # it asks while the other holds the lock, and does not give up
    holder.communicate("go\n", timeout=60)
    out, err = writer.communicate(timeout=60)
    assert (writer.returncode, holder.returncode) == (0, 0), (out, err)
    assert "DSAR_KEY_FILE" in os.environ  # both opened the vault of this test
