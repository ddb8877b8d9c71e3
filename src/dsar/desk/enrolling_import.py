"""A list of people taken into the register: each row once, whatever was there before and however often it is run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from dsar.core.parties import Address
from dsar.desk import people
from dsar.desk.enrolling import checked, fresh, merged, placed, put
from dsar.desk.enrolling_known import Known
from dsar.desk.enrolling_rows import BadRowError, Entry, entry, refuse_short
from dsar.desk.sheet_csv import SEPARATORS, swallows
from dsar.errors import DsarError
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dsar.core.parties import Person
    from dsar.core.register import Enrolled
    from dsar.desk.columns import Columns
    from dsar.desk.office import Desk
    from dsar.desk.sheet import Row, Sheet

TOGETHER = 400
"""Rows of one transaction: others wait that long at most, and a crash costs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the rows are to be taken: what stands in for empty cells, and whether known people are changed.

    `defaults` count as said in each row, and `country` and `language` only for people who are new. With `write` unset
    nothing is written.
    """

    defaults: Mapping[str, str]
    country: str
    language: str
    update: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a row: `new`, `updated`, `same` or `different`; for the last, `fields` says in what.

    `namesake` is somebody else of the same name, who has another e-mail or postal address. `one_word` says that the
    name is a single word, of which a first or a last name may be missing.
    """

    line: int
    id: str
    what: str
    fields: tuple[str, ...] = ()
    namesake: str = ""
    one_word: bool = False


@dataclass(slots=True)
class Imported:
    """Every row of a list: what became of it, or why it was not taken, as (line, reason)."""

    rows: list[Done] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def count(self, what: str) -> int:
        """How many rows ended so."""
        return sum(row.what == what for row in self.rows)


def take(
    desk: Desk, sheet: Sheet, columns: Columns, wish: Wish, progress: Callable[[int], None] = lambda _rows: None
) -> Imported:
    """Take the rows of a sheet in, the good ones; `progress` hears how many were looked at.

    Some hundred rows share a transaction: if somebody else has written in between, the register is read again, so that
    two imports at a time double nobody.

    Raises:
        BusyError: somebody else writes and does not finish; what was taken stays, and the next run goes on.
    """
    run, done = _Run(desk, columns, wish, sheet), Imported()
    rows = iter(sheet.rows)
    while chunk := tuple(islice(rows, TOGETHER)):
        for line, result in run.chunk(chunk):
            if isinstance(result, Done):
                done.rows.append(result)
            else:
                done.problems.append((line, result))
        progress(len(done.rows) + len(done.problems))
    return done


