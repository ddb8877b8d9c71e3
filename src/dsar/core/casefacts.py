"""What the log of a case says to somebody who counts cases: facts only, computed and never typed, true on any day.

Nothing here depends on the day of the report: who is late on that day is read from the dates (`lateness`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dsar.core.events import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One classified message of theirs. `kind` is the name of its meaning (`identity-demand`, `extension` …).

    `n` is the entry of the message in the log. `ends` is when we had given, refused, paid or replied to what it asks.
    `unjustified` says whether a person judged it to be so (None: nobody did), `breaches` of which kinds. `items` are
    the pieces of identity that were asked for; `reasons` and `until` belong to an extension; `in_time` says whether the
    extension was announced within the first term, read safely (None: that cannot be told). `ground` is the refusal's,
    `amount` the fee's.
    """

    kind: str
    on: date
    n: int
    ends: date | None = None
    unjustified: bool | None = None
    breaches: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    reasons: bool | None = None
    until: date | None = None
    in_time: bool | None = None
    ground: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One case as a row of a study (field scheme of Bowyer 2022, Boniface 2019, Bufalieri 2020, Urban 2019).

    Who: `subject`, `controller` are ids; `lives_in` and `country` the places of both (ISO 3166-1 alpha-2);
    `established` as the record has it. The request: `template` and `law` are the hash and version of the first issued
    request, `channels` all the ways by which it left, `sent_on` the first of them. `arrived_on` is the earliest
    delivery (strict), `proved_on` the latest proved one (safe). `bounced` says that a bounce came back.

    The term: `strict` and `safe` are the last days for the answer, with extensions; `first_safe` the safe last day
    without one (the end of the lawful month). `met` is the day on which they met it, in time or late, `met_safe` as the
    safe reading counts. `first_answer` and `last_answer` are the first and last substantive reaction (answer, refusal,
    "no data"), as (day, kind).

    What we did: the days on which reminders and notices left and the complaint was lodged. `letters_out` and
    `messages_in` count what was issued and what came. `findings` are the statuses of the demands of the last review of
    the last answer reviewed, `first_findings` those of the first; `faults` the breaches found in reviews. `breaches`
    are (id, day from which it may be asserted). `media` are the types of the files of the last answer.
    """

    ref: str
    opened_on: date
    subject: str
    controller: str
    controller_name: str
    sector: str
    country: str
    lives_in: str
    regime: str
    rights: tuple[str, ...]
    language: str
    letter: str
    length: int
    last_on: date
    campaign: str = ""
    wave: int = 0
    owner: str = ""
    mandate: str = ""
    established: bool | None = None
    representative: bool = False
    questions: int = 0
    issued_on: date | None = None
    template: str = ""
    law: str = ""
    channels: tuple[str, ...] = ()
    sent_on: date | None = None
    arrived_on: date | None = None
    proved_on: date | None = None
    bounced: bool = False
    acknowledged_on: date | None = None
    strict: date | None = None
    safe: date | None = None
    first_safe: date | None = None
    met: date | None = None
    met_safe: date | None = None
    first_answer: tuple[date, str] | None = None
    last_answer: tuple[date, str] | None = None
    happenings: tuple[Happening, ...] = ()
    reminders: tuple[date, ...] = ()
    notices: tuple[date, ...] = ()
    complaint_on: date | None = None
    authority: str = ""
    authority_ack_on: date | None = None
    decision_on: date | None = None
    letters_out: int = 0
    messages_in: int = 0
    findings: tuple[tuple[str, str], ...] = ()
    first_findings: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    breaches: tuple[tuple[str, date], ...] = ()
    media: tuple[str, ...] = ()
    outcome: Outcome = "open"
    closed_on: date | None = None

    def late(self, today: date) -> bool:
        """Whether lateness or silence may be said of it on that day: only after the safe date."""
        return self.safe is not None and (self.met_safe or self.met or today) > self.safe
