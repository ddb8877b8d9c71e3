"""The people one acts for, and oneself: kept as records, copied into a case when it is opened."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from dsar.core.parties import Person
from dsar.desk.errors import BadEmailError, BadNameError, NoPersonError, NotSetUpError, SeveralPeopleError
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from dsar.core.parties import Address
    from dsar.vault.vault import Vault

SUBJECT = "subject"
SETTING = "setting"
SELF = "me"


def set_self(vault: Vault, person: Person) -> None:
    """Who uses this vault: the data subject `me`, and the agent of everybody else."""
    vault.put_record(SUBJECT, SELF, to_plain(person))


def myself(vault: Vault) -> Person:
    """Who uses this vault."""
    found = vault.record(SUBJECT, SELF)
    if found is None:
        raise NotSetUpError
    return from_plain(found, Person)


def add(vault: Vault, *, name: str, email: str, address: Address, language: str) -> Person:
    """A new data subject; its id is made from the name, with a number where somebody else has it already.

    Raises:
        BadNameError: nothing in the name can be written.
        BadEmailError: the e-mail address is none.
    """
    with vault.transaction():
        new = person(_free(vault, slug(name)), name=name, email=email, address=address, language=language)
        vault.put_record(SUBJECT, new.id, to_plain(new))
    return new


def _free(vault: Vault, made: str) -> str:
    names = (made if n == 1 else f"{made}-{n}" for n in count(1))
    return next(name for name in names if name != SELF and vault.record(SUBJECT, name) is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different in a person's record; None leaves a field as it is."""

    name: str | None = None
    email: str | None = None
    address: tuple[str, ...] | None = None
    country: str | None = None
    language: str | None = None


def edit(vault: Vault, id: str, change: Change) -> Person:  # noqa: A002 - the field's own name
    """Change the record of a data subject, or one's own. Cases keep what was true when they were opened.

    Raises:
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
        BadNameError, BadEmailError: a value that cannot stand in a letter.
    """
    with vault.transaction():
        old = subject(vault, id)
        where = replace(
            old.address,
            lines=old.address.lines if change.address is None else change.address,
            country=change.country or old.address.country,
        )
        new = person(
            old.id,
            name=old.name if change.name is None else change.name,
            email=old.email if change.email is None else change.email,
            address=where,
            language=change.language or old.language,
            organisation=old.organisation,
            commercial=old.commercial,
        )
        vault.put_record(SUBJECT, new.id, to_plain(new))
    return new


def person(
    id: str,  # noqa: A002 - the field's own name
    *,
    name: str,
    email: str,
    address: Address,
    language: str,
    organisation: str = "",
    commercial: bool = False,
) -> Person:
    """A person, with a name that can be printed.

    Raises:
        BadNameError: nothing in the name can be written.
        BadEmailError: the e-mail address is none; an empty one is not known.
    """
    clean = printable(name)
    if not clean:
        raise BadNameError
    return Person(
        id=id,
        name=clean,
        email=checked_email(email) if email.strip() else "",
        address=address,
        language=language,
        organisation=organisation,
        commercial=commercial,
    )


def printable(name: str) -> str:
    """A name on one line, without what cannot be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


def checked_email(text: str) -> str:
    """The address without the spaces around it.

    Raises:
        BadEmailError: it has no name, no place, not exactly one @, or a character in it that no address has.
    """
    clean = text.strip()
    name, _, place = clean.partition("@")
    odd = any(char.isspace() or not char.isprintable() or char in "<>,;" for char in clean)
    if odd or not name or not place or "@" in place:
        raise BadEmailError(text=clean)
    return clean


def subject(vault: Vault, id: str) -> Person:  # noqa: A002 - the field's own name
    """The data subject with that id, or with exactly that name.

    Raises:
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
    """
    if (held := vault.record(SUBJECT, id)) is not None:
        return from_plain(held, Person)
    found = [from_plain(body, Person) for body in vault.records(SUBJECT).values() if body["name"] == id]
    if not found:
        raise NoPersonError(id=id)
    if len(found) > 1:
        raise SeveralPeopleError(name=id, ids=", ".join(one.id for one in found))
    return found[0]


def subjects(vault: Vault) -> tuple[Person, ...]:
    """Everybody one acts for, oneself first."""
    found = [from_plain(body, Person) for body in vault.records(SUBJECT).values()]
    return tuple(sorted(found, key=lambda one: (one.id != SELF, one.name)))


def slug(name: str) -> str:
    """A short ASCII id for a name: `Zoë Ångström` is `zoe-angstrom`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return made or f"person-{sum(name.encode()) % 9973}"
