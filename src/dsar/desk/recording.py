"""Writing facts down: each command of the case worker is one append, whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dsar.desk.errors import FutureDateError
from dsar.desk.finding import note
from dsar.desk.office import Desk, File, find, read
from dsar.desk.projecting import projected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.events import Event


def append(desk: Desk, file: File, *events: Event) -> File:
    """Write facts into the log of a case that was read before, and its projection, in one transaction.

    Raises:
        FutureDateError: a fact lies after the last day on which it can have happened.
        ConflictError: somebody else wrote to the case since it was read.
    """
    for event in events:
        not_in_future(event.on, desk.today)
    ref = file.case.ref
    with desk.vault.transaction():
        written = desk.vault.append(ref, events, expect=len(file.entries), now=desk.now, by=desk.by)
        note(desk, ref, written)
        # nothing came between: the log has as many entries as its writer saw, and it only grows
        after = projected(desk, ref, (*file.entries, *written))
        if file.case.opened.campaign:
            from dsar.desk.campaigning import follow  # noqa: PLC0415 - only for a case of a campaign

            follow(desk, file.case, after.entries, events)
    return after


def not_in_future(on: date, last: date) -> None:
    """Refuse a day that has not come yet; `last` is the desk's."""
    if on > last:
        raise FutureDateError(on=on.isoformat(), today=last.isoformat())


@contextmanager
def working_on(desk: Desk, ref: str | None) -> Iterator[File]:
    """Read a case and keep what is stored meanwhile in one transaction: evidence and fact together, or neither."""
    name = find(desk, ref)
    with desk.vault.transaction():
        yield read(desk, name)
