"""The clocks after the answer: what the authority owes, what we must not miss, the end of the mandate.

Our own limits go the other way than those of the other side: the earliest reading counts, and none rolls unless its
source says so (the term's `rolls`). Which terms run is said by the law book: by the regime of the case, or by the
record of the authority.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dsar.core.deadlines import Deadline, met_on
from dsar.core.meanings import AutoReply, Bounce, Other
from dsar.core.terms import Step, compute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dsar.core.breach import Breach
    from dsar.core.calendar import Calendar
    from dsar.core.case import Case
    from dsar.core.events import AuthorityAct
    from dsar.core.law import Authority, Law, Starts, Term

_END: tuple[AuthorityAct, ...] = ("decision", "closure")
# the lead authority cannot take these steps without having confirmed its competence
_COMPETENT: tuple[AuthorityAct, ...] = ("competence", "simple", *_END)
# an acknowledgement tells nothing of the progress (GDPR Art. 78(2)); each step on the way does
_NEWS: tuple[AuthorityAct, ...] = ("progress", "transmitted", "admitted", "resolution", *_COMPETENT)
_HEARD: tuple[AuthorityAct, ...] = ("ack", *_NEWS)


def later(case: Case, law: Law, calendar: Calendar, known: date | None) -> tuple[Deadline, ...]:
    """Every later clock of a case: limitation before a complaint, the authority's after it, the mandate's end.

    `known` is the day from which the grievance could be known (`known_since`), if there is one.
    """
    ours = (*_mandate(case), *_asked_for(case))
    return (*_limitation(case, law, calendar, known), *_authority(case, law, calendar), *ours)


def known_since(breaches: Sequence[Breach], owed: Sequence[Deadline], today: date) -> date | None:
    """The first day on which the grievance could be known: by the earliest reading, silence counts from strict on."""
    days = [breach.since for breach in breaches]
    for deadline in owed:
        strict = deadline.strict
        if deadline.id == "reply" and strict is not None and (deadline.met or today) > strict:
            days.append(strict + timedelta(days=1))
    return min(days, default=None)


def _limitation(case: Case, law: Law, calendar: Calendar, known: date | None) -> Iterator[Deadline]:
    """Until when a complaint may be lodged, from the first grievance on or from the last contact."""
    if known is None or case.escalations:
        return
    where = _complained_in(case, law)
    names = (name for one in law.authorities.values() if one.country == where for name in one.limitation)
    began: Mapping[Starts, date | None] = {"grievance": known, "event": known, "contact": _contact(case)}
    for name in dict.fromkeys(names):
        start = began.get(law.terms[name].starts)
        if start is not None:
            yield _clock(law.terms[name], start, calendar, met=None)


def _complained_in(case: Case, law: Law) -> str:
    """The country whose limits count: the data subject's, unless the law of the case has one country, and another."""
    home = case.opened.subject.address.country
    regime = law.regime(case.opened.regime, case.opened.on)
    countries = regime.countries if regime is not None else ()
    return countries[0] if len(countries) == 1 else home


def _contact(case: Case) -> date | None:
    """The last meaningful contact with the controller, read early: their last word, or where there is none ours."""
    theirs = [
        message.fact.on
        for message in case.messages
        if message.meaning is not None and not isinstance(message.meaning, AutoReply | Bounce | Other)
    ]
    ours = [sending.fact.on for letter in case.letters for sending in letter.sendings]
    return max(theirs or ours, default=None)


def _authority(case: Case, law: Law, calendar: Calendar) -> Iterator[Deadline]:
    if not case.escalations:
        return
    _, lodged = case.escalations[-1]
    authority = law.authorities.get(lodged.authority)
    began = _began(case, lodged.on)
    general = (term for term in law.terms.values() if case.opened.regime in term.regimes)
    own = (authority.silence, authority.decision, authority.appeal) if authority is not None else ()
    for term in (*general, *(law.terms[name] for name in own if name)):
        start = began.get(term.starts)
        in_force = term.valid_from is None or lodged.on >= term.valid_from
        if start is not None and in_force and (not term.cross_border or _crosses(case, authority)):
            yield _clock(term, start, calendar, met=_met(case, term, start))


def _began(case: Case, lodged: date) -> Mapping[Starts, date | None]:
    """The days on which the terms after a complaint begin; none for what does not apply, or no more."""
    competent, ended = _first(case, lodged, ("competence",)), _first(case, lodged, _END)
    simple = _first(case, lodged, ("simple",))
    # Reg. (EU) 2025/2518 Art. 12(1), 12(6): both periods run from the confirmed competence, and only one of them
    return {
        "lodged": lodged,
        "transmitted": _first(case, lodged, ("transmitted",)),
        "competence": competent if simple is None else None,
        "simple": competent if simple is not None else None,
        "admitted": _first(case, lodged, ("admitted",)),
        "resolution": _first(case, lodged, ("resolution",)) if ended is None else None,
        "decided": ended,
    }


def _crosses(case: Case, authority: Authority | None) -> bool:
    # Reg. (EU) 2025/2518 Art. 1: only where the controller is established in another Member State
    controller = case.opened.controller
    return bool(authority and controller.established and controller.address.country != authority.country)


def _met(case: Case, term: Term, start: date) -> date | None:
    """The day on which the authority did what the term is about; our own limits are met by nothing that it does."""
    match term.starts:
        case _ if term.binds != "authority":
            return None
        case "lodged":
            return _first(case, start, _HEARD if term.cross_border else _NEWS)
        case "transmitted":
            return _first(case, start, _COMPETENT)
        case _:
            return _first(case, start, _END)


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


def _asked_for(case: Case) -> Iterator[Deadline]:
    """The day by which our letter asked for an answer: ours to remember, since no law sets it."""
    day, request = case.opened.details.respond_by, case.request
    if day is not None and request is not None and request.sendings:
        met, _ = met_on(case, since=None)
        step = Step(on=day, rule="respond-by")
        yield Deadline(id="respond-by", binds="us", strict=day, safe=day, met=met, steps=(step,))
