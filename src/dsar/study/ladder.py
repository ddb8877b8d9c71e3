"""What each further letter brings: of the cases that reached a step without an answer, how many got one after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.proportion import share
from dsar.study.result import Line, Section, Table
from dsar.study.sample import members

if TYPE_CHECKING:
    from dsar.study.survey import Survey


def ladder(survey: Survey) -> Section:
    """Statistic 7: for each step its reach, what it brought, and the share of all requests answered by then."""
    words, sample = survey.words, survey.sample
    reachable = sample.where(counted.reachable)
    answered = sample.where(counted.answered) & reachable
    taken = [counted.rungs(case) for case in sample.cases]

    lines = []
    so_far = 0
    before: int | None = 0
    for rung in counted.RUNGS:
        reached = members(at for at, steps in enumerate(taken) if rung in steps) & reachable
        brought = members(at for at, steps in enumerate(taken) if steps[-1] == rung) & answered
        so_far |= brought
        total = survey.share(so_far, reachable)
        # what a step brought is the difference of two totals: it is kept back with either of them
        known = before is not None and total.k is not None
        part = survey.share(brought, reached) if known else share(None, survey.ledger.count(reached))
        before = total.k
        values = (survey.count(reached), part, total)
        lines.append(Line(key=rung, label=words.say(f"ladder.rung.{rung}"), values=values))
    table = Table(
        id="ladder",
        title=words.say("ladder.caption"),
        keys=("reached", "brought", "so-far"),
        heads=(
            words.say("ladder.head"),
            words.say("ladder.reached"),
            words.say("ladder.brought"),
            words.say("ladder.so-far"),
        ),
        lines=tuple(lines),
        of=words.say("ladder.of"),
    )
    return Section(id="ladder", title=words.say("ladder.title"), said=(words.say("ladder.said"),), tables=(table,))
