"""The pages of a document from outside as bare pixels: a picture as it is, a PDF drawn by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from dsar.errors import InputError
from dsar.paper.images import opened

if TYPE_CHECKING:
    from PIL import Image

# An identity document has few pages; a PDF of more is something else.
MOST_PAGES: Final = 10
# A4 at 300 dots an inch: nothing is drawn or kept finer.
LONGEST: Final = 3508
_DOTS, _POINTS = 300.0, 72.0
_SECONDS: Final = 90
# Pages that one process draws: it may take a minute.
_TOGETHER: Final = 10


class NoDocumentError(InputError):
    """A PDF that cannot be drawn."""

    sentence = "The document cannot be drawn ({reason}): give a picture of it, as PNG or JPEG."


def pages_of(data: bytes) -> tuple[Image.Image, ...]:
    """Each page as pixels in RGB on white, at most 300 dots an inch, without anything else that the file holds.

    Raises:
        ImageError: it is no PDF, and no single picture that can be read.
        NoDocumentError: it is a PDF that is locked, broken, too long, or takes too much to draw.
    """
    found = _drawn(data) if data[:1024].lstrip().startswith(b"%PDF-") else (opened(data, what="document", still=True),)
    return tuple(_on_white(page) for page in found)


def _on_white(page: Image.Image) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - heavy, loaded on use

    page.thumbnail((LONGEST, LONGEST))
    if page.mode != "RGBA":
        return page
    paper = Image.new("RGBA", page.size, "white")
    return Image.alpha_composite(paper, page).convert("RGB")


def drawn(source: Path, folder: Path, *, most: int) -> tuple[Path, ...]:
    """Each page of a PDF as a PNG file in `folder`, which is private; at most 300 dots an inch.

    Raises:
        NoDocumentError: it is locked, broken, has more than `most` pages, or takes too much to draw.
    """
    dots = _flattened(source, folder / "in.pdf", most)
    sheet = resources.files("dsar.paper") / "templates" / "sheet.typ"
    (folder / "sheet.typ").write_bytes(sheet.read_bytes())
    numbered = list(enumerate(dots, start=1))
    for start in range(0, len(numbered), _TOGETHER):
        _run_child(folder, numbered[start : start + _TOGETHER])
    return tuple(folder / f"page-{number}.png" for number, _ in numbered)


def page_of(path: Path) -> Image.Image:
    """The pixels of a page that was drawn, in RGB on white."""
    return _on_white(opened(path.read_bytes(), what="page"))


def _drawn(data: bytes) -> tuple[Image.Image, ...]:
    with TemporaryDirectory(prefix="dsar-page-") as name:
        folder = Path(name)
        source = folder / "source.pdf"
        source.write_bytes(data)
        return tuple(opened(path.read_bytes(), what="page") for path in drawn(source, folder, most=MOST_PAGES))


def _run_child(folder: Path, pages: list[tuple[int, float]]) -> None:
    # it needs no secret, and what it says of a document is no business of the terminal
    env = {key: value for key, value in os.environ.items() if not key.startswith("DSAR_")}
    command = [sys.executable, "-m", "dsar.paper.raster_child"]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, with no argument from outside
            command,
            cwd=folder,
            env=env,
            input=json.dumps(pages).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoDocumentError(reason="it takes too long") from error
    if done.returncode:
        raise NoDocumentError(reason="it is damaged, or holds what cannot be shown")


def _flattened(source: Path, into: Path, most: int) -> list[float]:
    """Write the PDF with filled-in fields and notes drawn into its pages; give for each page how fine to draw it."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    try:
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream) as pdf:
            if not 0 < len(pdf.pages) <= most:
                raise NoDocumentError(reason=f"it has {len(pdf.pages)} pages, and 1 to {most} are taken")
            pdf.flatten_annotations(mode="all")
            dots = [_fineness(page) for page in pdf.pages]
            pdf.save(into)
    except pikepdf.PasswordError as error:
        raise NoDocumentError(reason="it is locked with a password") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoDocumentError(reason="it is damaged") from error
    return dots


def _fineness(page: object) -> float:
    """Dots an inch, so that the page's longer side has at most as many as A4 at 300."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)  # type: ignore[attr-defined] # pikepdf.Page
    longer = max(abs(right - left), abs(top - bottom), 1.0)
    return min(_DOTS, LONGEST * _POINTS / longer)
