"""A signed mandate is filed: once, for the person who signed it, and never over one that has ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.parties import Mandate
from dsar.desk.evidence import shown, take
from dsar.desk.mandate_register import MANDATE, get, store
from dsar.desk.mandate_traps import traps
from dsar.desk.recording import not_in_future
from dsar.errors import StateError
from dsar.vault.wire import from_plain

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk


class EndedError(StateError):
    """A mandate that was taken back or has ended is not made to hold again by a signature."""

    sentence = (
        "The mandate {id} {why}, and a signature does not make it hold again: draft a new one with `dsar mandate new "
        "--for {subject} --controller NAME`. The day of its signature stays as it was."
    )


class FiledBeforeError(StateError):
    """A signed mandate is evidence: it is not replaced by the way."""

    sentence = (
        "The mandate {id} is filed already, signed on {on}: if that document or that day is wrong, say the same again "
        "with --correct."
    )


class SomebodyElsesError(StateError):
    """The same bytes for two people."""

    sentence = "“{name}” is filed as the mandate {id} of {subject} already: each person signs their own."


def signed(desk: Desk, id: str, path: Path, on: date, *, correct: bool = False) -> tuple[Mandate, tuple[str, ...]]:  # noqa: A002 - its own name
    """File a signed mandate: its document, and the day of the signature; warnings about traps. Twice, it is as once.

    `correct` replaces what is filed, also of a mandate that has ended since, whose past counts.

    Raises:
        FutureDateError: the day has not come yet.
        EndedError, FiledBeforeError, SomebodyElsesError: it is not to be filed so.
    """
    not_in_future(on, desk.today)
    with desk.vault.transaction():
        old = get(desk, id)
        refuse_ended(old, on, desk.today, correct=correct)
        taken = take(desk, path)
        _refuse_filed(old, taken.evidence, on, correct=correct)
        _refuse_others(desk, old, taken.evidence)
        made = replace(old, signed_on=on, document=taken.evidence)
        store(desk, made)
    return made, (*taken.warnings, *_traps(desk, made))


def filed(desk: Desk, mandate: Mandate, path: Path, on: date) -> tuple[str, ...]:
    """File one of many, of which it is known that it may be filed; warnings."""
    taken = take(desk, path)
    made = replace(mandate, signed_on=on, document=taken.evidence)
    store(desk, made)
    return (*taken.warnings, *_traps(desk, made))


def refuse_ended(mandate: Mandate, on: date, today: date, *, correct: bool = False) -> None:
    """Refuse a signature under a mandate that was taken back or has ended.

    Raises:
        EndedError: it says since when.
    """
    revoked, until = mandate.revoked_on, mandate.until
    # a correction tells what was so while it held; it never lengthens it
    if revoked is not None and (on >= revoked if correct else revoked <= max(on, today)):
        raise EndedError(id=mandate.id, why=f"was revoked on {revoked}", subject=mandate.subject)
    if until is not None and (on > until if correct else until < max(on, today)):
        raise EndedError(id=mandate.id, why=f"ended on {until}", subject=mandate.subject)


def _refuse_filed(old: Mandate, new: Evidence, on: date, *, correct: bool) -> None:
    if old.document is None or correct or (old.document.sha256, old.signed_on) == (new.sha256, on):
        return
    raise FiledBeforeError(id=old.id, on=old.signed_on)


def _refuse_others(desk: Desk, mandate: Mandate, new: Evidence) -> None:
    for body in desk.vault.records(MANDATE).values():
        held = body["document"]
        if isinstance(held, dict) and held["sha256"] == new.sha256 and body["subject"] != mandate.subject:
            other = from_plain(body, Mandate)
            raise SomebodyElsesError(name=shown(new.name), id=other.id, subject=other.subject)


def _traps(desk: Desk, mandate: Mandate) -> tuple[str, ...]:
    from dsar.desk.enrolling import enrolled  # noqa: PLC0415 - the register draws its pseudonyms from the same letters

    kept = enrolled(desk, mandate.subject)
    return traps(mandate, staff=kept is not None and kept.staff)
