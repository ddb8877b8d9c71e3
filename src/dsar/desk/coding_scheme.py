"""The coding scheme of a vault: the shipped one, and the files that the organisation added, kept for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study.scheme import Scheme, content, joined
from dsar.study.scheme_facts import reserved

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

SCHEME = "scheme"
"""The kind of record that keeps an added file: its id is its number, `0001`."""


def whole(desk: Desk) -> Scheme:
    """The scheme by which cases are coded in this vault."""
    return joined(_kept(desk))


def add(desk: Desk, path: Path) -> tuple[Scheme, tuple[str, ...]]:
    """Add an organisation's own variables; the scheme that follows, and what is new in it (nothing: it was known).

    A file that was added before may be added again with more in it.

    Raises:
        NoSchemeFileError, SchemeFileError: it cannot be used; nothing was added.
    """
    with desk.vault.transaction():
        kept = _kept(desk)
        before = joined(kept)
        text = content(path)
        after = joined((*kept, (path.name, text)), reserved() | law_facts())
        known = {code.id for code in before.codes}
        new = tuple(code.id for code in after.codes if code.id not in known)
        if after != before:
            body = {"name": path.name, "text": text.decode(), "at": desk.now, "by": desk.by, "version": after.version}
            desk.vault.put_record(SCHEME, f"{len(kept) + 1:04}", body)
    return after, new


def law_facts() -> frozenset[str]:
    """The demands and breaches of the law book: reviews and judgments find them, in the log."""
    from dsar.lawbook.load import breaches, demands  # noqa: PLC0415 - only where a name is in question

    return frozenset({*demands(), *breaches()})


def _kept(desk: Desk) -> tuple[tuple[str, bytes], ...]:
    found = desk.vault.records(SCHEME)
    return tuple((str(body["name"]), str(body["text"]).encode()) for _, body in sorted(found.items()))
