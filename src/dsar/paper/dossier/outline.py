"""Bookmarks, links and page labels: what a viewer shows beside the pages says the same as what is printed on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from dsar.paper.dossier.layout import part_name, piece_name
from dsar.paper.dossier.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.plan import Plan
    from dsar.paper.dossier.sheet import Corners


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A bookmark: `depth` from 0, the index of its page in the whole dossier, and the number printed there."""

    depth: int
    title: str
    page: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A link: the place on a page, and the page that it leads to, both by index in the whole dossier."""

    page: int
    rect: Corners
    to: int


def entries(dossier: Dossier, planned: Plan, pieces: tuple[Piece, ...], marks: dict[str, int]) -> list[Entry]:
    """Cover, parts, index, sections, then the exhibits with their attachments; `marks` are those of the front."""
    found = [Entry(depth=0, title=dossier.cover.heading, page=marks["cover"])]
    if "parts" in marks:
        found.append(Entry(depth=0, title=dossier.word("parts"), page=marks["parts"]))
    found.append(Entry(depth=0, title=dossier.word("index"), page=marks["index"]))
    found += [
        Entry(depth=0, title=section.title, page=marks[f"section/{number}"])
        for number, section in enumerate(dossier.sections)
    ]
    notes = {
        part.pieces[0].piece.number: Entry(depth=0, title=part_name(dossier, planned, part), page=part.note.first - 1)
        for part in planned.parts
        if part.note is not None and part.pieces
    }
    annexed = False
    for count, piece in enumerate(pieces):
        page = planned.spans[piece.number].first - 1
        if piece.number in notes:
            found.append(notes[piece.number])
        elif not count:
            found.append(Entry(depth=0, title=dossier.word("exhibits"), page=page))
        # what follows an annex belongs to it
        depth = 1 if piece.is_annex or not annexed else 2
        annexed = annexed or piece.is_annex
        found.append(Entry(depth=depth, title=piece_name(dossier, piece), page=page))
        found += [
            Entry(depth=depth + 1, title=piece_name(dossier, part), page=planned.spans[part.number].first - 1)
            for part in piece.parts
        ]
    return [replace(one, label=planned.label(one.page + 1)) for one in found]


def add_outline(pdf: pikepdf.Pdf, found: Sequence[Entry], pages: range) -> None:
    """The bookmarks of those `pages` of the dossier that `pdf` has, each with its printed page; all open."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
    with pdf.open_outline() as outline:
        above = [outline.root]
        for entry in found:
            if entry.page not in pages:
                continue
            index = entry.page - pages.start
            top = float(pdf.pages[index].mediabox[3])
            title = f"{one_line(entry.title)} · {entry.label}"
            item = pikepdf.OutlineItem(title, index, "XYZ", left=0, top=top)
            del above[entry.depth + 1 :]
            above[-1].append(item)
            above.append(item.children)


def add_links(pdf: pikepdf.Pdf, jumps: Sequence[Jump], pages: range) -> None:
    """The links among those `pages` of the dossier that `pdf` has; what leads out of them stays mere words."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    notes: dict[int, list[pikepdf.Object]] = {}
    for jump in jumps:
        if jump.page in pages and jump.to in pages:
            target = pdf.pages[jump.to - pages.start]
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=pikepdf.Array([Decimal(f"{side:.3f}") for side in jump.rect]),
                Border=pikepdf.Array([0, 0, 0]),
                Dest=pikepdf.Array([target.obj, pikepdf.Name.XYZ, 0, target.mediabox[3], None]),
            )
            notes.setdefault(jump.page - pages.start, []).append(pdf.make_indirect(note))
    for index, found in notes.items():
        pdf.pages[index].obj.Annots = pikepdf.Array(found)


def label_pages(pdf: pikepdf.Pdf, pages: range, roman: int) -> None:
    """Page labels: the numbers that are printed on those `pages` of the dossier, whose first `roman` have numerals."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    nums: list[pikepdf.Object | int] = []
    if pages.start < roman:
        nums += [0, pikepdf.Dictionary(S=pikepdf.Name.r, St=pages.start + 1)]
    begin = max(pages.start, roman)
    if begin < pages.stop:
        nums += [begin - pages.start, pikepdf.Dictionary(S=pikepdf.Name.D, St=begin - roman + 1)]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(nums))


def open_with_bookmarks(pdf: pikepdf.Pdf) -> None:
    """A viewer opens the file with the bookmarks beside the page."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    pdf.Root.PageMode = pikepdf.Name.UseOutlines
