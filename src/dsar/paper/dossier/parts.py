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

    An exhibit and its attachments stay together; one that is too large for any part is a part of its own. The first
    group is empty where not even one exhibit fits behind the front.
    """
    found: list[list[Bound]] = [[]]
    room = most - front - _PART
    for whole in _wholes(pieces):
        size = sum(one.layer.size + _PAGE * one.pages for one in whole)
        if size > room and (found[-1] or len(found) == 1):
            found.append([])
            room = most - _PART
        found[-1] += whole
        room -= size
    return found


def _wholes(pieces: Sequence[Bound]) -> list[list[Bound]]:
    found: list[list[Bound]] = []
    for one in pieces:
        if one.piece.is_part:
            found[-1].append(one)
        else:
            found.append([one])
    return found
