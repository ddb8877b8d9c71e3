"""The curves of the time to a first sign and to an answer, each with its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.charts.style import BLUE, INK, LINE, ORANGE, SOFT, sheet
from dsar.study.result import Drawing
from dsar.study.times import MILESTONES, TOLD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dsar.study.charts.style import Pen
    from dsar.study.result import Table
    from dsar.study.times import Timed

_YEAR = 366
_Look = tuple[str, "str | tuple[float, tuple[float, float]]"]
_LOOKS: tuple[_Look, _Look] = ((ORANGE, (0, (4, 2))), (BLUE, "solid"))


def curves(pen: Pen, found: tuple[Timed, Timed], table: Table, least: int) -> Drawing | None:
    """Both curves in one chart, in steps of at least `least` cases; one line is broken, so that no colour is needed."""
    words = pen.words
    drawn = [(one, look) for one, look in zip(found, _LOOKS, strict=True) if one.curve.events and one.shown]
    if not drawn:
        return None
    last = min(_YEAR, max(MILESTONES[-1] + 10, *(one.curve.drawn_until(least) for one, _ in drawn)))
    with sheet(4.2) as figure:
        axes = figure.subplots()
        for day in (day for day in MILESTONES if day <= last):
            axes.axvline(day, color=LINE, linewidth=0.8, zorder=0)
        ends = [(_draw(axes, one, look, last, least), one, look[0]) for one, look in drawn]
        _names(axes, pen, ends, last)
        axes.set_xlim(0, last * 1.25)
        axes.set_ylim(0, 1.02)
        axes.set_xticks([day for day in (0, 30, 60, 90, 120, 180, 240, 300, 360) if day <= last])
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [words.percent(part) for part in (0, 0.25, 0.5, 0.75, 1)])
        axes.set_xlabel(words.say("chart.days"))
        axes.set_ylabel(words.say("chart.share"))
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        parts = [
            (f"{line.label}, {head}", words.shown(value))
            for line in table.lines
            for head, value in zip(table.heads[1:], line.values, strict=True)
        ]
        said = pen.alt("chart.alt-curves", parts)
        return pen.finish(figure, Drawing(id="curves", title=words.say("chart.curves"), alt=said, table=table.id))


def _draw(axes: Axes, one: Timed, look: _Look, last: int, least: int) -> float:
    """One curve with its band, up to the last day; where it ends."""
    colour, dash = look
    steps = [step for step in one.curve.coarse(least, TOLD) if step.day <= last]
    end = min(last, one.curve.drawn_until(least))
    days = [0, *(step.day for step in steps), max(end, steps[-1].day if steps else 0)]
    share = [0.0, *(step.done for step in steps)]
    share.append(share[-1])
    axes.step(days, share, where="post", color=colour, linestyle=dash, linewidth=2)
    band = [(step.day, step.low, step.high) for step in steps if step.low is not None and step.high is not None]
    if band:
        days_of, low, high = (list(column) for column in zip(*band, strict=True))
        axes.fill_between(
            [*days_of, max(end, days_of[-1])], [*low, low[-1]], [*high, high[-1]],
            step="post", color=colour, alpha=0.15, linewidth=0,
        )  # fmt: skip
    return share[-1]


def _names(axes: Axes, pen: Pen, ends: list[tuple[float, Timed, str]], last: int) -> None:
    """The name of each curve at its end; two that end close to each other are moved apart."""
    words = pen.words
    placed: list[float] = []
    for end, one, colour in sorted(ends, key=lambda found: -found[0]):
        y = min(end, placed[-1] - 0.09) if placed else end
        placed.append(y)
        name = f"{words.say(f'times.short.{one.name}')}, {words.percent(end)}"
        axes.text(last * 1.02, y, name, color=colour, va="center", fontsize=10, fontweight="bold")
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.label.set_color(SOFT)
    axes.title.set_color(INK)
