"""Putting the pages together: those of our own, small and in memory, under layers that go from file to file."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

from dsar.paper.dossier.collective import is_large
from dsar.paper.dossier.layout import shells
from dsar.paper.dossier.outline import Jump, add_links, add_outline, label_pages, open_with_bookmarks
from dsar.paper.dossier.place import hide_layers
from dsar.paper.typeset_apart import compile_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.outline import Entry
    from dsar.paper.dossier.place import Layer
    from dsar.paper.dossier.plan import Bound, Plan
    from dsar.paper.dossier.store import Store

# Laid out at a time: the memory of a layout is free again when its document is done.
_SHELLS = 120
# Files that are open at a time: a system allows a process about a thousand.
_OPEN = 250
# What the page of the dossier is called in the file of a piece; fixed, for the same bytes.
_SHELL = "/DsarShell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A layer and the index of the page of the dossier that its first page lies on."""

    layer: Layer
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """All pages of the dossier without their layers, and what is laid and leads where; the first `roman` are i, ii."""

    pdf: pikepdf.Pdf
    laid: tuple[Laid, ...]
    jumps: tuple[Jump, ...]
    entries: tuple[Entry, ...]
    seal: bytes
    roman: int = 0


def add_shells(pdf: pikepdf.Pdf, dossier: Dossier, planned: Plan, notes: dict[int, Layer]) -> tuple[Laid, ...]:
    """Append to the front the pages below notes and pieces; return what is to be laid on them.

    Raises:
        TypesettingError: a caption cannot be laid out.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    pages: list[tuple[int, Bound | None, bool]] = []
    laid: list[Laid] = []
    for bound, layer in _in_order(planned, notes):
        first = planned.front + len(pages)
        laid.append(Laid(layer=layer, page=first))
        pages += [(first + 1 + offset, bound, flipped) for offset, flipped in enumerate(layer.flipped)]
    for start in range(0, len(pages), _SHELLS):
        data = shells(dossier, planned, pages[start : start + _SHELLS])
        shell = compile_apart("shell.typ", data, on=dossier.on, tagged=False, apart=is_large(dossier))
        with pikepdf.open(BytesIO(shell)) as made:
            for page in made.pages:
                pdf.pages.append(page)
    return tuple(laid)


def _in_order(planned: Plan, notes: dict[int, Layer]) -> Iterator[tuple[Bound | None, Layer]]:
    for part in planned.parts:
        if part.note is not None:
            yield None, notes[part.number]
        for bound in part.pieces:
            yield bound, bound.layer


def jumps(laid: Sequence[Laid], planned: Plan) -> Iterator[Jump]:
    """The links that stand on layers."""
    for one in laid:
        for link in one.layer.links:
            if link.to in planned.spans:
                yield Jump(page=one.page + link.page, rect=link.rect, to=planned.spans[link.to].first - 1)


def write(  # noqa: PLR0913 - what the document holds, where it goes, and what it says of itself
    body: Body, store: Store, pages: range, into: BinaryIO, *, title: str, dossier: Dossier
) -> None:
    """Those `pages` of the dossier as a document of its own, with their links and bookmarks.

    Labels are those of the dossier, so that a page is found by its number in any of its files.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    base = store.place()
    with pikepdf.new() as pdf:
        for index in pages:
            pdf.pages.append(body.pdf.pages[index])
        add_links(pdf, body.jumps, pages)
        add_outline(pdf, body.entries, pages)
        open_with_bookmarks(pdf)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:creator"] = [dossier.author]
            metadata["dc:language"] = {dossier.lang}
        _describe(pdf, body, pages, title=title, dossier=dossier)
        pdf.save(base, static_id=True)
    found = [Laid(layer=one.layer, page=one.page - pages.start) for one in body.laid if one.page in pages]
    _lay(base, found, store, into)


def write_piece(  # noqa: PLR0913 - as above
    body: Body, layer: Layer, pages: range, into: BinaryIO, *, title: str, dossier: Dossier
) -> None:
    """The pages of one piece as a document of its own: its layer, with the pages of the dossier laid below."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    with pikepdf.open(layer.path, access_mode=pikepdf.AccessMode.stream) as pdf:
        del pdf.pages[layer.first + len(pages) :]
        del pdf.pages[: layer.first]
        name = pikepdf.Name(_SHELL)
        for page, index in zip(pdf.pages, pages, strict=True):
            page.add_resource(pdf.copy_foreign(body.pdf.pages[index].as_form_xobject()), pikepdf.Name.XObject, name)
            page.contents_add(f"q {_SHELL} Do Q".encode(), prepend=True)
        if layer.layered:
            hide_layers(pdf)
        _describe(pdf, body, pages, title=title, dossier=dossier)
        pdf.save(into, static_id=True)


def _describe(pdf: pikepdf.Pdf, body: Body, pages: range, *, title: str, dossier: Dossier) -> None:
    """Labels, title, author and language."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    label_pages(pdf, pages, body.roman)
    pdf.Root.Lang = pikepdf.String(dossier.lang)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = pikepdf.String(title)
    pdf.docinfo["/Author"] = pikepdf.String(dossier.author)
    # of its own content: the same document has the same name, another has another
    name = pikepdf.String(sha256(body.seal + f"{pages}".encode()).digest()[:16])
    pdf.trailer.ID = pikepdf.Array([name, name])


def _lay(path: Path, laid: Sequence[Laid], store: Store, into: BinaryIO) -> None:
    """The document with its layers on it. Nothing is held in memory but one stream at a time."""
    files: dict[Path, list[Laid]] = {}
    for one in laid:
        files.setdefault(one.layer.path, []).append(one)
    overlays = [_overlay(file, ones) for file, ones in files.items()]
    last = max(0, len(overlays) - 1) // _OPEN * _OPEN
    for start in range(0, last, _OPEN):
        nearly = store.place()
        _job(path, overlays[start : start + _OPEN], nearly).run()
        path.unlink()
        path = nearly
    job = cast("Any", _job(path, overlays[last:], store.place()))  # create_pdf has no types
    with job.create_pdf() as pdf:
        if any(one.layer.layered for one in laid):
            hide_layers(pdf)
        pdf.save(into, static_id=True)
    path.unlink()


def _overlay(path: Path, ones: Sequence[Laid]) -> list[str]:
    """What qpdf is told of the layers in one file: it is opened once, and what they share stands once in the result."""
    pages = [(one.layer.first + 1, one.page + 1, len(one.layer.flipped)) for one in ones]
    taken = ",".join(f"{first}-{first + count - 1}" for first, _, count in pages)
    to = ",".join(f"{page}-{page + count - 1}" for _, page, count in pages)
    return ["--overlay", str(path), f"--from={taken}", f"--to={to}", "--"]


def _job(path: Path, overlays: Sequence[Sequence[str]], into: Path) -> pikepdf.Job:
    """What qpdf is to do: `path` with these layers, written to `into`."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    told = [word for overlay in overlays for word in overlay]
    # what is odd in a file that came is said by whoever opened it; qpdf would write to the terminal itself
    return pikepdf.Job(["dsar", str(path), "--no-warn", "--static-id", *told, str(into)])
