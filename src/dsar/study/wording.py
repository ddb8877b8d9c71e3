"""The words of the report in a language: `words/<lang>.toml`, with the labels of the letters beside them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, assert_never

from dsar.errors import NotFoundError
from dsar.study.result import Amount, Chance, Count, Share

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

    from dsar.study.result import Value

_FEW_DIGITS = 10


class NoReportLanguageError(NotFoundError):
    """The report is not written in that language."""

    sentence = "The report is not written in “{lang}”: choose one of {languages} with --lang."


def languages() -> tuple[str, ...]:
    """The languages in which a report can be written."""
    return tuple(sorted(one.name.removesuffix(".toml") for one in _folder().iterdir() if one.name.endswith(".toml")))


class ReportWords:
    """The words of one language. `labels` name what comes from the law book and the letters: `demand.purposes`."""

    def __init__(self, lang: str, labels: Mapping[str, str]) -> None:
        """Read the words of `lang`.

        Raises:
            NoReportLanguageError: there are none.
        """
        if lang not in languages():
            raise NoReportLanguageError(lang=lang, languages=", ".join(languages()))
        self.lang = lang
        self._texts = _flat(tomllib.loads((_folder() / f"{lang}.toml").read_text(encoding="utf-8")))
        self._labels = labels

    def say(self, key: str, **values: object) -> str:
        """A text with its values; what is put in is never read again as a pattern."""
        return self._texts[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._texts

    def keys(self, section: str) -> tuple[str, ...]:
        """The keys of a section, in the order of the file."""
        start = f"{section}."
        return tuple(key.removeprefix(start) for key in self._texts if key.startswith(start))

    def label(self, kind: str, key: str) -> str:
        """The name of a thing: from the words of the report, else from those of the letters, else its own id."""
        name = f"{kind}.{key}"
        return self._texts.get(name) or self._labels.get(name) or key

    def day(self, on: date | None) -> str:
        """A date as tables have it."""
        return on.isoformat() if on is not None else self.say("value.none")

    def percent(self, value: float) -> str:
        """A share as a whole percentage; one that is nearly nought or all does not read as nought or all."""
        number = round(value * 100)
        if value > 0 and number == 0:
            return self.say("value.under-one")
        if value < 1 and number == 100:  # noqa: PLR2004 - per cent
            return self.say("value.over-ninety-nine")
        return self.say("value.percent", n=number)

    def number(self, value: float) -> str:
        """A number: whole where it is large or whole, else with one decimal; thousands apart."""
        digits = 0 if value == int(value) or abs(value) >= _FEW_DIGITS * 10 else 1
        return f"{value:,.{digits}f}".replace(",", self.say("value.thousands"))

    def interval(self, low: float | None, high: float | None) -> str:
        """The bounds of a share."""
        if low is None or high is None:
            return ""
        return self.say("value.interval", low=round(low * 100), high=round(high * 100))

    def shown(self, value: Value) -> str:
        """A value as a cell of a table."""
        match value:
            case str():
                return value
            case Count(k=k):
                return self.number(k) if k is not None else self.say("value.hidden")
            case Share(k=k, n=n, low=low, high=high):
                if n == 0:
                    return self.say("value.none")
                if k is None or n is None or value.value is None:
                    return self.say("value.hidden")
                percent, interval = self.percent(value.value), self.interval(low, high)
                return self.say("value.share", k=self.number(k), n=self.number(n), percent=percent, interval=interval)
            case Chance(value=part, low=low, high=high, hidden=hidden):
                if part is None:
                    return self.say("value.hidden" if hidden else "value.not-watched")
                return f"{self.percent(part)} {self.interval(low, high)}".strip()
            case Amount(value=amount, hidden=hidden, reached=reached):
                if amount is None:
                    return self.say("value.hidden" if hidden else "value.none" if reached else "value.not-reached")
                return self.number(amount)
            case _:
                assert_never(value)


def _folder() -> Traversable:
    return files("dsar") / "study" / "words"


def _flat(tables: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tables.items():
        match value:
            case str():
                found[prefix + key] = value
            case dict():
                found |= _flat(value, f"{prefix}{key}.")
    return found
