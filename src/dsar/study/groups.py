"""The same figures by sector, country, size, channel and language; and one controller's answers to different people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.ledger import OPEN
from dsar.study.proportion import share
from dsar.study.result import Amount, Count, Line, Section, Table
from dsar.study.sample import members
from dsar.study.survival import Lived, curve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dsar.core.casefacts import CaseFacts
    from dsar.study.sample import Sample
    from dsar.study.survey import Survey

OF_PEOPLE = frozenset({"lives-in", "language"})
DIMENSIONS = ("sector", "country", "size", "channel", "language", "lives-in", "wave")
MOST_CONTROLLERS = 500


def groups(survey: Survey) -> Section:
    """Statistic 11: per group the cases, who answered, and who answered in time, with the interval of each."""
    words = survey.words
    return Section(
        id="groups",
        title=words.say("groups.title"),
        said=(words.say("groups.said"), words.say("groups.intervals")),
        tables=tuple(_by(survey, name) for name in DIMENSIONS),
    )


def key_of(sample: Sample, name: str) -> Callable[[CaseFacts], str]:
    """The group of a case in one of the dimensions; empty if it is not known."""
    keys: dict[str, Callable[[CaseFacts], str]] = {
        "sector": lambda case: case.sector,
        "country": lambda case: case.country,
        "size": lambda case: sample.coded(case, "size-class"),
        "channel": lambda case: "+".join(sorted(set(case.channels))),
        "language": lambda case: case.language,
        "lives-in": lambda case: case.lives_in,
        "wave": lambda case: str(case.wave) if case.wave else "",
    }
    return keys[name]


def _by(survey: Survey, name: str) -> Table:
    words, sample = survey.words, survey.sample
    sent = sample.where(counted.reachable)
    answered = sample.where(counted.answered) & sent
    on_time = sample.where(lambda case: counted.in_time(case, sample.today)) & answered
    found = {key: part & sent for key, part in sample.by(key_of(sample, name)).items() if part & sent}
    parts = list(found.values())
    # where a group is what people are, a few of them are few however often they asked
    few = {at for at, part in enumerate(parts) if name in OF_PEOPLE and _people(sample, part) < survey.ledger.least}
    columns = [
        survey.ledger.parts(sent, parts, few=few),
        survey.ledger.parts(answered, [part & answered for part in parts], few=few),
        survey.ledger.parts(on_time, [part & on_time for part in parts], few=few),
    ]
    lines = tuple(
        Line(key=key or "unknown", label=_label(survey, name, key), values=(Count(k=n), share(yes, n), share(quick, n)))
        for key, n, yes, quick in zip(found, *columns, strict=True)
    )
    return Table(
        id=f"by-{name}",
        title=words.say(f"groups.caption.{name}"),
        keys=("cases", "answered", "in-time"),
        heads=(
            words.say(f"groups.head.{name}"),
            words.say("groups.cases"),
            words.say("groups.answered"),
            words.say("groups.in-time"),
        ),
        lines=lines,
    )


def _label(survey: Survey, name: str, key: str) -> str:
    words = survey.words
    if not key:
        return words.say("groups.unknown")
    match name:
        case "sector":
            return words.label("sector", key)
        case "country" | "lives-in":
            return words.label("country", key)
        case "size":
            return words.label("value", f"size-class.{key}")
        case "channel":
            return " + ".join(words.label("channel", one) for one in key.split("+"))
        case "language":
            return words.label("language", key)
        case _:
            return key


def spread(survey: Survey) -> Section:
    """Statistic 14: a controller that was asked by several people, and how unlike its answers were.

    Comparison is what shows that an answer could have been another (Mahieu et al. 2018).
    """
    words, sample = survey.words, survey.sample
    asked = sample.positions(lambda case: case.controller if counted.reachable(case) else "")
    several = {name: found for name, found in asked.items() if name and len(_subjects(sample, found)) > 1}
    order = sorted(several, key=lambda name: (-len(several[name]), name))[:MOST_CONTROLLERS]
    parts = [members(several[name]) for name in order]
    reachable, answered = sample.where(counted.reachable), sample.where(counted.answered)
    sizes = survey.ledger.parts(reachable, parts, remember=False)
    answers = survey.ledger.parts(answered, [part & answered for part in parts], remember=False)
    lines = tuple(
        _spread(survey, [sample.cases[at] for at in several[name]], n, k)
        for name, n, k in zip(order, sizes, answers, strict=True)
    )
    least = survey.ledger.least
    heads = ("controller", "asked", "answered", "fastest", "median", "slowest", "kinds", "contents")
    ends = {"fastest": "fastest-of", "slowest": "slowest-of"} if least > OPEN else {}
    table = Table(
        id="spread",
        title=words.say("spread.caption"),
        keys=heads[1:],
        heads=tuple(words.say(f"spread.{ends.get(head, head)}", n=least) for head in heads),
        lines=lines,
        of=words.say("spread.of"),
        search=words.say("spread.search") if len(lines) > 10 else "",  # noqa: PLR2004 - a screen is searched by eye
    )
    return Section(id="spread", title=words.say("spread.title"), said=(words.say("spread.said"),), tables=(table,))


def _subjects(sample: Sample, positions: Iterable[int]) -> set[str]:
    return {sample.cases[at].subject for at in positions}


def _people(sample: Sample, cases: int) -> int:
    """How many people stand behind a set of cases."""
    return len({case.subject for case in sample.within(cases)})


def _spread(survey: Survey, cases: list[CaseFacts], n: int | None, k: int | None) -> Line:
    """One controller: its spread is shown only where enough people asked, and enough of them were answered."""
    words = survey.words
    label, key = cases[0].controller_name, cases[0].controller
    hidden = Amount(value=None, hidden=True)
    if n is None or k is None:
        return Line(
            key=key,
            label=label,
            values=(Count(k=n), share(k, n), hidden, hidden, hidden, hidden, hidden),
        )
    lived = [_lived(survey, case) for case in cases if counted.starts(case) is not None]
    fastest, slowest = survey.ends([float(one.days) for one in lived if one.happened])
    half = curve(lived, banded=False).quantile(0.5)
    # the same rule as for the ends: a median of a few is one of them
    median = hidden if fastest.hidden else Amount(value=half, reached=half is not None)
    kinds = {case.last_answer[1] for case in cases if case.last_answer is not None}
    contents = {tuple(sorted(case.findings)) for case in cases if counted.reviewed(case)}
    said = ", ".join(words.say(f"times.kinds.{kind}") for kind in ("answer", "refusal", "no-data") if kind in kinds)
    alike = words.say("value.none") if not contents else words.number(len(contents))
    return Line(
        key=key,
        label=label,
        values=(Count(k=n), share(k, n), fastest, median, slowest, said or words.say("value.none"), alike),
    )


def _lived(survey: Survey, case: CaseFacts) -> Lived:
    start = counted.starts(case) or survey.sample.today
    day = case.first_answer[0] if case.first_answer is not None else None
    end = day or min(survey.sample.today, case.closed_on or survey.sample.today)
    return Lived(days=max(0, (end - start).days), happened=day is not None)
