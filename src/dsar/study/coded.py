"""How far two coders agree, variable by variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.result import Line, Section, Table

if TYPE_CHECKING:
    from dsar.study.sample import Agreed
    from dsar.study.survey import Survey


def agreement(survey: Survey) -> Section:
    """Statistic 12: Cohen's kappa over the cases that two people coded, each without seeing the other's values."""
    words, sample = survey.words, survey.sample
    table = Table(
        id="agreement",
        title=words.say("agreement.caption"),
        keys=("n", "agree", "kappa"),
        heads=tuple(words.say(f"agreement.{head}") for head in ("variable", "n", "agree", "kappa")),
        lines=tuple(_line(survey, one) for one in sample.agreed if one.found.n),
        of=words.say("agreement.of"),
    )
    said = words.say("agreement.said", coded=words.number(len(sample.settled)), twice=words.number(sample.twice))
    return Section(id="agreement", title=words.say("agreement.title"), said=(said,), tables=(table,))


def _line(survey: Survey, one: Agreed) -> Line:
    words, found = survey.words, one.found
    key, label = one.variable, words.label("variable", one.variable)
    if one.value:
        key, label = f"{key}={one.value}", f"{label}: {words.label('value', f'{key}.{one.value}')}"
    value = words.say("value.none")
    if found.kappa is not None:
        value = f"{found.kappa:.2f}"
    if found.low is not None and found.high is not None:
        value = words.say("agreement.interval", kappa=value, low=f"{found.low:.2f}", high=f"{found.high:.2f}")
    return Line(key=key, label=label, values=(words.number(found.n), words.percent(found.share or 0.0), value))
