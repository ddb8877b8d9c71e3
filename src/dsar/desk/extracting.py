"""The words in a file, as far as they can be read in bounded time: what `dsar find` looks through."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

from dsar.core.zips import BROKEN
from dsar.desk.evidence import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

MOST_READ = 1024 * 1024
"""Bytes of a text that are read."""
_MEMBERS = 1_000
_OPENED = 30
_TEXTS = (".csv", ".eml", ".htm", ".html", ".json", ".md", ".tsv", ".txt", ".xml")
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")


def texts(desk: Desk, piece: Evidence) -> Iterator[tuple[str, str]]:
    """The texts in a piece of evidence, each with its name: a mail and what is attached, the members of an archive."""
    message = parsed(desk, piece)
    if message is not None:
        parties = " ".join((message.sender, *message.to, *message.cc))
        yield message.subject or piece.name, f"{parties}\n{message.text}"
        for one in message.attachments:
            yield one.name, _plain(one.data, one.media)
    elif piece.media == "application/zip":
        yield from _archive(desk, piece)
    else:
        yield piece.name, _of_file(desk, piece)


def _of_file(desk: Desk, piece: Evidence) -> str:
    from dsar.paper.pdf_text import MOST_BYTES  # noqa: PLC0415 - only when a file comes in

    if piece.media == "application/pdf":
        small = piece.size <= MOST_BYTES
        return _plain(desk.vault.evidence_bytes(piece.sha256), piece.media) if small else ""
    return _plain(desk.vault.evidence_head(piece.sha256, MOST_READ), piece.media)


def _plain(data: bytes, media: str) -> str:
    """The words in some bytes; none where they are no text and no PDF with a text layer."""
    from dsar.mail.archive import media_of  # noqa: PLC0415 - only when a file comes in

    if data.startswith(b"%PDF-"):
        from dsar.paper.pdf_text import text_of  # noqa: PLC0415 - as above

        return text_of(data)
    seems = media_of(data[:4096])
    if media == "text/html" or seems == "text/html":
        from dsar.mail.html_text import text_of as text_of_page  # noqa: PLC0415 - as above

        return text_of_page(data[:MOST_READ].decode("utf-8", "replace"))
    if seems not in {"text/plain", "application/json"}:
        return ""
    text = data[:MOST_READ].decode("utf-8-sig", "replace")
    # bytes that are no text at all become mostly the mark of what cannot be read
    if text.count("\ufffd") > len(text) // 20:
        return ""
    return _ESCAPES.sub(_spelled, text) if seems == "application/json" else text


def _spelled(found: re.Match[str]) -> str:
    """A letter that JSON writes as its number."""
    return str(json.loads(f'"{found[0]}"'))


def _archive(desk: Desk, piece: Evidence) -> Iterator[tuple[str, str]]:
    """The names in an archive, and the texts in it; nothing is unpacked beyond what is read."""
    from dsar.mail.archive import text_of  # noqa: PLC0415 - only when a file comes in

    try:
        with desk.vault.evidence_file(piece.sha256) as stream, zipfile.ZipFile(stream) as archive:
            names = [info.filename for info in archive.infolist()[:_MEMBERS] if not info.is_dir()]
    except BROKEN:
        names = []
    yield piece.name, "\n".join(names)
    for name in [name for name in names if name.lower().endswith(_TEXTS)][:_OPENED]:
        with desk.vault.evidence_file(piece.sha256) as stream:
            yield f"{piece.name}: {name}", _plain(text_of(stream, name, MOST_READ), "")
