"""Our own limits: when to be reminded of them, and what to do about each."""

from __future__ import annotations

from datetime import timedelta
from shlex import quote
from typing import TYPE_CHECKING

from dsar.core.next_step import Next

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Case
    from dsar.core.deadlines import Deadline

REMIND_BEFORE = timedelta(days=60)
ASKED_FOR = "respond-by"


def limits(case: Case, due: tuple[Deadline, ...], today: date) -> list[Next]:
    """Our own limits that come near, reminded well before they end; one that has passed is said, not forgotten."""
    near = (
        deadline for deadline in due if deadline.binds == "us" and deadline.met is None and deadline.strict is not None
    )
    found = []
    for deadline in near:
        day = deadline.strict
        if day is None or today < day - REMIND_BEFORE or (deadline.id == ASKED_FOR and today <= day):
            continue
        name = {"mandate": "limit-mandate", ASKED_FOR: ASKED_FOR}.get(deadline.id, "limit")
        name += "-passed" if today > day else ""
        due_on = day if today <= day else None
        command = _renewal(case) if deadline.id == "mandate" else f"why {case.ref}"
        found.append(Next(id=name, who="us", command=command, values=(("day", day),), due=due_on))
    return found


def _renewal(case: Case) -> str:
    """The command that drafts a new mandate for the data subject against the controller of the case."""
    opened = case.opened
    return f"mandate new --for {opened.subject.id} --controller {quote(opened.controller.name)}"
