"""What one is told where something ends or is torn: erasures, exports, revocations, letters by two ways, bad PDFs."""

from __future__ import annotations

import io
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pikepdf
import pytest

from .office import process
from .papers import mail, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

SENT, LATE = "2026-03-03", "2026-04-20"


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    path = tmp_path / "slip.pdf"
    path.write_bytes(pdf("slip"))
    return path


@pytest.fixture
def ref(office: Office, slip: Path) -> str:
    """A request that arrived on 6 March and was not answered."""
    office.init(SENT)
    return office.waiting(issued=SENT, proof=slip)


def acting(office: Office, folder: Path, *people: str) -> dict[str, tuple[str, str]]:
    """For each of them a mandate that is signed and a request that was sent: the mandate's id and the case."""
    office.init(SENT, more=("--organisation", "Asso Exemple"))
    where = ("--email", "dpo@miroir.example", "--country", "FR")
    made: dict[str, tuple[str, str]] = {}
    for name in people:
        office.on(SENT, "subject", "add", "--name", name, "--country", "FR", "--language", "en")
        one, scan = name.casefold(), folder / f"signed-{name}.pdf"
        scan.write_bytes(pdf("signed", name))
        drafted = office.json(SENT, "mandate", "new", "--for", one, "--controller", "Miroir SAS", *where)
        office.on(SENT, "mandate", "signed", drafted["id"], scan, "--on", SENT)
        ask = ("request", "--name", "Miroir SAS", *where, "--for", one, "--mandate", drafted["id"], "--right", "access")
        made[one] = drafted["id"], office.json(SENT, *ask)["ref"]
        office.on(SENT, "letter", "access", made[one][1], "--issue")
        office.on(SENT, "sent", made[one][1], "--on", SENT, "--via", "email")
    return made


def test_to_erase_a_case_says_first_that_an_authority_has_its_complaint(office: Office, ref: str) -> None:
    office.on(LATE, "letter", "complaint", ref, "--authority", "fr-cnil", "--issue")
    office.on(LATE, "complaint", ref, "--authority", "fr-cnil", "--on", LATE)
    said = office.on(LATE, "erase", ref, "--reason", "requested", "--yes")
    before, _, after = said.err.partition("keeps the complaint of")
    assert "lodged with Commission nationale de l'informatique et des libertés" in before.replace("’", "'")
    assert f"on {LATE}, which keeps its copy" in before
    assert f"withdraw it first with `dsar letter complaint-withdrawal {ref}`" in before
    assert LATE in after


def test_to_erase_a_person_names_the_complaint_the_files_outside_and_what_to_do_about_the_name(
    office: Office, tmp_path: Path
) -> None:
    made = acting(office, tmp_path, "Zora", "Karl")
    office.on(LATE, "note", made["karl"][1], "Zora asked for the same on the phone")
    office.on(LATE, "letter", "complaint", made["zora"][1], "--authority", "fr-cnil", "--issue", code=4)
    office.on(LATE, "complaint", made["zora"][1], "--authority", "fr-cnil", "--on", LATE)
    gone = office.json(LATE, "subject", "erase", "zora", "--reason", "requested", "--yes")["still_held"]
    assert any("keeps the complaint of 2026-04-20" in said for said in gone)
    assert any("outside the vault" in said and "dossiers" in said for said in gone)
    (name,) = [said for said in gone if "name still stands" in said]
    assert made["karl"][1] in name
    assert "dsar erase REF" in name


def test_an_export_for_a_person_says_what_is_not_for_them(office: Office, tmp_path: Path) -> None:
    made = acting(office, tmp_path, "Zora", "Karl")
    bulk = tmp_path / "bulk.eml"
    bulk.write_bytes(mail("Sun, 08 Mar 2026 10:00:00 +0100", "Zora and Karl: we hold nothing."))
    for _, case in made.values():
        office.on(LATE, "received", case, bulk, "--as", "no-data")
    office.on(LATE, "assign", made["zora"][1], "worker-2", "--note", "she is difficult")
    said = office.on(LATE, "subject", "export", "zora", tmp_path / "zora")
    assert "2 note(s), hand-over(s)" in said.err
    assert "1 message(s) that stand in cases of others too" in said.err
    assert "vault import" not in said.all
    office.on(LATE, "subject", "export", "karl", tmp_path / "karl")
    assert len(office.json(LATE, "subject", "export", "karl", tmp_path / "again")["warnings"]) == 1


