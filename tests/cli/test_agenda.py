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
    assert "Cases 1 to 2 of 3: dsar agenda --limit 2 --page 2, or --all." in first
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


def test_numbers_and_days_beyond_all_measure_are_refused(office: Office, three: list[str]) -> None:
    far = "9" * 19
    for option in ("--page", "--limit", "--due-within", "--days"):
        office.run("agenda", option, far, code=2)
    office.run("agenda", "--days", f"-{far}", code=2)
    for option in ("--page", "--limit"):
        office.run("audit", option, far, code=2)
    for day in ("9999-12-31", "0001-01-01"):
        assert "1900 to 2999" in office.run("agenda", "--as-of", day, code=2).err
    # a message of such a number is not there
    for said in (("inbox", "show"), ("inbox", "undo"), ("classify", "answer", "--message")):
        office.on(DAY, *said, far * 2, code=3)
    assert len(office.json("2999-12-31", "agenda")) == len(three)
    assert office.json("1900-01-01", "agenda") == []


def test_the_last_page_that_there_can_be_is_only_empty(office: Office, three: list[str]) -> None:
    assert three
    most = ("--page", "1000000000", "--limit", "1000000000")
    assert "No more cases." in office.on(DAY, "agenda", *most).out
    assert office.json(DAY, "agenda", *most) == office.json(DAY, "audit", *most) == []


def test_the_next_page_is_chosen_as_this_one(office: Office, three: list[str]) -> None:
    office.on(DAY, "agenda", "--who", "us", "--save", "mine")
    said = office.on(DAY, "agenda", "--view", "mine", "--controller", "a SAS", "--limit", "1").out
    assert "dsar agenda --view mine --controller 'a SAS' --limit 1 --page 2, or --all." in said
    next_page = office.json(DAY, "agenda", "--view", "mine", "--controller", "a SAS", "--limit", "1", "--page", "2")
    assert len(next_page) == 1
    assert next_page[0]["ref"] in three
    assert "dsar agenda --overdue" not in said


def test_what_nobody_is_called_is_said_to_be_unknown(office: Office, three: list[str]) -> None:
    said = office.on(DAY, "agenda", "--step", "isue", code=2).err
    assert "“isue” is not known here" in said
    assert "issue, " in said
    assert [row["ref"] for row in office.json(DAY, "agenda", "--step", "issue")] != []
    assert office.json(DAY, "agenda", "--step", "wait incomplete") == []
    said = office.on(DAY, "agenda", "--owner", "Bne").out
    assert "“Bne” has no case; the owners are: Ben." in said
    assert "owners" not in office.on(DAY, "agenda", "--owner", "Ben", "--overdue").out
    assert "no case of a campaign FACES27" in office.on(DAY, "agenda", "--campaign", "faces27").out
    assert len(three) == 3


def test_an_overdue_case_shows_the_day_that_passed(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    slip = tmp_path / "slip.txt"
    slip.write_text("slip")
    ref = office.waiting(issued="2026-03-03", proof=slip)
    # received on 6 March: the month ends on 6 April, Easter Monday, and so on the 7th (Regulation 1182/71 Art. 3(4))
    said = office.on("2026-04-20", "agenda", "--overdue").out
    (line,) = [line for line in said.splitlines() if line.startswith(ref)]
    assert "was 2026-04-07" in line


def test_mandates_that_wait_are_told_in_a_sentence() -> None:
    waiting = {"inbox": 0, "mandates_ending": 1, "mandates_unsigned": 2, "people_to_forget": 0, "cases_to_forget": 0}
    (said,) = screen._beside(waiting)  # noqa: SLF001 - the sentence alone
    ending, unsigned = "1 within 60 days of their end (--state expiring)", "2 sent three weeks ago and not back yet"
    assert said == f"Mandates: {ending}; {unsigned} (--state sent): dsar mandate list."
