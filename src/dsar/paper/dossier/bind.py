"""Binding: from a dossier to its files."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.core.dossier import Frozen
from dsar.errors import InputError
from dsar.paper.dossier.extract import Cut, cut_pieces
from dsar.paper.dossier.foreign import Sheets
from dsar.paper.dossier.layout import lay_out
from dsar.paper.dossier.manifest import MANIFEST, SUMS, combined_path, manifest, original_path, sums
from dsar.paper.dossier.outline import add_outline, label_pages, open_with_bookmarks
from dsar.paper.dossier.pack import README, write_all, zip_bytes
from dsar.paper.dossier.pieces import Piece, flat, gather
from dsar.paper.dossier.place import carry_layers, drop_promises, fill, take_marks
from dsar.paper.dossier.text import plain_name
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.typeset import compile_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dsar.core.dossier import Dossier
    from dsar.core.letter import Letter
    from dsar.core.message import Message


class FrozenMismatchError(InputError):
    """The bytes handed over for an issued letter are not those it is named by."""

    sentence = "The stored bytes of the issued letter do not match their SHA-256; check the vault: dsar vault verify."


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDossier:
    """The files that were written, and what a person should look at before sending them (sentences in English)."""

    pdf: Path
    zip: Path
    manifest: Path
    pages: int
    warnings: tuple[str, ...]


def bind(  # noqa: PLR0913 - each is a different thing from a different part; all but one are named at the call
    dossier: Dossier,
    *,
    read: Callable[[str], bytes],
    parse_mail: Callable[[bytes], Message],
    out: Path,
    program: str,
    facts: bytes | None = None,
) -> BoundDossier:
    """Write `dossier-<ref>.pdf`, `dossier-<ref>.zip` and `manifest-<ref>.json` into `out`, none of them half.

    The same dossier gives the same bytes. No source is changed: everything is made from copies in memory.

    Args:
        dossier: what to bind; its numbers are taken as they are.
        read: the bytes of a piece of evidence by its SHA-256.
        parse_mail: a reading of the bytes of a mail.
        out: the folder; made if it is not there. Files of the same names in it are replaced.
        program: name and version of the program, for the manifest: `dsar 0.1.0`.
        facts: the case as JSON, put into the ZIP as `case.json`.

    Raises:
        EvidenceMismatchError, FrozenMismatchError: `read` gave bytes without the hash they were asked for by.
        TypesettingError: the pages cannot be laid out.
        OSError: `out` cannot be written.
        ValueError: the dossier contradicts itself (two exhibits with one number, a reference to none).
    """
    pieces, warnings = gather(dossier, read, parse_mail)
    combined, pages, cuts = _pages(dossier, pieces, read)
    ref = plain_name(dossier.ref)
    files = _files(dossier, pieces, combined, cuts, facts)
    files["README.txt"] = _readme(dossier, program)
    files[MANIFEST] = manifest(dossier, program, pages, cuts, dict(files))
    files[SUMS] = sums(files)
    names = (f"dossier-{ref}.pdf", f"dossier-{ref}.zip", f"manifest-{ref}.json")
    contents = (combined, zip_bytes(files, dossier.on), files[MANIFEST])
    write_all(out, dict(zip(names, contents, strict=True)))
    pdf, archive, listing = (out / name for name in names)
    return BoundDossier(pdf=pdf, zip=archive, manifest=listing, pages=pages, warnings=warnings)


def _letter_pdf(letter: Letter | Frozen, read: Callable[[str], bytes]) -> bytes:
    """The pages of a letter: laid out now, or as they were frozen."""
    if not isinstance(letter, Frozen):
        return render_pdf(letter)
    data = read(letter.evidence.sha256)
    if sha256(data).hexdigest() != letter.evidence.sha256:
        raise FrozenMismatchError
    return data


def _pages(
    dossier: Dossier, pieces: tuple[Piece, ...], read: Callable[[str], bytes]
) -> tuple[bytes, int, tuple[Cut, ...]]:
    """The combined PDF, how many pages it has, and each piece cut from it."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    layout = lay_out(dossier, pieces, lambda letter: _letter_pdf(letter, read))
    bound = flat(pieces)
    with pikepdf.open(BytesIO(compile_pdf("dossier.typ", layout.data, on=dossier.on))) as pdf:
        marks = take_marks(pdf)
        fill(pdf, marks, layout.sheets)
        carry_layers(pdf, [piece.content.pdf for piece in bound if isinstance(piece.content, Sheets)])
        drop_promises(pdf)
        add_outline(pdf, dossier, pieces, marks)
        label_pages(pdf, first=1)
        open_with_bookmarks(pdf)
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue(), len(pdf.pages), cut_pieces(pdf, dossier, bound, marks)


def _files(
    dossier: Dossier, pieces: tuple[Piece, ...], combined: bytes, cuts: tuple[Cut, ...], facts: bytes | None
) -> dict[str, bytes]:
    files = {combined_path(dossier): combined}
    files |= {cut.path: cut.pdf for cut in cuts}
    files |= {original_path(piece): piece.data for piece in pieces}
    if facts is not None:
        files["case.json"] = facts
    return files


def _readme(dossier: Dossier, program: str) -> bytes:
    """How to check the dossier: in its language where that has the word `readme`, else in English."""
    template = dict(dossier.words).get("readme", README)
    return template.format(pdf=combined_path(dossier), ref=dossier.ref, program=program).encode()
