"""Facts that look odd together: shown, never refused, and blocking accusing letters until confirmed or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dsar.core.meanings import AutoReply, Bounce

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.case import Case, Incoming


_NOTICE_KEEPS = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """An entry that does not fit the others. `rule` is a key of the oddity words, `values` what they need."""

    n: int
    rule: str
    values: tuple[tuple[str, date], ...]
    confirmed: bool


def oddities(case: Case) -> tuple[Oddity, ...]:
    """Everything odd in a case, confirmed or not, in the order of the entries."""
    found = [*_letters(case), *_messages(case)]
    return tuple(
        Oddity(n=n, rule=rule, values=values, confirmed=n in case.confirmed)
        for n, rule, values in sorted(found, key=lambda item: item[0])
    )


_Found = tuple[int, str, tuple[tuple[str, "date"], ...]]


def _letters(case: Case) -> Iterator[_Found]:
    for letter in case.letters:
        for sending in letter.sendings:
            if sending.fact.on < letter.fact.on:
                yield sending.n, "sent-before-issued", (("day", sending.fact.on), ("other", letter.fact.on))
            # What a notice says of lateness and of its own term is true on the day it is issued, not much later
            if letter.fact.kind == "notice" and sending.fact.on - letter.fact.on > _NOTICE_KEEPS:
                yield sending.n, "notice-stale", (("day", sending.fact.on), ("other", letter.fact.on))
            for n, delivery in sending.deliveries:
                if delivery.on < sending.fact.on:
                    yield n, "delivered-before-sent", (("day", delivery.on), ("other", sending.fact.on))


def _messages(case: Case) -> Iterator[_Found]:
    sent = [sending.fact.on for letter in case.letters for sending in letter.sendings]
    first = min(sent, default=None)
    arrived = _arrived(case)
    for message in case.messages:
        answers = message.meaning is not None and not isinstance(message.meaning, AutoReply | Bounce)
        if answers and (first is None or message.fact.on < first):
            other = first or case.opened.on
            yield message.n, "received-before-sent", (("day", message.fact.on), ("other", other))
        elif answers and arrived is not None and message.fact.on < arrived:
            yield message.n, "answered-before-received", (("day", message.fact.on), ("other", arrived))
        yield from _our_reactions(message)


def _arrived(case: Case) -> date | None:
    """The first recorded delivery of the request."""
    sendings = case.request.sendings if case.request is not None else ()
    kept = ("proved", "stated", "presumed", "refused")
    return min((d.on for sent in sendings for _, d in sent.deliveries if d.basis in kept), default=None)


def _our_reactions(message: Incoming) -> Iterator[_Found]:
    days = [(n, fact.on) for n, fact in (*message.supplied, *message.refused)]
    days += [(message.n, day) for day in (message.replied, message.paid) if day is not None]
    for n, day in days:
        if day < message.fact.on:
            yield n, "reaction-before-message", (("day", day), ("other", message.fact.on))
