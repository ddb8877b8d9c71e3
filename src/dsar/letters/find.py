"""Where letters are: the folders of the user and of their organisation first, then those that come with dsar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dsar.letters.errors import NoLanguageError, NoLetterError
from dsar.letters.once import once
from dsar.letters.place import roots

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.letters.front import Template

__all__ = ["SUFFIX", "catalogue", "files", "in_language", "languages", "reads", "roots", "template"]

SUFFIX = ".md.j2"
_INCLUDED = re.compile(r'\{%-?\s*include\s+"([^"]+)"')


def languages(roots: tuple[Path, ...]) -> tuple[str, ...]:
    """The codes of the languages that exist, sorted."""
    return once(("languages", roots), lambda: _languages(roots))


def _languages(roots: tuple[Path, ...]) -> tuple[str, ...]:
    found = {folder.name for root in roots for folder in root.iterdir() if (folder / "_lang.toml").is_file()}
    return tuple(sorted(found))


def catalogue(roots: tuple[Path, ...]) -> tuple[Template, ...]:
    """Every letter that can be written, by language and kind; a user's letter hides the shipped one of its kind."""
    from dsar.letters.front import read  # noqa: PLC0415 - a command that reads no letter needs no TOML

    return tuple(read(path) for path in files(roots))


def in_language(roots: tuple[Path, ...], lang: str) -> tuple[Template, ...]:
    """Every letter that can be written in one language, by kind."""
    from dsar.letters.front import read  # noqa: PLC0415 - as above

    return once(
        ("in-language", roots, lang), lambda: tuple(read(path) for path in files(roots) if path.parent.name == lang)
    )


def files(roots: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files of the catalogue, in its order."""
    found: dict[tuple[str, str], Path] = {}
    for lang in languages(roots):
        for root in roots:
            for path in sorted((root / lang).glob(f"*{SUFFIX}")):
                found.setdefault((lang, path.name), path)
    return tuple(path for _, path in sorted(found.items()))


def template(roots: tuple[Path, ...], kind: str, lang: str) -> Template:
    """The letter `kind` in `lang`.

    Raises:
        NoLanguageError: no such language.
        NoLetterError: no such kind in it; the sentence names the languages that have it.
    """
    return once(("template", roots, kind, lang), lambda: _template(roots, kind, lang))


def _template(roots: tuple[Path, ...], kind: str, lang: str) -> Template:
    known = languages(roots)
    if lang not in known:
        raise NoLanguageError(lang=lang, languages=", ".join(known))
    having = [one for one in known if _path(roots, kind, one)]
    path = _path(roots, kind, lang)
    if path is None:
        raise NoLetterError(kind=kind, lang=lang, languages=", ".join(having) or "no language")
    from dsar.letters.front import read  # noqa: PLC0415 - as above

    return read(path)


def _path(roots: tuple[Path, ...], kind: str, lang: str) -> Path | None:
    for root in roots:
        for path in (root / lang).glob(f"*{SUFFIX}"):
            if path.name == f"{kind}{SUFFIX}":
                return path
    return None


def reads(found: Template, roots: tuple[Path, ...], name: str) -> bool:
    """Whether a letter, or a part of it, reads a name such as `details.about`: what it does not read, it cannot say."""
    waiting, seen = [found.body, found.subject], set[str]()
    while waiting:
        text = waiting.pop()
        if name in text:
            return True
        for part in _INCLUDED.findall(text):
            paths = (root / found.lang / part for root in roots)
            path = next((one for one in paths if one.is_file()), None)
            if part not in seen and path is not None:
                waiting.append(path.read_text(encoding="utf-8"))
            seen.add(part)
    return False
