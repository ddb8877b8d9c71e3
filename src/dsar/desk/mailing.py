"""Taking messages in: each file or mail into the vault as it is, into the register, and where it surely belongs.

A run is cut into transactions of some megabytes: what was taken stays, whatever happens, and the next run goes on
where this one stopped, because the same bytes are one message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsar.core.matching import Correspondent, Correspondents, Match, domain, match
from dsar.core.message import plain_address
from dsar.desk.doubting import doubtful, same
from dsar.desk.entering import arrival, enter, first_look
from dsar.desk.errors import FutureDateError, MissingFileError, NoDateError, UnreadableFileError
from dsar.desk.evidence import Taken, parsed, shown, sniffed
from dsar.desk.finding import note_waiting
from dsar.desk.lists import current
from dsar.desk.recording import working_on
from dsar.vault.mailbox import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dsar.core.matching import Guess
    from dsar.core.meanings import Meaning
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk, File
    from dsar.mail.glance import Glance
    from dsar.mail.stores import Passed, Piece
    from dsar.vault.mailbox import Arrival, Held

BATCH_BYTES = 16 * 1024 * 1024
BATCH_COUNT = 200
MOST_PROPOSED = 20


@dataclass(slots=True)
class Intake:
    """What became of a run: how many messages were new, known, filed, proposed, left waiting; what was passed over."""

    new: int = 0
    known: int = 0
    filed: int = 0
    proposed: int = 0
    waiting: int = 0
    passed: list[tuple[str, str]] = field(default_factory=list)
    cases: set[str] = field(default_factory=set)


def take_in(desk: Desk, paths: Sequence[Path], told: Callable[[Intake], None] = lambda _: None) -> Intake:
    """Take every message and file at these paths in; `told` hears of each batch that is safe.

    Raises:
        MissingFileError, UnreadableFileError: a path that was named is not there or cannot be read; what was taken
            before stays.
    """
    from dsar.mail.stores import pieces  # noqa: PLC0415 - only when messages come in

    def found() -> Iterator[Piece | Passed]:
        for path in paths:
            try:
                yield from pieces(path)
            except FileNotFoundError as error:
                raise MissingFileError(name=shown(path.name)) from error
            except OSError as error:
                raise UnreadableFileError(name=shown(path.name), why=error.strerror or "an input error") from error

    return take_pieces(desk, Finder(desk), found(), told)


def take_pieces(
    desk: Desk, finder: Finder, found: Iterable[Piece | Passed], told: Callable[[Intake], None] = lambda _: None
) -> Intake:
    """Take messages in, batch by batch."""
    from dsar.mail.stores import Passed  # noqa: PLC0415 - as above

    intake, waiting = Intake(), iter(found)
    more = True
    while more:
        more, size, count = False, 0, 0
        with desk.vault.transaction():
            for piece in waiting:
                if isinstance(piece, Passed):
                    intake.passed.append((piece.place, piece.why))
                    continue
                size += _take(desk, finder, piece, intake)
                count += 1
                if size >= BATCH_BYTES or count >= BATCH_COUNT:
                    more = True
                    break
        told(intake)
    return intake


def _take(desk: Desk, finder: Finder, piece: Piece, intake: Intake) -> int:
    """One message into the vault and the register, and where it belongs; its size in bytes."""
    from dsar.mail.glance import ENOUGH  # noqa: PLC0415 - only when messages come in

    with piece.open() as stream:
        head = stream.read(ENOUGH)
        if not head:
            intake.passed.append((piece.place, "it is empty"))
            return 0
        media = sniffed(head, piece.name)
        stream.seek(0)
        evidence = desk.vault.put_evidence(stream, name=piece.name, media=media)
    seen = first_look(desk, evidence)
    came = arrival(evidence, piece.place, seen)
    number, new = desk.vault.mail.add(came, now=desk.now)
    if not new and not _said_otherwise(desk, number):
        intake.known += 1
        return evidence.size
    intake.new += 1
    note_waiting(desk, number, came, seen.message if seen is not None else None)
    finder.place(number, intake, seen)
    return evidence.size


def _said_otherwise(desk: Desk, number: int) -> bool:
    """Whether what seems a double only bears the message id of another mail: then it waits like any other."""
    held = desk.vault.mail.get(number)
    if held.state != "double":
        return False
    first = desk.vault.mail.get(int(held.why))
    if same(of_register(desk, held).message, of_register(desk, first).message):
        return False
    desk.vault.mail.settle(number, "waiting")
    return True


class Finder:
    """Where messages belong, as the cases of a vault stand when it is made."""

    def __init__(self, desk: Desk) -> None:
        """Read who writes in which case, from the lists."""
        self._desk = desk
        self._cases = Correspondents(correspondent(*one) for one in current(desk).correspondents())

    def place(self, number: int, intake: Intake, seen: Glance | None = None) -> None:
        """File a message where it surely belongs; else propose cases for it, or let it wait.

        `seen` is the first look at it, where it was looked at already.
        """
        held = self._desk.vault.mail.get(number)
        found = self.of(held, seen)
        if found.exact is not None and self._filed(held, found.exact, intake):
            return
        guesses = (found.exact, *found.guesses) if found.exact is not None else found.guesses
        # more than a person would look through says no more than that the company writes
        proposals = tuple(Proposal(ref=one.ref, reason=one.reason) for one in guesses[:MOST_PROPOSED])
        self._desk.vault.mail.settle(number, "proposed" if proposals else "waiting", proposals=proposals)
        if proposals:
            intake.proposed += 1
        else:
            intake.waiting += 1

    def of(self, held: Held, seen: Glance | None = None) -> Match:
        """Where a message of the register belongs, by what its headers claim and its text says."""
        came: Arrival = held.arrival
        seen = seen or first_look(self._desk, of_evidence(came))
        threads = self._desk.vault.mail.known(came.refs)
        text = f"{seen.message.text}\n{seen.returned}" if seen is not None else ""
        return match(threads, came.subject, plain_address(came.sender), self._cases, text=text)

    def _filed(self, held: Held, guess: Guess, intake: Intake) -> bool:
        """Enter it, unclassified; not where a person should look first, or where its day cannot be said."""
        taken = of_register(self._desk, held)
        try:
            with working_on(self._desk, guess.ref) as file:
                if doubtful(self._desk, file, taken, guess):
                    return False
                enter(self._desk, file, taken, held.id, on=None, kinds=(), note="")
        except (NoDateError, FutureDateError):
            return False  # a person can say the day
        intake.filed += 1
        intake.cases.add(guess.ref)
        return True


def file_in(
    desk: Desk, held: Held, ref: str, *, on: date | None = None, kinds: tuple[Meaning, ...] = ()
) -> tuple[File, int, tuple[str, ...]]:
    """Enter a message of the register into a case: the case, the number of the entry, and warnings.

    Without a kind it waits there to be classified.

    Raises:
        NoDateError: it does not say when it came, and nobody else did.
        FutureDateError: it says a day that has not come.
    """
    with working_on(desk, ref) as file:
        return enter(desk, file, of_register(desk, held), held.id, on=on, kinds=kinds, note="")


def of_register(desk: Desk, held: Held) -> Taken:
    """A message of the register as something that was taken into the vault."""
    piece = of_evidence(held.arrival)
    return Taken(evidence=piece, message=parsed(desk, piece), warnings=())


def of_evidence(came: Arrival) -> Evidence:
    """The bytes of a message of the register."""
    from dsar.core.parties import Evidence  # noqa: PLC0415 - the register does not know the facts

    return Evidence(sha256=came.sha256, size=came.size, name=came.name, media=came.media)


def correspondent(ref: str, open_: bool, addresses: tuple[str, ...]) -> Correspondent:  # noqa: FBT001 - a column
    """A case of the lists as a message sees it."""
    domains = frozenset(domain(one) for one in addresses) - {""}
    return Correspondent(ref=ref, open=open_, addresses=frozenset(addresses), domains=domains)
