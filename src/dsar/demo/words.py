"""What the demo's parties say and write down, by language; and what the law book's words call a reconstruction."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from dsar.letters.errors import NoLanguageError
from dsar.letters.find import roots
from dsar.letters.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "fr")


def script(lang: str) -> Mapping[str, Any]:
    """The demo's own words in a language.

    Raises:
        NoLanguageError: the demo is not told in it.
    """
    if lang not in LANGUAGES:
        raise NoLanguageError(lang=lang, languages=", ".join(LANGUAGES))
    return table(lang)


def table(name: str) -> dict[str, Any]:
    """One of the demo's TOML files."""
    return tomllib.loads((resources.files("dsar.demo") / "words" / f"{name}.toml").read_text(encoding="utf-8"))


def banner(lang: str) -> str:
    """The line that stands on every page and in every mail: a reconstruction, and which law it cites."""
    said = Words(lang, roots()).say("dossier", "banner.reconstruction")
    return f"{said} {script(lang)['law_of_today']}"
