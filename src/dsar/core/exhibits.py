"""The pieces of a dossier and the story they prove, numbered in the order in which they came into the file.

Until a complaint exists nobody has read the numbers: they count what holds, without gaps. What there is on the day on
which a complaint is issued or lodged, or the authority is told what happened since, keeps its number for ever,
withdrawn or not, and later pieces get the next ones.
The signed mandate, if there is one, came with the opening and is therefore the first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dsar.core.events import (
    AuthorityActed,
    Classified,
    Corrected,
    Delivered,
    Escalated,
    Issued,
    Opened,
    Paid,
    Received,
    Replied,
    Sent,
)
from dsar.core.fold import holding
from dsar.core.meanings import Other

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dsar.core.case import Case, Held
    from dsar.core.events import Entry, Event, Fact
    from dsar.core.parties import Evidence

Kind = Literal["mandate", "letter", "mail", "proof", "file", "authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A numbered exhibit: the entry that brought it, the entry it is about (a letter, its own message), its bytes.

    `also` are further entries with the very same message: a mail that both asks and extends is one exhibit.
    """

    number: int
    entry: int
    about: int
    kind: Kind
    on: date
    evidence: Evidence
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a list of exhibits has that the last one did not have, or no longer has; `piece` is None if withdrawn."""

    number: int
    piece: Piece | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The changes since the list that was handed in on `since`."""

    since: date
    changes: tuple[Change, ...]


# Letters to the authority: whoever reads one has the list of exhibits of its day before them.
_TO_AUTHORITY = ("complaint", "authority-news")

_Key = tuple[str, int, str]


def pieces(entries: Sequence[Entry], case: Case) -> tuple[Piece, ...]:
    """The exhibits of a case, numbered. `entries` is the whole log, so that no number that was read is given twice.

    A piece is known by what it is about and by its bytes: sent again after a correction it keeps its number. A message
    that has nothing to do with the case (`Other`) is none.
    """
    numbers = _frozen(entries)
    found: dict[int, Piece] = {}
    for held, about, kind, evidence in _holding(case.held):
        number = numbers.setdefault(_key(held.fact, about, kind, evidence), len(numbers) + 1)
        piece = Piece(number=number, entry=held.n, about=about, kind=kind, on=_day(held.fact), evidence=evidence)
        first = found.setdefault(number, piece)
        if first.entry != held.n:
            found[number] = replace(first, also=(*first.also, held.n))
    return tuple(found[number] for number in sorted(found))


def _frozen(entries: Sequence[Entry]) -> dict[_Key, int]:
    """The numbers that a complaint has made public: those of what held when it was issued or lodged."""
    numbers: dict[_Key, int] = {}
    ordered = sorted(entries, key=lambda entry: entry.n)
    for before, entry in enumerate(ordered):
        if _hands_in(entry.event):
            for held, about, kind, evidence in _holding(holding(ordered[:before], entry.event.on)):
                numbers.setdefault(_key(held.fact, about, kind, evidence), len(numbers) + 1)
    return numbers


def _key(fact: Fact, about: int, kind: Kind, evidence: Evidence) -> _Key:
    """What makes a piece the same piece: what it is about and its bytes; a message of theirs is its bytes alone."""
    return kind, 0 if isinstance(fact, Received) else about, evidence.sha256


def _hands_in(event: Event) -> bool:
    """Whether the authority has the list of exhibits from this day on."""
    fact = event.by if isinstance(event, Corrected) else event
    return isinstance(fact, Escalated) or (isinstance(fact, Issued) and fact.kind in _TO_AUTHORITY)


def changes(entries: Sequence[Entry], found: Sequence[Piece], today: date) -> Changes | None:
    """How the list of exhibits of `today` differs from the one handed in last, on an earlier day; None if it does not.

    A list is handed in when a complaint is lodged, or the authority is told what happened since.
    """
    ordered = sorted(entries, key=lambda entry: entry.n)
    handed = [
        (before, entry.event.on)
        for before, entry in enumerate(ordered)
        if entry.event.on < today and _hands_in(entry.event) and not _only_issued(entry.event)
    ]
    if not handed:
        return None
    last, since = handed[-1]
    numbers = _frozen(ordered)
    then = {
        numbers[_key(held.fact, about, kind, evidence)]
        for held, about, kind, evidence in _holding(holding(ordered[:last], since))
    }
    now = {piece.number: piece for piece in found}
    made = tuple(Change(number=number, piece=now.get(number)) for number in sorted(then ^ now.keys()))
    return Changes(since=since, changes=made) if made else None


def _only_issued(event: Event) -> bool:
    """A complaint that was written is not lodged yet."""
    fact = event.by if isinstance(event, Corrected) else event
    return isinstance(fact, Issued) and fact.kind == "complaint"


def _holding(facts: Sequence[Held]) -> Iterator[tuple[Held, int, Kind, Evidence]]:
    """What these facts bring, in the order of their entries."""
    ordered = sorted(facts, key=lambda held: held.n)
    letters = {held.n: held.fact for held in ordered if isinstance(held.fact, Issued)}
    meanings = {held.fact.message: held.fact.meaning for held in ordered if isinstance(held.fact, Classified)}
    for held in ordered:
        if not isinstance(meanings.get(held.n), Other):
            for about, kind, evidence in _brought(held.fact, held.n, letters):
                yield held, about, kind, evidence


def _day(fact: Fact) -> date:
    if isinstance(fact, Opened) and fact.mandate is not None:
        return fact.mandate.signed_on or fact.on
    return fact.on


def _brought(event: Fact, n: int, letters: dict[int, Issued]) -> Iterator[tuple[int, Kind, Evidence]]:
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
        piece.number
        for piece in found
        if wanted & {piece.entry, *piece.also} or (piece.kind == "letter" and piece.about in wanted)
    )
