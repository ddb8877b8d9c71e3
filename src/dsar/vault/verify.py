"""Whether the archive is what was written: the chain of each case, the chain of heads, the evidence, the pages.

Whoever has the key can write a whole new history. A copy of the last head (`status().head`) kept elsewhere, in a
dossier or under a timestamp, shows that too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from dsar.core.about import about
from dsar.errors import InputError
from dsar.vault import log, schema, wire
from dsar.vault.canonical import GENESIS, digest
from dsar.vault.connection import DamagedError, Database
from dsar.vault.tombstone import tombstone_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.vault.log import Row


def verify(db: Database, *, complete: bool) -> tuple[str, ...]:
    """Sentences on what is wrong, none if all is well. `complete` reads and hashes every piece of evidence again.

    Every page that is read is checked by the cipher; free pages hold nothing, and are not looked at.
    """
    checks: tuple[Callable[[Database], Iterator[str]], ...] = (
        _tables,
        _guards,
        _cases,
        _heads,
        _named_evidence,
        _sizes,
    )
    problems: list[str] = []
    damaged = False
    for check in (*checks, _index, _bytes) if complete else checks:
        # A damaged page stops one check and not the others.
        try:
            problems.extend(check(db))
        except DamagedError:
            damaged = True
    if damaged:
        problems.extend(_pages(db))
    return tuple(dict.fromkeys(problems))


def _pages(db: Database) -> Iterator[str]:
    """Asked only when a page could not be read: it reads the whole file."""
    broken = len(db.execute("PRAGMA cipher_integrity_check"))
    if broken:
        yield f"{broken} page(s) of the file were altered outside dsar."
    else:
        yield "A part of the file cannot be read: it is damaged."


def _tables(db: Database) -> Iterator[str]:
    """How the tables hold together; not the chunks, which `_bytes` reads one by one, nor the index."""
    yield from _together(db, "NOT GLOB 'word*' AND name NOT IN ('chunk', 'passage')")


def _index(db: Database) -> Iterator[str]:
    """The index of words can be made anew, but not silently."""
    for _ in _together(db, "GLOB 'word_*' OR name = 'passage'"):
        yield "The index of words is damaged: make it anew with `dsar vault rebuild`."


def _together(db: Database, which: str) -> Iterator[str]:
    sql = f"SELECT name FROM sqlite_master WHERE type = 'table' AND (name {which})"  # noqa: S608 - conditions of this file
    for (name,) in db.execute(sql):
        # with a table named, no other page is read
        if db.execute(f"PRAGMA quick_check({name})") != [("ok",)]:
            yield "The tables of the file do not hold together."


def _guards(db: Database) -> Iterator[str]:
    for name in schema.missing_guards(db):
        yield f"The guard {name} against changes of the log is missing or was altered."


def _cases(db: Database) -> Iterator[str]:
    for (ref,) in db.execute("SELECT DISTINCT ref FROM entry ORDER BY ref"):
        prev = GENESIS
        for n, row in enumerate(log.rows(db, ref), start=1):
            if row.n != n:
                yield f"Case {ref}: entry {n} is missing."
                break
            if row.prev != prev:
                yield f"Case {ref}: entry {n} does not follow the entry before it."
            if row.hash != row.seal():
                yield f"Case {ref}: entry {n} was altered."
            yield from _readable(row)
            prev = row.hash


def _readable(row: Row) -> Iterator[str]:
    try:
        event = wire.decode(row.body, row.version)
    except InputError:
        yield f"Case {row.ref}: entry {row.n} cannot be read."
        return
    if (wire.tag(type(event)), event.on.isoformat(), about(event)) != (row.kind, row.on_date, row.about):
        yield f"Case {row.ref}: the columns of entry {row.n} are not those of its fact."


def _heads(db: Database) -> Iterator[str]:
    stones = {ref: tombstone_hash(ref, *rest) for ref, *rest in db.execute(_TOMBSTONES)}
    lines = {(ref, n): line for ref, n, line in db.execute("SELECT ref, n, hash FROM entry")}
    prev, last = GENESIS, dict[str, int]()
    for expected, (seq, ref, n, head, before, sealed) in enumerate(db.execute(_HEADS), start=1):
        if seq != expected or before != prev or sealed != digest(before, seq, ref, n, head):
            yield f"The chain of the vault is broken at link {expected}."
        prev, last[ref] = sealed, n
        if n == 0 and stones.get(ref) != head:
            yield f"Case {ref}: what is left of its erasure was altered."
        if n > 0 and ref not in stones and lines.get((ref, n)) != head:
            yield f"Case {ref}: entry {n} is not the one that the chain of the vault knows."
    yield from _ends(Counter(ref for ref, _n in lines), last, set(stones))


def _ends(counted: Counter[str], last: dict[str, int], erased: set[str]) -> Iterator[str]:
    """The chain of heads and the log must end at the same entry of each case."""
    for ref in sorted(counted.keys() | last.keys() | erased):
        if counted[ref] != last.get(ref, -1):
            yield f"Case {ref}: the log has {counted[ref]} entries, and the chain of the vault knows another number."


def _named_evidence(db: Database) -> Iterator[str]:
    held = {sha256 for (sha256,) in db.execute("SELECT sha256 FROM evidence")}
    noted = set(db.execute("SELECT ref, sha256 FROM evidence_ref"))
    named: set[tuple[str, str]] = set()
    for (ref,) in db.execute("SELECT DISTINCT ref FROM entry ORDER BY ref"):
        for row in log.rows(db, ref):
            try:
                event = wire.decode(row.body, row.version)
            except InputError:
                continue  # `_cases` has said so
            named.update((ref, piece.sha256) for piece in wire.evidence_in(event))
    for ref, sha256 in sorted(named | noted):
        if sha256 not in held:
            yield f"Case {ref}: the file with the hash {sha256} is missing."
        if ((ref, sha256) in named) != ((ref, sha256) in noted):
            yield f"Case {ref}: the list of its files does not match its log."


def _sizes(db: Database) -> Iterator[str]:
    # Piece by piece: grouped in one statement, SQLite sorts, and keeps all bytes in memory for it.
    for sha256, blob, size, chunks in db.execute("SELECT sha256, blob, size, chunks FROM evidence ORDER BY sha256"):
        found = db.one("SELECT COUNT(*), COALESCE(SUM(LENGTH(data)), 0) FROM chunk WHERE blob = ?", blob)
        if found != (chunks, size):
            yield f"The file with the hash {sha256} is incomplete."


def _bytes(db: Database) -> Iterator[str]:
    for sha256, blob, chunks in db.execute("SELECT sha256, blob, chunks FROM evidence ORDER BY sha256"):
        hasher = hashlib.sha256()
        for n in range(1, chunks + 1):
            row = db.one("SELECT data FROM chunk WHERE blob = ? AND n = ?", blob, n)
            hasher.update(row[0] if row else b"")
        if hasher.hexdigest() != sha256:
            yield f"The file with the hash {sha256} was altered."


_HEADS = "SELECT seq, ref, n, head, prev, hash FROM head ORDER BY seq"
_TOMBSTONES = "SELECT ref, entries, erased_at, reason, last_hash FROM tombstone"
