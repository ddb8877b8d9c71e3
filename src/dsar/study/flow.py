"""The way of the requests, from who was targeted to a complete answer, and the response rate on three denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.result import Count, Line, Section, Table

if TYPE_CHECKING:
    from dsar.study.survey import Survey

BASES = ("targeted", "contact", "sent", "delivered")
"""The stages that are about the post: bases of shares, which tell of nobody's data and are always shown."""
STAGES = ("targeted", "contact", "sent", "delivered", "acknowledged", "answered", "in-time", "complete")


def stages(survey: Survey) -> dict[str, int]:
    """The set of each stage. Each holds the next: what happened later shows that the earlier happened too."""
    sample = survey.sample
    answered = sample.where(counted.answered)
    on_time = sample.where(lambda case: counted.in_time(case, sample.today)) & answered
    reacted = sample.where(counted.reacted)
    arrived = sample.where(counted.delivered)
    left = sample.where(counted.sent) | arrived
    return {
        "targeted": sample.targeted,
        "contact": sample.where(lambda case: case.issued_on is not None) | left,
        "sent": left,
        "delivered": arrived,
        "acknowledged": reacted,
        "answered": answered,
        "in-time": on_time,
        "complete": on_time & sample.where(counted.complete),
    }


def bases(survey: Survey, held: dict[str, int]) -> None:
    """Write down what everything else is a share of, and who reacted and answered: it comes before all other counts."""
    for name in BASES:
        survey.ledger.total(held[name])
    survey.ledger.total(reachable(survey, held))
    survey.ledger.count(held["acknowledged"])
    survey.ledger.count(held["answered"])


def reachable(survey: Survey, held: dict[str, int]) -> int:
    """What left and did not just bounce."""
    return survey.sample.where(counted.reachable) | held["delivered"]


def flow(survey: Survey, held: dict[str, int]) -> Section:
    """Statistic 1: how many got how far; `held` are the stages."""
    words = survey.words
    lines = []
    before = held["targeted"]
    for name in STAGES:
        shown = survey.count(held[name])
        lines.append(
            Line(
                key=name,
                label=words.say(f"flow.stage.{name}"),
                values=(shown, survey.share(held[name], held["targeted"]), survey.share(held[name], before)),
            )
        )
        before = held[name]
    table = Table(
        id="flow",
        title=words.say("flow.caption"),
        keys=("cases", "of-targeted", "of-before"),
        heads=(
            words.say("flow.head"),
            words.say("head.cases"),
            words.say("flow.of-targeted"),
            words.say("flow.of-before"),
        ),
        lines=tuple(lines),
        of=words.say("flow.of"),
    )
    whole = survey.share(survey.sample.where(counted.complete), survey.sample.where(counted.answered))
    said = (words.say("flow.said"), words.say("flow.complete", share=words.shown(whole)), *_beside(survey))
    return Section(id="flow", title=words.say("flow.title"), said=said, tables=(table, _left_out(survey)))


def _beside(survey: Survey) -> tuple[str, ...]:
    """What is not in the count, by its number."""
    sample, words = survey.sample, survey.words
    said = []
    if sample.erased:
        said.append(words.say("flow.erased", n=words.number(sample.erased)))
    if sample.left_out:
        said.append(words.say("flow.left-out", n=words.number(len(sample.left_out))))
    if sample.planned:
        said.append(words.say("flow.planned", n=words.number(sample.planned)))
    return tuple(said)


def _left_out(survey: Survey) -> Table:
    """Why seats of the campaign never became a case, by the kind of reason: its words may name a person."""
    words, reasons = survey.words, survey.sample.left_out
    first = len(survey.sample.cases) + survey.sample.planned
    held: dict[str, int] = {}
    for at, why in enumerate(reasons):
        held[why] = held.get(why, 0) | 1 << (first + at)
    names = sorted(held)
    whole = ((1 << len(reasons)) - 1) << first
    survey.ledger.total(whole)
    parts = survey.ledger.parts(whole, [held[name] for name in names])
    shown = [(name, k) for name, k in zip(names, parts, strict=True) if k is not None]
    lines = [Line(key=name, label=words.say(f"flow.why.{name}"), values=(Count(k=k),)) for name, k in shown]
    if len(shown) < len(names):
        lines.append(Line(key="*", label=words.say("head.others"), values=(Count(k=None),)))
    return Table(
        id="left-out",
        title=words.say("flow.left-out-caption"),
        keys=("cases",),
        heads=(words.say("head.reason"), words.say("head.cases")),
        lines=tuple(lines),
    )


def rates(survey: Survey, held: dict[str, int]) -> Section:
    """Statistic 2: who replied, answered and answered completely, as a share of three different wholes."""
    words, sample = survey.words, survey.sample
    wholes = {
        "sent": held["sent"],
        "reachable": reachable(survey, held),
        "delivered": held["delivered"],
    }
    parts = {
        "reply": held["acknowledged"],
        "answer": held["answered"],
        "in-time": held["in-time"],
        "complete": sample.where(counted.complete),
    }
    lines = tuple(
        Line(
            key=name,
            label=words.say(f"rates.part.{name}"),
            values=tuple(survey.share(part, whole) for whole in wholes.values()),
        )
        for name, part in parts.items()
    )
    table = Table(
        id="rates",
        title=words.say("rates.caption"),
        keys=tuple(wholes),
        heads=(words.say("rates.head"), *(words.say(f"rates.whole.{name}") for name in wholes)),
        lines=lines,
        of=words.say("rates.of"),
    )
    return Section(id="rates", title=words.say("rates.title"), said=(words.say("rates.said"),), tables=(table,))
