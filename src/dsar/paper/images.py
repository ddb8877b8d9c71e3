"""Pictures from outside, made fit for paper: re-encoded, so that nothing but the pixels goes into a letter."""

from __future__ import annotations

import io
import warnings

from dsar.errors import InputError

_PIXELS = 40_000_000


class ImageError(InputError):
    """A picture that cannot be read, or is too large to be one for a letter."""

    sentence = "The {what} is not a picture that can be read ({reason}): give a PNG or JPEG file."


def as_png(data: bytes, *, what: str) -> bytes:
    """The picture as PNG, turned upright, without metadata (a camera writes place and time into it).

    Args:
        data: a picture in any format that Pillow reads: PNG, JPEG (also CMYK), TIFF, BMP, WebP, GIF.
        what: what the picture is, for the sentence of the error.

    Raises:
        ImageError: it cannot be decoded, or has more than 40 million pixels.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, loaded on use

    made = io.BytesIO()
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that unpacks into gigabytes
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as opened:
                if opened.width * opened.height > _PIXELS:
                    raise ImageError(what=what, reason="it is too large")
                upright = ImageOps.exif_transpose(opened)
                bare = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        bare.info.clear()
        bare.save(made, format="PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(what=what, reason="it is damaged or of an unknown kind") from error
    return made.getvalue()
