"""Pages of our own as PDF/A, Roman numerals, originals and copies, pictures finer than print."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from dsar.core.dossier import LEFT_OUT
from dsar.paper.dossier.bind import Source, bind
from dsar.paper.dossier.foreign import Sheets, open_pdf
from dsar.paper.dossier.plan import numerals

from .made import NONE, Shelf, mail, pdf, saved, scan
from .reading import bookmarks_of, needs_poppler, texts

if TYPE_CHECKING:
    from pathlib import Path


def labels(path: Path) -> list[str]:
    """The labels of the pages, as pikepdf reads them."""
    with pikepdf.open(path) as opened:
        return [str(page.label) for page in opened.pages]


@pytest.mark.parametrize(("number", "roman"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (99, "xcix")])
def test_numerals_are_written_as_by_hand(number: int, roman: str) -> None:
    assert numerals(number) == roman


@needs_poppler
def test_a_front_in_roman_numerals_prints_what_the_viewer_shows(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Lettre", pdf("Bonjour", pages=2))
    shelf.put("Reçu", pdf("Recu"))
    bound = shelf.bind(tmp_path, replace(shelf.dossier(), roman=True))
    assert labels(bound.pdf) == ["i", "ii", "iii", "1", "2", "3"]
    pages = texts(bound.pdf)
    assert ["Page i / iii" in pages[0], "Page iii / iii" in pages[2]] == [True, True]
    assert ["Page 1 / 3" in pages[3], "Page 3 / 3" in pages[5]] == [True, True]
    assert "1–2" in pages[1]
    assert [title.rpartition(" · ")[2] for title in bookmarks_of(bound.pdf)] == ["i", "ii", "iii", "1", "1", "3"]
    with zipfile.ZipFile(bound.zip) as archive:
        archive.extractall(tmp_path / "all")
    second = next((tmp_path / "all" / "exhibits").glob("02_*"))
    assert labels(second) == ["3"]


def test_our_pages_are_files_of_their_own_that_say_they_are_pdf_a(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Lettre", pdf("Bonjour"))
    bound = shelf.bind(tmp_path)
    with zipfile.ZipFile(bound.zip) as archive:
        own = {name: archive.read(name) for name in archive.namelist() if name.startswith("front/")}
    assert list(own) == [
        "front/01_Dossier-de-reclamation.pdf", "front/02_Bordereau-des-pieces.pdf", "front/03_Expose-des-faits.pdf",
    ]  # fmt: skip
    for page, data in enumerate(own.values(), start=1):
        with pikepdf.open(BytesIO(data)) as opened:
            # ISO 19005-2, 6.6.4 and 6.2.3: the version in XMP, and one output intent with its profile
            with opened.open_metadata() as metadata:
                assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            (intent,) = list(opened.Root.OutputIntents)
            assert intent.S == "/GTS_PDFA1"
            assert len(intent.DestOutputProfile.read_bytes()) > 100
            assert not opened.is_encrypted
            assert [str(one.label) for one in opened.pages] == [str(page)]
            assert all("/Annots" not in one.obj for one in opened.pages)
            fonts = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary)
                     and thing.get("/Type") == "/FontDescriptor"]  # fmt: skip
            assert fonts
            assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts)


@needs_poppler
def test_the_index_tells_originals_from_copies(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Courriel", mail("Bonjour"), "message/rfc822")
    shelf.put("Lettre", pdf("Bonjour"))
    shelf.put("Reçu", scan(), "image/jpeg")
    shelf.put("Fichier", b"\0\1\2\3" * 9, "application/octet-stream")
    bound = shelf.bind(tmp_path)
    with zipfile.ZipFile(bound.zip) as archive:
        forms = [one["form"] for one in json.loads(archive.read("manifest.json"))["exhibits"]]
    assert forms == ["original", "original", "copy", "original"]
    index = texts(bound.pdf)[1]
    assert (index.count("original"), index.count("copie")) == (3, 1)


@needs_poppler
def test_what_stands_for_a_file_has_neither_hash_nor_original(tmp_path: Path) -> None:
    shelf = Shelf()
    left = shelf.put("Photo", b"left out", LEFT_OUT, name="photo.jpg")
    shelf.exhibits[0] = replace(left, veiled=True)
    bound = shelf.bind(tmp_path)
    text = " ".join(texts(bound.pdf))
    assert "pièce absente de cette copie" in text
    assert left.evidence.sha256[:12] not in text
    assert "application/" not in text
    with zipfile.ZipFile(bound.zip) as archive:
        assert not any(name.startswith("originals/") for name in archive.namelist())
        assert left.evidence.sha256 not in archive.read("manifest.json").decode()


def fine(*, drawn: int, pixels: int = 3000, mask: bool = False) -> bytes:
    """A page with a picture of that many pixels a side, drawn so many points wide and high."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    target = BytesIO()
    Image.effect_noise((pixels, pixels), 40).save(target, format="JPEG", quality=80)
    picture = made.make_stream(
        target.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels, Height=pixels,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    if mask:
        picture.Decode = pikepdf.Array([1, 0])
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    page.obj.Contents = made.make_stream(f"q {drawn} 0 0 {drawn} 50 50 cm /Im Do Q".encode())
    return saved(made)


def size_of(opened: object) -> tuple[int, int]:
    assert isinstance(opened, Sheets)
    picture = opened.pdf.pages[0].resources.XObject.Im
    return int(picture.Width), int(picture.Height)


def test_a_picture_in_a_pdf_is_brought_down_to_print_and_its_file_stays(tmp_path: Path) -> None:
    # 4500 pixels on 5 inches are 900 dpi: at 300 dpi they are 1500
    source = tmp_path / "fine.pdf"
    source.write_bytes(data := fine(drawn=360, pixels=4500))
    opened = open_pdf(source)
    assert size_of(opened) == (1500, 1500)
    assert source.read_bytes() == data


def test_a_picture_that_is_not_finer_than_print_stays(tmp_path: Path) -> None:
    source = tmp_path / "fine.pdf"
    source.write_bytes(fine(drawn=590, pixels=2500))
    assert size_of(open_pdf(source)) == (2500, 2500)


def test_a_picture_that_is_more_than_pixels_is_left_and_that_is_said(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Scan", fine(drawn=360, pixels=4500, mask=True))
    bound = shelf.bind(tmp_path)
    assert [one for one in bound.warnings if "finer than 300 dpi" in one]


def test_a_mail_that_nothing_reads_is_a_file_behind_a_slip(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Outlook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "application/vnd.ms-outlook", name="a.msg")
    source = Source(read=shelf.read, parse_mail=lambda _: None, helpers=NONE)
    bound = bind(shelf.dossier(), source=source, out=tmp_path, program="-")
    assert any("exhibit 1 is not shown" in one for one in bound.warnings)
    with zipfile.ZipFile(bound.zip) as archive:
        assert any(name.endswith(".msg") for name in archive.namelist())
