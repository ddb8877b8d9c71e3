"""An organisation's people and their mandates on the command line: taken in, shown, signed, kept apart, erased."""

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from .office import process
from .papers import mail, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-11-22"
LIST = (
    "Mitgliedsnummer;Vorname;Nachname;E-Mail;Straße;PLZ;Ort;Land;Sprache;Gruppe;Aufbewahren bis;Farbe\n"
    "1;Jürgen;Secretman;j@mail.example;Weg 2;10115;Berlin;Deutschland;deutsch;Faces;2027-12-31;blau\n"
    "2;Zoë;Otherwise;z@mail.example;;;;Frankreich;fr;Faces;2026-03-01;\n"
    "3;=cmd;;x@mail.example;;;;DE;;;;\n"
)
AGAINST = ("--controller", "Miroir SAS", "--email", "dpo@miroir.example", "--country", "FR")
SCOPE = ("--kind", "art80", "--processing", "faces", "--until", "2027-12-31", "--grievance", "2026-01-18")


@pytest.fixture
def people(office: Office, tmp_path: Path) -> Path:
    """A vault of a body, and its list."""
    office.init(DAY, more=("--organisation", "Lumen e.V."))
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_shown_first_and_taken_in_when_that_is_agreed_to(office: Office, people: Path) -> None:
    shown = office.on(DAY, "subject", "import", people, "--dry-run")
    assert "Mitgliedsnummer  number" in shown.out
    assert "Farbe            (not taken)" in shown.out
    assert "line 4 was not taken: the name begins like a formula" in shown.err
    assert len(office.json(DAY, "subject", "list")) == 1
    # nobody can be asked here: without --yes nothing is taken
    assert "--yes" in office.on(DAY, "subject", "import", people, code=2).err
    assert len(office.json(DAY, "subject", "list")) == 1
    done = office.json(DAY, "subject", "import", people, "--yes")
    assert done["counts"] == {"rows": 3, "new": 2, "updated": 0, "same": 0, "different": 0, "problems": 1}
    assert (done["encoding"], done["separator"], done["problems"][0]["line"]) == ("utf-8", "semicolon", 4)
    assert {"column": "Farbe", "field": None} in done["columns"]
    again = office.json(DAY, "subject", "import", people, "--yes", "--update")
    assert again["counts"]["same"] == 2
    assert office.on(DAY, "subject", "list", "--group", "faces", "--find", "zoe").out.count("@mail.example") == 1


def test_a_list_of_which_nothing_can_be_taken_is_an_error(office: Office, people: Path) -> None:
    people.write_text("Name;Land\n=a;DE\n=b;DE\n", encoding="utf-8")
    assert "line 2" in office.on(DAY, "subject", "import", people, "--yes", code=5).err
    people.write_text("Farbe;Form\nrot;rund\n", encoding="utf-8")
    assert "--map" in office.on(DAY, "subject", "import", people, "--yes", code=5).err
    mapped = office.json(DAY, "subject", "import", people, "--yes", "--map", "Farbe=name", "--country", "DE")
    assert mapped["counts"]["new"] == 1


def test_what_a_company_will_read_and_what_may_be_missing_is_said_before_it_is_taken(
    office: Office, people: Path
) -> None:
    people.write_text("Name;Land;Grund\nCher;D;Ich will es wissen.\n", encoding="utf-8")
    shown = office.on(DAY, "subject", "import", people, "--dry-run")
    assert "“Grund” is read as the reason of each person: their letters say it to the company" in shown.out
    assert "line 2: the name of cher is one word" in shown.err
    done = office.json(DAY, "subject", "import", people, "--yes", "--map", "Grund=-")
    assert done["rows"][0]["one_word"]
    assert office.json(DAY, "subject", "show", "cher")["register"]["purpose"] is None


def test_a_mandate_lies_in_the_folder_that_is_made_for_it_and_the_list_speaks_plainly(
    office: Office, people: Path, tmp_path: Path
) -> None:
    office.on(DAY, "subject", "import", people, "--yes")
    folder = tmp_path / "new" / "to-sign"
    folder.parent.mkdir()
    made = office.json(DAY, "mandate", "new", "--for", "zoe-otherwise", *AGAINST, *SCOPE, "--out", folder)
    assert made["path"] == str(folder / f"mandate-{made['id']}.pdf")
    assert folder.stat().st_mode & 0o077 == 0
    line = next(line for line in office.on(DAY, "mandate", "list").out.splitlines() if made["id"] in line)
    assert line.split()[-1] == "no"
    new = ("mandate", "new", "--group", "Faces", *AGAINST, *SCOPE, "--out", folder)
    assert "--speaking" in office.on(DAY, *new, code=2).err
    assert office.json(DAY, *new, "--speaking", "de")["new"] == 1


