"""Presumed deliveries: which rule of the law book may be used for a sending, and which day it gives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from dsar.core.events import Delivered
from dsar.desk.errors import PresumptionError, UnknownItemError
from dsar.desk.wording import presumption, speaker

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Sending
    from dsar.desk.office import Desk, File
    from dsar.lawbook.records import Presumption


def presumed_day(file: File, sending: Sending, name: str, on: date | None) -> date:
    """The day on which a sending counts as received under a rule; `on` is what the case worker said, if anything.

    Raises:
        UnknownItemError: the law book has no such rule.
        PresumptionError: it is for other channels or places, was no rule yet, or gives another day.
    """
    from dsar.lawbook.load import presumptions  # noqa: PLC0415 - only where a delivery is presumed

    known = presumptions()
    if name not in known:
        raise UnknownItemError(name=name, known=", ".join(known))
    rule = known[name]
    for why in _against(file, sending, rule):
        raise PresumptionError(rule=name, n=sending.n, why=why)
    match rule.after:
        case "sending":
            day = sending.fact.on + timedelta(days=rule.days)
            if on is not None and on != day:
                why = f"it gives {day}, not {on}; leave --on out, or record what you know without --presumed"
                raise PresumptionError(rule=name, n=sending.n, why=why)
            return day
        case "receipt":
            if on is None:
                why = "it counts from the receipt itself, so say on which day that was with --on DATE"
                raise PresumptionError(rule=name, n=sending.n, why=why)
            return on + timedelta(days=rule.days)
        case _:
            assert_never(rule.after)


def _against(file: File, sending: Sending, rule: Presumption) -> tuple[str, ...]:
    """What keeps the rule from being used for a sending."""
    place = _went_to(file, sending)
    found = []
    if sending.fact.channel not in rule.channels:
        found.append(
            f"it is for letters sent by {' or '.join(rule.channels)}, and this one went by {sending.fact.channel}"
        )
    if rule.country and place and rule.country != place:
        found.append(f"it is a rule of {rule.country}, and the letter went to {place}")
    if rule.valid_from is not None and sending.fact.on < rule.valid_from:
        found.append(f"it holds only from {rule.valid_from} on")
    return tuple(found)


def _went_to(file: File, sending: Sending) -> str:
    """The country of the addressee; nothing where it is not known."""
    letter = file.case.letter(sending.fact.letter)
    authority = file.law.authorities.get(letter.fact.authority) if letter is not None else None
    return authority.country if authority is not None else file.case.opened.controller.address.country


def said_of(desk: Desk, file: File) -> str:
    """How a delivery that was just recorded ends its sentence: the rule by which it is presumed, with its citation."""
    match file.entries[-1].event:
        case Delivered(basis="presumed", rule=rule):
            return f", presumed under the rule {rule}: {presumption(speaker(desk, 'en'), rule)}"
        case _:
            return ""
