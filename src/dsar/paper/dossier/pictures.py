"""Images as pages: upright, without metadata, not finer than print, never larger in memory than a fixed bound."""

from __future__ import annotations

import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final, cast

from dsar.paper.dossier.foreign import Reason, Sheets

if TYPE_CHECKING:
    from io import IOBase
    from pathlib import Path

    import pikepdf
    from PIL import Image

# Only formats that Pillow decodes itself: EPS, for one, would start a program.
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
# A JPEG is decoded at a fraction of its size, the others whole: A3 at 600 dpi as JPEG or in grey, A4 at 600 dpi in
# colour. More is a bomb, or no document, and would take more memory than a dossier may.
_MOST_DECODED: Final = 110_000_000
_MOST_JPEG: Final = 72_000_000
_BYTES_A_PIXEL: Final = {"1": 1, "L": 1, "LA": 2, "I;16": 2}
# A scan of several pages is one TIFF; more than this is no letter.
_MOST_FRAMES: Final = 200
# What its pages may take, packed for the dossier: they are held in memory until the last one is read.
_MOST_BYTES: Final = 100_000_000
# A sheet of A4 at 300 dpi, in pixels: long side, short side. An ordinary scan stays as it is.
_LONG, _SHORT = 3508, 2481
_POINTS_PER_INCH: Final = 72
_FINEST: Final = 300.0
# Where an image says nothing of its size: a screenshot at 96 dpi would fill the page; 150 leaves it sharp and modest.
_ASSUMED_DPI: Final = 150.0
_SANE_DPI: Final = (72.0, 1200.0)
_ORIENTATION: Final = 0x0112


