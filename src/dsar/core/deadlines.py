"""The deadlines of a case: for each a strict and a safe last day, whether it was met, and every step with why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dsar.core.happened import incidents
from dsar.core.incidents import Extended
from dsar.core.meanings import Acknowledgement, Answer, NoData, Refusal
from dsar.core.receipts import receipt
from dsar.core.reckoning import reckon
from dsar.core.rights import clocked
from dsar.core.terms import Step, compute
from dsar.core.under import of_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.calendar import Calendar
    from dsar.core.case import Case, Outgoing
    from dsar.core.incidents import Incident
    from dsar.core.law import Law, Regime, Term, Whose
    from dsar.core.meanings import Meaning
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
    """What the controller owes: its answer, what each formal notice sets a term for, news of a complaint to it."""
    found = []
    request = case.request
    if request is not None and request.sendings:
        found.append(_reply(case, request, law, calendars))
    found += [_notice(case, notice, law, calendars) for notice in case.notices if notice.sendings]
    if case.complained is not None:
        found += _complained(case, case.complained, law, calendars)
    # no citation depends on the day of asking: the receipt decides which version of a rule counts
    under = of_case(case, law, case.opened.on)
    return tuple(replace(deadline, steps=under.steps(deadline.steps)) for deadline in found)


def _reply(case: Case, request: Outgoing, law: Law, calendars: Calendars) -> Deadline:
    arrived = receipt(case, request)
    met, met_safe = met_on(case, since=None)
    regime = law.regime(case.opened.regime, arrived.strict or request.fact.on)
    if regime is None or arrived.strict is None:
        return Deadline(
            id="reply", binds="controller", strict=None, safe=None, met=met, steps=arrived.steps, met_safe=met_safe
        )
    strict, safe, steps = _period(case, regime, calendars, (arrived.strict, arrived.safe))
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


def _period(
    case: Case, regime: Regime, calendars: Calendars, received: tuple[date | None, date | None]
) -> tuple[date | None, date | None, tuple[Step, ...]]:
    """The last days for the answer, if a law sets any: for questions of one's own, none does."""
    if not clocked(case.opened.rights):
        return None, None, (Step(on=None, rule="no-period-set"),)
    happened = incidents(case, "strict"), incidents(case, "safe")
    strict, safe, steps = answer_due(regime, calendars, received, happened)
    return strict, safe, _with_local_dates(case, steps)


def _with_local_dates(case: Case, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, and before a safe one that reads a message under the date where the controller is, a word of why."""
    told = list(steps)
    for message in case.messages:
        theirs = message.fact.on_theirs
        if theirs is None or theirs >= message.fact.on:
            continue
        shown = (
            n
            for n, step in enumerate(told)
            if step.reading == "safe" and theirs in {step.on, *dict(step.values).values()}
        )
        if (place := next(shown, None)) is not None:
            values = (("n", message.n), ("day", message.fact.on))
            told.insert(place, Step(on=theirs, rule="their-local-date", reading="safe", values=values))
    return tuple(told)


def first_term(case: Case, law: Law, calendars: Calendars) -> date | None:
    """The safe last day for the answer had no extension been taken: until then one may be taken, with its reasons."""
    request = case.request
    if request is None:
        return None
    arrived = receipt(case, request)
    regime = law.regime(case.opened.regime, arrived.strict or request.fact.on)
    if regime is None:
        return None
    without = tuple(one for one in incidents(case, "safe") if not isinstance(one, Extended))
    return answer_due(regime, calendars, (arrived.strict, arrived.safe), (without, without))[1]


def _notice(case: Case, notice: Outgoing, law: Law, calendars: Calendars) -> Deadline:
    # an answer from before the notice went out does not meet the term that the notice sets
    met = met_on(case, since=min(sending.fact.on for sending in notice.sendings))
    name = "notice" if notice.n == case.notices[0].n else f"notice-{notice.n}"
    return _from_receipt((case, notice), law.terms["notice"], calendars, name=name, when_met=met)


def _complained(case: Case, complaint: Outgoing, law: Law, calendars: Calendars) -> list[Deadline]:
    """What a complaint to the controller makes it owe; whatever it says of the complaint acknowledges it."""
    left = min(sending.fact.on for sending in complaint.sendings)
    met = met_on(case, since=left, also=(Acknowledgement,))
    arrived = receipt(case, complaint).strict or left
    terms = (term for term in law.terms.values() if term.starts == "complained" and case.opened.regime in term.regimes)
    return [
        _from_receipt((case, complaint), term, calendars, name=term.id, when_met=met)
        for term in terms
        if term.valid_from is None or term.valid_from <= arrived
    ]


def _from_receipt(
    sent: tuple[Case, Outgoing],
    term: Term,
    calendars: Calendars,
    *,
    name: str,
    when_met: tuple[date | None, date | None],
) -> Deadline:
    """A term for the controller that a letter of ours starts when it arrives."""
    (case, letter), (met, met_safe) = sent, when_met
    arrived = receipt(case, letter)
    if arrived.strict is None:
        return Deadline(
            id=name, binds="controller", strict=None, safe=None, met=met, steps=arrived.steps, met_safe=met_safe
        )
    days = letter.fact.term_days
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


def met_on(case: Case, since: date | None, also: tuple[type[Meaning], ...] = ()) -> tuple[date | None, date | None]:
    """The day of their first answer, refusal or "no data" since a day: as we count it, and as the safe reading does.

    What the answer is worth is for the review. The safe reading takes the earlier local date for an answer of theirs.
    `also` are other kinds of message that will do.
    """
    answers = [m.fact for m in case.meaning(Answer, Refusal, NoData, *also) if since is None or m.fact.on >= since]
    if not answers:
        return None, None
    return min(fact.on for fact in answers), min(min(fact.on, fact.on_theirs or fact.on) for fact in answers)
