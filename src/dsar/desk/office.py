"""The desk's own context: which vault, which day, who writes; and reading one case whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.desk.errors import NoCaseError, NoCaseYetError, SeveralCasesError, WhichCaseError

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import date
    from pathlib import Path

    from dsar.core.breach import Breach
    from dsar.core.case import Case
    from dsar.core.deadlines import Calendars, Deadline
    from dsar.core.events import Entry
    from dsar.core.grounds import Grounds
    from dsar.core.law import Law
    from dsar.core.oddities import Oddity
    from dsar.core.standing import Standing
    from dsar.vault.vault import Vault

DRAFT = "draft"
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who works on what: the open vault, the day to reason from, the instant and the name to write down.

    `letters` are the folders of letters, in order of precedence; `banner` a line that every letter and dossier must
    carry (the demo's), kept in the vault's settings. No fact may lie after `today`.
    """

    vault: Vault
    today: date
    now: str
    by: str
    letters: tuple[Path, ...]
    banner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One case, read whole on one day: its log, and everything that follows from it.

    `warnings` are about a document that was just recorded: a PDF that cannot be read proves less.
    """

    entries: tuple[Entry, ...]
    case: Case
    law: Law
    calendars: Calendars
    due: tuple[Deadline, ...]
    breaches: tuple[Breach, ...]
    oddities: tuple[Oddity, ...]
    drafts: tuple[str, ...]
    standing: Standing
    warnings: tuple[str, ...] = ()
    revoked: date | None = None

    def deadline(self, name: str) -> Deadline | None:
        """The deadline with that id, if it runs or ran."""
        return next((deadline for deadline in self.due if deadline.id == name), None)


def read(desk: Desk, ref: str | None) -> File:
    """The case that `ref` names (a unique prefix or suffix is enough; nothing, where there is only one case).

    Raises:
        NoCaseError, NoCaseYetError, SeveralCasesError, WhichCaseError: no such case, no case, or not only one.
    """
    name = find(desk, ref)
    return reading(desk, name, desk.vault.log(name), desk.today)


def reading(desk: Desk, ref: str, entries: tuple[Entry, ...], today: date) -> File:
    """A log as it reads on a day; facts after that day are hidden."""
    return next(on_days(desk, ref, entries, today))


def on_days(desk: Desk, ref: str, entries: tuple[Entry, ...], today: date) -> Generator[File, date, None]:
    """As `reading`, and then the same facts on each later day that is sent: what no day changes is computed once."""
    from dsar.core.fold import fold  # noqa: PLC0415 - today's lists need no arithmetic of dates
    from dsar.desk.elsewhere import elsewhere  # noqa: PLC0415 - as above

    case = fold(ref, entries, today)
    drafts = tuple(sorted({str(body["kind"]) for body in drafts_of(desk, ref).values()}))
    revoked, ground = _revoked(desk, case), grounds(case)
    while True:
        file = assembled(case, entries, today, drafts=drafts, revoked=revoked, ground=ground)
        today = yield replace(file, standing=elsewhere(desk, file, today))


def grounds(case: Case) -> Grounds:
    """What follows from the facts of a case whatever the day."""
    from dsar.core.deadlines import deadlines  # noqa: PLC0415 - today's lists need no arithmetic of dates
    from dsar.core.grounds import Grounds  # noqa: PLC0415 - as above
    from dsar.core.oddities import oddities  # noqa: PLC0415 - as above
    from dsar.lawbook.load import law  # noqa: PLC0415 - only commands that read a case need the law

    book = law()
    calendars = calendars_for(case, book)
    owed = deadlines(case, book, calendars)
    return Grounds(case=case, law=book, calendars=calendars, owed=owed, oddities=oddities(case))


def assembled(
    case: Case,
    entries: tuple[Entry, ...],
    today: date,
    *,
    drafts: tuple[str, ...] = (),
    revoked: date | None = None,
    ground: Grounds | None = None,
) -> File:
    """A case with everything that follows from it on a day, whatever it was read from."""
    from dsar.core.breaches import breaches  # noqa: PLC0415 - today's lists need no arithmetic of dates
    from dsar.core.later import known_since, later  # noqa: PLC0415 - as above
    from dsar.core.standing import standing  # noqa: PLC0415 - as above

    known = ground or grounds(case)
    found = breaches(case, known.law, known.owed, known.calendars, today)
    since = known_since(found, known.owed, today)
    due = (*known.owed, *later(case, known.law, known.calendars.safe, since))
    return File(
        entries=entries,
        case=case,
        law=known.law,
        calendars=known.calendars,
        due=due,
        breaches=found,
        oddities=known.oddities,
        drafts=drafts,
        standing=standing(case, due, drafts, today, revoked=revoked),
        revoked=revoked,
    )


def _revoked(desk: Desk, case: Case) -> date | None:
    """The day on which the register says that the case's mandate was taken back."""
    if case.opened.mandate is None:
        return None
    from dsar.core.parties import Mandate  # noqa: PLC0415 - only where somebody acts for another
    from dsar.vault.wire import from_plain  # noqa: PLC0415 - as above

    held = desk.vault.record("mandate", case.opened.mandate.id)
    return from_plain(held, Mandate).revoked_on if held is not None else case.opened.mandate.revoked_on


