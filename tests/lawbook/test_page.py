from __future__ import annotations

import tomllib
from pathlib import Path

from dsar.lawbook.load import law
from dsar.lawbook.page import page

DOCS = Path(__file__).parents[2] / "docs" / "law.md"
HOLDINGS = Path(__file__).parents[2] / "letters" / "en" / "_words" / "holdings.toml"


def _page() -> str:
    return page(tomllib.loads(HOLDINGS.read_text(encoding="utf-8")))


def test_the_page_in_the_docs_is_the_law_book_of_today() -> None:
    """Rewrite it with `dsar law page > docs/law.md`."""
    assert DOCS.read_text(encoding="utf-8") == _page()


def test_it_names_every_record_and_marks_the_unchecked_ones() -> None:
    lines = _page().splitlines()
    book = law()
    for records in (book.terms, book.breaches, book.precedents):
        for name, record in records.items():
            row = next(line for line in lines if line.startswith(f"| {name} |"))
            assert ("(unchecked)" in row) is not record.checked
