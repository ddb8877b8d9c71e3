"""The register of what was numbered in a complaint of many: numbers that somebody may have read are given once.

Of each case a record of its own, which goes when the case is erased; of the complaint one that names nobody. The last
numbers stand there, so that a number of an erased case is not given again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dsar.core.collective import NOTHING, Build, Head, Held, NumberedCase, Numbers, numbered
from dsar.desk.body import proofs
from dsar.desk.collective_errors import ErasedMeanwhileError, LodgedAlreadyError, NumberedMeanwhileError
from dsar.desk.collective_groups import pieces_of
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.parties import Evidence
    from dsar.desk.collective_groups import Group, Joining
    from dsar.desk.office import Desk

HEAD: Final = "collective"
CASE: Final = "collective-case"


def head(desk: Desk, id: str) -> Head | None:  # noqa: A002 - its own name
    """The complaint of that id, if it was built."""
    held = desk.vault.record(HEAD, id)
    return from_plain(held, Head) if held is not None else None


def heads(desk: Desk, campaign: str) -> tuple[Head, ...]:
    """The complaints of a campaign that were built."""
    return tuple(from_plain(body, Head) for body in desk.vault.records(HEAD, f"{campaign}/").values())


def numbers_of(desk: Desk, group: Group, *, anew: bool = False) -> Numbers:
    """The numbers of everybody and everything in a complaint; nothing is written.

    Raises:
        LodgedAlreadyError: `anew`, and the authority has read them.
    """
    before = head(desk, group.id)
    if anew and before is not None and before.lodged_on is not None:
        raise LodgedAlreadyError(id=group.id, on=before.lodged_on.isoformat())
    given = NOTHING if anew or before is None else _given(desk, before)
    brought = [held(one) for one in group.members]
    return numbered(given, brought, [proof.document for proof in proofs(desk)])


def held(one: Joining) -> Held:
    """What a case brings: its signed mandate, then its other exhibits."""
    return Held(ref=one.ref, mandate=one.signed, others=tuple(piece.evidence for piece in pieces_of(one)))


def _given(desk: Desk, before: Head) -> Numbers:
    complainants: dict[str, int] = {}
    exhibits = dict(before.proofs)
    for name, body in desk.vault.records(CASE).items():
        if name.partition("/")[2] == before.id:
            one = from_plain(body, NumberedCase)
            complainants[one.ref] = one.complainant
            exhibits |= one.exhibits
    return Numbers(
        complainants=complainants,
        exhibits=exhibits,
        last_complainant=before.last_complainant,
        last_exhibit=before.last_exhibit,
    )


def reserve(desk: Desk, group: Group, numbers: Numbers, *, anew: bool) -> Head:
    """Write down what was numbered, before anything is printed: two who build at once never give a number twice.

    Raises:
        NumberedMeanwhileError: somebody else gave these numbers since they were composed.
    """
    with desk.vault.transaction():
        if numbers_of(desk, group, anew=anew) != numbers:
            raise NumberedMeanwhileError(id=group.id)
        before = head(desk, group.id)
        if anew:
            _forget(desk, group.id)
        for one in group.members:
            made = NumberedCase(
                ref=one.ref,
                complainant=numbers.complainants[one.ref],
                exhibits=tuple((sha256, numbers.exhibits[sha256]) for sha256 in held(one).hashes),
            )
            desk.vault.put_record(CASE, f"{one.ref}/{group.id}", to_plain(made))
        known = dict(before.proofs) if before is not None and not anew else {}
        known |= {proof.document.sha256: numbers.exhibits[proof.document.sha256] for proof in proofs(desk)}
        after = replace(
            before or Head(id=group.id, lang="", built_on=desk.today, included=(), last_complainant=0, last_exhibit=0),
            last_complainant=numbers.last_complainant,
            last_exhibit=numbers.last_exhibit,
            proofs=tuple(known.items()),
        )
        put(desk, after)
    return after


def finish(desk: Desk, group: Group, *, letter: Evidence | None, text: Evidence | None) -> Head:
    """Write down that the dossier was built, and who is in it.

    Raises:
        ErasedMeanwhileError: the case of somebody who is in it was erased while it was built.
    """
    with desk.vault.transaction():
        gone = [one.ref for one in group.members if desk.vault.record(CASE, f"{one.ref}/{group.id}") is None]
        before = head(desk, group.id)
        if gone or before is None:
            raise ErasedMeanwhileError(refs=", ".join(gone))
        after = replace(
            before,
            lang=group.lang,
            built_on=desk.today,
            included=tuple(one.ref for one in group.members),
            letter=letter,
            text=text,
        )
        after = replace(after, earlier=_earlier(before, after))
        put(desk, after)
    return after


def _earlier(before: Head, after: Head) -> tuple[Build, ...]:
    """The dossiers before this one: one with the same people was there earlier, one of the same day is replaced."""
    known = before.earlier
    if before.included and before.built_on != after.built_on:
        known = (*known, Build(on=before.built_on, included=before.included))
    return tuple(one for n, one in enumerate(known) if not n or set(one.included) != set(known[n - 1].included))


def put(desk: Desk, one: Head) -> None:
    """Write the record of a complaint."""
    desk.vault.put_record(HEAD, one.id, to_plain(one))


def _forget(desk: Desk, id: str) -> None:  # noqa: A002 - its own name
    for name in desk.vault.records(CASE):
        if name.partition("/")[2] == id:
            desk.vault.drop_record(CASE, name)


def lodged(one: Head, refs: tuple[str, ...], on: date) -> Head:
    """The complaint, lodged for these cases."""
    return replace(one, lodged_on=one.lodged_on or on, lodged=tuple(dict.fromkeys((*one.lodged, *refs))))
