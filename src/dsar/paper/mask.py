"""The masked copy of an identity document: what is hidden is painted over before anything is written."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.paper.images import encoded
from dsar.paper.typeset import compile_layer, compile_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PIL import Image

_BLACK: Final = (0, 0, 0)
# The grid that a person names cells by: A1 to T20, five per cent of the page each.
CELLS: Final = 20
_WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on a page, in per cent of its width and height from its top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float

    def box(self, page: Image.Image) -> tuple[int, int, int, int]:
        """The pixels it covers: every pixel that it touches, left, top, right, bottom (the last two not included)."""
        right, bottom = min(self.left + self.width, _WHOLE), min(self.top + self.height, _WHOLE)
        return (
            math.floor(page.width * self.left / _WHOLE),
            math.floor(page.height * self.top / _WHOLE),
            math.ceil(page.width * right / _WHOLE),
            math.ceil(page.height * bottom / _WHOLE),
        )


def masked(page: Image.Image, number: int, *, keep: Sequence[Area], hide: Sequence[Area]) -> Image.Image | None:
    """The page with what must not be seen painted black; None if nothing of it would be left.

    Where areas to `keep` are named, all else is hidden, and pages without any are left out. `hide` goes on top.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, loaded on use

    kept = [area for area in keep if area.page == number]
    if keep and not kept:
        return None
    made = Image.new("RGB", page.size, _BLACK) if keep else page.copy()
    for area in kept:
        box = area.box(page)
        made.paste(page.crop(box), box)
    pen = ImageDraw.Draw(made)
    for area in hide:
        if area.page == number:
            left, top, right, bottom = area.box(page)
            if right > left and bottom > top:
                pen.rectangle((left, top, right - 1, bottom - 1), fill=_BLACK)
    return made


def watermarked(page: Image.Image, words: str, *, lang: str, on: date) -> Image.Image:
    """The page with `words` across all of it, so that no part of it can be used without them."""
    from PIL import Image  # noqa: PLC0415 - heavy, loaded on use

    data = {"words": words, "lang": lang, "width": page.width, "height": page.height}
    with Image.open(io.BytesIO(compile_layer("watermark.typ", data, on=on))) as layer:
        over = layer.convert("RGBA").resize(page.size)
    return Image.alpha_composite(page.convert("RGBA"), over).convert("RGB")


def as_pdf(pages: Sequence[Image.Image], words: str, *, lang: str, on: date) -> bytes:
    """The pages as one PDF/A of pictures, at 300 dots an inch, described by `words` for who cannot see them."""
    files = {f"page-{number}.jpg": encoded(page, kind="JPEG") for number, page in enumerate(pages, start=1)}
    sizes = [
        {"file": name, "width": page.width, "height": page.height} for name, page in zip(files, pages, strict=True)
    ]
    data = {"pages": sizes, "words": words, "lang": lang, "year": on.year, "month": on.month, "day": on.day}
    return compile_pdf("masked.typ", data, files=files, on=on)


def gridded(page: Image.Image) -> Image.Image:
    """The page under a grid of named cells, to read off where things stand. It shows everything."""
    from PIL import ImageDraw, ImageFont  # noqa: PLC0415 - heavy, loaded on use

    made = page.copy()
    made.thumbnail((1600, 1600))
    pen = ImageDraw.Draw(made, "RGBA")
    across, down = made.width / CELLS, made.height / CELLS
    font = ImageFont.load_default(max(8, min(across, down) / 3))
    for step in range(1, CELLS):
        pen.line((step * across, 0, step * across, made.height), fill=(255, 0, 0, 140))
        pen.line((0, step * down, made.width, step * down), fill=(255, 0, 0, 140))
    for column in range(CELLS):
        for row in range(CELLS):
            name, place = f"{chr(ord('A') + column)}{row + 1}", (column * across + 2, row * down + 1)
            pen.text(place, name, fill=(200, 0, 0, 255), font=font, stroke_width=2, stroke_fill=(255, 255, 255, 220))
    return made
