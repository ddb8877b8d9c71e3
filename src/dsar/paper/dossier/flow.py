"""What is laid out in words: mails, texts, slips and the notes of the parts become layers, like pages from outside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.paper.dossier.collective import is_large
from dsar.paper.dossier.content import shown_data
from dsar.paper.dossier.marks import take_marks
from dsar.paper.dossier.pieces import Piece, flat
from dsar.paper.dossier.place import Layer, Link
from dsar.paper.dossier.sheet import lengths
from dsar.paper.typeset_apart import compile_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.store import Store

# What is laid out at a time: the layout of a page takes half a megabyte of memory until its document is done.
_MOST_PIECES = 60
_MOST_TEXT = 300_000


@dataclass(slots=True)
class _Batch:
    """Pieces that are laid out in one document."""

    data: list[dict[str, object]] = field(default_factory=list)
    text: int = 0


def flow(dossier: Dossier, pieces: tuple[Piece, ...], store: Store) -> dict[str, Layer]:
    """The layer of each piece that is shown in words, by its number.

    Raises:
        TypesettingError: the text cannot be laid out.
    """
    found: dict[str, Layer] = {}
    for batch in _batches(dossier, flat(pieces)):
        found |= lay_out_flow(dossier, batch, store)
    return found


def _batches(dossier: Dossier, pieces: Sequence[Piece]) -> Iterator[list[dict[str, object]]]:
    batch = _Batch()
    for piece in pieces:
        if isinstance(piece.content, Layer):
            continue
        data = shown_data(dossier, piece, piece.content)
        length = len(str(data))
        if batch.data and (len(batch.data) >= _MOST_PIECES or batch.text + length > _MOST_TEXT):
            yield batch.data
            batch = _Batch()
        batch.data.append(data)
        batch.text += length
    if batch.data:
        yield batch.data


def lay_out_flow(dossier: Dossier, items: list[dict[str, object]], store: Store) -> dict[str, Layer]:
    """The layers of `items` as `flow.typ` prints them, by their number.

    Raises:
        TypesettingError: the text cannot be laid out.
    """
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    data = {
        "lang": dossier.lang.partition("-")[0].lower(),
        "words": dict(dossier.words),
        "frame": lengths(dossier.banner),
        "items": items,
    }
    made = compile_apart("flow.typ", data, on=dossier.on, tagged=False, apart=is_large(dossier))
    path = store.place()
    with pikepdf.open(BytesIO(made)) as pdf:
        marks = take_marks(pdf)
        _bare(pdf)
        pdf.save(path, static_id=True)
        ends = [*marks.pages.values(), len(pdf.pages)][1:]
        layers = {
            number: Layer(path=path, first=first, flipped=(False,) * (end - first), of=len(pdf.pages))
            for (number, first), end in zip(marks.pages.items(), ends, strict=True)
        }
    for page, rect, to in marks.links:
        number = next(name for name, layer in layers.items() if layer.first <= page < layer.first + len(layer.flipped))
        layer = layers[number]
        link = Link(page=page - layer.first, rect=rect, to=to)
        layers[number] = replace(layer, links=(*layer.links, link))
    return layers


def _bare(pdf: pikepdf.Pdf) -> None:
    """Leave nothing but the pages: no links of their own, no description."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[key]
