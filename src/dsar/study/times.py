"""The time to an acknowledgement and to an answer in substance, with the cases that are open kept in the count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.ledger import OPEN
from dsar.study.result import Amount, Chance, Line, Section, Table
from dsar.study.sample import members
from dsar.study.survey import HALVES
from dsar.study.survival import Curve, Lived, curve

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dsar.core.casefacts import CaseFacts
    from dsar.study.survey import Survey

MILESTONES = (30, 60, 90)
QUARTERS = (0.25, 0.5, 0.75)
DAYS = (0, 7, 14, 30, 45, 60, 90, 120, 180, 270, 365)


TOLD = tuple(sorted({*MILESTONES, *DAYS}))
"""The days of which a table says how many had it by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One curve: its name, and for each case in it the number of the case and how long it was watched.

    `shown`: whether anything of it may be shown, for which enough cases must have had it, or none.
    """

    name: str
    curve: Curve
    lived: tuple[tuple[int, Lived], ...]
    shown: bool

    def had_it(self, day: int) -> int:
        """The cases that had it by a day."""
        return members(at for at, one in self.lived if one.happened and one.days <= day)

    @property
    def cases(self) -> int:
        """All cases of the curve."""
        return members(at for at, _ in self.lived)


def timed(survey: Survey) -> tuple[Timed, Timed]:
    """The curve of the first sign of life (an acknowledgement, or an answer without one), and that of the answer."""
    return (
        _timed(survey, "acknowledged", _acknowledged),
        _timed(survey, "answered", lambda case: case.first_answer[0] if case.first_answer is not None else None),
    )


def _acknowledged(case: CaseFacts) -> date | None:
    days = [case.acknowledged_on, case.first_answer[0] if case.first_answer is not None else None]
    return min((day for day in days if day is not None), default=None)


def _timed(survey: Survey, name: str, event: Callable[[CaseFacts], date | None]) -> Timed:
    lived = []
    for at, case in enumerate(survey.sample.cases):
        start = counted.starts(case)
        if start is None or not counted.reachable(case):
            continue
        day = event(case)
        end = day or min(survey.sample.today, case.closed_on or survey.sample.today)
        # what came before the slip of delivery did counts as day nought
        lived.append((at, Lived(days=max(0, (end - start).days), happened=day is not None)))
    survey.ledger.total(members(at for at, _ in lived))
    happened = members(at for at, one in lived if one.happened)
    shown = survey.ledger.count(happened) is not None
    return Timed(name=name, curve=curve([one for _, one in lived]), lived=tuple(lived), shown=shown)


def times(survey: Survey, curves: tuple[Timed, Timed]) -> Section:
    """Statistic 3: quartiles from the curve, and what part had it by day 30, 60 and 90."""
    words, sample = survey.words, survey.sample
    started = sample.where(lambda case: counted.starts(case) is not None and counted.reachable(case))
    proved = sample.where(lambda case: case.proved_on is not None) & started
    summary = Table(
        id="times",
        title=words.say("times.caption"),
        keys=(
            "cases",
            "happened",
            "open",
            "quarter-1",
            "median",
            "quarter-3",
            "longest",
            *(f"day-{n}" for n in MILESTONES),
        ),
        heads=(
            words.say("times.head"),
            *(words.say(f"times.heads.{name}") for name in ("cases", "happened", "open", "q1", "median", "q3")),
            survey.end("longest"),
            *(words.say("times.by", n=n) for n in MILESTONES),
        ),
        lines=tuple(_line(survey, one) for one in curves),
        of=words.say(
            "times.of",
            proved=words.shown(survey.count(proved)),
            sent=words.shown(survey.count(started & ~proved)),
        ),
    )
    return Section(
        id="times",
        title=words.say("times.title"),
        said=(words.say("times.said"), words.say("times.open")),
        tables=(summary, _kinds(survey), *(_steps(survey, one) for one in curves)),
    )


def _line(survey: Survey, one: Timed) -> Line:
    found, may = one.curve, one.shown
    happened = one.had_it(found.watched)
    quarters = tuple(_quantile(survey, found, part, may=may) for part in QUARTERS)
    least = survey.ledger.least
    last = found.longest(least) if may and (least <= OPEN or found.events >= HALVES * least) else None
    longest = Amount(value=last, hidden=last is None and found.events > 0)
    return Line(
        key=one.name,
        label=survey.words.say(f"times.name.{one.name}"),
        values=(
            survey.count(one.cases),
            survey.count(happened),
            survey.count(one.cases & ~happened),
            *quarters,
            longest,
            *(_by(survey, one, day, may=may) for day in MILESTONES),
        ),
    )


def _quantile(survey: Survey, found: Curve, part: float, *, may: bool) -> Amount:
    """A quartile; hidden if fewer than the least had it by then, or fewer had it not: it would tell of those."""
    day, least = found.quantile(part), survey.ledger.least
    if day is not None and least > OPEN:
        had = found.had_it(day)
        may = may and had >= least and (had == found.n or found.n - had >= least)
    return Amount(value=day if may else None, hidden=not may, reached=found.n == 0 or day is not None)


def _by(survey: Survey, one: Timed, day: int, *, may: bool) -> Chance:
    """The share by a day; hidden if it tells of a few cases."""
    step = one.curve.by(day)
    if step is None or one.curve.n == 0:
        return Chance(value=None)
    if not may or survey.ledger.count(one.had_it(day)) is None:
        return Chance(value=None, hidden=True)
    return Chance(value=step.done, low=step.low, high=step.high)


def _steps(survey: Survey, one: Timed) -> Table:
    """The curve as figures: what the chart draws."""
    words, may = survey.words, one.shown
    days = [day for day in DAYS if may and day <= one.curve.watched]
    return Table(
        id=f"curve-{one.name}",
        title=words.say(f"times.steps.{one.name}"),
        keys=("share", "watched"),
        heads=(words.say("times.day"), words.say("times.share"), words.say("times.watched")),
        lines=tuple(
            Line(
                key=str(day),
                label=words.number(day),
                values=(
                    _by(survey, one, day, may=may),
                    survey.count(members(at for at, lived in one.lived if lived.days >= day)),
                ),
            )
            for day in days
        ),
        of=words.say("times.steps-of", n=words.number(one.curve.n)),
    )


def _kinds(survey: Survey) -> Table:
    """What the first answer was, and what the last: a no may become a yes."""
    words, sample = survey.words, survey.sample
    answered = sample.where(counted.answered)
    kinds = ("answer", "refusal", "no-data")
    began = sample.by(lambda case: case.first_answer[1] if case.first_answer is not None else "")
    ended = sample.by(lambda case: case.last_answer[1] if case.last_answer is not None else "")
    first = survey.shares([began.get(kind, 0) for kind in kinds], answered)
    last = survey.shares([ended.get(kind, 0) for kind in kinds], answered)
    return Table(
        id="answers-first-last",
        title=words.say("times.kinds-caption"),
        keys=("first", "last"),
        heads=(words.say("times.kind"), words.say("times.first"), words.say("times.last")),
        lines=tuple(
            Line(key=kind, label=words.say(f"times.kinds.{kind}"), values=pair)
            for kind, pair in zip(kinds, zip(first, last, strict=True), strict=True)
        ),
        of=words.say("times.kinds-of"),
    )
