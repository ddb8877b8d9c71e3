"""The tables of the lists (`lists.py`), alone: every command that opens a vault reads this.

`listed` is a row per case, `phase` a row for each stretch of days in which a case stands the same, `turn` how the
numbers of the list change from day to day, `counted` the facts of a case for somebody who counts. All of it can be made
again from the logs. Days are numbered as `date.toordinal` does: a page of the index holds more of them.
"""

from __future__ import annotations

FOREVER = 9_999_999
"""The day after every phase that has no end, and the due day of what is not due."""

TABLES = (
    # the references of all cases, and who wrote what when, without reading what was written
    "CREATE INDEX entry_first ON entry (ref) WHERE n = 1",
    "CREATE INDEX entry_written ON entry (recorded_at, ref, n, recorded_by, kind, on_date, about)",
    # what belongs to a case, or ends by itself, is found among the records of a hundred thousand people
    "CREATE INDEX record_id ON record (id)",
    "CREATE INDEX record_ref ON record (json_extract(body, '$.ref')) WHERE json_extract(body, '$.ref') IS NOT NULL",
    "CREATE INDEX mandate_until ON record (json_extract(body, '$.until')) WHERE kind = 'mandate'",
    (
        "CREATE INDEX mandate_unsigned ON record (json_extract(body, '$.sent_on'))"
        " WHERE kind = 'mandate' AND json_extract(body, '$.signed_on') IS NULL"
    ),
    "CREATE INDEX enrolled_until ON record (json_extract(body, '$.keep_until')) WHERE kind = 'enrolled'",
    "DROP TABLE projection",
    (
        "CREATE TABLE listed (ref TEXT PRIMARY KEY, subject TEXT NOT NULL, subject_name TEXT NOT NULL,"
        " controller TEXT NOT NULL, controller_name TEXT NOT NULL, owner TEXT NOT NULL, campaign TEXT NOT NULL,"
        " wave INTEGER NOT NULL, mandate TEXT NOT NULL, closed INTEGER NOT NULL, last INTEGER NOT NULL,"
        " addresses TEXT NOT NULL) WITHOUT ROWID"
    ),
    "CREATE INDEX listed_last ON listed (last)",
    "CREATE INDEX listed_closed ON listed (last) WHERE closed = 1",
    "CREATE INDEX listed_subject ON listed (subject)",
    "CREATE INDEX listed_controller ON listed (controller_name)",
    "CREATE INDEX listed_campaign ON listed (campaign) WHERE campaign <> ''",
    "CREATE INDEX listed_mandate ON listed (mandate) WHERE mandate <> ''",
    (
        "CREATE TABLE phase (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL,"
        " rank INTEGER NOT NULL, due INTEGER NOT NULL, step TEXT NOT NULL, overdue INTEGER NOT NULL,"
        " body TEXT NOT NULL)"
    ),
    "CREATE INDEX phase_ref ON phase (ref, begins)",
    "CREATE INDEX phase_order ON phase (rank, due, ref, begins, ends, overdue)",
    (
        "CREATE TABLE turn (day INTEGER NOT NULL, what TEXT NOT NULL, change INTEGER NOT NULL,"
        " PRIMARY KEY (day, what)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE counted (id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, campaign TEXT NOT NULL,"
        " last INTEGER NOT NULL, body TEXT NOT NULL)"
    ),
    "CREATE INDEX counted_campaign ON counted (campaign) WHERE campaign <> ''",
    # a vault without a case has every list it can have; those of an older vault are made when they are first asked for
    "INSERT INTO meta (name, value) SELECT 'lists', '' WHERE NOT EXISTS (SELECT 1 FROM entry)",
)
