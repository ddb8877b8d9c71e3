"""A case: the facts of its log, corrected and ordered, with what belongs together brought together.

Nothing is decided here. Who must act, what is due and what went wrong are read from a `Case` by other modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dsar.core.events import (
    AuthorityActed,
    Closed,
    Delivered,
    Escalated,
    Fact,
    IdentityRefused,
    IdentitySupplied,
    Issued,
    Judged,
    Opened,
    Received,
    Reviewed,
    Sent,
)
from dsar.core.meanings import Meaning
from dsar.core.rights import REQUESTS, ordered

TO_CONTROLLER = "controller-complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A fact that holds, with the number of its entry: corrections are applied, withdrawn entries are gone."""

    n: int
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One way a letter went out, and what became of it."""

    n: int
    fact: Sent
    deliveries: tuple[tuple[int, Delivered], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An issued letter and its sendings."""

    n: int
    fact: Issued
    sendings: tuple[Sending, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message of theirs: what a person said it is, and what we did about it."""

    n: int
    fact: Received
    meaning: Meaning | None = None
    replied: date | None = None
    paid: date | None = None
    supplied: tuple[tuple[int, IdentitySupplied], ...] = ()
    refused: tuple[tuple[int, IdentityRefused], ...] = ()
    judgments: tuple[tuple[int, Judged], ...] = ()
    review: tuple[int, Reviewed] | None = None

    @property
    def judged(self) -> tuple[int, Judged] | None:
        """The last judgment on it."""
        return self.judgments[-1] if self.judgments else None

    @property
    def held_unjustified(self) -> tuple[Judged, ...]:
        """The judgments by which it is unjustified, one for each breach."""
        return tuple(judged for _, judged in self.judgments if not judged.justified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts of one case, as they hold: what a reader of the file would know."""

    ref: str
    opened: Opened
    held: tuple[Held, ...]
    letters: tuple[Outgoing, ...] = ()
    messages: tuple[Incoming, ...] = ()
    volunteered: tuple[tuple[int, IdentitySupplied], ...] = ()
    escalations: tuple[tuple[int, Escalated], ...] = ()
    authority_acts: tuple[tuple[int, AuthorityActed], ...] = ()
    confirmed: frozenset[int] = frozenset()
    owner: str = ""
    closed: Closed | None = None
    length: int = 0

    @property
    def request(self) -> Outgoing | None:
        """The request whose receipt starts the clock: the first that arrived, else that left, else the last made."""
        made = [letter for letter in self.letters if letter.fact.kind in {*REQUESTS, self.request_kind}]
        arrived = (letter for letter in made if any(sending.deliveries for sending in letter.sendings))
        left = (letter for letter in made if letter.sendings)
        return next(arrived, None) or next(left, None) or (made[-1] if made else None)

    @property
    def request_kind(self) -> str:
        """The kind of letter that the request is: as chosen when the case was opened, which may be one of one's own."""
        return self.opened.letter or "-".join(ordered(self.opened.rights)) or "access"

    @property
    def notices(self) -> tuple[Outgoing, ...]:
        """The formal notices, in order."""
        return tuple(letter for letter in self.letters if letter.fact.kind == "notice")

    @property
    def complained(self) -> Outgoing | None:
        """The last complaint to the controller itself that left (DPA 2018, s. 164A)."""
        sent = [letter for letter in self.letters if letter.fact.kind == TO_CONTROLLER and letter.sendings]
        return sent[-1] if sent else None

    def letter(self, n: int) -> Outgoing | None:
        """The letter issued by entry `n`."""
        return next((letter for letter in self.letters if letter.n == n), None)

    def message(self, n: int) -> Incoming | None:
        """The message received by entry `n`."""
        return next((message for message in self.messages if message.n == n), None)

    def sending(self, n: int) -> Sending | None:
        """The sending of entry `n`."""
        return next((sent for letter in self.letters for sent in letter.sendings if sent.n == n), None)

    def meaning(self, *kinds: type[Meaning]) -> tuple[Incoming, ...]:
        """The messages that a person classified as one of these kinds, in order."""
        return tuple(message for message in self.messages if isinstance(message.meaning, kinds))