def test_nobody_alleges_anything_of_the_end_of_a_mandate(office: Office, tmp_path: Path) -> None:
    office.init(SENT, more=("--organisation", "Asso Exemple"))
    office.on(SENT, "subject", "add", "--name", "Zora", "--country", "FR")
    where, scan = ("--email", "dpo@miroir.example", "--country", "FR"), tmp_path / "signed.pdf"
    scan.write_bytes(pdf("signed"))
    until = ("--until", "2026-12-31")
    drafted = office.json(SENT, "mandate", "new", "--for", "zora", "--controller", "Miroir SAS", *where, *until)
    office.on(SENT, "mandate", "signed", drafted["id"], scan, "--on", SENT)
    ask = ("request", "--name", "Miroir SAS", *where, "--for", "zora", "--mandate", drafted["id"], "--right", "access")
    case = office.json(SENT, *ask)["ref"]
    office.on(SENT, "subject", "export", "zora", tmp_path / "out")
    page = (tmp_path / "out" / "cases" / f"{case}.txt").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if "andate" in line and "2026-12-31" in line]
    assert line.endswith("last day 2026-12-31")


def test_a_revocation_names_the_open_cases_and_they_offer_no_letter_in_that_name(
    office: Office, tmp_path: Path
) -> None:
    ((mandate, case),) = acting(office, tmp_path, "Zora").values()
    said = office.on(LATE, "mandate", "revoke", mandate, "--on", LATE)
    assert f"Open cases under it: {case}." in said.out
    steps = office.json(LATE, "next", case)["next"]
    assert [step["command"].split()[1] for step in steps] == ["close"]
    closed = office.on(LATE, "close", case, "--outcome", "abandoned")
    assert "Next: dsar agenda" in closed.out
    assert office.json(LATE, "mandate", "revoke", mandate, "--on", LATE)["open_cases"] == []


def test_a_notice_that_names_two_ways_says_which_is_missing(office: Office, ref: str) -> None:
    issued = office.on(LATE, "letter", "notice", ref, "--issue")
    assert "by registered post and by e-mail" in issued.err
    first = office.on(LATE, "sent", ref, "--on", LATE, "--via", "registered")
    assert "no sending by e-mail is recorded" in first.err
    assert f"dsar sent {ref} --letter 5 --via email" in first.err
    second = office.on(LATE, "sent", ref, "--letter", "5", "--on", LATE, "--via", "email")
    assert "is recorded: send it" not in second.err


def test_a_letter_of_one_way_is_sent_without_such_a_word(office: Office, ref: str) -> None:
    office.on(LATE, "letter", "reminder", ref, "--issue")
    assert "heading" not in office.on(LATE, "sent", ref, "--on", LATE, "--via", "email").err


def test_a_photo_that_nobody_encloses_is_said_by_the_request_and_by_the_letter(office: Office) -> None:
    office.init(SENT)
    where = ("--email", "dpo@miroir.example", "--country", "FR", "--id-data", "photo=IMG0001")
    made = office.json(SENT, "request", "--name", "Miroir SAS", *where)
    assert any("dsar encloses none" in said for said in made["warnings"])
    said = office.on(SENT, "letter", made["letter"], made["ref"], "--issue").err
    assert "The letter says that it encloses what dsar does not" in said


def test_a_bounce_is_not_said_to_come_from_a_strange_address(office: Office, ref: str, tmp_path: Path) -> None:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = "MAILER-DAEMON@mx.ngo.example", "ana@ngo.example"
    made["Subject"], made["Date"] = "Undelivered", "Sat, 07 Mar 2026 10:00:00 +0100"
    made.set_content("550 no such user dpo@miroir.example")
    path = tmp_path / "bounce.eml"
    path.write_bytes(made.as_bytes())
    came = office.on("2026-03-07", "received", ref, path, "--as", "bounce")
    assert "no known address" not in came.err
    path.write_bytes(made.as_bytes() + b"\n")
    assert "no known address" in office.on("2026-03-08", "received", ref, path, "--as", "answer").err


def test_a_damaged_pdf_is_one_sentence_of_ours_and_nothing_of_a_library(
    office: Office, ref: str, tmp_path: Path
) -> None:
    whole = pikepdf.open(io.BytesIO(pdf("page one")))
    whole.pages.append(whole.pages[0])
    target = io.BytesIO()
    whole.save(target)
    path = tmp_path / "answer.pdf"
    path.write_bytes(target.getvalue()[: target.getvalue().rindex(b"trailer")])
    day = "2026-05-20"
    assert "is a damaged PDF" in office.on(day, "received", ref, path, "--on", day, "--as", "answer").err
    made = process("--as-of", day, "dossier", ref, "--authority", "fr-cnil", "--out", tmp_path / "out", "--yes")
    assert made.code == 0, made.err
    assert "WARNING" not in made.err
    assert str(tmp_path / "out" / ".dsar") not in made.err
    assert made.err.count("is a damaged PDF") == 1
