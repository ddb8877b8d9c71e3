"""Searching the imported directory: the right record comes first, also with a typing error."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from dsar.desk.directory import directory, one
from dsar.directory.shelf import opened

from .made import DAY, company, gone, many, mistyped, shelved

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = 0.95


@pytest.fixture(scope="module")
def three_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shelved(tmp_path_factory.mktemp("directory"), many(3070))


@pytest.mark.no_cover  # two hundred times the same lines, which the tests below run too
def test_of_200_names_with_one_typing_error_the_right_record_is_among_the_first_three(three_thousand: Path) -> None:
    rng = random.Random(200)  # noqa: S311 - the same errors each time
    with directory(None, three_thousand) as where:
        chosen = rng.sample(many(3070), 200)
        found = [
            record["slug"] in [match.controller.id for match in where.search(mistyped(record["name"], rng))[:3]]
            for record in chosen
        ]
    assert sum(found) / len(found) >= RIGHT


def test_a_company_is_found_by_whatever_its_record_says(tmp_path: Path) -> None:
    sites = {"web": "https://www.kite.example", "email": "privacy@kite-mail.example"}
    kite = company("kite", runs=["Kite Maps"], address="5 rue Neuve\n69001 Lyon\nFrance", **sites)
    other = company("crow", name="Crow Ltd", address="1 High Street\nLeeds\nUK", web="https://crow.example")
    with directory(None, shelved(tmp_path, [kite, other])) as where:
        reasons = {
            text: (where.search(text)[0].controller.id, where.search(text)[0].reason)
            for text in ("kite", "Kite SAS", "kite maps", "kite.example", "privacy@kite-mail.example", "69001 lyon")
        }
    assert reasons == {
        "kite": ("kite", "id"),
        "Kite SAS": ("kite", "name"),
        "kite maps": ("kite", "runs"),
        "kite.example": ("kite", "domain"),
        "privacy@kite-mail.example": ("kite", "email"),
        "69001 lyon": ("kite", "address"),
    }


def test_a_text_is_never_a_pattern(tmp_path: Path) -> None:
    with directory(None, shelved(tmp_path, [company()])) as where:
        for text in ("%", "_", "*", "k%", "kite' OR 1=1 --", '"kite', "\0", "kite*", "\udcff"):
            assert [match.reason for match in where.search(text) if match.reason in {"id", "name"}] == []


def test_a_shipped_record_wins_over_an_imported_one_with_its_id_or_site(tmp_path: Path) -> None:
    pimeyes = company("pimeyes", name="Look-alike SARL", web="https://look-alike.example")
    with directory(None, shelved(tmp_path, [pimeyes])) as where:
        assert one(where, "pimeyes").origin == "shipped"
        # found by the words of the record that is hidden
        assert one(where, "look-alike.example").controller.name == "PimEyes"
        assert [held.origin for held in where.all_of("pimeyes")] == ["shipped", "imported"]


def test_a_record_out_of_use_leads_to_the_one_that_took_its_place(tmp_path: Path) -> None:
    path = shelved(tmp_path, [company()], [gone("crow", "kite")])
    with directory(None, path) as where:
        assert one(where, "Crow").controller.id == "kite"


def test_a_shelf_says_what_it_holds(tmp_path: Path) -> None:
    with opened(shelved(tmp_path, [company()], [gone("crow", "kite")])) as shelf:
        assert shelf is not None
        about = shelf.about()
    assert (about.companies, about.obsolete, about.packs) == (1, 1, 0)
    assert (about.retrieved_on.isoformat(), about.imported_on, about.licence) == ("2026-02-01", DAY, "CC0-1.0")


def test_without_an_import_the_shipped_records_are_searched(tmp_path: Path) -> None:
    with directory(None, tmp_path / "none.sqlite") as where:
        assert where.shelf is None
        assert one(where, "pimeyes").controller.name == "PimEyes"
