from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from dsar.paper.dossier.foreign import Sheets, open_pdf

from . import made, reading
from .made import Shelf, saved

if TYPE_CHECKING:
    from pathlib import Path

ORDINARY = made.pdf("An ordinary page", pages=2)


def encrypted() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="user"))


def without_pages() -> bytes:
    with pikepdf.new() as pdf:
        return saved(pdf)


def xfa() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
        return saved(pdf)


def bomb() -> bytes:
    """A page whose drawing unpacks to 200 MB."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(zlib.compress(b" " * 200_000_000), Filter=Name.FlateDecode)
        return saved(pdf, compress_streams=False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "encrypted"),
        (without_pages(), "empty"),
        (xfa(), "unsupported"),
        (bomb(), "unsupported"),
        (b"%PDF-1.7\nnothing else", "unreadable"),
        (ORDINARY[:200], "unreadable"),
    ],
    ids=["encrypted", "no pages", "XFA", "bomb", "no body", "cut off"],
)
def test_what_cannot_be_shown_says_why(data: bytes, reason: str) -> None:
    assert open_pdf(BytesIO(data)) == reason


@reading.needs_poppler
def test_a_slip_stands_for_it_with_the_reason_the_name_and_the_hash(tmp_path: Path) -> None:
    shelf = Shelf()
    exhibit = shelf.put("Réponse", encrypted(), name="../../réponse\n.pdf")
    bound = shelf.bind(tmp_path)
    page = " ".join(reading.texts(bound.pdf)[3].split())
    assert "Non reproduit ici : ../../réponse .pdf (fichier chiffré" in page
    assert exhibit.evidence.sha256 in page.replace(" ", "")
    assert bound.warnings == ("exhibit 1 is not shown, a slip stands for it: encrypted",)


def acting() -> bytes:
    """A page with all that a PDF can do besides being looked at."""
    with pikepdf.open(BytesIO(made.pdf("Looks harmless"))) as pdf:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.AA = Dictionary(WC=script)
        pdf.attachments["evil.exe"] = b"MZ evil"
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=script)
        launch = Dictionary(S=Name.Launch, F=String("evil.exe"))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 800]), A=launch)
        page.Annots = Array([pdf.make_indirect(note)])
        embedded = pdf.make_stream(b"MZ evil", Type=Name.EmbeddedFile)
        file = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("evil.exe"), EF=Dictionary(F=embedded)))
        # hidden where a picture of the page would take them along: in its resources
        picture = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        picture.AF = Array([file])
        page.Resources.XObject = Dictionary(AA=picture)
        page.Resources.Properties = Dictionary(MC0=file, MC1=Dictionary(X=script), MC2=Dictionary(X=launch))
        return saved(pdf)


def test_nothing_that_acts_gets_into_the_dossier(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("Réponse", acting())
    with pikepdf.open(shelf.bind(tmp_path).pdf) as pdf:
        inside = reading.words_in(pdf)
        raw = b"".join(thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
    for forbidden in ("JavaScript", "app.alert", "Launch", "EmbeddedFile", "OpenAction", "evil.exe", "/AA <<", "/AF"):
        assert forbidden not in inside
    assert b"MZ evil" not in raw


@reading.needs_poppler
def test_what_a_form_was_filled_in_with_is_shown(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(made.pdf("Name:"))) as pdf:
        page = pdf.pages[0].obj
        look = pdf.make_stream(b"BT /F1 12 Tf 2 4 Td (Ada Exemple) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        look.BBox, look.Resources = Array([0, 0, 200, 20]), Dictionary(Font=page.Resources.Font)
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Ada Exemple"))
        field.Rect, field.AP, field.F = Array([60, 600, 260, 620]), Dictionary(N=look), 4
        page.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]))
        form = saved(pdf)
    shelf = Shelf()
    shelf.put("Formulaire", form)
    assert "Ada Exemple" in "".join(reading.texts(shelf.bind(tmp_path).pdf)[3].split("Pièce")[1])


@reading.needs_poppler
def test_what_lies_outside_the_trim_but_inside_the_crop_is_shown(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(made.pdf("Seen in every viewer"))) as pdf:
        pdf.pages[0].obj.TrimBox = Array([0, 0, 595, 400])
        data = saved(pdf)
    shelf = Shelf()
    shelf.put("Page", data)
    bound = shelf.bind(tmp_path)
    assert min(reading.image(bound.pdf, 4, dpi=72).crop((60, 120, 540, 200)).tobytes()) < 100


@reading.needs_poppler
def test_a_layer_that_is_switched_off_stays_off(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(made.pdf("Seen"))) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L1=layer)
        pdf.pages[0].contents_add(b"/OC /L1 BDC 0 g 100 300 300 300 re f EMC")
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        data = saved(pdf)
    shelf = Shelf()
    shelf.put("Calques", data)
    page_image = reading.image(shelf.bind(tmp_path).pdf, 4)
    centre = page_image.crop((page_image.width // 3, page_image.height // 2, page_image.width // 2, 400))
    assert min(centre.tobytes()) > 200


@reading.needs_poppler
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_shown_as_a_viewer_turns_it_and_never_under_the_stamp(rotate: int, tmp_path: Path) -> None:
    # A black bar that the page's own rotation brings to the top.
    bars = {0: "0 802 595 40", 90: "0 0 40 842", 180: "0 0 595 40", 270: "555 0 40 842"}
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Contents = pdf.make_stream(f"0 g {bars[rotate]} re f".encode())
        page.obj.Rotate = rotate
        data = saved(pdf)
    shelf = Shelf()
    shelf.put("Page", data)
    shown = reading.image(shelf.bind(tmp_path).pdf, 4, dpi=72)
    assert (shown.width > shown.height) == (rotate in {90, 270})
    middle = reading.column(shown, shown.width // 2)
    black = [y for y, level in enumerate(middle) if level < 60]
    # The band of the stamp is 19 mm; the bar is 40 points, scaled down with its page.
    assert black[0] >= 19 / 25.4 * 72 - 1
    assert black[0] < shown.height / 4
    assert 20 < len(black) <= 40


def test_a_scan_without_text_is_reported() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(b"0 g 10 10 100 100 re f")
        opened = open_pdf(BytesIO(saved(pdf)))
    assert isinstance(opened, Sheets)
    assert not opened.searchable
    with_text = open_pdf(BytesIO(ORDINARY))
    assert isinstance(with_text, Sheets)
    assert with_text.searchable


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(ORDINARY) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_file_is_shown_or_refused_but_never_an_accident(changes: list[tuple[int, int]]) -> None:
    data = bytearray(ORDINARY)
    for position, value in changes:
        data[position] = value
    opened = open_pdf(BytesIO(bytes(data)))
    assert isinstance(opened, Sheets) or opened in {"unreadable", "encrypted", "empty", "unsupported"}