def find(desk: Desk, ref: str | None) -> str:
    """The full reference that a prefix or suffix names."""
    if ref is None:
        known = desk.vault.cases_named("", 2)
        if not known:
            raise NoCaseYetError
        if len(known) > 1:
            raise WhichCaseError(count=len(desk.vault.cases()))
        return known[0]
    wanted = ref.strip().upper()
    matches = desk.vault.cases_named(wanted, _MOST_NAMED + 1) if wanted else ()
    if not matches:
        raise NoCaseError(ref=ref) if desk.vault.cases_named("", 1) else NoCaseYetError
    if len(matches) > 1:
        more = " …" if len(matches) > _MOST_NAMED else ""
        raise SeveralCasesError(ref=ref, matches=", ".join(matches[:_MOST_NAMED]) + more)
    return matches[0]


def drafts_of(desk: Desk, ref: str) -> dict[str, dict[str, object]]:
    """The drafts of a case by their record id, `REF/kind/lang`."""
    return desk.vault.records(DRAFT, f"{ref}/")


def calendars_for(case: Case, law: Law) -> Calendars:
    """Whose holidays count in each reading (policy: no source decides for a controller outside the EU).

    Reg. 1182/71 Art. 2(1) points to the Member State where action is to be taken: the controller's. Without an
    establishment in the Union, or outside the countries of the law of the case, strict knows weekends only, and safe
    adds the holidays where the complainant lives.
    Where the controller's region is unknown, safe counts the holidays of all its regions.
    """
    from dsar.core.deadlines import Calendars  # noqa: PLC0415 - today's lists need no arithmetic of dates
    from dsar.core.parallels import HOME  # noqa: PLC0415 - as above
    from dsar.lawbook import calendars as shelf  # noqa: PLC0415 - loads the holiday library

    controller, lives_in = case.opened.controller, case.opened.subject.address.country
    country = controller.address.country
    rules = law.regime(case.opened.regime, case.opened.on)
    if rules is not None and rules.calendar == "institutions":
        institutions = shelf.institutions()
        return Calendars(strict=institutions, safe=institutions)
    inside = rules is not None and country in rules.countries
    # `established` speaks of the Union: it says nothing of a seat in the country of another law
    if not inside or (case.opened.regime == HOME and controller.established is False):
        return Calendars(strict=shelf.weekends_only(), safe=shelf.every_region(lives_in))
    if controller.region:
        own = shelf.calendar(country, controller.region)
        return Calendars(strict=own, safe=own)
    return Calendars(strict=shelf.calendar(country), safe=shelf.every_region(country))
