"""When an answer is due: a receipt, a regime and what happened since, read strictly and safely.

Strict is the reading most favourable to the data subject, for reminders. Safe is the reading most favourable to the
controller that a court could accept: before it has passed, nobody may allege lateness or silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from dsar.core.incidents import (
    Acknowledged,
    Announced,
    Answered,
    ClarificationAsked,
    Extended,
    FeeAsked,
    IdentityAsked,
    Incident,
    Redirected,
)
from dsar.core.questions import Question, Side, effect, told
from dsar.core.terms import Step, after, clamped, roll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.calendar import Calendar
    from dsar.core.law import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One reading of a running term while its incidents are read in the order in which they happened.

    `received` is the day of receipt, `start` the day from which the term runs now, `suspended` the days that do not
    count, `waiting` the questions that keep it stopped: for each the key of the sentence that says why. `questions`
    are those that came in time to matter. `fixed` is a day that replaces the computed one.
    """

    regime: Regime
    side: Side
    calendar: Calendar
    received: date
    start: date
    extended: bool = False
    questions: tuple[Question, ...] = ()
    suspended: frozenset[date] = frozenset()
    waiting: tuple[str, ...] = ()
    fixed: date | None = None
    steps: tuple[Step, ...] = ()

    def say(self, step: Step) -> Clock:
        """The same clock, with one more step in its story."""
        return replace(self, steps=(*self.steps, step))

    def last(self) -> tuple[date | None, tuple[Step, ...]]:
        """The last day as things stand, with its steps; None while a question is open or where no period is fixed."""
        period = self.regime.extended if self.extended else self.regime.period
        if period is None:
            return None, (Step(on=None, rule="no-fixed-period", cite=self.regime.period_cite),)
        if self.waiting:
            return None, tuple(Step(on=None, rule=rule) for rule in self.waiting)
        if self.fixed is not None:
            return self._rolled(self.fixed, ())
        end = after(self.start, period, self.calendar)
        cite = self.regime.extension_cite if self.extended else self.regime.period_cite
        rule = "extended-period" if self.extended else "period"
        values = (("start", self.start), ("months", period.months), ("days", period.days))
        steps = [Step(on=end, rule=rule, cite=cite, values=values)]
        if clamped(self.start, end, period):
            steps.append(Step(on=end, rule="clamped", cite="reg-1182-71:3.2.c", values=(("day", self.start.day),)))
        if self.suspended:
            end += timedelta(days=len(self.suspended))
            steps.append(Step(on=end, rule="suspended-days", values=(("days", len(self.suspended)),)))
        return self._rolled(end, tuple(steps))

    def _rolled(self, end: date, steps: tuple[Step, ...]) -> tuple[date, tuple[Step, ...]]:
        # Reg. 1182/71 Art. 3(4): one roll, at the end, after any suspension
        rolls = self.regime.roll_strict if self.side == "strict" else self.regime.roll_safe
        if not rolls:
            return end, (*steps, Step(on=end, rule="no-roll"))
        rolled = roll(end, self.calendar, self.regime.roll_cite)
        return rolled.last, (*steps, *rolled.steps)


def reckon(
    regime: Regime, side: Side, calendar: Calendar, received: date, incidents: Sequence[Incident]
) -> tuple[date | None, tuple[Step, ...]]:
    """The last day of one reading and its steps; None where it cannot be said.

    Incidents are read in the order of their days, whatever the order of recording: an extension is in time by what was
    due on the day it was notified, and a question asked after the last day stops nothing.
    """
    clock = Clock(regime=regime, side=side, calendar=calendar, received=received, start=received)
    untouched, began = clock.last()
    if not incidents:
        return untouched, began
    for incident in sorted(incidents, key=_order):
        clock = _read(_standing(clock, incident.on), incident)
    clock = _standing(clock, date.max)
    last, steps = clock.last()
    # the term as it began, then what happened, then the term anew if that changed it
    return last, (*began, *clock.steps, *(steps if steps != began else ()))


def _order(incident: Incident) -> tuple[date, int]:
    # Same day: what stops the clock is read before what depends on it
    return incident.on, 1 if isinstance(incident, Extended | Answered | Announced) else 0


def _standing(clock: Clock, day: date) -> Clock:
    """The clock as it stood on a day: what was answered by then suspends or restarts, the rest keeps it waiting."""
    if not clock.questions:
        return clock
    effects = [effect(clock.regime, clock.side, question, day) for question in clock.questions]
    start = max([clock.received, *(found.restart for found in effects if found.restart is not None)])
    suspended = frozenset(d for found in effects for d in found.suspended if d >= start)
    waiting = tuple(dict.fromkeys(found.waiting for found in effects if found.waiting))
    return replace(clock, start=start, suspended=suspended, waiting=waiting)


def _read(clock: Clock, incident: Incident) -> Clock:
    """Read one incident on the clock as it stands on that day: tell it, and let it stop, extend or fix the last day."""
    last, _ = clock.last()
    late = last is not None and incident.on > last
    match incident:
        case IdentityAsked() | ClarificationAsked() | FeeAsked():
            kept = clock.questions if late else (*clock.questions, incident)
            return replace(clock, questions=kept).say(told(clock.regime, clock.side, incident, late=late))
        case Extended(on=day, until=until) if until is not None and clock.regime.announced_cite:
            return _announce(clock, day, until, late=late)
        case Extended(on=day, reasons=reasons):
            return _extend(clock, day, last, reasons=reasons)
        case Announced(on=day, until=until):
            return _announce(clock, day, until, late=late)
        case Answered(on=day):
            rule = "answered-open" if last is None else "answered-late" if late else "answered-in-time"
            return clock.say(Step(on=day, rule=rule, values=(("day", day),)))
        case Acknowledged(on=day):
            return clock.say(Step(on=day, rule="acknowledged", cite="edpb-01-2022:57"))
        case Redirected(on=day):
            return clock.say(Step(on=day, rule="redirected", cite="edpb-01-2022:52-53"))
        case _:
            assert_never(incident)


def _announce(clock: Clock, day: date, until: date, *, late: bool) -> Clock:
    # DSV Art. 18(2): a later day counts if it is announced within the period
    rule = "announced-late" if late else "announced"
    step = Step(on=day, rule=rule, cite=clock.regime.announced_cite, values=(("until", until),))
    return replace(clock, fixed=clock.fixed if late else until).say(step)


def _extend(clock: Clock, day: date, last: date | None, *, reasons: bool | None) -> Clock:
    # GDPR Art. 12(3): the extension and its reasons are to be communicated within the first period
    cite = clock.regime.extension_cite
    if clock.regime.extended is None:
        return clock.say(Step(on=day, rule="extension-unknown", cite=cite))
    if clock.extended:
        return clock.say(Step(on=day, rule="extension-twice", cite=cite))
    if last is not None and day > last:
        return clock.say(Step(on=day, rule="extension-late", cite=cite, values=(("last", last),)))
    if not reasons and clock.side == "strict":
        return clock.say(Step(on=day, rule="extension-no-reasons-strict", cite=cite))
    rule = "extension" if reasons else "extension-no-reasons-safe"
    return replace(clock, extended=True).say(Step(on=day, rule=rule, cite=cite))
