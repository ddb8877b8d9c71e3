"""Bookmarks and page labels: what a viewer shows beside the pages says the same as what is printed on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.paper.dossier.text import one_line

if TYPE_CHECKING:
    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.place import Marks


def add_outline(pdf: pikepdf.Pdf, dossier: Dossier, pieces: tuple[Piece, ...], marks: Marks) -> None:
    """Bookmarks: cover, index, sections, then the exhibits with their attachments, each with its page; all open."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]

    def item(title: str, mark: str) -> pikepdf.OutlineItem:
        index = marks.pages[mark]
        top = float(pdf.pages[index].mediabox[3])
        return pikepdf.OutlineItem(f"{one_line(title)} · {index + 1}", index, "XYZ", left=0, top=top)

    with pdf.open_outline() as outline:
        outline.root.append(item(dossier.cover.heading, "cover"))
        outline.root.append(item(dossier.word("index"), "index"))
        for number, section in enumerate(dossier.sections):
            outline.root.append(item(section.title, f"section/{number}"))
        if pieces:
            bundle = item(dossier.word("exhibits"), f"piece/{pieces[0].number}")
            outline.root.append(bundle)
            for piece in pieces:
                entry = item(_title(dossier, piece), f"piece/{piece.number}")
                entry.children.extend(item(_title(dossier, part), f"piece/{part.number}") for part in piece.parts)
                bundle.children.append(entry)


def _title(dossier: Dossier, piece: Piece) -> str:
    return f"{dossier.word('exhibit').format(n=piece.number)} · {piece.title}"


def label_pages(pdf: pikepdf.Pdf, first: int) -> None:
    """Page labels in arabic numerals from `first`: the number that is printed on the page."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    style = pikepdf.Dictionary(S=pikepdf.Name.D, St=first)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, style]))


def open_with_bookmarks(pdf: pikepdf.Pdf) -> None:
    """A viewer opens the file with the bookmarks beside the page and the title, not the file name, above it."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
