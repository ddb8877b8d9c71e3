"""A made-up case for every situation that a letter is for: facts as they would stand in a log, in no vault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dsar.core import meanings
from dsar.core.demands import default_demands
from dsar.core.details import Details
from dsar.core.events import (
    Classified,
    Delivered,
    Entry,
    Escalated,
    Fault,
    Finding,
    Issued,
    Judged,
    Opened,
    Received,
    Reviewed,
    Sent,
)
from dsar.core.parties import Address, Controller, Evidence, Mandate, Person
from dsar.core.rights import QUESTIONS, ordered
from dsar.core.under import Under
from dsar.letters.words import Words

if TYPE_CHECKING:
    from dsar.core.events import Fact, Status
    from dsar.core.law import Law
    from dsar.core.meanings import Meaning
    from dsar.core.parties import MandateKind, Sector
    from dsar.letters.front import Template

Who = Literal["own", "agent", "body", "parent"]
WHO: tuple[Who, ...] = ("own", "agent", "body", "parent")
"""Who writes: the person, a company as agent, a not-for-profit body that may receive the data, a parent."""

REF = "2026-SAMPLE"
_OPENED, _RECEIVED = date(2026, 3, 2), date(2026, 3, 5)  # due on Tuesday 7 April: the 5th is Easter Sunday
_KINDS: dict[Who, MandateKind] = {"agent": "agent", "body": "art80", "parent": "parent"}
_PAPER = Evidence(sha256="0" * 64, size=1, name="sample.pdf", media="application/pdf")

# Where the people of the sample live, by the language of the letter; elsewhere as in English.
_HOMES = {
    "de": Address(lines=("Uferweg 8", "10999 Berlin"), country="DE"),
    "en": Address(lines=("12 Harbour Street", "Dublin 4"), country="IE"),
    "es": Address(lines=("Calle del Faro 5", "46011 Valencia"), country="ES"),
    "fr": Address(lines=("12 quai du Port", "13002 Marseille"), country="FR"),
    "it": Address(lines=("Via del Molo 3", "16126 Genova"), country="IT"),
    "nl": Address(lines=("Havenkade 21", "3011 AB Rotterdam"), country="NL"),
}
_SEATS = {"eudpr": "BE", "uk-gdpr": "GB", "ch-fadp": "CH", "led-fr": "FR", "led-de": "DE"}
_AUTHORITIES = {"de": "de-berlin", "es": "es-aepd", "fr": "fr-cnil", "it": "it-garante", "nl": "nl-ap"}
_VALUES = {
    "email": "nina@ferrand.example",
    "photo": "portrait.jpg",
    "url": "https://photos.example/nina",
    "cookie-id": "c9f2-7741-ad06",
    "advertising-id": "38400000-8cf0-11bd-b23e-10b96e40000d",
    "consent-string": "CPokAsAPokAsAAGABBENC8CgAAAAAAAAAAAAAAAA",
    "customer-number": "K-20417",
}
# What they wrote on 16 March, by the situation that a letter names.
_WROTE: dict[str, Meaning] = {
    "mandate-doubt": meanings.MandateDoubt(),
    "clarification": meanings.Clarification(large=False),
    "extension": meanings.Extension(reasons=False),
    "fee": meanings.Fee(amount="40 EUR"),
    "portal": meanings.PortalRedirect(),
    "wrong-contact": meanings.WrongContact(),
    "other-language": meanings.OtherLanguage(),
    "no-data": meanings.NoData(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The log of a made-up case, the day on which the letter is written, and the authority that it may go to."""

    entries: tuple[Entry, ...]
    today: date
    authority: str


def sample(template: Template, who: Who, words: Words, law: Law) -> Sample:
    """A case in the situation that the letter is for."""
    story = _Story(template, who, words, law)
    today = story.told(template.fits[0])
    authority = _AUTHORITIES.get(template.lang, "ie-dpc")
    if template.regimes[:1] == ("uk-gdpr",):  # as in `_opened`: the first law of the letter is that of the case
        authority = "uk-ico"
    entries = tuple(
        Entry(n=n, event=fact, recorded_at=f"{fact.on.isoformat()}T09:00:00+00:00", by="sample")
        for n, fact in enumerate(story.facts, start=1)
    )
    return Sample(entries=entries, today=today, authority=authority)


