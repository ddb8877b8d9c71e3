from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from dsar.letters.words import Words

from .briefs import LETTERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def words() -> Words:
    """English."""
    return Words("en", (LETTERS,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the English letters alone, to be broken."""
    root = tmp_path / "letters"
    shutil.copytree(LETTERS / "en", root / "en")
    for path in (root / "en").glob("*.md.j2"):
        text = re.sub(r"^languages = .*$", 'languages = ["en"]', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    return root
