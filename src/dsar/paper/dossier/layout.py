"""From dossier and pieces to the plain data that the template lays out, and the list of pages to fill in afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from dsar.core.dossier import Block, Dossier, Frozen, Paragraph, Section, Table
from dsar.core.letter import Letter
from dsar.paper.dossier.content import HASH_SHOWN, mail_data, slip_data
from dsar.paper.dossier.foreign import Sheets, shown_size
from dsar.paper.dossier.pieces import Mail, Piece, Plain, Slip, flat
from dsar.paper.dossier.text import one_line

if TYPE_CHECKING:
    import pikepdf

# What fits beside the stamp, and beside the page number, on one line.
_CAPTION = 80

LetterPdf = Callable[[Letter | Frozen], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`data` is JSON for `dossier.typ`; frame number n of it is to be filled with `sheets[n]`.

    A sheet is a document and the index of a page: a page alone would not keep its document open.
    """

    data: dict[str, object]
    sheets: tuple[tuple[pikepdf.Pdf, int], ...]


@dataclass(slots=True)
class _Frames:
    """Numbers the foreign pages in the order in which they are asked for."""

    sheets: list[tuple[pikepdf.Pdf, int]]

    def add(self, pdf: pikepdf.Pdf, flipped: tuple[bool, ...]) -> list[dict[str, object]]:
        first = len(self.sheets)
        self.sheets.extend((pdf, index) for index in range(len(pdf.pages)))
        return [{"frame": first + offset, "flipped": flip} for offset, flip in enumerate(flipped)]


def lay_out(dossier: Dossier, pieces: tuple[Piece, ...], letter_pdf: LetterPdf) -> Layout:
    """Everything the template prints, in the order of its pages.

    Raises:
        ValueError: a block points to an exhibit that the dossier does not have, or two exhibits share a number.
    """
    _check_numbers(dossier)
    frames = _Frames(sheets=[])
    data: dict[str, object] = {
        "lang": dossier.lang.partition("-")[0].lower(),
        "title": one_line(dossier.title, _CAPTION),
        "ref": dossier.ref,
        "author": dossier.author,
        "banner": dossier.banner,
        "year": dossier.on.year,
        "month": dossier.on.month,
        "day": dossier.on.day,
        "words": dict(dossier.words),
        "cover": _cover(dossier),
        "index": [_index_row(dossier, piece) for piece in flat(pieces)],
        "sections": [_section(dossier, section, frames, letter_pdf) for section in dossier.sections],
        "pieces": [_piece(dossier, piece, frames) for piece in flat(pieces)],
    }
    return Layout(data=data, sheets=tuple(frames.sheets))


def _check_numbers(dossier: Dossier) -> None:
    numbers = [exhibit.number for exhibit in dossier.exhibits]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two exhibits share a number")
    for section in dossier.sections:
        for block in section.blocks:
            if unknown := set(_named_in(block)) - set(numbers):
                raise ValueError(f"section {section.id} names exhibits that are not there: {sorted(unknown)}")


def _named_in(block: Block) -> tuple[int, ...]:
    match block:
        case Paragraph():
            return block.exhibits
        case Table():
            return tuple(number for row in block.rows for number in row.exhibits)
        case Letter() | Frozen():
            return ()
        case _:
            assert_never(block)


def _cover(dossier: Dossier) -> dict[str, object]:
    return {
        "heading": dossier.cover.heading,
        "subheading": dossier.cover.subheading,
        "lines": [list(line) for line in dossier.cover.lines],
        "summary": list(dossier.cover.summary),
        "summary_heading": dossier.cover.summary_heading,
    }


def _index_row(dossier: Dossier, piece: Piece) -> dict[str, object]:
    return {
        "number": piece.number,
        "title": one_line(piece.title),
        "date": "" if piece.is_part else day(dossier, piece),
        "parties": "" if piece.is_part else piece.exhibit.parties,
        "hash": piece.sha256[:HASH_SHOWN],
        "part": piece.is_part,
    }


def day(dossier: Dossier, piece: Piece) -> str:
    """The date of a piece in the words of its language."""
    return dict(dossier.days)[piece.exhibit.on.isoformat()]


def _section(dossier: Dossier, section: Section, frames: _Frames, letter_pdf: LetterPdf) -> dict[str, object]:
    blocks = [_block(dossier, block, frames, letter_pdf) for block in section.blocks]
    return {"title": section.title, "blocks": blocks}


def _block(dossier: Dossier, block: Block, frames: _Frames, letter_pdf: LetterPdf) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "exhibits": list(block.exhibits), "strong": block.strong}
        case Table():
            rows = [{"cells": list(row.cells), "exhibits": list(row.exhibits)} for row in block.rows]
            return {"kind": "table", "heads": list(block.heads), "widths": list(block.widths), "rows": rows}
        case Letter() | Frozen():
            return {"kind": "letter", "sheets": _letter(dossier, block, frames, letter_pdf)}
        case _:
            assert_never(block)


def _letter(
    dossier: Dossier, letter: Letter | Frozen, frames: _Frames, letter_pdf: LetterPdf
) -> list[dict[str, object]]:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    # The dossier prints its banner on every page: the letter's own would stand there twice. A frozen one stays.
    plain = replace(letter, banner="") if dossier.banner and isinstance(letter, Letter) else letter
    pdf = pikepdf.open(BytesIO(letter_pdf(plain)))
    sizes = [shown_size(page) for page in pdf.pages]
    return frames.add(pdf, tuple(width > height for width, height in sizes))


def _piece(dossier: Dossier, piece: Piece, frames: _Frames) -> dict[str, object]:
    title = one_line(piece.title, _CAPTION)
    caption = title if piece.is_part else f"{title} · {day(dossier, piece)}"
    about = {"number": piece.number, "caption": caption}
    content = piece.content
    match content:
        case Sheets():
            return {**about, "kind": "sheets", "sheets": frames.add(content.pdf, content.flipped)}
        case Mail():
            return {**about, "kind": "mail", **mail_data(content)}
        case Plain():
            return {**about, "kind": "plain", "text": content.text}
        case Slip():
            return {**about, "kind": "slip", **slip_data(dossier, piece, content)}
        case _:
            assert_never(content)
