"""What may be replaced: settings, subjects, mandates, drafts, own controllers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dsar.vault.canonical import canonical, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.vault.connection import Database


_LAST = chr(0x10FFFF)


def of_kind(db: Database, kind: str, below: str = "") -> dict[str, dict[str, object]]:
    """All records of a kind by id, in the order of their ids; `below`: only those whose id begins so."""
    # the greatest character there is: what begins so lies before it, and the key of the table finds it
    sql = "SELECT id, body FROM record WHERE kind = ? AND id >= ? AND id < ? ORDER BY id"
    return {name: json.loads(body) for name, body in db.execute(sql, kind, below, below + _LAST)}


def of_subject(db: Database, kind: str, subject: str) -> dict[str, dict[str, object]]:
    """The records of a kind that are about one person, by id: their `subject` is the id of the person."""
    # named, or the order by id would have all records of the kind read
    sql = (
        "SELECT id, body FROM record INDEXED BY record_subject"
        " WHERE kind = ? AND json_extract(body, '$.subject') = ? ORDER BY id"
    )
    return {name: json.loads(body) for name, body in db.execute(sql, kind, subject)}


def get(db: Database, kind: str, name: str) -> dict[str, object] | None:
    """One record, or None."""
    row = db.one("SELECT body FROM record WHERE kind = ? AND id = ?", kind, name)
    return None if row is None else dict(json.loads(row[0]))


def put(db: Database, kind: str, name: str, body: Mapping[str, object]) -> None:
    """Write a record, in place of the one that was there."""
    sql = (
        "INSERT INTO record (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body"
    )
    db.execute(sql, storable("kind of record", kind), storable("id of a record", name), canonical(dict(body)))


def drop(db: Database, kind: str, name: str) -> None:
    """Delete a record; nothing happens if there is none."""
    db.execute("DELETE FROM record WHERE kind = ? AND id = ?", kind, name)


def drop_of_case(db: Database, ref: str) -> None:
    """Delete the records of one case: their id is its reference, or begins with it and `/`, or `ref` names it."""
    sql = (
        "SELECT kind, id, body FROM record WHERE id = ?1 UNION"
        " SELECT kind, id, body FROM record WHERE id >= ?2 AND id < ?3 UNION"
        " SELECT kind, id, body FROM record WHERE json_extract(body, '$.ref') = ?1"
    )
    for kind, name, body in db.execute(sql, ref, f"{ref}/", f"{ref}/{_LAST}"):
        if ref in owners(name, json.loads(body)):
            drop(db, kind, name)


def owners(name: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """The references that a record may belong to: its id, what stands there before `/`, and what `ref` names."""
    return name, name.partition("/")[0], body.get("ref")
