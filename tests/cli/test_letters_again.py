"""Letters come out as they were read and as they were issued; what is ours alone stays at home.

The case: request received on 6 March 2026, so the answer is due on Tuesday 7 April (Easter Monday is the 6th); on
20 April a formal notice may accuse.
"""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from dsar.cli.look import dates

from .papers import mail, pdf, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

EARLY, LATE, LATER = "2026-03-04", "2026-04-20", "2026-04-22"


@pytest.fixture
def ref(office: Office, slip: Path) -> str:
    """A case in which a notice may be drafted on `LATE`."""
    office.init("2026-03-02")
    return office.waiting(proof=slip)


def types(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str, *, old: str = "", code: int = 0) -> None:
    """An editor that puts `text` in place of `old` (at the end, without one) and ends with that code."""
    script = folder / "editor.py"
    change = f"was.replace({old!r}, {text!r})" if old else f"was + {text!r}"
    script.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\nwas = path.read_text(encoding='utf-8')\n"
        f"path.write_text({change}, encoding='utf-8')\nsys.exit({code})\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")


def deadline(office: Office, day: str, name: str) -> dict[str, object]:
    return next(dict(row) for row in office.json(day, "why")["deadlines"] if row["id"] == name)


def test_the_term_that_was_read_is_the_term_that_is_issued(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: Path
) -> None:
    """Thirty days from Monday 20 April: Wednesday 20 May."""
    types(monkeypatch, tmp_path, "\nMy own sentence.\n")
    said = office.on(LATE, "letter", "notice", "--days", "30", "--edit")
    assert f"dsar letter notice {ref} --days 30 --issue" in said.all
    again = office.on(LATE, "letter", "notice")
    assert "30 days" in again.out
    assert "My own sentence." in again.out
    office.on(LATE, "letter", "notice", "--issue")
    office.on(LATE, "sent", "--on", LATE, "--via", "registered", "--proof", slip)
    office.on(LATE, "delivered", "--on", LATE, "--proof", slip)
    assert deadline(office, LATE, "notice")["safe"] == "2026-05-20"


