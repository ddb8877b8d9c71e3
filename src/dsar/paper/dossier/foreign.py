"""Foreign PDFs: opened, made harmless, and measured; or refused with the reason as a word of the dossier."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from dsar.paper.dossier.finer import reduce

if TYPE_CHECKING:
    from io import IOBase
    from pathlib import Path

    import pikepdf

Reason = Literal["unreadable", "encrypted", "empty", "unsupported", "too_large", "withheld", "masked"]
"""Why nothing can be shown: each is a word of the dossier."""

# ISO 32000-1, annex C, caps a side at 14,400 points; a side of less than a point shows nothing.
_LONGEST_SIDE = 14_400.0
_LOWEST_SIDE = 1.0
# More pages than that are data, not correspondence: the covering letter belongs in the dossier, the rest beside it.
_MOST_PAGES = 2_000
# What one page draws, unpacked: a dense map has ten million bytes. LZW and RunLength unpack to 1,400 times at worst.
_MOST_DRAWING = 64 << 20
_WORST_RATIO = 1_400
_SAME_SIZE = ("None", "/ASCII85Decode", "/ASCIIHexDecode")
# What a stream may carry beside its picture: files, scripts of other programs, links to other files (ISO 32000-2).
_CARRIED = ("/AF", "/PieceInfo", "/OPI", "/Ref", "/Alternates", "/Metadata", "/StructParent", "/StructParents")
_ACTS = ("/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Pages that can be shown as they are. `flipped`: for each, whether it is wider than high as a reader sees it.

    `too_fine`: how many pictures have more than 300 dots an inch and could not be brought down.
    """

    pdf: pikepdf.Pdf
    flipped: tuple[bool, ...]
    searchable: bool = True
    too_fine: int = 0


def open_pdf(source: Path | IOBase) -> Sheets | Reason:
    """The pages of a PDF, without anything that acts, as a reader on a screen sees them (filled-in forms included).

    The file stays as it is, and its streams stay in it until they are written elsewhere. A form made of XFA shows a
    placeholder and not its content on an ordinary viewer, so it counts as unsupported.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    try:
        # read as needed: a file that is mapped into memory would count as memory, page by page
        pdf = pikepdf.open(cast("Path", source), access_mode=pikepdf.AccessMode.stream)
        if not len(pdf.pages):
            return "empty"
        if len(pdf.pages) > _MOST_PAGES or _is_xfa(pdf) or not all(_is_bounded(page) for page in pdf.pages):
            return "unsupported"
        _flatten(pdf)
        _disarm(pdf)
        too_fine = reduce(pdf)
        sizes = [shown_size(page) for page in pdf.pages]
        _read_all(pdf)
    except pikepdf.PasswordError:
        return "encrypted"
    except damage():
        return "unreadable"
    if not all(_LOWEST_SIDE <= side <= _LONGEST_SIDE for size in sizes for side in size):
        return "unsupported"
    flipped = tuple(width > height for width, height in sizes)
    return Sheets(pdf=pdf, flipped=flipped, searchable=_has_text(pdf), too_fine=too_fine)


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


def _is_bounded(page: pikepdf.Page) -> bool:
    """Whether what the page draws unpacks to a size that fits in memory: a few kilobytes can hold gigabytes."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    contents = page.obj.get("/Contents")
    for part in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if not isinstance(part, pikepdf.Stream):
            continue
        coding = part.get("/Filter")
        codings = [str(one) for one in coding] if isinstance(coding, pikepdf.Array) else [str(coding)]
        packed = [one for one in codings if one not in _SAME_SIZE]
        raw = part.read_raw_bytes()
        if packed == ["/FlateDecode"] and codings[0] == "/FlateDecode":
            unpacker = zlib.decompressobj()
            unpacker.decompress(raw, _MOST_DRAWING)
            if unpacker.unconsumed_tail:
                return False
        elif len(packed) > 1 or len(raw) > _MOST_DRAWING // (_WORST_RATIO if packed else 1):
            return False
    return True


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
    for page in pdf.pages:
        if "/Font" in page.resources:
            return True
        drawn = page.resources.get("/XObject", _nothing())
        for name in drawn.keys():  # noqa: SIM118 - iterating over the object itself would give its values
            inner = drawn[name]
            if "/Font" in inner.get("/Resources", _nothing()):
                return True
    return False


def _nothing() -> pikepdf.Dictionary:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    return pikepdf.Dictionary()
