"""Which kind of letter exists in which language: the table of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.letters.find import catalogue, languages

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.letters.front import Template

# The order of a case: who may act, the requests, the replies, the escalation.
_ORDER = (
    "mandate",
    "revocation",
    "first-request",
    "unconfirmed",
    "identity-demand",
    "mandate-doubt",
    "clarification",
    "extension",
    "fee",
    "portal",
    "wrong-contact",
    "other-language",
    "no-data",
    "third-party-data",
    "awaiting",
    "overdue",
    "lacking",
    "breach",
    "notice-expired",
    "complaint",
    "with-authority",
    "authority-silent",
    "satisfied",
)


def coverage(roots: tuple[Path, ...]) -> dict[str, dict[str, str]]:
    """By kind and language: the title of the letter, `missing` where it is meant to be and is not, or nothing."""
    known = languages(roots)
    kinds: dict[str, list[Template]] = {}
    for template in sorted(catalogue(roots), key=lambda one: (_ORDER.index(one.fits[0]), one.kind)):
        kinds.setdefault(template.kind, []).append(template)
    return {
        kind: {lang: _cell(lang, {one.lang: one for one in found}, found) for lang in known}
        for kind, found in kinds.items()
    }


def _cell(lang: str, having: dict[str, Template], found: list[Template]) -> str:
    if lang in having:
        return having[lang].title
    return "missing" if any(lang in one.languages for one in found) else ""


def table(roots: tuple[Path, ...]) -> str:
    """The coverage as a Markdown table: a tick where the letter exists, `missing`, or a dash where it is not meant."""
    known = languages(roots)
    lines = [f"| kind | {' | '.join(known)} |", f"|:--|{':-:|' * len(known)}"]
    for kind, cells in coverage(roots).items():
        marks = ["–" if not cells[lang] else "missing" if cells[lang] == "missing" else "✓" for lang in known]
        lines.append(f"| `{kind}` | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"
