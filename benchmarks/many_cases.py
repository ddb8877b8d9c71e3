"""Fifty thousand cases in one vault: the first page of the agenda beside that of ten, and counting them all.

The cases are those that `office` makes with the program itself, written again and again through the vault under other
references: each has its chain of facts, its rows in the lists and its number in a campaign.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.office import DAY, NOW
from benchmarks.timing import Measured, minima
from dsar import __version__
from dsar.core.events import Opened
from dsar.desk import factrow
from dsar.desk.counting import case_facts
from dsar.desk.mandates import ALPHABET
from dsar.desk.office import Desk
from dsar.desk.projecting import listed
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.office import Office
    from dsar.core.events import Entry, Event
    from dsar.core.listed import Listed
    from dsar.core.parties import Evidence

CASES = 50_000
AGENDA_RATIO = 1.3
COUNT_SECONDS = 10.0
_A_COMMIT = 1_000
CAMPAIGN = "FACES26"


def measures(office: Office, folder: Path, cases: int = CASES) -> list[Measured]:
    """The agenda of many cases beside that of ten; one case among many; the facts of all, against their JSON."""
    path, key = many(office, folder, cases)
    return [*_commands(office, path, key), _counted(path, key)]


def many(office: Office, folder: Path, cases: int) -> tuple[Path, Path]:
    """A vault with many cases, and its key file."""
    path, key = folder / "many.dsar", folder / "many.key"
    with Vault.open(office.vault, KeyFileSlot(office.key)) as small:
        desk = Desk(vault=small, today=DAY, now=NOW, by="benchmark", letters=roots())
        patterns = [(small.log(ref), listed(desk, ref, small.log(ref))) for ref in small.cases()]
        pieces = {piece.sha256: piece for entries, _ in patterns for piece in _pieces(entries)}
        vault, _ = Vault.create(path, KeyFileSlot(key), now=NOW)
        with vault:
            with vault.transaction():
                for sha256, piece in pieces.items():
                    with small.evidence_file(sha256) as stream:
                        vault.put_evidence(stream, name=piece.name, media=piece.media)
            for start in range(0, cases, _A_COMMIT):
                with vault.transaction():
                    for number in range(start, min(start + _A_COMMIT, cases)):
                        _write(vault, number, *patterns[number % len(patterns)])
    return path, key


def _write(vault: Vault, number: int, entries: tuple[Entry, ...], rows: Listed) -> None:
    ref = _ref(number)
    events: list[Event] = [entry.event for entry in entries]
    if isinstance(events[0], Opened):
        subject = replace(events[0].subject, id=f"person-{number}", name=f"Person {number}")
        events[0] = replace(events[0], subject=subject, campaign=CAMPAIGN, wave=1)
    vault.append(ref, events, expect=0, now=NOW, by="benchmark")
    facts = replace(factrow.decode(rows.facts), ref=ref, subject=f"person-{number}", campaign=CAMPAIGN, wave=1)
    phases = tuple(replace(phase, body=phase.body.replace(rows.ref, ref)) for phase in rows.phases)
    vault.lists.put(
        replace(
            rows,
            ref=ref,
            subject=f"person-{number}",
            subject_name=f"Person {number}",
            owner=f"worker-{number % 5}",
            campaign=CAMPAIGN,
            wave=1,
            phases=phases,
            facts=factrow.encode(facts),
        ),
        __version__,
    )


def _ref(number: int) -> str:
    """A reference that no other number has, in no order."""
    spread, letters = number * 7_919_993 % len(ALPHABET) ** 5, ""
    for _ in range(5):
        spread, place = divmod(spread, len(ALPHABET))
        letters += ALPHABET[place]
    return f"2026-{letters}"


def _pieces(entries: tuple[Entry, ...]) -> Iterator[Evidence]:
    from dsar.vault.wire import evidence_in  # noqa: PLC0415 - loads the converter

    for entry in entries:
        yield from evidence_in(entry.event)


def _commands(office: Office, path: Path, key: Path) -> list[Measured]:
    """Whole processes, in turns: the agenda and one case, of ten and of many."""
    program = str(Path(sys.executable).with_name("dsar"))

    def run(vault: Path, file: Path, *arguments: str) -> None:
        env = {**os.environ, "DSAR_VAULT": str(vault), "DSAR_KEY_FILE": str(file), "DSAR_TODAY": DAY.isoformat()}
        subprocess.run([program, *arguments], env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
        first = vault.cases()[0]
    times = minima(
        [
            partial(run, office.vault, office.key, "agenda"),
            partial(run, path, key, "agenda"),
            partial(run, office.vault, office.key, "show", first),
            partial(run, path, key, "show", _ref(0)),
        ]
    )
    named = (("dsar agenda, 50,000 cases", "the agenda of ten"), ("dsar show, of 50,000", "dsar show, of ten"))
    return [
        Measured(name=name, seconds=taken, floor_name=floor_name, floor=floor, limit_ratio=AGENDA_RATIO)
        for (name, floor_name), floor, taken in zip(named, times[::2], times[1::2], strict=True)
    ]


def _counted(path: Path, key: Path) -> Measured:
    with Vault.open(path, KeyFileSlot(key)) as vault:
        desk = Desk(vault=vault, today=DAY, now=NOW, by="benchmark", letters=roots())
        floor, taken = minima(
            [
                lambda: sum(len(json.loads(body)) for _, _, body in vault.lists.facts()),
                lambda: sum(one.length for one in case_facts(desk)),
            ],
            rounds=2,
        )
    return Measured(
        name="the facts of 50,000 cases",
        seconds=taken,
        floor_name="their JSON, read",
        floor=floor,
        limit_seconds=COUNT_SECONDS,
    )


def main(arguments: list[str]) -> int:
    """Measure this alone, in the folder that is named; the exit code."""
    from benchmarks.office import ten_cases  # noqa: PLC0415 - only alone

    folder = Path(arguments[0])
    start = time.perf_counter()
    office = ten_cases(folder)
    found = measures(office, folder)
    print(f"{time.perf_counter() - start:.0f} s in all")
    for one in found:
        print(f"{one.name:28}{one.seconds * 1000:9.1f} ms   {one.floor_name}: {one.floor * 1000:.1f}   {one.ratio:.2f}")
    return 0 if all(one.kept for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
