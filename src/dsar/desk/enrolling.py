"""The register: what is kept of the people one acts for beside name and address, their pseudonyms and their groups."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.register import Enrolled
from dsar.desk.errors import FutureDateError, UnknownItemError
from dsar.desk.mandates import ALPHABET
from dsar.errors import InputError, UsageError
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from dsar.core.parties import Person
    from dsar.desk.office import Desk

ENROLLED = "enrolled"
LONGEST = 300
"""Characters of a value that a letter or a list must carry on a line; a purpose may be ten times as long."""

_SPELLED = 5
_GROUP = re.compile(r"[\w][\w .+&/-]{0,39}")


class NumberTakenError(InputError):
    """Two people cannot have one number."""

    sentence = "The number {number} belongs to {name} already: give another one."


class BadGroupError(UsageError):
    """A group's name that no list could show."""

    sentence = "“{name}” cannot be the name of a group: up to 40 letters, digits, spaces, dots and hyphens."


class NoGroupError(UsageError):
    """Nobody is in that group."""

    sentence = "Nobody is in a group “{group}”: {known}."


class KeptTooShortError(InputError):
    """The end of the keeping lies before the consent to it."""

    sentence = "They agreed on {consent}, and would be kept until {until}: one of the two days is wrong."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a person beside name and address; None, or nothing in it, leaves what was there as it is.

    `groups` are added; `leave` are groups that the person leaves. `region` is one of their country, by code or by name.
    """

    number: str | None = None
    purpose: str | None = None
    id_data: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    staff: bool | None = None
    consent_on: date | None = None
    keep_until: date | None = None
    region: str | None = None


def enrolled(desk: Desk, subject_id: str) -> Enrolled | None:
    """What is kept of a person beside the record of the person; None for somebody who is in no register."""
    found = desk.vault.record(ENROLLED, subject_id)
    return None if found is None else from_plain(found, Enrolled)


def everybody(desk: Desk) -> dict[str, Enrolled]:
    """The whole register, by the ids of the people."""
    return {name: from_plain(body, Enrolled) for name, body in desk.vault.records(ENROLLED).items()}


def in_group(desk: Desk, group: str) -> tuple[str, ...]:
    """The ids of the people of a group, whatever the case of its name.

    Raises:
        NoGroupError: nobody is in it.
    """
    wanted, known, found = group.strip().casefold(), set[str](), list[str]()
    for name, body in desk.vault.records(ENROLLED).items():
        groups = body["groups"]
        assert isinstance(groups, list)  # noqa: S101 - as `to_plain` writes them
        known.update(groups)
        if wanted in {str(one).casefold() for one in groups}:
            found.append(name)
    if not found:
        shown = ", ".join(sorted(known)) or "nobody is in any group (`dsar subject edit ID --group NAME`)"
        raise NoGroupError(group=group, known=f"there are {shown}" if known else shown)
    return tuple(found)


def enrol(desk: Desk, person: Person, told: Told) -> Enrolled:
    """Put a person into the register, or change what is kept of them there.

    Raises:
        NumberTakenError: somebody else has that number.
        BadGroupError, UnknownItemError, FutureDateError, KeptTooShortError: a value that cannot be.
    """
    with desk.vault.transaction():
        old = enrolled(desk, person.id)
        others = everybody(desk) if old is None or told.number else {}
        if told.number:
            for name, other in others.items():
                if other.external == told.number and name != person.id:
                    raise NumberTakenError(number=told.number, name=name)
        start = old or fresh(desk, person.id, {one.pseudonym for one in others.values()})
        made = merged(start, placed(told, person.address.country))
        checked(desk, made)
        put(desk, made)
    return made


def fresh(desk: Desk, subject_id: str, taken: Container[str]) -> Enrolled:
    """Somebody new in the register, with a pseudonym that nobody has."""
    return Enrolled(subject=subject_id, pseudonym=pseudonym(taken), enrolled_on=desk.today)


def pseudonym(taken: Container[str]) -> str:
    """`P-` and five characters that cannot be misread, drawn at random: it says nothing of the person."""
    while True:
        drawn = "P-" + "".join(secrets.choice(ALPHABET) for _ in range(_SPELLED))
        if drawn not in taken:
            return drawn


def placed(told: Told, country: str) -> Told:
    """The same, with the code of the region of that country (`DE-BE`) instead of what was written.

    Raises:
        UnknownRegionError: the country has none that is called so.
    """
    if not told.region:
        return told
    from dsar.desk.places import region_of  # noqa: PLC0415 - reads the records of the authorities

    return replace(told, region=region_of(country, told.region))


def merged(old: Enrolled, told: Told) -> Enrolled:
    """What is kept, once something was said: what was not said stays."""
    left = {one.casefold() for one in told.leave}
    have = {one.casefold() for one in old.groups}
    more = tuple(one for one in dict.fromkeys(told.groups) if one.casefold() not in have)
    named = dict(told.id_data)
    return replace(
        old,
        external=old.external if told.number is None else told.number,
        purpose=old.purpose if told.purpose is None else told.purpose,
        id_data=(*((kind, value) for kind, value in old.id_data if kind not in named), *told.id_data),
        groups=tuple(one for one in (*old.groups, *more) if one.casefold() not in left),
        staff=old.staff if told.staff is None else told.staff,
        consent_on=told.consent_on or old.consent_on,
        keep_until=told.keep_until or old.keep_until,
        region=old.region if told.region is None else told.region,
    )


def checked(desk: Desk, made: Enrolled, kinds: Container[str] = ()) -> None:
    """Refuse what cannot be; `kinds` are the identifiers that letters know, where they are at hand.

    Raises:
        BadGroupError, UnknownItemError, FutureDateError, KeptTooShortError: a value that cannot be.
    """
    for group in made.groups:
        if not _GROUP.fullmatch(group):
            raise BadGroupError(name=group)
    if made.id_data and not kinds:
        from dsar.desk.opening import identifiers  # noqa: PLC0415 - reads the words of the letters

        kinds = identifiers(desk)
    for kind, _ in made.id_data:
        if kind not in kinds:
            raise UnknownItemError(name=kind, known="the kinds of `dsar request --id-data`")
    if made.consent_on is not None and made.consent_on > desk.today:
        raise FutureDateError(on=made.consent_on.isoformat(), today=desk.today.isoformat())
    if made.consent_on and made.keep_until and made.keep_until < made.consent_on:
        raise KeptTooShortError(consent=made.consent_on.isoformat(), until=made.keep_until.isoformat())


def put(desk: Desk, made: Enrolled) -> None:
    """Write it down, as it is."""
    desk.vault.put_record(ENROLLED, made.subject, to_plain(made))


def kept_past(desk: Desk) -> tuple[Enrolled, ...]:
    """Whom the organisation has no reason left to keep: the day until which they were to be kept has passed."""
    today = desk.today.isoformat()
    found = (body for body in desk.vault.records(ENROLLED).values() if (body["keep_until"] or "9999") < today)  # type: ignore[operator]  # an ISO date
    return tuple(from_plain(body, Enrolled) for body in found)
