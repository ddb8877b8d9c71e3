"""Recording that a complaint of many was lodged: one fact in each case that was in the dossier, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.events import Escalated
from dsar.desk import collective_numbers as numbers
from dsar.desk.allowing import mandate
from dsar.desk.authorities import known
from dsar.desk.collective import opened_file
from dsar.desk.collective_errors import NotBuiltError, NothingToLodgeError, WhichControllerError
from dsar.desk.evidence import take
from dsar.desk.finding import note
from dsar.desk.projecting import project
from dsar.desk.recording import not_in_future
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case
    from dsar.core.collective import Head
    from dsar.core.events import Entry
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """A complaint that is to be recorded as lodged on a day: for which cases, and how many have it on record already.

    `doubtful` are those among them that are closed by now, or whose mandate does not hold on that day.
    """

    head: Head
    authority: str
    on: date
    refs: tuple[str, ...]
    before: int
    doubtful: tuple[str, ...]


def lodging(desk: Desk, campaign: str, authority: str, *, on: date, controller: str = "") -> Lodging:
    """Which cases the dossier held that was there on the day, but those that have it on record; nothing is written.

    Raises:
        FutureDateError: the day has not come yet.
        UnknownAuthorityError: there is no such authority.
        NotBuiltError: no dossier was built for that authority by then.
        WhichControllerError: it was built against several controllers.
        NothingToLodgeError: all have it on record.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only where a complaint is lodged

    not_in_future(on, desk.today)
    known(authority, law())
    name, against = campaign.strip().upper(), controller.strip().casefold()
    built = numbers.heads(desk, name)
    fitting = [one for one in built if one.authority == authority]
    chosen = [one for one in fitting if against in {"", one.controller.casefold()}]
    if len(chosen) > 1:
        raise WhichControllerError(known=", ".join(one.controller for one in chosen))
    build = chosen[0].built_by(on) if chosen else None
    if build is None:
        others = ", ".join(sorted({one.authority for one in built} - {authority}))
        raise NotBuiltError(
            campaign=name, authority=authority, on=on.isoformat(), known=f" (but for {others})" if others else ""
        )
    cases = {ref: case for ref in build.included if (case := _case(desk, ref)) is not None}
    refs = tuple(ref for ref, case in cases.items() if not _lodged(case, authority))
    if not refs:
        raise NothingToLodgeError(count=len(build.included), campaign=name, authority=authority)
    doubtful = tuple(ref for ref in refs if not _holds(desk, cases[ref], on))
    return Lodging(
        head=chosen[0], authority=authority, on=on, refs=refs, before=len(cases) - len(refs), doubtful=doubtful
    )


def _case(desk: Desk, ref: str) -> Case | None:
    """A case; None where it was erased."""
    try:
        return opened_file(desk, ref).case
    except NotFoundError:
        return None


def _lodged(case: Case, authority: str) -> bool:
    """Whether it has the complaint on record; an entry that was withdrawn does not count."""
    return any(fact.authority == authority for _, fact in case.escalations)


def _holds(desk: Desk, case: Case, on: date) -> bool:
    held = mandate(desk, case)
    return case.closed is None and held is not None and held.valid(on)


def lodge(desk: Desk, one: Lodging, *, reference: str, proof: Path | None) -> tuple[str, ...]:
    """Write the fact into each case, in one transaction; warnings about the proof.

    Raises:
        MissingFileError, UnreadableFileError, EmptyFileError, NotAMailError: see `take`.
    """
    with desk.vault.transaction():
        taken = take(desk, proof) if proof is not None else None
        evidence = taken.evidence if taken is not None else None
        fact = Escalated(on=one.on, authority=one.authority, reference=reference, proof=evidence)
        for ref in one.refs:
            _record(desk, ref, fact)
        # what was lodged is what the record says now, whoever built a dossier meanwhile
        head = numbers.head(desk, one.head.id) or one.head
        numbers.put(desk, numbers.lodged(head, one.refs, one.on))
    return taken.warnings if taken is not None else ()


def _record(desk: Desk, ref: str, fact: Escalated) -> None:
    before = desk.vault.log(ref)
    written = desk.vault.append(ref, (fact,), expect=len(before), now=desk.now, by=desk.by)
    # the words of the proof are the same for all: they are found in none of the cases, the reference in each
    note(desk, ref, _without_proof(written))
    project(desk, ref, (*before, *written))


def _without_proof(written: tuple[Entry, ...]) -> Iterator[Entry]:
    nothing: Evidence | None = None
    for entry in written:
        event = entry.event
        yield replace(entry, event=replace(event, proof=nothing)) if isinstance(event, Escalated) else entry
