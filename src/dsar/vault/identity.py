"""The vault's own two facts: its random id and the day it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dsar.vault.connection import Database


def write(db: Database, vault: str, now: str) -> None:
    """Say once who this vault is."""
    db.execute("INSERT INTO meta (name, value) VALUES ('id', ?)", vault)
    db.execute("INSERT INTO meta (name, value) VALUES ('created', ?)", now)


def read(db: Database) -> str:
    """The random id of the vault."""
    row = db.one("SELECT value FROM meta WHERE name = 'id'")
    return str(row[0]) if row else ""
