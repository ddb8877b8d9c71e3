"""Foreign PDFs: opened, made harmless, and measured; or refused with the reason as a word of the dossier."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from dsar.paper.dossier.finer import reduce
from dsar.paper.dossier.weight import is_bounded, is_drawn_in_good_time

if TYPE_CHECKING:
    from io import IOBase
    from pathlib import Path
    from typing import Any

    import pikepdf

Reason = Literal["unreadable", "encrypted", "empty", "unsupported", "too_large", "withheld", "masked"]
"""Why nothing can be shown: each is a word of the dossier."""

# ISO 32000-1, annex C, caps a side at 14,400 points; a side of less than a point shows nothing.
_LONGEST_SIDE = 14_400.0
_LOWEST_SIDE = 1.0
# More pages than that are data, not correspondence: the covering letter belongs in the dossier, the rest beside it.
_MOST_PAGES = 2_000
# What one stream unpacks to while a file is read: its objects, in a thousand pages of text, have ten million bytes.
_MOST_UNPACKED = 128 << 20
# Drawing notes into a page takes the square of their number: a thousand take 0.2 s, ten thousand 36 s.
_MOST_NOTES = 1_000
_MOST_NOTES_IN_ALL = 20_000
# What a stream may carry beside its picture: files, scripts of other programs, links to other files (ISO 32000-2).
_CARRIED = ("/AF", "/PieceInfo", "/OPI", "/Ref", "/Alternates", "/Metadata", "/StructParent", "/StructParents")
_ACTS = ("/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Pages that can be shown as they are. `flipped`: for each, whether it is wider than high as a reader sees it.

    `too_fine`: how many pictures have more than 300 dots an inch and could not be brought down. `mended`: the file is
    damaged, and these are the pages that could be read.
    """

    pdf: pikepdf.Pdf
    flipped: tuple[bool, ...]
    searchable: bool = True
    too_fine: int = 0
    mended: bool = False


def open_pdf(source: Path | IOBase) -> Sheets | Reason:
    """The pages of a PDF, without anything that acts, as a reader on a screen sees them (filled-in forms included).

    The file stays as it is, and its streams stay in it until they are written elsewhere. A form made of XFA shows a
    placeholder and not its content on an ordinary viewer, so it counts as unsupported.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    # Where a file keeps its objects packed, they are unpacked before anybody can ask how large they are.
    before = pikepdf.settings.set_qpdf_limits(flate_max_memory=_MOST_UNPACKED, run_length_max_memory=_MOST_UNPACKED)
    try:
        # read as needed: a file that is mapped into memory would count as memory, page by page
        pdf = pikepdf.open(cast("Path", source), access_mode=pikepdf.AccessMode.stream)
        mended = is_mended(pdf)
        if not len(pdf.pages):
            return "empty"
        if len(pdf.pages) > _MOST_PAGES or _is_xfa(pdf) or not is_bounded(pdf) or not _is_annotated_sparsely(pdf):
            return "unsupported"
        _give_contents(pdf)
        _flatten(pdf)
        if not is_drawn_in_good_time(pdf):
            return "unsupported"
        _disarm(pdf)
        too_fine = reduce(pdf)
        sizes = [shown_size(page) for page in pdf.pages]
        _read_all(pdf)
        searchable = _has_text(pdf)
    except pikepdf.PasswordError:
        return "encrypted"
    except damage():
        return "unreadable"
    finally:
        pikepdf.settings.set_qpdf_limits(**cast("dict[str, Any]", before))
    if not all(_LOWEST_SIDE <= side <= _LONGEST_SIDE for size in sizes for side in size):
        return "unsupported"
    flipped = tuple(width > height for width, height in sizes)
    return Sheets(pdf=pdf, flipped=flipped, searchable=searchable, too_fine=too_fine, mended=mended)


def is_mended(pdf: pikepdf.Pdf) -> bool:
    """Whether a file that was just opened is damaged, and was read as far as that goes.

    What is made of it must be sound: a trailer that was made up may lack its size, and is written without one then.
    """
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = len(pdf.objects) + 1
    return any("damaged" in str(said) for said in pdf.get_warnings())


def damage() -> tuple[type[Exception], ...]:
    """What pikepdf raises for a file that is not sound: a damaged file fails in whatever way its damage leads to."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return (
        pikepdf.PikepdfError,
        pikepdf.PdfError,
        zlib.error,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    )


def shown_size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height in points as a viewer shows the page: cropped, turned, scaled."""
    left, bottom, right, top = (float(side) for side in page.cropbox.as_list())
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    return (height, width) if page.rotation % 180 else (width, height)


def _is_xfa(pdf: pikepdf.Pdf) -> bool:
    return "/AcroForm" in pdf.Root and "/XFA" in pdf.Root.AcroForm


def _is_annotated_sparsely(pdf: pikepdf.Pdf) -> bool:
    """Whether the notes that show anything can be drawn in good time; mere links show nothing, and are dropped."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    left = _MOST_NOTES_IN_ALL
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        shown = [one for one in notes.as_list() if not isinstance(one, pikepdf.Dictionary) or "/AP" in one]
        left -= len(shown)
        if len(shown) > _MOST_NOTES or left < 0:
            return False
    return True


def _give_contents(pdf: pikepdf.Pdf) -> None:
    """An empty page may have no content at all (ISO 32000-1, 7.7.3.3): the back of a scanned sheet is one."""
    for page in pdf.pages:
        if page.obj.get("/Contents") is None:
            page.obj.Contents = pdf.make_stream(b"")


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Draw what annotations and form fields show into the page itself, and drop what else they do."""
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    for page in pdf.pages:
        # A form XObject takes the trim box for its edge, a viewer the crop box: what is outside the trim would be lost.
        for box in ("/TrimBox", "/ArtBox", "/BleedBox"):
            if box in page.obj:
                del page.obj[box]


def _disarm(pdf: pikepdf.Pdf) -> None:
    """Take out what could ride along with the resources of a page."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            _drop(thing, _CARRIED)
            _disarm_value(thing.stream_dict, depth=0)
        else:
            _disarm_value(thing, depth=0)


def _disarm_value(thing: object, *, depth: int) -> None:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    if depth > 8 or not isinstance(thing, pikepdf.Object):  # noqa: PLR2004 - no real resource nests direct values deeper
        return
    if isinstance(thing, pikepdf.Array):
        inner = list(thing.as_list())
    elif isinstance(thing, pikepdf.Dictionary):
        if "/EF" in thing:
            _drop(thing, ("/EF", "/F", "/UF", "/RF"))
        if thing.get("/S") in _ACTS:
            _drop(thing, ("/S", "/JS", "/URI", "/F"))
        inner = [value for _, value in thing.items()]
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _disarm_value(value, depth=depth + 1)


def _drop(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def _read_all(pdf: pikepdf.Pdf) -> None:
    """Decode every page's content once, so that a broken stream is found here and not while the dossier is written."""
    for page in pdf.pages:
        page.contents_coalesce()
        page.obj.Contents.read_bytes()


def _has_text(pdf: pikepdf.Pdf) -> bool:
    """Whether any page names a font, in its own resources or in those of a picture inside it."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    for page in pdf.pages:
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        if _names_a_font(resources):
            return True
        drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        inside = [one for _, one in drawn.items()] if isinstance(drawn, pikepdf.Dictionary) else []
        if any(isinstance(one, pikepdf.Stream) and _names_a_font(one.get("/Resources")) for one in inside):
            return True
    return False


def _names_a_font(resources: object) -> bool:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return isinstance(resources, pikepdf.Dictionary) and "/Font" in resources
