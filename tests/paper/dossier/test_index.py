"""The index of a dossier with many exhibits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import made, reading
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@reading.needs_poppler
def test_each_row_of_a_long_index_stands_on_one_line(tmp_path: Path) -> None:
    """With page numbers of three digits."""
    shelf = Shelf()
    for number in range(1, 40):
        shelf.put(f"Pli {number}", made.pdf("a", pages=3))
    text = "\n".join(reading.texts(shelf.bind(tmp_path).pdf)[1:4])
    rows = re.findall(r"^\s*(\d+)\s+Pli \d+\s.*?(\d+)–(\d+)\s+[0-9a-f]{12}$", text, re.MULTILINE)
    # cover, two pages of index, the facts: the first exhibit is on page 5
    assert [(int(n), int(first), int(last)) for n, first, last in rows] == [
        (n, 3 * n + 2, 3 * n + 4) for n in range(1, 40)
    ]
