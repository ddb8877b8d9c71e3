"""Planning a wave: which people against which controllers. Planned twice, it is as planned once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.campaign import Seat
from dsar.desk import campaigning, people
from dsar.desk.directory import one as one_controller
from dsar.desk.directory_packs import pack
from dsar.desk.enrolling import everybody, in_group
from dsar.errors import DsarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dsar.desk.campaign_table import Row
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk

MANY = 300
"""More seats than that are not added before a person has seen their number."""


class NobodyError(UsageError):
    """A plan without people or without controllers."""

    sentence = "A wave needs {what}: say {options}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a plan comes to: the seats that are new, how many there were in this wave, and `elsewhere` in another.

    `problems` are lines of files and names that could not be used, each with its reason.
    """

    new: tuple[Seat, ...]
    known: int
    elsewhere: int
    problems: tuple[str, ...]


def who(desk: Desk, *, groups: Sequence[str], subjects: Sequence[str], everyone: bool) -> tuple[str, ...]:
    """The ids of the people that are meant, each once.

    Raises:
        NobodyError: nobody is.
        NoPersonError, SeveralPeopleError: somebody who was named is not in the register, or not only once.
    """
    found = [people.subject(desk.vault, name).id for name in subjects]
    found += [id for group in groups for id in in_group(desk, group)]  # noqa: A001 - the word of the register
    if everyone:
        found += [one.id for one in people.subjects(desk.vault) if one.id != people.SELF]
    if not found:
        options = "--group GROUP, --subject ID or --all (`dsar subject list` shows them)"
        raise NobodyError(what="people", options=options)
    return tuple(dict.fromkeys(found))


def whom(where: Directory, *, names: Sequence[str], packs: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the controllers that are meant, and what is wrong with the others.

    Raises:
        NobodyError: none is.
        NoPackError: there is no such pack.
    """
    said = [*names, *(id for name in packs for id in pack(where, name).controllers)]  # noqa: A001 - as above
    found, problems = [], []
    for name in said:
        try:
            found.append(one_controller(where, name).controller.id)
        except DsarError as error:
            problems.append(str(error))
    if not said:
        raise NobodyError(what="controllers", options="--controller NAME, --pack ID or --controllers FILE")
    return tuple(dict.fromkeys(found)), tuple(problems)


def pairs(desk: Desk, where: Directory, rows: Iterable[Row]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The pairs of a table with the columns `subject` and `controller`, and what is wrong with the other lines."""
    found: dict[tuple[str, str], None] = {}
    problems, controllers = [], dict[str, str]()
    numbers = {kept.external: id for id, kept in everybody(desk).items() if kept.external}  # noqa: A001 - as above
    for row in rows:
        said, against = row.cells.get("subject", ""), row.cells.get("controller", "")
        try:
            if against not in controllers:
                controllers[against] = one_controller(where, against).controller.id
            who_ = people.subject(desk.vault, numbers.get(said, said)).id
        except DsarError as error:
            problems.append(f"Line {row.line}: {error}")
            continue
        if (who_, controllers[against]) in found:
            problems.append(f"Line {row.line}: {said} against {against} stands in an earlier line.")
        found[who_, controllers[against]] = None
    return tuple(found), tuple(problems)


def planned(
    desk: Desk,
    id: str,  # noqa: A002 - its own name
    wave: int,
    wanted: Iterable[tuple[str, str]],
    *,
    again: bool = False,
    problems: tuple[str, ...] = (),
) -> Planned:
    """What a plan would add; nothing is written. Whoever has a seat against that controller gets no second one.

    `again` gives one also to those who have it in another wave: the same is asked a second time.
    """
    plan = campaigning.campaign(desk, id)
    waves: dict[tuple[str, str], set[int]] = {}
    for one in campaigning.seats(desk, plan.id):
        waves.setdefault((one.subject, one.controller), set()).add(one.wave)
    new, known, elsewhere = [], 0, 0
    for subject, controller in dict.fromkeys(wanted):
        had = waves.get((subject, controller), set())
        if wave in had:
            known += 1
        elif had and not again:
            elsewhere += 1
        else:
            new.append(Seat(campaign=plan.id, wave=wave, subject=subject, controller=controller))
    return Planned(new=tuple(new), known=known, elsewhere=elsewhere, problems=problems)


def add(desk: Desk, plan: Planned) -> int:
    """Write the new seats of a plan; how many there were still to add."""
    with desk.vault.transaction():
        fresh = [one for one in plan.new if campaigning.seat(desk, one.id) is None]
        for one in fresh:
            campaigning.put(desk, one)
    return len(fresh)
