"""`dsar authorities find`: what a person types, what is printed, and what a script gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dsar.cli import run
from dsar.core.events import Opened
from dsar.core.parties import Address, Controller, Person, Sector
from dsar.desk.authorities import answer, for_case
from dsar.desk.places import Question, read
from dsar.lawbook import load


@dataclass(frozen=True)
class Terminal:
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        ended = run(["authorities", "find", *arguments])
        out, err = self.capsys.readouterr()
        assert ended == code, (out, err)
        return out, err

    def json(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("--json", *arguments)[0])
        return found


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_the_promise_of_the_contract(terminal: Terminal) -> None:
    best, *others = terminal.json(
        "--residence", "FR", "--work", "BE", "--controller-country", "US", "--no-establishment"
    )
    assert best["id"] == "fr-cnil"
    assert best["name"].startswith("Commission nationale")
    assert "Article 77(1) GDPR" in best["why"]
    assert "SAN-2022-019" in best["why"]
    assert best["language"] == "fr"
    assert "online" in best["channels"]
    assert "75334 Paris Cedex 07" in best["address"]
    assert [one["id"] for one in others] == ["be-apd"]


def test_what_is_printed_says_why_and_what_else_was_possible(terminal: Terminal) -> None:
    out, _ = terminal.run("--residence", "FR", "--controller-country", "IE")
    assert out.index("1. Commission nationale") < out.index("2. Data Protection Commission")
    assert "(Article 56(1) GDPR)" in out
    assert "It comes after the others" in out
    assert out.rstrip().endswith("Next: dsar authorities show fr-cnil")


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("--residence", "DE", "--controller-country", "DE", "--region", "BY"), "de-baylda"),
        (("--residence", "de-be", "--controller-country", "DE-BY"), "de-baylda"),
        (("--residence", "DE", "--controller-country", "DE", "--region", "de-by"), "de-baylda"),
        (("--residence", "DE", "--controller-country", "DE", "--region", "Bayern"), "de-baylda"),
        (("--residence", "DE", "--region", "BY", "--controller-country", "AE", "--no-establishment"), "de-baylda"),
        (("--residence", "DE", "--region", "BY", "--sector", "public"), "de-baylfd"),
        (("--residence", "BE", "--region", "VLG", "--sector", "public"), "be-vtc"),
        (("--residence", "UK"), "uk-ico"),
        (("--residence", "EL"), "gr-hdpa"),
        (("--residence", "FR", "--controller-country", "EU"), "eu-edps"),
        # Île-de-France, Wallonia, Madrid: regions without an authority of their own
        (("--residence", "FR-IDF", "--controller-country", "US"), "fr-cnil"),
        (("--residence", "BE", "--region", "WAL", "--sector", "public"), "be-apd"),
        (("--residence", "ES", "--region", "MD", "--sector", "public"), "es-aepd"),
        # the American seat does not take the Bavarian region
        (("--residence", "DE", "--region", "BY", "--controller-country", "US"), "de-baylda"),
        (("--residence", "FR", "--controller-country", "EU", "--region", "IDF"), "eu-edps"),
    ],
)
def test_places_as_people_write_them(terminal: Terminal, arguments: tuple[str, ...], first: str) -> None:
    assert terminal.json(*arguments)[0]["id"] == first


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "--residence"),
        (("--residence", "ZZ"), 2, "“ZZ” is no country"),
        (("--residence", "EU"), 2, "“EU” is no country"),
        (("--residence", "\x1b[31mFR"), 2, "is no country"),
        (("--residence", "DE-XX"), 2, "“XX” is no region of DE"),
        (("--residence", "DE", "--region", "XX"), 2, "BY"),
        (("--residence", "FR", "--region", "a; rm"), 2, "no region"),
        (("--residence", "FR", "--sector", "circus"), 2, "telecom"),
        (("--residence", "FR", "--controller-country", "IE", "--no-establishment"), 2, "--no-establishment"),
        (("--residence", "BR"), 3, "no supervisory authority for BR"),
        (("--controller-country", "US"), 3, "--residence"),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_sentence(
    terminal: Terminal, arguments: tuple[str, ...], code: int, words: str
) -> None:
    out, err = terminal.run(*arguments, code=code)
    assert not out
    assert words in err
    assert len(err.strip().splitlines()) == 1
    assert "\x1b" not in err


def test_a_place_without_a_record_is_said_beside_the_answer(terminal: Terminal) -> None:
    out, err = terminal.run("--residence", "FR", "--work", "BR")
    assert "fr-cnil" in out
    assert "no authority of BR" in err


def opened(country: str, *, regime: str = "gdpr", region: str = "", sector: Sector = "general") -> Opened:
    home = Address(lines=(), country="DE")
    return Opened(
        on=date(2026, 3, 2),
        subject=Person(id="zoe", name="Zoé Exemple", email="zoe@personne.example", address=home, language="fr"),
        controller=Controller(
            id="c", name="Clearface", address=Address(lines=(), country=country), region=region, sector=sector
        ),
        mandate=None,
        regime=regime,
        rights=("access",),
        language="fr",
        demands=(),
    )


@pytest.mark.parametrize(
    ("case", "best"),
    [
        (opened("DE", region="BY"), "de-baylda"),
        (opened("DE", region="BY", sector="police"), "de-baylfd"),
        (opened("DE", sector="public"), "de-bfdi"),
        (opened("FR", sector="public"), "fr-cnil"),
        (opened("BE", regime="eudpr"), "eu-edps"),
    ],
)
def test_the_parties_of_a_case_lead_to_an_authority(case: Opened, best: str) -> None:
    found = for_case(case, load.law())
    assert found[0].authority.id == best


def test_the_gdpr_is_law_in_norway() -> None:
    # EEA Agreement: Norway is no member of the Union
    where = read(Question(residence="NO", seat="US"), load.law())
    assert "residence" in {reason.rule for reason in answer(where, load.law()).candidates[0].reasons}
