"""How far a record can be trusted today: how old its source is, whether anybody read it, what came back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from dsar.core.bounces import dead
from dsar.core.fold import fold
from dsar.desk.lists import refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dsar.core.bounces import Dead
    from dsar.core.case import Case
    from dsar.core.parties import Controller
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk
    from dsar.directory.matching import Held

Trouble = Literal["bounced", "obsolete", "stale", "undated", "unconfirmed", "no-address"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_WRITTEN = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailing:
    """A record with what speaks against relying on it; `used` are the references of the cases that it was used in."""

    held: Held
    troubles: tuple[tuple[Trouble, str], ...]
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What the cases of a vault say of the directory: who was written to, and which mailboxes did not work."""

    cases: Mapping[str, tuple[str, ...]]
    bounced: Mapping[str, tuple[str, Dead]]


def as_of(controller: Controller) -> date | None:
    """The day of its source: as the record says, else the latest day that is written in the source; None: none is."""
    return controller.retrieved_on or max(_days(controller.source), default=None)


def _days(text: str) -> Iterator[date]:
    """The days in a source; a month without a day counts from its first."""
    written = ((year, _MONTHS.index(month.lower()) + 1, day) for day, month, year in _WRITTEN.findall(text))
    for year, month, day in (*_ISO.findall(text), *written):
        try:
            yield date(int(year), int(month), int(day or 1))
        except ValueError:  # a number that looks like a date
            continue


def stale(day: date, today: date) -> bool:
    """Whether a source is older than twelve months."""
    last_year = today.replace(year=today.year - 1, day=min(today.day, 28) if today.month == 2 else today.day)  # noqa: PLR2004 - 29 February
    return day < last_year


def uses(desk: Desk | None, against: str = "") -> Uses:
    """Read every case of the vault, or those against a controller of that name; nothing without a vault."""
    cases: dict[str, tuple[str, ...]] = {}
    bounced: dict[str, tuple[str, Dead]] = {}
    for case in _cases(desk, against) if desk is not None else ():
        name = case.opened.controller.id
        cases[name] = (*cases.get(name, ()), case.ref)
        for one in dead(case):
            bounced.setdefault(one.address, (case.ref, one))
    return Uses(cases=cases, bounced=bounced)


def _cases(desk: Desk, against: str) -> Iterator[Case]:
    # the lists know the names: a vault of a thousand cases is not read for one company
    for ref in refs(desk, controller=against) if against else desk.vault.cases():
        entries = desk.vault.log(ref)
        if any(entry.event.on <= desk.today for entry in entries[:1]):
            yield fold(ref, entries, desk.today)


def examine(held: Held, known: Uses, today: date) -> tuple[tuple[Trouble, str], ...]:
    """What speaks against relying on a record today, the worst first."""
    one, found = held.controller, list[tuple[Trouble, str]]()
    for box in dict.fromkeys((*one.emails, one.dpo)):
        if (back := known.bounced.get(box.casefold())) is not None:
            found.append(("bounced", f"A mail to {box} came back on {back[1].on.isoformat()} (case {back[0]})."))
    if one.obsolete:
        after = f"; write to {one.successor}" if one.successor else ""
        found.append(("obsolete", f"The record is out of use ({one.obsolete.replace('-', ' ')}){after}."))
    if not (one.emails or one.address.known or one.form) and not one.obsolete:
        found.append(("no-address", "It has no e-mail address, no postal address and no form."))
    day = as_of(one)
    if day is None:
        found.append(("undated", "Its source does not say of which day it is."))
    elif stale(day, today):
        found.append(("stale", f"Its source is of {day.isoformat()}, more than twelve months ago."))
    if not one.checked and not one.obsolete:
        found.append(("unconfirmed", "Nobody has confirmed it at its source."))
    return tuple(found)


def doctor(where: Directory, desk: Desk | None, today: date, *, everything: bool) -> tuple[Ailing, ...]:
    """The records with a trouble: those used in cases first, then one's own, then the shipped, then by name.

    Of the imported ones only those that a case was opened against, unless `everything`: there are thousands.
    """
    known = uses(desk)
    hand = (*where.own.values(), *(held for name, held in where.shipped.items() if name not in where.own))
    rest = [held for held in _imported(where, known, everything=everything) if where.get(held.controller.id) == held]
    found = [
        Ailing(held=held, troubles=troubles, used=known.cases.get(held.controller.id, ()))
        for held in (*hand, *rest)
        if (troubles := examine(held, known, today))
    ]
    order = ("own", "shipped", "imported")
    return tuple(
        sorted(found, key=lambda one: (not one.used, order.index(one.held.origin), one.held.controller.name.casefold()))
    )


def _imported(where: Directory, known: Uses, *, everything: bool) -> Iterable[Held]:
    if where.shelf is None:
        return ()
    if everything:
        return where.shelf.records()
    shelf = where.shelf
    return [held for name in known.cases if (held := shelf.get(name)) is not None]


def working(desk: Desk, controller: Controller) -> tuple[Controller, tuple[str, ...]]:
    """The record with its mailboxes that bounced in any case put last, and a sentence on each; none is dropped."""
    known = uses(desk, controller.name).bounced
    gone = [box for box in controller.emails if box.casefold() in known]
    if not gone:
        return controller, ()
    good = tuple(box for box in controller.emails if box not in gone)
    instead = f"{good[0]} is used" if good else "no other one is known"
    said = tuple(
        f"A mail to {box} came back on {known[box.casefold()][1].on.isoformat()} (case {known[box.casefold()][0]}): "
        f"{instead}."
        for box in gone
    )
    return replace(controller, emails=(*good, *gone)), said
