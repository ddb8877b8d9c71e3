"""Reads a PDF with poppler, which knows nothing of how it was made."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word and its box, in millimetres from the top left corner of its page (counted from 1)."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """The text of a PDF in the order of reading."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed: PDFs are not read")
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def words_of(pdf: bytes, folder: Path) -> list[Word]:
    """Each word with its place."""
    pages = text_of(pdf, folder, "-bbox").split("<page ")[1:]
    words = []
    for number, page in enumerate(pages, start=1):
        for left, top, right, bottom, text in _WORD.findall(page):
            box = [float(edge) * _POINT for edge in (left, top, right, bottom)]
            words.append(Word(text=text, page=number, left=box[0], top=box[1], right=box[2], bottom=box[3]))
    return words
