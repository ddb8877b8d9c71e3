"""Whatever is printed in a language, without front matter, code and values: what a machine can proof-read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dsar.letters.words import Words

from .briefs import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def shown(source: str) -> str:
    """A template's text, with a capital X for each value."""
    return _VALUE.sub("X", _TAG.sub("", source))


def printed(lang: str) -> Iterator[tuple[str, str]]:
    """Everything that a language prints, as (place, text)."""
    words = Words(lang, (LETTERS,))
    for section in words.section_names():
        for key, text in words.section(section).items():
            yield f"{section}:{key}", text
    for path in sorted((LETTERS / lang).rglob("*.md.j2")):
        source = path.read_text(encoding="utf-8")
        yield path.name, shown(_FRONT.sub("", source))
        for line in source.splitlines():
            if line.startswith(("title = ", "subject = ")):
                yield path.name, shown(line.partition('"')[2].rstrip('"'))
