"""Binding: from a dossier to its files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.core.dossier import Frozen
from dsar.errors import InputError
from dsar.paper.dossier.assemble import Assembly, Made, assemble
from dsar.paper.dossier.collective import with_annexes
from dsar.paper.dossier.flow import flow
from dsar.paper.dossier.foreign import Sheets, open_pdf
from dsar.paper.dossier.gather import gather
from dsar.paper.dossier.layout import check, letters
from dsar.paper.dossier.manifest import (
    MANIFEST,
    PAGE,
    README,
    SUMS,
    TOKEN,
    combined_path,
    manifest,
    original_of,
    original_path,
    sums,
)
from dsar.paper.dossier.pack import Packer, deliver
from dsar.paper.dossier.pieces import Piece, flat
from dsar.paper.dossier.place import Layer, place
from dsar.paper.dossier.plan import Bound
from dsar.paper.dossier.redact import painted_layer, redactions
from dsar.paper.dossier.show import Helpers, Shower
from dsar.paper.dossier.store import Store
from dsar.paper.dossier.text import plain_name
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.private import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from dsar.core.dossier import Dossier, Exhibit
    from dsar.core.letter import Letter
    from dsar.core.message import Message
    from dsar.paper.dossier.redact import Redactions
    from dsar.paper.dossier.store import Kept


_CHUNK = 1 << 20


class FrozenMismatchError(InputError):
    """The bytes handed over for an issued letter are not those it is named by."""

    sentence = "The stored bytes of the issued letter do not match their SHA-256; check the vault: dsar vault verify."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the binder gets what it binds.

    `read` gives the bytes of evidence by its SHA-256, in chunks; `parse_mail` a reading of those of a mail, or None;
    `helpers` are the programs that may turn a file into pages, or pages into text.
    """

    read: Callable[[str], Iterable[bytes]]
    parse_mail: Callable[[bytes], Message | None]
    helpers: Helpers


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDossier:
    """The files that were written, and what a person should look at before sending them (sentences in English)."""

    pdf: Path
    zip: Path
    manifest: Path
    pages: int
    warnings: tuple[str, ...]
    parts: tuple[Path, ...] = ()
    page: Path | None = None


def bind(  # noqa: PLR0913 - each is a different thing from a different part; all but one are named at the call
    dossier: Dossier,
    *,
    source: Source,
    out: Path,
    program: str,
    facts: bytes | None = None,
    page: bytes | None = None,
    enclosed: Mapping[str, bytes] | None = None,
    max_part: int = 0,
    stamp: Callable[[bytes], bytes | None] | None = None,
) -> BoundDossier:
    """Write `dossier-<ref>.pdf`, `dossier-<ref>.zip` and `manifest-<ref>.json` into `out`, none of them half.

    The same dossier gives the same bytes. No source is changed. Exhibits go from file to file in a private folder
    within `out`, so that memory does not grow with them.

    Args:
        dossier: what to bind; its numbers are taken as they are.
        source: the bytes, and who reads them.
        out: the folder; made if it is not there. Files of the same names in it are replaced.
        program: name and version of the program, for the manifest: `dsar 0.1.0`.
        facts: the case as JSON, put into the ZIP as `case.json`.
        page: the case as an HTML page, put into the ZIP as `timeline.html` and beside it as `timeline-<ref>.html`.
        enclosed: further files of the ZIP, by their plain names.
        max_part: bytes of a part; the dossier is also written as `dossier-<ref>-part-1-of-3.pdf` and so on, split by
            whole exhibits. 0: it is not split.
        stamp: an RFC 3161 token over the bytes of the manifest, or None; kept in the ZIP as it is.

    Raises:
        EvidenceMismatchError, FrozenMismatchError: `source` gave bytes without the hash they were asked for by.
        NothingToRedactError: a redaction names what is not there.
        TypesettingError: the pages cannot be laid out.
        OSError: `out` cannot be written.
        ValueError: the dossier contradicts itself (two exhibits with one number, a reference to none).
    """
    check(dossier)
    with _room(out) as folder:
        store = Store(folder)
        with Packer(store.place(), dossier.on) as packer:
            pieces, warnings = _shown(dossier, source, store, packer)
            own = tuple(_letter_pdf(dossier, letter, source) for letter in letters(dossier))
            pieces = with_annexes(dossier, pieces, store.place())
            assembly = Assembly(
                dossier=dossier,
                pieces=pieces,
                bound=_bound(dossier, pieces, store),
                letters=tuple(_letter_layer(dossier, data, store) for data in own),
                letters_as_made=own,
            )
            made = assemble(assembly, store, packer, max_part)
            if facts is not None:
                packer.add("case.json", (facts,))
            for name, data in {**({PAGE: page} if page is not None else {}), **(enclosed or {})}.items():
                packer.add(name, (data,))
            packer.add(README, (_readme(dossier, program),))
            listing = manifest(dossier, program, made, pieces, packer.files)
            packer.add(MANIFEST, (listing,))
            token = stamp(listing) if stamp is not None else None
            if token is not None:
                packer.add(TOKEN, (token,))
            packer.add(SUMS, (sums(packer.files),))
        beside = store.take((listing,)).path
        shown = store.take((page,)).path if page is not None else None
        pdf, archive, described, *more = _deliver(
            plain_name(dossier.ref), out, made, archive=packer.path, listing=beside, page=shown
        )
    return BoundDossier(
        pdf=pdf,
        zip=archive,
        manifest=described,
        pages=made.planned.total,
        warnings=(*warnings, *made.warnings),
        parts=tuple(more[: len(made.parts)]),
        page=more[-1] if page is not None else None,
    )


