"""Who is in the register already, and by what a row of a list is known to be of one of them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from dsar.core.parties import Person
from dsar.core.register import Enrolled
from dsar.desk.enrolling import ENROLLED
from dsar.desk.enrolling_rows import BadRowError
from dsar.desk.people import SELF, SUBJECT
from dsar.directory.words import plain
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from dsar.desk.enrolling_rows import Entry
    from dsar.desk.office import Desk

Body = dict[str, Any]


class Known:
    """The register as it is, by what people are known by; it keeps up with what is added to it.

    A person is known by the number that the organisation gave them; else by name and e-mail address; else, where one
    side has no e-mail address, by name and postal address. A mere name is known only as somebody of whom no more is
    kept than the name.
    """

    def __init__(self, desk: Desk) -> None:
        """Read the whole register, once."""
        self._desk = desk
        self._seen = desk.vault.changes()
        self._people: dict[str, Body] = dict(desk.vault.records(SUBJECT))
        self._enrolled: dict[str, Body] = dict(desk.vault.records(ENROLLED))
        self.pseudonyms = {str(body["pseudonym"]) for body in self._enrolled.values()}
        self._next: dict[str, int] = {}
        self._numbers: dict[str, str] = {}
        self._mails: dict[tuple[str, str], str] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._names: dict[str, list[str]] = {}
        for name, body in self._people.items():
            self._note(name, body)
        for name, body in self._enrolled.items():
            if body["external"]:
                self._numbers[str(body["external"])] = name

    def current(self) -> Known:
        """The register as it is now: read again if somebody else has written since."""
        return self if self._desk.vault.changes() == self._seen else Known(self._desk)

    def _note(self, name: str, body: Body) -> None:
        key = plain(body["name"]) or str(body["name"])
        place = plain(" ".join(body["address"]["lines"]))
        namesakes = self._names.setdefault(key, [])
        if name not in namesakes:
            namesakes.append(name)
        if body["email"]:
            self._mails.setdefault((key, body["email"].casefold()), name)
        if place:
            self._places.setdefault((key, place), name)

    def find(self, row: Entry) -> str:
        """The id of the person whom a row speaks of; empty for somebody new.

        Raises:
            BadRowError: it could be somebody, and that is not certain.
        """
        number = row.told.number
        if number and number in self._numbers:
            self._refuse_other(row, self._numbers[number])
            return self._numbers[number]
        name = self._mails.get((row.key, row.email.casefold())) if row.email else None
        if name is None and row.place:
            there = self._places.get((row.key, row.place))
            # two e-mail addresses: two people of one name in one house
            if there and not (row.email and self._people[there]["email"]):
                name = there
        if name is None and not (row.email or row.place or number):
            name = self._bare(row)
        if name is None:
            return ""
        held = self._enrolled.get(name, {}).get("external")
        if number and held:
            raise BadRowError(why=f"{name} has the same name and address, and the number {held}: which one is right?")
        return name

    def _refuse_other(self, row: Entry, name: str) -> None:
        """Refuse a number that stands beside another name and nothing of what is known of its owner.

        Numbers slip when somebody sorts one column; with them would go the mandates and the cases of a person.
        """
        body = self._people[name]
        key = plain(body["name"]) or str(body["name"])
        mail = row.email and row.email.casefold() == body["email"].casefold()
        place = row.place and row.place == plain(" ".join(body["address"]["lines"]))
        if row.key != key and not mail and not place:
            raise BadRowError(
                why=f"the number {row.told.number} is that of {name}, and nothing else in the line is: if it is "
                f"the same person, change the name with `dsar subject edit {name}` first"
            )

    def _bare(self, row: Entry) -> str | None:
        """Somebody of whom nothing is known but the name, as in the row."""
        for name in self._names.get(row.key, ()):
            body = self._people[name]
            known = body["email"] or body["address"]["lines"] or self._enrolled.get(name, {}).get("external")
            if known or name == SELF:
                raise BadRowError(why=f"is it {name}? Add a number, an e-mail or a postal address")
            return name
        return None

    def namesake(self, row: Entry) -> str:
        """Somebody else who is called so; empty if there is nobody."""
        return next(iter(self._names.get(row.key, ())), "")

    def free(self, made: str) -> str:
        """An id that nobody has: as it was made from the name, or with a number behind it."""
        for n in count(self._next.get(made, 1)):
            name = made if n == 1 else f"{made}-{n}"
            if name not in self._people and name != SELF:
                self._next[made] = n + 1
                return name
        raise AssertionError  # numbers do not end

    def whole(self, name: str) -> tuple[Person, Enrolled | None]:
        """The records of a person."""
        held = self._enrolled.get(name)
        return from_plain(self._people[name], Person), None if held is None else from_plain(held, Enrolled)

    def add(self, person: Person, enrolled: Enrolled) -> None:
        """Somebody new, or changed."""
        body: Body = to_plain(person)
        self._people[person.id] = body
        self._enrolled[person.id] = to_plain(enrolled)
        self.pseudonyms.add(enrolled.pseudonym)
        self._note(person.id, body)
        if enrolled.external:
            self._numbers[enrolled.external] = person.id
