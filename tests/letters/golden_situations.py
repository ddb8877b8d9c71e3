"""The letters of every situation as they were read: `PYTHONPATH=tests python -m letters.golden_situations` rewrites.

Whoever rewrites them reads them again, as the addressee, before they are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.letters.fill import fill
from dsar.letters.find import template
from dsar.letters.words import Words

from .briefs import law
from .golden_text import FOLDER, ROOTS, text
from .situations import ELSEWHERE_IN_ENGLISH, SITUATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.letter import Letter

READ = [(name, lang) for name in SITUATIONS for lang in ("en", "fr")] + [(name, "fr") for name in ELSEWHERE_IN_ENGLISH]


def letter(name: str, lang: str) -> Letter:
    """The letter of a situation."""
    words = Words(lang, ROOTS)
    return fill(
        template(ROOTS, name.partition(".")[0], lang), (SITUATIONS | ELSEWHERE_IN_ENGLISH)[name](words), law(), words
    )


def place(name: str, lang: str) -> Path:
    """Where it is kept."""
    return FOLDER / "situations" / lang / f"{name}.md"


def write() -> None:
    """Rewrite every file."""
    for name, lang in READ:
        path = place(name, lang)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(letter(name, lang)), encoding="utf-8")


if __name__ == "__main__":
    write()
