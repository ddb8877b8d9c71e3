"""Which charts a report has, and in which of its sections they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.charts.bars import lateness
from dsar.study.charts.curves import curves
from dsar.study.charts.dots import dots, matrix
from dsar.study.charts.flows import flow, stairs
from dsar.study.charts.style import Pen
from dsar.study.groups import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.study.result import Drawing, Table
    from dsar.study.statistics import Found
    from dsar.study.survey import Survey

_TWO = 2


def charts(survey: Survey, found: Found, *, png: bool) -> dict[str, tuple[Drawing, ...]]:
    """The charts by section; one that has nothing to show is not there."""
    made: dict[str, list[Drawing]] = {}
    for section, one in _all(survey, found, Pen(survey.words, png)):
        if one is not None:
            made.setdefault(section, []).append(one)
    return {section: tuple(drawn) for section, drawn in made.items()}


def _all(survey: Survey, found: Found, pen: Pen) -> Iterator[tuple[str, Drawing | None]]:
    def table(section: str, name: str) -> Table:
        return next(one for one in found.section(section).tables if one.id == name)

    yield "flow", flow(pen, table("flow", "flow"))
    yield "rates", dots(pen, table("rates", "rates"), ("sent", "reachable", "delivered"))
    yield "times", curves(pen, found.curves, table("times", "times"), survey.ledger.least)
    both = table("lateness", "lateness-safe"), table("lateness", "lateness-strict")
    yield "lateness", lateness(pen, both, found.section("lateness").title)
    yield "identity", dots(pen, table("identity", "identity"), ("share",))
    yield "identity", dots(pen, table("identity", "identity-pieces"), ("share",))
    yield "completeness", matrix(pen, table("completeness", "completeness"))
    yield "ladder", stairs(pen, table("ladder", "ladder"))
    # one row alone compares nothing
    breaches = table("refusals", "breaches")
    if len(breaches.lines) >= _TWO:
        yield "refusals", dots(pen, breaches, ("share",))
    for name in DIMENSIONS:
        group = table("groups", f"by-{name}")
        if len(group.lines) >= _TWO:
            yield "groups", dots(pen, group, ("answered", "in-time"))
