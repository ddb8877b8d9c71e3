"""The page of a case as one HTML file: nothing is loaded, no script runs, it prints, in light and in dark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dsar.core.timeline import Timeline

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH, _LEFT, _RIGHT = 960, 45, 915
_STACK, _ROW = 13, 34
_MOST_STACKED = 8
_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Days on the axis: `first` at the left, `last` at the right."""

    first: date
    last: date

    def x(self, day: date) -> int:
        """Where a day stands, in units of the drawing."""
        span = max(1, (self.last - self.first).days)
        return _LEFT + round((day - self.first).days / span * (_RIGHT - _LEFT))


def render_timeline(page: Timeline) -> bytes:
    """The file. Every text in it is escaped; the same page gives the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - heavy, loaded on use

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("timeline.html.j2")
    return template.render(page=page, label=dict(page.labels), axis=_axis(page)).encode()


def _axis(page: Timeline) -> dict[str, object]:
    days = [moment.on for moment in page.moments]
    for limit in page.limits:
        days += [day for day in (limit.begins, limit.strict, limit.safe) if day is not None]
    if not days:
        return {}
    scale = _Scale(first=min(days), last=max(*days, min(days) + timedelta(days=1)))
    dots, deepest = _dots(page, scale)
    base = 20 + deepest * _STACK
    for dot in dots:
        dot["y"] = base - 12 - int(str(dot.pop("level"))) * _STACK
    bars = _bars(page, scale, base + 52)
    height = base + 40 + len(bars) * _ROW
    return {
        "width": _WIDTH, "height": height, "left": _LEFT, "right": _RIGHT, "base": base,
        "ticks": _ticks(scale), "dots": dots, "bars": bars,
    }  # fmt: skip


def _dots(page: Timeline, scale: _Scale) -> tuple[list[dict[str, object]], int]:
    """Each event as a dot; those that would touch stand above each other."""
    dots: list[dict[str, object]] = []
    stacked: dict[int, int] = {}
    for n, moment in enumerate(page.moments, start=1):
        x = scale.x(moment.on)
        near = [at for at in stacked if abs(at - x) < _STACK]
        level = min(_MOST_STACKED, max((stacked[at] for at in near), default=-1) + 1)
        stacked[x] = level
        dots.append({"n": n, "x": x, "level": level, "who": moment.who, "text": f"{moment.day}: {moment.text}"})
    return dots, max(stacked.values(), default=0) + 1


def _bars(page: Timeline, scale: _Scale, top: int) -> list[dict[str, object]]:
    bars = []
    for row, limit in enumerate(page.limits):
        ends = [day for day in (limit.strict, limit.safe) if day is not None]
        bars.append(
            {
                "title": limit.title,
                "y": top + row * _ROW,
                "from": scale.x(limit.begins),
                "to": scale.x(max(ends, default=scale.last)),
                "strict": scale.x(limit.strict) if limit.strict is not None else 0,
                "safe": scale.x(limit.safe) if limit.safe is not None else 0,
            }
        )
    return bars


def _ticks(scale: _Scale) -> list[dict[str, object]]:
    span = (scale.last - scale.first).days
    days = [scale.first + timedelta(days=round(span * part / (_TICKS - 1))) for part in range(_TICKS)]
    return [{"x": scale.x(day), "text": day.isoformat()} for day in dict.fromkeys(days)]
