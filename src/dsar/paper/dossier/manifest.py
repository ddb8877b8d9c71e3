"""The manifest: what the dossier holds, so that a stranger can check it with ordinary tools, and a program can read it.

`manifest.json` is one JSON object (UTF-8, keys in this order, paths with `/`, dates ISO 8601, hashes SHA-256 in hex):

- `schema`: `"dsar-dossier/1"`; `program`: what made it; `ref`, `title`, `author`, `lang`, `on`: as on the cover;
- `combined`: `path` and `pages` of the PDF that holds everything;
- `exhibits`: one object an exhibit, in order:
    - `number` (`"3"`), `entry` (number of the log entry that brought it), `kind`, `title`, `on`, `parties`;
    - `name`, `media`, `size`, `sha256`: the untouched bytes as they came, and `original`: where they are in the ZIP;
    - `file`, `first_page`, `pages`: its own PDF, and where it is in the combined one;
    - `shown`: false if a slip stands for it, then `reason` is one of unreadable, encrypted, empty, unsupported;
    - `attachments`: for a mail, one object an attachment, in order: `name`, `media`, `size`, `sha256`, and `number`,
      the piece that shows it (`"3.1"`, or an earlier piece with the same bytes), or empty if none does;
- `pieces`: one object for each attachment that is a piece: `number`, `file`, `first_page`, `pages`, `shown`, `reason`;
- `files`: `path`, `size`, `sha256` of every file in the ZIP, but for `manifest.json` and `SHA256SUMS` themselves.

`SHA256SUMS` has one line a file, the manifest included, in the form that `sha256sum -c` reads.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from dsar.paper.dossier.pieces import Mail, Slip
from dsar.paper.dossier.text import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.extract import Cut
    from dsar.paper.dossier.pieces import Piece

SCHEMA = "dsar-dossier/1"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

# The ending of an original by its media type: never the one it came with, which may be anything.
_ENDINGS = {
    "application/json": "json",
    "application/msword": "doc",
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
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
    return f"originals/{int(piece.number):02d}_{piece.sha256[:12]}.{_ENDINGS.get(piece.media, 'bin')}"


def combined_path(dossier: Dossier) -> str:
    """The name of the combined PDF, in the ZIP and beside it."""
    return f"dossier-{plain_name(dossier.ref)}.pdf"


def manifest(dossier: Dossier, program: str, pages: int, cuts: tuple[Cut, ...], files: Mapping[str, bytes]) -> bytes:
    """The manifest as bytes; `files` are all others by path."""
    content = {
        "schema": SCHEMA,
        "program": program,
        "ref": dossier.ref,
        "title": dossier.title,
        "author": dossier.author,
        "lang": dossier.lang,
        "on": dossier.on.isoformat(),
        "combined": {"path": combined_path(dossier), "pages": pages},
        "exhibits": [_exhibit(cut) for cut in cuts if not cut.piece.is_part],
        "pieces": [_where(cut) for cut in cuts if cut.piece.is_part],
        "files": [
            {"path": path, "size": len(files[path]), "sha256": hashlib.sha256(files[path]).hexdigest()}
            for path in sorted(files)
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> bytes:
    """`SHA256SUMS` over all `files`, as `sha256sum` writes it."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return "".join(lines).encode()


def _exhibit(cut: Cut) -> dict[str, object]:
    piece, exhibit = cut.piece, cut.piece.exhibit
    return {
        "number": piece.number,
        "entry": exhibit.entry,
        "kind": exhibit.kind,
        "title": exhibit.title,
        "on": exhibit.on.isoformat(),
        "parties": exhibit.parties,
        "name": piece.name,
        "media": piece.media,
        "size": len(piece.data),
        "sha256": piece.sha256,
        "original": original_path(piece),
        **_where(cut),
        "attachments": _attachments(piece),
    }


def _where(cut: Cut) -> dict[str, object]:
    content = cut.piece.content
    return {
        "number": cut.piece.number,
        "file": cut.path,
        "first_page": cut.first,
        "pages": cut.pages,
        "shown": not isinstance(content, Slip),
        "reason": content.reason if isinstance(content, Slip) else "",
    }


def _attachments(piece: Piece) -> list[dict[str, object]]:
    if not isinstance(piece.content, Mail):
        return []
    return [
        {
            "name": attachment.name,
            "media": attachment.media,
            "size": len(attachment.data),
            "sha256": attachment.sha256,
            "number": number,
        }
        for attachment, number in zip(piece.content.message.attachments, piece.content.numbers, strict=True)
    ]
