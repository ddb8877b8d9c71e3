"""Today's list of cases, read from the lists in the vault: neither the law nor a holiday is needed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dsar.vault.lists import ALL, OVERDUE, WHO, lower
from dsar.vault.lists_tables import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dsar.core.listed import Listed
    from dsar.desk.office import Desk
    from dsar.vault.lists import Choice, Lists

Row = tuple[Any, ...]
"""A row as the vault's lists give it: rank, due, ref, subject, controller, owner, campaign, wave, JSON."""


def agenda(desk: Desk, choice: Choice = ALL) -> list[dict[str, Any]]:
    """All cases as they stand on the desk's day: who must act, what is due, what comes next; ours to do first."""
    return list(every(desk, choice))


def every(desk: Desk, choice: Choice = ALL) -> Iterator[dict[str, Any]]:
    """As `agenda`, row by row.

    Read from the lists, except where a case has a fact after the desk's day: the lists know it, the day does not.
    """
    kept = current(desk)
    past = _past(desk, choice)
    rows = kept.every(desk.today.toordinal(), choice)
    if past:
        from heapq import merge  # noqa: PLC0415 - only for a day in the past

        rows = merge(rows, past, key=_order)
    return map(shown, rows)


def page(desk: Desk, choice: Choice, *, offset: int, limit: int) -> list[dict[str, Any]]:
    """Some rows of the agenda, from the one after `offset` on."""
    if limit < 0:
        return agenda(desk, choice)[offset:]
    kept, day = current(desk), desk.today.toordinal()
    past = _past(desk, choice)
    if not past:
        return [shown(row) for row in kept.page(day, choice, offset=offset, limit=limit)]
    rows = sorted([*kept.page(day, choice, limit=offset + limit), *past], key=_order)
    return [shown(row) for row in rows[offset : offset + limit]]


def counts(desk: Desk, choice: Choice = ALL) -> dict[tuple[str, str], int]:
    """How many cases stand how: by who must act and the next step; of ("", "overdue") how many are overdue."""
    kept = current(desk)
    numbers = kept.counts(desk.today.toordinal(), choice)
    found = {(WHO[rank] if rank >= 0 else "", step): count for (rank, step), count in numbers.items()}
    for one in _chosen_past(desk, choice):
        phase = one.phases[0]
        key = WHO[phase.rank], phase.step
        found[key] = found.get(key, 0) + 1
        found["", OVERDUE] += int(phase.overdue)
    return found


def refs(desk: Desk, *, subject: str = "", controller: str = "", campaign: str = "", mandate: str = "") -> list[str]:
    """The cases of a data subject (id), against a controller (name), of a campaign, on a mandate, by reference."""
    return current(desk).refs(subject=subject, controller=controller, campaign=campaign, mandate=mandate)


def current(desk: Desk) -> Lists:
    """The lists of the vault, made anew where another version of the program wrote them."""
    from dsar import __version__  # noqa: PLC0415 - one string

    if desk.vault.lists.version not in {__version__, ""}:
        from dsar.desk.projecting import rebuild  # noqa: PLC0415 - only after an update

        with desk.vault.transaction():
            # a colleague may have made them anew while we waited for the lock
            if desk.vault.lists.version not in {__version__, ""}:
                rebuild(desk)
    return desk.vault.lists


def folded(desk: Desk) -> list[dict[str, Any]]:
    """The same rows, each read from its log: what the lists must equal."""
    return [shown(_row(one)) for one in sorted(_read(desk, desk.vault.cases()), key=lambda one: _order(_row(one)))]


def shown(row: Row) -> dict[str, Any]:
    """A row as `--json` shows it."""
    rank, _, ref, subject, controller, owner, campaign, wave, body = row
    said = json.loads(body)
    return {
        "ref": ref,
        "subject": subject,
        "controller": controller,
        "owner": owner,
        "campaign": campaign,
        "wave": wave,
        "who": WHO[rank],
        "outcome": said["outcome"],
        "due": next((step["due"] for step in said["next"] if step.get("due")), None),
        "next": said["next"],
        "deadlines": said["deadlines"],
    }


def _past(desk: Desk, choice: Choice) -> list[Row]:
    return sorted((_row(one) for one in _chosen_past(desk, choice)), key=_order)


def _chosen_past(desk: Desk, choice: Choice) -> list[Listed]:
    """The cases that have a fact after the desk's day, as their logs say they stood on it."""
    changed = desk.vault.lists.changed_after(desk.today.toordinal())
    return [one for one in _read(desk, changed) if _fits(one, choice)] if changed else []


def _read(desk: Desk, names: Iterable[str]) -> Iterator[Listed]:
    from dsar.desk import wording  # noqa: PLC0415 - only a day in the past needs a log
    from dsar.desk.office import read  # noqa: PLC0415 - as above
    from dsar.desk.projecting import phase, row  # noqa: PLC0415 - as above

    words = wording.speaker(desk, "en")
    for ref in names:
        file = read(desk, ref)
        if file.case.opened.on <= desk.today:
            yield row(file, desk.today, (phase(words, file, desk.today),))


def _row(one: Listed) -> Row:
    phase = one.phases[0]
    due = phase.due.toordinal() if phase.due is not None else FOREVER
    who = one.ref, one.subject_name, one.controller_name, one.owner, one.campaign, one.wave
    return (phase.rank, due, *who, phase.body)


def _order(row: Row) -> tuple[int, int, str]:
    return row[0], row[1], row[2]


def _fits(one: Listed, choice: Choice) -> bool:
    """Whether a case that was read from its log is among the chosen: as the vault's lists choose."""
    rank, due, *_ = _row(one)
    phase = one.phases[0]
    return all(
        (
            choice.ranks is None or choice.ranks[0] <= rank <= choice.ranks[1],
            choice.within is None or due <= choice.within,
            choice.mine_or_within is None or rank == 0 or due <= choice.mine_or_within,
            not choice.overdue or phase.overdue,
            not choice.step or phase.step == choice.step,
            choice.owner is None or one.owner == choice.owner,
            not choice.campaign or one.campaign == choice.campaign,
            _named(choice.controller, one.controller, one.controller_name),
            _named(choice.subject, one.subject, one.subject_name),
        )
    )


def _named(wanted: str, id: str, name: str) -> bool:  # noqa: A002 - the field's own name
    return not wanted or wanted == id or lower(wanted) in lower(name)
