"""Putting things right: an entry moved to its true day or withdrawn, a whole case erased."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.events import Corrected, Opened
from dsar.desk.errors import CorrectionError, NoEntryError
from dsar.desk.office import find
from dsar.desk.recording import append, not_in_future, working_on

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.events import Fact
    from dsar.desk.office import Desk, File


def move(desk: Desk, ref: str | None, n: int, on: date, because: str) -> File:
    """Entry `n` happened on another day. The wrong entry stays in the log and counts no more."""
    with working_on(desk, ref) as file:
        not_in_future(on, desk.today)
        fact = replace(_fact(file, n), on=on)
        return append(desk, file, Corrected(on=desk.today, replaces=n, by=fact, because=because))


def withdraw(desk: Desk, ref: str | None, n: int, because: str) -> File:
    """Entry `n` did not happen.

    Raises:
        CorrectionError: it opened the case.
    """
    with working_on(desk, ref) as file:
        if isinstance(_fact(file, n), Opened):
            raise CorrectionError(n=n, why="the opening of a case cannot be withdrawn; close or erase the case")
        return append(desk, file, Corrected(on=desk.today, replaces=n, by=None, because=because))


def _fact(file: File, n: int) -> Fact:
    """The fact that holds at entry `n`: a correction is corrected at the entry that it replaced."""
    for held in file.case.held:
        if held.n == n:
            return held.fact
    raise NoEntryError(ref=file.case.ref, what="fact that holds", n=n)


def erase(desk: Desk, ref: str, reason: str) -> tuple[str, tuple[str, ...]]:
    """Erase a case; its reference, and what still holds some of its data."""
    name = find(desk, ref)
    gone = desk.vault.erase(name, reason=reason, now=desk.now)
    still = [f"The backup {path} still holds it: delete it too." for path in gone.backups]
    if gone.shared:
        still.append(f"{len(gone.shared)} file(s) stay, because another case or a mandate needs them.")
    return name, tuple(still)
