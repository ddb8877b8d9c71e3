"""What a letter may say: the case, read for one letter on one day. Templates see exactly these names.

A field that does not apply is None or empty; a template that cannot do without it lists it under `needs`, with the
dotted path used here (`reply.safe`, `notice.received_on`), and the letter is then refused with one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dsar.core.details import NOTHING_SAID, Details
from dsar.core.events import Status
from dsar.core.law import Authority
from dsar.core.parties import Controller, Mandate, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """A demand with its number in the request. `words` is the finished demand in the letter's language.

    `status` is what the last review found (None: not reviewed), `note` what the reader wrote beside it.
    """

    n: int
    id: str
    words: str
    cites: tuple[str, ...]
    right: str
    status: Status | None = None
    note: str = ""

    @property
    def lacking(self) -> bool:
        """Reviewed, and not given."""
        return self.status in ("generic", "pointed", "missing", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMade:
    """The request: issued, sent (each channel as its word in the letter's language), received."""

    issued_on: date | None
    sent_on: date | None
    channels: tuple[str, ...]
    received_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDue:
    """When the answer was due: `strict` and `safe` as in the deadline `reply` of the case.

    `late_days` counts from the safe date to the letter's day, or to the answer if it came; 0 unless lateness may be
    asserted.
    """

    strict: date | None
    safe: date | None
    late_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirMessage:
    """A classified message of theirs. `what` is its kind in the letter's language ("identity demand").

    `because` is why the case worker found it unjustified, in their own words. Of an extension: `reasons`, whether it
    says why (None: nobody noted it), and `until`, the day it names. Of a request for clarification: `large`, whether a
    large quantity of data is processed (Recital 63 GDPR; None: not said). Of a fee: its `amount`.
    """

    n: int
    on: date
    kind: str
    what: str
    subject: str
    judged_unjustified: bool
    because: str = ""
    reasons: bool | None = None
    until: date | None = None
    large: bool | None = None
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPiece:
    """A line of the identity ledger: what was demanded, given or refused, and when.

    `item` is in the letter's language where it is one of its well-known pieces (`id`: `redacted-copy`), else in the
    user's own words (`id` is empty).
    """

    item: str
    on: date
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySoFar:
    """The ledger. `known` are the identifiers that the controller already had before its first demand."""

    demanded: tuple[IdentityPiece, ...]
    given: tuple[IdentityPiece, ...]
    refused: tuple[IdentityPiece, ...]
    known: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven:
    """The formal notice: of this letter (then only `term_days`), or the one already given."""

    term_days: int
    sent_on: date | None
    received_on: date | None
    last_day: date | None
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLodged:
    """The complaint that was lodged: with whom (the authority's name), under which reference of theirs, when.

    `acknowledged_on` is the day on which the authority confirmed it, if it did. A confirmation is no news.
    """

    authority: str
    reference: str
    on: date
    acknowledged_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grievance:
    """A breach that may be asserted on the letter's day. `title` and `law` and `facts` are finished words."""

    id: str
    title: str
    law: str
    facts: str
    cites: tuple[str, ...]
    precedents: tuple[str, ...]
    since: date
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedGrievance:
    """A grievance that several complainants have: `count` of them, whose numbers `of` prints (`1–12, 15`).

    Of `grievance` only what is the same for all is filled: what happened stands in the annex of each. `since_first` and
    `since_last` are the days on which it began for the first and for the last of them.
    """

    grievance: Grievance
    count: int
    of: str
    since_first: date
    since_last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective:
    """Many complainants against one controller, counted; nobody is named, for the letter goes to each of them too.

    `numbers` are those of the complainants, `mandates` and `proofs` the exhibits that prove the power to act and the
    constitution of the body, as printed; `kinds` the kinds of mandate. The first and last days are those of the
    sendings, the proved receipts and the last days for the answer (most favourable to the controller). `answered`
    counts those whom an answer, a refusal or a "no data" reached, `silent` the others. `residents`: all live in the
    country of the authority. `processing` is what the mandates say of the processing, where they say the same.
    """

    count: int
    numbers: str
    kinds: tuple[str, ...]
    mandates: str
    proofs: str
    sent_first: date
    sent_last: date
    arrived_first: date | None
    arrived_last: date | None
    due_first: date | None
    due_last: date | None
    answered: int
    silent: int
    residents: bool
    processing: str
    grievances: tuple[SharedGrievance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyLine:
    """One event in words, with the exhibits that prove it."""

    on: date
    words: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole brief of a letter. `sender` is the agent where there is one, else the data subject.

    `on_behalf`: an agent writes. `question` is the message of theirs that this letter replies to, `answer` their last
    answer. `term_days` is the term that this letter sets, if it sets one. `id_data` are (label in the language, value).
    `previous` are the letters already issued in this case as (kind, day). `others` are further controllers that a
    mandate names, so far as their records are known.
    """

    kind: str
    lang: str
    ref: str
    today: date
    regime: str
    rights: tuple[str, ...]
    subject: Person
    sender: Person
    agent: Person | None
    on_behalf: bool
    mandate: Mandate | None
    controller: Controller
    purpose: str
    id_data: tuple[tuple[str, str], ...]
    demands: tuple[AskedItem, ...]
    request: RequestMade
    reply: ReplyDue
    messages: tuple[TheirMessage, ...]
    question: TheirMessage | None
    answer: TheirMessage | None
    identity: IdentitySoFar
    notice: NoticeGiven | None
    grievances: tuple[Grievance, ...]
    chronology: tuple[ChronologyLine, ...]
    authority: Authority | None
    previous: tuple[tuple[str, date], ...]
    enclosures: tuple[str, ...]
    details: Details = NOTHING_SAID
    complaint: ComplaintLodged | None = None
    term_days: int = 0
    collective: Collective | None = None
    others: tuple[Controller, ...] = ()

    def by_right(self, right: str) -> tuple[AskedItem, ...]:
        """The demands that belong to one right, in their order."""
        return tuple(item for item in self.demands if item.right == right)

    @property
    def lacking(self) -> tuple[AskedItem, ...]:
        """The demands that the last review found not given."""
        return tuple(item for item in self.demands if item.lacking)

    @property
    def satisfied(self) -> bool:
        """Whether the reviews found every demand given, but those that do not apply."""
        return bool(self.demands) and all(item.status in ("given", "na") for item in self.demands)