def open_picture(source: Path | IOBase) -> Sheets | Reason:
    """The image as a PDF, one page a frame (a TIFF may hold several); a reason if it cannot be shown."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, loaded on use

    pdf = pikepdf.new()
    flipped: list[bool] = []
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb before it refuses one, and of metadata that it cannot read.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
            with Image.open(cast("Path | IO[bytes]", source), formats=_FORMATS) as image:
                frames, size = _frames(image), 0
                if frames > _MOST_FRAMES:
                    return "too_large"
                for frame in range(frames):
                    image.seek(frame)
                    if _is_too_large(image):
                        return "too_large"
                    page = _page_of(image)
                    size += len(page.body)
                    if size > _MOST_BYTES:
                        return "too_large"
                    flipped.append(page.add_to(pdf))
    except UnidentifiedImageError:
        return "unreadable"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "too_large"
    # Decoders report damage in these ways; a struct or a zlib error is a damaged header or body.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, zlib.error, OverflowError):
        return "unreadable"
    return Sheets(pdf=pdf, flipped=tuple(flipped), searchable=False) if flipped else "empty"


def _is_too_large(image: Image.Image) -> bool:
    pixels = image.width * image.height
    if image.format == "JPEG":
        return pixels > _MOST_JPEG
    return (
        pixels * _BYTES_A_PIXEL.get(image.mode, 4 if image.mode in {"RGBA", "CMYK", "P", "PA"} else 3) > _MOST_DECODED
    )


def _frames(image: Image.Image) -> int:
    """How many pages: of an animation only the first picture is one."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A page that is one picture: `body` is its data packed as `coding`, `size` its pixels, `points` its print."""

    body: bytes
    coding: str
    grey: bool
    size: tuple[int, int]
    points: tuple[float, float]

    def add_to(self, pdf: pikepdf.Pdf) -> bool:
        """Add the page at the end of `pdf`; return whether it is wider than high."""
        import pikepdf  # noqa: PLC0415 - heavy, loaded on use

        width, height = self.points
        page = pdf.add_blank_page(page_size=(max(width, 3.0), max(height, 3.0)))
        picture = pdf.make_stream(
            self.body,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=self.size[0],
            Height=self.size[1],
            ColorSpace=pikepdf.Name.DeviceGray if self.grey else pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name(self.coding),
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.obj.Contents = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im Do Q".encode())
        return self.size[0] > self.size[1]


def painted_page(image: Image.Image) -> PicturePage:
    """A page of pixels of our own, in RGB at 300 dots an inch."""
    points = (image.width * _POINTS_PER_INCH / _FINEST, image.height * _POINTS_PER_INCH / _FINEST)
    return PicturePage(
        body=_jpeg(image, quality=90), coding="/DCTDecode", grey=image.mode == "L", size=image.size, points=points
    )


def _page_of(image: Image.Image) -> PicturePage:
    """The image as a page, at its own size where it says one."""
    dpi, whole = _dpi(image), image.size
    if image.format == "JPEG":
        # halved, quartered … while it is decoded, as long as it stays finer than print
        image.draft(None, _print_size(whole, dpi))
    small = _not_finer_than_print(image, whole, dpi)
    upright = _upright(small)
    lying = upright.size != small.size
    if upright is image and image.format == "JPEG":
        body, coding = _jpeg(image, quality="keep"), "/DCTDecode"
    elif image.format in {"JPEG", "MPO"}:
        body, coding = _jpeg(upright, quality=90), "/DCTDecode"
    else:
        body, coding = zlib.compress(upright.tobytes(), 6), "/FlateDecode"
    across, down = (side / dpi * _POINTS_PER_INCH for side in whole)
    return PicturePage(
        body=body,
        coding=coding,
        grey=upright.mode == "L",
        size=upright.size,
        points=(down, across) if lying else (across, down),
    )


def _dpi(image: Image.Image) -> float:
    stated = image.info.get("dpi", (0, 0))
    try:
        value = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return _ASSUMED_DPI
    return value if _SANE_DPI[0] <= value <= _SANE_DPI[1] else _ASSUMED_DPI


def _upright(image: Image.Image) -> Image.Image:
    """The image turned as its EXIF says, in grey or RGB, on white where it was transparent."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, loaded on use

    turned = ImageOps.exif_transpose(image) if image.getexif().get(_ORIENTATION, 1) != 1 else image
    if turned.mode in {"RGB", "L"} and "transparency" not in turned.info:
        turned.load()
        return turned
    if turned.has_transparency_data:
        layer = turned.convert("RGBA")
        page = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(page, layer).convert("RGB")
    if turned.mode.startswith("I"):
        # Sixteen bits a pixel: Pillow clips on conversion, so the range is brought down first.
        turned = turned.point(lambda value: value / 256).convert("L")
    return turned.convert("L" if turned.mode in {"1", "L", "LA"} else "RGB")


def _print_size(size: tuple[int, int], dpi: float) -> tuple[int, int]:
    """The pixels that an image of `size` needs: at most 300 dots an inch, as large as it is or fills A4 (B15)."""
    long, short = max(size), min(size)
    scale = min(_LONG / long, _SHORT / short, _FINEST / dpi, 1.0)
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def _not_finer_than_print(image: Image.Image, whole: tuple[int, int], dpi: float) -> Image.Image:
    """The image at the size of print, still as it lies in its file: finer costs megabytes and shows nothing."""
    from PIL import Image  # noqa: PLC0415 - heavy, loaded on use

    size = _print_size(whole, dpi)
    if size == image.size:
        return image
    orientation, info = image.getexif().get(_ORIENTATION, 1), dict(image.info)
    full = image.convert("RGBA" if image.has_transparency_data else "RGB") if image.mode in {"P", "PA"} else image
    # two bilevel or sixteen-bit neighbours have no mean that Pillow could compute
    plain = full.convert("L") if full.mode == "1" else full
    way = Image.Resampling.NEAREST if plain.mode.startswith("I;") else Image.Resampling.BICUBIC
    small = plain.resize(size, way, reducing_gap=2.0)
    small.info.update(info)
    small.getexif()[_ORIENTATION] = orientation
    return small


def _jpeg(image: Image.Image, quality: int | str) -> bytes:
    """The image as a JPEG without its metadata: place, camera and owner are not part of what it shows."""
    target = BytesIO()
    image.save(target, format="JPEG", quality=quality, exif=b"", comment=b"", icc_profile=None)
    return target.getvalue()
