"""The register of what was numbered in a complaint of many: numbers that somebody may have read are given once.

Of each case a record of its own, which goes when the case is erased; of the complaint one that names nobody. The last
numbers stand there, so that a number of an erased case is not given again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dsar.core.collective import NOTHING, Head, Held, NumberedCase, Numbers, numbered
from dsar.desk.body import proofs
from dsar.desk.collective import pieces_of
from dsar.desk.collective_errors import LodgedAlreadyError, NumberedMeanwhileError
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
    held = [_held(one) for one in group.members]
    return numbered(given, held, [proof.document for proof in proofs(desk)])


def _held(one: Joining) -> Held:
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


def keep(
    desk: Desk, group: Group, numbers: Numbers, *, letter: Evidence | None, text: Evidence | None, anew: bool
) -> Head:
    """Write down what was numbered and who is in it.

    Raises:
        NumberedMeanwhileError: somebody else gave these numbers while the dossier was built.
    """
    with desk.vault.transaction():
        if numbers_of(desk, group, anew=anew) != numbers:
            raise NumberedMeanwhileError(id=group.id)
        before = None if anew else head(desk, group.id)
        if anew:
            _forget(desk, group.id)
        for one in group.members:
            made = NumberedCase(
                ref=one.ref,
                complainant=numbers.complainants[one.ref],
                exhibits=tuple((sha256, numbers.exhibits[sha256]) for sha256 in _held(one).hashes),
            )
            desk.vault.put_record(CASE, f"{one.ref}/{group.id}", to_plain(made))
        known = dict(before.proofs) if before is not None else {}
        known |= {proof.document.sha256: numbers.exhibits[proof.document.sha256] for proof in proofs(desk)}
        after = Head(
            id=group.id,
            lang=group.lang,
            built_on=desk.today,
            included=tuple(one.ref for one in group.members),
            last_complainant=numbers.last_complainant,
            last_exhibit=numbers.last_exhibit,
            proofs=tuple(known.items()),
            letter=letter,
            text=text,
            lodged_on=before.lodged_on if before is not None else None,
            lodged=before.lodged if before is not None else (),
        )
        put(desk, after)
    return after


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
