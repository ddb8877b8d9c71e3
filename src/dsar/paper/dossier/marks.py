"""The marks of the templates: links to `dsar:` that say where things begin and lead, read and taken out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

    from dsar.paper.dossier.sheet import Corners

_SCHEME = "dsar:"
_LINK = "to/"


@dataclass(slots=True)
class Marks:
    """`pages`: from the name of a mark to the index of its page, in their order; `links`: page, place, where to."""

    pages: dict[str, int] = field(default_factory=dict)
    links: list[tuple[int, Corners, str]] = field(default_factory=list)


def take_marks(pdf: pikepdf.Pdf) -> Marks:
    """Read the template's marks and remove them. Data never makes a link in these templates, so none can pose."""
    marks = Marks()
    for index, page in enumerate(pdf.pages):
        kept = []
        for note in page.obj.get("/Annots", []):
            address = str(note.A.get("/URI", "")) if "/A" in note else ""
            name = address.removeprefix(_SCHEME)
            if not address.startswith(_SCHEME):
                kept.append(note)
            elif name.startswith(_LINK):
                left, bottom, right, top = (float(side) for side in note.Rect)
                marks.links.append((index, (left, bottom, right, top), name.removeprefix(_LINK)))
            else:
                marks.pages.setdefault(name, index)
        if "/Annots" in page.obj:
            page.obj.Annots = pdf.make_indirect(_array(kept))
    return marks


def _array(items: list[pikepdf.Object]) -> pikepdf.Array:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return pikepdf.Array(items)
