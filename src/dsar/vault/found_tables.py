"""The tables of the index (`search`) and of the timestamps (`stamps`): apart, because every opening reads them."""

from __future__ import annotations

INDEX_VERSION = "1"
"""The number of the way in which texts are indexed; an index of another number is made anew."""

TABLES = (
    (
        "CREATE TABLE passage (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, n INTEGER NOT NULL,"
        " on_date TEXT NOT NULL, sha256 TEXT NOT NULL, place TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL)"
    ),
    "CREATE INDEX passage_ref ON passage (ref, n)",
    (
        "CREATE VIRTUAL TABLE word USING fts5 (place, title, body, content = 'passage', content_rowid = 'id',"
        " tokenize = 'unicode61 remove_diacritics 2')"
    ),
    "INSERT INTO word (word, rank) VALUES ('secure-delete', 1)",
    # the place is a filter and says nothing of the worth of a hit; a hit in a subject is worth more than in a text
    "INSERT INTO word (word, rank) VALUES ('rank', 'bm25(0.0, 4.0, 1.0)')",
    # the index of an older vault is made when it is first asked
    f"INSERT INTO meta (name, value) SELECT 'index', '{INDEX_VERSION}' WHERE NOT EXISTS (SELECT 1 FROM entry)",  # noqa: S608 - a number of this file
    (
        "CREATE TABLE stamp (id INTEGER PRIMARY KEY, what TEXT NOT NULL, ref TEXT NOT NULL, n INTEGER NOT NULL,"
        " name TEXT NOT NULL, sha256 TEXT NOT NULL, statement TEXT NOT NULL, stamped_at TEXT NOT NULL,"
        " authority TEXT NOT NULL, taken_at TEXT NOT NULL, reply BLOB NOT NULL)"
    ),
    "CREATE INDEX stamp_ref ON stamp (ref)",
)
