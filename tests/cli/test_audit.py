"""Who did what when: over all cases, chosen, paged, and safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"


@pytest.fixture
def two(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two cases: one opened by Ana, with a note of Ben's that begins like a formula, and one of Ben's."""
    monkeypatch.setenv("DSAR_USER", "Ana")
    office.init(DAY)
    first = office.request(DAY, "--right", "access", name="Alpha SAS")
    monkeypatch.setenv("DSAR_USER", "=Ben")
    second = office.request(DAY, "--right", "access", name="Beta SAS")
    office.on(DAY, "note", first, "the secret of the note")
    return [first, second]


def test_every_entry_is_listed_with_who_wrote_it_the_latest_first(office: Office, two: list[str]) -> None:
    first, second = two
    rows = office.json(DAY, "audit")
    assert [(row["by"], row["ref"], row["n"], row["kind"]) for row in rows[:1]] == [("=Ben", first, 2, "noted")]
    assert {(row["by"], row["ref"], row["kind"]) for row in rows} == {
        ("=Ben", first, "noted"),
        ("=Ben", second, "opened"),
        ("Ana", first, "opened"),
    }
    assert "secret" not in office.on(DAY, "audit").out


def test_the_list_is_chosen_by_case_by_name_by_kind_and_by_day(office: Office, two: list[str]) -> None:
    first, _ = two
    at = office.json(DAY, "audit")[0]["at"][:10]  # the instant is that of the clock, whatever day one reasons from
    assert {row["ref"] for row in office.json(DAY, "audit", "--case", first)} == {first}
    assert [row["kind"] for row in office.json(DAY, "audit", "--by", "Ana")] == ["opened"]
    assert [row["ref"] for row in office.json(DAY, "audit", "--kind", "noted")] == [first]
    assert len(office.json(DAY, "audit", "--since", at)) == len(office.json(DAY, "audit", "--until", at)) == 3
    assert (
        office.json(DAY, "audit", "--until", "2020-01-01") == office.json(DAY, "audit", "--since", "2199-01-01") == []
    )
    assert office.json(DAY, "audit", "--campaign", "FACES26") == []
    said = office.on(DAY, "audit", "--limit", "2").out
    assert "--page 2" in said
    assert said.count("2026-03-05\n") == 2
    assert len(office.json(DAY, "audit", "--limit", "2", "--page", "2")) == 1


def test_an_erased_case_leaves_when_and_nobodys_name(office: Office, two: list[str]) -> None:
    first, second = two
    office.on(DAY, "erase", first, "--reason", "requested", "--yes")
    rows = office.json(DAY, "audit")
    assert [(row["kind"], row["ref"], row["by"], row["n"]) for row in rows if row["kind"] == "erased"] == [
        ("erased", first, "", 2)
    ]
    assert {row["ref"] for row in rows if row["kind"] != "erased"} == {second}


def test_a_table_holds_no_formula(office: Office, two: list[str], tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    office.on(DAY, "audit", "--csv", path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 3
    assert {row["by"] for row in rows} == {"'=Ben", "Ana"}
    assert {row["ref"] for row in rows} == set(two)
    # a page of it is a page, and the kind may be typed as it is shown
    office.on(DAY, "audit", "--csv", path, "--limit", "1")
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert office.json(DAY, "audit", "--kind", "mandate signed") == []


def test_kinds_are_named_where_one_is_unknown_and_the_next_page_chooses_the_same(
    office: Office, two: list[str]
) -> None:
    first, _ = two
    said = office.on(DAY, "audit", "--kind", "signed", code=2).err
    for kind in ("opened", "issued", "identity-refused", "corrected", "erased", "mandate-signed"):
        assert f" {kind}," in f"{said.strip().rstrip('.')},"
    assert office.json(DAY, "audit", "--kind", "mandate signed") == []
    more = office.on(DAY, "audit", "--by", "=Ben", "--limit", "1").out
    assert "More: dsar audit --by =Ben --limit 1 --page 2, or --all" in more
    office.on(DAY, "erase", first, "--reason", "requested", "--yes")
    assert "nobody's name" in office.on(DAY, "audit").out
