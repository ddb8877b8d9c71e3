"""Opening a case: whom one writes to, for whom, with which rights, and under which mandate."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast, get_args

from dsar.core.demands import default_demands
from dsar.core.details import GROUNDS, NOTHING_SAID, Details
from dsar.core.events import Opened
from dsar.core.mandate_states import why_not
from dsar.core.parties import Address, Controller, Sector
from dsar.core.rights import QUESTIONS
from dsar.core.under import Under
from dsar.desk import lists, mandates, people, wording
from dsar.desk.allowing import not_held
from dsar.desk.choosing import Occasion, first_request
from dsar.desk.errors import (
    MandateNeededError,
    NoRequestDataError,
    PastDayError,
    UnknownItemError,
    WrongMandateError,
)
from dsar.desk.finding import note
from dsar.desk.office import read, reading
from dsar.desk.projecting import project
from dsar.desk.purpose import refuse_abusive
from dsar.desk.regime import choose, not_asked
from dsar.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from dsar.core.events import Entry, Event
    from dsar.core.parties import Mandate, Person
    from dsar.desk.office import Desk, File
    from dsar.letters.front import Template

# What the directory says of a controller in finer words than the letters have
_ALIKE = {
    "account-email": "email",
    "work-email": "email",
    "profile-url": "url",
    "city": "address",
    "country": "address",
}
_SPELLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a request is to be: as the command line takes it. `letter` names its kind, where none is to be chosen.

    Without a `regime` the law is proposed from the places of both sides. `campaign` and `wave` are what it is part of.
    """

    rights: tuple[str, ...]
    subject: str
    mandate: str = ""
    language: str = ""
    id_data: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()
    purpose: str = ""
    regime: str = ""
    details: Details = NOTHING_SAID
    letter: str = ""
    campaign: str = ""
    wave: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The fact that opens a case, not written yet, and what the user should know about it, in sentences."""

    fact: Opened
    notes: tuple[str, ...]


def own_controller(*, name: str, email: str, address: tuple[str, ...], country: str, sector: str) -> Controller:
    """A controller that is in no directory.

    Raises:
        NoRequestDataError: a letter could not be addressed.
        BadEmailError: the e-mail address is none.
        UnknownItemError: no such sector.
    """
    if not name.strip() or not country.strip():
        raise NoRequestDataError(what="a name and a country")
    if not email and not address:
        raise NoRequestDataError(what="an e-mail or a postal address")
    from dsar.desk.directory_own import known_country  # noqa: PLC0415 - a wrong country is a wrong calendar

    sectors = get_args(Sector)
    if sector not in sectors:
        raise UnknownItemError(name=sector, known=", ".join(sectors))
    return Controller(
        id=people.slug(name),
        name=" ".join(name.split()),
        address=Address(lines=address, country=known_country(country)),
        emails=(people.checked_email(email),) if email else (),
        sector=cast("Sector", sector),
    )


class UnusedDetailError(UsageError):
    """Something was said that the letter has no place for: it would ask for more, or for something else."""

    sentence = (
        "The letter “{kind}” has no place for {option}, and would say nothing of it: leave it away and write it into "
        "the draft with `dsar letter {kind} --edit`, or ask for another right."
    )


def _refuse_unused(desk: Desk, template: Template, details: Details) -> None:
    """Refuse what would be dropped in silence: whoever limits an erasure must not ask for all of it.

    Raises:
        UnusedDetailError: the letter does not read what was said.
    """
    from dsar.letters.find import reads  # noqa: PLC0415 - only where a case is opened

    said = {"--about": ("about", details.about), "--transmit-to": ("transmit_to", details.transmit_to)}
    for option, (field, value) in said.items():
        if value and not reads(template, desk.letters, f"details.{field}"):
            raise UnusedDetailError(kind=template.kind, option=option)


def open_case(desk: Desk, controller: Controller, ask: Ask, ref: str = "") -> File:
    """Open a case, with everything it needs to draft the request; see `beginning` for what it may raise."""
    made = beginning(desk, controller, ask)
    running = _running(desk, made.fact)
    name = ref or new_ref(desk, desk.today.year)
    entries = begin(desk, name, made.fact)
    return replace(reading(desk, name, entries, desk.today), warnings=(*made.notes, *running))


def _running(desk: Desk, fact: Opened) -> tuple[str, ...]:
    """What to know where the same person has an open case against the same controller."""
    refs = lists.refs(desk, subject=fact.subject.id, controller=fact.controller.name)
    still = [ref for ref in refs if read(desk, ref).case.closed is None]
    if not still:
        return ()
    said = f"{fact.subject.name} has an open case against {fact.controller.name} already: {', '.join(still)}."
    return (f"{said} If this was not meant, `dsar show {still[-1]}` shows it, and `dsar erase` drops the new one.",)


def begin(desk: Desk, ref: str, *events: Event) -> tuple[Entry, ...]:
    """Write the first facts of a case, with its index and its projection, in one transaction.

    Raises:
        ConflictError: somebody else has opened a case of that reference.
    """
    with desk.vault.transaction():
        entries = desk.vault.append(ref, events, expect=0, now=desk.now, by=desk.by)
        note(desk, ref, entries)
        project(desk, ref, entries)
    return entries


def beginning(desk: Desk, controller: Controller, ask: Ask) -> Beginning:
    """The fact that opens a case for a request; nothing is written.

    Raises:
        UnknownItemError: no such right or ground, or a kind of identifier that no letter has a word for.
        SeveralSentencesError, AbusivePurposeError: see `refuse_abusive`.
        NotARequestError, OtherRightsError, OtherLawError, NoRequestLetterError: see `first_request`.
        NoLanguageError: there are no letters in that language.
        NoRegimeError, PoliceRegimeError: no such law on that day, or none for the police of that country.
        FutureDateError: the desk's day has not come yet.
        MandateNeededError, WrongMandateError, NoMandateError: somebody else's rights without a mandate that holds.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only commands that need the law

    check(desk, ask)
    subject = people.subject(desk.vault, ask.subject)
    language = known_language(desk, ask.language or subject.language)
    refuse_abusive(ask.purpose, wording.speaker(desk, language))
    book = law()
    chosen = choose(book, controller, subject.address.country, wish=ask.regime, on=desk.today)
    regime = chosen.rules.id
    template, rights = first_request(
        desk.letters,
        language,
        Occasion(
            rights=ask.rights,
            regime=regime,
            sector=controller.sector,
            identifiers=tuple(kind for kind, _ in ask.id_data),
            letter=ask.letter,
        ),
    )
    _refuse_unused(desk, template, ask.details)
    mandate = _mandate(desk, subject, controller, ask, rights)
    under = Under(law=book, regime=regime, on=desk.today)
    opened = Opened(
        on=desk.today,
        subject=subject,
        controller=controller,
        mandate=mandate,
        regime=regime,
        rights=rights,
        language=language,
        demands=default_demands(
            under, rights, controller.sector, ask.questions, details=ask.details, asks=template.asks
        ),
        id_data=ask.id_data,
        purpose=ask.purpose,
        details=ask.details,
        letter=template.kind,
        campaign=ask.campaign,
        wave=ask.wave,
    )
    left = () if template.asks else not_asked(under, rights, controller.sector)
    return Beginning(fact=opened, notes=(*chosen.notes, *left))


