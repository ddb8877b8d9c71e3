"""The pieces of a dossier and the story they prove: numbered once, in the order in which they came into the file.

A number never changes: what is recorded later gets the next one, and a piece that was withdrawn by a correction leaves
a gap. The signed mandate, if there is one, came with the opening and is therefore the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.core.events import (
    AuthorityActed,
    Corrected,
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
    """The exhibits of a case, with frozen numbers. `entries` is the whole log, so that no number is given twice.

    A piece is known by what it is about and by its bytes: sent again after a correction it keeps its number, and a
    document put right by a correction gets the next one.
    """
    letters = {entry.n: entry.event for entry in entries if isinstance(entry.event, Issued)}
    numbers: dict[_Key, int] = {}
    for entry in sorted(entries, key=lambda entry: entry.n):
        for n, fact in _facts(entry):
            for about, kind, evidence in _brought(fact, n, letters):
                numbers.setdefault((kind, about, evidence.sha256), len(numbers) + 1)
    found: dict[int, Piece] = {}
    for held in sorted(case.held, key=lambda held: held.n):
        for about, kind, evidence in _brought(held.fact, held.n, letters):
            if kind == "letter" and case.letter(about) is None:
                continue
            number = numbers[kind, about, evidence.sha256]
            day = _day(held.fact)
            piece = Piece(number=number, entry=held.n, about=about, kind=kind, on=day, evidence=evidence)
            found.setdefault(number, piece)
    return tuple(found[number] for number in sorted(found))


_Key = tuple[str, int, str]


def _facts(entry: Entry) -> Iterator[tuple[int, Event]]:
    """The fact that an entry writes down, with the number under which it counts."""
    match entry.event:
        case Corrected(replaces=n, by=fact):
            if fact is not None:
                yield n, fact
        case fact:
            yield entry.n, fact


def _day(fact: Event) -> date:
    if isinstance(fact, Opened) and fact.mandate is not None:
        return fact.mandate.signed_on or fact.on
    return fact.on


def _brought(event: Event, n: int, letters: dict[int, Issued]) -> Iterator[tuple[int, Kind, Evidence]]:
    match event:
        case Opened(mandate=mandate):
            if mandate is not None and mandate.document is not None:
                yield n, "mandate", mandate.document
        case Sent(letter=number, proof=proof):
            # A letter becomes an exhibit when it first leaves; sent again, it is the same exhibit
            issued = letters.get(number)
            if issued is not None and issued.kind != "complaint":
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
