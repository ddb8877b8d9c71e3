"""Redaction: every page of a piece becomes pixels, and what must not be seen is painted over before they are kept.

All pages of the piece, not only those with an area: pages of a PDF share pictures, fonts and text, and what is only
covered can be uncovered. The pixels under an area are never written anywhere outside the private folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dsar.errors import InputError
from dsar.paper.dossier.foreign import Sheets
from dsar.paper.dossier.pictures import painted_page
from dsar.paper.dossier.pieces import Mail, flat
from dsar.paper.dossier.place import Layer, place
from dsar.paper.mask import Area, gridded, masked
from dsar.paper.raster import drawn, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

    from dsar.core.dossier import Dossier, Redaction
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.store import Store

# A page takes about a megabyte as pixels, and a second to draw.
_MOST_PAGES: Final = 60


class NothingToRedactError(InputError):
    """A redaction of what is not in the dossier."""

    sentence = (
        "There is no page {page} of exhibit {number} in the dossier to redact; `--grid {number}` draws its pages."
    )


@dataclass(frozen=True, slots=True)
class Redactions:
    """The areas to paint over, by the bytes that they lie on: the same file is redacted wherever it stands."""

    areas: dict[str, tuple[Redaction, ...]]

    def of(self, piece: Piece) -> tuple[Redaction, ...]:
        """Those on a piece; none for most."""
        return self.areas.get(piece.sha256, ())

    def seals(self, piece: Piece) -> bool:
        """Whether its untouched bytes hold what was painted over, in themselves or in a file attached to them."""
        inside = piece.content.attached if isinstance(piece.content, Mail) else ()
        return piece.sha256 in self.areas or any(one.sha256 in self.areas for one in inside)


def redactions(dossier: Dossier, pieces: tuple[Piece, ...]) -> Redactions:
    """Which files are to be redacted.

    Raises:
        NothingToRedactError: an exhibit is named that the dossier does not have.
    """
    by_number = {piece.number: piece for piece in flat(pieces)}
    areas: dict[str, tuple[Redaction, ...]] = {}
    for one in dossier.redactions:
        if one.exhibit not in by_number:
            raise NothingToRedactError(page=one.page, number=one.exhibit)
        sha256 = by_number[one.exhibit].sha256
        areas[sha256] = (*areas.get(sha256, ()), one)
    return Redactions(areas)


def painted(source: Path, found: tuple[Redaction, ...], store: Store) -> Sheets:
    """The pages of a PDF as pictures, with the areas painted black.

    Raises:
        NoDocumentError: it cannot be drawn.
        NothingToRedactError: an area lies on a page that it does not have.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    pdf = pikepdf.new()
    flipped: list[bool] = []
    hidden = [_area(one) for one in found]
    for number, page in _pages(source, store):
        bare = masked(page, number, keep=(), hide=hidden)
        if bare is not None:
            flipped.append(painted_page(bare).add_to(pdf))
    for one in found:
        if not 1 <= one.page <= len(flipped):
            raise NothingToRedactError(page=one.page, number=one.exhibit)
    return Sheets(pdf=pdf, flipped=tuple(flipped), searchable=False)


def painted_layer(layer: Layer, found: tuple[Redaction, ...], store: Store, *, banner: str) -> Layer:
    """The same for a piece that was laid out in words.

    Raises:
        NoDocumentError, NothingToRedactError: see `painted`.
    """
    sheets = painted(own_pages(layer, store), found, store)
    made = place(sheets, store.place(), banner=banner, bare=True)
    return replace(made, links=layer.links)


def own_pages(layer: Layer, store: Store) -> Path:
    """The pages of a layer as a file of their own."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    path = store.place()
    with pikepdf.open(layer.path, access_mode=pikepdf.AccessMode.stream) as whole, pikepdf.new() as pdf:
        for index in range(layer.first, layer.first + len(layer.flipped)):
            pdf.pages.append(whole.pages[index])
        pdf.save(path, static_id=True)
    return path


def gridded_pages(source: Path, store: Store) -> Iterator[Image.Image]:
    """Each page of a PDF under the grid that areas are named by.

    Raises:
        NoDocumentError: it cannot be drawn.
    """
    for _, page in _pages(source, store):
        yield gridded(page)


def _pages(source: Path, store: Store) -> Iterator[tuple[int, Image.Image]]:
    """The pages as pixels, from 1, one in memory at a time; their files are gone as soon as they are read."""
    folder = store.place()
    folder.mkdir(mode=0o700)
    for number, path in enumerate(drawn(source, folder, most=_MOST_PAGES), start=1):
        yield number, page_of(path)
        path.unlink()


def _area(one: Redaction) -> Area:
    return Area(page=one.page, left=one.left, top=one.top, width=one.width, height=one.height)
