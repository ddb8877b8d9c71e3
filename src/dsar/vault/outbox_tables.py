"""The tables of the outbox (`outbox.py`), alone: every command that opens a vault reads this."""

from __future__ import annotations

TABLES = (
    (
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, letter INTEGER NOT NULL,"
        " account TEXT NOT NULL, recipient TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,"
        " sha256 TEXT NOT NULL REFERENCES evidence (sha256), on_date TEXT NOT NULL, state TEXT NOT NULL"
        " CHECK (state IN ('ready', 'sending', 'sent', 'failed')), at TEXT NOT NULL, reply TEXT NOT NULL,"
        " entry INTEGER)"
    ),
    "CREATE INDEX outbox_ref ON outbox (ref, letter)",
    "CREATE INDEX outbox_sha256 ON outbox (sha256)",
)
