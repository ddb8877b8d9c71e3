"""What lies beside a dossier and in its archive: timeline, timestamps of the log, a working translation; exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from mail.compound import outlook
from servers.timestamps import authority

from .papers import mail, pdf, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-02", "2026-04-20"


@pytest.fixture
def ready(office: Office, tmp_path: Path, slip: Path) -> Office:
    """A case that was answered late with a file, reviewed, and may be complained of."""
    office.init(DAY, language="fr")
    ref = office.waiting(issued="2026-03-03", proof=slip)
    path = tmp_path / "answer.eml"
    path.write_bytes(mail("Thu, 09 Apr 2026 10:00:00 +0100", "See the letter.", attached=pdf("Dear Madam")))
    office.on(LATE, "received", ref, path, "--on", "2026-04-09", "--as", "answer")
    office.on(LATE, "review", "--rest", "missing")
    return office


def build(office: Office, out: Path, *more: str, code: int = 0) -> dict[str, Any]:
    made = office.json(LATE, "dossier", "--authority", "fr-cnil", "--no-ocr", "--out", out, *more, code=code)
    assert isinstance(made, dict)
    return made


def inside(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_timeline_lies_beside_the_dossier_and_in_it(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out")
    files = inside(made["zip"])
    beside = (tmp_path / "out" / made["timeline"].rpartition("/")[2]).read_bytes()
    assert files["timeline.html"] == beside
    listed = [one["path"] for one in json.loads(files["manifest.json"])["files"]]
    assert "timeline.html" in listed
    assert "timeline.html" in files["README.txt"].decode()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_timestamps_of_the_log_are_in_the_archive_and_openssl_takes_them(ready: Office, tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client", reason="needs the extra dsar[timestamp]")
    assert not any(name.startswith("stamps/") for name in inside(build(ready, tmp_path / "before")["zip"]))
    (tmp_path / "tsa").mkdir()
    with authority(tmp_path / "tsa") as tsa:
        ready.on(LATE, "timestamp", "--authority", tsa.url)
        root = tsa.root
    made = build(ready, tmp_path / "out")
    with zipfile.ZipFile(made["zip"]) as archive:
        archive.extractall(tmp_path / "all")
    recipe = ["openssl", "ts", "-verify", "-data", "stamps/1.json", "-in", "stamps/1.tsr", "-CAfile", str(root)]
    done = subprocess.run(recipe, cwd=tmp_path / "all", capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    assert "stamps/1.tsr" in (tmp_path / "all" / "README.txt").read_text("utf-8")
    assert ready.json(LATE, "verify", made["zip"])["ok"]


def test_a_working_translation_lies_beside_a_complaint_in_another_language(ready: Office, tmp_path: Path) -> None:
    same = build(ready, tmp_path / "fr")
    assert same["translation"] is None
    made = build(ready, tmp_path / "en", "--lang", "en")
    assert made["translation"].endswith("-translation-fr.pdf")
    text = text_of((tmp_path / "en" / made["translation"].rpartition("/")[2]).read_bytes())
    assert "Traduction de travail de la plainte" in text
    assert "Miroir SAS" in text
    assert not any("translation" in name for name in inside(made["zip"]))


def test_a_file_that_may_be_the_answer_is_asked_for_before_and_while_it_is_built(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out")
    exhibits = json.loads(inside(made["zip"])["manifest.json"])["exhibits"]
    number = next(one["number"] for one in exhibits if one["name"] == "answer.eml")
    assert any(f"exhibit {number}.1 may be the answer itself" in warning for warning in made["warnings"])
    checked = ready.json(LATE, "dossier", "--authority", "fr-cnil", "--check")
    point = next(one for one in checked["points"] if one["id"] == "reply-letter")
    assert (point["verdict"], f"--show {number}.1" in point["text"]) == ("by-hand", True)
    shown = build(ready, tmp_path / "shown", "--show", f"{number}.1")
    assert not any("may be the answer itself" in warning for warning in shown["warnings"])


def test_warnings_end_with_one_only_if_that_is_asked_for(ready: Office, tmp_path: Path) -> None:
    assert build(ready, tmp_path / "a")["warnings"]
    assert build(ready, tmp_path / "b", "--strict", code=1)["warnings"]


@pytest.mark.parametrize(
    ("option", "said"), [(("--front-matter", "greek"), "takes roman"), (("--copy", "press"), "no copy")]
)
def test_what_is_not_offered_is_refused(ready: Office, tmp_path: Path, option: tuple[str, str], said: str) -> None:
    refused = ready.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out", *option, code=2)
    assert said in refused.err
    assert not (tmp_path / "out").exists()


def test_an_outlook_file_is_shown_as_a_mail(ready: Office, tmp_path: Path) -> None:
    pytest.importorskip("oxmsg", reason="needs the extra dsar[outlook]")
    path = tmp_path / "refusal.msg"
    path.write_bytes(outlook({0x0037: "No", 0x1000: "We refuse from Outlook.", 0x0C1F: "privacy@clearface.example"}))
    ready.on(LATE, "received", path, "--on", "2026-04-10", "--as", "refusal")
    files = inside(build(ready, tmp_path / "out")["zip"])
    exhibits = json.loads(files["manifest.json"])["exhibits"]
    found = next(one for one in exhibits if one["name"] == "refusal.msg")
    assert (found["shown"], found["original"].rpartition(".")[2]) == (True, "msg")
    assert "We refuse from Outlook." in text_of(files[found["file"]])
