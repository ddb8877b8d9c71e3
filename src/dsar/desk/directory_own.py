"""One's own records: kept in the vault, because they tell whom one writes to. They win over every other record."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import count
from typing import TYPE_CHECKING, Any, get_args

from dsar.core.parties import Address, Controller, Preferred, Sector
from dsar.desk import people
from dsar.desk.directory import KIND, own_records
from dsar.desk.errors import NoRequestDataError, UnknownItemError
from dsar.directory.countries import country
from dsar.directory.words import domain
from dsar.errors import NotFoundError, UsageError
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from dsar.desk.directory import Directory
    from dsar.vault.vault import Vault


class NoOwnRecordError(NotFoundError):
    """No record of one's own has that id."""

    sentence = (
        "“{id}” is no record of your own: `dsar controllers search` finds records, `dsar controllers add` adds one."
    )


class NoRecordToEditError(NotFoundError):
    """No record at all has that id."""

    sentence = (
        "No record is called “{id}”: `dsar controllers search TEXT` gives the ids, `dsar controllers add` adds one."
    )


class TakenError(UsageError):
    """A record of one's own has that id."""

    sentence = "You have a record “{id}” already: change it with `dsar controllers edit {id}`."


class BadSiteError(UsageError):
    """A text is no address of a site."""

    sentence = "“{text}” is no website: write it like kite.example or https://kite.example/privacy."


class BadCountryError(UsageError):
    """A text names no country."""

    sentence = "“{text}” is no country: give its name or its two-letter code, such as FR."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What is said about a record; None leaves it as it is, and an empty text takes it away."""

    name: str | None = None
    emails: tuple[str, ...] | None = None
    address: tuple[str, ...] | None = None
    country: str | None = None
    website: str | None = None
    form: str | None = None
    phone: str | None = None
    fax: str | None = None
    brands: tuple[str, ...] | None = None
    runs: tuple[str, ...] | None = None
    dpo: str | None = None
    representative: str | None = None
    established: bool | None = None
    region: str | None = None
    sector: str | None = None
    languages: tuple[str, ...] | None = None
    identity_data: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    preferred: str | None = None
    source: str | None = None
    checked: bool | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return all(getattr(self, field.name) is None for field in fields(self))

    @property
    def found_out(self) -> bool:
        """Whether something was said about how to reach it, or where that stands."""
        told = (self.name, self.emails, self.address, self.country, self.website, self.form, self.source, self.checked)
        return any(value is not None for value in told)


def add(vault: Vault, said: Fields, today: date, id: str = "") -> Controller:  # noqa: A002 - the word of the contract
    """A new record of one's own, found out today.

    Raises:
        NoRequestDataError: no letter could be addressed with it.
        TakenError: a record of one's own has the id that was asked for.
        BadNameError, BadEmailError, BadSiteError, BadCountryError, UnknownItemError: a value that cannot stand.
    """
    with vault.transaction():
        new = made(said, today, id, own_records(vault))
        vault.put_record(KIND, new.id, to_plain(new))
    return new


def made(said: Fields, today: date, id: str, taken: Collection[str]) -> Controller:  # noqa: A002 - as above
    """The new record that `add` keeps; `taken` are the ids of those that are there. Raises as `add`."""
    if not said.name or not said.country or not (said.emails or said.address or said.form):
        raise NoRequestDataError(what="a name, a country, and an e-mail address, a postal address or a form")
    nobody = Controller(id="", name="", address=Address(lines=(), country=""))
    if id and people.slug(id) in taken:
        raise TakenError(id=people.slug(id))
    short = people.slug(id or said.name)
    free = next(name for n in count(1) if (name := short if n == 1 else f"{short}-{n}") not in taken)
    return replace(changed(nobody, said), id=free, retrieved_on=today)


def edit(vault: Vault, where: Directory, id: str, said: Fields, today: date) -> Controller:  # noqa: A002 - as above
    """Change a record; one that came with dsar, or was imported, is copied first and hidden by the copy.

    Raises:
        NoRecordToEditError: nothing has that id.
        BadNameError, BadEmailError, BadSiteError, BadCountryError, UnknownItemError: a value that cannot stand.
    """
    with vault.transaction():
        old = where.get(id)
        if old is None:
            raise NoRecordToEditError(id=id)
        new = changed(old.controller, said)
        if said.found_out:
            # what was confirmed was confirmed of the old data
            new = replace(new, retrieved_on=today, checked=said.checked is True)
        vault.put_record(KIND, new.id, to_plain(new))
    return new


def remove(vault: Vault, id: str) -> Controller:  # noqa: A002 - as above
    """Take a record of one's own away; cases keep the copy that they were opened with.

    Raises:
        NoOwnRecordError: there is none with that id.
    """
    with vault.transaction():
        old = own_records(vault).get(id)
        if old is None:
            raise NoOwnRecordError(id=id)
        vault.drop_record(KIND, id)
    return old


def changed(old: Controller, said: Fields) -> Controller:
    """The record with what was said about it; every value as a letter can print it.

    Raises:
        BadNameError, BadEmailError, BadSiteError, BadCountryError, UnknownItemError: a value that cannot stand.
    """
    new: dict[str, Any] = {}
    for field in ("phone", "fax", "representative", "region", "source"):
        new |= _if_said(said, field, _line)
    for field in ("website", "form"):
        new |= _if_said(said, field, known_site)
    for field in ("brands", "runs", "languages", "identity_data", "notes"):
        new |= _if_said(said, field, _lines)
    for field in ("established", "checked"):
        new |= _if_said(said, field, bool)
    new |= _if_said(said, "name", _name)
    new |= _if_said(said, "emails", lambda boxes: tuple(people.checked_email(box) for box in boxes if box.strip()))
    new |= _if_said(said, "dpo", _box)
    new |= _if_said(said, "sector", lambda text: _among(text, get_args(Sector)))
    new |= _if_said(said, "preferred", lambda text: _among(text, get_args(Preferred)))
    lines = old.address.lines if said.address is None else _lines(said.address)
    country_code = old.address.country if said.country is None else known_country(said.country)
    return replace(old, **new, address=Address(lines=lines, country=country_code))


def _if_said(said: Fields, field: str, read: Callable[[Any], object]) -> dict[str, object]:
    value = getattr(said, field)
    return {} if value is None else {field: read(value)}


def known_country(text: str) -> str:
    """The two-letter code of a country; BadCountryError if there is none of that name."""
    code = country(text)
    if code is None:
        raise BadCountryError(text=text)
    return code


def known_site(text: str) -> str:
    """The address of a site, with https before it where nothing stood; empty for an empty text.

    Raises:
        BadSiteError: it is none.
    """
    clean = _line(text)
    if not clean:
        return ""
    whole = clean if "://" in clean else f"https://{clean}"
    if not whole.startswith(("https://", "http://")) or not domain(whole) or " " in whole:
        raise BadSiteError(text=clean)
    return whole


def _name(text: str) -> str:
    clean = _line(text)
    if not clean:
        raise NoRequestDataError(what="a name that can be printed")
    return clean


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _line(text)))


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _box(text: str) -> str:
    """A DPO is reached by a mailbox, or named."""
    return people.checked_email(text) if "@" in text else _line(text)


def _among(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise UnknownItemError(name=text, known=", ".join(word for word in known if word))
    return text
