"""Under which law a case is opened: as said, or as proposed from where both sides are and what the controller is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.demands import default_demands
from dsar.core.parallels import HOME
from dsar.desk.errors import NoRegimeError, UnknownItemError
from dsar.errors import StateError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.law import Law, Regime
    from dsar.core.parties import Controller
    from dsar.core.under import Under
    from dsar.desk.office import Desk, File
    from dsar.letters.front import Template


class PoliceRegimeError(UsageError):
    """A controller of a sector with a law of its own, in a country whose law nobody wrote down."""

    sentence = (
        "{controller} is of the sector “{sector}”, for which the law of {country} is not in the law book: name the law "
        "with --regime ({known}), or use --regime {home} where it does not act as such, for instance as an employer."
    )


class LetterElsewhereError(StateError):
    """A letter that is not true under the law of the case."""

    sentence = "“{kind}” is not written for {regime}, the law of case {ref}; in “{lang}” these letters are: {kinds}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The law of a case, and what the user should know about the choice, in sentences."""

    rules: Regime
    notes: tuple[str, ...] = ()


def choose(law: Law, controller: Controller, home: str, *, wish: str, on: date) -> Chosen:
    """The law under which a case is opened on a day; `home` is where the data subject lives, `wish` what was said.

    Raises:
        UnknownItemError, NoRegimeError: no such law, or none on that day.
        PoliceRegimeError: a police controller of a country whose law is not in the law book.
    """
    known = [rules for rules in law.regimes if _in_force(rules, on)]
    found = _named(_wished(law, known, wish, on), controller, home) if wish else _proposed(known, controller, home)
    return Chosen(rules=found.rules, notes=(*found.notes, *_unread(found.rules, law, on)))


def _in_force(rules: Regime, on: date) -> bool:
    return (rules.valid_from is None or rules.valid_from <= on) and (
        rules.valid_until is None or on <= rules.valid_until
    )


def _wished(law: Law, known: list[Regime], wish: str, on: date) -> Regime:
    names = dict.fromkeys(rules.id for rules in law.regimes)
    if wish not in names:
        raise UnknownItemError(name=wish, known=", ".join(names))
    rules = next((one for one in known if one.id == wish), None)
    if rules is None:
        first = min(one.valid_from for one in law.regimes if one.id == wish and one.valid_from is not None)
        raise NoRegimeError(regime=wish, on=on.isoformat(), when=f"from {first} on")
    return rules


def _named(rules: Regime, controller: Controller, home: str) -> Chosen:
    here, notes = controller.address.country, []
    if here not in rules.countries and home not in rules.countries:
        where = here or "the controller’s country"
        notes.append(f"Neither {where} nor {home} is a country of {rules.id}: it is your choice.")
    if rules.sectors and controller.sector not in rules.sectors:
        named = ", ".join(rules.sectors)
        notes.append(f"{rules.id} is the law of the sector {named}, and {controller.name} is noted otherwise.")
    return Chosen(rules=rules, notes=tuple(notes))


def _proposed(known: list[Regime], controller: Controller, home: str) -> Chosen:
    here, sector = controller.address.country, controller.sector
    general = [rules for rules in known if not rules.sectors]
    own_sectors = {name for rules in known for name in rules.sectors}
    if sector in own_sectors:
        by_name = [rules for rules in known if here in rules.countries and sector in rules.sectors]
        if not by_name:
            raise PoliceRegimeError(
                controller=controller.name,
                sector=sector,
                country=here,
                known=", ".join(rules.id for rules in known if rules.sectors),
                home=HOME,
            )
        return Chosen(rules=by_name[0])
    gdpr = next(rules for rules in general if rules.id == HOME)
    theirs = next((rules for rules in general if home in rules.countries), None)
    own = next((rules for rules in general if here in rules.countries), None)
    if own is None:
        return _from_outside(gdpr, theirs, controller, home)
    # GDPR Art. 3(1): a seat in the Union decides; an institution of the Union has one law wherever one lives
    if own is gdpr or own.id == "eudpr" or theirs in {None, own}:
        return Chosen(rules=own)
    note = (
        f"{controller.name} sits in {here} and the data subject lives in {home}, so that both {own.id} and "
        f"{theirs.id if theirs is not None else HOME} may apply"
    )
    if theirs is gdpr:
        why = f"{note} (Art. 3(2) GDPR): opened under the GDPR; --regime {own.id} takes the other."
        return Chosen(rules=gdpr, notes=(why,))
    return Chosen(rules=own, notes=(f"{note}: opened under {own.id}.",))


def _from_outside(gdpr: Regime, theirs: Regime | None, controller: Controller, home: str) -> Chosen:
    """A controller of a country whose law is not in the law book: the law of the place where the person lives."""
    if theirs is gdpr:
        return Chosen(rules=gdpr)
    if theirs is None or controller.established:
        why = f"Nothing shows that the data subject ({home}) is in the Union: opened under the GDPR all the same."
        return Chosen(rules=gdpr, notes=() if controller.established else (why,))
    why = (
        f"No seat of {controller.name} in a country of the law book is known, and the data subject lives in {home}: "
        f"opened under {theirs.id}; --regime {HOME} takes the GDPR, if it is established in the Union."
    )
    return Chosen(rules=theirs, notes=(why,))


def not_asked(under: Under, rights: tuple[str, ...], sector: str) -> tuple[str, ...]:
    """What a request under the GDPR would ask and the law of the case does not give, in one sentence."""
    home = replace(under, regime=HOME)
    asked = {demand.id for demand in default_demands(under, rights, sector, ())}
    left = [one.id for one in default_demands(home, rights, sector, ()) if one.id not in asked]
    return (f"Not asked, for {under.regime} has no such provision: {', '.join(left)}.",) if left else ()


def _unread(rules: Regime, law: Law, on: date) -> tuple[str, ...]:
    """What nobody has read at its source, in the rules of the law or in its provisions."""
    found = []
    if not rules.checked:
        found.append(f"The rules of {rules.id} were not checked at their source: {rules.source}.")
    if any(one.regime == rules.id and not one.checked and one.holds(on, on) for one in law.parallels.values()):
        found.append(f"Some provisions of {rules.id} that are cited were not read at their source (`dsar law page`).")
    return tuple(found)


def refuse_elsewhere(desk: Desk, file: File, template: Template) -> None:
    """Refuse a letter that is not written for the law of the case.

    Raises:
        LetterElsewhereError: the sentence names the letters that are.
    """
    from dsar.letters.find import in_language  # noqa: PLC0415 - only to name the others

    regime = file.case.opened.regime
    if regime in template.regimes:
        return
    kinds = [one.kind for one in in_language(desk.letters, template.lang) if regime in one.regimes]
    raise LetterElsewhereError(
        kind=template.kind, regime=regime, ref=file.case.ref, lang=template.lang, kinds=", ".join(kinds) or "none"
    )
