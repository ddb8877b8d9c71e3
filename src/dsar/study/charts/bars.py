"""Bars parted by outcome, for both readings of the term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    PAPER,
    PURPLE,
    RED,
    SKY,
    sheet,
    wrapped,
)
from dsar.study.result import Drawing, Share

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from dsar.study.charts.style import Pen
    from dsar.study.result import Table

# colour and hatching: what is alike in both readings looks alike
_LOOKS = {
    "in-time": (GREEN, ""),
    "extended": (BLUE, ""),
    "extended-unlawfully": (PURPLE, "///"),
    "extended-untold": (SKY, "..."),
    "late": (ORANGE, "\\\\\\"),
    "never": (RED, ""),
    "past": (RED, ""),
    "running": (LINE, ""),
    "ended": (LINE, "..."),
    "undated": (GREY, "xx"),
}
_DARK = {GREEN, BLUE, PURPLE, RED, ORANGE}
_LEAST_NAMED = 0.05


def lateness(pen: Pen, tables: tuple[Table, Table], title: str) -> Drawing | None:
    """A bar for the safe reading and one for the strict; suppressed parts are left white."""
    words = pen.words
    bars = [(name, table) for name, table in zip(("safe", "strict"), tables, strict=True) if _any(table)]
    if not bars:
        return None
    with sheet(1.1 + 0.85 * len(bars) + 0.9) as figure:
        axes = figure.subplots()
        seen: dict[str, str] = {}
        hidden: list[Patch] = []
        for at, (name, table) in enumerate(bars):
            left = 0.0
            for line in table.lines:
                share = line.values[0]
                if not isinstance(share, Share) or not share.value:
                    continue
                colour, hatch = _LOOKS[line.key]
                axes.barh(
                    at, share.value, left=left, height=0.62, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=1
                )
                if share.value >= _LEAST_NAMED:
                    said = words.percent(share.value)
                    box = {"facecolor": colour, "edgecolor": "none", "pad": 1.5} if hatch else None
                    ink = PAPER if colour in _DARK else INK
                    axes.text(left + share.value / 2, at, said, ha="center", va="center", color=ink, bbox=box)
                seen.setdefault(line.key, line.label)
                left += share.value
            if left < 1 - _LEAST_NAMED / 5:
                _rest(axes, at, left)
                hidden = [_frame(words.say("chart.hidden"))]
            axes.text(-0.01, at, words.say(f"lateness.short.{name}"), ha="right", va="center", color=INK)
        axes.set_xlim(-0.08, 1)
        axes.invert_yaxis()
        axes.axis("off")
        handles = [*(_patch(key, label) for key, label in seen.items()), *hidden]
        figure.legend(
            handles=handles, loc="outside lower left", ncols=2, frameon=False, fontsize=9, handlelength=1.4,
            labelcolor=INK, alignment="left",
        )  # fmt: skip
        parts = [(f"{words.say(f'lateness.short.{name}')}, {line.label}", words.shown(line.values[0]))
                 for name, table in bars for line in table.lines]  # fmt: skip
        plan = Drawing(id="lateness", title=title, alt=pen.alt("chart.alt-lateness", parts), table=tables[0].id)
        return pen.finish(figure, plan)


def _rest(axes: Axes, at: int, left: float) -> None:
    """What must not be shown, as an empty frame: the bar is whole all the same."""
    axes.barh(at, 1 - left, left=left, height=0.6, facecolor="none", edgecolor=GREY, linewidth=1, linestyle=(0, (3, 2)))


def _any(table: Table) -> bool:
    return any(isinstance(line.values[0], Share) and line.values[0].value for line in table.lines)


def _frame(label: str) -> Patch:
    from matplotlib.patches import Patch  # noqa: PLC0415 - heavy, loaded on use

    return Patch(facecolor="none", edgecolor=GREY, linestyle=(0, (3, 2)), label=label)


def _patch(key: str, label: str) -> Patch:
    from matplotlib.patches import Patch  # noqa: PLC0415 - heavy, loaded on use

    colour, hatch = _LOOKS[key]
    return Patch(facecolor=colour, hatch=hatch, edgecolor=PAPER, label=wrapped(label, 46, 2))
