"""The words of one language: labels, demands, breaches, events and citations, with the user's own words first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.letters import cites as citations
from dsar.letters import lang as langs
from dsar.letters.errors import LetterFileError, NoLanguageError, NoValueError, NoWordError
from dsar.letters.find import languages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "_words"


class Words:
    """Everything that a program prints in a language. Files are read when first used, and kept."""

    def __init__(self, lang: str, roots: tuple[Path, ...]) -> None:
        """The words of `lang` in `roots`, the first root winning key by key.

        Raises:
            NoLanguageError: no root has that language.
            LetterFileError: its `_lang.toml` is not right.
        """
        known = languages(roots)
        if lang not in known:
            raise NoLanguageError(lang=lang, languages=", ".join(known))
        self.lang = langs.load(next(root / lang / langs.FILE for root in roots if (root / lang / langs.FILE).is_file()))
        self.roots = roots
        self._folders = tuple(root / lang / FOLDER for root in roots)
        self._sections: dict[str, dict[str, str]] = {}

    def say(self, section: str, key: str, **values: object) -> str:
        """The text `key` of `_words/<section>.toml` with its values: dates in words, lists joined, text as it is.

        Raises:
            NoWordError: no such text.
            NoValueError: the text holds a value that was not given.
        """
        place = f"{self.lang.code}/{FOLDER}/{section}.toml"
        texts = self.section(section)
        if key not in texts:
            raise NoWordError(file=place, key=key)
        try:
            text = texts[key].format(**{name: self._value(value) for name, value in values.items()})
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise NoValueError(file=place, key=key, value=str(error).strip("'")) from error
        return " ".join(part for part in text.split(" ") if part)

    def label(self, table: str, key: str) -> str:
        """A label: `label("right", "access")`."""
        return self.say("labels", f"{table}.{key}")

    def has(self, section: str, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.section(section)

    def section(self, section: str) -> dict[str, str]:
        """All texts of one word file, by dotted key."""
        if section not in self._sections:
            place = f"{self.lang.code}/{FOLDER}/{section}.toml"
            merged: dict[str, str] = {}
            for folder in reversed(self._folders):
                path = folder / f"{section}.toml"
                if path.is_file():
                    merged |= flat(langs.read_toml(path, place), place)
            self._sections[section] = merged
        return self._sections[section]

    def section_names(self) -> tuple[str, ...]:
        """The names of the word files."""
        return tuple(sorted({path.stem for folder in self._folders for path in folder.glob("*.toml")}))

    def day(self, on: date) -> str:
        """A date in words: "5 March 2026"."""
        number = self.lang.first_day if on.day == 1 else str(on.day)
        return self.lang.date_pattern.format(day=number, month=self.lang.months[on.month - 1], year=on.year)

    def join(self, items: Sequence[str]) -> str:
        """A list in words: "a, b and c"."""
        if len(items) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(items)
        other = self.lang.other_last
        last = other[1] if other is not None and other[0].match(items[-1]) else self.lang.last
        return self.lang.separator.join(items[:-1]) + last + items[-1]

    def cite(self, key: str) -> str:
        """One citation; CitationError if this language cannot write it."""
        return self.cites((key,))

    def cites(self, keys: Sequence[str]) -> str:
        """Several citations as one phrase; CitationError as above."""
        return citations.written(keys, self.lang, self.join)

    def _value(self, value: object) -> str:
        match value:
            case date():
                return self.day(value)
            case tuple() | list():
                return self.join([str(item) for item in value])
            case _:
                return str(value)


def flat(data: dict[str, object], place: str, prefix: str = "") -> dict[str, str]:
    """Nested TOML tables as dotted keys; anything that is not a text is refused with its file and key."""
    found: dict[str, str] = {}
    for key, value in data.items():
        name = prefix + key
        match value:
            case str():
                found[name] = value
            case dict():
                found |= flat(value, place, name + ".")
            case _:
                raise LetterFileError(file=place, key=name, problem="it must be a text")
    return found
