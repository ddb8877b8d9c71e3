"""One answer for many cases, and a hand-over, as a case worker types them: the numbers are shown and asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.desk.office import Desk
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"
MAIL = (
    b"From: d@m.example\r\nTo: ana@ngo.example\r\nSubject: To all\r\nDate: Thu, 5 Mar 2026 09:00:00 +0100\r\n"
    b"Message-ID: <all@m.example>\r\n\r\nWe hold nothing.\r\n"
)


@pytest.fixture
def refs(office: Office, tmp_path: Path) -> list[str]:
    """Three open cases of a campaign, and the answer to all of them in the inbox."""
    office.init(DAY)
    with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
        desk = Desk(vault=vault, today=date(2026, 3, 5), now=f"{DAY}T09:00:00+01:00", by="ana", letters=roots())
        them = own_controller(name="M SAS", email="d@m.example", address=(), country="FR", sector="general")
        ask = Ask(rights=("access",), subject="me", campaign="FACES26", wave=1)
        found = [open_case(desk, them, ask).case.ref for _ in range(3)]
    path = tmp_path / "all.eml"
    path.write_bytes(MAIL)
    office.on(DAY, "mail", "import", path)
    return found


def test_one_answer_is_filed_and_classified_in_many_cases(office: Office, refs: list[str]) -> None:
    (row,) = office.json(DAY, "inbox", "--campaign", "faces26")
    number = str(row["n"])
    # the requests have not left: nothing waits for an answer yet
    assert "--all-open" in office.on(DAY, "inbox", "assign", number, "--campaign", "FACES26", code=3).err
    into = ("inbox", "assign", number, "--campaign", "FACES26", "--all-open")
    assert "--yes" in office.on(DAY, *into, code=2).err  # nobody is there to be asked
    said = office.json(DAY, *into, "--yes")
    assert (said["entered"], said["there"], said["controllers"]) == (3, 0, ["M SAS"])
    assert office.json(DAY, *into, "--yes")["entered"] == 0
    assert {row["next"][0]["id"] for row in office.json(DAY, "agenda")} == {"classify"}
    what = ("classify", "no-data", "--message", number, "--campaign", "FACES26")
    assert "--yes" in office.on(DAY, *what, code=2).err
    assert office.json(DAY, *what, "--yes") == {
        "message": int(number), "kind": "no-data", "classified": 3, "same": 0, "other": 0,
    }  # fmt: skip
    assert office.json(DAY, *what, "--yes")["same"] == 3
    other = office.on(DAY, "classify", "answer", "--message", number, "--yes").out
    assert "in 0 cases" in other
    assert "--again" in other
    assert office.json(DAY, "classify", "answer", "--message", number, "--again", "--yes")["classified"] == 3
    kinds = {event["kind"] for ref in refs for event in office.json(DAY, "show", ref)["events"]}
    assert "classified" in kinds


def test_cases_are_handed_over_with_a_word(office: Office, refs: list[str]) -> None:
    assert office.json(DAY, "assign", "--campaign", "FACES26", "--to", "ben", "--note", "yours", "--yes") == {
        "to": "ben",
        "assigned": 3,
        "theirs_already": 0,
    }
    assert {row["owner"] for row in office.json(DAY, "agenda", "--owner", "ben")} == {"ben"}
    assert len(office.json(DAY, "audit", "--kind", "assigned")) == len(refs)
    office.on(DAY, "assign", refs[0], "--to", "ana", "--note", "back to me")
    assert [row["ref"] for row in office.json(DAY, "agenda", "--owner", "ana")] == [refs[0]]
    assert office.on(DAY, "assign", refs[0], "--campaign", "FACES26", "--to", "x", code=2).err
    assert office.on(DAY, "assign", "--owner", "nobody-here", "--to", "x", "--yes", code=3).err


def test_the_next_line_names_no_case_where_several_are_as_likely(
    office: Office, refs: list[str], tmp_path: Path
) -> None:
    ((number, said),) = [(str(row["n"]), row) for row in office.json(DAY, "inbox")]
    assert {one["ref"] for one in said["proposals"]} == set(refs)
    listed, shown = office.run("--as-of", DAY, "inbox").out, office.run("--as-of", DAY, "inbox", "show", number).out
    assert "one of 3" in listed
    for text in (listed, shown):
        (last,) = [line for line in text.splitlines() if line.startswith("Next:")]
        assert f"dsar inbox assign {number} REF (or --campaign ID" in last
        assert not any(ref in last for ref in refs)
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL.replace(b"<all@", b"<one@").replace(b"We hold", f"Re {refs[1]}: we hold".encode()))
    office.on(DAY, "mail", "import", path)
    shown = office.run("--as-of", DAY, "inbox", "show", "2").out
    assert f"Next: dsar inbox assign 2 {refs[1]}, or dsar inbox dismiss 2" in shown
    assert f"May belong to {refs[1]}: its text names the case, which anybody could write." in shown
    assert f"{refs[1]}, else 2 more" in office.run("--as-of", DAY, "inbox").out


def test_one_answer_is_reviewed_in_many_cases_after_the_number_was_shown(office: Office, refs: list[str]) -> None:
    yes = ("--campaign", "FACES26", "--yes")
    office.on(DAY, "inbox", "assign", "1", "--all-open", *yes)
    office.on(DAY, "classify", "answer", "--message", "1", *yes)
    listed = office.json(DAY, "review", refs[0], "--items")
    assert "recipients" in {one["id"] for one in listed["items"]}
    assert "third-party-data" in {one["id"] for one in listed["faults"]}
    assert "third-party-data" in office.on(DAY, "review", refs[0], "--items").out
    assert "--items" in office.run("review", "--help").out
    what = ("review", "--campaign", "faces26", "--message", "1", "--set", "recipients=generic", "--rest", "missing")
    assert "--yes" in office.on(DAY, *what, code=2).err  # nobody is there to be asked
    assert office.json(DAY, *what, "--yes") == {
        "message": 1, "campaign": "FACES26", "reviewed": 3, "before": 0, "no_answer": 0, "left_out": [],
    }  # fmt: skip
    again = office.on(DAY, *what, "--yes").out
    assert "reviewed in 0 cases. Reviewed before, which stays (--again changes it): 3." in again
    assert {item["status"] for item in office.json(DAY, "review", refs[1], "--items")["items"]} == {
        "generic",
        "missing",
    }
    assert "--message" in office.on(DAY, "review", "--campaign", "FACES26", "--rest", "na", code=2).err
    assert "--set" in office.on(DAY, "review", *what[1:5], "--again", "--yes", code=2).err


def test_the_answer_is_looked_at_once_for_all(office: Office, refs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    yes = ("--campaign", "FACES26", "--yes")
    office.on(DAY, "inbox", "assign", "1", "--all-open", *yes)
    office.on(DAY, "classify", "answer", "--message", "1", *yes)
    count = len(office.json(DAY, "review", refs[0], "--items")["items"])
    asked: list[str] = []

    def agree(what: str, **_: object) -> bool:
        asked.append(what)
        return True

    # somebody sits there: leaves after the first item, comes back, finds all missing, and agrees
    pressed = iter("gq" + "m" * count)
    monkeypatch.setattr("dsar.cli.out.can_ask", lambda: True)
    monkeypatch.setattr("dsar.cli.ask.can_ask", lambda: True)
    monkeypatch.setattr("typer.getchar", lambda: next(pressed))
    monkeypatch.setattr("typer.confirm", agree)
    what = ("review", "--campaign", "FACES26", "--message", "1")
    assert f"Next: dsar {' '.join(what)}" in office.on(DAY, *what).out
    assert asked == []
    office.on(DAY, *what)
    (question,) = asked
    assert f"Message 1: {count} missing. Record this in 3 cases that hold it?" in question
    for ref in refs:
        assert {item["status"] for item in office.json(DAY, "review", ref, "--items")["items"]} == {"missing"}
