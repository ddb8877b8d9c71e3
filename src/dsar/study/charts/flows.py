"""The flow from stage to stage as ribbons, and the stairs of the escalation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dsar.study.charts.style import BLUE, GREEN, GREY, INK, LINE, SKY, SOFT, sheet, wrapped
from dsar.study.result import Count, Drawing, Share

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

    from dsar.study.charts.style import Pen
    from dsar.study.result import Table, Value

_BAR = 0.16


def flow(pen: Pen, table: Table) -> Drawing | None:
    """Ribbons as high as the number of cases; what does not go on falls away, and nothing leads to a hidden stage."""
    words = pen.words
    stages = [(line.label, line.values[0].k if isinstance(line.values[0], Count) else None) for line in table.lines]
    whole = stages[0][1]
    if not whole:
        return None
    with sheet(4.3) as figure:
        axes = figure.subplots()
        for at, (label, k) in enumerate(stages):
            axes.text(at, -0.04, wrapped(label, 14), ha="center", va="top", color=INK, fontsize=9)
            if k is None:
                axes.text(at, 0.02, words.say("chart.hidden"), ha="center", va="bottom", color=SOFT, fontsize=8.5)
                continue
            axes.add_patch(_box(at - _BAR / 2, _BAR, k / whole, GREEN if at == len(stages) - 1 else BLUE))
            said = f"{words.number(k)}\n{words.percent(k / whole)}"
            axes.text(at, k / whole + 0.02, said, ha="center", va="bottom", color=INK, fontsize=9.5, linespacing=1.15)
        for at, ((_, k), (_, after)) in enumerate(pairwise(stages)):
            if k is not None and after is not None:
                _ribbon(axes, at, k / whole, after / whole)
                if k > after:
                    lost = words.say("chart.lost", n=words.number(k - after))
                    axes.text(at + 0.54, k / whole + 0.02, lost, ha="center", va="bottom", color=SOFT, fontsize=8.5)
        axes.set_xlim(-0.5, len(stages) - 0.5)
        axes.set_ylim(-0.24, 1.16)
        axes.axis("off")
        parts = [(line.label, words.shown(line.values[0])) for line in table.lines]
        said = pen.alt("chart.alt-flow", parts)
        return pen.finish(figure, Drawing(id="flow", title=table.title, alt=said, table=table.id))


def _box(x: float, width: float, height: float, colour: str) -> Rectangle:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded on use

    return Rectangle((x, 0), width, height, facecolor=colour, edgecolor="none")


def _ribbon(axes: Axes, at: int, height: float, after: float) -> None:
    """What goes on, and above it what falls away: it thins out halfway."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - heavy, loaded on use
    from matplotlib.path import Path  # noqa: PLC0415 - as above

    left, right = at + _BAR / 2, at + 1 - _BAR / 2
    middle = (left + right) / 2
    move, line, curve = Path.MOVETO, Path.LINETO, Path.CURVE4
    goes_on = Path([(left, 0), (left, after), (right, after), (right, 0)], [move, line, line, line])
    axes.add_patch(PathPatch(goes_on, facecolor=SKY, alpha=0.28, edgecolor="none"))
    if height > after:
        points = [(left, after), (left, height), (middle, height), (middle, after), (right, after)]
        falls = Path(points, [move, line, curve, curve, curve])
        axes.add_patch(PathPatch(falls, facecolor=GREY, alpha=0.3, edgecolor="none"))


def stairs(pen: Pen, table: Table) -> Drawing | None:
    """What each further step adds to the share that has an answer. A step whose share is suppressed is passed over."""
    words = pen.words
    found: list[tuple[str, Value, float]] = [
        (line.label, line.values[1], so_far.value)
        for line in table.lines
        if isinstance(so_far := line.values[2], Share) and so_far.value is not None
    ]
    if not found:
        return None
    with sheet(3.9) as figure:
        axes = figure.subplots()
        below = 0.0
        for at, (label, brought, height) in enumerate(found):
            axes.add_patch(_box(at - 0.32, 0.64, height, LINE))
            axes.add_patch(_stone(at, below, height))
            axes.text(
                at,
                height + 0.02,
                words.percent(height),
                ha="center",
                va="bottom",
                color=INK,
                fontsize=10,
                fontweight="bold",
            )
            part = brought if isinstance(brought, Share) else None
            if part is not None and part.k is not None and part.n:
                under = f"+{words.number(part.k)} / {words.number(part.n)}\n({words.percent(part.k / part.n)})"
                axes.text(at, -0.2, under, ha="center", va="top", color=SOFT, fontsize=9)
            axes.text(at, -0.03, wrapped(label, 18, 2), ha="center", va="top", color=INK, fontsize=9.5)
            below = height
        axes.set_xlim(-0.6, len(found) - 0.4)
        axes.set_ylim(-0.34, max(height for *_, height in found) + 0.12)
        axes.axis("off")
        axes.plot([-0.5, len(found) - 0.5], [0, 0], color=LINE, linewidth=0.8)
        parts = [(label, words.percent(height)) for label, _, height in found]
        said = pen.alt("chart.alt-ladder", parts)
        return pen.finish(figure, Drawing(id="ladder", title=table.title, alt=said, table=table.id))


def _stone(at: int, below: float, height: float) -> Rectangle:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded on use

    return Rectangle((at - 0.32, below), 0.64, max(0.0, height - below), facecolor=BLUE, edgecolor="none")
