"""From dossier and plan to the plain data that the templates lay out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from dsar.core.dossier import Annex, Block, Dossier, Frozen, Paragraph, Section, Table
from dsar.core.letter import Letter
from dsar.paper.dossier.blocks import block_data
from dsar.paper.dossier.content import HASH_SHOWN
from dsar.paper.dossier.pieces import ANNEX, Slip
from dsar.paper.dossier.place import Layer
from dsar.paper.dossier.sheet import lengths
from dsar.paper.dossier.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.plan import Bound, Part, Plan

# What fits beside the stamp, and beside the page number, on one line.
_CAPTION = 80


def check(dossier: Dossier) -> None:
    """Refuse a dossier that contradicts itself.

    Raises:
        ValueError: a block points to an exhibit that the dossier does not have, or two exhibits share a number.
    """
    numbers = [exhibit.number for exhibit in dossier.exhibits]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two exhibits share a number")
    known = set(numbers)
    parts: tuple[Section | Annex, ...] = (*dossier.sections, *dossier.annexes)
    for part in parts:
        for block in part.blocks:
            if unknown := set(_named_in(block)) - known:
                raise ValueError(f"“{part.title}” names exhibits that are not there: {sorted(unknown)}")


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


def letters(dossier: Dossier) -> Iterator[Letter | Frozen]:
    """The letters in the sections, in their order."""
    for section in dossier.sections:
        for block in section.blocks:
            if isinstance(block, (Letter, Frozen)):
                yield block


def front_data(dossier: Dossier, planned: Plan, layers: Sequence[Layer]) -> dict[str, object]:
    """What `dossier.typ` prints; `layers` are the pages of the letters in its sections, in their order."""
    shown = iter(enumerate(layers))
    return {
        **_common(dossier, planned),
        "total": planned.label(planned.front) if planned.roman else planned.last,
        "roman": planned.roman,
        "author": dossier.author,
        "year": dossier.on.year,
        "month": dossier.on.month,
        "day": dossier.on.day,
        "cover": _cover(dossier),
        "parts": part_rows(dossier, planned, here=1) if len(planned.parts) > 1 else [],
        "index": [_index_row(dossier, planned, part, bound.piece) for part in planned.parts for bound in part.pieces],
        "sections": [
            {**_section(section, shown), "number": number, "begins": True}
            for number, section in enumerate(dossier.sections)
        ],
        "show": ["cover", "parts", "index", "sections"],
        "begins": True,
        "first": 1,
    }


def note_data(dossier: Dossier, planned: Plan, part: Part) -> dict[str, object]:
    """The note at the head of a part, as `flow.typ` prints it."""
    return {
        "number": f"part/{part.number}",
        "kind": "part",
        "name": part_name(dossier, planned, part),
        "title": f"{one_line(dossier.title)} · {dossier.ref}",
        "rows": part_rows(dossier, planned, here=part.number),
    }


def part_name(dossier: Dossier, planned: Plan, part: Part) -> str:
    """`Part 2 of 3`."""
    return dossier.word("part").format(n=part.number, total=len(planned.parts))


def part_rows(dossier: Dossier, planned: Plan, *, here: int) -> list[dict[str, object]]:
    """All parts, each with its exhibits and pages."""
    return [
        {
            "name": part_name(dossier, planned, part),
            "exhibits": exhibits_words(part),
            "pages": planned.words(part.span),
            "here": part.number == here,
        }
        for part in planned.parts
    ]


def exhibits_words(part: Part) -> str:
    """The exhibits in a part as printed: `4`, `4–9`, or nothing."""
    whole = [bound.piece.number for bound in part.pieces if not (bound.piece.is_part or bound.piece.is_annex)]
    return "–".join(dict.fromkeys((whole[0], whole[-1]))) if whole else "–"


def shells(dossier: Dossier, planned: Plan, pages: Sequence[tuple[int, Bound | None, bool]]) -> dict[str, object]:
    """The pages below what is shown, as `shell.typ` prints them: number, piece (None: a note), whether wider."""
    return {
        **_common(dossier, planned),
        "pages": [
            {
                "page": planned.label(page),
                "flipped": flipped,
                "number": bound.piece.number if bound is not None else "",
                "caption": _caption(dossier, bound.piece) if bound is not None else "",
            }
            for page, bound, flipped in pages
        ],
    }


def _common(dossier: Dossier, planned: Plan) -> dict[str, object]:
    return {
        "lang": dossier.lang.partition("-")[0].lower(),
        "title": one_line(dossier.title, _CAPTION),
        "ref": dossier.ref,
        "banner": dossier.banner,
        "words": dict(dossier.words),
        "total": planned.last,
        "frame": lengths(dossier.banner),
    }


def _caption(dossier: Dossier, piece: Piece) -> str:
    title = one_line(piece.title, _CAPTION)
    dated = title if piece.is_part or piece.is_annex else f"{title} · {day(dossier, piece)}"
    return f"{dated} · {dossier.word('redacted')}" if piece.redacted else dated


def _cover(dossier: Dossier) -> dict[str, object]:
    return {
        "heading": dossier.cover.heading,
        "subheading": dossier.cover.subheading,
        "lines": [list(line) for line in dossier.cover.lines],
        "summary": list(dossier.cover.summary),
        "summary_heading": dossier.cover.summary_heading,
    }


def _index_row(dossier: Dossier, planned: Plan, part: Part, piece: Piece) -> dict[str, object]:
    return {
        "key": piece.number,
        "number": "" if piece.is_annex else piece.number,
        "title": piece_name(dossier, piece) if piece.is_annex else one_line(piece.title),
        "date": "" if piece.is_part or piece.is_annex else day(dossier, piece),
        "parties": "" if piece.is_part else piece.exhibit.parties,
        "pages": planned.words(planned.spans[piece.number]),
        "part": str(part.number),
        "hash": "" if piece.exhibit.veiled else piece.sha256[:HASH_SHOWN],
        "form": form(piece),
        "sub": piece.is_part,
        "annex": piece.is_annex,
    }


def form(piece: Piece) -> Literal["original", "copy", ""]:
    """Whether the file is the very document, byte for byte, or a picture of one; nothing for what stays out (B3).

    A mail, a text or a PDF with text of its own is an original. A scan, what another program made pages of, and what
    was blacked out or masked is a copy.
    """
    match piece.content:
        case _ if piece.is_annex:
            return ""
        case _ if piece.redacted or piece.exhibit.veiled:
            return "copy"
        case Slip():
            return "" if piece.sealed else "original"
        case Layer(pictured=True):
            return "copy"
        case _:
            return "original"


def piece_name(dossier: Dossier, piece: Piece) -> str:
    """`Exhibit 3 · Title`, as bookmarks and documents call a piece; `Annex 12 · Title`."""
    word, number = ("annex", piece.number.removeprefix(ANNEX)) if piece.is_annex else ("exhibit", piece.number)
    return f"{dossier.word(word).format(n=number)} · {one_line(piece.title)}"


def day(dossier: Dossier, piece: Piece) -> str:
    """The date of a piece in the words of its language."""
    return dict(dossier.days)[piece.exhibit.on.isoformat()]


def _section(section: Section, shown: Iterator[tuple[int, Layer]]) -> dict[str, object]:
    return {
        "title": section.title,
        "wide": section.wide,
        "blocks": [_block(block, shown) for block in section.blocks],
    }


def _block(block: Block, shown: Iterator[tuple[int, Layer]]) -> dict[str, object]:
    match block:
        case Paragraph() | Table():
            return block_data(block)
        case Letter() | Frozen():
            number, layer = next(shown)
            return {"kind": "letter", "letter": number, "sheets": list(layer.flipped)}
        case _:
            assert_never(block)
