"""Programs that help: real ones where they are installed, and what becomes of a file where they are not, or fail."""

from __future__ import annotations

import os
import select
import shutil
import socket
import stat
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from docx import Document
from PIL import Image, ImageDraw

from dsar.paper import programs
from dsar.paper.dossier.bind import Source, bind
from dsar.paper.dossier.helpers import helpers

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.paper.dossier.bind import BoundDossier

needs_office = pytest.mark.skipif(
    programs.found("soffice") is None, reason="needs LibreOffice (Debian: libreoffice-writer-nogui) and unshare"
)
needs_tesseract = pytest.mark.skipif(
    programs.found("tesseract") is None, reason="needs tesseract (Debian: tesseract-ocr) and unshare"
)
needs_alone = pytest.mark.skipif(not programs.can_isolate(), reason="needs unshare and leave to use it")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def alone() -> Iterator[None]:
    """What is known of the machine is forgotten before and after."""
    programs.can_isolate.cache_clear()
    yield
    programs.can_isolate.cache_clear()


def docx(text: str) -> bytes:
    document, target = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def written(text: str) -> bytes:
    """A scan of a line of text."""
    image = Image.new("L", (1240, 600), 255)
    ImageDraw.Draw(image).text((100, 200), text, fill=0, font_size=60)
    target = BytesIO()
    image.save(target, "PNG", dpi=(150, 150))
    return target.getvalue()


def bound_with(shelf: Shelf, out: Path, *, ocr: bool = False) -> BoundDossier:
    source = Source(read=shelf.read, parse_mail=made.parse, helpers=helpers(ocr=ocr))
    return bind(shelf.dossier(), source=source, out=out, program="dsar 0.1.0")


@needs_office
@reading.needs_poppler
def test_an_office_file_is_shown_as_its_pages_twice_the_same(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Réponse", docx("Nous traitons vos données."), DOCX, name="réponse.docx")
    one, two = (bound_with(shelf, tmp_path / name) for name in ("a", "b"))
    assert "Nous traitons vos données." in reading.texts(one.pdf)[3]
    assert one.zip.read_bytes() == two.zip.read_bytes()
    assert one.warnings == ()


def test_without_libreoffice_a_slip_stands_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.paper.dossier.helpers.found", lambda *_: None)
    shelf = Shelf()
    shelf.put("Réponse", docx("Nous traitons vos données."), DOCX, name="réponse.docx")
    assert bound_with(shelf, tmp_path).warnings == ("exhibit 1 is not shown, a slip stands for it: unsupported",)


@needs_office
def test_a_file_that_only_says_it_is_one_is_not_opened(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Programme", b"MZ evil", "application/octet-stream", name="lettre.docx")
    assert bound_with(shelf, tmp_path).warnings == ("exhibit 1 is not shown, a slip stands for it: unsupported",)


@needs_tesseract
@reading.needs_poppler
def test_a_scan_can_be_searched_and_looks_as_before(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Récépissé", written("REGISTERED LETTER"), "image/png")
    plain, read = bound_with(shelf, tmp_path / "a"), bound_with(shelf, tmp_path / "b", ocr=True)
    assert "REGISTERED LETTER" in reading.texts(read.pdf)[3]
    assert "REGISTERED" not in reading.texts(plain.pdf)[3]
    assert reading.image(read.pdf, 4).tobytes() == reading.image(plain.pdf, 4).tobytes()
    assert (len(plain.warnings), read.warnings) == (1, ())


@needs_tesseract
@reading.needs_poppler
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_the_text_of_a_turned_page_lies_where_its_letters_are(rotate: int, tmp_path: Path) -> None:
    """A page stored on its side, which its own entry sets upright."""
    picture = Image.open(BytesIO(written("REGISTERED LETTER"))).convert("L").rotate(rotate, expand=True)
    with pikepdf.new() as pdf:
        width, height = (side * 72 / 150 for side in picture.size)
        page = pdf.add_blank_page(page_size=(width, height))
        image = pdf.make_stream(picture.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        image.Width, image.Height = picture.size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im Do Q".encode())
        page.obj.Rotate = rotate
        data = made.saved(pdf)
    shelf = Shelf()
    shelf.put("Récépissé", data)
    read = bound_with(shelf, tmp_path, ocr=True)
    assert "REGISTERED LETTER" in reading.texts(read.pdf)[3]
    box = subprocess.run(
        ["pdftotext", "-bbox", "-f", "4", "-l", "4", str(read.pdf), "-"], capture_output=True, check=True
    )
    word = next(line for line in box.stdout.decode().splitlines() if ">REGISTERED<" in line)
    values = dict(part.split("=") for part in word.split() if "=" in part)
    left, top = (float(values[name].split('"')[1]) for name in ("xMin", "yMin"))
    shown = reading.image(read.pdf, 4, dpi=72)
    around = shown.crop((int(left), int(top), int(left) + 60, int(top) + 25))
    assert min(around.tobytes()) < 90


@needs_alone
def test_a_program_has_no_network_no_secret_and_its_folder_as_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DSAR_PASSPHRASE", "correct horse")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = (
            "import os, socket, sys\n"
            "lines = [os.environ.get('DSAR_PASSPHRASE', 'none'), os.environ['HOME']]\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 2); lines.append('connected')\n"
            "except OSError: lines.append('alone')\n"
            "open('said', 'w').write('\\n'.join(lines))\n"
        )
        assert programs.run([sys.executable, "-c", script], tmp_path, seconds=20)
    assert (tmp_path / "said").read_text().splitlines() == ["none", str(tmp_path), "alone"]


@needs_alone
def test_a_program_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    script = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('child', 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    assert not programs.run([sys.executable, "-c", script], tmp_path, seconds=2)
    assert _ended(int((tmp_path / "child").read_text()))


def _ended(pid: int) -> bool:
    """Whether a process ends within ten seconds, or has already."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


@needs_alone
def test_a_program_that_takes_too_much_memory_fails(tmp_path: Path) -> None:
    assert not programs.run([sys.executable, "-c", "b'x' * (5 * 1024 ** 3)"], tmp_path, seconds=20)


@pytest.mark.usefixtures("alone")
def test_where_nothing_can_be_cut_off_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the program, and an `unshare` that may not do what it is for."""
    for name, code in (("unshare", 1), ("soffice", 0), ("true", 0)):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\nexit {code}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("soffice") is not None
    assert programs.found("soffice") is None


def test_while_it_binds_nobody_else_can_enter_the_folder(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []

    def look(data: bytes) -> object:
        seen.extend((path.name, stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir())
        return made.parse(data)

    shelf = Shelf()
    shelf.put("Courriel", made.mail("a"), "message/rfc822", kind="mail")
    source = Source(read=shelf.read, parse_mail=look, helpers=made.NONE)  # type: ignore[arg-type]  # it is a Message
    bind(shelf.dossier(), source=source, out=tmp_path, program="dsar 0.1.0")
    assert [mode for _, mode in seen] == [0o700]
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["dossier-2026-7QX2M.pdf", "dossier-2026-7QX2M.zip", "manifest-2026-7QX2M.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o666 & ~_umask()}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
