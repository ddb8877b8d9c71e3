"""Who complains together: the cases of a campaign against one controller, by the authority that is competent for each.

Nobody is taken in whose own facts do not bear a claim today; who is left out is named, with the reason.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dsar.core.exhibits import pieces
from dsar.core.fold import fold
from dsar.desk.allowing import forbid, need_mandate, not_held
from dsar.desk.allowing import mandate as held_mandate
from dsar.desk.authorities import known, sort
from dsar.desk.campaigning import NoCampaignError, seats
from dsar.desk.collective_errors import (
    NobodyToComplainError,
    NoCampaignCasesError,
    NotSentError,
    UnknownControllerError,
    WhichControllerError,
)
from dsar.desk.collective_groups import EACH, KIND, Chosen, Joining, LeftOut, by_authority, group_of, id_of
from dsar.desk.collective_numbers import head
from dsar.desk.errors import NoMandateError, NothingToAllegeError
from dsar.desk.office import assembled
from dsar.desk.people import subject
from dsar.desk.regime import LetterElsewhereError
from dsar.errors import DsarError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.core.casefacts import CaseFacts
    from dsar.core.law import Authority, Law
    from dsar.core.parties import Evidence, Mandate
    from dsar.desk.collective_groups import Ask, Group
    from dsar.desk.office import Desk, File


def opened_file(desk: Desk, ref: str) -> File:
    """A case read whole, without its drafts: a dossier does not ask for them."""
    entries = desk.vault.log(ref)
    return assembled(fold(ref, entries, desk.today), entries, desk.today)


def choose(desk: Desk, ask: Ask) -> Chosen:
    """The complaints that can be lodged today, one for each authority asked for.

    Raises:
        NoCampaignCasesError: no case belongs to the campaign.
        WhichControllerError, UnknownControllerError: it is against several, or not against that one.
        WhichAuthorityError: several authorities are competent and none was chosen.
        UnknownAuthorityError: no such authority; the sentence names those whose ids come near.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only where a complaint is written

    book = law()
    if ask.authority not in {"", EACH}:
        known(ask.authority, book)
    joining: list[Joining] = []
    left: list[LeftOut] = []
    rows = _rows(desk, ask)
    for row in rows:
        found = _look(desk, row.ref, book)
        if isinstance(found, Joining):
            joining.append(found)
        else:
            left.append(found)
    made = [
        group
        for name, these in by_authority(ask, joining, left).items()
        if (group := _group(desk, ask, book.authorities[name], these, left)) is not None
    ]
    return Chosen(groups=tuple(made), left_out=(*left, *_without_case(desk, ask, rows)))


def _without_case(desk: Desk, ask: Ask, rows: Sequence[CaseFacts]) -> Iterator[LeftOut]:
    """Those whom the campaign planned for against the controller, and for whom no case was opened in any wave."""
    try:
        planned = seats(desk, ask.name)
    except NoCampaignError:  # its cases may outlive the record of a campaign
        return
    against, held = {row.controller for row in rows}, {row.subject for row in rows}
    where = ask.residence.strip().upper()
    for who in dict.fromkeys(one.subject for one in planned if one.controller in against and not one.ref):
        if who in held:
            continue
        person = subject(desk.vault, who)
        if where in {"", person.address.country}:
            last = [one for one in planned if one.subject == who and one.controller in against][-1]
            why = f"no case was opened: {last.why.removesuffix('.')}" if last.why else "no case was opened yet"
            yield LeftOut(ref="", name=person.name, why=why, command=f"campaign show {ask.name}")


def _group(desk: Desk, ask: Ask, authority: Authority, these: list[Joining], left: list[LeftOut]) -> Group | None:
    before = head(desk, id_of(ask.name, these[0].controller.id, authority.id)) if these else None
    return group_of(desk, ask, authority, these, left, before)


def some(desk: Desk, ask: Ask) -> Chosen:
    """The same, where there must be one at least.

    Raises:
        NobodyToComplainError: no claim of several people may be made today.
    """
    found = choose(desk, ask)
    if not found.groups:
        why = next((f"{one.ref or one.name}: {one.why}" for one in found.left_out), "nobody joins in")
        raise NobodyToComplainError(campaign=ask.campaign, today=desk.today.isoformat(), why=why.removesuffix("."))
    return found


