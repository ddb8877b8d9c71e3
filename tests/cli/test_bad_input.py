"""Bad input: each ends in one clear sentence and the right exit code, or is kept as it is; nothing is half-written."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from .papers import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-05", "2026-04-20"


def test_a_receipt_before_the_sending_is_recorded_and_blocks_accusations(office: Office, slip: Path) -> None:
    """Sent on 5 March, slip of 3 March: + 1 month = Friday 3 April; in Alsace-Moselle Good Friday, so also in the
    region where the company may be; then Easter Monday: Tuesday 7 April is the safe day."""
    office.init("2026-03-02")
    ref = office.request("2026-03-02")
    office.on("2026-03-02", "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "registered", "--proof", slip)
    said = office.on(DAY, "delivered", "--on", "2026-03-03", "--proof", slip)
    assert "Entry 4 looks odd" in said.err
    shown = office.json(LATE, "show")
    assert [(odd["n"], odd["confirmed"]) for odd in shown["oddities"]] == [(4, False)]
    assert shown["next"][0]["command"].startswith(f"dsar confirm {ref} 4")
    (reply,) = shown["deadlines"]
    assert (reply["strict"], reply["safe"]) == ("2026-04-03", "2026-04-07")
    for kind in ("notice", "complaint"):
        refused = office.on(LATE, "letter", kind, "--authority", "fr-cnil", "--issue", code=4)
        assert f"dsar confirm {ref} 4" in refused.err
        assert f"dsar correct {ref} 4" in refused.err
    office.on(LATE, "letter", "reminder", ref)  # accuses nobody
    office.on(LATE, "confirm", ref, "4", "--because", "The slip is stamped so.")
    assert "looks odd" not in office.on(LATE, "note", ref, "x").err
    office.on(LATE, "letter", "notice", "--issue")


def test_a_wrong_day_is_corrected_and_stays_in_the_log(office: Office, slip: Path) -> None:
    office.init("2026-03-02")
    ref = office.request("2026-03-02")
    office.on("2026-03-02", "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "registered", "--proof", slip)
    office.on("2026-03-09", "delivered", "--on", "2026-03-03", "--proof", slip)
    office.on("2026-03-09", "correct", ref, "4", "--on", "2026-03-09", "--because", "typing mistake")
    shown = office.json(LATE, "show")
    assert shown["oddities"] == []
    # Monday 9 March + 1 month = Thursday 9 April
    assert (shown["deadlines"][0]["strict"], shown["deadlines"][0]["safe"]) == ("2026-04-09", "2026-04-09")
    assert office.json(LATE, "vault", "status")["entries"] == 5
    office.on(LATE, "letter", "notice")


def test_unreadable_and_encrypted_pdfs_are_evidence_with_a_warning_and_a_slip(
    office: Office, slip: Path, tmp_path: Path
) -> None:
    office.init(DAY)
    ref = office.waiting(issued=DAY, proof=slip)
    broken, locked = tmp_path / "broken.pdf", tmp_path / "locked.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing of a PDF")
    locked.write_bytes(pdf("secret", password="their own"))  # noqa: S106 - of a made-up paper
    for path, word in ((broken, "cannot be read as a PDF"), (locked, "is encrypted")):
        said = office.on(LATE, "received", ref, path, "--on", LATE, "--as", "answer")
        assert word in said.err
        assert path.name in said.err
    warned = office.json(LATE, "sent", "--on", LATE, "--via", "email", "--proof", broken)["warnings"]
    assert "cannot be read as a PDF" in warned[0]
    office.on(LATE, "review", "--rest", "missing", "--answer", "5")
    office.on(LATE, "review", "--rest", "missing", "--answer", "7")
    said = office.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out")
    assert said.err.count("a slip stands for it") == 3
    with zipfile.ZipFile(tmp_path / "out" / f"dossier-{ref}.zip") as archive:
        originals = [archive.read(name) for name in archive.namelist() if name.startswith("originals/")]
    assert broken.read_bytes() in originals
    assert locked.read_bytes() in originals
    office.on(LATE, "verify", tmp_path / "out" / f"dossier-{ref}.zip")


def test_an_ambiguous_name_lists_its_candidates(office: Office) -> None:
    office.init(DAY)
    said = office.on(DAY, "request", "Acxiom", code=2)
    assert "acxiom-de" in said.err
    assert "acxiom-uk" in said.err
    assert office.json(DAY, "agenda") == []


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-31",
        "31/01/2026",
        "2026-2-3",
        "20260305",
        "2026-W10-4",
        "0000-01-01",
        "\u0662\u0660\u0662\u0666-03-05",
        "",
    ],
)
def test_an_impossible_date_is_refused(day: str, office: Office, slip: Path) -> None:
    office.init(DAY)
    office.on(DAY, "request", "--name", "Miroir", "--email", "dpo@miroir.example", "--country", "FR")
    office.on(DAY, "letter", "access", "--issue")
    said = office.on(LATE, "sent", f"--on={day}", "--via", "post", "--proof", slip, code=2)
    assert said.err.count("\n") == 1
    assert office.json(LATE, "vault", "status")["entries"] == 2
    assert office.json(LATE, "vault", "status")["evidence"] == 2


def test_a_folder_to_write_to_must_be_there(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    office.request(DAY)
    missing = tmp_path / "no" / "such" / "x.pdf"
    office.on(DAY, "letter", "access", "--out", missing, code=5)
    office.on(DAY, "letter", "access", "--issue", "--out", missing, code=5)
    assert not (tmp_path / "no").exists()
    # what could not be shown was not frozen either
    assert office.json(DAY, "vault", "status")["entries"] == 1
    office.on(DAY, "subject", "add", "--name", "Zoé", "--country", "FR")
    new = ("mandate", "new", "--for", "zoe", "--controller", "clearview-ai")
    office.on(DAY, *new, "--out", missing, code=5)
    assert office.json(DAY, "mandate", "list") == []


def test_a_place_that_is_no_folder_is_one_clear_sentence(office: Office, slip: Path, tmp_path: Path) -> None:
    office.init(DAY)
    office.waiting(issued=DAY, proof=slip)
    before = slip.read_bytes()
    for command in (
        ("dossier", "--authority", "fr-cnil", "--out", slip),
        ("letter", "reminder", "--out", slip / "x.pdf"),
        ("vault", "backup", slip / "copy.dsar"),
        ("agenda", "--passphrase-file", tmp_path),
        (
            "init",
            "--vault",
            slip / "v.dsar",
            "--name",
            "A",
            "--email",
            "a@b.example",
            "--country",
            "FR",
            "--language=en",
        ),
    ):
        said = office.run("--as-of", LATE, *command, code=3 if command[0] == "agenda" else 5)
        assert said.err.startswith("dsar: ")
        assert said.err.count("\n") == 1
    assert "already a file" in office.run("vault", "backup", slip, code=4).err
    assert slip.read_bytes() == before
