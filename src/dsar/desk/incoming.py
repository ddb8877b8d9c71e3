"""What came in from them: received, classified, answered with identity data or without, judged, reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Classified, IdentityRefused, IdentitySupplied, Judged, Received
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    NoData,
    Other,
    PortalRedirect,
    Refusal,
)
from dsar.desk.errors import NoDateError, NoEntryError, NothingToDoError, UnknownItemError
from dsar.desk.evidence import shown, take
from dsar.desk.recording import append, working_on

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.case import Case, Incoming
    from dsar.core.events import Fact
    from dsar.core.meanings import Meaning
    from dsar.core.message import Message
    from dsar.desk.office import Desk, File

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")

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
        message = taken.message if taken else None
        day = on or _day_of(message, file)
        if day is None:
            raise NoDateError(name=shown(path.name) if path is not None else "the message")
        n = len(file.entries) + 1
        fact = Received(
            on=day,
            message=taken.evidence if taken else None,
            sender=message.sender if message else "",
            subject=message.subject if message else "",
            at=message.at if message else "",
            on_theirs=_day_of_theirs(file, message, on),
            note=note,
        )
        facts: list[Fact] = [] if kinds else [fact]
        for kind in kinds:
            facts += [fact, Classified(on=day, message=n + len(facts), meaning=kind)]
        warnings = (
            *(taken.warnings if taken else ()),
            *_doubts(message, kinds),
            *_unusual(file, fact),
            *_unsaid(kinds),
        )
        return append(desk, file, *facts), n, warnings


def _day_of(message: Message | None, file: File) -> date | None:
    """The civil date of a mail where the data subject lives; where the country is not known, as the mail states it."""
    if message is None or not message.at:
        return None
    from dsar.mail.zone import local_dates  # noqa: PLC0415 - only when a mail comes in

    days = local_dates(message.at, file.case.opened.subject.address.country)
    # a country of several zones: the later date, which is the reading most favourable to the data subject
    return days[-1] if days is not None else date.fromisoformat(message.at[:10])


def _day_of_theirs(file: File, message: Message | None, on: date | None) -> date | None:
    """The earliest civil date of the same instant where the controller is: the safe reading takes it for an answer."""
    if message is None or not message.at or on is not None:
        return None
    from dsar.mail.zone import local_dates  # noqa: PLC0415 - only when a mail comes in

    days = local_dates(message.at, file.case.opened.controller.address.country)
    return days[0] if days is not None else None


def _doubts(message: Message | None, kinds: tuple[Meaning, ...]) -> tuple[str, ...]:
    if message is None:
        return ()
    answers = [kind for kind in kinds if not isinstance(kind, AutoReply | Bounce | Other)]
    doubts = list(message.problems)
    if message.bounce and answers:
        doubts.append("Its headers say that it is a notice of non-delivery; you classified it as something else.")
    elif message.automatic and answers:
        doubts.append("Its headers say that a machine wrote it; you classified it as something else.")
    return tuple(doubts)


def _unusual(file: File, fact: Received) -> tuple[str, ...]:
    """What does not fit the case: a sender nobody wrote to, a file that is there already."""
    controller = file.case.opened.controller
    known = {_domain(text) for text in (*controller.emails, controller.dpo, controller.form, *controller.brands)}
    found = []
    if fact.sender and (domain := _domain(fact.sender)) not in known - {""}:
        found.append(f"It comes from {domain or shown(fact.sender)}, which is no known address of “{controller.name}”.")
    same = [m.n for m in file.case.messages if fact.message is not None and m.fact.message == fact.message]
    if same:
        found.append(f"These very bytes are already in the case, as entry {same[0]}: is it the same message?")
    return tuple(found)


def _domain(text: str) -> str:
    """The domain in an address, a URL or a text, without `www.`; empty if there is none."""
    found = _DOMAIN.search(text.casefold().rpartition("@")[2])
    return found.group(0).removeprefix("www.") if found else ""


def _unsaid(kinds: tuple[Meaning, ...]) -> tuple[str, ...]:
    """What was not noted of a message and is read for the controller until it is."""
    found = []
    for kind in kinds:
        match kind:
            case Extension(reasons=None):
                found.append("Whether it says why was not noted: classify it again with --reasons or --no-reasons.")
            case Clarification(large=None):
                found.append("Whether much data is processed was not noted: classify it again, --large or --not-large.")
            case IdentityDemand(items=()):
                found.append("What they ask for was not noted: classify it again with --item, once for each piece.")
            case _:
                pass
    return tuple(found)


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


def judge(desk: Desk, ref: str | None, *, to: int | None, justified: bool, because: str) -> File:
    """A person found a demand justified or not; without `to`, every identity demand not yet judged."""
    with working_on(desk, ref) as file:
        case = file.case
        waiting = [message for message in case.meaning(IdentityDemand) if message.judged is None]
        chosen = [message_of(case, to)] if to is not None else waiting
        if not chosen:
            mend = "name the message with --to N to judge it again"
            raise NothingToDoError(ref=case.ref, what="identity demand left to judge", mend=mend)
        facts = [Judged(on=desk.today, about=message.n, justified=justified, because=because) for message in chosen]
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
