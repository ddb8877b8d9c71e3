"""Splitting a dossier into parts of a given size, by whole exhibits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.paper.dossier.plan import Bound

# What a page of our own adds to its layer, and what a part needs besides: fonts, bookmarks, its note.
_PAGE = 2_000
_PART = 120_000


def groups(pieces: Sequence[Bound], most: int, *, front: int) -> list[list[Bound]]:
    """The pieces in order, in as few groups as fit into `most` bytes each; the first one has `front` bytes already.

    An exhibit and its attachments stay together, and so does what an annex opens, if it fits; an exhibit that is too
    large for any part is a part of its own. The first group is empty where not even one exhibit fits behind the front.
    """
    found: list[list[Bound]] = [[]]
    room, whole_part = most - front - _PART, most - _PART
    wholes = _wholes(pieces)
    sizes = [sum(one.layer.size + _PAGE * one.pages for one in whole) for whole in wholes]
    for index, (whole, size) in enumerate(zip(wholes, sizes, strict=True)):
        wanted = _of_annex(wholes, sizes, index)
        if (wanted if wanted <= whole_part else size) > room and (found[-1] or len(found) == 1):
            found.append([])
            room = whole_part
        found[-1] += whole
        room -= size
    return found


def _of_annex(wholes: Sequence[Sequence[Bound]], sizes: Sequence[int], index: int) -> int:
    """The size of an exhibit; of an annex, with all that follows it up to the next one: one person, one part."""
    if not wholes[index][0].piece.is_annex:
        return sizes[index]
    behind = range(index + 1, len(wholes))
    end = next((at for at in behind if wholes[at][0].piece.is_annex), len(wholes))
    return sum(sizes[index:end])


def _wholes(pieces: Sequence[Bound]) -> list[list[Bound]]:
    found: list[list[Bound]] = []
    for one in pieces:
        # an annex stays with the first exhibit behind it
        if one.piece.is_part or (found and found[-1][-1].piece.is_annex):
            found[-1].append(one)
        else:
            found.append([one])
    return found
