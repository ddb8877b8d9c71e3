"""The part of an answer that a demand is about: found by key words, so that a reader sees it beside the demand.

It only points; what the passage is worth, the reader says. The words are data (`keywords/<lang>.toml`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "keywords"
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)]|[a-z]\))\s)|(?<=[.;:!?])\n")
_SPACE = re.compile(r"\s+")
_LONGEST = 600
_MOST = 4000
"""Paragraphs of one text that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of an answer, and where it stands: the mail itself, or the name of a file."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph that speaks of a demand; `score` counts its different key words."""

    place: str
    text: str
    score: int


def passages(demand: str, number: int, texts: tuple[Text, ...], *, most: int = 2) -> tuple[Passage, ...]:
    """The paragraphs that speak most of a demand, best first; none where no word of it is found.

    One that begins with the demand's own number, as the letter asked for, comes first.
    """
    found = []
    stems = _stems().get(demand, ())
    for text in texts:
        for paragraph in _paragraphs(text.text):
            plain = paragraph.casefold()
            score = sum(1 for stem in stems if re.search(rf"(?<!\w){re.escape(stem)}", plain))
            numbered = bool(re.match(rf"{number}[.):\s-]", paragraph))
            if score:
                found.append(Passage(place=text.place, text=_short(paragraph), score=score + 100 * numbered))
    found.sort(key=lambda one: -one.score)
    return tuple(found[:most])


def _paragraphs(text: str) -> list[str]:
    parts = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(text))
    return [part for part in parts if part][:_MOST]


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """The beginnings of words for each demand, of all languages together: an answer may mix them."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for demand, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.setdefault(demand, []).extend(word.replace("_", " ").casefold() for word in words)
    return {demand: tuple(dict.fromkeys(words)) for demand, words in found.items()}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
