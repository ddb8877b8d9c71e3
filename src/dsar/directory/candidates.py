"""Which labels of the imported directory are worth comparing with a text: a few hundred of half a million."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from dsar.directory.grams import grams, inner, unpacked
from dsar.directory.store import ADDRESS

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    from dsar.directory.labels import Kind
    from dsar.directory.matching import Query

Candidate = tuple[int, "Kind", str]
Rows = Callable[..., list[Any]]
"""Runs a statement with its values."""

# so many labels are compared letter by letter, and so many numbers are counted to find them
_COMPARED = 300
_COUNTED = 50_000
_FEWEST_GRAMS = 5
_SHORTEST = 3
_COLUMNS = "SELECT record, kind, key FROM label"


def strictly(rows: Rows, query: Query) -> Iterator[Candidate]:
    """The labels that are the text, begin with it, or contain it."""
    yield from _exact(rows, {query.exact, *query.forms, *query.hosts})
    for form in query.forms:
        sql = f"{_COLUMNS} WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
        yield from rows(sql, form, f"{form}\U0010ffff", _COMPARED)
        if len(form) >= _SHORTEST:
            yield from _containing(rows, inner(form))
            yield from _containing(rows, {f"{ADDRESS}{gram}" for gram in inner(form)})


def loosely(rows: Rows, query: Query) -> Iterator[Candidate]:
    """The labels that share the most grams with the text, or stand in it."""
    yield from _exact(rows, query.windows)
    for form in query.forms:
        yield from _numbered(rows, _alike(rows, grams(form)))


def _exact(rows: Rows, keys: Iterable[str]) -> Iterator[Candidate]:
    known = [key for key in keys if key]
    marks = ", ".join("?" * len(known))
    yield from rows(f"{_COLUMNS} WHERE key IN ({marks}) LIMIT ?", *known, _COMPARED)


def _containing(rows: Rows, wanted: Iterable[str]) -> Iterator[Candidate]:
    """The labels that have these grams, the shortest first."""
    sizes = _sizes(rows, wanted)
    if not sizes or sizes[0][0] == 0:
        return
    shared, counted = set(_numbers(rows, sizes[0][1])), sizes[0][0]
    for size, gram in sizes[1:]:
        counted += size
        # what is left is compared anyway: commoner grams would cost more than they sort out
        if len(shared) <= _COMPARED or counted > _COUNTED:
            break
        shared.intersection_update(_numbers(rows, gram))
    yield from _numbered(rows, nsmallest(_COMPARED, shared))


def _alike(rows: Rows, wanted: Iterable[str]) -> list[int]:
    """The labels that share the most grams. The commonest grams are left out where the rarer ones are enough."""
    counts: Counter[int] = Counter()
    counted = 0
    for used, (size, gram) in enumerate(pair for pair in _sizes(rows, wanted) if pair[0]):
        if used >= _FEWEST_GRAMS and counted + size > _COUNTED:
            break
        counts.update(_numbers(rows, gram))
        counted += size
    return _most(counts)


def _most(counts: Counter[int]) -> list[int]:
    """The numbers with the highest counts, of equals the lowest, as many as are compared."""
    levels = Counter(counts.values())
    left, least = _COMPARED, 0
    for level in sorted(levels, reverse=True):
        least, left = level, left - levels[level]
        if left <= 0:
            break
    found = [number for number, count in counts.items() if count >= least]
    found.sort(key=lambda number: (-counts[number], number))
    return found[:_COMPARED]


def _sizes(rows: Rows, wanted: Iterable[str]) -> list[tuple[int, str]]:
    """How many labels have each gram, the fewest first; 0 for a gram that is nowhere."""
    known = sorted(wanted)
    marks = ", ".join("?" * len(known))
    sql = f"SELECT gram, size FROM gram WHERE gram IN ({marks})"  # noqa: S608 - only marks
    sizes = dict.fromkeys(known, 0) | dict(rows(sql, *known))
    return sorted((size, gram) for gram, size in sizes.items())


def _numbers(rows: Rows, gram: str) -> array[int]:
    ((data,),) = rows("SELECT labels FROM gram WHERE gram = ?", gram)
    return unpacked(data)


def _numbered(rows: Rows, numbers: list[int]) -> Iterator[Candidate]:
    marks = ", ".join("?" * len(numbers))
    yield from rows(f"{_COLUMNS} WHERE n IN ({marks})", *numbers)
