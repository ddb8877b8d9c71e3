"""The lists: each case as it stands on any day, indexed, so that a page of fifty thousand costs what one of ten does.

Everything here is disposable: it is written with each append and can be made again from the logs. Nothing heavy is
loaded: the first page of the agenda rests on this alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dsar.vault.lists_tables import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.listed import Listed
    from dsar.vault.connection import Database

WHO = ("us", "controller", "authority", "nobody")
"""Who must act, in the order of the lists: a rank is a place in it."""
CHUNK = 500
"""How many rows are in memory at a time, where all are read."""
MINE = 0
OVERDUE = "overdue"

_COLUMNS = (
    "phase.rank, phase.due, phase.ref, listed.subject_name, listed.controller_name, listed.owner, listed.campaign,"
    " listed.wave, phase.body"
)
_FROM = "FROM phase INDEXED BY phase_order CROSS JOIN listed ON listed.ref = phase.ref"


class Choice(NamedTuple):
    """Which cases of a day: nothing chosen is all. Names are ids, or a part of the name; `owner` "" is nobody's.

    `ranks` are the first and the last place in `WHO`. `within` and `mine_or_within` are days: due by then, or ours to
    do. A named tuple, because it is made each time a list is shown, and a dataclass takes 3 ms to define.
    """

    owner: str | None = None
    campaign: str = ""
    controller: str = ""
    subject: str = ""
    ranks: tuple[int, int] | None = None
    step: str = ""
    overdue: bool = False
    within: int | None = None
    mine_or_within: int | None = None


ALL = Choice()


class Lists:
    """The lists in an open vault, in its transaction. `day` is the number of a day (`date.toordinal`)."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection."""
        self._db = db

    @property
    def version(self) -> str | None:
        """Which version of the program wrote all the rows ("": there are none); None if they are to be made anew."""
        found = self._db.one("SELECT value FROM meta WHERE name = 'lists'")
        return None if found is None else str(found[0])

    def finished(self, version: str) -> None:
        """All rows are of that version of the program."""
        self._db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('lists', ?)", version)

    def put(self, one: Listed, version: str) -> None:
        """Write the rows of a case, in place of those that were there."""
        with self._db.transaction():
            self.drop(one.ref)
            last = one.last.toordinal()
            self._db.execute(
                "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                one.ref, one.subject, one.subject_name, one.controller, one.controller_name, one.owner, one.campaign,
                one.wave, one.mandate, int(one.closed), last, "\n".join(one.addresses),
            )  # fmt: skip
            ends = [*(phase.begins.toordinal() for phase in one.phases[1:]), FOREVER]
            for phase, end in zip(one.phases, ends, strict=True):
                due = phase.due.toordinal() if phase.due is not None else FOREVER
                self._db.execute(
                    "INSERT INTO phase (ref, begins, ends, rank, due, step, overdue, body)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    one.ref, phase.begins.toordinal(), end, phase.rank, due, phase.step, int(phase.overdue), phase.body,
                )  # fmt: skip
            self._turn(one.ref, 1)
            sql = "INSERT INTO counted (ref, campaign, last, body) VALUES (?, ?, ?, ?)"
            self._db.execute(sql, one.ref, one.campaign, last, one.facts)
            if self.version == "":
                self.finished(version)
            elif self.version != version:
                self._db.execute("DELETE FROM meta WHERE name = 'lists'")

    def drop(self, ref: str) -> None:
        """Forget a case."""
        self._turn(ref, -1)
        for table in ("phase", "listed", "counted"):
            self._db.execute(f"DELETE FROM {table} WHERE ref = ?", ref)  # noqa: S608 - names of this file

    def clear(self) -> None:
        """Forget everything, before it is made again."""
        for table in ("phase", "listed", "counted", "turn"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this file

    def _turn(self, ref: str, sign: int) -> None:
        """Count the phases of a case in, or out: each adds to the numbers of its first day, and of the day after it."""
        changes: dict[tuple[int, str], int] = {}
        sql = "SELECT begins, ends, rank, step, overdue FROM phase WHERE ref = ?"
        for begins, ends, rank, step, overdue in self._db.execute(sql, ref):
            for what in (f"{rank}/{step}", *((OVERDUE,) if overdue else ())):
                changes[begins, what] = changes.get((begins, what), 0) + sign
                if ends < FOREVER:
                    changes[ends, what] = changes.get((ends, what), 0) - sign
        sql = (
            "INSERT INTO turn (day, what, change) VALUES (?, ?, ?)"
            " ON CONFLICT (day, what) DO UPDATE SET change = change + excluded.change"
        )
        for (day, what), change in changes.items():
            if change:
                self._db.execute(sql, day, what, change)

    def page(self, day: int, choice: Choice, *, offset: int = 0, limit: int = -1) -> list[tuple[Any, ...]]:
        """The cases of a day, ours to do first, then by the day that is due: the columns of `_COLUMNS`."""
        where, values = _where(day, choice)
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY phase.rank, phase.due, phase.ref LIMIT ? OFFSET ?"
        return self._db.execute(sql, *values, limit, offset)

    def every(self, day: int, choice: Choice) -> Iterator[tuple[Any, ...]]:
        """As `page`, all of them, some hundred at a time."""
        where, values = _where(day, choice)
        sql = (
            f"SELECT {_COLUMNS} {_FROM} WHERE {where} AND (phase.rank, phase.due, phase.ref) > (?, ?, ?)"
            " ORDER BY phase.rank, phase.due, phase.ref LIMIT ?"
        )
        after: tuple[Any, ...] = (-1, -1, "")
        while rows := self._db.execute(sql, *values, *after, CHUNK):
            yield from rows
            after = rows[-1][:3]

    def counts(self, day: int, choice: Choice) -> dict[tuple[int, str], int]:
        """How many cases stand so on a day, by rank and step; (-1, OVERDUE) how many of all are overdue."""
        if choice == ALL:
            sql = "SELECT what, SUM(change) FROM turn WHERE day <= ? GROUP BY what HAVING SUM(change) <> 0"
            found = dict(self._db.execute(sql, day))
            late = found.pop(OVERDUE, 0)
            split = {tuple(what.split("/", 1)): int(count) for what, count in found.items()}
            return {**{(int(rank), step): count for (rank, step), count in split.items()}, (-1, OVERDUE): int(late)}
        where, values = _where(day, choice)
        sql = f"SELECT phase.rank, phase.step, COUNT(*), SUM(phase.overdue) {_FROM} WHERE {where} GROUP BY 1, 2"
        rows = self._db.execute(sql, *values)
        return {**{(rank, step): n for rank, step, n, _ in rows}, (-1, OVERDUE): sum(row[3] for row in rows)}

    def changed_after(self, day: int) -> list[str]:
        """The cases that have a fact after that day: on it, their logs say how they stood."""
        # not in the order of the references: for that the engine would look at every case
        return sorted(ref for (ref,) in self._db.execute("SELECT ref FROM listed WHERE last > ?", day))

    def refs(self, *, subject: str = "", controller: str = "", campaign: str = "", mandate: str = "") -> list[str]:
        """The cases of a data subject (id), against a controller (name), of a campaign, on a mandate, by reference."""
        said = {"subject": subject, "controller_name": controller, "campaign": campaign, "mandate": mandate}
        chosen = {column: value for column, value in said.items() if value}
        where = " AND ".join([*(f"{column} = ?" for column in chosen), *(f"{c} <> ''" for c in chosen)]) or "TRUE"
        sql = f"SELECT ref FROM listed WHERE {where} ORDER BY ref"  # noqa: S608 - names of this file
        return [ref for (ref,) in self._db.execute(sql, *chosen.values())]

    def owners(self) -> list[str]:
        """Everybody who has a case, by name."""
        return [name for (name,) in self._db.execute("SELECT DISTINCT owner FROM listed WHERE owner <> '' ORDER BY 1")]

    def closed_before(self, day: int) -> list[str]:
        """The closed cases in which nothing has happened since that day."""
        return [ref for (ref,) in self._db.execute("SELECT ref FROM listed WHERE closed = 1 AND last < ?", day)]

    def correspondents(self, campaign: str = "") -> Iterator[tuple[str, bool, tuple[str, ...]]]:
        """Each case (of a campaign), whether it is open, and the addresses of the other side, by reference."""
        after = ""
        sql = (
            "SELECT ref, closed, addresses FROM listed WHERE ref > ?1 AND (?2 = '' OR campaign = ?2)"
            " ORDER BY ref LIMIT ?3"
        )
        while rows := self._db.execute(sql, after, campaign, CHUNK):
            for ref, closed, addresses in rows:
                yield ref, not closed, tuple(filter(None, addresses.split("\n")))
            after = rows[-1][0]

    def facts(self, campaign: str = "") -> Iterator[tuple[str, int, str]]:
        """Each case (of a campaign), the day of its last fact, and its facts as JSON."""
        after, of = 0, "campaign = ?2 AND campaign <> ''" if campaign else "?2 = ''"
        sql = f"SELECT id, ref, last, body FROM counted WHERE id > ?1 AND {of} ORDER BY id LIMIT ?3"  # noqa: S608 - as above
        while rows := self._db.execute(sql, after, campaign, CHUNK):
            for _, ref, last, body in rows:
                yield ref, last, body
            after = rows[-1][0]

    def fact(self, ref: str) -> tuple[int, str] | None:
        """The day of the last fact of a case, and its facts as JSON."""
        found = self._db.one("SELECT last, body FROM counted WHERE ref = ?", ref)
        return (int(found[0]), str(found[1])) if found is not None else None

    def mandates_ending(self, first: date, last: date) -> int:
        """How many signed mandates end between two days, both included, and were not taken back."""
        sql = (
            "SELECT COUNT(*) FROM record INDEXED BY mandate_until WHERE kind = 'mandate'"
            " AND json_extract(body, '$.until') BETWEEN ? AND ?"
            " AND json_extract(body, '$.signed_on') IS NOT NULL AND json_extract(body, '$.revoked_on') IS NULL"
        )
        return self._count(sql, first.isoformat(), last.isoformat())

    def mandates_unsigned(self, sent_before: date) -> int:
        """How many mandates were sent to be signed before that day, and have not come back."""
        sql = (
            "SELECT COUNT(*) FROM record INDEXED BY mandate_unsigned WHERE kind = 'mandate'"
            " AND json_extract(body, '$.signed_on') IS NULL"
            " AND json_extract(body, '$.sent_on') < ? AND json_extract(body, '$.revoked_on') IS NULL"
        )
        return self._count(sql, sent_before.isoformat())

    def people_kept_until(self, day: date) -> int:
        """How many people are in the register whose day to be forgotten is over."""
        sql = (
            "SELECT COUNT(*) FROM record INDEXED BY enrolled_until WHERE kind = 'enrolled'"
            " AND json_extract(body, '$.keep_until') < ?"
        )
        return self._count(sql, day.isoformat())

    def _count(self, sql: str, *values: object) -> int:
        (count,) = self._db.one(sql, *values) or (0,)
        return int(count)


def _where(day: int, choice: Choice) -> tuple[str, list[object]]:
    """The condition of a choice, in the order of the index as far as it goes."""
    said: list[tuple[str, tuple[object, ...]]] = [("phase.begins <= ? AND phase.ends > ?", (day, day))]
    if choice.ranks is not None:
        said.append(("phase.rank BETWEEN ? AND ?", choice.ranks))
    if choice.within is not None:
        said.append(("phase.due <= ?", (choice.within,)))
    if choice.mine_or_within is not None:
        said.append((f"(phase.rank = {MINE} OR phase.due <= ?)", (choice.mine_or_within,)))
    if choice.overdue:
        said.append(("phase.overdue = 1", ()))
    if choice.step:
        said.append(("phase.step = ?", (choice.step,)))
    if choice.owner is not None:
        said.append(("listed.owner = ?", (choice.owner,)))
    if choice.campaign:
        said.append(("listed.campaign = ?", (choice.campaign,)))
    for column, value in (("controller", choice.controller), ("subject", choice.subject)):
        if value:
            said.append((f"(listed.{column} = ? OR instr(lower(listed.{column}_name), ?))", (value, lower(value))))
    return " AND ".join(one for one, _ in said), [value for _, values in said for value in values]


def lower(text: str) -> str:
    """In lower case as SQLite has it: ASCII letters only."""
    return text.encode("utf-8", "replace").lower().decode()
