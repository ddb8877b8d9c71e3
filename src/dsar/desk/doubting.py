"""What speaks against filing a message by itself, and against taking two messages for one: then a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.events import Received
from dsar.core.message import plain_address
from dsar.desk.entering import day_of

if TYPE_CHECKING:
    from dsar.core.matching import Guess
    from dsar.core.message import Message
    from dsar.desk.evidence import Taken
    from dsar.desk.office import Desk, File


def doubtful(desk: Desk, file: File, taken: Taken, guess: Guess) -> bool:
    """Whether a message is not to be entered into a case without a person, though it seems to belong there.

    It was entered there before, and may have been taken out again; it comes from ourselves, as a copy of a mail that
    was sent; or nothing but its sender speaks for the case, and it is older than the case.
    """
    logged = (entry.event for entry in file.entries if isinstance(entry.event, Received))
    if any(fact.message is not None and fact.message.sha256 == taken.evidence.sha256 for fact in logged):
        return True
    message = taken.message
    if message is None:
        return False
    if plain_address(message.sender).casefold() in _ours(desk, file):
        return True
    day = day_of(message, file)
    return guess.reason == "address" and day is not None and day < file.case.opened.on


def _ours(desk: Desk, file: File) -> set[str]:
    """The addresses from which we write in a case: the data subject, the agent, the mail accounts."""
    from dsar.desk.accounts import listed  # noqa: PLC0415 - only where a message comes in

    opened = file.case.opened
    agent = (opened.mandate.agent.email,) if opened.mandate is not None else ()
    known = (opened.subject.email, *agent, *(account.address for account in listed(desk)))
    return {one.strip().casefold() for one in known} - {""}


def same(one: Message | None, other: Message | None) -> bool:
    """Whether two mails with one message id say the same, however each came: anybody may write any id."""
    return one is not None and other is not None and _says(one) == _says(other)


def _says(message: Message) -> tuple[object, ...]:
    attached = tuple(one.sha256 for one in message.attachments)
    return plain_address(message.sender), message.subject, message.at, message.text, attached
