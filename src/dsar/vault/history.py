"""Who wrote what when: the lines of the log and what is left of erased cases, without what the facts say."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.vault.connection import Database

ERASED = "erased"
_CHUNK = 1_000
_AFTER_ALL = "~"  # sorts after every instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One thing that somebody did: the instant and the name that were written down with it, and the kind of fact.

    `ref` is the case and `n` the entry; `on` the day on which it happened, `about` the entry that it speaks of. Of an
    erased case only the instant is left: `n` is how many entries it had, and nobody's name stands beside it.
    """

    at: str
    by: str
    ref: str
    n: int
    kind: str
    on: str
    about: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines: of a case, of a campaign, by somebody, of a kind, recorded from one day to another (ISO dates)."""

    ref: str = ""
    campaign: str = ""
    by: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


class History:
    """The history of an open vault, in its transaction."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection."""
        self._db = db

    def lines(self, wanted: Wanted, *, offset: int = 0, limit: int | None = None) -> Iterator[Written]:
        """What was written, the latest first; read some thousand lines at a time."""
        found = merge(self._entries(wanted), self._erased(wanted), key=lambda one: one.at, reverse=True)
        return islice(found, offset, None if limit is None else offset + limit)

    def _entries(self, wanted: Wanted) -> Iterator[Written]:
        """The entries, the latest first; what was written in one instant in the order in which it was written."""
        for _, together in groupby(self._rows(wanted), key=itemgetter(1)):
            for _, at, ref, n, by, kind, on, about in sorted(together, key=itemgetter(0), reverse=True):
                yield Written(at=at, by=by, ref=ref, n=n, kind=kind, on=on, about=about)

    def _rows(self, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
        where, values = _where(wanted)
        # by the key of the case where one is asked for, else along the instants
        index = "" if wanted.ref else "INDEXED BY entry_written"
        sql = (
            f"SELECT rowid, recorded_at, ref, n, recorded_by, kind, on_date, about FROM entry {index}"  # noqa: S608 - names of this file
            f" WHERE (recorded_at, ref, n) < (?, ?, ?) AND {where}"
            " ORDER BY recorded_at DESC, ref DESC, n DESC LIMIT ?"
        )
        last: tuple[object, ...] = (_AFTER_ALL, "", 0)
        while rows := self._db.execute(sql, *last, *values, _CHUNK):
            yield from rows
            last = rows[-1][1:4]

    def _erased(self, wanted: Wanted) -> list[Written]:
        if wanted.by or wanted.campaign or wanted.kind not in {"", ERASED}:
            return []
        sql = "SELECT erased_at, ref, entries FROM tombstone WHERE ?1 IN ('', ref) ORDER BY erased_at DESC"
        rows = self._db.execute(sql, wanted.ref)
        lines = [Written(at=at, by="", ref=ref, n=n, kind=ERASED, on=at[:10]) for at, ref, n in rows]
        return [one for one in lines if wanted.since <= one.on and (not wanted.until or one.on <= wanted.until)]


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    said: list[tuple[str, object]] = []
    for column, value in (("ref", wanted.ref), ("recorded_by", wanted.by), ("kind", wanted.kind)):
        if value:
            said.append((f"{column} = ?", value))
    if wanted.campaign:
        said.append(("ref IN (SELECT ref FROM listed WHERE campaign = ?)", wanted.campaign))
    if wanted.since:
        said.append(("recorded_at >= ?", wanted.since))
    if wanted.until:
        said.append(("substr(recorded_at, 1, 10) <= ?", wanted.until))
    return " AND ".join([one for one, _ in said] or ["TRUE"]), [value for _, value in said]
