"""How charts look, and how they become files: the same figures give the same bytes, and no text is taken for a formula.

Colours are those of Okabe and Ito (2008), which colour-blind people tell apart; nothing is told by colour alone.
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.figure import Figure

    from dsar.study.result import Drawing
    from dsar.study.wording import ReportWords

INK, SOFT, LINE, PAPER = "#1c1f24", "#5a6271", "#cfd4db", "#fdfdfc"
BLUE, ORANGE, GREEN, PURPLE, RED, SKY, GREY = (
    "#0069a8", "#b85c00", "#00795a", "#a8508a", "#b3261f", "#3d9bd6", "#8b93a0",
)  # fmt: skip

_VARIABLES = {
    INK: "ink", SOFT: "soft", LINE: "line", PAPER: "paper", BLUE: "blue", ORANGE: "orange", GREEN: "green",
    PURPLE: "purple", RED: "red", SKY: "sky", GREY: "grey",
}  # fmt: skip
_WIDTH = 9.0
_DOTS = 160
_SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "text.parse_math": False,  # a name with dollar signs is no formula
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "figure.facecolor": PAPER,
    "axes.facecolor": "none",
    "savefig.facecolor": PAPER,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "dsar",  # else its ids are drawn at random
}


@contextmanager
def sheet(height: float, width: float = _WIDTH) -> Iterator[Figure]:
    """An empty figure of a height in inches, in the look of the house; nothing global stays changed."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy, loaded on use
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    with mpl.rc_context(cast("Any", _SETTINGS)):  # the keys are spelled out in its type since 3.11
        yield Figure(figsize=(width, height), layout="constrained")


@dataclass(frozen=True, slots=True)
class Pen:
    """Who draws: with which words, and whether a PNG is wanted beside the SVG."""

    words: ReportWords
    png: bool

    def alt(self, key: str, parts: Iterable[tuple[str, str]]) -> str:
        """The chart in words: what it is, then its figures."""
        said = "; ".join(self.words.say("chart.alt-part", label=label, value=value) for label, value in parts)
        return self.words.say(key, parts=said)

    def finish(self, figure: Figure, plan: Drawing) -> Drawing:
        """A figure in its forms, under the name and the words of `plan`."""
        with warnings.catch_warnings():
            # a letter that the drawn font lacks is a box in the PNG; in the SVG it is text, and the reader has a font
            warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
            stream = io.BytesIO()
            figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Title": plan.title})
            dots = io.BytesIO()
            if self.png:
                figure.set_layout_engine("none")  # everything has found its place
                figure.savefig(dots, format="png", dpi=_DOTS, metadata={"Software": None})
        return replace(plan, svg=_described(_fallback(stream.getvalue().decode()), plan.alt), png=dots.getvalue())


_FONT = re.compile(r"'DejaVu Sans'(?=[;\"])")
_ID = re.compile(r'(?<=\sid=")([^"<>]+)(?=")')
_REFERENCE = re.compile(r'(?<=url\(#)([^)<>]+)(?=\))|(?<=xlink:href="#)([^"<>]+)(?=")')
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>|<desc>.*?</desc>", re.DOTALL)
_COLOUR = re.compile("|".join(_VARIABLES))


def _fallback(svg: str) -> str:
    """Where a reader has no DejaVu, a font that is not wider than it: no text grows out of its place."""
    return _FONT.sub("'DejaVu Sans', Verdana, Arial, sans-serif", svg)


def _described(svg: str, alt: str) -> str:
    """The words of the chart inside its file, where a screen reader looks for them."""
    return svg.replace("</title>", f"</title>\n <desc>{escape(alt)}</desc>", 1).replace("<svg ", '<svg role="img" ', 1)


def inline(found: Drawing) -> Drawing:
    """The chart as it stands inside a page: its colours follow the page's, its ids are its own, the page says its size.

    The page names it (`title`, `alt`), so that the SVG is one picture for a screen reader.
    """
    svg = found.svg[found.svg.index("<svg ") :]
    svg = _METADATA.sub("", svg)
    svg = _TITLE.sub("", svg).replace('<svg role="img" ', "<svg ", 1)
    svg = re.sub(r'(<svg [^>]*?)\swidth="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg [^>]*?)\sheight="[^"]*"', r"\1", svg, count=1)
    svg = _ID.sub(lambda match: f"{found.id}-{match[0]}", svg)
    svg = _REFERENCE.sub(lambda match: f"{found.id}-{match[0]}", svg)
    svg = _COLOUR.sub(lambda match: f"var(--{_VARIABLES[match[0]]}, {match[0]})", svg)
    svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return replace(found, svg=svg, png=b"")


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """A label on several lines, cut where it would be too long for its place."""
    found = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: width - 1].rstrip() + "…"]
    return "\n".join(found)