def test_an_option_that_the_edited_text_contradicts_is_refused(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nMy own sentence.\n")
    office.on(LATE, "letter", "notice", "--days", "30", "--edit")
    assert "--anew" in office.on(LATE, "letter", "notice", ref, "--days", "8", "--issue", code=4).err
    office.on(LATE, "letter", "notice", ref, "--days", "30")
    fresh = office.on(LATE, "letter", "notice", ref, "--days", "8", "--anew")
    assert "8 days" in fresh.out
    assert "My own" not in fresh.out


def test_the_language_and_the_authority_are_kept_with_the_edited_draft(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nUne phrase à moi.\n")
    said = office.on(LATE, "letter", "complaint", "--authority", "fr-cnil", "--lang", "fr", "--edit")
    assert f"dsar letter complaint {ref} --lang fr --authority fr-cnil --issue" in said.all
    issued = office.json(LATE, "letter", "complaint", "--issue")
    assert issued["lang"] == "fr"
    assert "Une phrase à moi." in issued["text"]
    with_it = office.json(LATE, "dossier", "--out", str(tmp_path / "out"))
    assert with_it["pages"] > 1


def test_looking_keeps_nothing_and_a_kept_draft_can_be_dropped(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.on(LATE, "letter", "notice")
    assert office.json(LATE, "show")["drafts"] == []
    types(monkeypatch, tmp_path, "\nMy own sentence.\n")
    office.on(LATE, "letter", "notice", "--edit")
    assert office.json(LATE, "show")["drafts"] == ["notice"]
    office.on(LATE, "letter", "notice", "--discard")
    assert office.json(LATE, "show")["drafts"] == []
    assert "issue" not in {step["id"] for step in office.json(LATE, "next", ref)["next"]}
    office.on(LATE, "letter", "notice", "--discard", code=4)


def test_a_text_with_a_placeholder_is_kept_and_cannot_be_issued(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nAn hour of work for [NAME].\n")
    assert "[NAME]" in office.on(LATE, "letter", "notice", "--edit", code=5).err
    assert "[NAME]" in office.on(LATE, "letter", "notice", "--issue", code=5).err
    assert "An hour of work" not in office.on(LATE, "letter", "notice", ref).out
    types(monkeypatch, tmp_path, "Zoé", old="[NAME]")
    assert "An hour of work for Zoé." in office.on(LATE, "letter", "notice", "--edit").out
    office.on(LATE, "letter", "notice", "--issue")


def test_what_was_written_before_the_editor_failed_is_kept(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nAn hour of work.\n", code=1)
    office.on(LATE, "letter", "notice", ref, "--edit", code=5)
    office.on(LATE, "letter", "notice", ref, "--issue", code=5)
    monkeypatch.setenv("EDITOR", "true")
    assert "An hour of work." in office.on(LATE, "letter", "notice", "--edit").out


def test_an_edited_accusation_is_read_again_when_the_case_has_changed(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nMy own sentence.\n")
    office.on(LATE, "letter", "notice", "--edit")
    office.on(LATER, "note", ref, "They called.")
    assert "--edit" in office.on(LATER, "letter", "notice").err
    refused = office.on(LATER, "letter", "notice", "--issue", code=4).err
    assert "--edit" in refused
    assert "--anew" in refused
    monkeypatch.setenv("EDITOR", "true")
    office.on(LATER, "letter", "notice", "--edit")
    assert "My own sentence." in office.json(LATER, "letter", "notice", "--issue")["text"]


def test_no_accusation_while_a_message_is_unread_or_a_mail_came_back(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "came.eml"
    path.write_bytes(mail("Fri, 17 Apr 2026 10:00:00 +0200", "Here is everything."))
    office.on(LATE, "received", path)
    said = office.on(LATE, "letter", "notice", code=4).err
    assert f"dsar classify {ref} 5" in said
    office.on(LATE, "letter", "reminder")
    office.on(LATE, "classify", ref, "5", "bounce")
    said = office.on(LATE, "letter", "notice", code=4).err
    assert "5" in said
    assert f"dsar classify {ref}" in said
    office.on(LATE, "sent", ref, "--letter", "2", "--on", LATE, "--via", "post")
    office.on(LATE, "letter", "notice")


def mandated(office: Office, folder: Path) -> tuple[str, str]:
    """A case for Zoé under a mandate; its reference, and the mandate's id."""
    day, scan = "2026-01-05", folder / "mandate of Zoé.pdf"
    scan.write_bytes(pdf("Mandate", "signed by hand"))
    office.init(day, more=("--organisation", "Asso Exemple"))
    office.on(day, "subject", "add", "--name", "Zoé", "--email", "zoe@person.example", "--country", "FR")
    drafted = office.json(day, "mandate", "new", "--for", "zoe", "--controller", "Clearview AI")
    name = drafted["mandate"]["id"] if isinstance(drafted.get("mandate"), dict) else drafted["id"]
    office.on(day, "mandate", "signed", name, scan, "--on", day)
    made = office.json(day, "request", "Clearview AI", "--for", "zoe", "--mandate", name)
    return str(made["ref"]), str(name)


def test_a_revoked_mandate_stops_every_letter(office: Office, tmp_path: Path) -> None:
    ref, name = mandated(office, tmp_path)
    office.on("2026-01-06", "letter", "access", ref)
    office.on("2026-01-07", "mandate", "revoke", name, "--on", "2026-01-07")
    assert name in office.on("2026-01-07", "letter", "access", ref, code=4).err
    assert name in office.on("2026-01-08", "letter", "access", ref, "--issue", code=4).err
    assert "2026-01-07" in office.on("2026-01-08", "dossier", ref, "--check", code=1).out


def test_the_mail_carries_the_mandate_that_the_letter_encloses(office: Office, tmp_path: Path) -> None:
    ref, _ = mandated(office, tmp_path)
    draft, frozen = tmp_path / "draft.eml", tmp_path / "frozen.eml"
    office.on("2026-01-06", "letter", "access", ref, "--format", "eml", "--out", draft)
    office.on("2026-01-06", "letter", "access", ref, "--issue", "--format", "eml", "--out", frozen)
    for path in (draft, frozen):
        found = [
            part.get_content() for part in message_from_bytes(path.read_bytes(), policy=default).iter_attachments()
        ]
        assert len(found) == 2
        assert found[1] == (tmp_path / "mandate of Zoé.pdf").read_bytes()


def test_an_issued_letter_comes_out_as_it_was_issued(office: Office, ref: str, tmp_path: Path) -> None:
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    said = office.on(LATE, "letter", "notice", "--issue", "--out", first)
    command = f"dsar letter notice {ref} --entry 5 --format pdf"
    assert command in said.all
    office.on(LATER, "letter", "notice", ref, "--entry", "5", "--format", "pdf", "--out", again)
    assert again.read_bytes() == first.read_bytes()
    assert command in office.on(LATER, "letter", "notice", ref).all
    paths = {fmt: tmp_path / f"again.{fmt}" for fmt in ("md", "txt", "eml")}
    for fmt, path in paths.items():
        office.on(LATER, "letter", "notice", ref, "--entry", "5", "--format", fmt, "--out", path)
    mailed = message_from_bytes(paths["eml"].read_bytes(), policy=default)
    assert [part.get_content() for part in mailed.iter_attachments()] == [first.read_bytes()]
    text = paths["txt"].read_text(encoding="utf-8")
    assert "20 April 2026" in text  # its own day
    assert "Miroir SAS" in text
    assert paths["md"].read_text(encoding="utf-8").startswith("+++\nsubject = ")
    office.on(LATER, "letter", "notice", ref, "--entry", "2", code=3)
    office.on(LATER, "letter", "notice", ref, "--entry", "5", "--edit", code=2)


def test_the_dossier_holds_the_complaint_as_it_was_issued_whatever_is_corrected_later(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, tmp_path, "\nA crocodile sings.\n")
    office.on(LATE, "letter", "complaint", "--authority", "fr-cnil", "--edit")
    office.on(LATE, "letter", "complaint", "--issue")
    office.on(LATER, "correct", ref, "3", "--withdraw", "--because", "it never left")
    office.on(LATER, "letter", "complaint", "--authority", "fr-cnil", code=4)  # no breach is left to allege
    made = office.json(LATER, "dossier", "--out", tmp_path / "out")
    assert "A crocodile sings." in text_of((tmp_path / "out" / f"dossier-{ref}.pdf").read_bytes())
    assert made["zip"]
    refused = office.on(LATER, "dossier", "--authority", "be-apd-gba", "--out", tmp_path / "other", code=4)
    assert "fr-cnil" in refused.err
    assert not (tmp_path / "other").exists()
    assert "fr-cnil" in office.on(LATER, "dossier", "--check", "--authority", "be-apd-gba", code=1).out


def test_what_is_ours_alone_reaches_no_file_of_the_dossier(office: Office, ref: str, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed: PDFs are not read")
    secrets = ("crocodile", "ostrich", "walrus", "worker-1", "worker-2", "dromedary")
    path = tmp_path / "asked.eml"
    path.write_bytes(mail("Tue, 10 Mar 2026 09:00:00 +0100", "Your passport, please."))
    office.on("2026-03-10", "received", path, "--as", "identity-demand", "--item", "passport")
    office.on("2026-03-10", "identity", ref, "--gave", "passport", "--on", "2026-03-10")
    office.on(LATE, "identity", ref, "--judge", "justified", "--because", "a walrus would know")
    office.on(LATE, "note", ref, "the crocodile sleeps")
    office.on(LATE, "confirm", ref, "4", "--because", "the ostrich saw it")
    newsletter = tmp_path / "news.eml"
    newsletter.write_bytes(mail("Tue, 10 Mar 2026 09:00:00 +0100", "dromedary", subject="dromedary", number=2))
    office.on(LATE, "received", newsletter, "--as", "other")
    office.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / f"dossier-{ref}.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told = {"ref", "subject", "controller", "regime", "rights", "language", "as_of", "chronology"}
    assert set(json.loads(files["case.json"])) == told | {"deadlines", "breaches", "demands", "exhibits"}
    for name, data in files.items():
        text = text_of(data) if name.endswith(".pdf") else data.decode("utf-8", "replace")
        assert [word for word in secrets if word in text] == [], name
    # who really wrote stands in the index, and not the controller's name
    (row,) = [one for one in json.loads(files["manifest.json"])["exhibits"] if one["kind"] == "mail"]
    assert "privacy@clearface.example" in row["parties"]
    assert "Miroir" not in row["parties"].split("→")[0]


def test_a_term_that_was_missed_was_not_met(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.eml"
    path.write_bytes(mail("Fri, 17 Apr 2026 10:00:00 +0200", "Here is everything."))
    office.on(LATE, "received", path, "--as", "answer")
    for command in ("why", "show"):
        said = office.on(LATE, command, ref).out
        assert "answered late on 2026-04-17" in said
        assert "met on" not in said
    assert dates({"strict": "2026-04-07", "safe": "2026-04-07", "met": "2026-04-07"}).endswith("met on 2026-04-07")


def test_nothing_is_called_excessive_that_nobody_wrote_down(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "demand.eml"
    path.write_bytes(mail("Tue, 10 Mar 2026 09:00:00 +0100", "Who are you?"))
    office.on(LATE, "received", path, "--as", "identity-demand")
    office.on(LATE, "identity", ref, "--judge", "unjustified", "--because", "They knew who wrote.")
    message = str(len(office.json(LATE, "show", ref)["events"]) - 2)
    assert "--item" in office.on(LATE, "letter", "notice", ref, code=4).err
    office.on(LATE, "classify", ref, message, "identity-demand", "--item", "passport")
    assert "passport" in office.on(LATE, "letter", "notice", ref).out
