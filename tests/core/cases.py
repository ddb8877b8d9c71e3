"""A case file as a clerk keeps it: one line a fact, made-up parties, days written as `2026-03-02`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.breaches import breaches
from dsar.core.deadlines import Calendars, Deadline, deadlines
from dsar.core.events import (
    Classified,
    Corrected,
    Delivered,
    Demand,
    Entry,
    Event,
    Issued,
    Judged,
    Opened,
    Received,
    Reviewed,
    Sent,
)
from dsar.core.fold import fold
from dsar.core.later import known_since, later
from dsar.core.parties import Address, Controller, Evidence, Person
from dsar.core.standing import Standing, standing
from dsar.lawbook.calendars import calendar
from dsar.lawbook.load import law

if TYPE_CHECKING:
    from dsar.core.breach import Breach
    from dsar.core.case import Case
    from dsar.core.events import Basis, Channel, Fact, Fault, Finding
    from dsar.core.meanings import Meaning
    from dsar.core.parties import Mandate

REF = "2026-7QX2M"
NEVER = "2035-12-31"
MAILBOX = "privacy@clearface.example"

ZOE = Person(
    id="zoe",
    name="Zoé Exemple",
    email="zoe@personne.example",
    address=Address(lines=("1 rue des Lilas", "75000 Paris"), country="FR"),
    language="fr",
)
CLEARFACE = Controller(
    id="clearface",
    name="Clearface SARL",
    address=Address(lines=("2 quai des Brumes", "69000 Lyon"), country="FR"),
    emails=(MAILBOX,),
)
DEMANDS = (
    Demand(id="purposes", right="access"),
    Demand(id="source", right="access"),
    Demand(id="copy", right="access"),
    Demand(id="erase", right="erasure"),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def maybe(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def paper(name: str, media: str = "application/pdf") -> Evidence:
    """A document that is nothing but its name, which is its hash too."""
    return Evidence(sha256=name, size=len(name), name=name, media=media)


def in_country(code: str) -> Calendars:
    return Calendars(strict=calendar(code), safe=calendar(code))


class CaseFile:
    """A case being written down. Each line gives the number of its entry; a reading names its day."""

    def __init__(
        self,
        opened: str = "2026-03-01",
        *,
        regime: str = "gdpr",
        calendars: Calendars | None = None,
        mandate: Mandate | None = None,
        rights: tuple[str, ...] = ("access", "erasure"),
    ) -> None:
        self.entries: list[Entry] = []
        self.calendars = calendars or in_country("FR")
        self.write(
            Opened(
                on=day(opened),
                subject=ZOE,
                controller=CLEARFACE,
                mandate=mandate,
                regime=regime,
                rights=rights,
                language="fr",
                demands=tuple(demand for demand in DEMANDS if demand.right in rights),
            )
        )

    def write(self, event: Event) -> int:
        n = len(self.entries) + 1
        self.entries.append(Entry(n=n, event=event, recorded_at="2026-03-05T14:02:11+01:00", by="Inès Agente"))
        return n

    def issued(
        self, on: str, kind: str = "access-erasure", *, term_days: int | None = None, answers: int | None = None
    ) -> int:
        return self.write(
            Issued(
                on=day(on),
                kind=kind,
                lang="fr",
                subject=f"the {kind}",
                text=paper(f"{kind}.md", "text/markdown"),
                pdf=paper(f"{kind}.pdf"),
                template=kind,
                law="made-up",
                term_days=term_days,
                answers=answers,
            )
        )

    def sent(
        self, on: str, letter: int, via: Channel = "email", *, to: str = MAILBOX, proof: Evidence | None = None
    ) -> int:
        return self.write(Sent(on=day(on), letter=letter, channel=via, to=to, proof=proof))

    def delivered(
        self,
        on: str,
        sending: int,
        basis: Basis = "proved",
        *,
        theirs: str | None = None,
        proof: Evidence | None = None,
    ) -> int:
        rule = "reached-their-server" if basis == "presumed" else ""
        return self.write(
            Delivered(on=day(on), sending=sending, basis=basis, rule=rule, on_theirs=maybe(theirs), proof=proof)
        )

    def letter(
        self, on: str, kind: str = "access-erasure", *, term_days: int | None = None, answers: int | None = None
    ) -> int:
        """A letter issued, sent and proved to have arrived, all on one day; `answers` the message it replies to."""
        number = self.issued(on, kind, term_days=term_days, answers=answers)
        self.delivered(on, self.sent(on, number))
        return number

    def received(
        self, on: str, meaning: Meaning | None = None, *, theirs: str | None = None, message: Evidence | None = None
    ) -> int:
        """A message of theirs, classified on its day unless nobody said what it is."""
        n = self.write(Received(on=day(on), message=message, subject="Your request", on_theirs=maybe(theirs)))
        if meaning is not None:
            self.classified(on, n, meaning)
        return n

    def classified(self, on: str, message: int, meaning: Meaning) -> int:
        return self.write(Classified(on=day(on), message=message, meaning=meaning))

    def judged(self, on: str, message: int, *, justified: bool, breach: str = "") -> int:
        because = "They knew who she was."
        return self.write(Judged(on=day(on), about=message, justified=justified, because=because, breach=breach))

    def reviewed(self, on: str, answer: int, *findings: Finding, faults: tuple[Fault, ...] = ()) -> int:
        return self.write(Reviewed(on=day(on), answer=answer, findings=findings, faults=faults))

    def corrected(self, on: str, entry: int, by: Fact | None) -> int:
        return self.write(Corrected(on=day(on), replaces=entry, by=by, because="typing error"))

    def case(self, as_of: str = NEVER) -> Case:
        return fold(REF, self.entries, day(as_of))

    def due(self, as_of: str = NEVER) -> tuple[Deadline, ...]:
        case = self.case(as_of)
        owed = deadlines(case, law(), self.calendars)
        wrongs = breaches(case, law(), owed, self.calendars, day(as_of))
        return (*owed, *later(case, law(), self.calendars.safe, known_since(wrongs, owed, day(as_of))))

    def deadline(self, name: str, as_of: str = NEVER) -> Deadline:
        return next(deadline for deadline in self.due(as_of) if deadline.id == name)

    def dates(self, as_of: str = NEVER) -> tuple[str | None, str | None]:
        """The strict and the safe last day for the answer, as written in a vector."""
        reply = self.deadline("reply", as_of)
        return iso(reply.strict), iso(reply.safe)

    def breaches(self, as_of: str = NEVER) -> dict[str, Breach]:
        found = breaches(self.case(as_of), law(), self.due(as_of), self.calendars, day(as_of))
        return {breach.id: breach for breach in found}

    def standing(self, as_of: str = NEVER, *drafts: str) -> Standing:
        return standing(self.case(as_of), self.due(as_of), drafts, day(as_of))

    def who(self, as_of: str, *drafts: str) -> tuple[str, str]:
        """Who must act, and the id of the first step."""
        found = self.standing(as_of, *drafts)
        return found.who, found.steps[0].id if found.steps else ""

    def step_ids(self, as_of: str, *drafts: str) -> list[str]:
        return [step.id for step in self.standing(as_of, *drafts).steps]


def request_received(on: str, *, regime: str = "gdpr", calendars: Calendars | None = None) -> CaseFile:
    """A request, issued, sent and proved to have arrived on one day."""
    file = CaseFile(on, regime=regime, calendars=calendars)
    file.letter(on)
    return file


def appears(file: CaseFile, breach: str, on: str, before: str) -> None:
    """The breach is not there on the day before, and there on its day, which it names itself."""
    assert breach not in file.breaches(before)
    assert file.breaches(on)[breach].assertable_from == day(on)


def between(file: CaseFile, *, home: str = "FR", controller: str = "US") -> CaseFile:
    """The same case, for somebody who lives in one country, against a company of another (established there)."""
    entry = file.entries[0]
    opened = entry.event
    assert isinstance(opened, Opened)
    subject = replace(opened.subject, address=replace(opened.subject.address, country=home))
    company = replace(
        opened.controller,
        address=replace(opened.controller.address, country=controller),
        established=controller != "US",
    )
    file.entries[0] = replace(entry, event=replace(opened, subject=subject, controller=company))
    return file
