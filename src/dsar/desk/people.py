"""The people one acts for, and oneself: kept as records, copied into a case when it is opened."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dsar.core.parties import Person
from dsar.desk.errors import BadNameError, NoPersonError, NotSetUpError, TakenNameError
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
    """A new data subject; its id is made from the name.

    Raises:
        BadNameError: nothing in the name can be written.
        TakenNameError: somebody of that id is there already.
    """
    new = person(slug(name), name=name, email=email, address=address, language=language)
    if vault.record(SUBJECT, new.id) is not None:
        raise TakenNameError(id=new.id)
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
    """A person, with a name that can be printed."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not clean:
        raise BadNameError
    return Person(
        id=id,
        name=clean,
        email=email.strip(),
        address=address,
        language=language,
        organisation=organisation,
        commercial=commercial,
    )


def subject(vault: Vault, id: str) -> Person:  # noqa: A002 - the field's own name
    """The data subject with that id, or with exactly that name."""
    known = subjects(vault)
    for one in known:
        if id in {one.id, one.name}:
            return one
    raise NoPersonError(id=id)


def subjects(vault: Vault) -> tuple[Person, ...]:
    """Everybody one acts for, oneself first."""
    found = [from_plain(body, Person) for body in vault.records(SUBJECT).values()]
    return tuple(sorted(found, key=lambda one: (one.id != SELF, one.name)))


def slug(name: str) -> str:
    """A short ASCII id for a name: `Zoë Ångström` is `zoe-angstrom`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return made or f"person-{sum(name.encode()) % 9973}"
