"""From pieces to documents: the whole dossier, its parts, and one file a piece, all with the same page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from dsar.paper.dossier.compose import Body, Laid, add_shells, jumps, write, write_piece
from dsar.paper.dossier.flow import lay_out_flow
from dsar.paper.dossier.front import lay_out_front
from dsar.paper.dossier.layout import note_data, part_name, piece_name
from dsar.paper.dossier.manifest import combined_path
from dsar.paper.dossier.marks import Marks, take_marks
from dsar.paper.dossier.outline import Jump, entries
from dsar.paper.dossier.own import own_files
from dsar.paper.dossier.parts import groups
from dsar.paper.dossier.pieces import ANNEX
from dsar.paper.dossier.plan import Bound, Part, Plan, Span, plan
from dsar.paper.dossier.text import one_line, piece_stem, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.pack import Packer
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.place import Layer
    from dsar.paper.dossier.store import Store

# The layout of the front settles as soon as its number of pages is known: twice at most, but for a hostile title.
_TRIES = 6
# As many rows of one line as fit on a page of the index: only a guess, to lay it out once in most cases.
_INDEX_ROWS = 40
# How much less is put into a part when one was larger than reckoned.
_LESS = 0.9
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What is put together: exhibits with their parts, all bound pieces in a row, the letters in the sections.

    `letters_as_made` are the letters as documents of their own.
    """

    dossier: Dossier
    pieces: tuple[Piece, ...]
    bound: tuple[Bound, ...]
    letters: tuple[Layer, ...]
    letters_as_made: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A piece as its own file; `path` is in the ZIP."""

    piece: Piece
    path: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A part of the dossier as its own file, `name` beside the whole one."""

    part: Part
    name: str
    path: Path

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """What it holds, piece by piece."""
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """All documents of a dossier."""

    planned: Plan
    combined: Path
    cuts: tuple[Cut, ...]
    parts: tuple[PartFile, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Front:
    """The front as it was laid out for a plan, and the notes of the parts."""

    planned: Plan
    pdf: bytes
    notes: dict[int, Layer]


def assemble(assembly: Assembly, store: Store, packer: Packer, max_part: int) -> Made:
    """Lay out, number and write every document.

    Args:
        assembly: what is put together.
        store: where pages are kept until they are in a document.
        packer: where the documents are written.
        max_part: how many bytes a part may have; 0: there are none.

    Raises:
        TypesettingError: the pages cannot be laid out.
    """
    dossier, aim = assembly.dossier, max_part
    front_size = sum(layer.size for layer in assembly.letters)
    for _ in range(_TRIES):
        grouped = groups(assembly.bound, aim, front=front_size) if max_part else [list(assembly.bound)]
        front = _settled(assembly, grouped, store)
        body = _body(assembly, front)
        parts = tuple(_parts(body, front.planned, dossier, store)) if len(grouped) > 1 else ()
        over = [one for one in parts if one.size > max_part and _divisible(one.part)]
        if not over:
            break
        aim = int(aim * _LESS)
    combined = _combined(body, front.planned, dossier, store, packer)
    for one in parts:
        packer.add(f"parts/{one.name}", one.chunks())
    cuts = tuple(_cut(bound, front.planned) for bound in assembly.bound)
    for path, data in own_files(front.pdf, front.planned, dossier, assembly.letters_as_made):
        packer.add(path, (data,))
    for cut, bound in zip(cuts, assembly.bound, strict=True):
        with packer.entry(cut.path, about=bound.layer.size) as into:
            _write_cut(body, cut, bound.layer, dossier, into)
    body.pdf.close()
    return Made(
        planned=front.planned,
        combined=combined,
        cuts=cuts,
        parts=parts,
        warnings=tuple(_warnings(dossier, front.planned, parts, max_part)),
    )


def _divisible(part: Part) -> bool:
    """Whether less could be put into it: the front alone, or a single exhibit, cannot be split."""
    wholes = [one for one in part.pieces if not (one.piece.is_part or one.piece.is_annex)]
    return len(wholes) > (0 if part.note is None else 1)


def _settled(assembly: Assembly, grouped: list[list[Bound]], store: Store) -> _Front:
    """The front and the notes, laid out with numbers that are true of them."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    dossier = assembly.dossier
    letters = sum(len(layer.flipped) for layer in assembly.letters)
    pages, note = 2 + letters + len(dossier.sections) + len(assembly.bound) // _INDEX_ROWS, 1
    for _ in range(_TRIES):
        planned = plan(pages, grouped, note=note, roman=dossier.roman)
        notes = _notes(dossier, planned, store)
        made = lay_out_front(dossier, planned, assembly.letters)
        with pikepdf.open(BytesIO(made)) as pdf:
            count = len(pdf.pages)
        longest = max((len(layer.flipped) for layer in notes.values()), default=note)
        if (count, longest) == (pages, note):
            return _Front(planned=planned, pdf=made, notes=notes)
        pages, note = count, longest
    raise RuntimeError("the front of the dossier does not settle")


def _notes(dossier: Dossier, planned: Plan, store: Store) -> dict[int, Layer]:
    """The notes of the parts, by their number; the first part's stands in the front."""
    items = [note_data(dossier, planned, part) for part in planned.parts if part.note is not None]
    made = lay_out_flow(dossier, items, store) if items else {}
    return {part.number: made[f"part/{part.number}"] for part in planned.parts if part.note is not None}


def _body(assembly: Assembly, front: _Front) -> Body:
    """All pages of our own, with what is laid on them and where their links lead."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    dossier, planned = assembly.dossier, front.planned
    pdf = pikepdf.open(BytesIO(front.pdf))
    marks = take_marks(pdf)
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    laid = (*_letters(assembly, marks), *add_shells(pdf, dossier, planned, front.notes))
    return Body(
        pdf=pdf,
        laid=laid,
        jumps=(*_front_jumps(marks, planned), *jumps(laid, planned)),
        entries=tuple(entries(dossier, planned, assembly.pieces, marks.pages)),
        roman=planned.front if planned.roman else 0,
        seal=sha256(front.pdf + "".join(piece.sha256 for piece in assembly.pieces).encode()).digest(),
    )


def _letters(assembly: Assembly, marks: Marks) -> Iterator[Laid]:
    for number, layer in enumerate(assembly.letters):
        yield Laid(layer=layer, page=marks.pages[f"letter/{number}"])


def _front_jumps(marks: Marks, planned: Plan) -> Iterator[Jump]:
    for page, rect, to in marks.links:
        yield Jump(page=page, rect=rect, to=planned.spans[to].first - 1)


def _combined(body: Body, planned: Plan, dossier: Dossier, store: Store, packer: Packer) -> Path:
    """Everything in one document, in the archive and beside it."""
    beside = store.place()
    size = sum(one.layer.size for one in body.laid)
    with packer.entry(combined_path(dossier), about=size, beside=beside) as into:
        write(body, store, range(planned.total), into, title=_title(dossier), dossier=dossier)
    return beside


def _title(dossier: Dossier) -> str:
    return f"{one_line(dossier.title)} · {dossier.ref}"


def _parts(body: Body, planned: Plan, dossier: Dossier, store: Store) -> Iterator[PartFile]:
    for part in planned.parts:
        title = f"{_title(dossier)} · {part_name(dossier, planned, part)}"
        path = store.place()
        with path.open("wb") as stream:
            write(body, store, part.span.range, stream, title=title, dossier=dossier)
        name = f"dossier-{plain_name(dossier.ref)}-part-{part.number}-of-{len(planned.parts)}.pdf"
        yield PartFile(part=part, name=name, path=path)


def _cut(bound: Bound, planned: Plan) -> Cut:
    piece = bound.piece
    if piece.is_annex:
        path = f"annexes/{piece_stem(piece.number.removeprefix(ANNEX), piece.title)}.pdf"
    else:
        path = f"exhibits/{piece_stem(piece.number, piece.title)}.pdf"
    return Cut(piece=piece, path=path, span=planned.spans[piece.number])


def _write_cut(body: Body, cut: Cut, layer: Layer, dossier: Dossier, into: BinaryIO) -> None:
    """One file a piece: same pages, same stamps, same page numbers."""
    title = f"{piece_name(dossier, cut.piece)} · {dossier.ref}"
    write_piece(body, layer, cut.span.range, into, title=title, dossier=dossier)


def _warnings(dossier: Dossier, planned: Plan, parts: tuple[PartFile, ...], most: int) -> Iterator[str]:
    for one in parts:
        if one.size > most:
            name = part_name(dossier, planned, one.part)
            yield f"{name} has {one.size / 1e6:.1f} MB, more than a part may: what is in it cannot be split"
