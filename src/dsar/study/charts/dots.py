"""Shares as points with their interval, one row each; and the matrix of items and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.charts.style import BLUE, GREEN, INK, LINE, ORANGE, SOFT, sheet, wrapped
from dsar.study.result import Drawing, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from dsar.study.charts.style import Pen
    from dsar.study.result import Table
    from dsar.study.wording import ReportWords

MOST = 25
_LOOKS = ((BLUE, "o"), (ORANGE, "D"), (GREEN, "s"))
_LABEL = 34


def dots(pen: Pen, table: Table, columns: Sequence[str]) -> Drawing | None:
    """A row for each line that shows anything, the first `MOST`; with several columns, one mark for each."""
    words = pen.words
    at = [table.keys.index(column) for column in columns]
    heads = [table.heads[position + 1] for position in at]
    every = [(line.label, [_share(line.values[position]) for position in at]) for line in table.lines]
    rows = [(label, shares) for label, shares in every if any(share.value is not None for share in shares)][:MOST]
    if not rows:
        return None
    step = 0.34 if len(columns) == 1 else 0.3 + 0.13 * len(columns)
    with sheet(0.9 + step * len(rows) + (0.35 if len(columns) > 1 else 0)) as figure:
        axes = figure.subplots()
        for row, (_, shares) in enumerate(rows):
            for column, share in enumerate(shares):
                shift = (column - (len(shares) - 1) / 2) * 0.26
                _mark(axes, words, (row + shift, len(columns) > 1), share, _LOOKS[column])
        axes.set_yticks(range(len(rows)), [wrapped(label, _LABEL, 2) for label, _ in rows])
        _scale(axes, words, len(rows))
        if len(columns) > 1:
            figure.legend(
                handles=[_key(head, *_LOOKS[column]) for column, head in enumerate(heads)],
                loc="outside lower right", ncols=len(heads), frameon=False, fontsize=9, labelcolor=INK,
            )  # fmt: skip
        parts = [
            (label if len(columns) == 1 else f"{label}, {head}", words.shown(share))
            for label, shares in rows
            for head, share in zip(heads, shares, strict=True)
        ]
        said = pen.alt("chart.alt-dots", parts)
        return pen.finish(figure, Drawing(id=table.id, title=table.title, alt=said, table=table.id))


def _share(value: object) -> Share:
    return value if isinstance(value, Share) else Share(k=None, n=None)


def _mark(axes: Axes, words: ReportWords, place: tuple[float, bool], share: Share, look: tuple[str, str]) -> None:
    """One point with its interval; `place` is its height, and whether it shares its row with others."""
    (y, small), (colour, marker) = place, look
    if share.value is None or share.low is None or share.high is None:
        said = words.say("value.none" if share.n == 0 else "value.sign")
        axes.text(1.03, y, said, va="center", color=SOFT, fontsize=8.5)
        return
    axes.plot(
        [share.low, share.high], [y, y], color=colour, linewidth=2, alpha=0.55, solid_capstyle="round", clip_on=False
    )
    axes.plot([share.value], [y], marker=marker, color=colour, markersize=6 if small else 7, clip_on=False)
    said = f"{words.percent(share.value)} · n {words.number(share.n or 0)}"
    axes.text(1.03, y, said, va="center", color=colour if small else INK, fontsize=8.5 if small else 9)


def _scale(axes: Axes, words: ReportWords, rows: int) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [words.percent(part) for part in (0, 0.25, 0.5, 0.75, 1)])
    axes.tick_params(length=0)
    axes.tick_params(axis="y", colors=INK, labelsize=9.5, pad=9)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _key(head: str, colour: str, marker: str) -> Line2D:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy, loaded on use

    return Line2D([], [], color=colour, marker=marker, linewidth=2, label=head)


def matrix(pen: Pen, table: Table) -> Drawing | None:
    """Items down, statuses across; each cell is as deep as its share, and says it."""
    words = pen.words
    rows = [(line.label, [_share(value) for value in line.values[1:]]) for line in table.lines]
    rows = [(label, shares) for label, shares in rows if any(share.value is not None for share in shares)][:MOST]
    if not rows:
        return None
    heads = table.heads[2:]
    with sheet(0.8 + 0.4 * len(rows)) as figure:
        axes = figure.subplots()
        for y, (_, shares) in enumerate(rows):
            for x, share in enumerate(shares):
                _cell(axes, words, (x, y), share)
        axes.set_xlim(-0.5, len(heads) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xticks(range(len(heads)), [wrapped(head, 14, 2) for head in heads])
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(rows)), [wrapped(label, _LABEL, 2) for label, _ in rows])
        axes.tick_params(length=0, colors=INK, labelsize=9.5)
        for spine in axes.spines.values():
            spine.set_visible(False)
        parts = [
            (f"{label}, {head}", words.shown(share))
            for label, shares in rows
            for head, share in zip(heads, shares, strict=True)
        ]
        said = pen.alt("chart.alt-matrix", parts)
        return pen.finish(figure, Drawing(id=table.id, title=table.title, alt=said, table=table.id))


def _cell(axes: Axes, words: ReportWords, at: tuple[int, int], share: Share) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - heavy, loaded on use

    (x, y), value = at, share.value
    axes.add_patch(
        Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=BLUE, alpha=0.04 + 0.5 * (value or 0), edgecolor="none")
    )
    said = words.percent(value) if value is not None else words.say("value.none" if share.n == 0 else "value.sign")
    colour, size = (INK, 9.5) if value is not None else (SOFT, 8)
    axes.text(x, y, said, ha="center", va="center", color=colour, fontsize=size)
