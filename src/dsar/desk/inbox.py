"""The holding pen: messages that came in and belong to no case yet, until a person says where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Corrected, Sent
from dsar.core.fold import holding
from dsar.core.matching import Guess
from dsar.core.matching import likely as likeliest
from dsar.desk.batches import BATCH, in_batches
from dsar.desk.entering import first_look
from dsar.desk.finding import note_waiting_again
from dsar.desk.hinting import seeming
from dsar.desk.mailing import MOST_PROPOSED, Finder, Intake, file_in, of_register
from dsar.desk.office import find, read
from dsar.desk.recording import append
from dsar.errors import StateError, UsageError
from dsar.vault.mailbox import OPEN

if TYPE_CHECKING:
    from dsar.core.matching import Reason
    from dsar.core.meanings import Meaning
    from dsar.core.message import Message
    from dsar.desk.hinting import Seeming
    from dsar.desk.office import Desk, File
    from dsar.vault.mailbox import Held, State

REASONS: dict[Reason, str] = {
    "thread": "it answers a mail of this case",
    "reference": "it names the case, but comes from an address unknown there",
    "text": "its text names the case, which anybody could write",
    "address": "its sender is the other side of this case",
    "domain": "its sender writes from the domain of the other side",
}


class FiledError(StateError):
    """A message that is in a case already."""

    sentence = "Message {id} is already in case {ref}: take it out again with `dsar inbox undo {id}` if that is wrong."


class NotOpenError(StateError):
    """A message about which nothing is left to decide."""

    sentence = "Message {id} is {state}: bring it back first with `dsar inbox undo {id}`."


class UntouchedError(StateError):
    """Nothing was decided about a message, so nothing can be taken back."""

    sentence = "Message {id} waits: nothing was decided about it."


class NoReasonError(UsageError):
    """A message is put away without saying why."""

    sentence = "Say why message {id} is put away, with --reason TEXT: the register keeps it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message of the register, read as far as it can be; `message` is None for a file that is no mail.

    `candidates` is how many cases it may belong to: of so many, only the first are proposed.
    """

    held: Held
    message: Message | None
    seems: Seeming
    candidates: int


def waiting(desk: Desk, *, states: tuple[State, ...] = OPEN, after: int = 0, limit: int = -1) -> list[Held]:
    """The messages in these states, oldest first: by default those that wait for a person."""
    return list(desk.vault.mail.listed(states, after=after, limit=limit))


def look(desk: Desk, number: int) -> Shown:
    """One message, whole."""
    held = desk.vault.mail.get(number)
    taken = of_register(desk, held)
    count = len(held.proposals)
    if count == MOST_PROPOSED:
        found = Finder(desk).of(held)
        count = max(count, len(found.guesses))
    return Shown(held=held, message=taken.message, seems=seeming(desk, taken.evidence), candidates=count)


def likely(held: Held) -> str:
    """The one case for which more speaks than for any other; empty where several are as likely."""
    return likeliest(tuple(Guess(ref=one.ref, reason=one.reason) for one in held.proposals))


def assign(
    desk: Desk, number: int, refs: tuple[str, ...], *, kinds: tuple[Meaning, ...] = (), on: date | None = None
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Enter a message into one or several cases, all or none: each case with its entry, and warnings.

    Raises:
        NotOpenError: it was dismissed, or is a double of another.
        FiledError: it is in one of these cases already.
        NoDateError, FutureDateError: the day on which it came must be said.
    """
    entered: list[tuple[str, int]] = []
    told: list[str] = []
    with desk.vault.transaction():
        held = desk.vault.mail.get(number)
        if held.state not in {*OPEN, "filed"}:
            raise NotOpenError(id=number, state=held.state)
        wanted = tuple(dict.fromkeys(find(desk, ref) for ref in refs))
        there = {ref for ref, _ in held.filed}
        for ref in wanted:
            if ref in there:
                raise FiledError(id=number, ref=ref)
        for ref in wanted:
            _, n, warnings = file_in(desk, held, ref, on=on, kinds=kinds)
            entered.append((ref, n))
            told += warnings
    return tuple(entered), tuple(dict.fromkeys(told))


def dismiss(desk: Desk, number: int, reason: str) -> Held:
    """Put a message away that belongs to no case; its bytes stay, and so does the reason.

    Raises:
        NoReasonError: no reason was given.
        NotOpenError: it does not wait.
    """
    if not reason.strip():
        raise NoReasonError(id=number)
    with desk.vault.transaction():
        held = desk.vault.mail.get(number)
        if held.state not in OPEN:
            raise NotOpenError(id=number, state=held.state)
        desk.vault.mail.settle(number, "dismissed", why=" ".join(reason.split()))
    return desk.vault.mail.get(number)


def undo(desk: Desk, number: int) -> Held:
    """Let a message wait again: take it out of its cases (their logs say so), or bring a dismissed one back.

    Raises:
        UntouchedError: nothing was decided about it.
    """
    held = desk.vault.mail.get(number)
    gone: set[str] = set()

    def take_out(ref: str) -> bool:
        if ref not in gone:
            _take_out(desk, held, ref)
        gone.add(ref)
        return True

    def refs() -> tuple[str, ...]:
        return tuple(dict.fromkeys(ref for ref, _ in desk.vault.mail.get(number).filed))

    if len(refs()) > BATCH:
        # out of a thousand cases in batches: interrupted, the same command goes on
        in_batches(desk, refs(), take_out, lambda _done, _all: None)
    with desk.vault.transaction():
        if desk.vault.mail.get(number).state in OPEN:
            raise UntouchedError(id=number)
        for ref in refs():
            take_out(ref)
        desk.vault.mail.take_out(number)
        note_waiting_again(desk, held)
    return desk.vault.mail.get(number)


def _take_out(desk: Desk, held: Held, ref: str) -> None:
    """Take a message out of a case; the log says so."""
    file = read(desk, ref)
    # on whatever day one looks: an entry of a later day is hidden from it, and taken out all the same
    there = {one.n for one in holding(file.entries, date.max)}
    because = "the message does not belong to this case"
    for _, n in desk.vault.mail.entries(held.id, ref):
        if n in there:
            file = append(desk, file, Corrected(on=desk.today, replaces=n, by=None, because=because))
    if not _ours(desk, file, held.arrival.message_id):
        desk.vault.mail.forget(ref, held.arrival.message_id)


def _ours(desk: Desk, file: File, message_id: str) -> bool:
    """Whether a message id is that of a mail of ours: by it answers find the case, whoever else wrote it on a mail."""
    if desk.vault.outbox.of_message(message_id) is not None:
        return True
    facts = (one.fact for one in holding(file.entries, date.max))
    proofs = (fact.proof for fact in facts if isinstance(fact, Sent) and fact.proof is not None)
    seen = (first_look(desk, proof) for proof in proofs)
    return any(one is not None and one.message.message_id == message_id for one in seen)


def match_again(desk: Desk) -> Intake:
    """Look again where the waiting messages belong: cases were opened and letters sent since they came."""
    intake = Intake()
    with desk.vault.transaction():
        finder = Finder(desk)
        for held in waiting(desk):
            finder.place(held.id, intake)
    return intake
