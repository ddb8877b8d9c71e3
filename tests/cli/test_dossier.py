"""The dossier from the command line: what stays out of it, what is blacked out, how it is split and stamped."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from dsar.desk import bundling, redacting
from dsar.desk.masking import AreaError
from servers.timestamps import authority

from .papers import mail, pdf, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-02", "2026-04-20"
TELLING = "personal profile of somebody"


@pytest.fixture
def ready(office: Office, tmp_path: Path, slip: Path) -> Office:
    """A case that was answered late with a file, reviewed, and may be complained of."""
    office.init(DAY)
    ref = office.waiting(issued="2026-03-03", proof=slip)
    path = tmp_path / "answer.eml"
    path.write_bytes(mail("Thu, 09 Apr 2026 10:00:00 +0100", "Here is your data.", attached=pdf(TELLING)))
    office.on(LATE, "received", ref, path, "--on", "2026-04-09", "--as", "answer")
    office.on(LATE, "review", "--rest", "missing")
    return office


def build(office: Office, out: Path, *more: str | Path, day: str = LATE, code: int = 0) -> dict[str, Any]:
    made = office.json(day, "dossier", "--authority", "fr-cnil", "--no-ocr", "--out", out, *more, code=code)
    assert isinstance(made, dict)
    return made


def inside(made: dict[str, Any]) -> dict[str, bytes]:
    with zipfile.ZipFile(str(made["zip"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def whole(files: dict[str, bytes]) -> str:
    return text_of(next(data for name, data in files.items() if re.fullmatch(r"dossier-[^/]+\.pdf", name)))


def answer_of(files: dict[str, bytes]) -> dict[str, Any]:
    exhibits: list[dict[str, Any]] = json.loads(files["manifest.json"])["exhibits"]
    return next(one for one in exhibits if one["name"] == "answer.eml")


def test_the_data_that_was_returned_stays_out_and_its_letter_is_shown(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out")
    files = inside(made)
    text = whole(files)
    assert "Here is your data." in text
    assert (TELLING in text, "réponse.pdf" in text) == (False, True)
    answer = answer_of(files)
    assert (answer["original"], answer["shown"]) == ("", True)
    assert [one["name"] for one in answer["inventory"]] == ["réponse.pdf"]
    number = answer["number"]
    assert any(f"--show {number}.1" in warning for warning in made["warnings"])


def test_it_is_shown_if_asked_for_whole_or_one_file_of_it(ready: Office, tmp_path: Path) -> None:
    asked = inside(build(ready, tmp_path / "whole", "--with-returned-data"))
    assert TELLING in whole(asked)
    assert answer_of(asked)["original"] != ""
    number = answer_of(asked)["number"]
    one = inside(build(ready, tmp_path / "one", "--show", f"{number}.1"))
    assert TELLING in whole(one)
    assert answer_of(one)["original"] == ""


def test_a_redaction_is_carried_out_and_logged_in_the_dossier(ready: Office, tmp_path: Path) -> None:
    number = answer_of(inside(build(ready, tmp_path / "a")))["number"]
    redact = f"{number}.1:1:A1:T10=profile of a third person"
    files = inside(build(ready, tmp_path / "b", "--with-returned-data", "--redact", redact))
    text = whole(files)
    assert TELLING not in text
    assert "What was blacked out, and why" in text
    assert "0 to 100 % from the left, 0 to 50 % from the top" in text
    assert "profile of a third person" in text
    assert json.loads(files["manifest.json"])["redactions"][0]["exhibit"] == f"{number}.1"


def test_the_grid_is_drawn_for_who_wants_to_redact(ready: Office, tmp_path: Path) -> None:
    said = ready.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out", "--grid", "1", "--no-ocr")
    assert "exhibit-1-page-1-grid.png" in {path.name for path in (tmp_path / "out").iterdir()}
    assert "These pictures show everything" in said.err


def test_what_is_no_exhibit_cannot_be_redacted_and_nothing_is_written(ready: Office, tmp_path: Path) -> None:
    arguments = ("dossier", "--authority", "fr-cnil", "--out", tmp_path / "out", "--redact", "99:1:A1=somebody")
    assert "exhibit 99" in ready.on(LATE, *arguments, code=5).err
    assert not (tmp_path / "out").exists()


def test_the_second_dossier_lists_what_was_added_since_the_first_was_lodged(ready: Office, tmp_path: Path) -> None:
    first = inside(build(ready, tmp_path / "first"))
    ready.on(LATE, "letter", "complaint", "--authority", "fr-cnil", "--issue")
    ready.on(LATE, "complaint", "--authority", "fr-cnil", "--on", LATE, "--ref", "123")
    later = tmp_path / "later.eml"
    later.write_bytes(mail("Tue, 21 Apr 2026 10:00:00 +0100", "We have nothing to add.", number=2))
    ready.on("2026-04-22", "received", later, "--on", "2026-04-21", "--as", "refusal")
    second = inside(build(ready, tmp_path / "second", day="2026-04-22"))
    numbers = [
        {one["number"]: one["sha256"] for one in json.loads(files["manifest.json"])["exhibits"]}
        for files in (first, second)
    ]
    assert numbers[0].items() < numbers[1].items()
    text = whole(second)
    assert "Changes since the list of 20 April 2026" in text
    assert "Changes since" not in whole(first)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_a_timestamp_of_the_manifest_is_enclosed_and_one_of_something_else_is_refused(
    ready: Office, tmp_path: Path
) -> None:
    pytest.importorskip("rfc3161_client", reason="needs the extra dsar[timestamp]")
    token = tmp_path / "manifest.tsr"
    manifest = str(build(ready, tmp_path / "out")["manifest"])
    (tmp_path / "tsa").mkdir()
    with authority(tmp_path / "tsa") as tsa:
        ready.on(LATE, "timestamp", manifest, "--authority", tsa.url, "--save", token)
    again = build(ready, tmp_path / "stamped", "--token", token)
    files = inside(again)
    assert files["manifest.json.tsr"] == token.read_bytes()
    checked = ready.json(LATE, "verify", str(again["zip"]))
    assert (checked["ok"], checked["timestamp"]) == (True, "manifest.json.tsr")
    other = ("dossier", "--authority", "fr-cnil", "--no-ocr", "--with-returned-data", "--token", token)
    refused = ready.on(LATE, *other, "--out", tmp_path / "other", code=5)
    assert "is not one of this dossier's manifest" in refused.err


@pytest.mark.parametrize(
    ("text", "size"), [("5MB", 5_000_000), ("800 kB", 800_000), ("1.5m", 1_500_000), ("2G", 2_000_000_000)]
)
def test_a_size_is_read_as_it_is_written(text: str, size: int) -> None:
    assert bundling.size(text) == size


@pytest.mark.parametrize("text", ["", "5 apples", "10kB", "-5MB", "0", "MB", "5MB; rm"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(bundling.SizeError):
        bundling.size(text)


def test_a_redaction_is_read_as_it_is_written() -> None:
    """Cells of the grid are five per cent each: B2:D4 begins at five and is fifteen wide."""
    one = redacting.redaction("3.1:2:B2:D4=a photo: somebody else = not her")
    assert (one.exhibit, one.page, one.reason) == ("3.1", 2, "a photo: somebody else = not her")
    assert (one.left, one.top, one.width, one.height) == (5, 5, 15, 15)
    other = redacting.redaction("12:1:10,20,30,5=address")
    assert (other.left, other.top, other.width, other.height) == (10, 20, 30, 5)


@pytest.mark.parametrize(
    "text", ["", "4", "4:1", "4:1:B2", "4:1:B2=", "4:1:B2=  ", "x:1:B2=y", "4:x:B2=y", "4:1:B2@2=y"]
)
def test_what_is_no_redaction_is_refused(text: str) -> None:
    with pytest.raises(redacting.RedactionError):
        redacting.redaction(text)


def test_a_redaction_without_an_area_of_the_page_is_refused() -> None:
    with pytest.raises(AreaError):
        redacting.redaction("4:1:Z99=somebody")
