"""Reading a log as a case: corrections applied, later facts hidden, each fact put where it belongs."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, assert_never

from dsar.core.case import Case, Held, Incoming, Outgoing, Sending
from dsar.core.events import (
    Assigned,
    AuthorityActed,
    Classified,
    Closed,
    Confirmed,
    Corrected,
    Delivered,
    Entry,
    Escalated,
    Fact,
    IdentityRefused,
    IdentitySupplied,
    Issued,
    Judged,
    Noted,
    Opened,
    Paid,
    Received,
    Replied,
    Reviewed,
    Sent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from dsar.core.meanings import Meaning


def holding(entries: Iterable[Entry], as_of: date) -> tuple[Held, ...]:
    """The facts that hold, up to and including a day, ordered by the day on which they happened.

    Corrections are applied whenever they were written: they say what was true all along. Facts of the same day keep
    the order in which they were recorded, since each may speak only of earlier entries.
    """
    facts: dict[int, Fact] = {}
    for entry in sorted(entries, key=lambda entry: entry.n):
        match entry.event:
            case Corrected(replaces=n, by=fact):
                if fact is None:
                    facts.pop(n, None)
                else:
                    facts[n] = fact
            case fact:
                facts[entry.n] = fact
    kept = [Held(n=n, fact=fact) for n, fact in facts.items() if fact.on <= as_of]
    return tuple(sorted(kept, key=lambda held: (held.fact.on, held.n)))


def fold(ref: str, entries: Sequence[Entry], as_of: date) -> Case:
    """Read a log as a case, as it stood on a day. The first entry opens it and is always seen.

    Facts are folded in the order of their entries, because a fact may speak only of an earlier entry, whatever the
    days: that an answer came before the receipt slip is odd, not impossible.
    """
    held = holding(entries, as_of)
    opening = next((entry.event for entry in entries if isinstance(entry.event, Opened)), None)
    opened = next((item.fact for item in held if isinstance(item.fact, Opened)), opening)
    if opened is None:
        raise ValueError(ref)  # the desk never appends to a case that was not opened
    start = Case(ref=ref, opened=opened, held=held, length=len(entries))
    case = reduce(_step, sorted(held, key=lambda item: item.n), start)
    case = replace(case, confirmed=case.confirmed & _still_confirmed(entries))
    letters = sorted(case.letters, key=lambda letter: (letter.fact.on, letter.n))
    messages = sorted(case.messages, key=lambda message: (message.fact.on, message.n))
    return replace(case, letters=tuple(letters), messages=tuple(messages))


def _still_confirmed(entries: Sequence[Entry]) -> frozenset[int]:
    """The entries that were confirmed after they were last corrected: a correction makes another fact of them."""
    said: dict[int, bool] = {}
    for entry in sorted(entries, key=lambda entry: entry.n):
        match entry.event:
            case Confirmed(about=n):
                said[n] = True
            case Corrected(replaces=n):
                said[n] = False
            case _:
                pass
    return frozenset(n for n, holds in said.items() if holds)


def _step(case: Case, held: Held) -> Case:
    n, fact = held.n, held.fact
    match fact:
        case Opened() | Noted():
            return case
        case Issued() | Sent() | Delivered():
            return _outgoing(case, n, fact)
        case Received():
            return replace(case, messages=(*case.messages, Incoming(n=n, fact=fact)))
        case Classified() | Replied() | Paid() | IdentitySupplied() | IdentityRefused() | Judged() | Reviewed():
            return _about_message(case, n, fact)
        case Escalated():
            return replace(case, escalations=(*case.escalations, (n, fact)))
        case AuthorityActed():
            return replace(case, authority_acts=(*case.authority_acts, (n, fact)))
        case Assigned(to=owner):
            return replace(case, owner=owner)
        case Confirmed(about=about):
            return replace(case, confirmed=case.confirmed | {about})
        case Closed():
            return replace(case, closed=fact)
        case _:
            assert_never(fact)


def _outgoing(case: Case, n: int, fact: Issued | Sent | Delivered) -> Case:
    match fact:
        case Issued():
            return replace(case, letters=(*case.letters, Outgoing(n=n, fact=fact)))
        case Sent(letter=letter):
            sending = Sending(n=n, fact=fact)
            letters = (
                replace(old, sendings=(*old.sendings, sending)) if old.n == letter else old for old in case.letters
            )
            return _answering(replace(case, letters=tuple(letters)), letter, fact.on)
        case Delivered(sending=number):
            letters = (replace(old, sendings=_delivered(old.sendings, number, n, fact)) for old in case.letters)
            return replace(case, letters=tuple(letters))
        case _:
            assert_never(fact)


def _answering(case: Case, letter: int, on: date) -> Case:
    """A letter that replies to a message of theirs has left: the message is answered, from the first time it left."""
    found = case.letter(letter)
    if found is None or found.fact.answers is None:
        return case
    return _change_message(case, found.fact.answers, lambda old: old if old.replied else replace(old, replied=on))


def _delivered(sendings: tuple[Sending, ...], number: int, n: int, fact: Delivered) -> tuple[Sending, ...]:
    return tuple(
        replace(sent, deliveries=(*sent.deliveries, (n, fact))) if sent.n == number else sent for sent in sendings
    )


def _about_message(
    case: Case,
    n: int,
    fact: Classified | Replied | Paid | IdentitySupplied | IdentityRefused | Judged | Reviewed,
) -> Case:
    match fact:
        case Classified(message=number, meaning=meaning):
            return _change_message(case, number, lambda old: _reclassified(old, meaning))
        case Replied(to=number, on=day):
            return _change_message(case, number, lambda old: replace(old, replied=day))
        case Paid(to=number, on=day):
            return _change_message(case, number, lambda old: replace(old, paid=day))
        case IdentitySupplied(to=number):
            if number is None:
                return replace(case, volunteered=(*case.volunteered, (n, fact)))
            return _change_message(case, number, lambda old: replace(old, supplied=(*old.supplied, (n, fact))))
        case IdentityRefused(to=number):
            return _change_message(case, number, lambda old: replace(old, refused=(*old.refused, (n, fact))))
        case Judged(about=number):
            return _change_message(case, number, lambda old: replace(old, judgments=_judged(old, n, fact)))
        case Reviewed(answer=number):
            return _change_message(case, number, lambda old: replace(old, review=(n, fact)))
        case _:
            assert_never(fact)


def _judged(old: Incoming, n: int, fact: Judged) -> tuple[tuple[int, Judged], ...]:
    """The judgments of a message with a new one: it takes the place of the last one of the same breach.

    Justified and unjustified contradict each other: the later word counts.
    """
    kept = ((k, one) for k, one in old.judgments if one.justified == fact.justified and one.breach != fact.breach)
    return (*kept, (n, fact))


def _reclassified(old: Incoming, meaning: Meaning) -> Incoming:
    """The message with its new meaning; what was said of it as something else does not follow it."""
    if old.meaning is None or type(old.meaning) is type(meaning):
        return replace(old, meaning=meaning)
    return Incoming(n=old.n, fact=old.fact, meaning=meaning)


def _change_message(case: Case, number: int, change: Callable[[Incoming], Incoming]) -> Case:
    return replace(case, messages=tuple(change(old) if old.n == number else old for old in case.messages))
