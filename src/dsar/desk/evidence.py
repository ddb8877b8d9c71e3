"""Taking a file into the vault: its exact bytes, what kind of file it is, and what can be said of it at once."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dsar.core.message import plain_address
from dsar.core.parties import Evidence
from dsar.desk.errors import EmptyFileError, MissingFileError, NotAMailError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dsar.core.case import Case
    from dsar.core.events import Fact
    from dsar.core.message import Message
    from dsar.desk.office import Desk

MAIL = "message/rfc822"
_SNIFF = 4096
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
)
OUTLOOK = "application/vnd.ms-outlook"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file in the vault. `message` is its parsed view if it is a mail; `warnings` are sentences for the user."""

    evidence: Evidence
    message: Message | None
    warnings: tuple[str, ...]


def take(desk: Desk, path: Path) -> Taken:
    """Store a file as it is, whatever its state: a broken or encrypted answer is evidence too; a folder as an archive.

    Raises:
        MissingFileError: it is not there.
        UnreadableFileError: it cannot be opened.
        EmptyFileError: it has no bytes, or is a folder without files.
        NotAMailError: its name says mail and its content does not.
    """
    name = path.name
    if path.is_dir():
        return _take_folder(desk, path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_SNIFF)
            if not head:
                raise EmptyFileError(name=shown(name))
            media = sniff(head, name)
            stream.seek(0)
            evidence = desk.vault.put_evidence(stream, name=name, media=media)
    except FileNotFoundError as error:
        raise MissingFileError(name=shown(name)) from error
    except OSError as error:
        raise UnreadableFileError(name=shown(name), why=error.strerror or "an input error") from error
    return Taken(evidence=evidence, message=parsed(desk, evidence), warnings=warnings(desk, evidence))


def _take_folder(desk: Desk, path: Path) -> Taken:
    """A folder as one archive: an answer of many files is one piece of evidence, the same each time it is taken."""
    from dsar.mail.packing import files, packed  # noqa: PLC0415 - only where a folder comes in

    try:
        if next(files(path), None) is None:
            raise EmptyFileError(name=shown(path.name))
        evidence = desk.vault.put_evidence(packed(path), name=f"{path.name}.zip", media="application/zip")
    except OSError as error:
        raise UnreadableFileError(name=shown(path.name), why=error.strerror or "an input error") from error
    return Taken(evidence=evidence, message=None, warnings=())


def take_bytes(desk: Desk, data: bytes, *, name: str, media: str) -> Evidence:
    """Store bytes that the program itself made, such as an issued letter."""
    return desk.vault.put_evidence(io.BytesIO(data), name=name, media=media)


def sniff(head: bytes, name: str) -> str:
    """As `sniffed`; a file whose name says mail must be one.

    Raises:
        NotAMailError: its name says mail and its content does not.
    """
    media = sniffed(head, name)
    if name.lower().endswith(".eml") and media != MAIL:
        raise NotAMailError(name=shown(name))
    return media


def sniffed(head: bytes, name: str) -> str:
    """The media type of a file, by its first bytes; its name decides only between texts and mails."""
    from dsar.mail.parse import looks_like_mail  # noqa: PLC0415 - only when a file comes in

    for magic, media in _MAGIC:
        if head.startswith(magic):
            return media
    if name.lower().endswith(".eml") and looks_like_mail(head):
        return MAIL
    if name.lower().endswith(".msg") and head.startswith(_COMPOUND):
        return OUTLOOK
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # a multi-byte character may be cut at the end of what was read
        if error.start < len(head) - 3:
            return "application/octet-stream"
    return "application/octet-stream" if b"\0" in head else "text/plain"


def parsed(desk: Desk, evidence: Evidence) -> Message | None:
    """The parsed view of a mail in the vault; None if it is none, or an Outlook file that nothing here can read."""
    if evidence.media == OUTLOOK:
        return _outlook(desk, evidence)
    if evidence.media != MAIL:
        return None
    from dsar.mail.parse import parse  # noqa: PLC0415 - only when a mail is read

    return parse(desk.vault.evidence_bytes(evidence.sha256))


