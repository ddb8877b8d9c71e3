"""Writing the imported directory: one plain SQLite file beside the vault, built aside and put in place as a whole."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from dsar.directory import datenanfragen
from dsar.directory.grams import Postings, grams, inner
from dsar.directory.labels import labels
from dsar.directory.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dsar.core.parties import Controller
    from dsar.directory.harvest import Harvest
    from dsar.directory.labels import Label

APPLICATION = 0x64736172  # "dsar"
FORMAT = 1

COMPANY, OBSOLETE = "company", "obsolete"
ADDRESS = "@"
"""Before the grams of postal addresses, which are long and searched only for what they contain."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, shape TEXT NOT NULL, original TEXT NOT NULL);
CREATE TABLE label (n INTEGER PRIMARY KEY, record INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE gram (gram TEXT PRIMARY KEY, size INTEGER NOT NULL, labels BLOB NOT NULL);
CREATE TABLE pack (id TEXT PRIMARY KEY, kind TEXT NOT NULL, companies TEXT NOT NULL);
"""


def write(path: Path, found: Harvest, today: str) -> None:
    """Put a harvest in the place of the directory that was there. Until the last step the old one stays whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        aside.unlink(missing_ok=True)
        with closing(sqlite3.connect(aside)) as database:
            _fill(database, found, today)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, found: Harvest, today: str) -> None:
    # a crash loses the file that is built aside, and nothing else
    database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;{_TABLES}")
    with database:
        meta = {
            "licence": found.licence,
            "retrieved_on": found.retrieved_on.isoformat(),
            "imported_on": today,
            "source": datenanfragen.NAME,
        }
        database.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        database.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", _records(found))
        database.executemany(
            "INSERT INTO pack VALUES (?, ?, ?)", [(one.id, one.kind, json.dumps(one.companies)) for one in found.packs]
        )
        rows = list(_labels(_controllers(found)))
        database.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO gram VALUES (?, ?, ?)", _grams(rows))
    database.execute("CREATE INDEX label_key ON label (key)")
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {FORMAT}")


def _records(found: Harvest) -> Iterator[tuple[int, str, str, str]]:
    shapes = ((COMPANY, found.companies), (OBSOLETE, found.obsolete))
    records = ((shape, record) for shape, records in shapes for record in records)
    for n, (shape, record) in enumerate(records):
        yield n, record["slug"], shape, json.dumps(record, ensure_ascii=False)


def _controllers(found: Harvest) -> Iterator[Controller]:
    """In the order of `_records`."""
    yield from (datenanfragen.company(record, found.retrieved_on) for record in found.companies)
    yield from (datenanfragen.obsolete(record, found.retrieved_on) for record in found.obsolete)


def _labels(controllers: Iterable[Controller]) -> Iterator[tuple[int, int, str, str]]:
    """Every label, numbered from the shortest on: of two that fit alike, the lower number is the nearer one."""
    found: list[tuple[int, Label]] = [
        (n, label) for n, controller in enumerate(controllers) for label in labels(controller)
    ]
    found.sort(key=lambda pair: (len(pair[1].key), pair[1].key, pair[0]))
    for number, (n, label) in enumerate(found):
        yield number, n, label.kind, label.key


def _grams(rows: Iterable[tuple[int, int, str, str]]) -> Iterator[tuple[str, int, bytes]]:
    postings = Postings()
    for number, _, kind, key in rows:
        if kind in {"name", "runs", "domain", "mail"}:
            postings.add(grams(plain(key)), number)
        elif kind == "address":
            postings.add((f"{ADDRESS}{gram}" for gram in inner(key)), number)
    for gram, data in postings.rows():
        yield gram, len(data) // 4, data
