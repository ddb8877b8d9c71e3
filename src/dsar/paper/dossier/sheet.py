"""The geometry of a page of the dossier, for the templates and for what is drawn into their frames."""

from __future__ import annotations

# Left, bottom, right, top, in points.
Corners = tuple[float, float, float, float]

# A4 as typst writes it: a page that is laid over another must be as large to the last digit, or it would be scaled.
SHORT, LONG = 595.2756, 841.8898
_POINTS = 72 / 25.4
SIDE, FOOT = 10, 15
"""Millimetres beside and below a page from outside; the band at the foot holds the number of the page."""
_HEAD, _HEAD_BANNER = 19, 24


def head(banner: str) -> int:
    """Millimetres above: the band that holds the stamp, and the banner where there is one."""
    return _HEAD_BANNER if banner else _HEAD


def paper(*, flipped: bool) -> tuple[float, float]:
    """Width and height of a page in points."""
    return (LONG, SHORT) if flipped else (SHORT, LONG)


def frame(*, flipped: bool, banner: str) -> Corners:
    """Where a page from outside may be drawn: never in the bands of the stamp and of the number."""
    width, height = paper(flipped=flipped)
    side = SIDE * _POINTS
    return side, FOOT * _POINTS, width - side, height - head(banner) * _POINTS


def lengths(banner: str) -> dict[str, int]:
    """The same for the templates, in millimetres."""
    return {"side": SIDE, "head": head(banner), "foot": FOOT}
