"""A message enters a case: on which day, as what, and what is odd about it; and the register remembers it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Classified, Received
from dsar.core.meanings import AutoReply, Bounce, Clarification, Extension, IdentityDemand, Other
from dsar.desk.errors import NoDateError
from dsar.desk.evidence import MAIL, parsed, shown
from dsar.desk.recording import append

if TYPE_CHECKING:
    from dsar.core.events import Fact
    from dsar.core.meanings import Meaning
    from dsar.core.message import Message
    from dsar.core.parties import Evidence
    from dsar.desk.evidence import Taken
    from dsar.desk.office import Desk, File
    from dsar.mail.glance import Glance
    from dsar.vault.mailbox import Arrival

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def register(desk: Desk, taken: Taken, *, source: str) -> int:
    """Write a file that came from them into the register of messages: fetched again, it is known; its number."""
    seen = first_look(desk, taken.evidence)
    return desk.vault.mail.add(arrival(taken.evidence, source, seen), now=desk.now)[0]


def first_look(desk: Desk, piece: Evidence) -> Glance | None:
    """The first look at a file in the vault, if it is a mail."""
    from dsar.mail.glance import ENOUGH, glance, of  # noqa: PLC0415 - only when a message comes in

    if piece.media == MAIL:
        return glance(desk.vault.evidence_head(piece.sha256, ENOUGH))
    message = parsed(desk, piece)
    return of(message) if message is not None else None


def arrival(piece: Evidence, source: str, seen: Glance | None) -> Arrival:
    """What the register keeps of a file; `seen` is the first look at it, if it is a mail."""
    from dsar.vault.mailbox import Arrival  # noqa: PLC0415 - only when a message comes in

    came = Arrival(sha256=piece.sha256, size=piece.size, name=piece.name, media=piece.media, source=source)
    if seen is None:
        return came
    return replace(
        came,
        message_id=seen.message.message_id,
        refs=seen.threads,
        sender=seen.message.sender,
        to=seen.message.to,
        subject=seen.message.subject,
        at=seen.message.at,
        automatic=seen.message.automatic,
        bounce=seen.message.bounce,
        dead=seen.dead,
    )


def enter(  # all that a person may say of a message
    desk: Desk,
    file: File,
    taken: Taken | None,
    number: int | None,
    *,
    on: date | None,
    kinds: tuple[Meaning, ...],
    note: str,
) -> tuple[File, int, tuple[str, ...]]:
    """Enter a message into a case; `number` is its number in the register. See `received`.

    Raises:
        NoDateError: the message does not say when it came, and nobody else did.
    """
    message = taken.message if taken else None
    day = on or day_of(message, file)
    if day is None:
        raise NoDateError(name=shown(taken.evidence.name) if taken is not None else "the message")
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
        *_unusual(file, fact, returned=_came_back(message, kinds)),
        *_unsaid(kinds),
    )
    after = append(desk, file, *facts)
    if number is not None:
        for entry in range(n, n + len(facts), 2):  # with each kind, the message and what it is
            desk.vault.mail.file_in(number, file.case.ref, entry)
        desk.vault.index.drop_waiting((number,))  # its words are found in the case now
    if message is not None:
        desk.vault.mail.know(file.case.ref, (message.message_id,))
    return after, n, warnings


def day_of(message: Message | None, file: File) -> date | None:
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


def _came_back(message: Message | None, kinds: tuple[Meaning, ...]) -> bool:
    """Whether it is a notice of non-delivery: that one comes from the server that sent, which is nobody's address."""
    return (message is not None and message.bounce and not kinds) or any(isinstance(kind, Bounce) for kind in kinds)


def _unusual(file: File, fact: Received, *, returned: bool) -> tuple[str, ...]:
    """What does not fit the case: a sender nobody wrote to, a file that is there already."""
    controller = file.case.opened.controller
    known = {_domain(text) for text in (*controller.emails, controller.dpo, controller.form, *controller.brands)}
    found = []
    if not returned and fact.sender and (domain := _domain(fact.sender)) not in known - {""}:
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
