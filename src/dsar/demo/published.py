"""The published facts of the real case, set beside the reconstruction and kept apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsar.demo import words
from dsar.demo.sheets import sheet
from dsar.lawbook.load import law
from dsar.letters.find import roots
from dsar.letters.words import Words

if TYPE_CHECKING:
    from datetime import date

Line = tuple[str, str, str]


def documents(lang: str, on: date) -> tuple[bytes, bytes]:
    """The facts as Markdown and as PDF, each with its source."""
    told = words.table("published")
    said: dict[str, Any] = told[lang]
    parts = (
        (str(said["case"]), tuple((when, what, source) for when, what, source in said["fact"])),
        (str(said["later"]), _decisions(lang, told["decisions"])),
    )
    data = {
        "lang": lang,
        "banner": said["banner"],
        "title": said["title"],
        "intro": said["intro"],
        "heads": said["heads"],
        "parts": [{"title": title, "rows": rows} for title, rows in parts],
    }
    return _markdown(said, parts), sheet("facts", data, on=on)


def _decisions(lang: str, names: list[str]) -> tuple[Line, ...]:
    """What the law book holds of a decision, and only if somebody read its source."""
    spoken, book = Words(lang, roots()), law()
    found = (book.precedents[name] for name in names)
    return tuple(
        (spoken.day(one.on), f"{one.body}, {one.number}. {spoken.say('holdings', one.id)}", one.source)
        for one in sorted(found, key=lambda one: one.on)
        if one.checked
    )


def _markdown(said: dict[str, Any], parts: tuple[tuple[str, tuple[Line, ...]], ...]) -> bytes:
    lines = [f"> {said['banner']}", "", f"# {said['title']}", ""]
    for paragraph in said["intro"]:
        lines += [paragraph, ""]
    for title, rows in parts:
        lines += [f"## {title}", "", f"| {' | '.join(said['heads'])} |", "|:--|:--|:--|"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
        lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode()
