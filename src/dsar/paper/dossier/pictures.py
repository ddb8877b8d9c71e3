"""Images as pages: upright, without metadata, not finer than print, never larger in memory than a fixed bound."""

from __future__ import annotations

import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from dsar.paper.dossier.foreign import Reason, Sheets

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

# Only formats that Pillow decodes itself: EPS, for one, would start a program.
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
# 64 million pixels: an A3 scan at 600 dpi and a half. More is a bomb, or no document.
_MOST_PIXELS: Final = 64_000_000
# A scan of several pages is one TIFF; more than this is no letter.
_MOST_FRAMES: Final = 200
# A sheet of A4 at 300 dpi, in pixels: long side, short side. An ordinary scan stays as it is.
_LONG, _SHORT = 3508, 2481
_POINTS_PER_INCH: Final = 72
# Where an image says nothing of its size: a screenshot at 96 dpi would fill the page; 150 leaves it sharp and modest.
_ASSUMED_DPI: Final = 150.0
_SANE_DPI: Final = (72.0, 1200.0)


def open_picture(data: bytes) -> Sheets | Reason:
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
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                frames = _frames(image)
                if frames > _MOST_FRAMES:
                    return "unsupported"
                for frame in range(frames):
                    image.seek(frame)
                    if image.width * image.height > _MOST_PIXELS:
                        return "unsupported"
                    flipped.append(_add_page(pdf, image))
    except UnidentifiedImageError:
        return "unreadable"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "unsupported"
    # Decoders report damage in these ways; a struct or a zlib error is a damaged header or body.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, zlib.error, OverflowError):
        return "unreadable"
    return Sheets(pdf=pdf, flipped=tuple(flipped)) if flipped else "empty"


def _frames(image: Image.Image) -> int:
    """How many pages: of an animation only the first picture is one."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _add_page(pdf: pikepdf.Pdf, image: Image.Image) -> bool:
    """Add one page with `image`, at its own size where it says one; return whether it is wider than high."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    dpi = _dpi(image)
    upright = _upright(image)
    small, scale = _not_finer_than_print(upright)
    if small is image and image.format == "JPEG":
        body, coding = _jpeg(image, quality="keep"), "/DCTDecode"
    elif image.format in {"JPEG", "MPO"}:
        body, coding = _jpeg(small, quality=90), "/DCTDecode"
    else:
        body, coding = zlib.compress(small.tobytes(), 6), "/FlateDecode"
    width, height = (side / scale / dpi * _POINTS_PER_INCH for side in small.size)
    page = pdf.add_blank_page(page_size=(max(width, 3.0), max(height, 3.0)))
    picture = pdf.make_stream(
        body,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=small.width,
        Height=small.height,
        ColorSpace=pikepdf.Name.DeviceGray if small.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name(coding),
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    page.obj.Contents = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im Do Q".encode())
    return small.width > small.height


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

    turned = ImageOps.exif_transpose(image) if image.getexif().get(0x0112, 1) != 1 else image
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


def _not_finer_than_print(image: Image.Image) -> tuple[Image.Image, float]:
    """At most 300 dots an inch on the page: finer costs megabytes and shows nothing (B15). With the factor applied."""
    long, short = max(image.size), min(image.size)
    scale = min(_LONG / long, _SHORT / short, 1.0)
    if scale == 1.0:
        return image, scale
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, reducing_gap=2.0), scale


def _jpeg(image: Image.Image, quality: int | str) -> bytes:
    """The image as a JPEG without its metadata: place, camera and owner are not part of what it shows."""
    target = BytesIO()
    image.save(target, format="JPEG", quality=quality, exif=b"", comment=b"", icc_profile=None)
    return target.getvalue()
