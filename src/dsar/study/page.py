"""From what a study found to the page that people read: finished text, and the charts where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.report import Page, PageChart, PageSection, PageTable
from dsar.study.ledger import OPEN
from dsar.study.protocol import unsent
from dsar.study.result import Amount, Chance, Count, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.study.result import Drawing, Section, Table, Value
    from dsar.study.statistics import Found
    from dsar.study.survey import Survey
    from dsar.study.wording import ReportWords

_LABELS = ("contents", "figures", "skip", "to-top", "search", "rows", "nothing-here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the page says of itself."""

    title: str
    campaign: str
    version: str
    banner: str = ""


def page(survey: Survey, found: Found, drawings: Mapping[str, tuple[Drawing, ...]], told: Told) -> Page:
    """The page. `drawings` are the charts by the section in which they stand, ready to be set into a page."""
    words, sample = survey.words, survey.sample
    empty = _empty(survey)
    sections = [
        PageSection(
            id=section.id,
            title=section.title if empty else words.say("page.statistic", n=n, title=section.title),
            said=section.said,
            charts=tuple(_chart(one) for one in drawings.get(section.id, ())),
            tables=tuple(_table(words, table) for table in section.tables if table.lines),
        )
        for n, section in enumerate(found.sections, start=1)
        if not empty or section.id == "protocol"
    ]
    bodies = len({case.controller for case in sample.cases if case.sent_on is not None})
    lead = words.say(
        "page.lead", bodies=words.number(bodies), cases=words.number(len(sample.cases)), people=_people(survey)
    )
    hidden = words.say("page.some-hidden", sign=words.say("value.sign"), least=survey.ledger.least)
    return Page(
        lang=words.lang,
        title=told.title,
        subtitle=words.say("page.subtitle", day=sample.today.isoformat(), campaign=told.campaign),
        said=(empty,) if empty else (lead, *((hidden,) if survey.ledger.least > OPEN else ())),
        heads=() if empty else _heads(words, found),
        sections=tuple(sections),
        labels=(
            *(
                (key, words.say(f"page.{key}", n="{n}") if key == "rows" else words.say(f"page.{key}"))
                for key in _LABELS
            ),
            ("offline", words.say("page.offline", version=told.version)),
            ("hidden", words.say("value.hidden")),
            ("sign", words.say("value.sign")),
            ("look-up", words.say("page.look-up", n=words.number(bodies))),
        ),
        banner=told.banner,
    )


def _people(survey: Survey) -> str:
    n, least = len({case.subject for case in survey.sample.cases}), survey.ledger.least
    words = survey.words
    if n == 1 and least <= OPEN:
        return words.say("page.person")
    return words.say("page.people-few", n=least) if n < least else words.say("page.people", n=words.number(n))


def _empty(survey: Survey) -> str:
    """The sentence that stands for figures where there is nothing to count; empty if there is."""
    if not survey.sample.cases:
        return survey.words.say("page.empty")
    if unsent(survey):
        return survey.words.say("page.unsent", cases=survey.words.number(len(survey.sample.cases)))
    return ""


def shown(words: ReportWords, table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows as people read them."""
    return tuple((line.label, *(words.shown(value) for value in line.values)) for line in table.lines)


def _table(words: ReportWords, table: Table) -> PageTable:
    columns = list(zip(*(line.values for line in table.lines), strict=True))
    every = [value for column in columns for value in column]
    if any(map(_hidden, every)) and all(_hidden(value) or _nothing(value) for value in every):
        note = words.say("page.all-hidden")
        return PageTable(id=table.id, caption=table.title, heads=table.heads, rows=(), note=note)
    return PageTable(
        right=tuple(at for at, column in enumerate(columns, start=1) if all(map(_number, column))),
        id=table.id,
        caption=table.title,
        heads=table.heads,
        rows=shown(words, table),
        note=table.of,
        search=table.search,
    )


def _hidden(value: Value) -> bool:
    match value:
        case Count(k=None):
            return True
        case Share(k=None, n=n):
            return n != 0
        case Amount(hidden=hidden) | Chance(hidden=hidden):
            return hidden
        case _:
            return False


def _nothing(value: Value) -> bool:
    return (isinstance(value, Share) and value.n == 0) or (isinstance(value, Amount) and value.value is None)


def _number(value: Value) -> bool:
    return isinstance(value, Count | Amount)


def _chart(drawing: Drawing) -> PageChart:
    return PageChart(
        id=f"chart-{drawing.id}", title=drawing.title, alt=drawing.alt, svg=drawing.svg, table=drawing.table
    )


def _heads(words: ReportWords, found: Found) -> tuple[tuple[str, str, str], ...]:
    """The figures at the top. What is kept back below is kept back here."""
    flow = _first(found.section("flow"), "flow")
    rates = _first(found.section("rates"), "rates")
    late = _first(found.section("lateness"), "lateness-safe")
    times = _first(found.section("times"), "times")
    heads: list[tuple[str, str, str]] = []
    sent = flow.value("sent", "cases")
    if isinstance(sent, Count):
        heads.append((words.shown(sent), words.say("top.asked"), ""))
    for name, value in (
        ("answered", rates.value("answer", "sent")),
        ("in-time", rates.value("in-time", "sent")),
        ("never", late.value("never", "of-sent")),
        ("complete", rates.value("complete", "sent")),
    ):
        if isinstance(value, Share) and value.value is not None:
            heads.append((words.percent(value.value), words.say(f"top.{name}"), words.interval(value.low, value.high)))
    median = times.value("answered", "median")
    if isinstance(median, Amount) and median.value is not None:
        heads.append((words.shown(median), words.say("top.median"), ""))
    return tuple(heads)


def _first(section: Section, name: str) -> Table:
    return next(table for table in section.tables if table.id == name)
