"""Window envelopes: where on the sheet an address must stand to be read through them, from `windows.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, cast

from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

# What is left over: the layout for countries that have no row of their own.
OTHERWISE = "right"
_SHEET_WIDTH = 210.0


class NoWindowError(UsageError):
    """No such layout."""

    sentence = "There is no envelope window “{name}”: choose among {known}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle on the sheet by its edges, in millimetres from its left and its top edge."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A layout for one kind of window envelope. All lengths are millimetres on an A4 sheet.

    `shown` is seen through every one of its envelopes wherever the sheet slides in them; `reach` is what can be seen
    at all, so nothing but the address may stand there. `checked`: somebody read the measures at `source`.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    checked: bool
    source: str
    side: Literal["left", "right"]
    address: tuple[float, float]
    letter: float
    folds: tuple[float, ...]
    punch: float | None
    return_line: float | None
    shown: Rect
    reach: Rect


@cache
def windows() -> tuple[Window, ...]:
    """All layouts, in the order of the file."""
    text = (resources.files("dsar.paper") / "windows.toml").read_text(encoding="utf-8")
    return tuple(_window(row) for row in tomllib.loads(text)["window"])


def window(name: str = "", *, country: str = "") -> Window:
    """The layout of that name; without a name, the one for letters posted from `country` (ISO 3166-1).

    Raises:
        NoWindowError: there is none of that name.
    """
    by_name = {one.id: one for one in windows()}
    if name and name not in by_name:
        raise NoWindowError(name=name, known=", ".join(by_name))
    local = (one for one in windows() if country in one.countries)
    return by_name[name] if name else next(local, by_name[OTHERWISE])


def _window(row: dict[str, Any]) -> Window:
    shown, reach = zip(*(_seen(**envelope) for envelope in row["envelopes"]), strict=True)
    left, top = row["address"]
    return Window(
        id=row["id"],
        name=row["name"],
        countries=tuple(row["countries"]),
        checked=row["checked"],
        source=row["source"],
        side=cast("Literal['left', 'right']", row["side"]),
        address=(left, top),
        letter=row["letter"],
        folds=tuple(row["folds"]),
        punch=row.get("punch"),
        return_line=row.get("return_line"),
        shown=_common(shown),
        reach=_all(reach),
    )


def _seen(
    *, size: Sequence[float], window: Sequence[float], packet: float, above: float
) -> tuple[Rect, Rect]:  # the names of the file
    """What one envelope always shows of the sheet, and what it can show: the sheet slides to either edge of it."""
    left, top, width, height = window
    aside, upright = size[0] - _SHEET_WIDTH, size[1] - packet
    top -= above
    shown = Rect(left=left, top=top, right=left + width - aside, bottom=top + height - upright)
    reach = Rect(left=left - aside, top=top - upright, right=left + width, bottom=top + height)
    return shown, reach


def _common(rects: Sequence[Rect]) -> Rect:
    return Rect(
        left=max(one.left for one in rects),
        top=max(one.top for one in rects),
        right=min(one.right for one in rects),
        bottom=min(one.bottom for one in rects),
    )


def _all(rects: Sequence[Rect]) -> Rect:
    return Rect(
        left=min(one.left for one in rects),
        top=min(one.top for one in rects),
        right=max(one.right for one in rects),
        bottom=max(one.bottom for one in rects),
    )
