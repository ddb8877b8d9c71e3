"""The timestamps in a vault: what they are about, and the reply of the authority as it came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dsar.vault.canonical import canonical

if TYPE_CHECKING:
    from dsar.vault.connection import Database

What = Literal["case", "vault", "file"]

_COLUMNS = "id, what, ref, n, name, sha256, statement, stamped_at, authority, taken_at, reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A timestamp over the SHA-256 `sha256` of `statement` (of a file: of its bytes; the statement is empty).

    `n` is the number of the last entry, or of the last link of the vault's chain. `stamped_at` is the authority's
    instant, `taken_at` ours.
    """

    id: int
    what: What
    ref: str
    n: int
    name: str
    sha256: str
    statement: str
    stamped_at: str
    authority: str
    taken_at: str
    reply: bytes


class Stamps:
    """The timestamps of an open vault."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection: what is written here is part of its transaction."""
        self._db = db

    def statement(self, ref: str, n: int | None = None) -> tuple[int, str] | None:
        """What is stamped of a case: the hash of its entry `n` (the last), which seals all before it.

        Where `ref` is empty, of the chain over all cases. The number and a short text; None if there is no such entry.
        """
        if ref:
            sql = "SELECT n, hash FROM entry WHERE ref = ?1 AND (?2 IS NULL OR n = ?2) ORDER BY n DESC LIMIT 1"
        else:
            sql = "SELECT seq, hash FROM head WHERE ?1 = '' AND (?2 IS NULL OR seq = ?2) ORDER BY seq DESC LIMIT 1"
        row = self._db.one(sql, ref, n)
        if row is None:
            return None
        about = {"case": ref, "entry": row[0]} if ref else {"link": row[0], "of": "vault"}
        return row[0], canonical({**about, "hash": row[1]})

    def add(self, stamp: Stamp) -> Stamp:
        """Keep a timestamp; the same with its number."""
        sql = (
            "INSERT INTO stamp (what, ref, n, name, sha256, statement, stamped_at, authority, taken_at, reply)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
        )
        ((number,),) = self._db.execute(
            sql, stamp.what, stamp.ref, stamp.n, stamp.name, stamp.sha256, stamp.statement, stamp.stamped_at,
            stamp.authority, stamp.taken_at, stamp.reply,
        )  # fmt: skip
        return replace(stamp, id=int(number))

    def listed(self, ref: str | None) -> tuple[Stamp, ...]:
        """The timestamps of a case (None: all), oldest first."""
        sql = f"SELECT {_COLUMNS} FROM stamp WHERE ?1 IS NULL OR ref = ?1 ORDER BY id"  # noqa: S608 - names of this file
        rows = self._db.execute(sql, ref)
        return tuple(Stamp(**dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows)
