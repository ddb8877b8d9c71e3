"""Everything that the vault holds of some cases, or of all, as lines of JSON and the original files.

An entry is written with its columns as they were hashed, so that anybody can compute the chain again; the schema is in
docs/vault.md. `take_over` in `take_over.py` is the way back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.vault import evidence, identity, log, records
from dsar.vault.canonical import canonical
from dsar.vault.parcel import readable_name
from dsar.vault.tombstone import BACKUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dsar.vault.connection import Database
    from dsar.vault.lines import Line
    from dsar.vault.parcel import Sink

FORMAT = "dsar-export"
VERSION = 1

HERE_ONLY = (BACKUPS,)
"""The kinds of records that speak of this computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to export: cases (None: the whole vault), further records as (kind, id), and messages of no case."""

    refs: tuple[str, ...] | None
    records: tuple[tuple[str, str], ...] = ()
    mails: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.refs is None

    def has(self, ref: object) -> bool:
        """Whether a case is in it."""
        return self.refs is None or ref in self.refs


def export(db: Database, sink: Sink, choice: Choice, *, now: str) -> int:
    """Write what was chosen into a sink; the number of files of evidence. NoCaseError if a case is not there."""
    cases = log.cases(db) if choice.refs is None else choice.refs
    told: dict[str, list[tuple[str, str]]] = {}
    head = db.one("SELECT hash FROM head ORDER BY seq DESC LIMIT 1")
    about = {
        "format": FORMAT, "version": VERSION, "vault": identity.read(db), "exported_at": now,
        "whole": choice.whole, "cases": list(cases), "head": head[0] if head else "",
    }  # fmt: skip
    sink.write("export.json", [_line(about)])
    sink.write("entries.jsonl", map(_line, _entries(db, cases, told)))
    if choice.whole:
        sink.write("heads.jsonl", map(_line, _rows(db, "SELECT seq, ref, n, head, prev, hash FROM head ORDER BY seq")))
        sink.write("tombstones.jsonl", map(_line, _rows(db, _TOMBSTONES)))
    kept, mails, out = tuple(_records(db, choice)), tuple(_mails(db, choice)), tuple(_of_cases(db, _OUTBOX, choice))
    sink.write("records.jsonl", map(_line, kept))
    sink.write("mails.jsonl", map(_line, mails))
    sink.write("outbox.jsonl", map(_line, out))
    sink.write("threads.jsonl", map(_line, _of_cases(db, _KNOWN, choice)))
    sink.write("stamps.jsonl", map(_line, tuple(_stamps(db, sink, choice))))
    for mail in mails:
        told.setdefault(mail["sha256"], []).append((mail["body"]["name"], mail["body"]["media"]))
    for record in kept:
        for piece in _pieces(record["body"]):
            told.setdefault(piece["sha256"], []).append((piece["name"], piece["media"]))
    for row in out:
        told.setdefault(row["sha256"], []).append(("sent.eml", "message/rfc822"))
    return _files(db, sink, told, whole=choice.whole)


def _entries(db: Database, cases: Iterable[str], told: dict[str, list[tuple[str, str]]]) -> Iterator[Line]:
    for ref in cases:
        rows = log.rows(db, ref)
        if not rows:
            raise log.NoCaseError(ref=ref)
        for row in rows:
            for piece in _pieces(json.loads(row.body)):
                told.setdefault(piece["sha256"], []).append((piece["name"], piece["media"]))
            yield {
                "ref": row.ref, "n": row.n, "kind": row.kind, "on": row.on_date, "recorded_at": row.recorded_at,
                "by": row.recorded_by, "about": row.about, "version": row.version, "body": json.loads(row.body),
                "prev": row.prev, "hash": row.hash,
            }  # fmt: skip


def _pieces(value: object) -> Iterator[Line]:
    """Every piece of evidence that a stored value names."""
    if isinstance(value, dict):
        if {"sha256", "size", "name", "media"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _pieces(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pieces(inner)


def _records(db: Database, choice: Choice) -> Iterator[Line]:
    wanted = {*choice.records, *(_of_parties(db, choice.refs) if choice.refs is not None else ())}
    for kind, name, body in db.execute("SELECT kind, id, body FROM record ORDER BY kind, id"):
        plain = json.loads(body)
        if choice.whole:
            chosen = kind not in HERE_ONLY
        else:
            chosen = (kind, name) in wanted or any(choice.has(one) for one in records.owners(name, plain))
        if chosen:
            yield {"kind": kind, "id": name, "body": plain}


def _of_parties(db: Database, cases: Sequence[str]) -> Iterator[tuple[str, str]]:
    for ref in cases:
        opened = json.loads(log.rows(db, ref)[0].body)
        mandate = opened.get("mandate")
        yield "subject", opened["subject"]["id"]
        yield "controller", opened["controller"]["id"]
        if mandate is not None:
            yield "mandate", mandate["id"]


def _mails(db: Database, choice: Choice) -> Iterator[Line]:
    firsts = dict(db.execute("SELECT id, sha256 FROM mail"))
    filed: dict[int, list[list[object]]] = {}
    for number, ref, n in db.execute("SELECT mail, ref, n FROM mail_case ORDER BY mail, ref, n"):
        if choice.has(ref):
            filed.setdefault(number, []).append([ref, n])
    sql = "SELECT id, sha256, message_id, state, taken_at, body, why, proposals FROM mail ORDER BY id"
    for number, sha256, message_id, state, taken_at, body, why, proposals in db.execute(sql):
        if choice.whole or number in filed or number in choice.mails:
            # the number of the first of two is one of this vault: its hash is the same everywhere
            first = firsts.get(int(why), "") if state == "double" else ""
            yield {
                "sha256": sha256, "message_id": message_id, "state": state, "taken_at": taken_at,
                "body": json.loads(body), "why": "" if first else why, "first": first,
                "proposals": [one for one in json.loads(proposals) if choice.has(one["ref"])],
                "cases": filed.get(number, []),
            }  # fmt: skip


def _of_cases(db: Database, sql: str, choice: Choice) -> Iterator[Line]:
    return (row for row in _rows(db, sql) if choice.has(row["ref"]))


def _stamps(db: Database, sink: Sink, choice: Choice) -> Iterator[Line]:
    for number, row in enumerate(_of_cases(db, _STAMPS, choice), start=1):
        reply = f"stamps/{number}.tsr"
        sink.write(reply, [row.pop("reply")])
        if row["statement"]:
            sink.write(f"stamps/{number}.json", [row["statement"].encode()])
        yield {**row, "reply": reply}


def _files(db: Database, sink: Sink, told: dict[str, list[tuple[str, str]]], *, whole: bool) -> int:
    found = []
    for sha256, size in db.execute("SELECT sha256, size FROM evidence ORDER BY sha256"):
        names = list(dict.fromkeys(told.get(sha256, ())))
        if names or whole:
            path = readable_name(sha256, names[0][0] if names else "")
            sink.write(path, evidence.read(db, sha256))
            found.append({"sha256": sha256, "size": size, "file": path, "names": [list(name) for name in names]})
    sink.write("evidence.jsonl", map(_line, found))
    return len(found)


def _rows(db: Database, sql: str) -> Iterator[Line]:
    columns = [
        name.strip().rpartition(" ")[2] for name in sql.removeprefix("SELECT ").partition(" FROM ")[0].split(",")
    ]
    return (dict(zip(columns, row, strict=True)) for row in db.execute(sql))


def _line(value: object) -> bytes:
    return canonical(value).encode("ascii") + b"\n"


_TOMBSTONES = "SELECT ref, entries, erased_at, reason, last_hash FROM tombstone ORDER BY ref"
_KNOWN = "SELECT ref, message_id FROM known_id ORDER BY ref, message_id"
_OUTBOX = (
    "SELECT ref, letter, account, recipient, message_id, sha256, on_date, state, at, reply, entry"
    " FROM outbox ORDER BY id"
)
_STAMPS = "SELECT what, ref, n, name, sha256, statement, stamped_at, authority, taken_at, reply FROM stamp ORDER BY id"