def _outlook(desk: Desk, evidence: Evidence) -> Message | None:
    from dsar.mail.outlook import NoOutlookError, read  # noqa: PLC0415 - an extra, loaded on use

    try:
        return read(desk.vault.evidence_bytes(evidence.sha256))
    except NoOutlookError:
        return None  # `warnings` says what to install


def mail_reader() -> Callable[[bytes], Message | None]:
    """Reads a mail, or Outlook's file of one where its extra is installed (else None)."""
    from dsar.mail.outlook import NoOutlookError, read  # noqa: PLC0415 - only where mails are read
    from dsar.mail.parse import parse  # noqa: PLC0415 - as above

    def reader(data: bytes) -> Message | None:
        if not data.startswith(_COMPOUND):
            return parse(data)
        try:
            return read(data)
        except NoOutlookError:
            return None

    return reader


def warnings(desk: Desk, evidence: Evidence) -> tuple[str, ...]:
    """What the user should know about a file that was taken: a PDF that is broken or locked proves less."""
    if evidence.media == OUTLOOK and find_spec("oxmsg") is None:
        from dsar.mail.outlook import NoOutlookError  # noqa: PLC0415 - one sentence

        return (str(NoOutlookError()),)
    if evidence.media != "application/pdf":
        return ()
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    try:
        with pikepdf.open(io.BytesIO(desk.vault.evidence_bytes(evidence.sha256))) as pdf:
            pages = len(pdf.pages)
            mended = any("damaged" in str(said) for said in pdf.get_warnings())
    except pikepdf.PasswordError:
        return (
            f"“{shown(evidence.name)}” is encrypted: it was kept as it is, and will stand in the dossier as a file.",
        )
    except (pikepdf.PdfError, ValueError):
        return (f"“{shown(evidence.name)}” cannot be read as a PDF: it was kept as it is, as a file.",)
    if not pages:
        return (f"“{shown(evidence.name)}” has no pages: it was kept as it is, as a file.",)
    damaged = f"“{shown(evidence.name)}” is a damaged PDF: it was kept as it is; look whether all its pages are there."
    return (damaged,) if mended else ()


def duplicate(case: Case, evidence: Evidence) -> tuple[str, ...]:
    """A warning where the same bytes are in the case already, with the entry that holds them."""
    for held in case.held:
        if any(isinstance(value, Evidence) and value.sha256 == evidence.sha256 for value in _values(held.fact)):
            return (f"“{shown(evidence.name)}” is already in this case, at entry {held.n}: is it the right file?",)
    return ()


def _values(fact: Fact) -> list[object]:
    return [getattr(fact, one.name) for one in fields(fact)]


def mail_doubts(taken: Taken, on: date, country: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Where a mail that is to prove a sending on a day does not say so itself: another day, other addressees.

    `country` is where the day was lived; `addresses` are the ones it was sent to (none: not known).
    """
    mail = taken.message
    if mail is None:
        return ()
    from dsar.mail.zone import local_dates  # noqa: PLC0415 - only when a mail is read

    found = []
    days = (local_dates(mail.at, country) or (date.fromisoformat(mail.at[:10]),)) if mail.at else ()
    if days and on not in days:
        found.append(f"“{shown(taken.evidence.name)}” is of {days[-1]}, not of {on}: is --on right?")
    named = [clean.casefold() for text in (*mail.to, *mail.cc) if (clean := plain_address(text))]
    if named and addresses and not any(plain_address(one).casefold() in named for one in addresses):
        found.append(
            f"“{shown(taken.evidence.name)}” went to {', '.join(named)}, not to {', '.join(addresses)}: say with --to "
            "where the letter went, or record another mail."
        )
    return tuple(found)


def shown(name: str) -> str:
    """A file name for a sentence: no control characters, so that it stays on its line and in its quotes."""
    return "".join(char if char.isprintable() else "�" for char in name)
