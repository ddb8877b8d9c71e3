"""Reading the imported directory: one record, the records that fit a text, the packs. Opened read-only."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dsar.core.parties import Address, Controller
from dsar.directory import candidates, datenanfragen
from dsar.directory.errors import NotADirectoryFileError
from dsar.directory.harvest import RawPack
from dsar.directory.labels import Label
from dsar.directory.matching import Held, best, judge
from dsar.directory.store import APPLICATION, COMPANY, FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.directory.matching import Match, Query

_LIST = 20
# stands for a record that has not been read yet, while its labels are judged
_UNREAD = Held(controller=Controller(id="", name="", address=Address(lines=(), country="")), origin="imported")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the file says of itself: where it comes from, of which day it is, what it holds."""

    source: str
    licence: str
    retrieved_on: date
    imported_on: date
    companies: int
    obsolete: int
    packs: int


class Shelf:
    """The open file. It is never written to: an import puts another file in its place."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path = path
        self._database = database
        _ours(self._rows, path)
        self._day = date.fromisoformat(self._meta()["retrieved_on"])

    def about(self) -> About:
        """What the file holds."""
        meta = self._meta()
        shapes = dict(self._rows("SELECT shape, count(*) FROM record GROUP BY shape"))
        return About(
            source=meta["source"],
            licence=meta["licence"],
            retrieved_on=self._day,
            imported_on=date.fromisoformat(meta["imported_on"]),
            companies=shapes.get(COMPANY, 0),
            obsolete=sum(count for shape, count in shapes.items() if shape != COMPANY),
            packs=self._rows("SELECT count(*) FROM pack")[0][0],
        )

    def get(self, id: str) -> Held | None:  # noqa: A002 - the word of the house
        """The record with that id, as it is now mapped."""
        rows = self._rows("SELECT shape, original FROM record WHERE id = ?", id)
        return self._held(*rows[0]) if rows else None

    def records(self) -> Iterator[Held]:
        """Every record."""
        for shape, original in self._rows("SELECT shape, original FROM record ORDER BY n"):
            yield self._held(shape, original)

    def packs(self) -> tuple[RawPack, ...]:
        """The packs, by id."""
        rows = self._rows("SELECT id, kind, companies FROM pack ORDER BY id")
        return tuple(RawPack(id=id, kind=kind, companies=tuple(json.loads(names))) for id, kind, names in rows)  # noqa: A001 - as above

    def search(self, query: Query, *, loosely: bool) -> tuple[Match, ...]:
        """The best matches, one for each record, at most twenty, the best first."""
        found = (candidates.loosely if loosely else candidates.strictly)(self._rows, query)
        # the few columns of a label are judged before a record is read
        fitting: dict[int, Match] = {}
        for n, kind, key in found:
            match = judge(query, Label(kind=kind, key=key, shown=key), _UNREAD, loosely=loosely)
            if match is not None and (n not in fitting or match.order < fitting[n].order):
                fitting[n] = match
        first = sorted(fitting, key=lambda n: fitting[n].order)[:_LIST]
        held = (self._numbered(n) for n in first)
        matches = (match for one in held if (match := best(query, one, loosely=loosely)))
        return tuple(sorted(matches, key=lambda match: match.order))

    def _numbered(self, n: int) -> Held:
        ((shape, original),) = self._rows("SELECT shape, original FROM record WHERE n = ?", n)
        return self._held(shape, original)

    def _held(self, shape: str, original: str) -> Held:
        read = datenanfragen.company if shape == COMPANY else datenanfragen.obsolete
        try:
            record = json.loads(original)
            return Held(controller=read(record, self._day), origin="imported", original=record)
        except (ValueError, KeyError, TypeError) as error:
            raise NotADirectoryFileError(path=self._path, why="a record in it is damaged") from error

    def _meta(self) -> dict[str, str]:
        return dict(self._rows("SELECT name, value FROM meta"))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise NotADirectoryFileError(path=self._path, why="it is damaged") from error


@contextmanager
def opened(path: Path | None) -> Iterator[Shelf | None]:
    """The imported directory, or None if nothing was imported.

    Raises:
        NotADirectoryFileError: the file is damaged, or was written by another version of dsar.
    """
    if path is None or not path.exists():
        yield None
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        yield Shelf(path, database)


def _ours(rows: candidates.Rows, path: Path) -> None:
    """Refuse a database that is none of ours, or in another format."""
    ((application,),), ((version,),) = rows("PRAGMA application_id"), rows("PRAGMA user_version")
    if application != APPLICATION:
        raise NotADirectoryFileError(path=path, why="it is no directory of dsar")
    if version != FORMAT:
        raise NotADirectoryFileError(path=path, why="another version of dsar has written it")
