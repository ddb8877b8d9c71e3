"""The shape of the law: what `dsar/law/*.toml` holds, once read and checked by the law book.

Every record has its `source` and says in `checked` whether somebody read that source. `valid_from` is the first day
on which the record is law: a change of law adds a record, it edits none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dsar.core.parallels import Parallel, RegimeId, parallel

IdentityRule = Literal["suspends", "restarts"]
ClarificationRule = Literal["suspends-if-large", "excluded-both-days"]
FeeRule = Literal["suspends", "restarts", "ten-days-then"]
CalendarRule = Literal["country", "institutions"]
Whose = Literal["controller", "us", "authority"]
# what starts a term by itself: a grievance of ours, an act of the authority, a complaint to the controller
Starts = Literal[
    "",
    "grievance",
    "event",
    "contact",
    "complained",
    "lodged",
    "admitted",
    "transmitted",
    "competence",
    "simple",
    "resolution",
    "decided",
]
Raised = Literal["computed", "review", "judgment"]
AuthoritySector = Literal[
    "private", "public", "police", "church", "broadcaster", "telecom", "postal", "court", "parliament"
]
ComplaintChannel = Literal["online", "post", "email", "fax", "in-person"]
ComplaintTrack = Literal["complaint", "report"]
PriorContact = Literal["", "required", "expected", "advised"]
SignatureClass = Literal["", "none", "scan", "handwritten", "qualified", "e-id", "required"]
IdentityCopy = Literal["", "none", "required", "with-handwritten", "on-doubt"]
Representation = Literal["", "written", "signed", "form", "notarised"]
AnonymousComplaint = Literal["", "accepted", "tip", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time as a law states it. `working_days` counts working days only; the other units do not."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A body of law under which a request is answered, with the rules that move its clock.

    `period` is None where the law fixes no last day ("without undue delay"). `extended` counts from the receipt in one
    step. `roll_strict`/`roll_safe`: whether a last day that is no working day moves to the next one, in each reading.
    `period_cite`, `extension_cite`, `identity_cite` … are citation keys such as `gdpr:12.3`. `sectors`: it is the law
    of controllers of these sectors only (empty: of all those for which no other regime of their country is by name).
    """

    id: str
    name: str
    period: Period | None
    extended: Period | None
    identity: IdentityRule
    clarification: ClarificationRule
    fee: FeeRule
    calendar: CalendarRule
    roll_strict: bool
    roll_safe: bool
    period_cite: str
    extension_cite: str
    identity_cite: str
    clarification_cite: str
    fee_cite: str
    roll_cite: str
    countries: tuple[str, ...]
    source: str
    checked: bool
    sectors: tuple[str, ...] = ()
    announced_cite: str = ""
    reflection_days: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    @property
    def own_cites(self) -> frozenset[str]:
        """The provisions that the record itself names."""
        parts = ("period", "extension", "identity", "clarification", "fee", "roll", "announced")
        return frozenset(str(getattr(self, f"{part}_cite")) for part in parts) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One more time limit of the law book, counted from one event. `binds` says for whom it runs.

    `days_from_case`: the number of days is set in the case (a formal notice). `custom`: practice, not law. `starts`
    is the event of a case that starts it by itself (empty: none that a case records). `regimes`: it runs in every case
    under one of them (empty: only where the record of the authority names it). `cross_border`: only where the
    controller sits in another Member State than the authority.
    """

    id: str
    name: str
    binds: Whose
    period: Period
    cite: str
    rolls: bool
    source: str
    checked: bool
    roll_cite: str = ""
    days_from_case: bool = False
    custom: bool = False
    valid_from: date | None = None
    note: str = ""
    starts: Starts = ""
    regimes: tuple[RegimeId, ...] = ()
    cross_border: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRule:
    """Something an answer must contain: `right` it belongs to, `cites`, and the precedents that sharpened it.

    `sectors`: asked by default only of controllers of these sectors (empty: of all). `always`: part of every request
    of its right. Its words are in `letters/<lang>/_words/demands.toml` under the same id. `breach` is what its lack
    in an answer raises, `refusal` what its refusal raises, where that is more; neither is raised while one of `unless`
    was given. `where` is the detail of the request (`core/details.py`) without which it is not asked, `covered_by` a
    right whose demands cover it where both are exercised.
    """

    id: str
    right: str
    cites: tuple[str, ...]
    source: str
    checked: bool
    precedents: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    always: bool = True
    where: str = ""
    covered_by: str = ""
    breach: str = "incomplete-answer"
    refusal: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRule:
    """A wrong that can be alleged: the articles, how it is raised, what supports it, what to ask for.

    `raised`: `computed` from the log, by the `review` of an answer, or by a `judgment` on one of their messages.
    `regimes` are those of which its words are true (empty: all that have its provision); elsewhere it is not raised.
    `meanings` are the kinds of message that a person may judge to be one; `usual` those among them that are this one
    where nobody names another.
    Its words are in `letters/<lang>/_words/breaches.toml` under the same id.
    """

    id: str
    cites: tuple[str, ...]
    raised: Raised
    source: str
    checked: bool
    precedents: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    regimes: tuple[RegimeId, ...] = ()
    meanings: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A decision: only a checked one is cited in a letter. `number` as its court writes it.

    What it holds stands in `letters/<lang>/_words/holdings.toml` under the same id, in one line.
    """

    id: str
    body: str
    number: str
    on: date
    source: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A supervisory authority: for what it is competent, and how it takes a complaint.

    An empty field (or None) means not found, never "no rule". `address` is the postal one, `visiting` the office.

    Competence. `regions` are ISO 3166-2 codes without the country (empty: the whole country). `sectors`: those for
    which it is competent by name; empty: of general competence, for all that no other authority of its country (or, for
    a public body, of its region) has by name. `competence_cites` give it that competence (for the private sector, if it
    has several), `complaint_cite` is the right to complain to it (empty: GDPR, Art. 77(1)), `forwards_cite` makes it
    pass on what is another's. `track`: `report` where the person is no party and gets no decision.

    A complaint. `prior_contact` with `prior_cite`: the controller must, should or may be asked first. `limitation`,
    `silence`, `decision`, `appeal` are ids of `law/terms.toml`: until when to complain, what follows when it does not
    answer, within what time it decides, until when to contest its decision. `silence_cites`: the provisions under which
    its silence of three months rejects a complaint, unless it dealt with it or gave news of it. `signature` `required`:
    signed, the class not found. `translation`: a certified one is asked. `anonymous`: what becomes of a complaint
    without a name. `published`: the complaint itself is a public record. `max_attachment`, `representation_form`,
    `fee`: as the authority puts it, in a few words.
    """

    id: str
    name: str
    country: str
    address: tuple[str, ...]
    languages: tuple[str, ...]
    source: str
    checked: bool
    visiting: tuple[str, ...] = ()
    form: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    regions: tuple[str, ...] = ()
    sectors: tuple[AuthoritySector, ...] = ()
    competence_cites: tuple[str, ...] = ()
    complaint_cite: str = ""
    forwards_cite: str = ""
    track: ComplaintTrack = "complaint"
    channels: tuple[ComplaintChannel, ...] = ()
    form_mandatory: bool | None = None
    prior_contact: PriorContact = ""
    prior_cite: str = ""
    signature: SignatureClass = ""
    identity_copy: IdentityCopy = ""
    representation: Representation = ""
    representation_form: str = ""
    translation: bool | None = None
    mediation_first: bool | None = None
    published: bool | None = None
    anonymous: AnonymousComplaint = ""
    limitation: tuple[str, ...] = ()
    silence: str = ""
    decision: str = ""
    appeal: str = ""
    silence_cites: tuple[str, ...] = ()
    max_attachment: str = ""
    fee: str = ""
    contents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The whole law book. `version` is a hash of its files: it goes into every issued letter."""

    version: str
    regimes: tuple[Regime, ...]
    terms: Mapping[str, Term]
    demands: Mapping[str, DemandRule]
    breaches: Mapping[str, BreachRule]
    precedents: Mapping[str, Precedent]
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    parallels: Mapping[str, Parallel] = field(default_factory=dict)

    def regime(self, name: str, on: date) -> Regime | None:
        """The rules of regime `name` as they stood on a day, or None if there were none."""
        for regime in self.regimes:
            starts = regime.valid_from is None or regime.valid_from <= on
            ends = regime.valid_until is None or on <= regime.valid_until
            if regime.id == name and starts and ends:
                return regime
        return None

    def parallel(self, key: str, regime: str, on: date, *, received: date | None = None) -> str | None:
        """What corresponds under a regime to a provision of the law book, or None: there is no such provision.

        `on` is the day of the citation, `received` that of the request, where it is known.
        """
        return parallel(self.parallels.values(), key, regime, on, received=received)

    def judged(self, meaning: str) -> tuple[str, ...]:
        """The breaches that a message of a kind can be judged to be, the usual one first."""
        found = [rule for rule in self.breaches.values() if meaning in rule.meanings]
        return tuple(rule.id for rule in sorted(found, key=lambda rule: meaning not in rule.usual))

    def usual(self, meaning: str) -> str:
        """The breach that an unjustified message of a kind is, where nobody names one; empty if there is none."""
        return next((rule.id for rule in self.breaches.values() if meaning in rule.usual), "")
