"""The front of the dossier: at once where it is short; piece by piece where many complain, so that memory stays flat.

In pieces, a long table is laid out some hundred rows at a time. The last page of a piece is not full: it is left out,
and the next piece begins with the first row on it, so that the table reads as if it had been laid out at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from dsar.paper.dossier.collective import is_large
from dsar.paper.dossier.layout import front_data
from dsar.paper.dossier.marks import take_marks
from dsar.paper.typeset import compile_pdf
from dsar.paper.typeset_apart import compile_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.place import Layer
    from dsar.paper.dossier.plan import Plan

# Rows that are laid out at a time: they fill some pages, and no table cell in them takes more than a few lines.
_ROWS: Final = 300


@dataclass(slots=True)
class _Binding:
    """What is laid out so far; `pages` of it."""

    dossier: Dossier
    data: dict[str, Any]
    kept: list[tuple[bytes, int]] = field(default_factory=list)
    pages: int = 0

    def laid_out(self, **changes: object) -> bytes:
        """A document that shows only what is said, and goes on with the numbers of the pages."""
        data = {**self.data, "sections": [], "index": [], "show": [], **changes, "first": self.pages + 1}
        return compile_apart("dossier.typ", data, on=self.dossier.on, tagged=False)

    def keep(self, made: bytes, pages: int) -> None:
        """Take the first `pages` of a document."""
        self.kept.append((made, pages))
        self.pages += pages


def lay_out_front(dossier: Dossier, planned: Plan, layers: Sequence[Layer]) -> bytes:
    """The pages in front of the exhibits, with the numbers of the plan in them.

    Raises:
        TypesettingError: a text cannot be laid out.
    """
    data: dict[str, Any] = front_data(dossier, planned, layers)
    if not is_large(dossier):
        return compile_pdf("dossier.typ", data, on=dossier.on, tagged=False)
    binding = _Binding(dossier=dossier, data=data)
    _whole(binding, show=["cover", "parts"])
    _index(binding)
    for number, section in enumerate(data["sections"]):
        _section(binding, {**section, "number": number})
    return _joined(binding.kept)


def _whole(binding: _Binding, **changes: object) -> None:
    made = binding.laid_out(**changes)
    binding.keep(made, _Read(made).count)


def _index(binding: _Binding) -> None:
    rows = binding.data["index"]
    start = 0
    while start < len(rows) or not start:
        made = binding.laid_out(show=["index"], index=rows[start : start + _ROWS], begins=not start)
        keys = [str(row["key"]) for row in rows[start : start + _ROWS]]
        start += _kept(binding, made, keys, last=start + _ROWS >= len(rows))


def _section(binding: _Binding, section: dict[str, Any]) -> None:
    """A section; one with a long table of annexes in pieces."""
    *before, last = section["blocks"] or [None]
    rows = last["rows"] if last is not None and last["kind"] == "table" else []
    if len(rows) <= _ROWS or not all(row["annex"] for row in rows):
        _whole(binding, show=["sections"], sections=[{**section, "begins": True}])
        return
    start = 0
    while start < len(rows):
        some = rows[start : start + _ROWS]
        blocks = [*([] if start else before), {**last, "rows": some}]
        made = binding.laid_out(show=["sections"], sections=[{**section, "blocks": blocks, "begins": not start}])
        keys = [f"A{row['annex']}" for row in some]
        start += _kept(binding, made, keys, last=start + _ROWS >= len(rows))


def _kept(binding: _Binding, made: bytes, keys: Sequence[str], *, last: bool) -> int:
    """Keep the full pages of a piece of a table; how many of its rows are on them."""
    read = _Read(made)
    full = read.count - 1
    shown = [read.on.get(key, 0) < full for key in keys]
    if last or not full or not any(shown):
        binding.keep(made, read.count)
        return len(keys)
    binding.keep(made, full)
    return shown.index(False) if False in shown else len(keys)


class _Read:
    """How many pages a document has, and on which of them the row of each piece stands."""

    def __init__(self, made: bytes) -> None:
        import pikepdf  # noqa: PLC0415 - heavy, loaded on use

        with pikepdf.open(BytesIO(made)) as pdf:
            self.count = len(pdf.pages)
            self.on = {to: page for page, _, to in reversed(take_marks(pdf).links)}


def _joined(kept: Sequence[tuple[bytes, int]]) -> bytes:
    """One document: the first one, which says what it is, with the pages of the others."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    (first, _), *others = kept
    target = BytesIO()
    with pikepdf.open(BytesIO(first)) as pdf:
        for made, pages in others:
            with pikepdf.open(BytesIO(made)) as more:
                _append(pdf, more, pages)
        pdf.save(target, static_id=True)
    return target.getvalue()


def _append(pdf: pikepdf.Pdf, more: pikepdf.Pdf, pages: int) -> None:
    for page in list(more.pages)[:pages]:
        pdf.pages.append(page)
