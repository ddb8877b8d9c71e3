"""The rules for one letter: what it reads, cites and says."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.parallels import HOME
from dsar.core.rights import ASKABLE, QUESTIONS
from dsar.letters import kinds
from dsar.letters.errors import CitationError
from dsar.letters.jinja import part
from dsar.letters.needs import limited
from dsar.letters.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.law import Law
    from dsar.letters.front import Template
    from dsar.letters.reading import Reading
    from dsar.letters.words import Words

Fault = tuple[str, str, str]

# The last article of the acts whose number of articles is certain.
_LAST = {"gdpr": 99, "eu-charter": 54, "reg-1182-71": 6}
# `trim_blocks` swallows the line break after a tag: at the end of a line of words, the next line would be joined to it.
_SWALLOWED = re.compile(r"^(?!\s*\{%).*[^+]%\}$|^\s*\{%.*%\}.*\S.*[^+]%\}$")


def of_letter(template: Template, words: Words, law: Law) -> Iterator[Fault]:
    """The faults of one letter, with its parts."""
    reading = _reading(template, words, law)
    for finding in reading.findings:
        file = f"{template.lang}/{finding.part}" if finding.part else template.place
        yield file, f"line {finding.line}", finding.text
    for need in template.needs:
        right, path = limited(need)
        if not kinds.path_exists(path):
            yield template.place, "needs", f"there is no `{path}` in a case"
        if right and right not in ASKABLE:
            yield template.place, "needs", f"there is no right “{right}”"
    yield from _declared(template, "cites", reading.cites)
    yield from _declared(template, "precedents", reading.precedents)
    yield from _rights(template, reading, law)
    yield from _occasion(template, words, law)
    yield from _citations(template, words)
    yield from _precedents(template, law)
    yield from _regimes(template, law)
    yield from _claims(template, law)
    yield from _lines(template)
    if "first-request" in template.fits:
        yield from _first_request(template, reading, words)


def _reading(template: Template, words: Words, law: Law) -> Reading:
    from dsar.letters.reads import Reader  # noqa: PLC0415 - loads jinja2

    def text(name: str) -> str | None:
        path = part(words.roots, template.lang, name)
        return path.read_text(encoding="utf-8") if path else None

    reader = Reader(template.needs, text, frozenset(Voice(words, law).filters()))
    for one in (template.subject, template.via, template.body):
        reader.read(one)
    return reader.reading


def _declared(template: Template, key: str, used: set[str]) -> Iterator[Fault]:
    stated = set(getattr(template, key))
    for one in sorted(used - stated):
        yield template.place, key, f"“{one}” is used and not declared"
    for one in sorted(stated - used):
        yield template.place, key, f"“{one}” is declared and not used"


def _rights(template: Template, reading: Reading, law: Law) -> Iterator[Fault]:
    known = {QUESTIONS, *(rule.right for rule in law.demands.values())}
    for right in sorted(set(template.demands) - known):
        yield template.place, "demands", f"no demand belongs to the right “{right}”"
    for right in sorted(reading.rights - set(template.demands)):
        yield template.place, "demands", f"the demands of “{right}” are numbered and not declared"


def _occasion(template: Template, words: Words, law: Law) -> Iterator[Fault]:
    """What says when a first request fits: rights, demands and identifiers that exist."""
    for right in sorted({one for some in template.rights for one in some} - set(ASKABLE)):
        yield template.place, "rights", f"there is no right “{right}”"
    for name in template.asks:
        if name not in law.demands:
            yield template.place, "asks", f"there is no demand “{name}”"
        elif law.demands[name].right not in template.demands:
            yield template.place, "asks", f"“{name}” belongs to “{law.demands[name].right}”, which is not numbered"
    for name in template.identifiers:
        if not words.has("labels", f"identifier.{name}"):
            yield template.place, "identifiers", f"there is no word for “{name}”"


def _citations(template: Template, words: Words) -> Iterator[Fault]:
    for key in template.cites:
        try:
            words.cite(key)
        except CitationError as error:
            yield template.place, "cites", str(error)
        source, _, ref = key.partition(":")
        article = re.match(r"\d+", ref)
        if source in _LAST and article and int(article[0]) > _LAST[source]:
            yield template.place, "cites", f"“{key}”: there is no such article"


def _precedents(template: Template, law: Law) -> Iterator[Fault]:
    for name in template.precedents:
        found = law.precedents.get(name)
        if found is None:
            yield template.place, "precedents", f"“{name}” is not in the law book"
        elif not found.checked:
            yield template.place, "precedents", f"“{name}” was not read at its source"


def _claims(template: Template, law: Law) -> Iterator[Fault]:
    for name in template.claims:
        if name not in law.breaches:
            yield template.place, "claims", f"“{name}” is no breach of the law book"
    if template.claims and not template.asserts:
        yield template.place, "claims", "a letter that claims breaches says so under asserts"


def _regimes(template: Template, law: Law) -> Iterator[Fault]:
    """What a letter cites exists in every law that it is written for, in the version that has no end in sight."""
    elsewhere = [regime for regime in template.regimes if regime != HOME]
    for regime in elsewhere:
        for key in template.cites:
            if law.parallel(key, regime, date.max) is None:
                yield template.place, "regimes", f"“{key}” has no parallel under {regime}"
    if elsewhere and template.precedents:
        yield template.place, "regimes", f"decisions on the GDPR are not cited under {', '.join(elsewhere)}"


def _lines(template: Template) -> Iterator[Fault]:
    for number, line in enumerate(template.body.splitlines(), start=1):
        if _SWALLOWED.match(line.rstrip()):
            yield template.place, f"line {number} of the text", "words and a last tag: end the tag with +%}"


def _first_request(template: Template, reading: Reading, words: Words) -> Iterator[Fault]:
    """C-526/24: a first request states why it is made, and asks for no money."""
    if "purpose" not in reading.names:
        yield template.place, "text", "a first request states its purpose (C-526/24)"
    text = " ".join(" ".join(reading.texts).casefold().split())
    for word in words.lang.damages:
        if word.casefold() in text:
            yield template.place, "text", f"“{word}”: a first request asks no damages (C-526/24)"
    for word in words.lang.campaign:
        if word.casefold() in text:
            yield template.place, "text", f"“{word}”: a first request is no campaign (C-526/24)"
