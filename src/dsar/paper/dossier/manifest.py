"""The manifest: what the dossier holds, so that a stranger can check it with ordinary tools, and a program can read it.

`docs/dossier.md` describes `manifest.json`, key by key. `SHA256SUMS` has one line a file, the manifest included, in the
form that `sha256sum -c` reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dsar.paper.dossier.layout import form
from dsar.paper.dossier.pieces import ANNEX, Mail, Slip
from dsar.paper.dossier.text import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.dossier import Dossier, Redaction
    from dsar.paper.dossier.assemble import Cut, Made, PartFile
    from dsar.paper.dossier.pieces import Piece
    from dsar.paper.dossier.store import Kept

SCHEMA = "dsar-dossier/1"
MANIFEST = "manifest.json"
TOKEN = "manifest.json.tsr"  # noqa: S105 - a file name
"""An RFC 3161 token over the manifest, as a timestamp authority gave it."""
SUMS = "SHA256SUMS"
README = "README.txt"
PAGE = "timeline.html"

# The ending of an original by its media type: never the one it came with, which may be anything.
_ENDINGS = {
    "application/json": "json",
    "application/msword": "doc",
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-outlook": "msg",
    "application/zip": "zip",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "message/global": "eml",
    "message/rfc822": "eml",
    "text/csv": "csv",
    "text/html": "html",
    "text/markdown": "md",
    "text/plain": "txt",
}


def original_path(piece: Piece) -> str:
    """Where an exhibit's untouched bytes are: `originals/03_8f14e45fceea.eml`."""
    return original_of(int(piece.number), piece.sha256, piece.media)


def original_of(number: int, sha256: str, media: str) -> str:
    """The same by number, hash and media type."""
    return f"originals/{number:02d}_{sha256[:12]}.{_ENDINGS.get(media, 'bin')}"


def combined_path(dossier: Dossier) -> str:
    """The name of the combined PDF, in the ZIP and beside it."""
    return f"dossier-{plain_name(dossier.ref)}.pdf"


def manifest(dossier: Dossier, program: str, made: Made, pieces: tuple[Piece, ...], files: Mapping[str, Kept]) -> bytes:
    """The manifest as bytes; `files` are all others by path."""
    cuts = {cut.piece.number: cut for cut in made.cuts}
    content = {
        "schema": SCHEMA,
        "kind": dossier.kind,
        "copy_of": dossier.copy_of,
        "program": program,
        "ref": dossier.ref,
        "title": dossier.title,
        "author": dossier.author,
        "lang": dossier.lang,
        "on": dossier.on.isoformat(),
        "combined": {"path": combined_path(dossier), "pages": made.planned.total},
        "roman": made.planned.front if made.planned.roman else 0,
        "parts": [_part(one) for one in made.parts],
        "annexes": _annexes(pieces, cuts),
        "exhibits": [_exhibit(piece, cuts[piece.number]) for piece in pieces if not piece.is_annex],
        "pieces": [_where(cut) for cut in made.cuts if cut.piece.is_part],
        "redactions": [_redaction(one) for one in dossier.redactions],
        "masks": [{"rule": rule, "times": times} for rule, times in dossier.masks],
        "files": [{"path": path, "size": files[path].size, "sha256": files[path].sha256} for path in sorted(files)],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def sums(files: Mapping[str, Kept]) -> bytes:
    """`SHA256SUMS` over all `files`, as `sha256sum` writes it."""
    return "".join(f"{files[path].sha256}  {path}\n" for path in sorted(files)).encode()


def _part(one: PartFile) -> dict[str, object]:
    return {
        "path": f"parts/{one.name}",
        "first_page": one.part.span.first,
        "pages": one.part.span.pages,
        "exhibits": [bound.piece.number for bound in one.part.pieces],
    }


def _annexes(pieces: tuple[Piece, ...], cuts: Mapping[str, Cut]) -> list[dict[str, object]]:
    """The annexes, where many complain together."""
    found = [cuts[piece.number] for piece in pieces if piece.is_annex]
    return [
        {
            "number": int(cut.piece.number.removeprefix(ANNEX)),
            "title": cut.piece.title,
            "file": cut.path,
            "first_page": cut.span.first,
            "pages": cut.span.pages,
        }
        for cut in found
    ]


def _redaction(one: Redaction) -> dict[str, object]:
    area = [one.left, one.top, one.width, one.height]
    return {"exhibit": one.exhibit, "page": one.page, "area": area, "reason": one.reason}


def _exhibit(piece: Piece, cut: Cut) -> dict[str, object]:
    exhibit = piece.exhibit
    return {
        "number": piece.number,
        "entry": exhibit.entry,
        "kind": exhibit.kind,
        "title": exhibit.title,
        "on": exhibit.on.isoformat(),
        "parties": exhibit.parties,
        "name": piece.name,
        "media": "" if exhibit.veiled else piece.media,
        "size": 0 if exhibit.veiled else piece.file.size,
        "sha256": "" if exhibit.veiled else piece.sha256,
        "original": "" if piece.sealed else original_path(piece),
        **_where(cut),
        "attachments": _attachments(piece),
        "inventory": [
            {
                "name": one.name,
                "within": list(one.within),
                "media": one.media,
                "size": one.size,
                "sha256": one.sha256,
            }
            for one in exhibit.inventory
        ],
    }


def _where(cut: Cut) -> dict[str, object]:
    content = cut.piece.content
    return {
        "number": cut.piece.number,
        "file": cut.path,
        "first_page": cut.span.first,
        "pages": cut.span.pages,
        "shown": not isinstance(content, Slip),
        "reason": content.reason if isinstance(content, Slip) else "",
        "redacted": cut.piece.redacted,
        "form": form(cut.piece),
    }


def _attachments(piece: Piece) -> list[dict[str, object]]:
    attached = piece.content.attached if isinstance(piece.content, Mail) else ()
    rows: list[dict[str, object]] = []
    for one in attached:
        known = {"media": one.media, "size": one.size, "sha256": one.sha256}
        if piece.exhibit.veiled:
            known = {"media": "", "size": 0, "sha256": ""}
        rows.append({"name": one.name, **known, "number": one.number})
    return rows
