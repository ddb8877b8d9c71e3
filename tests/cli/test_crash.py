"""Killed at any moment, a command has recorded everything or nothing, and what it said it recorded is there."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from dsar.cli.options import Options
from dsar.cli.session import desk_for
from dsar.core.parties import Evidence
from dsar.desk.lists import agenda, folded
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

from .papers import mail, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"
KILLS = 30
_ENTRY = re.compile(r"\bentry (\d+)\b")


def evidence(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence that a fact names, wherever it stands in it."""
    if isinstance(value, Evidence):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from evidence(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from evidence(one)


def check(office: Office, ref: str, said: int) -> int:
    """The vault is whole: no half row, nothing lost of what was said to be recorded. The length of the log."""
    with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
        assert vault.verify(complete=True) == ()
        entries = vault.log(ref)
        assert [entry.n for entry in entries] == list(range(1, len(entries) + 1))
        assert len(entries) >= said
        named = {piece.sha256 for entry in entries for piece in evidence(entry.event)}
        # evidence without a fact would be counted here, a fact without evidence not be found below
        assert vault.status().evidence == len(named)
        assert vault.status().entries == len(entries)
        for sha256 in named:
            assert vault.evidence_bytes(sha256)
        desk = desk_for(Options(as_of="2026-06-01"), vault)
        assert agenda(desk) == folded(desk)
        # a message comes with its classification, a piece refused with the piece given
        kinds = [type(entry.event).__name__ for entry in entries]
        assert kinds.count("Received") == kinds.count("Classified")
        assert kinds.count("IdentitySupplied") == kinds.count("IdentityRefused") + 1
    return len(entries)


def commands(papers: Path, turn: int, ref: str) -> tuple[str | Path, ...]:
    """A recording command with a paper of its own, a large one where it has one."""
    path = papers / f"{turn}.eml"
    path.write_bytes(mail("Fri, 06 Mar 2026 10:00:00 +0100", f"{turn} " * 200_000, number=turn))
    slip = papers / f"{turn}.pdf"
    slip.write_bytes(pdf(f"slip {turn}"))
    items = ("--gave", f"piece {turn}", "--refused", f"other piece {turn}", "--to", "3", "--on", "2026-03-06")
    return (
        ("received", ref, path, "--as", "acknowledgement"),
        ("note", ref, f"note {turn}"),
        ("identity", ref, *items),
        ("letter", "reminder", ref, "--issue"),
        ("delivered", ref, "--sending", "6", "--on", "2026-03-06", "--proof", slip),
    )[turn % 5]


def test_thirty_kills_lose_nothing_that_was_said_and_leave_nothing_half(office: Office, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    office.init(DAY)
    ref = office.request(DAY)
    office.on(DAY, "note", ref, "first")
    (papers / "demand.eml").write_bytes(mail("Thu, 05 Mar 2026 10:00:00 +0100", "Who are you?"))
    office.on(DAY, "received", ref, papers / "demand.eml", "--as", "identity-demand")
    office.on(DAY, "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "email")
    office.on(DAY, "identity", "--gave", "name", "--on", DAY)
    env = {**os.environ, "DSAR_TODAY": "2026-04-30"}
    said = check(office, ref, 7)
    moments = random.Random(2026)  # noqa: S311 - moments of a test, no secret
    killed, whole = 0, 0.0
    for turn in range(KILLS * 6 // 5):
        command = [sys.executable, "-m", "dsar", *map(str, commands(papers, turn, ref))]
        # every sixth command runs to its end: how long that takes today is measured on the way
        limit = None if turn % 6 == 0 else whole * moments.uniform(0.4, 1.0)
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True) as child:
            try:
                out, err = child.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                child.kill()
                out, err = child.communicate()
                killed += 1
            else:
                assert child.returncode == 0, err
                whole = time.monotonic() - began
        told = [int(number) for number in _ENTRY.findall(out)]
        said = check(office, ref, max([said, *told]))
    assert killed >= KILLS // 2
    assert said > 7
    office.on("2026-04-30", "show")
