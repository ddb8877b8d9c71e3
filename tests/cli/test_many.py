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
