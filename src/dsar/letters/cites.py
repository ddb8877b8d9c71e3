"""Citation keys as a language writes them: `gdpr:15.1.c` becomes "Article 15(1)(c) GDPR"."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from dsar.letters.errors import CitationError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dsar.letters.lang import Lang, Source

_RANGE = re.compile(r"(\d+)-(\d+)")
_ARTICLE = re.compile(r"\d+[a-zA-Z]?(\.\d+[a-z]?)?(\.[a-z]{1,3})?")


def written(keys: Sequence[str], lang: Lang, join: Callable[[Sequence[str]], str]) -> str:
    """The citations in their order; neighbours from one source share its name: "Articles 12(3) and 15(1) GDPR".

    Raises:
        CitationError: a key is malformed, or the language does not know its source.
    """
    parts = [_split(key, lang) for key in dict.fromkeys(keys)]
    groups = []
    for name, members in groupby(parts, key=lambda part: part[0]):
        source, refs = lang.sources[name], [ref for _, ref in members]
        shown = _ended([_reference(ref, source, lang) for ref in refs], refs, source)
        several = len(refs) > 1 or _RANGE.fullmatch(refs[0])
        each = [source.each.format(ref=ref) for ref in shown]
        groups.append(source.many.format(refs=join(each)) if several else source.one.format(ref=shown[0]))
    return join(groups)


def _ended(shown: list[str], refs: list[str], source: Source) -> list[str]:
    """A divided reference with what ends it, but not where the separator of a list follows it."""
    before_separator = len(refs) - 2
    return [
        text + source.end if "." in ref and place >= before_separator else text
        for place, (text, ref) in enumerate(zip(shown, refs, strict=True))
    ]


def _split(key: str, lang: Lang) -> tuple[str, str]:
    name, colon, ref = key.partition(":")
    source = lang.sources.get(name)
    if source is None or not colon or not ref.strip():
        raise CitationError(file=lang.file, key=key)
    if source.paragraph and not _ARTICLE.fullmatch(ref) and not _RANGE.fullmatch(ref):
        raise CitationError(file=lang.file, key=key)
    return name, ref


def _reference(ref: str, source: Source, lang: Lang) -> str:
    bounds = _RANGE.fullmatch(ref)
    if bounds:
        return lang.range.format(first=bounds[1], last=bounds[2])
    if not source.paragraph:
        return ref
    article, *rest = ref.split(".")
    paragraph = source.article.get(article, source.paragraph)
    for piece in rest:
        pattern = paragraph if piece[0].isdigit() else source.point
        article += pattern.format(n=piece)
    return article
