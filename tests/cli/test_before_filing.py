"""Before a complaint is filed: the check, the authority's own form, the page of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .papers import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

LATE = "2026-04-10"


@pytest.fixture
def ref(office: Office, tmp_path: Path) -> str:
    """A request that arrived on 6 March 2026, to be answered by 7 April (the 6th is Easter Monday), and was not."""
    proof = tmp_path / "slip.pdf"
    proof.write_bytes(pdf("arrived"))
    office.init("2026-03-01")
    return office.waiting(proof=proof)


def test_the_check_names_what_speaks_against_filing_and_leaves_with_one(office: Office, ref: str) -> None:
    early = office.json("2026-04-01", "dossier", ref, "--check", "--authority", "fr-cnil", code=1)
    found = {point["id"]: point for point in early["points"]}
    assert (found["too-early"]["verdict"], found["content-prior-request"]["verdict"]) == ("against", "there")
    assert [one["what"] for one in early["lacks"] if "too early" in one["what"]]


def test_the_austrian_form_is_filled_in_its_order(office: Office, ref: str) -> None:
    said = office.json(LATE, "dossier", ref, "--form", "--authority", "at-dsb", "--lang", "de")
    assert [field["label"][:2] for field in said["fields"][:6]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "Miroir SAS" in said["fields"][1]["text"]


@pytest.mark.parametrize(("authority", "lang"), [("fr-cnil", "fr"), ("at-dsb", "de"), ("it-garante", "it")])
def test_no_two_fields_of_a_form_say_the_same(office: Office, ref: str, authority: str, lang: str) -> None:
    """What was asked of the controller first, and what shows that it is in time, are each a part of the facts."""
    said = office.json(LATE, "dossier", ref, "--form", "--authority", authority, "--lang", lang)
    texts = [field["text"] for field in said["fields"] if field["text"]]
    assert len(texts) == len(set(texts)) > 5


def test_what_was_asked_first_is_the_request_its_arrival_and_the_silence(office: Office, ref: str) -> None:
    said = office.json(LATE, "dossier", ref, "--form", "--authority", "fr-cnil", "--lang", "fr")
    fields = {field["label"]: field["text"].replace("\xa0", " ") for field in said["fields"]}
    asked = fields["Droits exercés et réponse reçue"].splitlines()
    assert asked[0] == "Droits exercés : accès"
    assert "Demande reçue le : 6 mars 2026" in asked
    assert "Réponse due au plus tard le : 7 avril 2026" in asked
    assert asked[-1] == "Réponse du : aucune réponse"


def test_who_complains_in_person_is_the_data_subject_and_needs_no_mandate(office: Office, ref: str) -> None:
    said = office.json(LATE, "dossier", ref, "--form", "--authority", "nl-ap", "--lang", "nl")
    fields = {field["label"]: field["text"] for field in said["fields"]}
    assert fields["Machtigingsformulier"] == ""


def test_an_authority_without_a_known_form_is_one_sentence(office: Office, ref: str) -> None:
    assert "are not known" in office.on(LATE, "dossier", ref, "--form", "--authority", "be-apd", code=3).err


def test_the_page_of_the_case_is_written(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "case.html"
    said = office.json(LATE, "timeline", ref, "--out", path, "--lang", "de")
    assert said["html"] == str(path)
    assert path.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="de">')
