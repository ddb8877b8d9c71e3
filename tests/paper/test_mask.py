"""The masked copy holds no hidden pixel, no layer, no metadata; hostile documents are one sentence."""

from __future__ import annotations

import io
import shutil
import struct
import zlib
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image, ImageDraw

from dsar.errors import InputError
from dsar.paper.mask import Area, as_pdf, gridded, masked, watermarked
from dsar.paper.raster import LONGEST, MOST_PAGES, NoDocumentError, pages_of

from .reading import text_of

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 4, 2)
SECRET = (12, 200, 34)  # a colour that stands nowhere else
SHOWN = (250, 250, 210)
WORDS = "Copy for Clearface AI, Inc. only · 2 April 2026"


def document(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """A card whose right half is secret."""
    made = Image.new("RGB", size, SHOWN)
    ImageDraw.Draw(made).rectangle((size[0] // 2, 0, size[0], size[1]), fill=SECRET)
    return made


def encoded(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


def tally(picture: Image.Image) -> list[tuple[int, tuple[int, ...]]]:
    """How often each colour stands in a picture."""
    found = picture.convert("RGB").getcolors(picture.width * picture.height) or []
    return [(count, colour) for count, colour in found if isinstance(colour, tuple)]


def greenish(picture: Image.Image) -> int:
    """How many pixels still show something of the secret: green that neither black nor the red words have."""
    return sum(count for count, (red, green, blue) in tally(picture) if green > red + 20 and green > blue + 20)


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in tally(picture)}


def test_what_is_hidden_is_painted_over_to_its_last_pixel() -> None:
    page = document((401, 201))  # no whole number of pixels is half of it
    made = masked(page, 1, keep=(), hide=(Area(page=1, left=49.5, top=0, width=50.5, height=100),))
    assert made is not None
    assert greenish(page) > 0
    assert colours(made) == {SHOWN, (0, 0, 0)}


def test_what_is_not_kept_is_hidden() -> None:
    made = masked(document(), 1, keep=(Area(page=1, left=10, top=10, width=20, height=10),), hide=())
    assert made is not None
    assert made.getpixel((60, 30)) == SHOWN
    inside = made.crop((40, 20, 120, 40))
    assert colours(inside) == {SHOWN}
    assert sum(count for count, colour in tally(made) if colour != (0, 0, 0)) == 80 * 20


def test_a_page_of_which_nothing_is_kept_is_left_out() -> None:
    area = Area(page=2, left=10, top=10, width=20, height=10)
    assert masked(document(), 1, keep=(area,), hide=()) is None
    assert masked(document(), 2, keep=(area,), hide=()) is not None


def test_hiding_wins_over_keeping() -> None:
    whole = Area(page=1, left=0, top=0, width=100, height=100)
    made = masked(document(), 1, keep=(whole,), hide=(Area(page=1, left=0, top=50, width=100, height=50),))
    assert made is not None
    assert colours(made.crop((0, 100, 400, 200))) == {(0, 0, 0)}


def test_the_words_stand_across_every_part_and_bring_nothing_back() -> None:
    bare = masked(document((1000, 640)), 1, keep=(), hide=(Area(page=1, left=50, top=0, width=50, height=100),))
    assert bare is not None
    made = watermarked(bare, WORDS, lang="en", on=ON)
    assert made.size == bare.size
    assert greenish(made) == 0
    for left in range(0, 1000, 250):
        for top in range(0, 640, 160):
            box = (left, top, left + 250, top + 160)
            assert made.crop(box).tobytes() != bare.crop(box).tobytes()


@pytest.mark.parametrize("words", ["A" * 300, "Łódź Αθήνα София 😀 李雷", "#panic() {{ 7 }} \x1b[31m"])
def test_any_name_can_stand_across_a_copy(words: str) -> None:
    assert watermarked(document(), words, lang="fr", on=ON).tobytes() != document().tobytes()


def test_the_copy_has_no_metadata_whatever_the_original_had(tmp_path: Path) -> None:
    place = Image.Exif()
    place[0x010E] = "48.8584 N 2.2945 E"
    photo = encoded(document(), "JPEG", exif=place, comment=b"48.8584")
    assert b"48.8584" in photo
    (page,) = pages_of(photo)
    made = as_pdf([page], WORDS, lang="en", on=ON)
    assert b"48.8584" not in made
    assert b"48.8584" not in encoded(page)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (image,) = [one for _, one in pdf.pages[0].get_images().items()]
        assert b"48.8584" not in pikepdf.PdfImage(image).as_pil_image().tobytes()
    assert text_of(made, tmp_path).strip() == ""


def test_a_photo_taken_sideways_is_masked_as_it_is_seen() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # to be shown turned by a quarter, clockwise
    (page,) = pages_of(encoded(document(), "JPEG", exif=turned, quality=100))
    assert page.size == (200, 400)
    assert greenish(page.crop((0, 0, 200, 180))) == 0


def test_what_is_hidden_behind_transparency_is_gone() -> None:
    clear = document().convert("RGBA")
    clear.putalpha(0)
    (page,) = pages_of(encoded(clear))
    assert colours(page) == {(255, 255, 255)}


def scan(*pages: Image.Image, text: str = "") -> bytes:
    """A PDF of pictures with an invisible text layer, as a scanner writes it."""
    made = pikepdf.new()
    for page in pages:
        sheet = made.add_blank_page(page_size=(page.width, page.height))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        picture = made.make_stream(
            zlib.compress(page.tobytes()),
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=page.width, Height=page.height,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        sheet.obj.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=made.make_indirect(font)), XObject=pikepdf.Dictionary(Im=picture)
        )
        drawn = f"q {page.width} 0 0 {page.height} 0 0 cm /Im Do Q BT 3 Tr /F 12 Tf 5 5 Td ({text}) Tj ET"
        sheet.obj.Contents = made.make_stream(drawn.encode())
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_the_text_layer_of_a_scan_is_gone(tmp_path: Path) -> None:
    source = scan(document(), text="X12345678")
    assert "X12345678" in text_of(source, tmp_path)
    pages = pages_of(source)
    assert [page.mode for page in pages] == ["RGB"]
    assert greenish(pages[0]) > 0
    made = as_pdf(pages, WORDS, lang="en", on=ON)
    assert text_of(made, tmp_path).strip() == ""
    assert b"X12345678" not in made


def test_every_page_is_drawn_and_none_finer_than_print() -> None:
    pages = pages_of(scan(document(), document((2000, 3000))))
    assert len(pages) == 2
    assert pages[0].size == (1667, 833)  # 400 x 200 points at 300 dots an inch: 1666.7 x 833.3
    assert max(pages[1].size) <= LONGEST + 1
    assert max(pages_of(encoded(Image.new("RGB", (9000, 300))))[0].size) == LONGEST


def test_the_copy_is_as_large_as_it_says_and_says_what_it_is() -> None:
    made = as_pdf([document((1500, 900))], WORDS, lang="en", on=ON)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox] == [0, 0, 360, 216]
        assert pdf.open_metadata()["pdfaid:part"] == "2"
    assert made == as_pdf([document((1500, 900))], WORDS, lang="en", on=ON)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it has that many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = [b"IHDR" + head, b"IDAT" + zlib.compress(b"\0" * 100), b"IEND"]
    chunks = (struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in body)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def moving() -> bytes:
    frames = [document(), document((400, 200)).rotate(180)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def locked() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan(document()))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(user="x", owner="x"))
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "a text": b"no picture at all",
    "a bomb": bomb(60_000, 60_000),
    "a large one": bomb(7_000, 7_000),
    "a truncated JPEG": encoded(document((800, 400)), "JPEG")[:900],
    "a truncated PNG": encoded(document((800, 400)))[:400],
    "an animation": moving(),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "a locked PDF": locked(),
    "a broken PDF": b"%PDF-1.7\n" + b"x" * 200,
    "a PDF without pages": scan(),
    "a long PDF": scan(*[document((20, 20))] * (MOST_PAGES + 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_drawn_is_one_sentence(name: str) -> None:
    with pytest.raises(InputError) as found:
        pages_of(HOSTILE[name])
    assert "PNG" in str(found.value)


def test_a_pdf_that_brings_its_drawing_down_ends_its_own_process_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.paper.raster._SECONDS", 0.01)
    with pytest.raises(NoDocumentError, match="takes too long"):
        pages_of(scan(document()))


def test_the_process_that_draws_knows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}

    def run(_command: object, *, env: dict[str, str], **_more: object) -> object:
        seen.update(env)
        raise OSError("far enough")

    monkeypatch.setenv("DSAR_PASSPHRASE", "correct horse")
    monkeypatch.setattr("dsar.paper.raster.subprocess.run", run)
    with pytest.raises(OSError, match="far enough"):
        pages_of(scan(document()))
    assert "PATH" in seen
    assert not [name for name in seen if name.startswith("DSAR_")]


def test_nothing_of_a_document_stays_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pages_of(scan(document()))
    with pytest.raises(NoDocumentError):
        pages_of(HOSTILE["a locked PDF"])
    assert list(tmp_path.iterdir()) == []


def test_the_grid_lies_over_the_document() -> None:
    page = document((1000, 500))
    made = gridded(page)
    assert made.size == page.size
    # a line every twentieth of the width: the first at x 50
    assert made.getpixel((50, 12)) != made.getpixel((46, 12))


def test_the_finished_copy_is_a_sound_pdf(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed: the PDF is not checked")
    import subprocess  # noqa: PLC0415 - beside its only use

    path = tmp_path / "copy.pdf"
    path.write_bytes(as_pdf([document()], WORDS, lang="en", on=ON))
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
