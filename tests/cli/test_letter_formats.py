"""Every format of a letter as a user asks for it, and what goes with its mail."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from .papers import mail, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

EARLY, LATE = "2026-03-04", "2026-04-20"
FORMATS = ("pdf", "docx", "txt", "eml", "md")


@pytest.fixture
def ref(office: Office, slip: Path) -> str:
    """A case in which a notice may be drafted on `LATE`; exhibit 1 is the letter, 2 and 3 are its slips."""
    office.init("2026-03-02")
    return office.waiting(proof=slip)


@pytest.fixture
def signature(tmp_path: Path) -> Path:
    path = tmp_path / "my signature.png"
    Image.new("RGB", (400, 120), (0, 0, 90)).save(path)
    return path


def attached(path: Path) -> dict[str, bytes]:
    found = message_from_bytes(path.read_bytes(), policy=default)
    return {str(part.get_filename()): part.get_content() for part in found.iter_attachments()}


def pictures(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(len(page.get_images()) for page in pdf.pages)


@pytest.mark.parametrize("kind", ["access", "notice"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_a_letter_is_written_in_the_format_that_is_asked_for(
    office: Office, ref: str, kind: str, fmt: str, tmp_path: Path
) -> None:
    begins = {"pdf": b"%PDF", "docx": b"PK", "txt": b"Ana Agent", "eml": b"Content-Type", "md": b""}[fmt]
    path = tmp_path / f"letter.{fmt}"
    office.on(LATE, "letter", kind, ref, "--format", fmt, "--out", path)
    assert path.read_bytes().startswith(begins)
    first = path.read_bytes()
    office.on(LATE, "--yes", "letter", kind, ref, "--format", fmt, "--out", path)
    assert path.read_bytes() == first


def test_an_issued_letter_can_be_had_as_docx(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "again.docx"
    office.on(LATE, "letter", "access", ref, "--entry", "2", "--format", "docx", "--out", path)
    with zipfile.ZipFile(path) as archive:
        assert "Miroir SAS" in archive.read("word/document.xml").decode()


def test_the_mail_carries_the_exhibits_and_files_that_were_chosen(
    office: Office, ref: str, slip: Path, tmp_path: Path
) -> None:
    came, chosen, path = tmp_path / "came.eml", tmp_path / "carte d’identité.png", tmp_path / "out.eml"
    came.write_bytes(mail("Tue, 10 Mar 2026 09:00:00 +0100", "Who are you?"))
    office.on(LATE, "received", ref, came, "--as", "identity-demand")
    Image.new("RGB", (9, 9)).save(chosen)
    more = ("--attach", "2", "--attach", chosen, "--attach", "4")
    office.on(LATE, "letter", "access", ref, "--format", "eml", "--out", path, *more)
    found = attached(path)
    assert list(found) == ["access-2026-04-20.pdf", "Exhibit-2.pdf", "carte-didentite.png", "Exhibit-4.eml"]
    assert found["Exhibit-2.pdf"] == slip.read_bytes()
    assert found["carte-didentite.png"] == chosen.read_bytes()
    assert found["Exhibit-4.eml"] == came.read_bytes()
    path.unlink()
    office.on(LATE, "letter", "access", ref, "--entry", "2", "--format", "eml", "--out", path, "--attach", "2")
    assert attached(path)["Exhibit-2.pdf"] == slip.read_bytes()


def test_what_cannot_be_attached_is_one_sentence(office: Office, ref: str, tmp_path: Path) -> None:
    asked = ("letter", "access", ref, "--format", "eml", "--out", tmp_path / "out.eml", "--attach")
    assert "exhibit" in office.on(LATE, *asked, "9", code=3).err
    assert "nothing.pdf" in office.on(LATE, *asked, tmp_path / "nothing.pdf", code=3).err
    (tmp_path / "empty.pdf").write_bytes(b"")
    office.on(LATE, *asked, tmp_path / "empty.pdf", code=5)
    large = tmp_path / "large.pdf"
    with large.open("wb") as stream:
        stream.truncate(19_000_000)
    assert "18 MB" in office.on(LATE, *asked, large, code=5).err
    half = tmp_path / "half.pdf"
    with half.open("wb") as stream:
        stream.truncate(10_000_000)
    assert "by post" in office.on(LATE, *asked, half, "--attach", half, code=5).err
    assert not (tmp_path / "out.eml").exists()
    assert "--format eml" in office.on(LATE, "letter", "access", ref, "--attach", "2", code=2).err


def test_the_signature_is_frozen_with_the_letter(office: Office, ref: str, signature: Path, tmp_path: Path) -> None:
    said = office.on(LATE, "letter", "notice", ref, "--format", "pdf", "--signature", signature)
    assert f"--signature '{signature}' --issue" in said.all
    issued, again, plain = (tmp_path / f"{name}.pdf" for name in ("issued", "again", "plain"))
    office.on(LATE, "letter", "notice", ref, "--signature", signature, "--issue", "--out", issued)
    office.on(LATE, "letter", "notice", ref, "--entry", "5", "--format", "pdf", "--out", again)
    office.on(LATE, "letter", "access", ref, "--format", "pdf", "--out", plain)
    assert pictures(issued.read_bytes()) == 1
    assert pictures(plain.read_bytes()) == 0
    assert again.read_bytes() == issued.read_bytes()
    office.on(LATE, "letter", "notice", ref, "--entry", "5", "--signature", signature, code=2)


def test_a_signature_that_is_none_issues_nothing(office: Office, ref: str, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"%PDF-1.7 no picture")
    refused = office.on(LATE, "letter", "notice", ref, "--signature", tmp_path / "no.png", "--issue", code=5)
    assert "signature" in refused.err
    office.on(LATE, "letter", "notice", ref, "--signature", tmp_path / "gone.png", "--issue", code=3)
    office.on(LATE, "letter", "notice", ref, "--format", "txt", "--signature", tmp_path / "no.png", code=2)
    assert len(office.json(LATE, "show", ref)["events"]) == 4


def test_the_envelope_can_be_chosen(office: Office, ref: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.pdf" for name in ("usual", "fr", "din")]
    for path, more in zip(paths, ((), ("--window", "fr"), ("--window", "din-5008-b")), strict=True):
        office.on(LATE, "letter", "access", ref, "--format", "pdf", "--out", path, *more)
    usual, french, german = (path.read_bytes() for path in paths)
    assert usual == french  # Ana writes from Paris
    # in Germany the sender's address stands in the window too, in one line
    assert "Ana Agent · 1 rue du Moulin · 75001 Paris" in text_of(german)
    assert "·" not in text_of(usual)
    assert "din-5008-b" in office.on(LATE, "letter", "access", ref, "--window", "din", code=2).err


def test_a_long_letter_is_no_link_and_nothing_is_issued(office: Office, ref: str) -> None:
    said = office.on(LATE, "letter", "notice", ref, "--format", "mailto", "--issue", code=4).err
    assert "--format eml" in said
    assert len(office.json(LATE, "show", ref)["events"]) == 4


def test_a_short_letter_is_a_link_on_the_screen_and_in_a_file(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n"
        "path.write_text('+++\\nsubject = \"Data & rights\"\\nenclosures = []\\n+++\\n\\nPlease answer.\\n')\n"
    )
    monkeypatch.setenv("EDITOR", f"python3 {script}")
    office.on(LATE, "letter", "reminder", ref, "--edit")
    shown = office.on(LATE, "letter", "reminder", ref, "--format", "mailto").out
    link = next(line for line in shown.splitlines() if line.startswith("mailto:"))
    assert link.startswith(f"mailto:dpo@miroir.example?subject=Data%20%26%20rights%20%5B{ref}%5D&body=")
    assert "Please%20answer." in link
    office.on(LATE, "letter", "reminder", ref, "--format", "mailto", "--out", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").read_text(encoding="utf-8") == link + "\n"
