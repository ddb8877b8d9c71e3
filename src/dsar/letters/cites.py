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
        shown = [_reference(ref, source, lang) for ref in refs]
        several = len(refs) > 1 or _RANGE.fullmatch(refs[0])
        groups.append(source.many.format(refs=join(shown)) if several else source.one.format(ref=shown[0]))
    return join(groups)


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
    for piece in rest:
        pattern = source.paragraph if piece[0].isdigit() else source.point
        article += pattern.format(n=piece)
    return article
