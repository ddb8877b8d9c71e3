"""What is measured, against what, and within which limit."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from benchmarks.office import DAY
from benchmarks.timing import Measured, minima
from dsar.paper.letter_pdf import render_pdf
from dsar.vault.keys import KeyFileSlot
from dsar.vault.lists import ALL
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from benchmarks.office import Office
    from dsar.core.letter import Letter

START_UP_RATIO = 2.0
LETTER_SECONDS = 0.060
OPEN_SECONDS = 0.010
DEADLINES_SECONDS = 1.0
_FRESH_ROUNDS = 5


def start_up(office: Office) -> list[Measured]:
    """Whole processes: the help page and the list of ten cases, against Python importing the library they rest on."""
    program = str(Path(sys.executable).with_name("dsar"))
    env = {
        **os.environ,
        "DSAR_VAULT": str(office.vault),
        "DSAR_KEY_FILE": str(office.key),
        "DSAR_TODAY": DAY.isoformat(),
    }
    run = partial(subprocess.run, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    times = minima(
        [
            partial(run, [sys.executable, "-c", "import typer"]),
            partial(run, [program, "--help"]),
            partial(run, [program, "agenda"]),
        ]
    )
    return [
        Measured(name=name, seconds=taken, floor_name="import typer", floor=times[0], limit_ratio=START_UP_RATIO)
        for name, taken in zip(("dsar --help", "dsar agenda, ten cases"), times[1:], strict=True)
    ]


def ten_thousand_deadlines() -> Measured:
    """10,000 deadlines with their reasons, against the libraries below them; each round is a fresh process of its own.

    The time is taken inside: it begins before anything is loaded but Python itself.
    """
    run = partial(subprocess.run, check=True, capture_output=True, stdin=subprocess.DEVNULL, text=True)
    program = [sys.executable, "-m", "benchmarks.deadlines"]
    rounds = [(_seconds(run([*program, "floor"])), _seconds(run(program))) for _ in range(_FRESH_ROUNDS)]
    return Measured(
        name="10,000 deadlines, cold",
        seconds=min(taken for _, taken in rounds),
        floor_name="the holidays and months alone",
        floor=min(floor for floor, _ in rounds),
        limit_seconds=DEADLINES_SECONDS,
    )


def _seconds(done: subprocess.CompletedProcess[str]) -> float:
    return float(done.stdout)


def letter_to_pdf(office: Office, folder: Path) -> Measured:
    """A letter laid out in a process that has laid out one before, against the smallest document that typst can make.

    Each round has a letter and a document of its own: typst remembers what it has laid out.
    """
    turn = count()
    plain = folder / "plain.typ"

    def smallest() -> bytes | list[bytes] | None:
        plain.write_text(f"Letter {next(turn)}", encoding="utf-8")
        made: bytes | list[bytes] | None = typst.compile(str(plain), format="pdf", ignore_system_fonts=True)
        return made

    floor, taken = minima([smallest, lambda: render_pdf(_another(office.letter, next(turn)))])
    return Measured(
        name="a letter to PDF, warm",
        seconds=taken,
        floor_name="the smallest typst document",
        floor=floor,
        limit_seconds=LETTER_SECONDS,
    )


def _another(letter: Letter, number: int) -> Letter:
    return replace(letter, subject=f"{letter.subject} ({number})", body=f"{number}. {letter.body}")


def open_vault(office: Office, folder: Path) -> Measured:
    """Opening the encrypted vault with its raw key and asking it one thing, against a plain database that is asked."""
    plain = folder / "plain.db"
    with sqlite3.connect(plain) as made:
        made.execute("CREATE TABLE one (n INTEGER)")
    made.close()

    def bare() -> None:
        database = sqlite3.connect(plain)
        database.execute("SELECT count(*) FROM one").fetchall()
        database.close()

    def ours() -> None:
        with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
            vault.lists.page(DAY.toordinal(), ALL)

    floor, taken = minima([bare, ours])
    return Measured(
        name="the vault opened and read",
        seconds=taken,
        floor_name="sqlite3, one select",
        floor=floor,
        limit_seconds=OPEN_SECONDS,
    )
