"""The deadlines of a case: for each a strict and a safe last day, whether it was met, and every step with why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dsar.core.happened import incidents
from dsar.core.meanings import Answer, NoData, Refusal
from dsar.core.receipts import receipt
from dsar.core.reckoning import reckon
from dsar.core.terms import Step, compute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.calendar import Calendar
    from dsar.core.case import Case, Outgoing
    from dsar.core.incidents import Incident
    from dsar.core.law import Law, Regime, Whose
    from dsar.core.questions import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """The holidays of each reading: those of the controller's place, and those that the safe reading adds."""

    strict: Calendar
    safe: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A term applied to a case. `binds` says for whom it runs; `met` is the day on which it was met, in time or late.

    `met_safe` is that day as the safe reading counts it: the earlier of the two local dates of their answer. Overdue
    is `today > safe`: the last day itself is in time. Without a safe date nothing may be called late.
    """

    id: str
    binds: Whose
    strict: date | None
    safe: date | None
    met: date | None
    steps: tuple[Step, ...]
    begins: date | None = None
    met_safe: date | None = None

    def missed(self, today: date) -> bool:
        """Whether lateness or silence may be alleged on that day."""
        return self.days_late(today) > 0

    def days_late(self, today: date) -> int:
        """How many days after the safe date it was met, or is still open on that day; 0 in time or without one."""
        if self.safe is None:
            return 0
        return max(0, ((self.met_safe or self.met or today) - self.safe).days)


def answer_due(
    regime: Regime,
    calendars: Calendars,
    received: tuple[date | None, date | None],
    incidents: tuple[Sequence[Incident], Sequence[Incident]],
) -> tuple[date | None, date | None, tuple[Step, ...]]:
    """The strict and the safe last day for an answer, and their steps, from the (strict, safe) receipts and incidents.

    Without a proved receipt there is no safe day.
    """
    sides: tuple[Side, Side] = ("strict", "safe")
    kinds = (calendars.strict, calendars.safe)
    read = [
        (None, ()) if day is None else reckon(regime, side, calendar, day, happened)
        for side, calendar, day, happened in zip(sides, kinds, received, incidents, strict=True)
    ]
    (strict, strict_steps), (safe, safe_steps) = read
    if strict is not None and safe is not None and safe < strict:
        safe, safe_steps = strict, (*safe_steps, Step(on=strict, rule="safe-not-earlier", reading="safe"))
    return strict, safe, _merged(strict_steps, safe_steps)


def _merged(strict: tuple[Step, ...], safe: tuple[Step, ...]) -> tuple[Step, ...]:
    """One story of two readings: what both say is said once, the rest says which reading it belongs to."""
    if strict == safe:
        return strict
    told: list[Step] = []
    for same, start, end, from_, to in SequenceMatcher(a=strict, b=safe, autojunk=False).get_opcodes():
        if same == "equal":
            told += strict[start:end]
        else:
            told += [replace(step, reading="strict") for step in strict[start:end]]
            told += [replace(step, reading="safe") for step in safe[from_:to]]
    return tuple(told)


def deadlines(case: Case, law: Law, calendars: Calendars) -> tuple[Deadline, ...]:
    """What the controller owes: its answer to the request, and what each formal notice sets a term for."""
    found = []
    request = case.request
    if request is not None and request.sendings:
        found.append(_reply(case, request, law, calendars))
    found += [_notice(case, notice, law, calendars) for notice in case.notices if notice.sendings]
    return tuple(found)


def _reply(case: Case, request: Outgoing, law: Law, calendars: Calendars) -> Deadline:
    arrived = receipt(case, request)
    met, met_safe = met_on(case, since=None)
    regime = law.regime(case.opened.regime, arrived.strict or request.fact.on)
    if regime is None or arrived.strict is None:
        return Deadline(
            id="reply", binds="controller", strict=None, safe=None, met=met, steps=arrived.steps, met_safe=met_safe
        )
    happened = (incidents(case, "strict"), incidents(case, "safe"))
    strict, safe, steps = answer_due(regime, calendars, (arrived.strict, arrived.safe), happened)
    return Deadline(
        id="reply",
        binds="controller",
        strict=strict,
        safe=safe,
        met=met,
        steps=(*arrived.steps, *steps),
        begins=arrived.strict,
        met_safe=met_safe,
    )


def _notice(case: Case, notice: Outgoing, law: Law, calendars: Calendars) -> Deadline:
    arrived = receipt(case, notice)
    # an answer from before the notice went out does not meet the term that the notice sets
    met, met_safe = met_on(case, since=min(sending.fact.on for sending in notice.sendings))
    term = law.terms["notice"]
    days = notice.fact.term_days
    name = "notice" if notice.n == case.notices[0].n else f"notice-{notice.n}"
    if arrived.strict is None:
        return Deadline(
            id=name, binds="controller", strict=None, safe=None, met=met, steps=arrived.steps, met_safe=met_safe
        )
    strict = compute(term, arrived.strict, calendars.strict, days=days)
    safe = compute(term, arrived.safe, calendars.safe, days=days) if arrived.safe else None
    return Deadline(
        id=name,
        binds="controller",
        strict=strict.last,
        safe=max(strict.last, safe.last) if safe else None,
        met=met,
        steps=(*arrived.steps, *_merged(strict.steps, safe.steps if safe else ())),
        begins=arrived.strict,
        met_safe=met_safe,
    )


def met_on(case: Case, since: date | None) -> tuple[date | None, date | None]:
    """The day of their first answer, refusal or "no data" since a day: as we count it, and as the safe reading does.

    What the answer is worth is for the review. The safe reading takes the earlier local date for an answer of theirs.
    """
    answers = [m.fact for m in case.meaning(Answer, Refusal, NoData) if since is None or m.fact.on >= since]
    if not answers:
        return None, None
    return min(fact.on for fact in answers), min(min(fact.on, fact.on_theirs or fact.on) for fact in answers)
