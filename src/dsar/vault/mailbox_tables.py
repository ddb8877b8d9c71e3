"""The tables of the register of messages (`mailbox.py`), alone: every command that opens a vault reads this."""

from __future__ import annotations

TABLES = (
    (
        "CREATE TABLE mail (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE REFERENCES evidence (sha256),"
        " message_id TEXT NOT NULL, state TEXT NOT NULL, taken_at TEXT NOT NULL, body TEXT NOT NULL,"
        " why TEXT NOT NULL, proposals TEXT NOT NULL)"
    ),
    "CREATE INDEX mail_message_id ON mail (message_id)",
    "CREATE INDEX mail_state ON mail (state)",
    (
        "CREATE TABLE mail_case (mail INTEGER NOT NULL REFERENCES mail (id), ref TEXT NOT NULL, n INTEGER NOT NULL,"
        " PRIMARY KEY (mail, ref, n))"
    ),
    "CREATE INDEX mail_case_ref ON mail_case (ref)",
    "CREATE TABLE known_id (message_id TEXT NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (message_id, ref))",
    "CREATE INDEX known_id_ref ON known_id (ref)",
)