def _deliver(  # noqa: PLR0913 - each is a file
    ref: str, out: Path, made: Made, *, archive: Path, listing: Path, page: Path | None
) -> tuple[Path, ...]:
    """Move what was made to its place; where it is: the PDF, the ZIP, the manifest, the parts, the page to look at."""
    named = {
        out / f"dossier-{ref}.pdf": made.combined,
        out / f"dossier-{ref}.zip": archive,
        out / f"manifest-{ref}.json": listing,
        **{out / part.name: part.path for part in made.parts},
        **({out / f"timeline-{ref}.html": page} if page is not None else {}),
    }
    deliver(named)
    return tuple(named)


@contextmanager
def _room(out: Path) -> Iterator[Path]:
    """A private folder within `out`, which goes again if it was made for nothing."""
    before = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        with private_folder(out) as folder:
            yield folder
    except BaseException:
        if not before:
            out.rmdir()
        raise


def _shown(dossier: Dossier, source: Source, store: Store, packer: Packer) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The pieces with what they show, and what a person should know of them; their originals are packed."""
    gathered, warnings = gather(
        dossier, store, take=_taker(dossier, source, store, packer), parse_mail=source.parse_mail
    )
    found = redactions(dossier, gathered)
    gathered = tuple(replace(piece, sealed=piece.sealed or found.seals(piece)) for piece in gathered)
    for piece in gathered:
        if not piece.sealed and original_path(piece) not in packer.files:
            packer.add(original_path(piece), _chunks(piece.file), about=piece.file.size)
    shower = Shower(
        dossier=dossier, store=store, parse_mail=source.parse_mail, helpers=source.helpers, redactions=found
    )
    pieces = tuple(shower.show(piece) for piece in gathered)
    return pieces, (*warnings, *shower.warnings)


def _taker(dossier: Dossier, source: Source, store: Store, packer: Packer) -> Callable[[Exhibit], Kept]:
    """Where the bytes of an exhibit go: at once into the archive, unless something may have to stay out of it."""

    def take(exhibit: Exhibit) -> Kept:
        evidence = exhibit.evidence
        chunks = source.read(evidence.sha256)
        if exhibit.returned or exhibit.veiled or dossier.redactions:
            return store.take(chunks)
        path = original_of(exhibit.number, evidence.sha256, evidence.media)
        return packer.add(path, chunks, about=evidence.size)

    return take


def _chunks(file: Kept) -> Iterator[bytes]:
    with file.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _bound(dossier: Dossier, pieces: tuple[Piece, ...], store: Store) -> tuple[Bound, ...]:
    """Each piece with the layer of its pages."""
    laid_out = flow(dossier, pieces, store)
    found = redactions(dossier, pieces)
    return tuple(
        Bound(piece=piece, layer=_layer(piece, laid_out, found, store, dossier.banner)) for piece in flat(pieces)
    )


def _layer(piece: Piece, laid_out: dict[str, Layer], found: Redactions, store: Store, banner: str) -> Layer:
    if isinstance(piece.content, Layer):
        return piece.content
    layer, areas = laid_out[piece.number], found.of(piece)
    return painted_layer(layer, areas, store, banner=banner) if areas else layer


def _letter_pdf(dossier: Dossier, letter: Letter | Frozen, source: Source) -> bytes:
    """A letter in a section: laid out now, or as it was frozen."""
    if isinstance(letter, Frozen):
        data = b"".join(source.read(letter.evidence.sha256))
        if sha256(data).hexdigest() != letter.evidence.sha256:
            raise FrozenMismatchError
    else:
        # The dossier prints its banner on every page: the letter's own would stand there twice. A frozen one stays.
        data = render_pdf(replace(letter, banner="") if dossier.banner else letter)
    return data


def _letter_layer(dossier: Dossier, data: bytes, store: Store) -> Layer:
    """Its pages, to be laid on those of the dossier."""
    opened = open_pdf(BytesIO(data))
    if not isinstance(opened, Sheets):
        raise FrozenMismatchError
    return place(opened, store.place(), banner=dossier.banner)


def _readme(dossier: Dossier, program: str) -> bytes:
    """How to check the dossier, in its language."""
    text = dossier.word("readme").format(pdf=combined_path(dossier), ref=dossier.ref, program=program)
    return (text.strip("\n") + "\n").encode()
