"""One person, whole: everything that is held about them, to hand out or to erase; and what has been kept for long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.message import plain_address
from dsar.desk import mandates, people
from dsar.desk.campaign_proofs import let_go
from dsar.desk.campaigning import SEAT
from dsar.desk.carrying import Carried, export
from dsar.desk.dates import months_before
from dsar.desk.enrolling import ENROLLED, enrolled
from dsar.desk.lists import current, refs
from dsar.desk.mandates import MANDATE
from dsar.desk.parting import Lodged, lodged
from dsar.desk.people import SELF, SETTING, SUBJECT
from dsar.errors import StateError, UsageError
from dsar.vault.search import NoWordError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dsar.core.parties import Person
    from dsar.core.register import Enrolled
    from dsar.desk.office import Desk
    from dsar.vault.mailbox import Held
    from dsar.vault.search import Hit

RETENTION = "retention"
_NAMED = 20


class OneselfError(StateError):
    """The vault cannot be without its owner."""

    sentence = (
        "“me” is whose vault this is: to leave nothing of yourself, delete the vault and its .keys file; your cases "
        "are erased with `dsar erase REF`."
    )


class WholeIdError(UsageError):
    """Something that cannot be undone, with a name, and nobody is asked."""

    sentence = "Nothing was erased: with --yes the id is needed, here {id}."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where a person is in the vault: their cases, mandates, and the messages of the inbox from or to them.

    `seats` are the places that campaigns keep for them, `enrolled` what the register keeps beside name and address.
    """

    person: Person
    cases: tuple[str, ...]
    mandates: tuple[str, ...]
    seats: tuple[str, ...]
    enrolled: Enrolled | None
    mails: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What an erasure of a person did: the cases that are tombstones now, and what it could not reach.

    `elsewhere` are passages that still hold their name, `shared` files kept for other cases (tables of the post among
    them), `backups` written before, `lodged` the complaints that authorities have.
    """

    cases: tuple[str, ...]
    mandates: int
    mails: int
    files: int
    shared: int
    backups: tuple[str, ...]
    purged: bool
    elsewhere: tuple[Hit, ...]
    lodged: tuple[Lodged, ...]


def about(desk: Desk, id: str) -> About:  # noqa: A002 - the field's own name
    """Everything that is held about a person.

    Raises:
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
    """
    person = people.subject(desk.vault, id)
    return About(
        person=person,
        cases=tuple(refs(desk, subject=person.id)),
        mandates=tuple(desk.vault.records(MANDATE, subject=person.id)),
        seats=tuple(desk.vault.records(SEAT, subject=person.id)),
        enrolled=enrolled(desk, person.id),
        mails=tuple(_mails(desk, person)),
    )


def _mails(desk: Desk, person: Person) -> Iterable[Held]:
    """Messages in no case that come from the person or went to them."""
    theirs = person.email.casefold()
    if theirs:
        for held in desk.vault.mail.listed(("waiting", "proposed", "dismissed", "double")):
            parties = (held.arrival.sender, *held.arrival.to)
            if theirs in {plain_address(one).casefold() for one in parties}:
                yield held


def hand_out(desk: Desk, id: str, dest: Path) -> Carried:  # noqa: A002 - the field's own name
    """Everything held about a person, as an export: cases, what the register keeps, mandates, places in campaigns.

    Raises:
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
        OccupiedError, NoFolderError: something is there, or no folder for it.
    """
    found = about(desk, id)
    also = (
        (SUBJECT, found.person.id),
        *((MANDATE, name) for name in found.mandates),
        *((SEAT, name) for name in found.seats),
        *(((ENROLLED, found.person.id),) if found.enrolled else ()),
    )
    return export(desk, dest, found.cases, also=also, mails=tuple(held.id for held in found.mails))


def forget(desk: Desk, id: str, reason: str) -> Forgotten:  # noqa: A002 - the field's own name
    """Erase a person: cases, mandates, drafts, messages, words of the index; tombstones say when and why, not who.

    Raises:
        OneselfError: the vault's own person.
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
        UnknownReasonError: not one of the reasons of the closed list.
    """
    with desk.vault.transaction():
        found = about(desk, id)
        if found.person.id == SELF:
            raise OneselfError
        complaints = lodged(desk, found.cases)
        papers = [mandates.get(desk, name).document for name in found.mandates]
        for name in found.mandates:
            desk.vault.drop_record(MANDATE, name)
        for name in found.seats:
            desk.vault.drop_record(SEAT, name)
        desk.vault.drop_record(ENROLLED, found.person.id)
        gone = [desk.vault.erase(ref, reason=reason, now=desk.now) for ref in found.cases]
        desk.vault.drop_record(SUBJECT, found.person.id)
        files, shared, backups = desk.vault.discard(
            mails=[held.id for held in found.mails],
            named=[*(sha256 for one in gone for sha256 in one.shared), *(one.sha256 for one in papers if one)],
            reason=reason,
        )
        tables = let_go(desk, found.cases, reason)
    purged = desk.vault.purge()
    return Forgotten(
        cases=found.cases,
        mandates=len(found.mandates),
        mails=len(found.mails),
        files=sum(one.evidence for one in gone) + files,
        shared=shared + len(tables),
        backups=backups,
        purged=purged,
        elsewhere=_elsewhere(desk, found.person),
        lodged=complaints,
    )


def _elsewhere(desk: Desk, person: Person) -> tuple[Hit, ...]:
    """Where the name or the address of an erased person still stands: in the words of others."""
    hits: dict[tuple[str, int], Hit] = {}
    for said in filter(None, (person.name, person.email)):
        try:
            found = desk.vault.index.search('"' + said.replace('"', " ") + '"', limit=_NAMED).hits
        except NoWordError:
            continue
        hits |= {(hit.ref, hit.n): hit for hit in found}
    return tuple(hits.values())


def keep_for(desk: Desk, months: int | None) -> None:
    """After how many months without anything new a closed case is to be looked at; None: never."""
    if months is None:
        desk.vault.drop_record(SETTING, RETENTION)
    else:
        desk.vault.put_record(SETTING, RETENTION, {"months": months})


def kept_long(desk: Desk) -> tuple[int | None, list[str]]:
    """The months that were chosen, and the closed cases in which nothing happened since."""
    said = desk.vault.record(SETTING, RETENTION)
    if said is None:
        return None, []
    months = int(str(said["months"]))
    return months, sorted(current(desk).closed_before(months_before(desk.today, months).toordinal()))
