"""What may be replaced: settings, subjects, mandates, drafts, own controllers; and the disposable row of each case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dsar.vault.canonical import canonical, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.vault.connection import Database


def of_kind(db: Database, kind: str) -> dict[str, dict[str, object]]:
    """All records of a kind by id, in the order of their ids."""
    return {
        name: json.loads(body)
        for name, body in db.execute("SELECT id, body FROM record WHERE kind = ? ORDER BY id", kind)
    }


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
    for kind, name, body in db.execute("SELECT kind, id, body FROM record"):
        if ref in owners(name, json.loads(body)):
            drop(db, kind, name)


def owners(name: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """The references that a record may belong to: its id, what stands there before `/`, and what `ref` names."""
    return name, name.partition("/")[0], body.get("ref")


def project(db: Database, ref: str, body: Mapping[str, object]) -> None:
    """Write the disposable row of a case."""
    sql = "INSERT INTO projection (ref, body) VALUES (?, ?) ON CONFLICT (ref) DO UPDATE SET body = excluded.body"
    db.execute(sql, storable("case reference", ref), canonical(dict(body)))


def projection(db: Database) -> dict[str, dict[str, object]]:
    """The disposable rows of all cases."""
    return {ref: json.loads(body) for ref, body in db.execute("SELECT ref, body FROM projection ORDER BY ref")}


def clear_projection(db: Database) -> None:
    """Forget all disposable rows, before they are built again."""
    db.execute("DELETE FROM projection")