def test_without_what_reads_workbooks_the_exit_code_says_so(
    office: Office, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(people, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert "pip install 'dsar[sheets]'" in office.on(DAY, "subject", "import", people, "--yes", code=9).err


def test_somebody_is_added_and_changed_with_what_the_register_keeps(office: Office, people: Path) -> None:
    assert people
    more = ("--group", "Faces", "--purpose", "my face", "--number", "77", "--id-data", "customer-number=4711")
    made = office.json(DAY, "subject", "add", "--name", "Léa Petit", "--country", "FR", *more, "--staff")
    assert made["register"]["groups"] == ["Faces"]
    office.on(DAY, "subject", "edit", "lea-petit", "--group", "Paris", "--leave", "faces", "--no-staff")
    kept = office.json(DAY, "subject", "show", "lea-petit")["register"]
    assert (kept["groups"], kept["staff"], kept["number"], kept["purpose"]) == (["Paris"], False, "77", "my face")
    assert kept["id_data"] == [{"kind": "customer-number", "value": "4711"}]
    assert kept["pseudonym"] == made["register"]["pseudonym"]
    # the person is not there if their place in the register cannot be: both or neither
    office.on(DAY, "subject", "add", "--name", "Bo", "--country", "FR", "--number", "77", code=5)
    assert [one["id"] for one in office.json(DAY, "subject", "list")] == ["me", "lea-petit"]
    office.on(DAY, "subject", "add", "--name", "Bo", "--country", "FR", "--id-data", "shoe=44", code=2)


def test_mandates_of_a_group_go_from_draft_to_signed(office: Office, people: Path, tmp_path: Path) -> None:
    office.on(DAY, "subject", "import", people, "--yes")
    office.on(DAY, "mandate", "new", "--group", "Faces", *AGAINST, *SCOPE, code=2)
    folder = tmp_path / "sign"
    folder.mkdir()
    made = office.json(
        DAY,
        "mandate",
        "new",
        "--group",
        "Faces",
        *AGAINST,
        *SCOPE,
        "--lang",
        "en",
        "--power",
        "complaint",
        "--out",
        folder,
    )
    assert (made["new"], made["known"]) == (2, 0)
    assert made["mandates"][0]["powers"] == ["request", "complaint"]
    again = office.on(
        DAY, "mandate", "new", "--all", *AGAINST, *SCOPE, "--lang", "en", "--power", "complaint", "--out", folder
    )
    assert again.out.startswith("0 mandate(s) drafted")
    assert len(list(folder.iterdir())) == 2
    office.on(DAY, "mandate", "sent", "--group", "Faces", "--on", DAY)
    assert office.json(DAY, "mandate", "list", "--count")["sent"] == 2
    for n, path in enumerate(folder.iterdir()):
        path.write_bytes(pdf("signed", str(n)))
    (folder / "empty.pdf").write_bytes(b"")
    filed = office.on(DAY, "mandate", "signed", "--from", folder, "--on", DAY)
    assert filed.out.startswith("2 signed mandate(s) filed, 0 known already, 1 refused.")
    assert "empty.pdf was refused" in filed.err
    assert [one["state"] for one in office.json(DAY, "mandate", "list", "--state", "signed")] == ["signed", "signed"]
    assert office.json("2027-11-22", "mandate", "list", "--state", "expiring", "--controller", "miroir")[0]["valid"]


def test_a_mandate_for_several_controllers_carries_a_request_to_each_of_them(
    office: Office, people: Path, tmp_path: Path
) -> None:
    office.on(DAY, "subject", "import", people, "--yes")
    office.on(DAY, "mandate", "new", "--for", "zoe-otherwise", *AGAINST, "--controller", "Other SA", code=2)
    made = office.json(
        DAY, "mandate", "new", "--for", "zoe-otherwise", "--controller", "google", "--controller", "amazon-de", *SCOPE
    )
    assert (made["controller"], len(made["also"])) == ("Google Ireland Limited", 1)
    ask = ("request", "amazon-de", "--right", "access", "--for", "zoe-otherwise", "--mandate", made["id"])
    assert "no signed copy is filed" in office.on(DAY, *ask, code=4).err
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf("signed"))
    office.on(DAY, "mandate", "signed", made["id"], scan, "--on", DAY)
    office.on(DAY, *ask)
    office.on(DAY, "mandate", "revoke", made["id"], "--on", DAY)
    assert "revoked on" in office.on(DAY, *ask, code=4).err


@pytest.fixture
def acting(office: Office, people: Path, tmp_path: Path) -> dict[str, str]:
    """Both people have a signed mandate and a request that was sent; their cases, by the id of the person."""
    office.on(DAY, "subject", "import", people, "--yes")
    folder = tmp_path / "sign"
    folder.mkdir()
    made = office.json(DAY, "mandate", "new", "--all", *AGAINST, *SCOPE, "--lang", "en", "--out", folder)["mandates"]
    for one in folder.iterdir():
        one.write_bytes(pdf("signed", one.name))
    office.on(DAY, "mandate", "signed", "--from", folder, "--on", DAY)
    where = ("--email", "dpo@miroir.example", "--country", "FR")
    return {
        one["subject"]: office.json(
            DAY, "request", "--name", "Miroir SAS", *where, "--right", "access", "--for", one["subject"],
            "--mandate", one["id"],
        )["ref"]
        for one in made
    }  # fmt: skip


def test_what_is_shown_of_one_person_never_shows_another(
    office: Office, acting: dict[str, str], tmp_path: Path
) -> None:
    """Both are in one group, against one company, under mandates of one run."""
    names = {"jurgen-secretman": ("Secretman", "j@mail.example"), "zoe-otherwise": ("Otherwise", "z@mail.example")}
    for person, other in (("jurgen-secretman", "zoe-otherwise"), ("zoe-otherwise", "jurgen-secretman")):
        ref = acting[person]
        office.on(DAY, "note", ref, f"spoke with {names[person][0]}")
        office.on(DAY, "letter", "access", ref, "--issue")
        said = [
            office.run("--as-of", DAY, *words).all
            for words in (
                ("subject", "show", person),
                ("show", ref),
                ("show", ref, "--json"),
                ("letter", "access", ref, "--json"),
                ("find", "spoke", "--for", person),
                ("find", "miroir", "--for", person),
                ("subject", "list", "--find", names[person][1]),
                ("mandate", "list", "--controller", "Miroir", "--json", "--state", "drafted"),
            )
        ]
        office.on(DAY, "subject", "export", person, tmp_path / person)
        said += [path.read_text("utf-8", "replace") for path in (tmp_path / person).rglob("*") if path.is_file()]
        whole = "\n".join(said)
        assert all(mark in whole for mark in names[person])
        assert not any(mark in whole for mark in (*names[other], other, acting[other]))


def test_one_mail_that_answers_two_people_is_kept_once_and_stays_while_one_of_them_needs_it(
    office: Office, acting: dict[str, str], tmp_path: Path
) -> None:
    answer = tmp_path / "answer.eml"
    answer.write_bytes(mail("Sun, 22 Nov 2026 10:00:00 +0100", "We hold nothing about any of you."))
    for ref in acting.values():
        office.on(DAY, "received", ref, answer, "--on", DAY, "--as", "no-data")
    gone = office.json(DAY, "subject", "erase", "zoe-otherwise", "--reason", "requested", "--yes")
    assert any(said.startswith("1 file(s) stay") for said in gone["still_held"])
    found = office.json(DAY, "show", acting["jurgen-secretman"])
    assert any(piece["name"] == "answer.eml" for piece in found["exhibits"])


def test_an_erased_person_leaves_tombstones_and_nothing_in_any_register(office: Office, acting: dict[str, str]) -> None:
    due = office.on(DAY, "subject", "retention")
    assert "zoe-otherwise" in due.out
    assert "jurgen" not in due.out
    office.on(DAY, "subject", "erase", "zoe-otherwise", "--reason", "retention-ended", "--yes")
    assert office.json(DAY, "subject", "retention") == []
    office.on(DAY, "subject", "show", "zoe-otherwise", code=3)
    assert {one["subject"] for one in office.json(DAY, "mandate", "list")} == {"jurgen-secretman"}
    office.on(DAY, "show", acting["zoe-otherwise"], code=3)
    office.on(DAY, "show", acting["jurgen-secretman"])
    assert office.json(DAY, "subject", "show", "jurgen-secretman")["cases"] == [acting["jurgen-secretman"]]
    assert office.json(DAY, "vault", "verify")["ok"]


def test_an_import_waits_for_another_writer_or_ends_with_one_sentence(
    office: Office, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dsar.vault import connection  # noqa: PLC0415 - only here
    from dsar.vault.keys import KeyFileSlot  # noqa: PLC0415 - only here
    from dsar.vault.vault import Vault  # noqa: PLC0415 - only here

    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with Vault.open(office.vault, KeyFileSlot(office.key)) as other, other.transaction():
        said = office.on(DAY, "subject", "import", people, "--yes", code=7)
    assert "Another dsar is writing" in said.err
    assert office.json(DAY, "subject", "import", people, "--yes")["counts"]["new"] == 2


def test_two_imports_at_the_same_time_lose_nobody_and_double_nobody(office: Office, people: Path) -> None:
    import threading  # noqa: PLC0415 - only here

    rows = "".join(f"{n};V{n};N{n};p{n}@mail.example;;;;DE;de;;;\n" for n in range(10, 1200))
    people.write_text(LIST.splitlines()[0] + "\n" + rows, encoding="utf-8")
    ends: list[int] = []
    runs = [
        threading.Thread(target=lambda: ends.append(process("--as-of", DAY, "subject", "import", people, "--yes").code))
        for _ in range(2)
    ]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert ends == [0, 0]
    found = office.json(DAY, "subject", "list")
    assert len(found) == 1 + 1190
    assert len({one["number"] for one in found}) == 1 + 1190
