"""The rules for words: what the law book and the other languages expect, and what is said twice."""

from __future__ import annotations

import re
from itertools import pairwise
from string import Formatter
from typing import TYPE_CHECKING

from dsar.letters.errors import CitationError
from dsar.letters.words import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.law import Law
    from dsar.letters.front import Template
    from dsar.letters.words import Words

Fault = tuple[str, str, str]

_OPEN_TABLES = ("labels:country.",)  # lists that each language may hold to its own length
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_TAG_LINE = re.compile(r"^\s*(\{%|#|\||-|$)")


def against_law(words: Words, law: Law) -> Iterator[Fault]:
    """Demands, breaches and decisions without words, and citations of the law book that the language cannot write."""
    for name in law.demands:
        yield from _lacks(words, "demands", (f"{name}.words", f"{name}.short"))
    for name in law.breaches:
        yield from _lacks(words, "breaches", (f"{name}.title", f"{name}.law", f"{name}.facts"))
    yield from _lacks(words, "holdings", tuple(law.precedents))
    for name, told in words.section("holdings").items():
        if name not in law.precedents:
            yield _file(words.lang.code, "holdings"), name, "the law book has no such decision"
        if not told.strip() or "\n" in told:
            yield _file(words.lang.code, "holdings"), name, "it must be one line"
    for key in _cited(law):
        try:
            words.cite(key)
        except CitationError as error:
            yield words.lang.file, "cite", str(error)


def against_each_other(words: dict[str, Words]) -> Iterator[Fault]:
    """Keys that one language has and another lacks; values that a text uses in one language only."""
    for section in sorted({name for one in words.values() for name in one.section_names()}):
        keys = sorted({key for one in words.values() for key in one.section(section)})
        for key in keys:
            having = {lang: one for lang, one in words.items() if key in one.section(section)}
            if any(f"{section}:{key}".startswith(table) for table in _OPEN_TABLES):
                continue
            for lang in words.keys() - having.keys():
                yield _file(lang, section), key, f"missing; it exists in {', '.join(sorted(having))}"
            yield from _values(section, key, having)


def repeated(templates: list[Template]) -> Iterator[Fault]:
    """Two sentences in a row that stand in two letters of a language."""
    seen: dict[tuple[str, str, str], Template] = {}
    for template in templates:
        for pair in _pairs(template.body):
            first = seen.setdefault((template.lang, *pair), template)
            if first is not template:
                text = f"“{pair[0][:40]}…” stands in {first.place} too: make it a part"
                yield template.place, "text", text


def _lacks(words: Words, section: str, keys: tuple[str, ...]) -> Iterator[Fault]:
    for key in keys:
        if not words.has(section, key):
            yield _file(words.lang.code, section), key, "missing; the law book has it"


def _cited(law: Law) -> list[str]:
    keys = {key for rule in law.demands.values() for key in rule.cites}
    keys |= {key for breach in law.breaches.values() for key in (*breach.cites, *breach.powers)}
    keys |= {term.cite for term in law.terms.values()} | {term.roll_cite for term in law.terms.values()}
    keys |= {cite for record in law.parallels.values() for cite in record.provisions.values()}
    keys |= {cite for regime in law.regimes for cite in regime.own_cites}
    return sorted(keys - {""})


def _values(section: str, key: str, having: dict[str, Words]) -> Iterator[Fault]:
    """A language may leave a value out, but not ask for one that no other language asks for."""
    used = {lang: _names(one.section(section)[key]) for lang, one in having.items()}
    if len(used) < 2:  # noqa: PLR2004 - nothing to compare with
        return
    for lang, names in used.items():
        others = set().union(*(some for other, some in used.items() if other != lang))
        for name in sorted(names - others):
            yield _file(lang, section), key, f"the value {{{name}}} is in no other language"


def _names(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        return {"(broken braces)"}


def _pairs(body: str) -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for line in body.splitlines():
        if not _TAG_LINE.match(line):
            sentences = [" ".join(one.split()) for one in _SENTENCE_END.split(line.strip())]
            pairs |= set(pairwise(sentences))
    return pairs


def _file(lang: str, section: str) -> str:
    return f"{lang}/{FOLDER}/{section}.toml"
