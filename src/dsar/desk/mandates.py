"""Mandates: drafted with what a valid one must name, sent to be signed, filed when signed, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dsar.core.mandate_states import state
from dsar.core.parties import Address, Controller, Mandate
from dsar.core.powers import POWERS
from dsar.core.rights import RIGHTS
from dsar.desk import people
from dsar.desk.errors import UnknownItemError
from dsar.desk.mandate_filing import signed
from dsar.desk.mandate_register import ALPHABET, MANDATE, best, due, free_id, get, of_subject, register, store
from dsar.desk.mandate_text import written
from dsar.desk.mandate_traps import traps
from dsar.desk.recording import not_in_future
from dsar.errors import InputError, StateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dsar.core.letter import Letter
    from dsar.core.parties import MandateKind, Person
    from dsar.desk.office import Desk

__all__ = [
    "ALPHABET",
    "MANDATE",
    "Scope",
    "best",
    "draft",
    "due",
    "get",
    "of_subject",
    "register",
    "revocation",
    "revoke",
    "sent",
    "signed",
    "store",
    "text",
    "traps",
]  # fmt: skip

MAJORITY = 18
"""The age, in years, at which a parent's power ends where nothing else was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a mandate covers: it is checked by authorities line by line (APD/GBA 112/2024).

    `born` is the birth date of a child: a parent's power ends with it, where `until` says nothing else. `powers` are of
    `core.powers.POWERS`; empty: what is usual for the kind.
    """

    kind: MandateKind
    rights: tuple[str, ...]
    processing: str
    may_receive_data: bool
    until: date | None
    grievance_on: date | None
    born: date | None = None
    powers: tuple[str, ...] = ()


class CommercialBodyError(StateError):
    """A company for profit wants to act as a body of Art. 80(1) GDPR."""

    sentence = (
        "{name} is a company for profit, and no such company is a body of Article 80(1) GDPR (APD/GBA 39/2024): it may "
        "carry the request with --kind agent, and the data subject lodges the complaint."
    )


class EndlessError(UsageError):
    """A parent's power ends when the child comes of age, and nobody said when."""

    sentence = "A parent's power ends when the child comes of age: say --born DATE, or --until DATE."


class GrownError(InputError):
    """The child has come of age."""

    sentence = "The child came of age on {on}: it acts itself, or gives a mandate with --kind agent."


class NotGivenError(StateError):
    """A power that the law gives is not taken back by a letter."""

    sentence = (
        "The power {id} comes from the law and not from the data subject, so that there is no mandate to take back: "
        "record its end with `dsar mandate revoke {id} --on DATE`."
    )


class StatutoryPowersError(UsageError):
    """A choice of powers, or a list of controllers, where the law gives the power."""

    sentence = (
        "The power of a {id} comes from the law, whole and against each controller by itself: leave --power away, and "
        "name one controller."
    )


def draft(
    desk: Desk,
    subject: Person,
    controller: Controller,
    scope: Scope,
    lang: str,
    *,
    also: Sequence[Controller] = (),
    id: str = "",  # noqa: A002 - its own name
) -> tuple[Mandate, Letter]:
    """A new mandate from a data subject to oneself, registered as drafted, and its text to sign; `id` if not chosen.

    `also` are further controllers. The power of a parent, a guardian or an heir comes from the law: its
    text is a statement, which they sign.

    Raises:
        CommercialBodyError: a company for profit as a body of Art. 80(1) GDPR.
        EndlessError, GrownError: a parent's power without an end, or one that has ended.
        UnknownItemError, StatutoryPowersError: no such right or power, or a choice where the law has made it.
    """
    mandate = planned(desk, subject, controller, scope, also=[one.name for one in also], id=id)
    letter = text(desk, mandate, subject, controller, lang, others=also)
    store(desk, mandate)
    return mandate, letter


