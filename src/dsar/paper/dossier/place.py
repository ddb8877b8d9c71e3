"""Foreign pages into their frames, and the marks of the template out of the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsar.paper.dossier.foreign import shown_size

if TYPE_CHECKING:
    import pikepdf

# Left, bottom, right, top, in points.
Corners = tuple[float, float, float, float]

_SCHEME = "dsar:"
# A hair-line around a foreign page, so that a reader sees where the page ends and the dossier begins.
_EDGE = "q 0.45 w 0.72 G {x:.3f} {y:.3f} {w:.3f} {h:.3f} re S Q\n"
# The name of the page's picture in its resources; fixed, so that the same dossier gives the same bytes.
_NAME = "/DsarSheet"


@dataclass(slots=True)
class Marks:
    """Where things begin: `pages` from the name of a mark (`piece/3.1`, `section/0`) to the index of its page."""

    pages: dict[str, int] = field(default_factory=dict)
    frames: dict[int, tuple[int, Corners]] = field(default_factory=dict)


def take_marks(pdf: pikepdf.Pdf) -> Marks:
    """Read the template's marks and remove them; what is left are links inside the document."""
    marks = Marks()
    for index, page in enumerate(pdf.pages):
        kept = []
        for note in page.obj.get("/Annots", []):
            name = _mark(note)
            if name is None:
                kept.append(note)
            elif name.startswith("frame/"):
                left, bottom, right, top = (float(side) for side in note.Rect)
                marks.frames[int(name.removeprefix("frame/"))] = (index, (left, bottom, right, top))
            else:
                marks.pages[name] = index
        if "/Annots" in page.obj:
            page.obj.Annots = pdf.make_indirect(_array(kept))
    return marks


def _array(items: list[pikepdf.Object]) -> pikepdf.Array:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return pikepdf.Array(items)


def _mark(note: pikepdf.Object) -> str | None:
    """The name of the mark, or None for a link that is meant to stay. Data never makes a link, so none can pose."""
    address = str(note.A.get("/URI", "")) if "/A" in note else ""
    return address.removeprefix(_SCHEME) if address.startswith(_SCHEME) else None


def fill(pdf: pikepdf.Pdf, marks: Marks, sheets: tuple[tuple[pikepdf.Pdf, int], ...]) -> None:
    """Draw each sheet into its frame: upright, whole, never enlarged, with a hair-line around it.

    A form XObject carries what a page shows and nothing it does: no scripts, no links, no attached files.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    for number, (source, position) in enumerate(sheets):
        sheet = source.pages[position]
        index, corners = marks.frames[number]
        page = pdf.pages[index]
        form = pdf.copy_foreign(sheet.as_form_xobject())
        name = pikepdf.Name(_NAME)
        placed = _placement(page, form, name, corners)
        page.add_resource(form, pikepdf.Name.XObject, name)
        page.contents_add(placed + b"\n" + _edge(sheet, corners), prepend=False)


def _placement(page: pikepdf.Page, form: pikepdf.Object, name: pikepdf.Name, corners: Corners) -> bytes:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return page.calc_form_xobject_placement(
        form, name, pikepdf.Rectangle(*corners), invert_transformations=True, allow_shrink=True, allow_expand=False
    )


def _edge(sheet: pikepdf.Page, corners: Corners) -> bytes:
    """The outline of the sheet as it lies in the frame: centred, at most its own size."""
    shown_width, shown_height = shown_size(sheet)
    left, bottom, right, top = corners
    scale = min((right - left) / shown_width, (top - bottom) / shown_height, 1.0)
    width, height = shown_width * scale, shown_height * scale
    x, y = (left + right - width) / 2, (bottom + top - height) / 2
    return _EDGE.format(x=x, y=y, w=width, h=height).encode()


def carry_layers(pdf: pikepdf.Pdf, sources: list[pikepdf.Pdf]) -> None:
    """Layers that a source hides stay hidden: without its list of layers a viewer would show them all."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    groups, hidden = pikepdf.Array(), pikepdf.Array()
    for source in sources:
        if "/OCProperties" in source.Root:
            layers = source.Root.OCProperties
            _copy_groups(pdf, layers.get("/OCGs"), groups)
            _copy_groups(pdf, layers.D.get("/OFF") if "/D" in layers else None, hidden)
    if len(groups):
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=groups, D=pikepdf.Dictionary(OFF=hidden))


def _copy_groups(pdf: pikepdf.Pdf, listed: pikepdf.Object | None, into: pikepdf.Array) -> None:
    for group in listed or ():
        # A layer is known by its object number, so a direct one could not be meant by any page (ISO 32000-1, 8.11.4.2).
        if group.is_indirect:
            into.append(pdf.copy_foreign(group))


def drop_promises(pdf: pikepdf.Pdf) -> None:
    """Take back what typst promised for its own pages and no longer holds: PDF/A, and tags for every page."""
    for key in ("/StructTreeRoot", "/MarkInfo", "/OutputIntents"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                del note["/StructParent"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("pdfaid:part", "pdfaid:conformance"):
            if key in metadata:
                del metadata[key]
