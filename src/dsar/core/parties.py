"""Who is in a case: the data subject, the agent, the controller, and the mandate between the first two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dsar.core.powers import BEYOND, POWERS, usual

MandateKind = Literal["agent", "art80", "lawyer", "parent", "guardian", "heir"]
Sector = Literal["general", "face-search", "data-broker", "platform", "credit", "employer", "public", "police"]
Preferred = Literal["", "email", "post", "fax", "portal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Bytes kept in the vault, named by their hash: a mail, a scan, a slip, an issued letter.

    `name` is the file name as it came (hostile: never used as a path); `media` an IANA media type; `size` in bytes.
    """

    sha256: str
    size: int
    name: str
    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address as lines, most specific first; `country` is ISO 3166-1 alpha-2, upper case."""

    lines: tuple[str, ...]
    country: str

    @property
    def known(self) -> bool:
        """Whether a letter could be posted there."""
        return bool(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A natural person (or, as an agent, the organisation behind one): the data subject or who acts for them.

    `organisation` is empty for somebody who acts in their own name; `commercial` says that it is a company for
    profit, which may carry a request but not a complaint under Art. 80(1) GDPR.
    """

    id: str
    name: str
    email: str
    address: Address
    language: str
    organisation: str = ""
    commercial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """To whom one writes. `established` = has an establishment in the EU or EEA (None: not known).

    `region` is the ISO 3166-2 subdivision without the country prefix where it is known (`BY`), else empty. `habits`
    are sourced sentences on how this controller treats requests. `checked` is true only if somebody read the source.

    `runs` are the services and companies that it answers for, `serves` the countries that the record is meant for
    (empty: no matter which), `domains` further sites of its own beside `website`, `preferred` the channel that it asks
    for. `identity_data` are the kinds of data it finds a person by, `required_identity` those among them that it cannot
    do without, `identity_notes` what it calls the more special ones; `id_document` whether it asks everybody for an
    identity document (None: not known). `templates` name letters that the source keeps for this controller, as
    `right:name`. A record that is `obsolete` (the reason) is written to no more: its `successor` is, if it has one.
    `retrieved_on` is the day on which the source was read, or taken over.
    """

    id: str
    name: str
    address: Address
    emails: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    form: str = ""
    dpo: str = ""
    representative: str = ""
    established: bool | None = None
    region: str = ""
    sector: Sector = "general"
    languages: tuple[str, ...] = ()
    identity_data: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    source: str = ""
    checked: bool = False
    website: str = ""
    domains: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    runs: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    preferred: Preferred = ""
    required_identity: tuple[str, ...] = ()
    identity_notes: tuple[str, ...] = ()
    id_document: bool | None = None
    templates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    obsolete: str = ""
    successor: str = ""
    licence: str = ""
    retrieved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The written power to act for a data subject (Art. 80(1) GDPR, or national law of agency).

    A mandate names the controller, the processing, the facts and the rights, and says whether the agent may receive
    the data; an authority has dismissed complaints for less (APD/GBA 112/2024). `grievance_on` is the day on which
    the grievance existed: a mandate older than it reads as fictitious. `also` are further controllers that it names,
    `powers` what it was chosen to cover (of `core.powers.POWERS`, the request among them; empty: what is usual for its
    kind), `sent_on` the day on which it went to the data subject to be signed.
    """

    id: str
    kind: MandateKind
    agent: Person
    subject: str
    controller: str
    rights: tuple[str, ...]
    processing: str = ""
    may_receive_data: bool = False
    until: date | None = None
    grievance_on: date | None = None
    drafted_on: date | None = None
    signed_on: date | None = None
    revoked_on: date | None = None
    document: Evidence | None = None
    also: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    sent_on: date | None = None

    def names(self, controller: str) -> bool:
        """Whether it names that controller."""
        return controller == self.controller or controller in self.also

    @property
    def statutory(self) -> bool:
        """Whether the power comes from the law, not from the data subject: they sign nothing, and cannot revoke it."""
        return self.kind in {"parent", "guardian", "heir"}

    @property
    def granted(self) -> tuple[str, ...]:
        """Everything that it covers, in the order of `core.powers.POWERS`."""
        chosen = {"request", *(self.powers or usual(self.kind, commercial=self.agent.commercial))}
        data = {"receive-data"} if self.may_receive_data else set()
        return tuple(power for power in POWERS if power in (chosen - {"receive-data"}) | data)

    @property
    def further(self) -> tuple[str, ...]:
        """What it covers towards an authority or a court."""
        return tuple(power for power in self.granted if power in BEYOND)

    @property
    def special(self) -> bool:
        """Whether its powers were chosen otherwise than is usual for its kind."""
        return self.further != usual(self.kind, commercial=self.agent.commercial)

    @property
    def may_complain(self) -> bool:
        """Whether the agent may complain for the data subject: not a company for profit that is no lawyer.

        Art. 80(1) GDPR is for not-for-profit bodies (APD/GBA 39/2024). A mandate whose powers were chosen without the
        complaint gives none; a power that the law gives is whole.
        """
        if self.statutory:
            return True
        return "complaint" in self.further and (not self.agent.commercial or self.kind == "lawyer")

    def valid(self, on: date) -> bool:
        """Whether the mandate was signed, not expired and not revoked on that day."""
        signed = self.signed_on is not None and self.signed_on <= on
        expired = self.until is not None and on > self.until
        revoked = self.revoked_on is not None and on >= self.revoked_on
        return signed and not expired and not revoked
