"""The registers in an export: messages that came and went, their ids, timestamps. See `take_over`.

Every row must speak of a case that is in the export too: else a stranger's file could enter mails into a case of ours,
or make answers of strangers find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dsar.vault.canonical import canonical
from dsar.vault.lines import objects, values
from dsar.vault.mailbox import Arrival, State

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from dsar.vault.connection import Database
    from dsar.vault.parcel import Source


def mails(db: Database, source: Source, refs: AbstractSet[str]) -> int:
    """The register of messages that came in; how many are new."""
    new = 0
    for line in objects(source, "mails.jsonl"):
        sha256, message_id, state, at, body, why, first, proposals, cases = values(
            source, line, sha256=str, message_id=str, state=str, taken_at=str, body=dict, why=str, first=str,
            proposals=list, cases=list,
        )  # fmt: skip
        if db.one("SELECT 1 FROM evidence WHERE sha256 = ?", sha256) is None:
            raise source.bad(f"the mail {sha256[:12]}… is not in it")
        _readable(source, sha256, state, body)
        if db.one("SELECT 1 FROM mail WHERE sha256 = ?", sha256) is None:
            before = db.one("SELECT id FROM mail WHERE sha256 = ?", first) if first else None
            sql = (
                "INSERT INTO mail (sha256, message_id, state, taken_at, body, why, proposals)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
            )
            said = str(before[0]) if before else why
            db.execute(sql, sha256, message_id, state, at, canonical(body), said, canonical(proposals))
            new += 1
        for ref, n in cases:
            _of_the_export(source, refs, str(ref))
            if db.one("SELECT 1 FROM entry WHERE ref = ? AND n = ?", str(ref), int(n)) is None:
                raise source.bad(f"the mail {sha256[:12]}… is said to be entry {n} of case {ref}, which is not there")
            sql = (
                "INSERT INTO mail_case (mail, ref, n) SELECT id, ?, ? FROM mail WHERE sha256 = ?"
                " ON CONFLICT (mail, ref, n) DO NOTHING"
            )
            db.execute(sql, str(ref), int(n), sha256)
    return new


def outbox(db: Database, source: Source, refs: AbstractSet[str]) -> None:
    """The mails that went out."""
    kinds: dict[str, type | tuple[type, ...]] = dict.fromkeys(_OUTBOX, str)
    kinds.update(letter=int, entry=(int, type(None)))
    for line in objects(source, "outbox.jsonl"):
        found = values(source, line, **kinds)
        _of_the_export(source, refs, str(found[0]))
        marks = ", ".join("?" * len(kinds))
        columns = ", ".join(kinds)
        sql = f"INSERT INTO outbox ({columns}) VALUES ({marks})"  # noqa: S608 - names of this file
        sql += " ON CONFLICT (message_id) DO NOTHING"
        db.execute(sql, *found)


def threads(db: Database, source: Source, refs: AbstractSet[str]) -> None:
    """The message ids by which an answer finds its case."""
    for line in objects(source, "threads.jsonl"):
        ref, message_id = values(source, line, ref=str, message_id=str)
        _of_the_export(source, refs, ref)
        sql = "INSERT INTO known_id (message_id, ref) VALUES (?, ?) ON CONFLICT (message_id, ref) DO NOTHING"
        db.execute(sql, message_id, ref)


def stamps(db: Database, source: Source, refs: AbstractSet[str]) -> None:
    """The timestamps, with the replies as they came."""
    for line in objects(source, "stamps.jsonl"):
        *columns, path = values(
            source, line, what=str, ref=str, n=int, name=str, sha256=str, statement=str, stamped_at=str, authority=str,
            taken_at=str, reply=str,
        )  # fmt: skip
        if columns[1]:
            _of_the_export(source, refs, str(columns[1]))
        with source.open(path) as stream:
            reply = stream.read(_MOST_REPLY)
        if db.one("SELECT 1 FROM stamp WHERE reply = ?", reply) is None:
            sql = (
                "INSERT INTO stamp (what, ref, n, name, sha256, statement, stamped_at, authority, taken_at, reply)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            )
            db.execute(sql, *columns, reply)


def _of_the_export(source: Source, refs: AbstractSet[str], ref: str) -> None:
    if ref not in refs:
        raise source.bad(f"it speaks of the case {ref}, which is not in it")


def _readable(source: Source, sha256: str, state: str, body: dict[str, object]) -> None:
    """Refuse a mail that the register could not read again."""
    try:
        held = Arrival(**body)  # type: ignore[arg-type]  # what is missing or too much is a TypeError
    except TypeError:
        raise source.bad(f"the mail {sha256[:12]}… is not described as dsar describes one") from None
    if state not in get_args(State) or held.sha256 != sha256:
        raise source.bad(f"the mail {sha256[:12]}… is not described as dsar describes one")


_MOST_REPLY = 1024 * 1024
_OUTBOX = ("ref", "letter", "account", "recipient", "message_id", "sha256", "on_date", "state", "at", "reply", "entry")
