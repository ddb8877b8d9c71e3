"""The text for a field of a form: within its limit, and of the one who complains."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from dsar.core.brief import Grievance
from dsar.core.parties import Address, Mandate, Person
from dsar.desk import forms
from dsar.letters.place import roots
from dsar.letters.words import Words

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.parties import MandateKind
    from dsar.lawbook.records import FormValue

ADA = Person(
    id="ada",
    name="Ada Example",
    language="en",
    email="ada@mail.example",
    address=Address(lines=("1 Fiction Rd",), country="IE"),
)
GUARD = replace(ADA, id="guard", name="Inès Garde", organisation="Garde-Fou", email="office@garde-fou.example")


class Told:
    """What the fields read of a brief."""

    def __init__(self, kind: MandateKind, *, commercial: bool, facts: str = "") -> None:
        self.subject, self.sender = ADA, replace(GUARD, commercial=commercial)
        self.mandate = Mandate(
            id="M-1", kind=kind, agent=self.sender, subject="ada", controller="Clearface", rights=("access",),
            signed_on=date(2026, 1, 23),
        )  # fmt: skip
        self.controller = None
        self.grievances = tuple(
            Grievance(
                id=name,
                title=name,
                law="The rule. " * 20,
                facts=facts,
                cites=("gdpr:12.3",),
                precedents=(),
                since=date(2026, 3, 1),
                exhibits=(),
            )
            for name in ("Late answer", "No legal basis")
        )


@pytest.fixture(scope="module")
def words() -> Words:
    return Words("en", roots())


def said(told: Told, value: FormValue, words: Words, limit: int = 0) -> str:
    return forms._text(value, cast("Brief", told), words, limit)  # noqa: SLF001 - a field at a time


def test_a_body_complains_for_the_data_subject_under_its_mandate(words: Words) -> None:
    """Art. 80(1) GDPR; the ICO wants the name of who writes, even if it is for somebody else."""
    told = Told("art80", commercial=False)
    assert said(told, "name", words) == "Garde-Fou, Inès Garde"
    assert said(told, "email", words) == "office@garde-fou.example"
    assert said(told, "residence", words) == "1 Fiction Rd\nIE"
    assert "Ada Example" in said(told, "capacity", words)
    assert "23 January 2026" in said(told, "mandate", words)


def test_a_company_for_profit_does_not(words: Words) -> None:
    """APD/GBA 39/2024: the data subject complains in person, and shows no mandate to the authority's form."""
    told = Told("agent", commercial=True)
    assert (said(told, "name", words), said(told, "email", words)) == ("Ada Example", "ada@mail.example")
    assert (said(told, "capacity", words), said(told, "mandate", words)) == ("Data subject", "")


@pytest.mark.parametrize(
    ("limit", "holds", "lacks"), [(0, "The rule.", "–"), (400, "Late", "The rule."), (120, "No legal", "It")]
)
def test_a_field_takes_as_much_of_the_grievances_as_it_has_room_for(
    limit: int, holds: str, lacks: str, words: Words
) -> None:
    text = said(Told("agent", commercial=True, facts="It came late. " * 8), "grievances", words, limit)
    assert holds in text
    assert lacks not in text
    assert not limit or len(text) <= limit