class _Story:
    """Facts, one after the other, until the situation is reached."""

    def __init__(self, template: Template, who: Who, words: Words, law: Law) -> None:
        self._template, self._who, self._words, self._law = template, who, words, law
        self._kind = template.kind if "first-request" in template.fits else "access-erasure"
        self.facts: list[Fact] = [self._opened()]

    def told(self, situation: str) -> date:
        """Tell the story up to the day of the letter."""
        if situation in {"first-request", "mandate", "revocation"}:
            return _OPENED
        self._goes(self._kind, _OPENED)
        if situation == "unconfirmed":
            return date(2026, 3, 16)
        self._arrives(_RECEIVED)
        match situation:
            case "awaiting":
                return date(2026, 3, 25)
            case "overdue":
                return date(2026, 4, 20)
            case "identity-demand":
                return self._asks(meanings.IdentityDemand(items=(self._said("item"),)))
            case name if name in _WROTE:
                return self._asks(_WROTE[name])
            case "lacking" | "breach" | "third-party-data" | "satisfied":
                return self._answers(situation)
            case _:
                return self._goes_on(situation)

    def _goes_on(self, situation: str) -> date:
        """After the term of the formal notice: judicial notice, complaint, authority."""
        self._goes("notice", date(2026, 4, 20), term_days=15)
        self._arrives(date(2026, 4, 22))
        if situation in {"notice-expired", "complaint"}:
            return date(2026, 5, 20)
        self._goes("complaint", date(2026, 5, 20))
        name = _AUTHORITIES.get(self._template.lang, "ie-dpc")
        self.facts.append(Escalated(on=date(2026, 5, 20), authority=name, reference="2026/1234", proof=_PAPER))
        return date(2026, 7, 1) if situation == "with-authority" else date(2026, 10, 1)

    def _asks(self, meaning: Meaning) -> date:
        n = self._comes(meaning, date(2026, 3, 16))
        self.facts.append(Judged(on=date(2026, 3, 18), about=n, justified=False, because=self._said("because")))
        return date(2026, 3, 18)

    def _answers(self, situation: str) -> date:
        n = self._comes(meanings.Answer(), date(2026, 3, 30))
        faults = (
            (Fault(breach="third-party-data", note=self._said("fault")),) if situation == "third-party-data" else ()
        )
        found: dict[str, tuple[Status, str]] = {
            "recipients": ("generic", self._said("note")),
            "source": ("pointed", ""),
            "copy": ("missing", ""),
        }
        given: tuple[Status, str] = ("given", "")
        opened = self.facts[0]
        demands = opened.demands if isinstance(opened, Opened) else ()
        self.facts.append(
            Reviewed(
                on=date(2026, 4, 1),
                answer=n,
                findings=tuple(
                    Finding(demand=one.id, status=status, note=note)
                    for one in demands
                    for status, note in [given if situation == "satisfied" else found.get(one.id, given)]
                ),
                faults=faults,
            )
        )
        return date(2026, 4, 2)

    def _comes(self, meaning: Meaning, on: date) -> int:
        self.facts.append(Received(on=on, message=_PAPER, sender="privacy@kelp.example", subject="Ref. 4411"))
        n = len(self.facts)
        self.facts.append(Classified(on=on, message=n, meaning=meaning))
        return n

    def _goes(self, kind: str, on: date, *, term_days: int | None = None) -> None:
        fact = Issued(
            on=on,
            kind=kind,
            lang=self._template.lang,
            subject="Sample",
            text=_PAPER,
            pdf=_PAPER,
            template="",
            law="",
            term_days=term_days,
        )
        self.facts.append(fact)
        self.facts.append(Sent(on=on, letter=len(self.facts), channel="registered", to="Kelp & Sons Ltd", proof=_PAPER))

    def _arrives(self, on: date) -> None:
        self.facts.append(Delivered(on=on, sending=len(self.facts), basis="proved", proof=_PAPER))

    def _said(self, key: str) -> str:
        # a language in the making shows the English sample until it has its own
        own = self._words.has("sample", key)
        return (self._words if own else Words("en", self._words.roots)).say("sample", key)

    def _opened(self) -> Opened:
        template, said = self._template, self._said
        regime = template.regimes[0] if template.regimes else "gdpr"
        sector: Sector = template.sectors[0] if template.sectors else "general"
        rights = ordered(template.rights[0] if template.rights else ("access", "rectification", "objection", "erasure"))
        if "first-request" not in template.fits:
            rights = ("access", "erasure")
        questions = (said("question-1"), said("question-2")) if QUESTIONS in rights else ()
        details = self._details()
        kinds = template.identifiers or ("email", "customer-number")
        return Opened(
            on=_OPENED,
            subject=self._person(),
            controller=self._controller(regime, sector),
            mandate=self._mandate(),
            regime=regime,
            rights=rights,
            language=template.lang,
            demands=default_demands(
                Under(law=self._law, regime=regime, on=_OPENED),
                rights,
                sector,
                questions,
                details=details,
                asks=template.asks,
            ),
            id_data=tuple((kind, _VALUES.get(kind, kind)) for kind in kinds),
            details=details,
            letter=self._kind,
        )

    def _details(self) -> Details:
        said = self._said
        return Details(
            corrections=((said("wrong"), said("right")),),
            supplement=said("supplement"),
            evidence=(said("evidence"),) if "rectification" in self._template.demands else (),
            grounds=("18.1.a",) if self._template.kind == "restriction" else (),
            about=said("about") if self._template.kind == "restriction" else "",
            reasons=said("reasons"),
            decision=said("decision"),
            view=said("view"),
            consent=said("consent"),
            transmit_to=said("transmit_to"),
            respond_by=_OPENED + timedelta(days=30),
        )

    def _home(self) -> Address:
        return _HOMES.get(self._template.lang, _HOMES["en"])

    def _person(self) -> Person:
        return Person(
            id="nina",
            name="Nina Ferrand",
            email="nina@ferrand.example",
            address=self._home(),
            language=self._template.lang,
        )

    def _mandate(self) -> Mandate | None:
        if self._who == "own":
            return None
        agent = replace(self._person(), id="odile", name="Odile Marchetti", email="rights@halcyon.example")
        if self._who != "parent":
            agent = replace(agent, organisation="Halcyon Privacy", commercial=self._who == "agent")
        return Mandate(
            id="M-SAMPLE",
            kind=_KINDS[self._who],
            agent=agent,
            subject="nina",
            controller="Kelp & Sons Ltd",
            rights=("access", "erasure"),
            processing=self._said("processing"),
            may_receive_data=self._who != "agent",
            until=date(2027, 3, 31),
            grievance_on=date(2026, 2, 18),
            drafted_on=date(2026, 2, 19),
            signed_on=date(2026, 2, 20),
        )

    def _controller(self, regime: str, sector: Sector) -> Controller:
        country = _SEATS.get(regime, "IE")
        return Controller(
            id="kelp",
            name="Kelp & Sons Ltd",
            address=Address(lines=("1 Quay Street", "K1 Example"), country=country),
            emails=("privacy@kelp.example",),
            established=regime in {"gdpr", "eudpr"},
            sector=sector,
        )
