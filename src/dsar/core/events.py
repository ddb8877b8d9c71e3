"""What can happen in a case. Facts only: nothing here is ever changed, and everything else is derived from it.

Every fact has a civil date `on`, the day in the data subject's zone. Where an instant is known, `on_theirs` is its date
where the controller is: the safe reading takes the later one for its receipt, the earlier one for its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dsar.core.details import NOTHING_SAID, Details
from dsar.core.meanings import Meaning
from dsar.core.parties import Controller, Evidence, Mandate, Person

Channel = Literal["email", "post", "registered", "fax", "portal", "hand"]
Basis = Literal["proved", "stated", "presumed", "refused", "unclaimed", "returned"]
Status = Literal["given", "generic", "pointed", "missing", "refused", "na"]
Outcome = Literal["open", "satisfied", "partly", "refused", "no-data", "unreachable", "abandoned"]
AuthorityAct = Literal[
    "ack", "progress", "transmitted", "admitted", "competence", "simple", "resolution", "decision", "closure"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One numbered thing a letter asks for. `id` is a demand of the law book, or `q1`, `q2` … with its own `text`."""

    id: str
    right: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(_Fact):
    """The case was opened. The parties are copied as they were that day: a later correction of a record is no fact.

    `id_data` are the identifiers that the request carries, as (kind, value): `("email", "a@b.example")`; `purpose` the
    one sentence that says why the person asks (C-526/24); `details` what the rights need to be told; `letter` the kind
    of request that was chosen for them; `campaign` and `wave` what the case is a part of, if it is.
    """

    subject: Person
    controller: Controller
    mandate: Mandate | None
    regime: str
    rights: tuple[str, ...]
    language: str
    demands: tuple[Demand, ...]
    id_data: tuple[tuple[str, str], ...] = ()
    purpose: str = ""
    details: Details = NOTHING_SAID
    letter: str = ""
    campaign: str = ""
    wave: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(_Fact):
    """A letter was frozen: exact bytes of its text and of its PDF, the template it came from, what it asks and claims.

    `demands` are the ids in the order of their numbers; `claims` the breaches it asserts; `term_days` the term that a
    formal notice sets; `discloses` the identifiers that the addressee newly learns, `leaves_out` those left out of it;
    `authority` the one that a complaint is addressed to; `answers` the message of theirs that it replies to.
    """

    kind: str
    lang: str
    subject: str
    text: Evidence
    pdf: Evidence
    template: str
    law: str
    demands: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    term_days: int | None = None
    discloses: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    authority: str = ""
    answers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(_Fact):
    """A letter left. `letter` is the number of its `Issued`; `proof` the slip, the mail as sent, the fax log."""

    letter: int
    channel: Channel
    to: str
    tracking: str = ""
    proof: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(_Fact):
    """What became of a sending: only this starts a clock.

    `basis`: proved by a document, stated by the case worker without one, presumed under a named `rule`, refused or
    unclaimed by the addressee, or returned to us (it did not arrive). `presented` is the day on which the post first
    came with it, as the slip says; no clock starts on it, for no rule that was read says so.
    """

    sending: int
    basis: Basis
    rule: str = ""
    on_theirs: date | None = None
    proof: Evidence | None = None
    presented: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(_Fact):
    """Something came in. It has no legal effect before a person has classified it: senders can be forged."""

    message: Evidence | None
    sender: str = ""
    subject: str = ""
    at: str = ""
    on_theirs: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(_Fact):
    """A person said what a message is. The last classification of a message counts."""

    message: int
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(_Fact):
    """We answered their question in message `to`."""

    to: int
    document: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(_Fact):
    """We paid the fee asked in message `to`."""

    to: int
    proof: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySupplied(_Fact):
    """Pieces of identity data were given; `to` is the demand, or None if they were volunteered."""

    to: int | None
    items: tuple[str, ...]
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRefused(_Fact):
    """Pieces of identity data that demand `to` asked for were refused, with the reason."""

    to: int
    items: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(_Fact):
    """A person found the demand, fee, redirect or refusal in message `about` justified or not, and says why.

    `breach` is what an unjustified one is (empty: the usual breach of such a message). A message may be judged to be
    several; that it is justified takes back all that was said of it before.
    """

    about: int
    justified: bool
    because: str
    breach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one demand got in an answer."""

    demand: str
    status: Status
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong that the reader of an answer found in it; `breach` is an id of the law book."""

    breach: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(_Fact):
    """An answer was read against what was asked, demand by demand. The last review of an answer counts."""

    answer: int
    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(_Fact):
    """A complaint was lodged with a supervisory authority (Art. 77 GDPR)."""

    authority: str
    reference: str = ""
    proof: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityActed(_Fact):
    """The authority acted: `simple` cooperation and early `resolution` are those of Reg. 2025/2518, Art. 6 and 5."""

    act: AuthorityAct
    document: Evidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(_Fact):
    """Another case worker takes over."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(_Fact):
    """A note for the file; no legal effect, never shown to the other side."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(_Fact):
    """Entry `about` looks odd and is nevertheless right, and why."""

    about: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(_Fact):
    """The case is over."""

    outcome: Outcome
    reason: str = ""


Fact = (
    Opened
    | Issued
    | Sent
    | Delivered
    | Received
    | Classified
    | Replied
    | Paid
    | IdentitySupplied
    | IdentityRefused
    | Judged
    | Reviewed
    | Escalated
    | AuthorityActed
    | Assigned
    | Noted
    | Confirmed
    | Closed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(_Fact):
    """Entry `replaces` was wrong: `by` takes its place, or nothing does. The wrong entry stays in the log."""

    replaces: int
    by: Fact | None
    because: str = ""


Event = Fact | Corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a case's log: the fact, its number from 1, and who wrote it down when (ISO 8601 with offset)."""

    n: int
    event: Event
    recorded_at: str
    by: str