def planned(
    desk: Desk,
    subject: Person,
    controller: Controller,
    scope: Scope,
    *,
    also: Sequence[str] = (),
    id: str = "",  # noqa: A002 - its own name
) -> Mandate:
    """The mandate that `draft` would register; nothing is written."""
    agent = people.myself(desk.vault)
    if scope.kind == "art80" and agent.commercial:
        raise CommercialBodyError(name=agent.organisation or agent.name)
    for right in scope.rights:
        if right not in RIGHTS:
            raise UnknownItemError(name=right, known=", ".join(RIGHTS))
    mandate = Mandate(
        id=id or free_id(desk),
        kind=scope.kind,
        agent=agent,
        subject=subject.id,
        controller=controller.name,
        rights=scope.rights,
        processing=scope.processing,
        may_receive_data=scope.may_receive_data or "receive-data" in scope.powers,
        until=_end(scope, desk.today),
        grievance_on=scope.grievance_on,
        drafted_on=desk.today,
        also=tuple(dict.fromkeys(name for name in also if name != controller.name)),
        powers=_powers(scope),
    )
    if mandate.statutory:  # a child, a ward or the dead cannot receive an answer
        if mandate.also:
            raise StatutoryPowersError(id=mandate.kind)
        mandate = replace(mandate, may_receive_data=True)
    return mandate


def text(
    desk: Desk,
    mandate: Mandate,
    subject: Person,
    controller: Controller,
    lang: str,
    *,
    others: Sequence[Controller] = (),
) -> Letter:
    """What is to be signed: the mandate, or the statement of somebody whose power comes from the law.

    It is the same each time, as of the day on which it was drafted.
    """
    then = replace(desk, today=mandate.drafted_on or desk.today)
    kind = "capacity" if mandate.statutory else "mandate"
    return written(then, mandate, subject, controller, lang, kind=kind, others=others)


def _powers(scope: Scope) -> tuple[str, ...]:
    """The powers that were chosen, in their order, the request always among them; empty if none were."""
    for power in scope.powers:
        if power not in POWERS:
            raise UnknownItemError(name=power, known=", ".join(POWERS))
    if scope.powers and scope.kind in {"parent", "guardian", "heir"}:
        raise StatutoryPowersError(id=scope.kind)
    return tuple(power for power in POWERS if power in {"request", *scope.powers}) if scope.powers else ()


def _end(scope: Scope, today: date) -> date | None:
    """The last day of a mandate: as said, or for a parent the day before the child comes of age."""
    if scope.until is not None or scope.kind != "parent":
        return scope.until
    if scope.born is None:
        raise EndlessError
    grown = _birthday(scope.born, MAJORITY)
    if grown <= today:
        raise GrownError(on=grown.isoformat())
    return grown - timedelta(days=1)


def _birthday(born: date, years: int) -> date:
    """That birthday; of one born on 29 February the 28th, which is the earlier reading."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)


def revocation(desk: Desk, id: str, lang: str) -> tuple[Mandate, Letter]:  # noqa: A002 - its own name
    """The letter by which the data subject takes the mandate back, to sign; nothing is recorded.

    Raises:
        NoSuchMandateError: there is none with that id.
        NotGivenError: the power comes from the law.
    """
    mandate = get(desk, id)
    if mandate.statutory:
        raise NotGivenError(id=mandate.id)
    subject = people.subject(desk.vault, mandate.subject)
    nowhere = Address(lines=(), country="")
    controller = Controller(id=people.slug(mandate.controller), name=mandate.controller, address=nowhere)
    language = lang or subject.language
    return mandate, written(desk, mandate, subject, controller, language, kind="mandate-revocation")


def sent(desk: Desk, ids: Sequence[str], on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Record that drafts went out to be signed; which, and which had gone out, come back or ended before.

    Raises:
        NoSuchMandateError: there is none with such an id.
        FutureDateError: the day has not come yet.
    """
    not_in_future(on, desk.today)
    gone, left = [], []
    with desk.vault.transaction():
        for name in ids:
            mandate = get(desk, name)
            if state(mandate, desk.today) != "drafted":
                left.append(mandate.id)
                continue
            store(desk, replace(mandate, sent_on=on))
            gone.append(mandate.id)
    return tuple(gone), tuple(left)


def revoke(desk: Desk, id: str, on: date) -> Mandate:  # noqa: A002 - its own name
    """The data subject takes the mandate back."""
    not_in_future(on, desk.today)
    from dsar.desk.projecting import refresh  # noqa: PLC0415 - only here

    with desk.vault.transaction():
        mandate = replace(get(desk, id), revoked_on=on)
        store(desk, mandate)
        refresh(desk, mandate.id)
    return mandate