def _rows(desk: Desk, ask: Ask) -> tuple[CaseFacts, ...]:
    """The cases of the campaign against the controller, of those who live where the ask says, the oldest first."""
    from dsar.desk.counting import case_facts  # noqa: PLC0415 - reads the projection

    found = (one for one in case_facts(desk, ask.name) if one.opened_on <= desk.today)
    rows = sorted(found, key=lambda one: (one.opened_on, one.ref))
    if not rows:
        raise NoCampaignCasesError(id=ask.campaign)
    chosen = _controller(ask.controller, rows)
    where = ask.residence.strip().upper()
    return tuple(one for one in rows if one.controller == chosen and where in {"", one.lives_in})


def _controller(said: str, rows: Sequence[CaseFacts]) -> str:
    """The id of the controller that is meant, by its id or by any name that the cases have for it."""
    called: dict[str, set[str]] = {}
    for row in rows:
        called.setdefault(row.controller, set()).add(row.controller_name)
    names = ", ".join(sorted(f"{' / '.join(sorted(some))} ({one})" for one, some in called.items()))
    wanted = said.strip().casefold()
    exact = [one for one in called if wanted == one.casefold()]
    named = [one for one, some in called.items() if wanted in {name.casefold() for name in some}]
    matches = exact or named if wanted else list(called)
    if not matches:
        raise UnknownControllerError(name=said, known=names)
    if len(matches) > 1:
        raise WhichControllerError(known=names)
    return matches[0]


def _look(desk: Desk, ref: str, book: Law) -> Joining | LeftOut:
    file = opened_file(desk, ref)
    opened = file.case.opened
    try:
        mandate, signed = _complains(desk, file)
    except DsarError as error:
        return LeftOut(ref=ref, name=opened.subject.name, why=str(error))
    where = sort(desk, opened, book)
    return Joining(
        ref=ref,
        subject=opened.subject,
        controller=opened.controller,
        mandate=mandate,
        regime=opened.regime,
        authorities=tuple(one.authority.id for one in where.candidates),
        pieces=pieces(file.entries, file.case),
        lodged=tuple(fact.authority for _, fact in file.case.escalations),
        signed=signed,
        known_by=tuple(value for _, value in opened.id_data),
        undecided=where.why,
        command=where.command,
    )


def _complains(desk: Desk, file: File) -> tuple[Mandate, Evidence]:
    """The mandate under which the case joins a complaint today, and its signed copy.

    Raises:
        DsarError: it does not join; the sentence says why.
    """
    from dsar.letters.find import template  # noqa: PLC0415 - jinja2 is loaded with the letters

    case = file.case
    held = held_mandate(desk, case)
    if held is None:
        raise NoMandateError(id="–", today=desk.today.isoformat(), why="the person acts without one")
    # where the law is another one the dossier is built without a complaint in our words, as that of a single case
    with suppress(LetterElsewhereError):
        forbid(desk, file, template(desk.letters, KIND, "en"))
    need_mandate(desk, file)
    document = held.document or (case.opened.mandate.document if case.opened.mandate is not None else None)
    if document is None:
        raise NoMandateError(id=held.id, today=desk.today.isoformat(), why="its signed copy is not in the vault")
    if held.powers and "complaint" not in held.powers:
        why = "it does not cover a complaint (Art. 77 GDPR)"
        raise not_held(held, desk.today, why)
    if not held.may_complain:
        why = (
            "a company for profit cannot complain for somebody (Art. 80(1) GDPR)"
            if held.agent.commercial
            else "it does not cover a complaint (Art. 77 GDPR)"
        )
        raise not_held(held, desk.today, why)
    if not held.statutory and not held.names(case.opened.controller.name):
        why = f"it does not name {case.opened.controller.name}"
        raise not_held(held, desk.today, why)
    # the table says of each when it was sent
    if case.request is None or not case.request.sendings:
        raise NotSentError(ref=case.ref)
    if not file.breaches:
        raise NothingToAllegeError(ref=case.ref, kind=KIND, today=desk.today.isoformat())
    return held, document
