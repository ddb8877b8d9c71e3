"""Pictures from outside, made fit for paper: re-encoded, so that nothing but the pixels goes into a letter."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING, Final

from dsar.errors import InputError

if TYPE_CHECKING:
    from PIL import Image

# Only formats that Pillow decodes itself: EPS, for one, would start a program.
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_PIXELS = 40_000_000
# The ways in which decoders report a damaged header or body.
_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error)
# A signature is printed at most 45 x 18 mm: these are 600 dots an inch.
_SIGNATURE = (1063, 425)


class ImageError(InputError):
    """A picture that cannot be read, or is too large to be one for a letter."""

    sentence = "The {what} is not a picture that can be read ({reason}): give a PNG or JPEG file."


def as_png(data: bytes, *, what: str) -> bytes:
    """The picture as PNG, turned upright, without metadata (a camera writes place and time into it).

    Args:
        data: a picture as PNG, JPEG (also CMYK), TIFF, BMP, WebP or GIF, whatever its name says.
        what: what the picture is, for the sentence of the error.

    Raises:
        ImageError: it cannot be decoded, or has more than 40 million pixels.
    """
    return encoded(opened(data, what=what))


def signature_png(data: bytes) -> bytes:
    """The picture of a signature as PNG, not finer than it can be printed.

    Raises:
        ImageError: it cannot be decoded, or has more than 40 million pixels.
    """
    picture = opened(data, what="signature")
    picture.thumbnail(_SIGNATURE)
    return encoded(picture)


def opened(data: bytes, *, what: str, still: bool = False) -> Image.Image:
    """The pixels of a picture, upright, in RGB or RGBA; nothing else of the file is kept.

    Args:
        data: the bytes of the file.
        what: what the picture is, for the sentence of the error.
        still: refuse a picture of several frames, where only the first would be seen and the others overlooked.

    Raises:
        ImageError: it cannot be decoded, is too large, or moves.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, loaded on use

    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that unpacks into gigabytes, and of metadata that it cannot read
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
                if found.width * found.height > _PIXELS:
                    raise ImageError(what=what, reason="it is too large")
                if still and getattr(found, "n_frames", 1) > 1:
                    raise ImageError(what=what, reason="it holds several pictures")
                upright = ImageOps.exif_transpose(found)
                bare = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(what=what, reason="it is too large") from error
    except _DAMAGE as error:
        raise ImageError(what=what, reason="it is damaged or of an unknown kind") from error
    bare.info.clear()
    return bare


def encoded(picture: Image.Image, *, kind: str = "PNG") -> bytes:
    """The file of a picture (`PNG` or `JPEG`), without metadata."""
    made = io.BytesIO()
    picture.save(made, format=kind, **({"quality": 88} if kind == "JPEG" else {}))
    return made.getvalue()
