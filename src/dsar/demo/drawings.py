"""Drawings for the demo: faces that are plainly schemes and nobody's, and signatures that nobody writes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

_PAPER = "#f4f1ea"
_INK = "#2b2b2b"
_SKIN = "#e3d5c3"
_WIDTH, _HEIGHT = 360, 440
_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face made of ovals and strokes. `hair` is its colour, `long` whether it falls beside the face."""

    hair: str
    long: bool = False
    glasses: bool = False
    beard: bool = False
    smile: float = 0.6
    tilt: float = 0.0


SUBJECT = Face(hair="#5a3a28", long=True)
SUBJECT_AGAIN = Face(hair="#5a3a28", long=True, glasses=True, smile=0.15, tilt=-6.0)
SOMEBODY_ELSE = Face(hair="#9a9a9a", beard=True, smile=0.3, tilt=4.0)


def face(look: Face) -> bytes:
    """The drawing as PNG, with the word "synthetic" below it."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, loaded on use

    # Taller than what is shown, so that a tilted one has no cut corners
    head = Image.new("RGB", (_WIDTH, _HEIGHT + _LABEL), _PAPER)
    _head(ImageDraw.Draw(head), look)
    if look.tilt:
        head = head.rotate(look.tilt, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    sheet.paste(head, (0, 0))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, _HEIGHT - _LABEL, _WIDTH, _HEIGHT), fill=_INK)
    _label(draw)
    return _png(sheet)


def _label(draw: ImageDraw.ImageDraw) -> None:
    from PIL import ImageFont  # noqa: PLC0415 - heavy, loaded on use

    middle = (_WIDTH / 2, _HEIGHT - _LABEL / 2)
    draw.text(
        middle, "SYNTHETIC · a drawing, nobody’s face", fill="white", anchor="mm", font=ImageFont.load_default(17)
    )


def _head(draw: ImageDraw.ImageDraw, look: Face) -> None:
    if look.long:
        draw.rounded_rectangle((78, 60, 282, 360), radius=96, fill=look.hair)
    draw.rounded_rectangle((60, 356, 300, 600), radius=70, fill="#b8c4cc", outline=_INK, width=3)
    draw.rectangle((155, 300, 205, 372), fill=_SKIN)
    draw.ellipse((98, 72, 262, 332), fill=_SKIN, outline=_INK, width=3)
    draw.pieslice((94, 50, 266, 250), 180, 360, fill=look.hair)
    if look.beard:
        draw.chord((106, 190, 254, 338), 20, 160, fill=look.hair)
    for x in (146, 214):
        draw.ellipse((x - 16, 180, x + 16, 198), fill="white", outline=_INK, width=2)
        draw.ellipse((x - 6, 183, x + 6, 195), fill=_INK)
        draw.line((x - 20, 166, x + 20, 164), fill=_INK, width=4)
        if look.glasses:
            draw.ellipse((x - 28, 164, x + 28, 216), outline=_INK, width=3)
    if look.glasses:
        draw.line((174, 188, 186, 188), fill=_INK, width=3)
    draw.line((180, 200, 172, 238, 186, 240), fill=_INK, width=3, joint="curve")
    depth = 30 * look.smile
    draw.arc((146, 272 - depth, 214, 272 + depth), 15, 165, fill="#8a3b3b", width=5)


def signature(turns: int) -> bytes:
    """A flourish in blue ink as PNG on a transparent ground; `turns` make one differ from another."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, loaded on use

    sheet = Image.new("RGBA", (900, 360), (255, 255, 255, 0))
    steps = 60 * turns
    line = [_pen(step / steps, turns) for step in range(steps + 1)]
    draw = ImageDraw.Draw(sheet)
    draw.line(line, fill=(28, 48, 120, 255), width=9, joint="curve")
    draw.line((90, 318, 800, 282), fill=(28, 48, 120, 255), width=7)
    return _png(sheet.resize((450, 180), Image.Resampling.LANCZOS))


def _pen(along: float, turns: int) -> tuple[float, float]:
    angle = 2 * math.pi * turns * along
    swing = 120 * (1 - 0.75 * along)
    return 80 + 640 * along + 55 * math.sin(angle), 180 - swing * math.cos(angle) * (
        0.55 + 0.45 * math.cos(angle / 2.7)
    )


def _png(sheet: Image.Image) -> bytes:
    made = io.BytesIO()
    sheet.save(made, format="PNG")
    return made.getvalue()
