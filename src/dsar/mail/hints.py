"""What a message seems to be, by phrases in six languages: a suggestion for a person, with the sentence that says it.

The phrases are data (`phrases/<lang>.toml`), so that somebody who speaks a language can mend them. What is quoted from
an older mail is not read: our own letter speaks of identity, fees and refusals too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "phrases"
_GAP = r"(?: \S+){0,4}?"
_NAMES = r"(?: \S+){0,24}?"  # a date, a name and an address stand before "wrote:"
_QUOTED = re.compile(r"^\s*(>|\|)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_SPACE = re.compile(r"\s+")
_LONGEST = 64 * 1024
"""Characters of a message that are read: what it is stands at its beginning."""
_SHOWN = 240
_WROTE = "wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A kind of message (as `dsar classify` names it), and the sentence that suggests it."""

    kind: str
    sentence: str
    lang: str


def suggest(text: str) -> tuple[Hint, ...]:
    """What a message may be, each kind once, in the order in which its text says so; empty if no phrase is in it."""
    found: dict[str, Hint] = {}
    for sentence in sentences(own_words(text)):
        plain = _plain(sentence)
        for lang, phrases in _phrases().items():
            for kind, pattern in phrases.items():
                if kind != _WROTE and kind not in found and pattern.search(plain):
                    found[kind] = Hint(kind=kind, sentence=_short(sentence), lang=lang)
    return tuple(found.values())


def own_words(text: str) -> str:
    """A message without what it quotes: lines with a mark before them, and all after "on … they wrote:"."""
    kept = []
    for line in text[:_LONGEST].splitlines():
        plain = _plain(line)
        if any(phrases[_WROTE].match(plain) for phrases in _phrases().values()):
            break
        if not _QUOTED.match(line):
            kept.append(line)
    return "\n".join(kept)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line."""
    for part in _SENTENCE.split(text):
        line = _SPACE.sub(" ", part).strip()
        if line:
            yield line


@cache
def _phrases() -> dict[str, dict[str, re.Pattern[str]]]:
    """The phrases of each language, compiled: one pattern for each kind."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        kinds = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = {
            kind: re.compile("|".join(_pattern(phrase, start=kind == _WROTE) for phrase in phrases))
            for kind, phrases in kinds.items()
        }
    return found


def _pattern(phrase: str, *, start: bool) -> str:
    """A phrase as a pattern over plain words: `*` for some words between, `/` for either of several."""
    made = ""
    for word in _plain(phrase).split():
        if word == "*":
            made += _NAMES if start else _GAP
            continue
        either = "|".join(re.escape(one.replace("_", " ")) for one in word.split("/"))
        made += f"{' ' if made else ''}(?:{either})"
    return made if start else rf"(?<!\w){made}(?!\w)"


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces; punctuation within a sentence stands on its own word's end."""
    lowered = text.casefold().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return _SPACE.sub(" ", lowered).strip()


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _SHOWN else sentence[: _SHOWN - 1] + "…"
