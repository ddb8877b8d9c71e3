"""How the study was made: what a reader needs to judge the figures, and to do the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.ledger import OPEN
from dsar.study.result import Line, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.study.survey import Survey

HASH = 16
"""Digits of a hash that are printed: enough to tell two files apart."""

LIMITS = ("cause", "selection", "clusters", "readings", "humans", "counts")
DEFINITIONS = ("answer", "acknowledgement", "delivered", "safe", "strict", "complete", "suppressed", "interval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What only the organisation knows: who sent, with which program, by which clock, coded by which scheme.

    `rules` are the regimes of the cases, as (name, its rule in words, its source).
    """

    program: str
    senders: tuple[str, ...] = ()
    rules: tuple[tuple[str, str, str], ...] = ()
    scheme: str = ""


def protocol(survey: Survey, made: Made) -> Section:
    """Statistic 13."""
    words, sample = survey.words, survey.sample
    sent = sorted(case.sent_on for case in sample.cases if case.sent_on is not None)
    templates = sorted({(case.letter, case.language, case.template[:HASH]) for case in sample.cases if case.template})
    rows = [
        ("as-of", sample.today.isoformat()),
        ("sent", f"{sent[0].isoformat()} – {sent[-1].isoformat()}" if sent else words.say("value.none")),
        ("waves", _listed({str(case.wave) for case in sample.cases if case.wave})),
        ("senders", "; ".join(made.senders)),
        ("channels", _listed(words.label("channel", one) for case in sample.cases for one in case.channels)),
        ("rights", _listed(words.label("right", right) for case in sample.cases for right in case.rights)),
        ("languages", _listed(words.label("language", case.language) for case in sample.cases)),
        *(
            ("template", words.say("protocol.hash", kind=kind, lang=lang, hash=digest))
            for kind, lang, digest in templates
        ),
        *(
            ("rule", words.say("protocol.rule", name=name, rule=rule, source=source))
            for name, rule, source in made.rules
        ),
        ("law", _listed(case.law for case in sample.cases if case.law)),
        ("scheme", made.scheme),
        ("program", made.program),
        ("suppression", _suppression(survey)),
    ]
    table = Table(
        id="protocol",
        title=words.say("protocol.caption"),
        keys=("said",),
        heads=(words.say("protocol.head"), words.say("protocol.said")),
        lines=tuple(
            Line(key=key, label=words.say(f"protocol.row.{key}"), values=(said,)) for key, said in rows if said
        ),
    )
    definitions = Table(
        id="definitions",
        title=words.say("protocol.definitions"),
        keys=("meaning",),
        heads=(words.say("protocol.word"), words.say("protocol.meaning")),
        lines=tuple(
            Line(key=name, label=words.say(f"protocol.defined.{name}"), values=(words.say(f"protocol.means.{name}"),))
            for name in DEFINITIONS
        ),
    )
    said = tuple(
        words.say(f"protocol.limit.{name}") for name in LIMITS if name != "counts" or survey.ledger.least > OPEN
    )
    return Section(id="protocol", title=words.say("protocol.title"), said=said, tables=(table, definitions))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))


def _suppression(survey: Survey) -> str:
    words = survey.words
    return (
        words.say("protocol.suppression", n1=survey.ledger.least - 1)
        if survey.ledger.least > 1
        else words.say("protocol.open")
    )


def unsent(survey: Survey) -> bool:
    """Whether there is nothing to count yet."""
    return not any(counted.sent(case) for case in survey.sample.cases)
