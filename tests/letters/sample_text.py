"""Every letter over the sample case, as its addressee reads it, kept as files.

`PYTHONPATH=tests python -m letters.sample_text LANG [KIND …]` rewrites some of them. Whoever rewrites one reads it
again, as the addressee, before it is kept.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dsar.desk.previewing import preview
from dsar.letters.find import catalogue, template

from .briefs import LETTERS
from .golden_text import text

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.letters.front import Template

ROOTS = (LETTERS,)
FOLDER = LETTERS.parent / "tests" / "letters" / "golden" / "sample"


def everything() -> list[Template]:
    """Every letter that is shipped."""
    return list(catalogue(ROOTS))


def place(kind: str, lang: str) -> Path:
    """Where the letter is kept."""
    return FOLDER / lang / f"{kind}.md"


def read(kind: str, lang: str) -> str:
    """The letter as it reads today."""
    return text(preview(ROOTS, template(ROOTS, kind, lang)))


def write(lang: str, kinds: list[str]) -> None:
    """Keep the letters of a language as they read today: those of these kinds, or all."""
    for one in everything():
        if one.lang == lang and (not kinds or one.kind in kinds):
            place(one.kind, lang).parent.mkdir(parents=True, exist_ok=True)
            place(one.kind, lang).write_text(read(one.kind, lang), encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2:])
