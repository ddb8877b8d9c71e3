"""The pieces of a dossier and the story they prove: numbered once, in the order in which they came into the file.

A number never changes: what is recorded later gets the next one, and a piece that was withdrawn by a correction leaves
a gap. The signed mandate, if there is one, came with the opening and is therefore the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.core.events import (
    AuthorityActed,
    Delivered,
    Entry,
    Escalated,
    Issued,
    Opened,
    Paid,
    Received,
    Replied,
    Sent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dsar.core.case import Case
    from dsar.core.events import Event
    from dsar.core.parties import Evidence

Kind = Literal["mandate", "letter", "mail", "proof", "file", "authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A numbered exhibit: the entry that brought it, the entry it is about (a letter, its own message), its bytes."""

    number: int
    entry: int
    about: int
    kind: Kind
    on: date
    evidence: Evidence


def pieces(entries: Sequence[Entry], case: Case) -> tuple[Piece, ...]:
    """The exhibits of a case, with frozen numbers. `entries` is the whole log, so that no number is given twice."""
    letters = {entry.n: entry.event for entry in entries if isinstance(entry.event, Issued)}
    holding = {held.n for held in case.held}
    shown: set[int] = set()
    found: list[Piece] = []
    number = 0
    for entry in sorted(entries, key=lambda entry: entry.n):
        for about, kind, evidence in _brought(entry.event, entry.n, letters, shown):
            number += 1
            if entry.n in holding:
                piece = Piece(
                    number=number, entry=entry.n, about=about, kind=kind, on=_day(entry, case), evidence=evidence
                )
                found.append(piece)
    return tuple(found)


def _day(entry: Entry, case: Case) -> date:
    held = next((held.fact.on for held in case.held if held.n == entry.n), entry.event.on)
    if isinstance(entry.event, Opened) and entry.event.mandate is not None:
        return entry.event.mandate.signed_on or held
    return held


def _brought(event: Event, n: int, letters: dict[int, Issued], shown: set[int]) -> Iterator[tuple[int, Kind, Evidence]]:
    match event:
        case Opened(mandate=mandate):
            if mandate is not None and mandate.document is not None:
                yield n, "mandate", mandate.document
        case Sent(letter=number, proof=proof):
            # A letter becomes an exhibit when it first leaves; sent again, it is the same exhibit
            issued = letters.get(number)
            if issued is not None and number not in shown and issued.kind != "complaint":
                shown.add(number)
                yield number, "letter", issued.pdf
            if proof is not None:
                yield number, "proof", proof
        case Delivered(proof=proof, sending=number):
            if proof is not None:
                yield number, "proof", proof
        case Received(message=evidence):
            if evidence is not None:
                yield n, "mail" if evidence.media == "message/rfc822" else "file", evidence
        case Replied(document=evidence, to=number):
            if evidence is not None:
                yield number, "file", evidence
        case Paid(proof=evidence, to=number):
            if evidence is not None:
                yield number, "proof", evidence
        case Escalated(proof=evidence):
            if evidence is not None:
                yield n, "proof", evidence
        case AuthorityActed(document=evidence):
            if evidence is not None:
                yield n, "authority", evidence
        case _:
            return


def numbers_for(found: Sequence[Piece], *entries: int) -> tuple[int, ...]:
    """The exhibit numbers that prove these entries: what they brought, and the letters they are about."""
    wanted = set(entries)
    return tuple(
        piece.number for piece in found if piece.entry in wanted or (piece.kind == "letter" and piece.about in wanted)
    )
