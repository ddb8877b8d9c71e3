"""Logs of made-up cases: each line is a fact, and returns the number of its entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.core.events import (
    Classified,
    Closed,
    Confirmed,
    Corrected,
    Delivered,
    Demand,
    Escalated,
    Finding,
    IdentityRefused,
    IdentitySupplied,
    Issued,
    Judged,
    Opened,
    Received,
    Reviewed,
    Sent,
)
from dsar.core.meanings import Answer, IdentityDemand
from dsar.core.parties import Address, Controller, Mandate, Person

if TYPE_CHECKING:
    from dsar.core.events import Basis, Event, Fact, Outcome, Status
    from dsar.core.meanings import Meaning
    from dsar.core.parties import Evidence

ZOE = Person(id="zoe", name="Zoé", email="zoe@person.example", address=Address(lines=(), country="FR"), language="fr")
ANA = Person(id="me", name="Ana", email="ana@ngo.example", address=Address(lines=(), country="FR"), language="en")
MIROIR = Controller(id="miroir", name="Miroir SAS", address=Address(lines=(), country="FR"), emails=("d@m.example",))
DEMANDS = (
    Demand(id="purposes", right="access"),
    Demand(id="copy", right="access"),
    Demand(id="erase", right="erasure"),
)


def mandate(until: date | None) -> Mandate:
    return Mandate(
        id="M-22222",
        kind="agent",
        agent=ANA,
        subject="zoe",
        controller="Miroir SAS",
        rights=("access", "erasure"),
        until=until,
        signed_on=date(2026, 1, 1),
    )


class Log:
    """A case being written. `day` is the day of the next fact; the paper of every fact is the same one."""

    def __init__(self, paper: Evidence, day: date, *, until: date | None = None) -> None:
        self.paper = paper
        self.day = day
        self.events: list[Event] = []
        self.letters: list[int] = []
        self.sendings: list[int] = []
        self.messages: list[int] = []
        self.write(
            Opened(
                on=day,
                subject=ZOE,
                controller=MIROIR,
                mandate=mandate(until) if until else None,
                regime="gdpr",
                rights=("access", "erasure"),
                language="en",
                demands=DEMANDS,
            )
        )

    def write(self, event: Event) -> int:
        self.events.append(event)
        return len(self.events)

    def here(self) -> None:
        """Nothing happens: the case is looked at as it stands."""

    def after(self, days: int) -> Log:
        self.day += timedelta(days=days)
        return self

    def issue(self, kind: str = "access-erasure", term_days: int | None = None) -> int:
        names = tuple(demand.id for demand in DEMANDS)
        fact = Issued(
            on=self.day,
            kind=kind,
            lang="en",
            subject=f"the {kind}",
            text=self.paper,
            pdf=self.paper,
            template="t",
            law="l",
            demands=names,
            term_days=term_days if kind == "notice" else None,
        )
        self.letters.append(self.write(fact))
        return self.letters[-1]

    def send(self, letter: int | None = None) -> int:
        number = letter or self.letters[-1]
        self.sendings.append(self.write(Sent(on=self.day, letter=number, channel="email", to="d@m.example")))
        return self.sendings[-1]

    def deliver(self, basis: Basis = "proved", sending: int | None = None) -> int:
        number = sending or self.sendings[-1]
        proof = self.paper if basis == "proved" else None
        return self.write(Delivered(on=self.day, sending=number, basis=basis, rule="", proof=proof))

    def receive(self, meaning: Meaning | None) -> int:
        number = self.write(Received(on=self.day, message=self.paper))
        self.messages.append(number)
        if meaning is not None:
            self.write(Classified(on=self.day, message=number, meaning=meaning))
        return number

    def give(self, *items: str) -> int:
        return self.write(IdentitySupplied(on=self.day, to=self.messages[-1], items=items))

    def refuse(self, *items: str) -> int:
        return self.write(IdentityRefused(on=self.day, to=self.messages[-1], items=items))

    def judge(self, *, justified: bool, about: int | None = None) -> int:
        return self.write(Judged(on=self.day, about=about or self.messages[-1], justified=justified, because="so"))

    def review(self, status: Status) -> int:
        findings = tuple(Finding(demand=demand.id, status=status) for demand in DEMANDS)
        return self.write(Reviewed(on=self.day, answer=self.messages[-1], findings=findings))

    def complain(self) -> int:
        return self.write(Escalated(on=self.day, authority="fr-cnil"))

    def confirm(self, n: int) -> int:
        return self.write(Confirmed(on=self.day, about=n, because="right"))

    def correct(self, n: int, days: int | None) -> int:
        """Move a fact by some days, or withdraw it."""
        old = self.events[n - 1]
        if isinstance(old, Corrected):
            return n
        moved: Fact | None = replace(old, on=min(old.on + timedelta(days=days), self.day)) if days is not None else None
        return self.write(Corrected(on=self.day, replaces=n, by=moved))

    def close(self, outcome: Outcome) -> int:
        return self.write(Closed(on=self.day, outcome=outcome))


def in_every_state(paper: Evidence, last: date) -> dict[str, Log]:
    """A case in each state there is, none with a fact after `last`."""
    start = last - timedelta(days=50)

    def begun(upto: str) -> Log:
        """A case up to a stage of its course."""
        log = Log(paper, start, until=last + timedelta(days=40) if upto == "mandated" else None)
        stages = (
            ("opened", log.here),
            ("issued", log.issue),
            ("sent", lambda: log.after(1).send()),
            ("delivered", lambda: log.after(25).deliver()),
            ("mandated", log.here),
            ("asked", lambda: log.after(1).receive(IdentityDemand(items=("passport",)))),
            ("refused", lambda: log.refuse("passport")),
            ("judged", lambda: log.judge(justified=False)),
            ("noticed", lambda: log.after(20).issue("notice", 15)),
            ("notice-sent", log.send),
            ("notice-stated", lambda: log.deliver("stated")),
            ("notice-proved", log.deliver),
            ("answered", lambda: log.after(2).receive(Answer())),
            ("lacking", lambda: log.review("missing")),
            ("complained", log.complain),
        )
        for name, act in stages:
            act()
            if name == upto:
                break
        return log

    found = {
        name: begun(name)
        for name in (
            *("opened", "issued", "sent", "delivered", "mandated", "asked", "refused", "judged", "noticed"),
            *("notice-sent", "notice-stated", "notice-proved", "answered", "lacking", "complained"),
        )
    }
    found["given"] = begun("asked")
    found["given"].after(3).give("passport")
    found["unclassified"] = begun("delivered")
    found["unclassified"].receive(None)
    found["satisfied"] = begun("answered")
    found["satisfied"].review("given")
    found["closed"] = begun("lacking")
    found["closed"].close("partly")
    found["odd"] = begun("sent")
    found["odd"].after(-3).deliver()
    found["stated"] = begun("sent")
    found["stated"].after(4).deliver("stated")
    found["withdrawn"] = begun("delivered")
    found["withdrawn"].correct(4, None)
    return found
