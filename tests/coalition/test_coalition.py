"""From two tables to a dossier for each of five authorities, and one report: a small coalition, counted by hand.

Three people of each of five countries ask the company, one person asks each of six bodies: 21 cases. Of the fifteen
who ask the company eleven get one mail for all, too late; two are asked who they are, one is told that there is
nothing, one hears nothing. Of the six bodies one says yes and one no in time, one only that it came, one no and then
yes, one yes in the term that it extended, and one nothing.
"""

from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from .story import CAMPAIGN, REPORTED, Teller, made, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    folder = tmp_path_factory.mktemp("coalition")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DSAR_USER", "ana")
        patch.setenv("HOME", str(folder))
        patch.setenv("XDG_DATA_HOME", str(folder))
        teller = Teller(folder)
        tell(teller, made(each=3, count=7, askers=1))
        yield teller


def figures(told: Teller) -> dict[tuple[str, str, str], str]:
    """The numbers of the report, uncovered: (table, row, column) to its count."""
    out = told.folder / "open"
    told.run(REPORTED, "report", CAMPAIGN, "--out", out, "--min-cell", "1", "--format", "csv")
    with (out / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["table"], row["row"], row["column"]): row["k"] for row in csv.DictReader(file)}


def test_each_letter_that_the_law_allows_was_written_and_no_other(told: Teller) -> None:
    def letters(name: str) -> int:
        return sum(1 for path in (told.folder / name).glob("*.pdf") if "enclosure" not in path.name)

    assert letters("letters") == 21
    # eleven wait for the mail for all, two are asked who they are (unjustly), one hears nothing; of the bodies two
    assert letters("remind") == 16
    # who got the mail for all has an answer, be it a bad one
    assert letters("notice") == 5


def test_the_report_counts_what_happened(told: Teller) -> None:
    found = figures(told)
    assert {row: found["flow", row, "cases"] for row in ("targeted", "sent", "delivered", "answered", "in-time")} == {
        "targeted": "21",
        "sent": "21",
        "delivered": "21",
        # eleven by one mail, one none; of the bodies yes, no, no and then yes, yes when extended
        "answered": "16",
        # without the eleven, which came on 18 May for 13 April
        "in-time": "5",
    }


def test_the_answer_table_says_who_denied_and_then_admitted(told: Teller) -> None:
    with (told.folder / "report" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        said = {row["Body"]: row["Said"] for row in csv.DictReader(file)}
    assert said["Ayuntamiento de Villaserena del Río Nord"] == "first denied, then admitted"
    assert said["Ville de Beauvallon-sur-Orle Nord"] == "yes"
    assert said["Stadtgemeinde Sankt Aurel Nord"] == "no"
    assert "last day passed" in said["Comune di Borgo Sereno Nord"]
    assert len(said) == 7


def test_each_authority_gets_its_dossier_in_its_language_with_its_own_people(told: Teller) -> None:
    archives = sorted((told.folder / "dossiers").glob("*.zip"))
    expected = {"at-dsb": "de", "es-aepd": "es", "fr-cnil": "fr", "it-garante": "it", "nl-ap": "nl"}
    manifests = {}
    for path in archives:
        assert told.json(REPORTED, "verify", path)["ok"] is True
        with zipfile.ZipFile(path) as archive:
            manifests[path.stem.removeprefix(f"dossier-{CAMPAIGN}-visagora-")] = json.loads(
                archive.read("manifest.json")
            )
    assert {authority: manifest["lang"] for authority, manifest in manifests.items()} == expected
    # fifteen asked; the one who was told in time that there is nothing complains of nothing
    assert sorted(len(manifest["annexes"]) for manifest in manifests.values()) == [2, 3, 3, 3, 3]
    for authority, manifest in manifests.items():
        country = authority[:2].upper()
        others = [one.name for one in made(each=3, count=7, askers=1).people if one.country.code != country]
        said = json.dumps(manifest, ensure_ascii=False)
        assert [name for name in others if name in said] == []


def test_nobody_is_accused_who_said_in_time_that_there_is_nothing(told: Teller) -> None:
    (line,) = [one for one in told.said if " dossier " in one.split("\n", 1)[0]]
    assert "Left out: 1\n" in line


def test_no_cell_of_a_table_for_others_is_a_formula(told: Teller) -> None:
    tables: list[Path] = [*(told.folder / "report").glob("*.csv"), *(told.folder / "letters").glob("*.csv")]
    assert len(tables) >= 5
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in tuple("=+@") and cell]


def test_the_report_names_nobody(told: Teller) -> None:
    people = made(each=3, count=7, askers=1).people
    page = (told.folder / "report" / "report.html").read_text(encoding="utf-8")
    data = json.dumps(
        json.loads((told.folder / "report" / "report.json").read_text(encoding="utf-8")), ensure_ascii=False
    )
    public = page + data + (told.folder / "report" / "answers.csv").read_text(encoding="utf-8")
    assert [one.name for one in people if one.name in public or one.email in public] == []
