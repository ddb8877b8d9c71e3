"""Hand-over: the open cases of one case worker, or of a campaign, go to another, with a note in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.events import Assigned, Noted
from dsar.desk.batches import Ran, Told, in_batches
from dsar.desk.lists import every
from dsar.desk.office import read
from dsar.desk.recording import append
from dsar.errors import NotFoundError, UsageError
from dsar.vault.lists import Choice

if TYPE_CHECKING:
    from dsar.desk.office import Desk


class NothingToHandError(NotFoundError):
    """No open case is so."""

    sentence = "No open case is so: `dsar agenda --owner NAME` lists those of somebody."


class NobodyError(UsageError):
    """A case is handed to nobody."""

    sentence = "Say who takes over: a name on one line, of 100 characters at most."


_LONGEST = 100


def cases_of(desk: Desk, *, owner: str | None, campaign: str) -> tuple[str, ...]:
    """The cases that are not closed of a case worker ("": of nobody), of a campaign, or both.

    Raises:
        NothingToHandError: there is none.
    """
    rows = every(desk, Choice(owner=owner, campaign=campaign))
    found = tuple(row["ref"] for row in rows if row["outcome"] == "open")
    if not found:
        raise NothingToHandError
    return found


def hand_over(desk: Desk, refs: tuple[str, ...], to: str, note: str, told: Told) -> Ran:
    """Give cases to another case worker, with a note in each, batch by batch; one of theirs stays as it is.

    Raises:
        NobodyError: no name.
    """
    name = " ".join(to.split())
    if not name or len(name) > _LONGEST:
        raise NobodyError

    def act(ref: str) -> bool:
        file = read(desk, ref)
        if file.case.owner == name:
            return False
        notes = (Noted(on=desk.today, text=note),) if note else ()
        append(desk, file, Assigned(on=desk.today, to=name), *notes)
        return True

    return in_batches(desk, refs, act, told)
