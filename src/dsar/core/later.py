"""The clocks after the answer: what the authority owes, what we must not miss, the end of the mandate.

Our own limits go the other way than those of the other side: the earliest reading counts, and none rolls unless its
source says so (the term's `rolls`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dsar.core.deadlines import Deadline
from dsar.core.terms import Step, compute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dsar.core.breaches import Breach
    from dsar.core.calendar import Calendar
    from dsar.core.case import Case
    from dsar.core.events import AuthorityAct
    from dsar.core.law import Authority, Law, Term

_NEWS: tuple[AuthorityAct, ...] = ("progress", "decision", "closure")
_END: tuple[AuthorityAct, ...] = ("decision", "closure")
_CROSS_BORDER = ("procreg-admissibility", "procreg-transmission")


def later(case: Case, law: Law, calendar: Calendar, known: date | None) -> tuple[Deadline, ...]:
    """Every later clock of a case: limitation before a complaint, the authority's after it, the mandate's end.

    `known` is the day from which the grievance could be known (`known_since`), if there is one.
    """
    found = [*_limitation(case, law, calendar, known), *_authority(case, law, calendar), *_mandate(case)]
    return tuple(found)


def known_since(breaches: Sequence[Breach], owed: Sequence[Deadline], today: date) -> date | None:
    """The first day on which the grievance could be known: by the earliest reading, silence counts from strict on."""
    days = [breach.since for breach in breaches]
    for deadline in owed:
        strict = deadline.strict
        if deadline.id == "reply" and strict is not None and (deadline.met or today) > strict:
            days.append(strict + timedelta(days=1))
    return min(days, default=None)


def _limitation(case: Case, law: Law, calendar: Calendar, known: date | None) -> Iterator[Deadline]:
    """Until when a complaint may be lodged where the data subject lives, from the first grievance on."""
    if known is None or case.escalations:
        return
    home = case.opened.subject.address.country
    names = (name for one in law.authorities.values() if one.country == home for name in one.limitation)
    for name in dict.fromkeys(names):
        if law.terms[name].starts in {"grievance", "event"}:
            yield _clock(law.terms[name], known, calendar, met=None)


def _authority(case: Case, law: Law, calendar: Calendar) -> Iterator[Deadline]:
    if not case.escalations:
        return
    _, lodged = case.escalations[-1]
    authority = law.authorities.get(lodged.authority)
    news = _first(case, lodged.on, _NEWS)
    for name in dict.fromkeys(("art-78-2", authority.silence if authority is not None else "")):
        if name and law.terms[name].starts == "lodged":
            yield _clock(law.terms[name], lodged.on, calendar, met=news)
    if authority is not None:
        yield from _cross_border(case, law, calendar, authority)
        ended = _first(case, lodged.on, _END)
        if ended is not None and authority.appeal:
            yield _clock(law.terms[authority.appeal], ended, calendar, met=None)


def _cross_border(case: Case, law: Law, calendar: Calendar, authority: Authority) -> Iterator[Deadline]:
    # Reg. (EU) 2025/2518 Art. 4(2), 4(5): only where the controller is established in another Member State
    controller, (_, lodged) = case.opened.controller, case.escalations[-1]
    if not controller.established or controller.address.country == authority.country:
        return
    heard = _first(case, lodged.on, ("ack", *_NEWS))
    for name in _CROSS_BORDER:
        term = law.terms[name]
        if term.valid_from is None or lodged.on >= term.valid_from:
            yield _clock(term, lodged.on, calendar, met=heard)


def _first(case: Case, since: date, acts: tuple[AuthorityAct, ...]) -> date | None:
    return min((fact.on for _, fact in case.authority_acts if fact.act in acts and fact.on >= since), default=None)


def _clock(term: Term, start: date, calendar: Calendar, *, met: date | None) -> Deadline:
    done = compute(term, start, calendar)
    return Deadline(
        id=term.id, binds=term.binds, strict=done.last, safe=done.last, met=met, steps=done.steps, begins=start
    )


def _mandate(case: Case) -> Iterator[Deadline]:
    mandate = case.opened.mandate
    if mandate is not None and mandate.until is not None:
        step = Step(on=mandate.until, rule="mandate-ends")
        yield Deadline(id="mandate", binds="us", strict=mandate.until, safe=mandate.until, met=None, steps=(step,))
