"""Pages from outside onto pages of the dossier: upright, whole, inside their frame, as pictures that do nothing.

What is made here is a layer: pages as large as those of the dossier, with nothing but the page from outside in its
frame. The binder lays it over the dossier's own page, which has the stamp and the number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dsar.paper.dossier.foreign import shown_size
from dsar.paper.dossier.sheet import Corners, frame, paper

if TYPE_CHECKING:
    from pathlib import Path

    import pikepdf

    from dsar.paper.dossier.foreign import Sheets

# A hair-line around a foreign page, so that a reader sees where the page ends and the dossier begins.
_EDGE = "q 0.45 w 0.72 G {x:.3f} {y:.3f} {w:.3f} {h:.3f} re S Q\n"
# The name of the page's picture in its resources; fixed, so that the same dossier gives the same bytes.
_NAME = "/DsarSheet"
# A private name in the layers that a source hides; it outlives the binding, which finds them by it (`hide_layers`).
HIDDEN = "/DsarHidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link from page `page` of a layer (from 0) to the first page of piece `to`, or to `index`."""

    page: int
    rect: Corners
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Pages to lay over those of the dossier: `len(flipped)` of them in `path`, from page `first` (from 0) on.

    `flipped`: for each, whether it is wider than high; `layered`: it has layers of its own, some perhaps hidden;
    `pictured`: its pages are scans, or were made of a file that has none; `of`: how many pages the file has, where
    others share it.
    """

    path: Path
    flipped: tuple[bool, ...]
    first: int = 0
    searchable: bool = True
    layered: bool = False
    pictured: bool = False
    links: tuple[Link, ...] = field(default=())
    of: int = 0

    @property
    def size(self) -> int:
        """Its bytes, or its share of those of the file."""
        whole = self.path.stat().st_size
        return whole * len(self.flipped) // self.of if self.of else whole


def place(sheets: Sheets, into: Path, *, banner: str, bare: bool = False) -> Layer:
    """Draw each sheet into its frame, never enlarged, with a hair-line around it; write them to `into` and close them.

    A form XObject carries what a page shows and nothing it does: no scripts, no links, no attached files. The streams
    go from file to file, however large they are. `bare` sheets are pages of our own and fill the whole page.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    with sheets.pdf as pdf:
        layered = _mark_hidden(pdf)
        pages = [
            _page(pdf, sheet, flipped=flipped, banner=banner, bare=bare)
            for sheet, flipped in zip(list(pdf.pages), sheets.flipped, strict=True)
        ]
        del pdf.pages[:]
        for page in pages:
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
            del pdf.Root[key]
        for key in set(pdf.trailer.keys()) - {"/Root", "/Size", "/Encrypt"}:
            del pdf.trailer[key]
        pdf.save(into, static_id=True)
    return Layer(path=into, flipped=sheets.flipped, searchable=sheets.searchable, layered=layered)


def _page(pdf: pikepdf.Pdf, sheet: pikepdf.Page, *, flipped: bool, banner: str, bare: bool) -> pikepdf.Dictionary:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    form = pdf.make_indirect(sheet.as_form_xobject())
    width, height = paper(flipped=flipped)
    corners = (0.0, 0.0, width, height) if bare else frame(flipped=flipped, banner=banner)
    name = pikepdf.Name(_NAME)
    box = pikepdf.Array([0, 0, Decimal(str(width)), Decimal(str(height))])
    made = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box)
    placed = pikepdf.Page(made).calc_form_xobject_placement(
        form, name, pikepdf.Rectangle(*corners), invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    made.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(DsarSheet=form))
    made.Contents = pdf.make_stream(
        _clip(width, frame(flipped=flipped, banner=banner)) + placed + b"\nQ"
        if bare
        else placed + b"\n" + _edge(sheet, corners)
    )
    return made


def _clip(width: float, corners: Corners) -> bytes:
    """Draw no further than to the bands above and below: a picture of a whole page would cover stamp and number."""
    _, bottom, _, top = corners
    return f"q 0 {bottom:.3f} {width:.3f} {top - bottom:.3f} re W n\n".encode()


def _edge(sheet: pikepdf.Page, corners: Corners) -> bytes:
    """The outline of the sheet as it lies in the frame: centred, at most its own size."""
    shown_width, shown_height = shown_size(sheet)
    left, bottom, right, top = corners
    scale = min((right - left) / shown_width, (top - bottom) / shown_height, 1.0)
    width, height = shown_width * scale, shown_height * scale
    x, y = (left + right - width) / 2, (bottom + top - height) / 2
    return _EDGE.format(x=x, y=y, w=width, h=height).encode()


def _mark_hidden(pdf: pikepdf.Pdf) -> bool:
    """Mark the layers that a source hides; whether it has any. Without its list a viewer would show them all.

    A layer is known by its object number, so a direct one could not be meant by any page (ISO 32000-1, 8.11.4.2).
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return False
    for group in (layers.D.get("/OFF") if "/D" in layers else None) or ():
        if isinstance(group, pikepdf.Dictionary) and group.is_indirect:
            group[HIDDEN] = True
    return True


def hide_layers(pdf: pikepdf.Pdf) -> None:
    """List the layers of a bound document, with those hidden that their sources hide."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    found = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/OCG"]
    hidden = [group for group in found if HIDDEN in group]
    for group in hidden:
        del group[HIDDEN]
    if found:
        off = pikepdf.Dictionary(OFF=pikepdf.Array(hidden))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(found), D=off)
