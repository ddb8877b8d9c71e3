"""One file a piece, cut from the combined PDF: same pages, same stamps, same page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.paper.dossier.outline import label_pages
from dsar.paper.dossier.text import one_line, piece_stem

if TYPE_CHECKING:
    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.place import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A piece as its own file. `first` is its first page in the combined PDF, counted from 1; `path` is in the ZIP."""

    piece: Piece
    path: str
    first: int
    pages: int
    pdf: bytes


def cut_pieces(pdf: pikepdf.Pdf, dossier: Dossier, pieces: tuple[Piece, ...], marks: Marks) -> tuple[Cut, ...]:
    """The pieces in their order. A piece ends where the next begins: they are the last pages of the combined PDF."""
    starts = [marks.pages[f"piece/{piece.number}"] for piece in pieces]
    ends = [*starts, len(pdf.pages)][1:]
    return tuple(
        Cut(
            piece=piece,
            path=f"exhibits/{piece_stem(piece.number, piece.title)}.pdf",
            first=start + 1,
            pages=end - start,
            pdf=_cut(pdf, dossier, piece, range(start, end)),
        )
        for piece, start, end in zip(pieces, starts, ends, strict=True)
    )


def _cut(pdf: pikepdf.Pdf, dossier: Dossier, piece: Piece, pages: range) -> bytes:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    out = pikepdf.new()
    for index in pages:
        out.pages.append(pdf.pages[index])
        page = out.pages[-1].obj
        # Its links lead to pages that this file does not have, and would pull them in.
        if "/Annots" in page:
            del page["/Annots"]
    label_pages(out, first=pages.start + 1)
    out.Root.Lang = dossier.lang
    out.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if "/OCProperties" in pdf.Root:
        out.Root.OCProperties = out.copy_foreign(pdf.make_indirect(pdf.Root.OCProperties))
    stamp = dossier.word("exhibit").format(n=piece.number)
    out.docinfo["/Title"] = f"{stamp} · {one_line(piece.title)} · {dossier.ref}"
    out.docinfo["/Author"] = dossier.author
    target = BytesIO()
    out.save(target, deterministic_id=True)
    return target.getvalue()
