"""Masking text by rule: what names a person is replaced by a word in brackets, before anything is laid out.

A rule knows values (a name, an address) or shapes (any e-mail address). Values are looked for in a folded text: without
accents, case, invisible characters and look-alike letters, so that spelling them otherwise does not hide them. Nothing
here knows what a text means: a nickname, or a story that only one person can tell, no rule finds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

RuleId = Literal["name", "person", "staff", "email", "address", "identifier", "reference", "link", "number"]
"""What a rule masks: the data subject's name, other people's, staff's, and so on; each has a word of every language."""

# Letters that Unicode does not decompose, and those of other alphabets that are drawn like a Latin one.
_SPELLED: Final = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    chr(0x131): "i",
    **dict(zip("авеіјкмнорсѕтухԁһ", "abeijkmhopcstyxdh", strict=True)),
    **dict(zip("αβεζηικμνορτυχ", "abezhikmvoptyx", strict=True)),
}
# Stand for what was masked, or must not be, until the text is whole again: no text from outside keeps such characters.
_FIRST: Final = 0xF0000
_LAST: Final = 0xFFFFD
_MOST_HELD: Final = _LAST - _FIRST - 10_000
_PRIVATE: Final = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_DAY: Final = r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?[./]\d\d?[./](?:19|20)\d\d|\d\d?\. ?\d\d?\. ?(?:19|20)\d\d"
_YEARS: Final = r"(?:19|20)\d\d[-–/](?:19|20)\d\d"
_DATES: Final = re.compile(
    rf"(?<!\d)(?:{_DAY}|{_YEARS})(?!\d)"
    r"|(?<![\d:])\d\d?:\d\d(?::\d\d)?(?![\d:])|(?<=\s)[+-]\d{4}(?=\s|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is replaced by the word of `id`: `pattern` over the text as it stands, or over the `folded` text.

    `value`: it looks for values and not for a shape, so a text that it still finds something in must not go out.
    `least_digits`: how many a shape must have to be taken.
    """

    id: RuleId
    pattern: re.Pattern[str]
    folded: bool = True
    value: bool = True
    least_digits: int = 0


@cache
def _folded_char(char: str) -> str:
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", char).casefold() if unicodedata.category(one) not in {"Mn", "Cf"}
    )
    return "".join(_SPELLED.get(one, one) for one in plain)


def folded(text: str) -> tuple[str, list[int]]:
    """The text as values are looked for in it; and for each of its characters, where it came from."""
    found: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in char.lower() if "a" <= char.lower() <= "z" else _folded_char(char):
            found.append(one)
            places.append(place)
    return "".join(found), places


class Veil:
    """Masks text by its rules, and counts how often each was applied.

    `labels` are the words that stand for what was masked; `keep` are tokens that no shape may take: the numbers of
    acts and decisions look like the references of a case.
    """

    def __init__(self, rules: Iterable[Rule], labels: Mapping[str, str], keep: Iterable[str] = ()) -> None:
        """The first rule that finds something at a place gives it its word."""
        self._rules = tuple(rules)
        self._labels = dict(labels)
        kept = sorted({token for token in keep if token}, key=lambda token: (-len(token), token))
        self._keep = (
            re.compile("|".join(rf"(?<![\w/\-]){re.escape(token)}(?!\w|[/\-]\w)" for token in kept)) if kept else None
        )
        self.counts: Counter[RuleId] = Counter()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words that stand for what was masked."""
        return tuple(self._labels.values())

    def mask(self, text: str) -> str:
        """The text with every value and every shape replaced."""
        if not text:
            return text
        plain = _PRIVATE.sub("\N{REPLACEMENT CHARACTER}", text)
        marked = self._values(plain)
        if any(not rule.value for rule in self._rules):
            marked = self._shapes(marked)
        return self._spoken(marked)

    def finds(self, text: str) -> tuple[RuleId, ...]:
        """The rules that still find a value in a text; none after `mask`."""
        seen, _ = folded(text)
        found = (one for one in self._rules if one.value and one.pattern.search(seen if one.folded else text))
        return tuple(dict.fromkeys(one.id for one in found))

    def _values(self, text: str) -> str:
        seen, places = folded(text)
        spans: list[tuple[int, int, int]] = []
        for number, rule in enumerate(self._rules):
            if not rule.value:
                continue
            for found in rule.pattern.finditer(seen if rule.folded else text):
                start, end = found.span()
                if start == end:
                    continue
                if rule.folded:
                    start, end = places[start], _whole(text, places[end - 1] + 1)
                spans.append((start, end, number))
        return self._replaced(text, spans)

    def _replaced(self, text: str, spans: list[tuple[int, int, int]]) -> str:
        """Spans that overlap are one, with the word of the longest."""
        merged: list[tuple[int, int, int, int]] = []
        for start, end, number in sorted(spans):
            if merged and start < merged[-1][1]:
                first, last, longest, by = merged[-1]
                better = (end - start, number) if end - start > longest else (longest, by)
                merged[-1] = (first, max(last, end), *better)
            else:
                merged.append((start, end, end - start, number))
        parts, at = [], 0
        for start, end, _, number in merged:
            parts += [text[at:start], chr(_FIRST + number)]
            self.counts[self._rules[number].id] += 1
            at = end
        return "".join((*parts, text[at:]))

    def _shapes(self, text: str) -> str:
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            if len(held) >= _MOST_HELD:
                return found[0]
            held.append(found[0])
            return chr(_LAST - len(held) + 1)

        for number, rule in enumerate(self._rules):
            if rule.value:
                continue
            if rule.id == "number" and not held:
                # only numbers may be mistaken for dates and for the names of acts
                text = _DATES.sub(hold, self._keep.sub(hold, text) if self._keep is not None else text)
            text = rule.pattern.sub(self._taker(number, rule), text)
        back = {chr(_LAST - place): word for place, word in enumerate(held)}
        return _PRIVATE.sub(lambda one: back.get(one[0], one[0]), text)

    def _taker(self, number: int, rule: Rule) -> Callable[[re.Match[str]], str]:
        def taken(found: re.Match[str]) -> str:
            if sum(char.isdigit() for char in found[0]) < rule.least_digits:
                return found[0]
            self.counts[rule.id] += 1
            return chr(_FIRST + number)

        return taken

    def _spoken(self, text: str) -> str:
        """The marks as words; what stands beside the same word is that word once."""
        kinds = [self._rules[ord(one) - _FIRST].id if _PRIVATE.match(one) else "" for one in text]
        parts = [self._labels[kind] if kind else char for kind, char in zip(kinds, text, strict=True)]
        for place, (one, other) in enumerate(pairwise(kinds)):
            if one and one == other:
                parts[place] = ""
        return "".join(parts)


def _whole(text: str, end: int) -> int:
    """Where a character ends that accents or invisible characters follow."""
    while end < len(text) and not _folded_char(text[end]):
        end += 1
    return end
