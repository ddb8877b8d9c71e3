"""The agenda as a case worker types it: choices, pages, saved views."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dsar.cli import agenda as screen

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"


@pytest.fixture
def three(office: Office) -> list[str]:
    """Three cases against three companies; the second is Ben's."""
    office.init(DAY)
    refs = [office.request(DAY, "--right", "access", name=name) for name in ("Alpha SAS", "Beta SAS", "Gamma SAS")]
    office.on(DAY, "assign", refs[1], "Ben")
    return refs


def test_cases_are_chosen_and_counted(office: Office, three: list[str]) -> None:
    assert [row["ref"] for row in office.json(DAY, "agenda", "--owner", "Ben")] == [three[1]]
    assert [row["ref"] for row in office.json(DAY, "agenda", "--controller", "gam")] == [three[2]]
    assert office.json(DAY, "agenda", "--who", "controller") == []
    said = office.on(DAY, "agenda", "--owner", "none").out
    assert three[0] in said
    assert three[1] not in said
    assert "Whose turn: you 2 (issue 2)." in said
    assert "No case is so." in office.on(DAY, "agenda", "--overdue").out
    assert "us, controller, authority, nobody" in office.on(DAY, "agenda", "--who", "them", code=2).err


def test_pages_say_where_one_is(office: Office, three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [row["ref"] for row in office.json(DAY, "agenda")]
    assert sorted(listed) == sorted(three)
    first = office.on(DAY, "agenda", "--limit", "2").out
    assert "Cases 1 to 2 of 3: dsar agenda --page 2, or --all." in first
    assert all((ref in first) is (ref in listed[:2]) for ref in three)
    last = office.on(DAY, "agenda", "--limit", "2", "--page", "2").out
    assert "Cases 3 to 3 of 3." in last
    assert [row["ref"] for row in office.json(DAY, "agenda", "--limit", "2", "--page", "2")] == listed[2:]
    assert "No more cases." in office.on(DAY, "agenda", "--page", "9").out
    monkeypatch.setattr(screen, "PAGE", 1)
    assert "Cases 1 to 1 of 3" in office.on(DAY, "agenda").out
    whole = office.on(DAY, "agenda", "--all").out
    assert all(ref in whole for ref in three)


def test_a_saved_view_chooses_again(office: Office, three: list[str]) -> None:
    office.on(DAY, "agenda", "--owner", "Ben", "--save", "bens")
    assert [row["ref"] for row in office.json(DAY, "agenda", "--view", "bens")] == [three[1]]
    # what is said beside a view wins
    assert len(office.json(DAY, "agenda", "--view", "bens", "--owner", "none")) == 2
    assert office.json(DAY, "agenda", "--views") == [{"name": "bens", "chooses": {"owner": "Ben"}}]
    assert "bens: --owner Ben" in office.on(DAY, "agenda", "--views").out
    office.on(DAY, "agenda", "--drop", "bens")
    assert "--views" in office.on(DAY, "agenda", "--view", "bens", code=3).err


def test_the_list_is_one_json_document_written_row_by_row(office: Office, three: list[str]) -> None:
    said = office.run("--as-of", DAY, "--json", "agenda").out
    rows = json.loads(said)
    assert len(rows) == len(three)
    assert said == json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    assert set(rows[0]) == {
        *("ref", "subject", "controller", "owner", "campaign", "wave", "who", "outcome", "due", "next", "deadlines"),
    }
    assert office.run("--as-of", DAY, "--json", "agenda", "--overdue").out == "[]\n"


def test_the_calendar_holds_what_was_chosen(office: Office, three: list[str], tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    assert office.json(DAY, "agenda", "--owner", "Ben", "--ics", path)["cases"] == 1
    assert len(three) == 3


def test_a_case_is_found_by_a_piece_of_its_reference(office: Office, three: list[str]) -> None:
    ref = three[0]
    assert office.json(DAY, "show", ref[-4:].lower())["ref"] == ref
    said = office.on(DAY, "show", "2026-", code=2).err
    assert all(one in said for one in three)
    assert office.on(DAY, "show", "nowhere", code=3)
    assert office.on(DAY, "show", "%", code=3)
