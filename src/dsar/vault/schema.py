"""The tables, and the named migrations that lead to them. Plain SQL: another engine may come.

`entry` is the log, `head` the chain over all cases, `tombstone` what is left of an erased case. These three, and the
evidence, are append-only by trigger; an erasure opens a door for one case by a row in `erasing`, in its transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dsar.errors import InputError, StateError
from dsar.vault import found_tables, lists_tables, mailbox_tables, outbox_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.vault.connection import Database


class NewerVaultError(StateError):
    """A later version of dsar has changed the tables."""

    sentence = "The vault {path} was made by a newer dsar: install that version to open it."


class ForeignFileError(InputError):
    """An encrypted database, but not one of ours."""

    sentence = "The file {path} is no vault of dsar: give the path of the vault with --vault."


class Migration(NamedTuple):
    """A step from one schema to the next. Its name is never changed once it has been released.

    A named tuple, because every command makes all of them, and a dataclass takes 1 ms to define.
    """

    name: str
    statements: tuple[str, ...]


def _forbid(table: str, verb: str, unless: str = "") -> str:
    condition = f" WHEN NOT EXISTS ({unless})" if unless else ""
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}{condition}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _forbid_replace(table: str, *keys: str) -> str:
    """INSERT OR REPLACE deletes without asking the triggers for DELETE."""
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    known = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - the names are those of this file
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({known})"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    (
        "CREATE TABLE entry (ref TEXT NOT NULL, n INTEGER NOT NULL CHECK (n >= 1), kind TEXT NOT NULL,"
        " on_date TEXT NOT NULL, recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL, about INTEGER,"
        " version INTEGER NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (ref, n))"
    ),
    (
        "CREATE TABLE head (seq INTEGER PRIMARY KEY, ref TEXT NOT NULL, n INTEGER NOT NULL, head TEXT NOT NULL,"
        " prev TEXT NOT NULL, hash TEXT NOT NULL)"
    ),
    "CREATE INDEX head_ref ON head (ref)",
    (
        "CREATE TABLE evidence (sha256 TEXT PRIMARY KEY, blob INTEGER NOT NULL UNIQUE, size INTEGER NOT NULL,"
        " chunks INTEGER NOT NULL)"
    ),
    "CREATE TABLE chunk (blob INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (blob, n))",
    (
        "CREATE TABLE evidence_ref (ref TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES evidence (sha256),"
        " PRIMARY KEY (ref, sha256))"
    ),
    "CREATE INDEX evidence_ref_sha256 ON evidence_ref (sha256)",
    "CREATE TABLE record (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id))",
    "CREATE TABLE projection (ref TEXT PRIMARY KEY, body TEXT NOT NULL)",
    "CREATE TABLE erasing (ref TEXT PRIMARY KEY)",
    (
        "CREATE TABLE tombstone (ref TEXT PRIMARY KEY, entries INTEGER NOT NULL, erased_at TEXT NOT NULL,"
        " reason TEXT NOT NULL, last_hash TEXT NOT NULL)"
    ),
)

_ERASING_CASE = "SELECT 1 FROM erasing WHERE ref = OLD.ref"

_TRIGGERS = (
    _forbid_replace("entry", "ref", "n"),
    _forbid_replace("head", "seq"),
    _forbid_replace("tombstone", "ref"),
    _forbid_replace("evidence", "sha256"),
    _forbid_replace("chunk", "blob", "n"),
    _forbid("entry", "UPDATE"),
    _forbid("entry", "DELETE", unless=_ERASING_CASE),
    _forbid("head", "UPDATE"),
    _forbid("head", "DELETE"),
    _forbid("tombstone", "UPDATE"),
    _forbid("tombstone", "DELETE"),
    _forbid("evidence", "UPDATE"),
    _forbid("evidence", "DELETE", unless="SELECT 1 FROM erasing"),
    _forbid("evidence_ref", "UPDATE"),
    _forbid("evidence_ref", "DELETE", unless=_ERASING_CASE),
    _forbid("chunk", "UPDATE"),
    # A chunk goes only when no evidence names it: a second copy of known bytes, or after an erasure.
    (
        "CREATE TRIGGER chunk_no_delete BEFORE DELETE ON chunk"
        " WHEN EXISTS (SELECT 1 FROM evidence WHERE blob = OLD.blob)"
        " BEGIN SELECT RAISE(ABORT, 'chunk is append-only'); END"
    ),
)

# mandates, seats: what is kept of one person is found among the records of ten thousand
_OF_SUBJECT = (
    "CREATE INDEX record_subject ON record (kind, json_extract(body, '$.subject'))"
    " WHERE json_extract(body, '$.subject') IS NOT NULL"
)

MIGRATIONS = (
    Migration(name="2026-11-archive", statements=_TABLES + _TRIGGERS),
    Migration(name="2026-11-mail", statements=mailbox_tables.TABLES),
    Migration(name="2026-11-search", statements=found_tables.TABLES),
    Migration(name="2026-11-outbox", statements=outbox_tables.TABLES),
    Migration(name="2026-11-lists", statements=lists_tables.TABLES),
    Migration(name="2026-11-people", statements=(_OF_SUBJECT,)),
)

VERSION = len(MIGRATIONS)
"""The number of the schema that this code writes."""


def migrate(db: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a vault to the present schema. Each step shares one transaction with the row that records it.

    NewerVaultError if the vault knows steps that this code does not; what failed is rolled back and raised.
    """
    known = tuple(step.name for step in migrations)
    applied = _applied(db)
    if applied != known[: len(applied)]:
        raise NewerVaultError(path=db.path)
    for position, step in enumerate(migrations[len(applied) :], start=len(applied) + 1):
        with db.transaction():
            # Another process may have been faster between the look and the lock.
            if step.name in _applied(db):
                continue
            db.execute("CREATE TABLE IF NOT EXISTS migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
            db.execute_all(step.statements)
            db.execute("INSERT INTO migration (position, name) VALUES (?, ?)", position, step.name)


def missing_guards(db: Database) -> tuple[str, ...]:
    """The names of the triggers that are gone or changed."""
    wanted = {sql.split()[2]: sql for step in MIGRATIONS for sql in step.statements if sql.startswith("CREATE TRIGGER")}
    found = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return tuple(name for name, sql in wanted.items() if found.get(name) != sql)


def _applied(db: Database) -> tuple[str, ...]:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return ()
    if "migration" not in tables:
        raise ForeignFileError(path=db.path)
    return tuple(name for (name,) in db.execute("SELECT name FROM migration ORDER BY position"))
