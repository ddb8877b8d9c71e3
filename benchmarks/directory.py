"""The directory: importing 3,070 records, and searching among 100,000 with a typing error.

`python -m benchmarks.directory ZIP` does the same with the real archive of github.com/datenanfragen/data, and says for
how many of 200 names with one typing error the right record is among the first three.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.timing import Measured, minima
from dsar.desk.directory import directory
from dsar.desk.directory_import import take_over
from dsar.directory import store
from dsar.directory.harvest import Harvest

if TYPE_CHECKING:
    from collections.abc import Sequence

RECORDS = 3_070
MANY = 100_000
NAMES = 10
SAMPLE = 200
IMPORT_SECONDS = 3.0
SEARCH_SECONDS = 0.050
DAY = date(2026, 3, 5)

_FIRST = ("b", "br", "d", "f", "gl", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
_SYLLABLES = [first + rest for first in _FIRST for rest in ("a", "al", "e", "en", "i", "is", "o", "or", "u")]
_FORMS = ("GmbH", "AG", "Ltd.", "S.A.", "B.V.", "Inc.", "SARL", "Deutschland GmbH", "Bank AG", "Holding GmbH")


def measures(folder: Path) -> list[Measured]:
    """Import and search, each beside its floor."""
    return [_import(folder), _search(folder)]


def companies(count: int) -> list[dict[str, Any]]:
    """Made-up records, the same each time."""
    rng = random.Random(7)  # noqa: S311 - no secret

    def word() -> str:
        return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()

    return [
        {
            "slug": f"c-{n}",
            "name": f"{word()} {word()} {rng.choice(_FORMS)}",
            "address": f"{word()}strasse {rng.randint(1, 200)}\n{rng.randint(10000, 99999)} {word()}\nGermany",
            "relevant-countries": ["all"],
            "sources": ["https://source.example"],
            "quality": "verified",
            "web": f"https://www.{word().lower()}-{n}.example",
            "email": f"privacy@{word().lower()}-{n}.example",
            "runs": [f"{word()} {word()}"] if n % 3 == 0 else [],
        }
        for n in range(count)
    ]


def mistyped(name: str, rng: random.Random) -> str:
    """The name with one typing error: a letter lost, added, wrong, or two that changed places."""
    at = rng.choice([place for place, char in enumerate(name) if char.isalnum()])
    letter, kind = rng.choice("abcdefghijklmnopqrstuvwxyz"), rng.randrange(4)
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    return (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        swapped,
    )[kind]


def _import(folder: Path) -> Measured:
    archive, target = folder / "data.zip", folder / "directory.sqlite"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for one in companies(RECORDS):
            made.writestr(f"data-master/companies/{one['slug']}.json", json.dumps(one))

    def floor() -> None:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                json.loads(opened.read(member))

    least, taken = minima([floor, lambda: take_over(archive, target, DAY)], rounds=5)
    return Measured(
        name=f"{RECORDS:,} records imported",
        seconds=taken,
        floor_name="the ZIP read as JSON",
        floor=least,
        limit_seconds=IMPORT_SECONDS,
    )


def _search(folder: Path) -> Measured:
    path, found, rng = folder / "many.sqlite", companies(MANY), random.Random(1)  # noqa: S311 - no secret
    harvest = Harvest(
        companies=tuple(found), obsolete=(), packs=(), problems=(), remarks=(), retrieved_on=DAY, licence=""
    )
    store.write(path, harvest, DAY.isoformat())
    chosen = [(one["slug"], mistyped(one["name"], rng)) for one in rng.sample(found, NAMES)]

    def bare() -> None:
        database = sqlite3.connect(path)
        database.execute("SELECT original FROM record WHERE id = 'c-99'").fetchall()
        database.close()

    def ours() -> None:
        for slug, text in chosen:
            with directory(None, path) as where:
                assert slug in {match.controller.id for match in where.search(text)[:3]}

    floor, taken = minima([bare, ours])
    return Measured(
        name=f"a name among {MANY:,}",
        seconds=taken / NAMES,
        floor_name="sqlite3, one select",
        floor=floor,
        limit_seconds=SEARCH_SECONDS,
    )


def main(arguments: Sequence[str]) -> int:
    """Import the archive that is named and search in it; the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m benchmarks.directory ZIP\n")
        return 2
    with TemporaryDirectory(prefix="dsar-bench-") as name:
        path = Path(name) / "directory.sqlite"
        start = time.perf_counter()
        done = take_over(Path(arguments[0]), path, DAY)
        print(f"imported {done.companies} records in {time.perf_counter() - start:.2f} s")
        with directory(None, path) as where:
            assert where.shelf is not None
            known = [held.controller for held in where.shelf.records() if not held.controller.obsolete]
            rng, right = random.Random(1), 0  # noqa: S311 - no secret
            for one in rng.sample(known, SAMPLE):
                found = where.search(mistyped(one.name, rng))[:3]
                right += one.id in {match.controller.id for match in found}
    print(f"with one typing error in its name, {right} of {SAMPLE} are among the first three")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
