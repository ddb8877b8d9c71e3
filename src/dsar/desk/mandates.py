"""Mandates: drafted with what a valid one must name, filed when signed, revoked; the register of what one may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dsar.core.brief import Brief, IdentitySoFar, ReplyDue, RequestMade
from dsar.core.parties import Address, Controller, Mandate
from dsar.desk import people, wording
from dsar.desk.errors import NoSuchMandateError
from dsar.desk.evidence import take
from dsar.desk.recording import not_in_future
from dsar.errors import InputError, StateError, UsageError
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.core.parties import MandateKind, Person
    from dsar.desk.office import Desk

MANDATE = "mandate"
MAJORITY = 18
"""The age, in years, at which a parent's power ends where nothing else was said."""

_PROOFS: dict[MandateKind, tuple[str, ...]] = {
    "art80": ("your statutes", "an extract from your register", "a proof of your activity, such as the last report"),
    "lawyer": ("your admission to the bar",),
    "parent": ("the child's birth certificate, and the decision on custody if there is one",),
    "guardian": ("the decision by which you were appointed",),
    "heir": ("the death certificate", "the certificate of inheritance or what replaces it"),
}
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a mandate covers: it is checked by authorities line by line (APD/GBA 112/2024).

    `born` is the birth date of a child: a parent's power ends with it, where `until` says nothing else.
    """

    kind: MandateKind
    rights: tuple[str, ...]
    processing: str
    may_receive_data: bool
    until: date | None
    grievance_on: date | None
    born: date | None = None


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


def draft(
    desk: Desk,
    subject: Person,
    controller: Controller,
    scope: Scope,
    lang: str,
    *,
    id: str = "",  # noqa: A002 - its own name
) -> tuple[Mandate, Letter]:
    """A new mandate from a data subject to oneself, registered as drafted, and its text to sign; `id` if not chosen.

    The power of a parent, a guardian or an heir comes from the law: its text is a statement, which they sign.

    Raises:
        CommercialBodyError: a company for profit as a body of Art. 80(1) GDPR.
        EndlessError, GrownError: a parent's power without an end, or one that has ended.
    """
    agent = people.myself(desk.vault)
    if scope.kind == "art80" and agent.commercial:
        raise CommercialBodyError(name=agent.organisation or agent.name)
    mandate = Mandate(
        id=id or "M-" + "".join(secrets.choice(ALPHABET) for _ in range(5)),
        kind=scope.kind,
        agent=agent,
        subject=subject.id,
        controller=controller.name,
        rights=scope.rights,
        processing=scope.processing,
        may_receive_data=scope.may_receive_data,
        until=_end(scope, desk.today),
        grievance_on=scope.grievance_on,
        drafted_on=desk.today,
    )
    if mandate.statutory:  # a child, a ward or the dead cannot receive an answer
        mandate = replace(mandate, may_receive_data=True)
    letter = _text(desk, mandate, subject, controller, lang, kind="capacity" if mandate.statutory else "mandate")
    store(desk, mandate)
    return mandate, letter


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
    return mandate, _text(desk, mandate, subject, controller, language, kind="mandate-revocation")


def _text(desk: Desk, mandate: Mandate, subject: Person, controller: Controller, lang: str, *, kind: str) -> Letter:
    from dsar.lawbook.load import law  # noqa: PLC0415 - only letters need it
    from dsar.letters.fill import fill  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.find import template  # noqa: PLC0415 - as above

    words = wording.speaker(desk, lang)
    told = Brief(
        kind=kind,
        lang=lang,
        ref=mandate.id,
        today=desk.today,
        regime="gdpr",
        rights=mandate.rights,
        subject=subject,
        sender=mandate.agent if mandate.statutory else subject,
        agent=mandate.agent,
        on_behalf=True,
        mandate=mandate,
        controller=controller,
        purpose="",
        id_data=(),
        demands=(),
        request=RequestMade(issued_on=None, sent_on=None, channels=(), received_on=None),
        reply=ReplyDue(strict=None, safe=None, late_days=0),
        messages=(),
        question=None,
        answer=None,
        identity=IdentitySoFar(demanded=(), given=(), refused=(), known=()),
        notice=None,
        grievances=(),
        chronology=(),
        authority=None,
        previous=(),
        enclosures=(),
    )
    return fill(template(desk.letters, kind, lang), told, law(), words, banner=desk.banner)


def signed(desk: Desk, id: str, path: Path, on: date) -> tuple[Mandate, tuple[str, ...]]:  # noqa: A002 - its own name
    """File the signed mandate: its document, and the day of the signature; warnings about traps."""
    not_in_future(on, desk.today)
    with desk.vault.transaction():
        taken = take(desk, path)
        mandate = replace(get(desk, id), signed_on=on, document=taken.evidence)
        store(desk, mandate)
    return mandate, (*taken.warnings, *traps(mandate))


def traps(mandate: Mandate) -> tuple[str, ...]:
    """What an authority would hold against a mandate (facts that were fatal in decided cases)."""
    found = []
    older = mandate.grievance_on is not None and mandate.signed_on is not None
    if older and mandate.signed_on < mandate.grievance_on:  # type: ignore[operator]  # `older` says both are there
        found.append(
            "The mandate is older than the grievance: an authority may hold it to be fictitious (APD/GBA 112/2024)."
        )
    drafted, day = mandate.drafted_on, mandate.signed_on
    if drafted is not None and day is not None and day < drafted:
        found.append(
            f"The mandate is signed on {day}, before it was drafted on {drafted}: an authority will ask which day is "
            "right. Check the day, and file it again with the right one."
        )
    if not mandate.may_complain:
        found.append(
            "A commercial company may carry the request, but it cannot complain for somebody under Article 80(1) GDPR "
            "(APD/GBA 39/2024): the data subject lodges the complaint."
        )
    if not mandate.processing:
        found.append(
            "The mandate does not describe the processing and the facts: add --processing when you draft it, with the "
            "days and the web addresses."
        )
    return (*found, *_of_kind(mandate))


def _of_kind(mandate: Mandate) -> tuple[str, ...]:
    """What is held against mandates of its kind, and the proof that each needs."""
    found = [f"To be filed with it: {proof}." for proof in _PROOFS.get(mandate.kind, ())]
    match mandate.kind:
        case "art80":
            if mandate.grievance_on is None:
                found.append(
                    "The mandate does not say since when the grievance exists: add --grievance DATE, because an "
                    "authority asks whether it is older than the mandate (APD/GBA 112/2024)."
                )
            found.append(
                f"If {mandate.subject} works for you, were it as an intern, an authority may hold the mandate to be "
                "fictitious (APD/GBA 112/2024)."
            )
        case "heir":
            found.append("What an heir may ask is for the national law: check it before you send anything.")
        case _:
            pass
    return tuple(found)


def revoke(desk: Desk, id: str, on: date) -> Mandate:  # noqa: A002 - its own name
    """The data subject takes the mandate back."""
    not_in_future(on, desk.today)
    from dsar.desk.projecting import refresh  # noqa: PLC0415 - only here

    with desk.vault.transaction():
        mandate = replace(get(desk, id), revoked_on=on)
        store(desk, mandate)
        refresh(desk, mandate.id)
    return mandate


def get(desk: Desk, id: str) -> Mandate:  # noqa: A002 - its own name
    """The mandate with that id."""
    found = desk.vault.record(MANDATE, id.upper())
    if found is None:
        raise NoSuchMandateError(id=id)
    return from_plain(found, Mandate)


def register(desk: Desk) -> tuple[Mandate, ...]:
    """All mandates, by id."""
    return tuple(from_plain(body, Mandate) for _, body in sorted(desk.vault.records(MANDATE).items()))


def store(desk: Desk, mandate: Mandate) -> None:
    """Keep a mandate in the register."""
    desk.vault.put_record(MANDATE, mandate.id, to_plain(mandate))
