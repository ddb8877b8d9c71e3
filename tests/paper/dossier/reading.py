"""Reading a bound dossier back with other eyes: poppler for what is seen, pikepdf for what is linked."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None, reason="needs Debian's poppler-utils"
)


def texts(pdf: Path) -> list[str]:
    """The text of each page, in reading order of the layout."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def image(pdf: Path, page: int, dpi: int = 50) -> Image.Image:
    """Page `page` (from 1) as a viewer shows it."""
    run = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", str(pdf)]
    return Image.open(BytesIO(subprocess.run(run, capture_output=True, check=True).stdout)).convert("L")


def column(picture: Image.Image, x: int) -> bytes:
    """The grey levels of a column of pixels, from top to bottom."""
    return picture.crop((x, 0, x + 1, picture.height)).tobytes()


def row(picture: Image.Image, y: int) -> bytes:
    """The grey levels of a row of pixels."""
    return picture.crop((0, y, picture.width, y + 1)).tobytes()


def links(pdf: pikepdf.Pdf, page: int) -> list[int]:
    """Where the links on page `page` lead, as page numbers from 1, from top to bottom and left to right."""
    numbers = {other.obj.objgen: index for index, other in enumerate(pdf.pages, start=1)}
    notes = sorted(
        pdf.pages[page - 1].obj.get("/Annots", []), key=lambda note: (-float(note.Rect[3]), float(note.Rect[0]))
    )
    return [numbers[note.Dest[0].objgen] for note in notes]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int, bool]]:
    """Depth, title, page from 1, and whether it is closed, in the order of the pane."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages, start=1)}

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> list[tuple[int, str, int, bool]]:
        found = []
        for item in items:
            assert isinstance(item.destination, pikepdf.Array)
            found.append((depth, item.title, numbers[item.destination[0].objgen], bool(item.is_closed)))
            found += walk(item.children, depth + 1)
        return found

    with pdf.open_outline() as outline:
        return walk(outline.root, 0)


def words_in(pdf: pikepdf.Pdf) -> str:
    """Every object of the file as text, to look for what must not be in it."""
    return "\n".join(thing.unparse(resolved=True).decode("latin-1") for thing in pdf.objects)


def bookmarks_of(path: Path) -> list[str]:
    """The titles of a file's bookmarks."""
    with pikepdf.open(path) as pdf:
        return [title for _, title, _, _ in bookmarks(pdf)]
