"""Copies of a dossier: what the controller need not learn, and what a stranger could tell somebody by, is not there."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import unicodedata
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from .papers import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-02", "2026-04-20"
NAME = "Zoë Lefèvre-Müller"
# what no page, name or list of a copy to share may hold, without accents and in small letters
TELLING = ("zoe", "lefevre", "muller", "mueller", "moulin", "75001", "ngo.example", "0612345678", "4711-ab", "worker-1")


def answer(*attached: tuple[str, str, bytes]) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Jean Martin <jean.martin@miroir.example>"
    made["To"] = "Zoe Lefevre <zoe.lefevre@ngo.example>"
    made["Subject"] = "Re: Mme LEFÈVRE-MÜLLER, ticket 2026/4521"
    made["Date"] = "Thu, 09 Apr 2026 10:00:00 +0100"
    made["Message-ID"] = "<77aa@miroir.example>"
    made.set_content(
        "Dear Ms Lefevre,\n\nwe hold nothing on Zoe Mueller (née ZOË MÜLLER), 1, rue du\nMoulin in 75001 Paris.\n"
        "See https://miroir.example/t?who=zoe%2Elefevre&k=8f14e45f or write to z.lefevre@ngo.example.\n"
        "Your number: +33 6 12 34 56 78, client 4711-AB.\n\nJean Martin\n"
    )
    for name, media, data in attached:
        major, _, minor = media.partition("/")
        made.add_attachment(data, maintype=major, subtype=minor, filename=name)
    return made.as_bytes()


def photo() -> bytes:
    target = BytesIO()
    Image.new("RGB", (300, 400), "#807060").save(target, format="JPEG")
    return target.getvalue()


@pytest.fixture
def ready(office: Office, tmp_path: Path, slip: Path) -> Office:
    """A case whose request was refused; with a slip, a photo, a text, and a letter to answer a question."""
    office.init(DAY, name=NAME)
    ref = office.waiting(issued="2026-03-03", proof=slip)
    path = tmp_path / "Zoe_Lefevre.eml"
    attached = (
        ("Zoë Lefèvre photo.jpg", "image/jpeg", photo()),
        ("note.txt", "text/plain", "Concerns Zoë, 0612345678.".encode()),
    )
    path.write_bytes(answer(*attached))
    office.on(LATE, "received", ref, path, "--on", "2026-04-09", "--as", "refusal")
    return office


def build(office: Office, out: Path, *more: str, code: int = 0) -> dict[str, Any]:
    made = office.json(LATE, "dossier", "--authority", "fr-cnil", "--no-ocr", "--out", out, *more, code=code)
    assert isinstance(made, dict)
    return made


def inside(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def plain(text: str) -> str:
    """Small letters without accents: as a stranger would search."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


def spoken(name: str, data: bytes) -> str:
    """All that a file says: its text, its properties, its bookmarks, every string in it; or the file itself."""
    if not name.endswith(".pdf"):
        return data.decode("utf-8")
    with pikepdf.open(BytesIO(data)) as opened:
        strings = [str(value) for value in opened.docinfo.values()]
        with opened.open_metadata() as metadata:
            strings.append(str(metadata))
        for thing in opened.objects:
            strings.append(thing.unparse(resolved=True).decode("latin-1"))
            if isinstance(thing, pikepdf.Dictionary) and "/Title" in thing:
                strings.append(str(thing.Title))
    return text_of(data) + "\n" + "\n".join(strings)


