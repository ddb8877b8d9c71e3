"""The linter of letters: what a person would notice only when a letter has gone wrong."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dsar.core.rights import REQUESTS
from dsar.letters import rules, wording
from dsar.letters.errors import LetterFileError
from dsar.letters.find import files, languages
from dsar.letters.front import Template, read
from dsar.letters.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.law import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault: the file as `en/notice.md.j2`, the line or the key, and what is wrong."""

    file: str
    where: str
    text: str


def check(roots: tuple[Path, ...], law: Law) -> tuple[Problem, ...]:
    """Every fault in the letters and words of `roots`, by file; nothing if they are clean."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    templates: list[Template] = []
    for lang in languages(roots):
        try:
            words[lang] = Words(lang, roots)
        except LetterFileError as error:
            problems.append(_problem(error))
    for path in files(roots):
        try:
            templates.append(read(path))
        except LetterFileError as error:
            problems.append(_problem(error))
    try:
        problems += _found(rules_of_words(words, law))
    except LetterFileError as error:
        problems.append(_problem(error))
    for template in templates:
        if template.lang not in words:
            continue
        try:
            problems += _found(rules.of_letter(template, words[template.lang], law))
        except LetterFileError as error:
            problems.append(_problem(error))
    problems += _found(_across(templates))
    problems += _found(_requests(templates, roots[-1]))
    return tuple(sorted(set(problems), key=lambda one: (one.file, one.where, one.text)))


def rules_of_words(words: dict[str, Words], law: Law) -> Iterator[tuple[str, str, str]]:
    """The faults of the word files: against the law book, and against each other's keys."""
    for one in words.values():
        yield from wording.against_law(one, law)
    yield from wording.against_each_other(words)


def _across(templates: list[Template]) -> Iterator[tuple[str, str, str]]:
    kinds: dict[str, list[Template]] = {}
    for template in templates:
        kinds.setdefault(template.kind, []).append(template)
    for same in kinds.values():
        yield from _missing(same)
        for one, other in pairwise(same):
            for key in (
                "demands",
                "to",
                "sender",
                "asserts",
                "fits",
                "rights",
                "sectors",
                "identifiers",
                "asks",
                "claims",
            ):
                if getattr(one, key) != getattr(other, key):
                    yield other.place, key, f"it differs from {one.place}: the same letter does the same everywhere"
    yield from wording.repeated(templates)


def _requests(templates: list[Template], shipped: Path) -> Iterator[tuple[str, str, str]]:
    """First requests of which nobody could say which one is meant, or whose receipt would start no clock."""
    seen: dict[tuple[str, tuple[object, ...]], Template] = {}
    for template in templates:
        if "first-request" not in template.fits:
            continue
        if template.kind not in REQUESTS and template.path.is_relative_to(shipped):
            yield template.place, "fits", "the program does not list it among the first requests (core/rights.py)"
        for some in template.rights or ((),):
            narrowed = (frozenset(some), template.regimes, template.sectors, template.identifiers)
            first = seen.setdefault((template.lang, narrowed), template)
            if first is not template:
                yield template.place, "rights", f"{first.place} fits the same cases: say what sets them apart"


def _missing(same: list[Template]) -> Iterator[tuple[str, str, str]]:
    having = {one.lang for one in same}
    for one in same:
        for lang in one.languages:
            if lang not in having:
                yield one.place, "languages", f"the letter is meant for “{lang}” and does not exist in it"
        if one.lang not in one.languages:
            yield one.place, "languages", f"the letter is not meant for its own language “{one.lang}”"


def _found(faults: Iterator[tuple[str, str, str]]) -> list[Problem]:
    return [Problem(file=file, where=where, text=text) for file, where, text in faults]


def _problem(error: LetterFileError) -> Problem:
    values = error.values
    return Problem(file=str(values["file"]), where=str(values["key"]), text=str(values["problem"]))
