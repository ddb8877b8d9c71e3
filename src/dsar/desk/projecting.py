"""The disposable projection: one row per case, so that today's lists need neither the law nor the holidays.

A row holds the standing of its case for every day from the last fact on, as phases: each begins on a day on which
something changes by itself, because a deadline has passed. It is written with each append, and can be rebuilt.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dsar import __version__
from dsar.core.events import Opened
from dsar.core.message import plain_address
from dsar.core.standing import REMIND_BEFORE
from dsar.desk import wording
from dsar.desk.office import Desk, File, reading

if TYPE_CHECKING:
    from dsar.core.case import Case
    from dsar.core.events import Entry
    from dsar.core.next_step import Next
    from dsar.letters.words import Words


def project(desk: Desk, ref: str, entries: tuple[Entry, ...]) -> None:
    """Write the row of a case anew."""
    desk.vault.project(ref, row(desk, ref, entries))


def rebuild(desk: Desk) -> int:
    """Write every row anew; the number of cases."""
    with desk.vault.transaction():
        desk.vault.clear_projection()
        refs = desk.vault.cases()
        for ref in refs:
            project(desk, ref, desk.vault.log(ref))
    return len(refs)


def row(desk: Desk, ref: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The projection of a case: who it is about, its deadlines, and its phases with the day each begins."""
    last = max(entry.event.on for entry in entries)
    words = wording.speaker(desk, "en")
    seen: dict[date, File] = {}
    waiting = {last}
    while waiting:  # a passing day may start a clock of its own: silence is a grievance, and grievances have limits
        day = min(waiting)
        seen[day] = reading(desk, ref, entries, day)
        waiting = {turn for turn in waiting | _turns(seen[day]) if turn > day}
    opened = seen[last].case
    return {
        "version": __version__,
        "ref": ref,
        "subject": opened.opened.subject.name,
        "controller": opened.opened.controller.name,
        "owner": opened.owner,
        "addresses": correspondents(opened),
        "phases": [phase(words, file, day) for day, file in sorted(seen.items(), key=lambda item: item[0])],
    }


def correspondents(case: Case) -> list[str]:
    """The e-mail addresses of the other side, as the record has them and as letters went out, in lower case."""
    controller = case.opened.controller
    sent = (sending.fact for letter in case.letters for sending in letter.sendings)
    known = (*controller.emails, controller.dpo, *(one.to for one in sent if one.channel == "email"))
    return sorted({plain_address(one).casefold() for one in known if "@" in one})


def _turns(file: File) -> set[date]:
    """The days on which something changes by itself: after each deadline, and when a limit of ours comes near."""
    ends = {day + timedelta(days=1) for due in file.due for day in (due.strict, due.safe) if day is not None}
    near = {due.strict - REMIND_BEFORE for due in file.due if due.binds == "us" and due.strict is not None}
    revoked = {file.revoked} if file.revoked is not None else set()
    return ends | near | revoked


def refresh(desk: Desk, mandate: str) -> None:
    """Write the rows of the cases that stand on a mandate anew: it was revoked."""
    for ref in desk.vault.cases():
        entries = desk.vault.log(ref)
        opened = entries[0].event
        if isinstance(opened, Opened) and opened.mandate is not None and opened.mandate.id == mandate:
            project(desk, ref, entries)


def phase(words: Words, file: File, day: date) -> dict[str, Any]:
    """How a case stands from a day on: as a list shows it."""
    standing = file.standing
    return {
        "from": day.isoformat(),
        "who": standing.who,
        "outcome": standing.outcome,
        "next": [step_row(words, step) for step in standing.steps],
        "deadlines": [
            {
                "id": deadline.id,
                "for": deadline.binds,
                "strict": iso(deadline.strict),
                "safe": iso(deadline.safe),
                "met": iso(deadline.met),
            }
            for deadline in file.due
        ],
    }


def step_row(words: Words, step: Next) -> dict[str, Any]:
    """A next step as `--json` shows it."""
    found: dict[str, Any] = {"id": step.id, "command": f"dsar {step.command}", "why": wording.next_words(words, step)}
    if step.due is not None:
        found["due"] = step.due.isoformat()
    if step.against:
        found["against"] = [words.say("next", f"against.{key}", **dict(values)) for key, values in step.against]
    return found


def iso(day: date | None) -> str | None:
    """A date for JSON."""
    return day.isoformat() if day is not None else None
