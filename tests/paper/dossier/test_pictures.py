from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from dsar.paper.dossier.foreign import Sheets
from dsar.paper.dossier.pictures import open_picture

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, format=kind, **options)
    return target.getvalue()


def drawn(data: bytes, page: int = 0) -> Image.Image:
    opened = open_picture(BytesIO(data))
    assert isinstance(opened, Sheets)
    stream = opened.pdf.pages[page].obj.Resources.XObject.Im
    assert isinstance(stream, pikepdf.Stream)
    return pikepdf.PdfImage(stream).as_pil_image()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"])
def test_every_usual_kind_of_image_is_shown(kind: str) -> None:
    image = drawn(saved(Image.new("RGB", (60, 40), "red"), kind))
    assert image.size == (60, 40)
    red, green, blue = image.convert("RGB").resize((1, 1)).tobytes()
    assert red > 240
    assert max(green, blue) < 20


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_usual_colour_model_arrives_as_grey_or_rgb(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert drawn(saved(Image.new(mode, (20, 10)), kind)).mode in {"L", "RGB"}


def test_transparency_lies_on_white() -> None:
    image = drawn(saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG"))
    assert image.getpixel((5, 5)) == (255, 255, 255)


# The eight values of the EXIF tag Orientation that cameras write; 6 and 8 lie on a side.
@reading.needs_poppler
@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_a_photo_stands_upright(orientation: int, turn: int, tmp_path: Path) -> None:
    upright = Image.open(BytesIO(made.scan(600, 800)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    shelf = Shelf()
    # A camera that is turned stores the picture turned the other way.
    shelf.put("Photo", saved(upright.rotate(turn, expand=True), "JPEG", exif=exif, dpi=(150, 150)), "image/jpeg")
    page = reading.image(shelf.bind(tmp_path).pdf, 4)
    middle = reading.column(page, page.width // 2)[page.height // 6 :]
    dark = [level < 60 for level in middle]
    # The black edge of the scan is at its top: nothing but paper above it, and its own paper below.
    assert dark.index(True) < len(dark) / 2
    assert page.height > page.width


def test_a_photo_brings_no_metadata() -> None:
    data = made.scan(300, 400)
    assert b"secret description" in data
    opened = open_picture(BytesIO(data))
    assert isinstance(opened, Sheets)
    assert b"secret description" not in made.saved(opened.pdf)


def test_a_jpeg_of_ordinary_size_keeps_its_pixels() -> None:
    data = made.scan(300, 400)
    before = Image.open(BytesIO(data)).convert("RGB")
    after = drawn(data).convert("RGB")
    assert after.size == before.size
    differences = [abs(one - two) for one, two in zip(before.tobytes(), after.tobytes(), strict=True)]
    # decoding and encoding with the same tables rounds, by less than one level on average
    assert sum(differences) / len(differences) < 1


def test_nothing_is_finer_than_300_dots_an_inch_on_a4() -> None:
    # A4 is 210 x 297 mm: 2,480.3 x 3,507.9 dots at 300 dpi.
    image = drawn(saved(Image.new("L", (6000, 7000), "white"), "PNG"))
    assert (image.width, image.height) == (2481, 2894)


def test_an_ordinary_scan_keeps_all_its_dots() -> None:
    assert drawn(saved(Image.new("L", (2480, 3508), "white"), "JPEG")).size == (2480, 3508)


def test_each_frame_of_a_fax_is_a_page() -> None:
    first, second = Image.new("L", (100, 140), 0), Image.new("L", (140, 100), 255)
    opened = open_picture(BytesIO(saved(first, "TIFF", save_all=True, append_images=[second])))
    assert isinstance(opened, Sheets)
    assert opened.flipped == (False, True)


def bomb() -> bytes:
    """A PNG of a few kilobytes that claims 30,000 x 30,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "too_large"),
        (made.scan(300, 400)[:900], "unreadable"),
        (made.scan(300, 400, "PNG")[:600], "unreadable"),
        (b"\xff\xd8\xff but no picture", "unreadable"),
    ],
    ids=["bomb", "cut JPEG", "cut PNG", "no picture"],
)
def test_what_is_no_sound_picture_says_why(data: bytes, reason: str) -> None:
    assert open_picture(BytesIO(data)) == reason


def test_an_image_that_would_start_a_program_is_not_opened() -> None:
    assert open_picture(BytesIO(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")) == "unreadable"
