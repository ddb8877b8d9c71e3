"""The letters as their addressees read them, kept as files: `PYTHONPATH=tests python -m letters.golden_text` rewrites.

Whoever rewrites them reads them again, as the addressee, before they are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dsar.letters.fill import fill
from dsar.letters.find import template
from dsar.letters.words import Words

from .briefs import LETTERS, body, brief, law, own

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.brief import Brief
    from dsar.core.letter import Letter

FOLDER = Path(__file__).parent / "golden"
ROOTS = (LETTERS,)
CASES: dict[str, Callable[[str, Words], Brief]] = {"agent": brief, "own": own, "body": body}
KINDS = (
    "access",
    "erasure",
    "access-erasure",
    "identity-reply",
    "reminder",
    "incomplete",
    "notice",
    "complaint",
    "mandate",
)
# For oneself there is no mandate to give.
ALL = [(kind, case) for kind in KINDS for case in CASES if (kind, case) != ("mandate", "own")]


def letter(kind: str, case: str, lang: str = "en") -> Letter:
    """The letter of that kind in that case."""
    words = Words(lang, ROOTS)
    return fill(template(ROOTS, kind, lang), CASES[case](kind, words), law(), words)


def text(letter: Letter) -> str:
    """Everything of a letter that its addressee sees."""
    blocks = [
        " / ".join(letter.sender),
        " / ".join((*letter.recipient, letter.recipient_email)),
        letter.via,
        letter.place_date,
        f"{letter.label('subject')}: {letter.subject}",
        letter.body,
        " / ".join(letter.signature),
        " / ".join(letter.enclosures),
    ]
    return "\n\n".join(block.strip("\n") for block in blocks if block) + "\n"


def write() -> None:
    """Rewrite every file."""
    for kind, case in ALL:
        (FOLDER / f"{kind}.{case}.md").write_text(text(letter(kind, case)), encoding="utf-8")


if __name__ == "__main__":
    write()
