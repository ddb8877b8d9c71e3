"""Which country a line of an address names, in whatever language it is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dsar.directory.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping


# The shorter name of one country in the sources is what people call either: it is asked, and not guessed.
_TWO = frozenset({"congo", "kongo"})


@cache
def _table() -> Mapping[str, str]:
    """Every known name in its plain form, among them the codes."""
    from importlib.resources import files  # noqa: PLC0415 - loaded on use

    found: dict[str, str] = {}
    text = (files("dsar.directory") / "countries.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            code, *names = line.split("|")
            found |= dict.fromkeys(names, code)
    return found


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a name or code; None if no country is called so, or two are."""
    name = plain(text)
    return None if name in _TWO else _table().get(name)
