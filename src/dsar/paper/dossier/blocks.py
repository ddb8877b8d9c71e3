"""The plain data of a paragraph and of a table, as the templates print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsar.core.dossier import Paragraph, Table

if TYPE_CHECKING:
    from dsar.core.dossier import Row


def block_data(block: Paragraph | Table) -> dict[str, object]:
    """What `exhibit.typ` prints of it."""
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "exhibits": list(block.exhibits), "strong": block.strong}
        case Table():
            rows = [_row(row) for row in block.rows]
            return {"kind": "table", "heads": list(block.heads), "widths": list(block.widths), "rows": rows}
        case _:
            assert_never(block)


def _row(row: Row) -> dict[str, object]:
    return {"cells": list(row.cells), "exhibits": list(row.exhibits), "annex": row.annex}
