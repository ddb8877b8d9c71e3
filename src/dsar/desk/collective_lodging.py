"""Recording that a complaint of many was lodged: one fact in each case that was in the dossier, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.events import Escalated
from dsar.desk import collective_numbers as numbers
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

    from dsar.core.collective import Head
    from dsar.core.events import Entry
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """A complaint that is to be recorded as lodged: for which cases, and how many have it on record already."""

    head: Head
    authority: str
    refs: tuple[str, ...]
    before: int


def lodging(desk: Desk, campaign: str, authority: str, *, controller: str = "") -> Lodging:
    """Which cases the last dossier of the complaint held, but those that have it on record; nothing is written.

    Raises:
        NotBuiltError: no dossier was built for that authority.
        WhichControllerError: it was built against several controllers.
        NothingToLodgeError: all have it on record.
    """
    name = campaign.strip().upper()
    found = [one for one in numbers.heads(desk, name) if one.id.rpartition("/")[2] == authority]
    chosen = [one for one in found if controller in {"", one.id.split("/")[1]}]
    if not chosen:
        raise NotBuiltError(campaign=name, authority=authority)
    if len(chosen) > 1:
        raise WhichControllerError(known=", ".join(one.id.split("/")[1] for one in chosen))
    (head,) = chosen
    lodged = {ref: _has(desk, ref, authority) for ref in head.included}
    refs = tuple(ref for ref, has in lodged.items() if has is False)
    if not refs:
        raise NothingToLodgeError(count=len(head.included), campaign=name, authority=authority)
    return Lodging(head=head, authority=authority, refs=refs, before=sum(has is True for has in lodged.values()))


def _has(desk: Desk, ref: str, authority: str) -> bool | None:
    """Whether a case has the complaint on record; None where the case was erased."""
    try:
        events = [entry.event for entry in desk.vault.log(ref)]
    except NotFoundError:
        return None
    return any(isinstance(event, Escalated) and event.authority == authority for event in events)


def lodge(desk: Desk, one: Lodging, *, on: date, reference: str, proof: Path | None) -> tuple[str, ...]:
    """Write the fact into each case, in one transaction; warnings about the proof.

    Raises:
        FutureDateError: the day has not come yet.
        MissingFileError, UnreadableFileError, EmptyFileError, NotAMailError: see `take`.
    """
    not_in_future(on, desk.today)
    with desk.vault.transaction():
        taken = take(desk, proof) if proof is not None else None
        evidence = taken.evidence if taken is not None else None
        fact = Escalated(on=on, authority=one.authority, reference=reference, proof=evidence)
        for ref in one.refs:
            _record(desk, ref, fact)
        # what was lodged is what the record says now, whoever built a dossier meanwhile
        head = numbers.head(desk, one.head.id) or one.head
        numbers.put(desk, numbers.lodged(head, one.refs, on))
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
