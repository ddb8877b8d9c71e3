"""How far two coders agree, variable by variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import kappa
from dsar.study.result import Line, Section, Table

if TYPE_CHECKING:
    from dsar.core.coding import Coding
    from dsar.study.survey import Survey


def agreement(survey: Survey) -> Section:
    """Statistic 12: Cohen's kappa over the cases that two people coded, each without seeing the other's values."""
    words, sample = survey.words, survey.sample
    pairs: dict[str, list[tuple[str, str]]] = {}
    twice = 0
    for codings in sample.codings.values():
        two = [one for one in codings if not one.resolves][:2]
        if len(two) == 2:  # noqa: PLR2004 - a pair
            twice += 1
            for variable, pair in _pairs(two[0], two[1]):
                # free text is never the same twice, and is for nobody else to read
                if sample.kinds.get(variable) != "text":
                    pairs.setdefault(variable, []).append(pair)
    table = Table(
        id="agreement",
        title=words.say("agreement.caption"),
        keys=("n", "agree", "kappa"),
        heads=tuple(words.say(f"agreement.{head}") for head in ("variable", "n", "agree", "kappa")),
        lines=tuple(_line(survey, name, pairs[name]) for name in sorted(pairs)),
        of=words.say("agreement.of"),
    )
    said = words.say("agreement.said", coded=words.number(len(sample.settled)), twice=words.number(twice))
    return Section(id="agreement", title=words.say("agreement.title"), said=(said,), tables=(table,))


def _pairs(first: Coding, second: Coding) -> list[tuple[str, tuple[str, str]]]:
    """What both said of each variable that both coded; several values of one are taken together."""
    one, other = _values(first), _values(second)
    return [(name, (one[name], other[name])) for name in one if name in other]


def _values(coding: Coding) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, value in coding.values:
        found.setdefault(name, []).append(value)
    return {name: " + ".join(sorted(values)) for name, values in found.items()}


def _line(survey: Survey, name: str, pairs: list[tuple[str, str]]) -> Line:
    words, found = survey.words, kappa.agreement(pairs)
    value = words.say("value.none")
    if found.kappa is not None:
        value = f"{found.kappa:.2f}"
    if found.low is not None and found.high is not None:
        value = words.say("agreement.interval", kappa=value, low=f"{found.low:.2f}", high=f"{found.high:.2f}")
    return Line(
        key=name,
        label=words.label("variable", name),
        values=(words.number(found.n), words.percent(found.share or 0.0), value),
    )
