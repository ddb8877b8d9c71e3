"""What came in from them: received, classified, answered with identity data or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.events import Classified, IdentityRefused, IdentitySupplied
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    MandateDoubt,
    NoData,
    Other,
    OtherLanguage,
    PortalRedirect,
    Refusal,
    WrongContact,
)
from dsar.desk.entering import enter, register
from dsar.desk.errors import NoEntryError, NothingToDoError, UnknownItemError
from dsar.desk.evidence import take
from dsar.desk.recording import append, working_on

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case, Incoming
    from dsar.core.events import Fact
    from dsar.core.meanings import Meaning
    from dsar.desk.office import Desk, File

KINDS = (
    "acknowledgement",
    "auto-reply",
    "bounce",
    "identity-demand",
    "clarification",
    "fee",
    "extension",
    "refusal",
    "portal",
    "mandate-doubt",
    "wrong-contact",
    "other-language",
    "no-data",
    "answer",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What a classification may add: pieces of identity asked, reasons, size, amount, ground, dead address, day."""

    items: tuple[str, ...] = ()
    reasons: bool | None = None
    large: bool | None = None
    amount: str = ""
    ground: str = ""
    address: str = ""
    until: date | None = None


def meaning(kind: str, more: Attributes) -> Meaning:
    """The meaning that a kind names on the command line.

    Raises:
        UnknownItemError: there is no such kind.
    """
    found: dict[str, Meaning] = {
        "acknowledgement": Acknowledgement(),
        "auto-reply": AutoReply(),
        "bounce": Bounce(address=more.address),
        "identity-demand": IdentityDemand(items=more.items),
        "clarification": Clarification(large=more.large),
        "fee": Fee(amount=more.amount),
        "extension": Extension(reasons=more.reasons, until=more.until),
        "refusal": Refusal(ground=more.ground),
        "portal": PortalRedirect(),
        "mandate-doubt": MandateDoubt(),
        "wrong-contact": WrongContact(),
        "other-language": OtherLanguage(),
        "no-data": NoData(),
        "answer": Answer(),
        "other": Other(),
    }
    if kind not in found:
        raise UnknownItemError(name=kind, known=", ".join(KINDS))
    return found[kind]


def received(
    desk: Desk, ref: str | None, *, path: Path | None, on: date | None, kinds: tuple[Meaning, ...], note: str
) -> tuple[File, int, tuple[str, ...]]:
    """Something came in; the case, the number of its entry, and warnings about the file.

    A mail says itself when it was sent: its Date, where the data subject lives, is the day unless another is given.
    Without a kind it waits to be classified, and has no effect. With several (it asks for identity and extends, say)
    it is entered once for each, since each has its own consequence; the bytes are the same exhibit.
    """
    with working_on(desk, ref) as file:
        taken = take(desk, path) if path is not None else None
        number = register(desk, taken, source=str(path)) if taken is not None else None
        return enter(desk, file, taken, number, on=on, kinds=kinds, note=note)


def classify(desk: Desk, ref: str | None, n: int, kind: Meaning) -> File:
    """A person says what message `n` is."""
    with working_on(desk, ref) as file:
        message = message_of(file.case, n)
        return append(desk, file, Classified(on=message.fact.on, message=n, meaning=kind))


def identity(
    desk: Desk, ref: str | None, *, to: int | None, on: date, gave: tuple[str, ...], refused: tuple[str, ...], via: str
) -> File:
    """Identity data given or refused; without `to`, in answer to the last demand (given ones may be volunteered)."""
    with working_on(desk, ref) as file:
        demands = file.case.meaning(IdentityDemand)
        number = message_of(file.case, to).n if to is not None else (demands[-1].n if demands else None)
        facts: list[Fact] = []
        if gave:
            facts.append(IdentitySupplied(on=on, to=number, items=gave, via=via))
        if refused:
            if number is None:
                mend = "record their message first with `dsar received FILE --as identity-demand`"
                raise NothingToDoError(ref=file.case.ref, what="identity demand", mend=mend)
            facts.append(IdentityRefused(on=on, to=number, items=refused))
        return append(desk, file, *facts)


def message_of(case: Case, n: int) -> Incoming:
    """The message received by entry `n`.

    Raises:
        NoEntryError: there is none.
    """
    found = case.message(n)
    if found is None:
        raise NoEntryError(ref=case.ref, what="message received", n=n)
    return found
