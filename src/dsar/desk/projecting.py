"""What the lists keep of a case: how it stands on every day from its last fact on, and its facts for who counts.

A case stands the same for a stretch of days, a phase: each begins on a day on which something changes by itself,
because a deadline has passed. So today's lists need neither the law nor the holidays. All of it is written with each
append, and can be made again.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dsar import __version__
from dsar.core.limits import REMIND_BEFORE
from dsar.core.listed import Listed, Phase
from dsar.core.message import plain_address
from dsar.desk import factrow, wording
from dsar.desk.counting import facts
from dsar.desk.office import Desk, File, on_days, reading
from dsar.letters.once import reading_once
from dsar.vault.lists import WHO

if TYPE_CHECKING:
    from collections.abc import Generator

    from dsar.core.case import Case
    from dsar.core.events import Entry
    from dsar.core.next_step import Next
    from dsar.letters.words import Words


def project(desk: Desk, ref: str, entries: tuple[Entry, ...]) -> None:
    """Write the rows of a case anew."""
    desk.vault.lists.put(listed(desk, ref, entries), __version__)


def projected(desk: Desk, ref: str, entries: tuple[Entry, ...]) -> File:
    """Write the rows of a case anew; the case as it reads on the desk's day."""
    last = _last(entries)
    readings = on_days(desk, ref, entries, last)
    desk.vault.lists.put(_listed(desk, readings, last), __version__)
    # what was computed for the lists holds on each later day; an earlier one does not know all the facts
    return readings.send(desk.today) if desk.today >= last else reading(desk, ref, entries, desk.today)


def rebuild(desk: Desk) -> int:
    """Write the rows of every case anew; the number of cases."""
    with reading_once(), desk.vault.transaction():
        desk.vault.lists.clear()
        refs = desk.vault.cases()
        for ref in refs:
            project(desk, ref, desk.vault.log(ref))
        desk.vault.lists.finished(__version__)
    return len(refs)


def listed(desk: Desk, ref: str, entries: tuple[Entry, ...]) -> Listed:
    """The rows of a case: who it is about, its phases with the day each begins, and its facts."""
    last = _last(entries)
    return _listed(desk, on_days(desk, ref, entries, last), last)


def _last(entries: tuple[Entry, ...]) -> date:
    return max(entry.event.on for entry in entries)


def _listed(desk: Desk, readings: Generator[File, date, None], last: date) -> Listed:
    """The rows of a case that is read on the day of its last fact, and then on each day that is sent."""
    words = wording.speaker(desk, "en")
    first = next(readings)
    phases, waiting = {last: phase(words, first, last)}, _turns(first)
    while waiting := {turn for turn in waiting if turn > max(phases)}:
        # a passing day may start a clock of its own: silence is a grievance, and grievances have limits
        day = min(waiting)
        file = readings.send(day)
        phases[day] = phase(words, file, day)
        waiting |= _turns(file)
    return row(first, last, tuple(phases.values()), factrow.encode(facts(desk, first, last)))


def row(file: File, last: date, phases: tuple[Phase, ...], said: str = "") -> Listed:
    """A case as it was read on a day, with its phases; `said` are its facts as JSON, where they are wanted."""
    opened = file.case.opened
    return Listed(
        ref=file.case.ref,
        subject=opened.subject.id,
        subject_name=opened.subject.name,
        controller=opened.controller.id,
        controller_name=opened.controller.name,
        owner=file.case.owner,
        campaign=opened.campaign,
        wave=opened.wave,
        mandate=opened.mandate.id if opened.mandate is not None else "",
        closed=file.case.closed is not None and file.case.closed.outcome != "open",
        last=last,
        addresses=correspondents(file.case),
        phases=phases,
        facts=said,
    )


def correspondents(case: Case) -> tuple[str, ...]:
    """The e-mail addresses of the other side, as the record has them and as letters went out, in lower case."""
    controller = case.opened.controller
    sent = (sending.fact for letter in case.letters for sending in letter.sendings)
    known = (*controller.emails, controller.dpo, *(one.to for one in sent if one.channel == "email"))
    return tuple(sorted({" ".join(plain_address(one).casefold().split()) for one in known if "@" in one}))


def _turns(file: File) -> set[date]:
    """The days on which something changes by itself: after each deadline, and when a limit of ours comes near."""
    ends = {day + timedelta(days=1) for due in file.due for day in (due.strict, due.safe) if day is not None}
    near = {due.strict - REMIND_BEFORE for due in file.due if due.binds == "us" and due.strict is not None}
    revoked = {file.revoked} if file.revoked is not None else set()
    return ends | near | revoked


def refresh(desk: Desk, mandate: str) -> None:
    """Write the rows of the cases that stand on a mandate anew: it was revoked."""
    from dsar.desk.lists import refs  # noqa: PLC0415 - only here

    for ref in refs(desk, mandate=mandate):
        project(desk, ref, desk.vault.log(ref))


def phase(words: Words, file: File, day: date) -> Phase:
    """How a case stands from a day on: as a list shows it."""
    standing = file.standing
    steps = [step_row(words, step) for step in standing.steps]
    body = {
        "outcome": standing.outcome,
        "next": steps,
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
    return Phase(
        begins=day,
        rank=WHO.index(standing.who),
        due=next((step.due for step in standing.steps if step.due is not None), None),
        step=steps[0]["id"] if steps else "",
        overdue=file.case.closed is None and any(_overdue(file, day)),
        body=json.dumps(body, ensure_ascii=True, separators=(",", ":")),
    )


def _overdue(file: File, day: date) -> list[bool]:
    """Of each last day of the other side and of an authority, whether it has passed safely without being met."""
    return [due.met is None and due.safe is not None and due.safe < day for due in file.due if due.binds != "us"]


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
