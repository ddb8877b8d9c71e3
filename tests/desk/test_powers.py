"""Mandates and capacities: what each kind needs, when a child's ends, who may complain, how one is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address, Controller, Mandate, MandateKind, Person
from dsar.desk import mandates, people
from dsar.desk.mandates import CommercialBodyError, EndlessError, GrownError, NotGivenError, Scope
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from dsar.desk.office import Desk

FIRM = Controller(id="miroir", name="Miroir SAS", address=Address(lines=("5 rue Neuve",), country="FR"))
LEA = Person(id="lea", name="Léa Petit", email="lea@p.example", address=Address(lines=(), country="FR"), language="fr")


@pytest.fixture
def at(desk: Desk) -> Desk:
    """The desk of a company for profit, on 7 March 2026."""
    where = Address(lines=("1 rue du Moulin",), country="FR")
    firm = people.person(
        people.SELF, name="Ana", email="ana@sas.example", address=where, language="en", organisation="Ana SAS",
        commercial=True,
    )  # fmt: skip
    people.set_self(desk.vault, firm)
    desk.vault.put_record(people.SUBJECT, LEA.id, to_plain(LEA))
    return replace(desk, today=date(2026, 3, 7))


def _scope(kind: MandateKind, *, until: date | None = None, born: date | None = None) -> Scope:
    return Scope(
        kind=kind,
        rights=("access",),
        processing="faces, found on 18 January 2026",
        may_receive_data=False,
        until=until,
        grievance_on=date(2026, 1, 18),
        born=born,
    )


def _drafted(at: Desk, scope: Scope) -> tuple[Mandate, str]:
    made, letter = mandates.draft(at, LEA, FIRM, scope, "en")
    return made, letter.body


def test_a_company_for_profit_is_told_at_once_that_it_is_no_body_of_article_80(at: Desk) -> None:
    with pytest.raises(CommercialBodyError, match="39/2024"):
        _drafted(at, _scope("art80"))
    made, _ = _drafted(at, _scope("agent"))
    assert any("cannot complain" in one for one in mandates.traps(made))


@pytest.mark.parametrize("kind", ["lawyer", "parent", "guardian", "heir"])
def test_a_lawyer_or_a_legal_representative_may_complain_even_as_a_company(at: Desk, kind: MandateKind) -> None:
    made, _ = _drafted(at, _scope(kind, until=date(2030, 1, 1)))
    assert made.may_complain
    assert not any("cannot complain" in one for one in mandates.traps(made))


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2012, 5, 4), date(2030, 5, 3)),
        (date(2012, 1, 1), date(2029, 12, 31)),
        # 2030 has no 29 February: of age on the 28th, which is the earlier reading
        (date(2012, 2, 29), date(2030, 2, 27)),
        (date(2008, 3, 8), date(2026, 3, 7)),
    ],
)
def test_a_parents_power_ends_on_the_day_before_the_eighteenth_birthday(at: Desk, born: date, last: date) -> None:
    made, body = _drafted(at, _scope("parent", born=born))
    assert made.until == last
    assert "comes of age" in body


def test_a_parent_says_when_the_child_comes_of_age_and_none_acts_for_a_grown_one(at: Desk) -> None:
    with pytest.raises(EndlessError):
        _drafted(at, _scope("parent"))
    with pytest.raises(GrownError, match="2026-03-07"):
        _drafted(at, _scope("parent", born=date(2008, 3, 7)))
    made, _ = _drafted(at, _scope("parent", until=date(2027, 6, 30)))
    assert made.until == date(2027, 6, 30)


@pytest.mark.parametrize("kind", ["parent", "guardian", "heir"])
def test_who_acts_by_law_signs_a_statement_and_receives_the_answer(at: Desk, kind: MandateKind) -> None:
    made, letter = mandates.draft(at, LEA, FIRM, _scope(kind, until=date(2030, 1, 1)), "en")
    assert letter.kind == "capacity"
    assert made.may_receive_data
    assert letter.signature[0] == "Ana"
    assert "mandate" not in letter.body


@pytest.mark.parametrize(
    ("kind", "proof"),
    [
        ("lawyer", "admission to the bar"),
        ("parent", "birth certificate"),
        ("guardian", "decision by which you were appointed"),
        ("heir", "certificate of inheritance"),
    ],
)
def test_each_kind_names_the_proof_that_it_needs(at: Desk, kind: MandateKind, proof: str) -> None:
    made, _ = _drafted(at, _scope(kind, until=date(2030, 1, 1)))
    assert any(proof in one for one in mandates.traps(made))


def test_a_body_is_asked_for_its_statutes_and_warned_of_its_own_staff(at: Desk) -> None:
    """APD/GBA 112/2024: an intern as complainant, a mandate older than the grievance."""
    people.set_self(at.vault, replace(people.myself(at.vault), commercial=False, organisation="Lumen e.V."))
    made, body = _drafted(at, replace(_scope("art80"), grievance_on=None))
    said = " ".join(mandates.traps(made))
    assert "statutes" in said
    assert "intern" in said
    assert "--grievance" in said
    assert "statutes" in body
    told, dated = _drafted(at, _scope("art80"))
    assert "--grievance" not in " ".join(mandates.traps(told))
    assert "before this mandate was drawn up" in dated


def test_a_mandate_can_be_taken_back_in_a_letter_and_a_power_of_the_law_cannot(at: Desk) -> None:
    made, _ = _drafted(at, _scope("agent"))
    _, letter = mandates.revocation(at, made.id, "en")
    assert "revoke the mandate" in letter.body
    assert letter.signature[0] == "Léa Petit"
    assert mandates.get(at, made.id).revoked_on is None  # a letter that was not received revokes nothing
    parent, _ = _drafted(at, _scope("parent", until=date(2027, 1, 1)))
    with pytest.raises(NotGivenError):
        mandates.revocation(at, parent.id, "en")
