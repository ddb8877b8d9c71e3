"""Mandates of many people at once: drafted, each with its file to sign. `mandate_scans` files the signed ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.mandate_states import LIVING, covers, state
from dsar.core.powers import usual
from dsar.desk.campaigning import SEAT, STOPPED
from dsar.desk.mandate_register import of_subject, store
from dsar.desk.mandates import planned, text
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from dsar.core.letter import Letter
    from dsar.core.parties import Controller, Mandate, Person
    from dsar.desk.mandates import Scope
    from dsar.desk.office import Desk

_NAMED = 60
"""Characters of a person's id in the name of a file."""


class MixedWordingError(UsageError):
    """One text for mandates in several languages: nobody signs what they cannot read."""

    sentence = (
        "The text of --processing stands word for word in each mandate, and these people sign in {langs}: draft for "
        "each language by itself, with --speaking LANG and the text in it (or say --lang LANG for one that all read)."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One person's mandate: `new`, or one that they had; `unwilling` says why a new one may not be wanted."""

    subject: str
    mandate: Mandate
    new: bool
    unwilling: str = ""


def file_name(mandate: Mandate) -> str:
    """The name of the file to sign: plain ASCII, with the id by which the signed one is known again."""
    plain = re.sub(r"[^a-z0-9-]", "", mandate.subject.casefold())[:_NAMED]
    return f"{mandate.id}-{plain}.pdf" if plain else f"{mandate.id}.pdf"


def draft_many(
    desk: Desk,
    subjects: Sequence[Person],
    controllers: Sequence[Controller],
    scope: Scope,
    *,
    lang: str,
    has: Callable[[str], bool],
    write: Callable[[str, Letter], None],
) -> Iterator[Drafted]:
    """A mandate for each of these people, against all of these controllers; whoever has one that lives gets none again.

    Each is registered first and its file written then (`write`); a run that was interrupted in between writes the file
    that is missing (`has` says which are there), the same as it would have been.

    Raises:
        MixedWordingError: a text of the scope would stand in mandates of several languages.
        What `mandates.draft` refuses for all of them, before anything is written.
    """
    langs = sorted({lang or one.language for one in subjects})
    if scope.processing and len(langs) > 1:
        raise MixedWordingError(langs=", ".join(langs))
    first, *others = controllers
    also = [one.name for one in others]
    for person in subjects:
        with desk.vault.transaction():
            held = living(desk, person, controllers, scope)
            mandate = held or planned(desk, person, first, scope, also=also)
            said = lang or person.language
            letter = text(desk, mandate, person, first, said, others=others) if _open(desk, mandate, held) else None
            if held is None:
                store(desk, mandate)
        name = file_name(mandate)
        if letter is not None and (held is None or not has(name)):
            write(name, letter)
        why = unwilling(desk, person.id, [one.name for one in controllers]) if held is None else ""
        yield Drafted(subject=person.id, mandate=mandate, new=held is None, unwilling=why)


def unwilling(desk: Desk, subject: str, controllers: Collection[str]) -> str:
    """Why somebody may not want a new mandate: they took one back, or were taken out of a campaign; else empty."""
    for one in of_subject(desk, subject):
        if one.revoked_on is not None and any(one.names(name) for name in controllers):
            return f"took the mandate {one.id} back on {one.revoked_on}"
    for body in desk.vault.records(SEAT, subject=subject).values():
        if str(body.get("why", "")).startswith(STOPPED):
            return f"was taken out of the campaign {body['campaign']}"
    return ""


def _open(desk: Desk, mandate: Mandate, held: Mandate | None) -> bool:
    """Whether there is still something to sign."""
    return held is None or state(mandate, desk.today) == "drafted"


def living(desk: Desk, person: Person, controllers: Sequence[Controller], scope: Scope) -> Mandate | None:
    """A mandate of that person that covers all this, and holds or may come to hold; the first by its id."""
    names = [one.name for one in controllers]
    for one in of_subject(desk, person.id):
        powers = scope.powers or usual(scope.kind, commercial=one.agent.commercial)
        data = ("receive-data",) if scope.may_receive_data else ()
        same = one.kind == scope.kind and covers(one, controllers=names, rights=scope.rights, powers=(*powers, *data))
        same = same and scope.processing in {"", one.processing}
        if same and state(one, desk.today) in LIVING and _lasts(one, scope, desk.today):
            return one
    return None


def _lasts(held: Mandate, scope: Scope, today: date) -> bool:
    """Whether it need not be renewed: it lasts as long as was said, or, where nothing was, does not end soon."""
    if held.until is None:
        return True
    return held.until >= scope.until if scope.until is not None else state(held, today) != "expiring"
