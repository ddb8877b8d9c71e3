"""When a letter reached them: only a delivery starts a clock, and only a proved one starts the safe clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, assert_never

from dsar.core.meanings import AutoReply, Bounce, Other
from dsar.core.terms import Reading, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dsar.core.case import Case, Incoming, Outgoing, Sending
    from dsar.core.events import Delivered


_ADDRESS = re.compile(r"[^\s<>,;:\"'()]+@[^\s<>,;:\"'()]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """When a letter was received: strictly (the earliest delivery), safely (the latest proved one), and why.

    `refused` says that the strict day is only that on which the addressee refused it: nobody received it then.
    """

    strict: date | None
    safe: date | None
    steps: tuple[Step, ...]
    refused: bool = False

    @property
    def told(self) -> date | None:
        """The day that others may be told as that of receipt; None if the letter was only refused."""
        return self.safe or (None if self.refused else self.strict)


def receipt(case: Case, letter: Outgoing) -> Receipt:
    """When they received a letter of ours.

    Several deliveries: strict from the earliest, safe from the latest proved. A message of theirs about the request,
    classified by a person, proves that they had the request by its day; an automatic reply does not.
    """
    found = [
        (delivery, _standing_for(delivery, voided=_bounced(case, sending)))
        for sending in letter.sendings
        for _, delivery in sending.deliveries
    ]
    early = [delivery.on for delivery, counts in found if counts != "nothing"]
    proved = [_later(delivery) for delivery, counts in found if counts == "proof"]
    theirs = _their_message(case, letter) if not proved else None
    if theirs is not None:
        proved = [max(theirs.fact.on, theirs.fact.on_theirs or theirs.fact.on)]
    strict = min([*early, *([theirs.fact.on] if theirs else [])], default=None)
    safe = max(proved, default=None)
    first = [delivery for delivery, counts in found if counts != "nothing" and delivery.on == strict]
    # a day that somebody knows of rests on no presumption, though there be one too
    known = (theirs is not None and theirs.fact.on == strict) or any(each.basis != "presumed" for each in first)
    presumed = "" if known else next((each.rule for each in first), "")
    on_their_word = theirs is not None and theirs.fact.on == strict
    refused = bool(first) and not on_their_word and all(each.basis == "refused" for each in first)
    began = _refused if refused else partial(_received, presumed=presumed)
    return Receipt(strict=strict, safe=safe, steps=_steps(strict, safe, theirs, began), refused=refused)


def _steps(
    strict: date | None, safe: date | None, theirs: Incoming | None, began: Callable[[date, Reading], Step]
) -> tuple[Step, ...]:
    """The story of the receipt; `began` tells of the strict day."""
    if strict is None:
        return (Step(on=None, rule="not-delivered"),)
    if safe is None:
        return began(strict, "both"), Step(on=None, rule="no-proof", reading="safe")
    if theirs is not None:
        shown = Step(on=safe, rule="their-message-proves", reading="safe", values=(("n", theirs.n),))
        if strict == safe:
            return (Step(on=safe, rule="received-by-their-message", values=(("n", theirs.n),)),)
        return began(strict, "strict"), shown
    if strict == safe:
        return (Step(on=strict, rule="received-proved", cite="edpb-01-2022:159"),)
    return began(strict, "strict"), Step(on=safe, rule="received-latest-proof", reading="safe")


def _refused(on: date, reading: Reading) -> Step:
    """The day on which the addressee refused the letter; no rule that was read says that it counts as received."""
    return Step(on=on, rule="received-refused", reading=reading)


def _received(on: date, reading: Reading, *, presumed: str) -> Step:
    """The receipt on a day: as it was recorded, or under the rule by which it is presumed."""
    if not presumed:
        return Step(on=on, rule="received", cite="edpb-01-2022:159", reading=reading)
    return Step(on=on, rule="received-presumed", values=(("rule", presumed),), reading=reading)


def _standing_for(delivery: Delivered, *, voided: bool) -> str:
    """What a delivery is worth: `proof`, `claim` (strict only) or `nothing`."""
    match delivery.basis:
        case "proved":
            return "proof"
        case "stated" | "refused":
            return "claim"
        case "presumed":
            return "nothing" if voided else "claim"
        case "unclaimed" | "returned":
            return "nothing"
        case _:
            assert_never(delivery.basis)


def _later(delivery: Delivered) -> date:
    # The safe reading takes the later local date for a receipt by the controller
    return max(delivery.on, delivery.on_theirs or delivery.on)


def _bounced(case: Case, sending: Sending) -> bool:
    """Whether a mail came back: a bounce of its very address, or one without an address that is not older."""
    if sending.fact.channel != "email":
        return False
    written_to = addresses(sending.fact.to)
    for message in case.messages:
        if isinstance(message.meaning, Bounce) and message.fact.on >= sending.fact.on:
            dead = addresses(message.meaning.address)
            if not dead or dead & written_to:
                return True
    return False


def addresses(text: str) -> set[str]:
    """The e-mail addresses in a text, such as "Name <a@b.example>, c@d.example"."""
    return {found.casefold().rstrip(".") for found in _ADDRESS.findall(text)}


def _their_message(case: Case, letter: Outgoing) -> Incoming | None:
    if case.request is None or letter.n != case.request.n or not letter.sendings:
        return None
    first = min(sending.fact.on for sending in letter.sendings)
    for message in case.messages:
        spoken = message.meaning is not None and not isinstance(message.meaning, AutoReply | Bounce | Other)
        if spoken and message.fact.on >= first:
            return message
    return None
