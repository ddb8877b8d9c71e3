"""A list of 10,000 people taken into the register, against reading the same CSV and inserting records of that size.

`python -m benchmarks.people` prints this measure alone.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
import time
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import Measured
from dsar.core.parties import Address
from dsar.desk import people, sheet
from dsar.desk.columns import mapping
from dsar.desk.enrolling_import import Wish, take
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.connection import Database
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = 10_000
LIMIT_SECONDS = 8.0
NOW = "2026-11-22T09:00:00+01:00"
_ROUNDS = 2
_HEADS = (
    "Nummer",
    "Vorname",
    "Nachname",
    "E-Mail",
    "Straße",
    "PLZ",
    "Ort",
    "Land",
    "Sprache",
    "Gruppe",
    "Einwilligung",
)


def import_of_many(folder: Path, size: int = PEOPLE) -> Measured:
    """The shortest of some rounds, each into a vault of its own."""
    path = folder / "people.csv"
    path.write_text(_list(size), encoding="utf-8")
    turn = count()
    rounds = [
        (_floor(path, folder / f"floor-{(n := next(turn))}"), _ours(path, folder / f"ours-{n}")) for _ in range(_ROUNDS)
    ]
    return Measured(
        name=f"{size:,} people taken in",
        seconds=min(ours for _, ours in rounds),
        floor_name="the CSV read, the records written",
        floor=min(floor for floor, _ in rounds),
        limit_seconds=LIMIT_SECONDS,
    )


def _list(size: int) -> str:
    rng = random.Random(7)  # noqa: S311 - no secret
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";")
    writer.writerow(_HEADS)
    for n in range(size):
        first, country = rng.choice(("Zoë", "Ana", "Jürgen", "François")), rng.choice(("Deutschland", "FR", "Italia"))
        name, street = f"Müller{n % 3000}", f"Hauptstraße {n}"
        writer.writerow(
            (n + 1, first, name, f"p{n}@mail.example", street, 10_000 + n, "Köln", country, "de", "a, b", "2026-02-01")
        )
    return made.getvalue()


def _made(folder: Path) -> tuple[Vault, KeyFileSlot]:
    folder.mkdir()
    source = KeyFileSlot(folder / "key")
    return Vault.create(folder / "vault.dsar", source, now=NOW)[0], source


def _ours(path: Path, folder: Path) -> float:
    vault, _ = _made(folder)
    with vault:
        desk = Desk(vault=vault, today=date(2026, 11, 22), now=NOW, by="bench", letters=roots())
        where = Address(lines=(), country="DE")
        me = people.person(people.SELF, name="Ana", email="ana@ngo.example", address=where, language="de")
        people.set_self(vault, me)
        start = time.perf_counter()
        table = sheet.read(path)
        done = take(desk, table, mapping(table.name, table.heads, {}, ()), Wish(defaults={}, country="", language="de"))
        taken = time.perf_counter() - start
        assert done.count("new") == len(table.rows)
        assert not done.problems
    return taken


def _floor(path: Path, folder: Path) -> float:
    """Two records a person, of the size that the register writes, in one transaction."""
    vault, source = _made(folder)
    vault.close()
    bare = Database(folder / "vault.dsar", bytes.fromhex(source.path.read_text().strip()))
    start = time.perf_counter()
    with bare.transaction():
        for n, body in enumerate(_bodies(path)):
            for kind in ("subject", "enrolled"):
                bare.execute("INSERT INTO record (kind, id, body) VALUES (?, ?, ?)", kind, f"person-{n}", body)
    taken = time.perf_counter() - start
    bare.close()
    return taken


def _bodies(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream, delimiter=";"):
            # as long as what stands for a person, and JSON, as the table's indices want it
            yield '{"said":"' + "".join(row).ljust(230)[:230].replace('"', "") + '"}'


def main() -> int:
    """Print the measure; the exit code."""
    with tempfile.TemporaryDirectory(prefix="dsar-people-") as name:
        found = import_of_many(Path(name))
    print(f"{found.name}: {found.seconds:.2f} s; {found.floor_name}: {found.floor:.2f} s ({found.ratio:.1f} x)")
    return 0 if found.kept else 1


if __name__ == "__main__":
    sys.exit(main())