def check(desk: Desk, ask: Ask) -> None:
    """Refuse what no letter could say.

    Raises:
        UnknownItemError: a right that there is no request for, or a kind of identifier that no letter has a word for.
    """
    asked_for = ask.details.respond_by
    if asked_for is not None and asked_for <= desk.today:
        raise PastDayError(day=asked_for.isoformat(), today=desk.today.isoformat(), option="--respond-by")
    for ground in ask.details.grounds:
        if ground not in GROUNDS:
            raise UnknownItemError(name=ground, known=", ".join(GROUNDS))
    kinds = identifiers(desk) if ask.id_data else ()
    for kind, _ in ask.id_data:
        if kind not in kinds:
            raise UnknownItemError(name=kind, known=", ".join(kinds))


def known_language(desk: Desk, lang: str) -> str:
    """The language, if letters can be written in it.

    Raises:
        NoLanguageError: there are none.
    """
    from dsar.letters.errors import NoLanguageError  # noqa: PLC0415 - only where a case is opened
    from dsar.letters.find import languages  # noqa: PLC0415 - as above

    known = languages(desk.letters)
    if lang not in known:
        raise NoLanguageError(lang=lang, languages=", ".join(known))
    return lang


def identifiers(desk: Desk) -> tuple[str, ...]:
    """The kinds of identifiers that the letters have a word for."""
    section, begin = wording.speaker(desk, "en").section("labels"), "identifier."
    return tuple(key.removeprefix(begin) for key in section if key.startswith(begin))


def doubts(file: File) -> tuple[str, ...]:
    """What may keep the controller from finding the person in its data, as the request stands."""
    opened = file.case.opened
    given = {kind for kind, _ in opened.id_data}
    own = opened.subject if opened.mandate is None else None
    shown = ["name"]
    shown += ["email"] if own is not None and own.email else []
    shown += ["address", "city", "country"] if own is not None and own.address.known else []
    wanted = opened.controller.required_identity or opened.controller.identity_data
    # the address of an account need not be the one from which the letter comes
    lacking = [kind for kind in wanted if kind not in shown and _ALIKE.get(kind, kind) not in given]
    if lacking:
        options = " ".join(dict.fromkeys(f"--id-data {_ALIKE.get(kind, kind)}=…" for kind in lacking))
        return (f"{opened.controller.name} finds a person by: {', '.join(wanted)}. The request lacks {options}.",)
    if not given and not wanted:
        warning = (
            f"The request carries no --id-data, so that only {' and '.join(shown[:3])} can identify the person: what "
            "they know the person by, such as a customer number, saves a question that costs time."
        )
        return (warning,)
    return ()


def _mandate(desk: Desk, subject: Person, controller: Controller, ask: Ask, rights: tuple[str, ...]) -> Mandate | None:
    if subject.id == people.SELF:
        return None
    if not ask.mandate:
        raise MandateNeededError(name=subject.name, id=subject.id)
    mandate = mandates.get(desk, ask.mandate)
    if mandate.subject != subject.id or not mandate.names(controller.name):
        raise WrongMandateError(id=mandate.id, subject=mandate.subject, controller=mandate.controller)
    asked = [right for right in rights if right != QUESTIONS]
    if why := why_not(mandate, controller=controller.name, rights=asked, on=desk.today):
        raise not_held(mandate, desk.today, why)
    return mandate


def new_ref(desk: Desk, year: int) -> str:
    """A reference that no case of this vault has: the year, and five characters that cannot be misread."""
    while True:
        ref = f"{year}-" + "".join(secrets.choice(mandates.ALPHABET) for _ in range(_SPELLED))
        try:
            desk.vault.log(ref)
        except NotFoundError:
            return ref
