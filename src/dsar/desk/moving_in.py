"""For people who come from datenanfragen.de: each request of their list becomes a case, with what the list knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsar.desk import acts
from dsar.desk.errors import FutureDateError
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.desk.people import SELF
from dsar.directory.requests import REQUESTS, Problem, read
from dsar.errors import DsarError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.parties import Controller
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk
    from dsar.directory.requests import Line

KIND = "datenanfragen"
"""The kind of record that remembers which line of the list is in which case; it is erased with the case."""

_OF_A_CASE = {"admonition": "a reminder", "complaint": "a complaint", "response": "a response"}


@dataclass(slots=True)
class MovedIn:
    """What became of the list: new cases, lines known already, and lines that were not used."""

    cases: list[str] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


def move_in(desk: Desk, where: Directory, path: Path) -> MovedIn:
    """Take a list over, line by line; each is a case or an entry, or a problem, and done twice nothing is doubled.

    Raises:
        NotRequestsError: it is another file.
    """
    done = MovedIn()
    for line in read(path):
        if isinstance(line, Problem):
            done.problems.append(line)
            continue
        try:
            with desk.vault.transaction():
                _take(desk, where, line, done)
        except DsarError as error:
            done.problems.append(Problem(n=line.n, why=str(error)))
    done.problems.sort(key=lambda one: one.n)
    return done


def _take(desk: Desk, where: Directory, line: Line, done: MovedIn) -> None:
    key = f"{line.reference} {line.on} {line.kind} {line.slug}"
    if desk.vault.record(KIND, key) is not None:
        done.known += 1
        return
    if line.on > desk.today:
        raise FutureDateError(on=line.on.isoformat(), today=desk.today.isoformat())
    if line.kind == "custom":
        done.problems.append(Problem(n=line.n, why="a letter of one's own: the list does not say what it asks for"))
        return
    opens = line.kind in REQUESTS
    ref = _case(desk, where, line) if opens else _known_case(desk, line)
    if not ref:
        done.problems.append(Problem(n=line.n, why=f"no request of the list has the reference {line.reference}"))
        return
    acts.note(replace(desk, today=line.on), ref, _said(line))
    desk.vault.put_record(KIND, key, {"ref": ref, "reference": line.reference, "request": opens})
    if opens:
        done.cases.append(ref)


def _case(desk: Desk, where: Directory, line: Line) -> str:
    then = replace(desk, today=line.on)
    return open_case(then, _controller(where, line), Ask(rights=(line.kind,), subject=SELF)).case.ref


def _known_case(desk: Desk, line: Line) -> str:
    """The case of the request that has the same reference."""
    done = desk.vault.records(KIND).values()
    return next((str(one["ref"]) for one in done if one["request"] and one["reference"] == line.reference), "")


def _controller(where: Directory, line: Line) -> Controller:
    """The record that the list names, as it stands in the directory; else what the list itself says."""
    held = where.get(line.slug) if line.slug else None
    if held is not None:
        return held.controller
    return own_controller(
        name=line.name, email=line.email, address=line.address, country=line.country, sector="general"
    )


def _said(line: Line) -> str:
    what = f"a request ({line.kind})" if line.kind in REQUESTS else _OF_A_CASE[line.kind]
    via = f", by {line.via}" if line.via else ""
    return (
        f"From the list of datenanfragen.de: {what} on {line.on}{via}, reference {line.reference}. The list holds "
        "neither the letter nor a proof."
    )
