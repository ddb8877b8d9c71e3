"""What the addressee learns of the data subject from a letter, and what is left out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.errors import StateError, UsageError

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.case import Case
    from dsar.core.letter import Letter
    from dsar.core.parties import Person
    from dsar.desk.office import File
    from dsar.letters.front import Template
    from dsar.letters.words import Words

NOTHING = "none"
"""As a kind of identifier to leave out: none, also where the letters before this one left some out."""


class NotInLetterError(UsageError):
    """There is no such identifier to leave out."""

    sentence = "The letter holds no “{kind}” to leave out: it holds {known}."


class NoWayToAnswerError(StateError):
    """A letter that nobody could answer."""

    sentence = "Without an e-mail and a postal address nobody could answer the letter: leave only one of them out."


class NameNeededError(StateError):
    """A letter for somebody else names them."""

    sentence = "A letter under a mandate names the person who gave it: the name cannot be left out."


def left_out(case: Case, wished: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of identifiers that a letter leaves out: as wished, else those that the letter before it left out."""
    if wished:
        return () if NOTHING in wished else tuple(dict.fromkeys(wished))
    sent = [letter.fact.leaves_out for letter in case.letters if not letter.fact.authority]
    return sent[-1] if sent else ()


def veiled(told: Brief, file: File, words: Words, kinds: tuple[str, ...]) -> Brief:
    """The brief without the identifiers of these kinds: where they stand in the particulars, and in the head.

    What is left out of a letter under a mandate is the data subject's; the agent's own address stays, and serves.

    Raises:
        NotInLetterError, NoWayToAnswerError, NameNeededError: it cannot be left out.
    """
    if not kinds:
        return told
    opened = file.case.opened
    known = dict.fromkeys((*_held(told.subject), *(kind for kind, _ in opened.id_data)))
    for kind in kinds:
        if kind not in known:
            raise NotInLetterError(kind=kind, known=", ".join(known))
    if told.on_behalf and "name" in kinds:
        raise NameNeededError
    subject = _without(told.subject, kinds, words)
    if not told.on_behalf and not subject.email and not subject.address.known:
        raise NoWayToAnswerError
    pairs = zip(opened.id_data, told.id_data, strict=True)
    return replace(
        told,
        subject=subject,
        sender=told.sender if told.on_behalf else subject,
        id_data=tuple(shown for (kind, _), shown in pairs if kind not in kinds),
    )


def newly_learnt(file: File, letter: Letter, template: Template) -> tuple[str, ...]:
    """The kinds of identifiers of the data subject that the controller finds in a letter, and in none before it.

    The authority is told who complains: nothing is left out there.
    """
    if template.to != "controller":
        return ()
    from dsar.letters.escape import clean, escape  # noqa: PLC0415 - loaded with the letters

    opened = file.case.opened
    blocks = (*letter.sender, *letter.signature, *letter.enclosures, letter.subject, letter.sender_email, letter.body)
    text = "\n".join(blocks)
    values = [*_values(opened.subject), *opened.id_data]
    found = [kind for kind, value in values if value and (clean(value) in text or escape(value) in text)]
    before = {kind for sent in file.case.letters if not sent.fact.authority for kind in sent.fact.discloses}
    return tuple(dict.fromkeys(kind for kind in found if kind not in before))


def _values(person: Person) -> list[tuple[str, str]]:
    lines = [("address", line) for line in person.address.lines]
    return [("name", person.name), *lines, ("email", person.email)]


def _held(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for kind, value in _values(person) if value))


def _without(person: Person, kinds: tuple[str, ...], words: Words) -> Person:
    return replace(
        person,
        name=words.label("layout", "data_subject") if "name" in kinds else person.name,
        email="" if "email" in kinds else person.email,
        address=replace(person.address, lines=()) if "address" in kinds else person.address,
    )
