"""Reading the same files once for many letters: a wave of a campaign fills thousands of letters from one template.

Outside `reading_once` every letter reads its files anew, so that an edit is seen at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

T = TypeVar("T")

MOST = 512
"""So many things are kept at most; then the oldest goes."""

_shelf: ContextVar[dict[Hashable, Any] | None] = ContextVar("shelf", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within this block the files of letters are looked for and read once."""
    if _shelf.get() is not None:
        yield
        return
    token = _shelf.set({})
    try:
        yield
    finally:
        _shelf.reset(token)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives; within `reading_once` what it gave before for the same key."""
    shelf = _shelf.get()
    if shelf is None:
        return make()
    if key not in shelf:
        if len(shelf) >= MOST:
            del shelf[next(iter(shelf))]
        shelf[key] = make()
    found: T = shelf[key]
    return found
