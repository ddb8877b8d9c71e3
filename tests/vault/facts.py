"""Made-up facts, and strategies for any fact that the core can express."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

from hypothesis import strategies as st

from dsar.core.events import Event, Fact, Noted, Opened, Received
from dsar.core.listed import Listed, Phase
from dsar.core.meanings import Meaning
from dsar.core.parties import Address, Controller, Person

if TYPE_CHECKING:
    from dsar.core.parties import Evidence

REF = "2026-7QX2M"
OTHER = "2026-K4RTB"
NOW = "2026-03-05T14:02:11+01:00"
LATER = "2026-03-09T09:00:00+01:00"
DAY = date(2026, 3, 5)
WORKER = "Inès Agente"

KINDS: tuple[type, ...] = get_args(Event)
FACTS: tuple[type, ...] = get_args(Fact)
MEANINGS: tuple[type, ...] = get_args(Meaning)


def listed(ref: str, name: str = "Zoé Exemple", *, rank: int = 0) -> Listed:
    """The rows of a case in the lists, as it stands from one day on."""
    return Listed(
        ref=ref,
        subject="zoe",
        subject_name=name,
        controller="clearface",
        controller_name="Clearface AI, Inc.",
        owner=WORKER,
        campaign="",
        wave=0,
        mandate="",
        closed=False,
        last=DAY,
        addresses=("privacy@clearface.example",),
        phases=(Phase(begins=DAY, rank=rank, due=None, step="send", overdue=False, body=f'{{"subject": "{name}"}}'),),
        facts=f'{{"subject": "{name}"}}',
    )


def opened(name: str = "Zoé Exemple") -> Opened:
    person = Person(
        id="zoe",
        name=name,
        email="zoe@personne.example",
        address=Address(lines=("1 rue des Lilas", "75000 Paris"), country="FR"),
        language="fr",
    )
    controller = Controller(id="clearface", name="Clearface AI, Inc.", address=Address(lines=(), country="US"))
    return Opened(
        on=DAY,
        subject=person,
        controller=controller,
        mandate=None,
        regime="gdpr",
        rights=("access", "erasure"),
        language="fr",
        demands=(),
    )


def noted(text: str = "called them") -> Noted:
    return Noted(on=DAY, text=text)


def received(message: Evidence) -> Received:
    return Received(on=DAY, message=message)


def facts_of(kind: type) -> st.SearchStrategy[Event]:
    """Any fact of one kind, with hostile text in every string."""
    return st.from_type(kind)