class _Run:
    """One import: what it may do, who is known, and which line spoke of whom."""

    def __init__(self, desk: Desk, columns: Columns, wish: Wish, sheet: Sheet) -> None:
        self._mark = next((mark for mark, name in SEPARATORS.items() if name == sheet.separator), "")
        self._desk, self._columns, self._wish = desk, columns, wish
        self._known, self._seen = Known(desk), dict[str, int]()
        self._languages = _languages(desk)
        self._kinds = _kinds(desk, columns)

    def chunk(self, rows: tuple[Row, ...]) -> list[tuple[int, Done | str]]:
        """Some rows, in one transaction: what became of each, or why it was not taken."""
        if not self._wish.write:
            return [(line, self._tried(line, cells)) for line, cells in rows]
        with self._desk.vault.transaction():
            self._known = self._known.current()
            return [(line, self._tried(line, cells)) for line, cells in rows]

    def _tried(self, line: int, cells: tuple[str, ...]) -> Done | str:
        try:
            if _plain(cells) == _plain(self._columns.heads):
                raise BadRowError(why="it is the headings once more")
            if self._mark and any(swallows(cell, self._mark, len(self._columns.heads)) for cell in cells):
                raise BadRowError(why="a cell has another line of the list in it: was a quotation mark left open?")
            read = entry(line, cells, self._columns.fields, self._wish.defaults, self._languages)
            return self._row(read)
        except DsarError as error:
            return str(error)

    def _row(self, read: Entry) -> Done:
        """One row, against those who are known; raises BadRowError or a refusal of `checked`."""
        name = self._known.find(read)
        if name == people.SELF:
            raise BadRowError(why="this is yourself: the list is of the people you act for")
        if name and name in self._seen:
            raise BadRowError(why=f"the same person stands in line {self._seen[name]}")
        done = self._again(read, name) if name else self._new(read)
        self._seen[done.id] = read.line
        return done

    def _new(self, read: Entry) -> Done:
        where = read.country or self._wish.country
        if not where:
            raise BadRowError(why="it has no country: add one, or --country CC for all rows that have none")
        refuse_short(read.postcode, where)
        namesake = self._known.namesake(read)
        person = people.person(
            self._known.free(people.slug(read.name)),
            name=read.name,
            email=read.email,
            address=Address(lines=read.lines, country=where),
            language=read.language or self._wish.language,
        )
        made = merged(fresh(self._desk, person.id, self._known.pseudonyms), placed(read.told, where))
        checked(self._desk, made, self._kinds)
        self._keep(person, made)
        one_word = len(read.name.split()) == 1
        return Done(line=read.line, id=person.id, what="new", namesake=namesake, one_word=one_word)

    def _again(self, read: Entry, name: str) -> Done:
        person, enrolled = self._known.whole(name)
        refuse_short(read.postcode, read.country or person.address.country)
        new = _changed(person, read)
        start = enrolled or fresh(self._desk, name, self._known.pseudonyms)
        made = merged(start, placed(read.told, new.address.country))
        fields = (*_fields(person, new), *_said(start, made), *(() if enrolled else ("register",)))
        if not fields:
            return Done(line=read.line, id=name, what="same")
        checked(self._desk, made, self._kinds)
        if not self._wish.update:
            return Done(line=read.line, id=name, what="different", fields=fields)
        self._keep(new, made)
        return Done(line=read.line, id=name, what="updated", fields=fields)

    def _keep(self, person: Person, made: Enrolled) -> None:
        if self._wish.write:
            self._desk.vault.put_record(people.SUBJECT, person.id, to_plain(person))
            put(self._desk, made)
        self._known.add(person, made)


def _plain(cells: tuple[str, ...]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]


def _changed(person: Person, read: Entry) -> Person:
    """The person as the row has them: what it does not say stays."""
    address = replace(
        person.address,
        lines=read.lines or person.address.lines,
        country=read.country or person.address.country,
    )
    email = read.email if read.email.casefold() != person.email.casefold() else ""
    return replace(
        person,
        name=people.printable(read.name),
        email=email or person.email,
        address=address,
        language=read.language or person.language,
    )


def _fields(old: Person, new: Person) -> Iterator[str]:
    pairs = (
        ("name", old.name, new.name),
        ("email", old.email, new.email),
        ("address", old.address.lines, new.address.lines),
        ("country", old.address.country, new.address.country),
        ("language", old.language, new.language),
    )
    yield from (what for what, before, after in pairs if before != after)


def _said(old: Enrolled, new: Enrolled) -> Iterator[str]:
    pairs = (
        ("number", old.external, new.external),
        ("purpose", old.purpose, new.purpose),
        ("identifiers", dict(old.id_data), dict(new.id_data)),
        ("groups", old.groups, new.groups),
        ("staff", old.staff, new.staff),
        ("consent", old.consent_on, new.consent_on),
        ("keep until", old.keep_until, new.keep_until),
        ("region", old.region, new.region),
    )
    yield from (what for what, before, after in pairs if before != after)


def _kinds(desk: Desk, columns: Columns) -> tuple[str, ...]:
    from dsar.desk.opening import identifiers  # noqa: PLC0415 - reads the words of the letters

    return identifiers(desk) if any(one.startswith("id:") for one in columns.fields) else ()


def _languages(desk: Desk) -> tuple[str, ...]:
    from dsar.letters.find import languages  # noqa: PLC0415 - only where people are enrolled

    return languages(desk.letters)
