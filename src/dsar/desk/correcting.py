"""Putting things right: an entry moved to its true day or withdrawn, a whole case erased."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.about import about
from dsar.core.events import Corrected, Delivered, Opened, Received
from dsar.desk.campaign_proofs import let_go
from dsar.desk.errors import CorrectionError, NoEntryError
from dsar.desk.evidence import shown
from dsar.desk.office import find, read
from dsar.desk.parting import OUTSIDE, lodged
from dsar.desk.recording import append, not_in_future, working_on

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.events import Fact
    from dsar.desk.office import Desk, File


def move(desk: Desk, ref: str | None, n: int, on: date, because: str) -> File:
    """Entry `n` happened on another day, here and there. The wrong entry stays in the log and counts no more."""
    with working_on(desk, ref) as file:
        not_in_future(on, desk.today)
        fact = replace(_fact(file, n), on=on)
        if isinstance(fact, Delivered | Received):
            # the day at the controller's place was that of the instant that was wrong
            fact = replace(fact, on_theirs=None)
        return append(desk, file, Corrected(on=desk.today, replaces=n, by=fact, because=because))


def withdraw(desk: Desk, ref: str | None, n: int, because: str) -> File:
    """Entry `n` did not happen.

    Raises:
        CorrectionError: it opened the case.
    """
    with working_on(desk, ref) as file:
        if isinstance(_fact(file, n), Opened):
            raise CorrectionError(n=n, why="the opening of a case cannot be withdrawn; close or erase the case")
        left = append(desk, file, Corrected(on=desk.today, replaces=n, by=None, because=because))
        others = [str(held.n) for held in file.case.held if about(held.fact) == n]
        told = f"What speaks of entry {n} stays and now hangs in the air: look at entry {', '.join(others)}."
        return replace(left, warnings=(told,)) if others else left


def restore(desk: Desk, ref: str | None, n: int, because: str) -> File:
    """Entry `n` did happen after all: it holds again as it did before it was withdrawn.

    Raises:
        NoEntryError: there never was such a fact.
        CorrectionError: it was not withdrawn.
    """
    with working_on(desk, ref) as file:
        fact, gone = _before_withdrawal(file, n)
        if fact is None:
            raise NoEntryError(ref=file.case.ref, what="fact", n=n)
        if not gone:
            raise CorrectionError(n=n, why="it was not withdrawn, so that there is nothing to restore")
        return append(desk, file, Corrected(on=desk.today, replaces=n, by=fact, because=because))


def _before_withdrawal(file: File, n: int) -> tuple[Fact | None, bool]:
    """The fact that last held at entry `n`, and whether it is withdrawn now."""
    fact: Fact | None = None
    gone = False
    for entry in file.entries:
        match entry.event:
            case Corrected(replaces=number, by=new):
                if number == n:
                    fact, gone = new or fact, new is None
            case said if entry.n == n:
                fact = said
            case _:
                pass
    return fact, gone


def _fact(file: File, n: int) -> Fact:
    """The fact that holds at entry `n`, also one of a day ahead; a correction is corrected at the entry it replaced."""
    fact, gone = _before_withdrawal(file, n)
    if fact is None or gone:
        raise NoEntryError(ref=file.case.ref, what="fact that holds", n=n)
    return fact


def called(desk: Desk, ref: str) -> tuple[str, str]:
    """The whole reference of a case that is to be erased, and between whom it is."""
    opened = read(desk, find(desk, ref)).case.opened
    return find(desk, ref), f"{opened.subject.name} v. {opened.controller.name}"


def erase(desk: Desk, ref: str, reason: str) -> tuple[str, tuple[str, ...]]:
    """Erase a case; its reference, and what still holds some of its data."""
    name = find(desk, ref)
    complaints = lodged(desk, (name,))
    with desk.vault.transaction():
        gone = desk.vault.erase(name, reason=reason, now=desk.now)
        tables = let_go(desk, (name,), reason)
    desk.vault.purge()
    still = [f"The backup {path} still holds it: delete it too." for path in gone.backups]
    if gone.shared:
        still.append(f"{len(gone.shared)} file(s) stay, because another case or a mandate needs them.")
    still += [
        f"The table of the post “{shown(one.document.name)}” of campaign {one.campaign} keeps its line on it until the "
        "other cases in that table are erased."
        for one in tables
    ]
    still += [each.after for each in complaints]
    still.append(OUTSIDE.format(whom="it"))
    return name, tuple(still)
