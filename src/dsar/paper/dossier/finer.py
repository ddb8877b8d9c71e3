"""Pictures inside foreign PDFs that are finer than print: brought down to 300 dots an inch where that is safe (B15).

Safe is a plain picture, grey or RGB of eight bits, that the page itself draws, whole and upright or not, and nothing
else uses otherwise. All others stay as they are. The file itself is never changed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from math import hypot
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf
    from PIL import Image

_FINEST: Final = 300.0
# A little above is left: it would cost quality and save nothing.
_MARGIN: Final = 1.1
_POINTS: Final = 72.0
_MOST_PIXELS: Final = 72_000_000
_MOST_CONTENT: Final = 2 << 20
_CODINGS: Final = {"/DCTDecode": "JPEG", "/FlateDecode": ""}
_SPACES: Final = {"/DeviceRGB": ("RGB", 3), "/DeviceGray": ("L", 1)}
# What makes a picture more than its pixels.
_MORE: Final = ("/SMask", "/Mask", "/Decode", "/DecodeParms", "/ImageMask", "/Intent", "/OC")
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Drawn:
    """A picture and how large it is drawn at most, in points."""

    picture: pikepdf.Object
    width: float = 0.0
    height: float = 0.0


def reduce(pdf: pikepdf.Pdf) -> int:
    """Bring too fine pictures down; how many were too fine and stay as they are."""
    found: dict[tuple[int, int], _Drawn] = {}
    for page in pdf.pages:
        if any(_may_be_too_fine(page, picture) for picture in _pictures(page.resources).values()):
            _measure(page, found)
    fine = {name: one for name, one in found.items() if _scale(one) < 1 / _MARGIN}
    elsewhere = _in_forms(pdf) if fine else set()
    return sum(name in elsewhere or not _reduced(one.picture, _scale(one)) for name, one in fine.items())


def _pictures(resources: pikepdf.Object) -> dict[str, pikepdf.Object]:
    """The pictures that these resources name."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    drawn = resources.get("/XObject")
    if not isinstance(drawn, pikepdf.Dictionary):
        return {}
    streams = ((name, one) for name, one in drawn.items() if isinstance(one, pikepdf.Stream))
    return {name: one for name, one in streams if one.get("/Subtype") == "/Image"}


def _in_forms(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Pictures that something drawn inside a page uses: how large, nobody measured."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    forms = (one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form")
    return {picture.objgen for form in forms if "/Resources" in form for picture in _pictures(form.Resources).values()}


def _may_be_too_fine(page: pikepdf.Page, picture: pikepdf.Object) -> bool:
    """Whether it would be too fine if it filled the page: a smaller one costs little, and most pages have none."""
    left, bottom, right, top = (float(side) for side in page.mediabox.as_list())
    most = _FINEST * _MARGIN / _POINTS * max(right - left, top - bottom, 1.0)
    return max(int(picture.get("/Width", 0)), int(picture.get("/Height", 0))) > most


def _measure(page: pikepdf.Page, found: dict[tuple[int, int], _Drawn]) -> None:
    """How large the page draws each of its pictures."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    page.contents_coalesce()
    if len(page.obj.Contents.read_bytes()) > _MOST_CONTENT:
        return
    pictures = _pictures(page.resources)
    now, above = _UNIT, list[Matrix]()
    unit = float(page.obj.get("/UserUnit", 1))
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands = cast("Sequence[pikepdf.Object]", instruction.operands)
        match str(instruction.operator):
            case "q":
                above.append(now)
            case "Q":
                now = above.pop() if above else _UNIT
            case "cm":
                now = _times(_matrix(operands), now)
            case _:
                name = str(operands[0])
                if name in pictures and pictures[name].is_indirect:
                    drawn = found.setdefault(pictures[name].objgen, _Drawn(picture=pictures[name]))
                    drawn.width = max(drawn.width, hypot(now[0], now[1]) * unit)
                    drawn.height = max(drawn.height, hypot(now[2], now[3]) * unit)


def _matrix(operands: Sequence[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _scale(one: _Drawn) -> float:
    """What of its width and height it needs for print; 1 where it is drawn nowhere."""
    if not one.width or not one.height:
        return 1.0
    width, height = int(one.picture.get("/Width", 0)), int(one.picture.get("/Height", 0))
    if not width or not height:
        return 1.0
    needs = (one.width / _POINTS * _FINEST / width, one.height / _POINTS * _FINEST / height)
    return min(1.0, max(needs))


def _reduced(picture: pikepdf.Object, scale: float) -> bool:
    """Write a smaller picture in its place; False where that is not safe."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    small = _small(picture, scale)
    if small is None:
        return False
    target = BytesIO()
    small.save(target, format="JPEG", quality=85)
    picture.write(target.getvalue(), filter=pikepdf.Name.DCTDecode)
    picture.Width, picture.Height = small.size
    return True


def _small(picture: pikepdf.Object, scale: float) -> Image.Image | None:
    from PIL import Image  # noqa: PLC0415 - heavy, loaded on use

    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    space, coding = str(picture.get("/ColorSpace", "")), str(picture.get("/Filter", ""))
    plain = not any(key in picture for key in _MORE) and int(picture.get("/BitsPerComponent", 8)) == 8  # noqa: PLR2004 - bits
    if not plain or space not in _SPACES or coding not in _CODINGS or width * height > _MOST_PIXELS:
        return None
    mode, components = _SPACES[space]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    try:
        if _CODINGS[coding]:
            image: Image.Image = Image.open(BytesIO(picture.read_raw_bytes()), formats=("JPEG",))
            if image.mode != mode or image.size != (width, height):
                return None
            image.draft(None, size)
        else:
            data = zlib.decompressobj().decompress(picture.read_raw_bytes(), width * height * components)
            image = Image.frombytes(mode, (width, height), data)
        return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    except (OSError, ValueError, SyntaxError, zlib.error, Image.DecompressionBombError):
        return None