def test_a_copy_to_share_names_nobody_in_any_text_name_or_list(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out", "--copy", "share")
    copy = made["copies"]["share"]
    files = inside(copy["zip"])
    said = {name: plain(spoken(name, data)) for name, data in files.items()}
    found = {(name, word) for name, text in said.items() for word in TELLING if word in text or word in plain(name)}
    assert found == set()
    assert not any(name.startswith("originals/") for name in files)
    whole = text_of(next(data for name, data in files.items() if name.startswith("dossier-")))
    assert "we hold nothing on [name]" in whole
    assert "[address]" in whole
    assert "Miroir SAS" in whole
    assert "69001 Lyon" in whole
    assert "2016/679" in whole
    assert "[person]" in whole
    assert all(word not in copy["zip"] for word in (json.loads(files["case.json"])["ref"], "ready"))


def test_what_cannot_be_masked_surely_is_left_out_and_keeps_its_number(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out", "--copy", "share")
    own, copy = (json.loads(inside(one["zip"])["manifest.json"]) for one in (made, made["copies"]["share"]))
    numbers = [[one["number"] for one in (*whole["exhibits"], *whole["pieces"])] for whole in (own, copy)]
    assert numbers[0] == numbers[1]
    shown = {one["number"]: (one["shown"], one["reason"]) for one in (*copy["exhibits"], *copy["pieces"])}
    mail = next(one for one in copy["exhibits"] if one["kind"] == "mail")
    assert shown[mail["number"]] == (True, "")
    assert shown[f"{mail['number']}.1"] == (False, "masked")
    assert shown[f"{mail['number']}.2"] == (True, "")
    assert all((one["sha256"], one["size"], one["original"]) == ("", 0, "") for one in copy["exhibits"])
    assert {one["rule"] for one in copy["masks"]} >= {"name", "email", "address", "number", "link", "person"}


def test_a_copy_names_its_dossier_by_hash_and_is_verified_alone(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out", "--copy", "share", "--copy", "controller")
    digest = hashlib.sha256((tmp_path / "out" / made["manifest"].rpartition("/")[2]).read_bytes()).hexdigest()
    for kind in ("share", "controller"):
        copy = made["copies"][kind]
        manifest = json.loads(inside(copy["zip"])["manifest.json"])
        assert (manifest["kind"], manifest["copy_of"]) == (kind, digest)
        assert digest in text_of((tmp_path / "out" / copy["pdf"].rpartition("/")[2]).read_bytes()).replace(" ", "")
        checked = ready.json(LATE, "verify", copy["zip"])
        assert (checked["ok"], checked["kind"], checked["copy_of"]) == (True, kind, digest)


def test_the_dossier_is_the_same_with_and_without_copies(ready: Office, tmp_path: Path) -> None:
    alone = inside(build(ready, tmp_path / "alone")["zip"])
    assert alone == inside(build(ready, tmp_path / "with", "--copy", "share")["zip"])


def test_the_controller_gets_what_it_had_and_not_what_it_need_not_learn(
    ready: Office, tmp_path: Path, slip: Path
) -> None:
    made = build(ready, tmp_path / "out", "--copy", "controller")
    files = inside(made["copies"]["controller"]["zip"])
    manifest = json.loads(files["manifest.json"])
    by_kind = {one["kind"]: one for one in manifest["exhibits"]}
    assert by_kind["mail"]["original"] != ""
    assert by_kind["letter"]["original"] != ""
    assert (by_kind["proof"]["shown"], by_kind["proof"]["reason"]) == (False, "masked")
    assert hashlib.sha256(slip.read_bytes()).hexdigest() not in files["manifest.json"].decode()
    # the request that arrived bore name and address
    assert "Lefèvre" in text_of(next(data for name, data in files.items() if name.startswith("dossier-")))


def test_a_letter_that_the_controller_had_is_the_same_piece_wherever_it_was_attached(
    ready: Office, tmp_path: Path
) -> None:
    """The mail that proves the sending is masked, the letter attached to it is not: it keeps its own number."""
    before = inside(build(ready, tmp_path / "before")["zip"])
    ref = json.loads(before["manifest.json"])["ref"]
    request = next(data for name, data in before.items() if name.startswith("originals/") and name.endswith(".pdf"))
    sent = tmp_path / "sent.eml"
    sent.write_bytes(
        answer(
            ("request.pdf", "application/pdf", request),
            ("selfie.jpg", "image/jpeg", photo()),
            ("n.txt", "text/plain", b"n"),
        )
    )
    ready.on(LATE, "sent", ref, "--on", "2026-03-04", "--via", "email", "--proof", sent)
    made = build(ready, tmp_path / "out", "--copy", "controller")
    own, copy = (json.loads(inside(one["zip"])["manifest.json"]) for one in (made, made["copies"]["controller"]))
    told = [
        {(one["number"], file["name"], file["number"]) for one in listing["exhibits"] for file in one["attachments"]}
        for listing in (own, copy)
    ]
    assert told[0] == told[1]
    assert [number for _, name, number in told[0] if name == "request.pdf"] == ["1"]


def test_an_identifier_that_no_letter_bore_is_masked_for_the_controller(
    office: Office, tmp_path: Path, slip: Path
) -> None:
    office.init(DAY, name=NAME)
    ref = office.request(DAY)
    office.on(DAY, "letter", "access", ref, "--issue", "--leave-out", "address")
    office.on(DAY, "sent", ref, "--on", DAY, "--via", "registered", "--proof", slip)
    office.on("2026-03-05", "delivered", ref, "--on", "2026-03-05", "--proof", slip)
    mail = tmp_path / "a.eml"
    mail.write_bytes(answer().replace(b"1, rue du\r\nMoulin in 75001 Paris", b"nobody"))
    office.on(LATE, "received", ref, mail, "--on", "2026-04-09", "--as", "refusal")
    made = build(office, tmp_path / "out", "--copy", "controller")
    own, copy = (inside(one["zip"]) for one in (made, made["copies"]["controller"]))
    texts = [" ".join(spoken(name, data) for name, data in files.items()) for files in (own, copy)]
    assert ["rue du Moulin" in text for text in texts] == [True, False]
    assert "[address]" in texts[1]
    assert "Lefèvre" in texts[1]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr")
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler-utils")
def test_what_is_masked_cannot_be_read_from_the_pages_as_pictures(ready: Office, tmp_path: Path) -> None:
    made = build(ready, tmp_path / "out", "--copy", "share")
    manifest = json.loads(inside(made["copies"]["share"]["zip"])["manifest.json"])
    mail = next(one for one in manifest["exhibits"] if one["kind"] == "mail")
    read = ""
    for page in (1, mail["first_page"]):
        base = tmp_path / f"page-{page}"
        command = ["pdftoppm", "-r", "110", "-gray", "-f", str(page), "-l", str(page), "-singlefile", "-png"]
        subprocess.run([*command, made["copies"]["share"]["pdf"], str(base)], check=True)
        done = subprocess.run(["tesseract", f"{base}.png", "-"], check=True, capture_output=True)
        read += done.stdout.decode()
    assert "hold nothing on [name]" in read.replace("\n", " ")
    assert [word for word in TELLING if word in plain(read)] == []
    assert re.search(r"martin", plain(read)) is None
