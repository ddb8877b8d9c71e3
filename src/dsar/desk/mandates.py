"""Mandates: drafted with what a valid one must name, filed when signed, revoked; the register of what one may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.brief import Brief, IdentitySoFar, ReplyDue, RequestMade
from dsar.core.parties import Mandate
from dsar.desk import people, wording
from dsar.desk.errors import NoSuchMandateError
from dsar.desk.evidence import take
from dsar.desk.recording import not_in_future
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.core.parties import Controller, MandateKind, Person
    from dsar.desk.office import Desk

MANDATE = "mandate"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a mandate covers: it is checked by authorities line by line (APD/GBA 112/2024)."""

    kind: MandateKind
    rights: tuple[str, ...]
    processing: str
    may_receive_data: bool
    until: date | None
    grievance_on: date | None


def draft(
    desk: Desk,
    subject: Person,
    controller: Controller,
    scope: Scope,
    lang: str,
    *,
    id: str = "",  # noqa: A002 - its own name
) -> tuple[Mandate, Letter]:
    """A new mandate from a data subject to oneself, registered as drafted, and its text to sign; `id` if not chosen."""
    mandate = Mandate(
        id=id or "M-" + "".join(secrets.choice(ALPHABET) for _ in range(5)),
        kind=scope.kind,
        agent=people.myself(desk.vault),
        subject=subject.id,
        controller=controller.name,
        rights=scope.rights,
        processing=scope.processing,
        may_receive_data=scope.may_receive_data,
        until=scope.until,
        grievance_on=scope.grievance_on,
        drafted_on=desk.today,
    )
    letter = _text(desk, mandate, subject, controller, lang)
    store(desk, mandate)
    return mandate, letter


def _text(desk: Desk, mandate: Mandate, subject: Person, controller: Controller, lang: str) -> Letter:
    from dsar.lawbook.load import law  # noqa: PLC0415 - only letters need it
    from dsar.letters.fill import fill  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.find import template  # noqa: PLC0415 - as above

    words = wording.speaker(desk, lang)
    told = Brief(
        kind="mandate",
        lang=lang,
        ref=mandate.id,
        today=desk.today,
        regime="gdpr",
        rights=mandate.rights,
        subject=subject,
        sender=subject,
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
    return fill(template(desk.letters, "mandate", lang), told, law(), words, banner=desk.banner)


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
    if mandate.agent.commercial and mandate.kind in {"agent", "art80"}:
        found.append(
            "A commercial company may carry the request, but it cannot complain for somebody under Article 80(1) GDPR "
            "(APD/GBA 39/2024): the data subject lodges the complaint."
        )
    if not mandate.processing:
        found.append("The mandate does not describe the processing: add --processing when you draft it.")
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
