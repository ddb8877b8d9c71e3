"""Which addresses of a controller no longer work: a mail to them came back. Derived from the log, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from dsar.core.meanings import Bounce
from dsar.core.receipts import addresses

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Case, Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """An e-mail address, in lower case, from which a mail came back: on which day, and in which entry."""

    address: str
    on: date
    n: int


def dead(case: Case) -> tuple[Dead, ...]:
    """The addresses that bounced: those that the bounce names, else those of the mail that left last before it."""
    found: dict[str, Dead] = {}
    for message in case.meaning(Bounce):
        for address in sorted(_named(message) or _last_written_to(case, message)):
            found.setdefault(address, Dead(address=address, on=message.fact.on, n=message.n))
    return tuple(found.values())


def next_address(case: Case) -> str:
    """The first e-mail address of the case's own copy of the record that did not bounce; empty if there is none."""
    controller, gone = case.opened.controller, {one.address for one in dead(case)}
    dpo = (controller.dpo,) if addresses(controller.dpo) == {controller.dpo.casefold()} else ()
    return next((box for box in (*controller.emails, *dpo) if box.casefold() not in gone), "")


def again(case: Case) -> str:
    """The command that sends a letter again: to the next address of the record, else by another channel."""
    address = next_address(case)
    return f"sent {case.ref} --via email --to {quote(address)}" if address else f"sent {case.ref} --via registered"


def _named(message: Incoming) -> set[str]:
    return addresses(message.meaning.address) if isinstance(message.meaning, Bounce) else set()


def _last_written_to(case: Case, message: Incoming) -> set[str]:
    mails = [
        sending
        for letter in case.letters
        for sending in letter.sendings
        if sending.fact.channel == "email" and sending.n < message.n
    ]
    last = max(mails, key=lambda sending: sending.n, default=None)
    return addresses(last.fact.to) if last is not None else set()
