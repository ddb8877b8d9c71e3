from __future__ import annotations

from pathlib import Path

from dsar.lawbook.load import law
from dsar.lawbook.page import page

DOCS = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_page_in_the_docs_is_the_law_book_of_today() -> None:
    """Rewrite it with `dsar law page > docs/law.md`."""
    assert DOCS.read_text(encoding="utf-8") == page()


def test_it_names_every_record_and_marks_the_unchecked_ones() -> None:
    lines = page().splitlines()
    book = law()
    for records in (book.terms, book.breaches, book.precedents):
        for name, record in records.items():
            row = next(line for line in lines if line.startswith(f"| {name} |"))
            assert ("(unchecked)" in row) is not record.checked
