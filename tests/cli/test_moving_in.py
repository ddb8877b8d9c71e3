"""The list that datenanfragen.de exports: heading and joining are those of the source of the site (`RequestList`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-10"
HEAD = "date;slug;recipient;email;reference;type;via"
ACCESS = (
    "2026-01-05;;Beispiel GmbH, Hauptstraße 1, 10115 Berlin, Deutschland;dpo@beispiel.example;2026-ABC234;access;email"
)
REMINDER = "2026-02-10;;Beispiel GmbH;dpo@beispiel.example;2026-ABC234;admonition;letter"


def written(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    path = tmp_path / "datenanfragen.de_export_2026-03-01.csv"
    path.write_bytes("".join(f"{line}\r\n" for line in (head, *lines)).encode())
    return path


def test_a_request_becomes_a_case_and_its_reminder_an_entry_of_it(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    done = office.json(DAY, "import", "datenanfragen", written(tmp_path, ACCESS, REMINDER))
    assert (len(done["cases"]), done["problems"]) == (1, [])
    case = office.json(DAY, "show", done["cases"][0])
    assert (case["controller"]["name"], case["controller"]["country"]) == ("Beispiel GmbH", "DE")
    assert case["rights"] == ["access"]
    assert [(event["on"], event["kind"]) for event in case["events"]] == [
        ("2026-01-05", "opened"),
        ("2026-01-05", "noted"),
        ("2026-02-10", "noted"),
    ]
    assert "2026-ABC234" in case["events"][1]["text"]
    assert "a reminder on 2026-02-10, by post" in case["events"][2]["text"]
    # nothing says that it arrived, nor that the letter is at hand: no clock runs
    assert case["deadlines"] == []


def test_done_twice_or_with_more_lines_nothing_is_doubled(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    office.json(DAY, "import", "datenanfragen", written(tmp_path, ACCESS))
    again = office.json(DAY, "import", "datenanfragen", written(tmp_path, ACCESS, REMINDER))
    assert (again["cases"], again["known"], again["problems"]) == ([], 1, [])
    third = office.json(DAY, "import", "datenanfragen", written(tmp_path, REMINDER, ACCESS))
    assert (third["cases"], third["known"]) == ([], 2)
    assert office.json(DAY, "vault", "status")["cases"] == 1


def test_a_controller_that_the_directory_knows_comes_from_there(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    line = "2026-01-05;clearview-ai;somebody else entirely;x@y.example;2026-ABC234;erasure;email"
    done = office.json(DAY, "import", "datenanfragen", written(tmp_path, line))
    assert office.json(DAY, "show", done["cases"][0])["controller"]["id"] == "clearview-ai"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (ACCESS.replace("2026-01-05", "5.1.2026"), "date"),
        (ACCESS.replace("2026-01-05", "2026-03-11"), "lies after"),
        (ACCESS.replace(";access;", ";custom;"), "of one's own"),
        (ACCESS.replace(";access;", ";portability;"), "does not write"),
        (ACCESS.replace(";email", ";pigeon"), "does not write"),
        (ACCESS.replace("2026-ABC234", ""), "no reference"),
        (ACCESS.replace(", Deutschland", ""), "country"),
        (ACCESS.replace("05;;", "05;../../etc;"), "does not write"),
        (REMINDER, "no request of the list"),
        ("a;b;c", "3 fields"),
        ("\x00\x1b[2J", "1 fields"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_taken(office: Office, tmp_path: Path, line: str, why: str) -> None:
    office.init(DAY)
    good = ACCESS.replace("2026-ABC234", "2026-ZZZ999").replace("Beispiel", "Muster")
    done = office.json(DAY, "import", "datenanfragen", written(tmp_path, line, good))
    assert len(done["cases"]) == 1
    ((number, said),) = [(one["line"], one["why"]) for one in done["problems"]]
    assert number == 2
    assert why in said


def test_a_semicolon_in_the_name_of_a_company_stays_there(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    line = ACCESS.replace("Beispiel GmbH", "Beispiel; Söhne GmbH")
    done = office.json(DAY, "import", "datenanfragen", written(tmp_path, line))
    assert office.json(DAY, "show", done["cases"][0])["controller"]["name"] == "Beispiel; Söhne GmbH"


@pytest.mark.parametrize("head", ["", "a;b", HEAD.replace(";", ","), "\x89PNG", HEAD + ";more"])
def test_another_file_is_refused(office: Office, tmp_path: Path, head: str) -> None:
    office.init(DAY)
    said = office.on(DAY, "import", "datenanfragen", written(tmp_path, ACCESS, head=head), code=5)
    assert "no list of requests" in said.all
    office.on(DAY, "import", "datenanfragen", tmp_path / "none.csv", code=5)


def test_an_erased_case_may_be_taken_from_the_list_again(office: Office, tmp_path: Path) -> None:
    """What remembers the line is personal data of the case, and goes with it."""
    office.init(DAY)
    path = written(tmp_path, ACCESS)
    (ref,) = office.json(DAY, "import", "datenanfragen", path)["cases"]
    office.on(DAY, "erase", ref, "--reason", "opened-by-mistake", "--yes")
    assert len(office.json(DAY, "import", "datenanfragen", path)["cases"]) == 1
