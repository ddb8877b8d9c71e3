"""What each piece shows: its bytes sorted by what they are and not by what they are called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.core.dossier import LEFT_OUT
from dsar.paper.dossier.foreign import Sheets, damage, open_pdf
from dsar.paper.dossier.gather import MOST_MAIL
from dsar.paper.dossier.pictures import open_picture
from dsar.paper.dossier.pieces import Mail, Piece, Plain, Slip
from dsar.paper.dossier.place import Layer, place
from dsar.paper.dossier.redact import Redactions, painted
from dsar.paper.dossier.sniff import MAIL_MEDIA, decoded, is_pdf, is_picture, is_text, office_ending
from dsar.paper.raster import NoDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dsar.core.dossier import Dossier
    from dsar.core.message import Message
    from dsar.paper.dossier.foreign import Reason
    from dsar.paper.dossier.pieces import Content
    from dsar.paper.dossier.store import Kept, Store

# A page holds about 4,000 characters: a log file of 50 pages is read no further, and stays whole beside the dossier.
_MOST_TEXT = 200_000
_LONGEST_CHARACTER = 4
# A header that is longer is no address and no subject: laying out a line of megabytes takes minutes.
_MOST_HEADER = 2_000
_SNIFF = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpers:
    """Programs that may be there, each of which gives None where it could not.

    `office` makes a PDF of an office file with that ending, `ocr` adds text to pages without any, in that language.
    """

    office: Callable[[Kept, str], bytes | None]
    ocr: Callable[[Sheets, str], Sheets | None]


@dataclass(slots=True)
class Shower:
    """Shows pieces, one after the other. What was written for one is not held for the next."""

    dossier: Dossier
    store: Store
    parse_mail: Callable[[bytes], Message | None]
    helpers: Helpers
    redactions: Redactions
    warnings: list[str] = field(default_factory=list)

    def show(self, piece: Piece) -> Piece:
        """The piece with what it shows, its attachments too.

        Raises:
            NothingToRedactError: an area lies on a page that it does not have.
        """
        shown = replace(
            piece,
            content=self._content(piece),
            redacted=bool(self.redactions.of(piece)),
        )
        self._warn(shown)
        return replace(shown, parts=tuple(self.show(part) for part in piece.parts))

    def _content(self, piece: Piece) -> Content:
        if piece.media == LEFT_OUT:
            return Slip(reason="masked")
        if isinstance(piece.content, Mail):
            return replace(piece.content, message=self._printable(piece.number, piece.content.message))
        if piece.exhibit.returned and not piece.is_part and piece.exhibit.inventory:
            return Slip(reason="withheld", inventory=piece.exhibit.inventory)
        if piece.content != Slip(reason="unsupported"):
            return piece.content
        return self._sorted(piece)

    def _sorted(self, piece: Piece) -> Content:
        """What the bytes are, by their first bytes; only text has none that tell, so there the media type decides."""
        head = piece.file.head(_SNIFF)
        if not head:
            return Slip(reason="empty")
        opened = self._opened(piece, head)
        if opened is not None:
            return self._layer(piece, opened, drawn=not is_pdf(piece.media, head))
        if is_text(piece.media, head):
            return self._text(piece)
        message = self._attached_mail(piece)
        if message is not None:
            return Mail(message=replace(self._printable(piece.number, message), attachments=()), attached=())
        return Slip(reason="unreadable" if piece.media == "application/pdf" else "unsupported")

    def _attached_mail(self, piece: Piece) -> Message | None:
        if not piece.is_part or piece.media not in MAIL_MEDIA or piece.file.size > MOST_MAIL:
            return None
        return self.parse_mail(piece.file.head(piece.file.size))

    def _opened(self, piece: Piece, head: bytes) -> Sheets | Reason | None:
        """The pages of a file that has some of its own, or can be given some; None for anything else."""
        if is_pdf(piece.media, head):
            return open_pdf(piece.file.open())
        if is_picture(head):
            return open_picture(piece.file.open())
        ending = office_ending(head, piece.name)
        made = self.helpers.office(piece.file, ending) if ending else None
        return open_pdf(BytesIO(made)) if made is not None else None

    def bare_pages(self, piece: Piece) -> Path | None:
        """The pages of a piece as it came, as a PDF; None for what has none of its own."""
        head = piece.file.head(_SNIFF)
        opened = None if isinstance(piece.content, Mail) or not head else self._opened(piece, head)
        return self._bare(opened) if isinstance(opened, Sheets) else None

    def _layer(self, piece: Piece, opened: Sheets | Reason, *, drawn: bool) -> Layer | Slip:
        """Pages in their frames; `drawn`: they were made of what has none.

        What was sound when it was opened may still break where it is written. What cannot be redacted as it must be is
        not shown at all.
        """
        if not isinstance(opened, Sheets):
            return Slip(reason=opened)
        found = self.redactions.of(piece)
        if opened.too_fine:
            self.warnings.append(
                f"exhibit {piece.number}: {opened.too_fine} of its pictures are finer than 300 dpi and stay as they are"
            )
        if opened.mended:
            self.warnings.append(
                f"exhibit {piece.number} is a damaged PDF: the pages that could be read are shown, so look at them"
            )
        try:
            sheets = painted(self._bare(opened), found, self.store) if found else opened
            made = place(self._with_text(sheets), self.store.place(), banner=self.dossier.banner)
            return replace(made, pictured=drawn or not opened.searchable)
        except NoDocumentError:
            return Slip(reason="withheld")
        except damage():
            return Slip(reason="unreadable")

    def _bare(self, opened: Sheets) -> Path:
        """The pages as a file, closed."""
        path = self.store.place()
        with opened.pdf as pdf:
            pdf.save(path, static_id=True)
        return path

    def _with_text(self, opened: Sheets) -> Sheets:
        """The pages with a layer of text, where they had none and a program can read them."""
        if opened.searchable:
            return opened
        read = self.helpers.ocr(opened, self.dossier.lang.partition("-")[0].lower())
        return opened if read is None else read

    def _text(self, piece: Piece) -> Plain:
        data = piece.file.head(_MOST_TEXT * _LONGEST_CHARACTER)
        return Plain(text=self._bounded(piece.number, decoded(data)))

    def _printable(self, number: str, message: Message) -> Message:
        """The mail with as much of its text and of each header as is printed; the untouched mail has all of them."""
        to, cc = ", ".join(message.to), ", ".join(message.cc)
        headers = (message.sender, to, cc, message.subject, message.date, message.message_id)
        if any(len(text) > _MOST_HEADER for text in headers):
            self.warnings.append(f"exhibit {number}: only the first {_MOST_HEADER} characters of a header are printed")
            message = replace(
                message,
                sender=_cut(message.sender),
                to=(_cut(to),),
                cc=(_cut(cc),) if cc else (),
                subject=_cut(message.subject),
                date=_cut(message.date),
                message_id=_cut(message.message_id),
            )
        return replace(message, text=self._bounded(number, message.text))

    def _bounded(self, number: str, text: str) -> str:
        if len(text) <= _MOST_TEXT:
            return text
        self.warnings.append(f"exhibit {number}: only the first {_MOST_TEXT} characters are printed")
        return text[:_MOST_TEXT] + "\n[…]"

    def _warn(self, piece: Piece) -> None:
        match piece.content:
            case Slip(reason=reason):
                self.warnings.append(f"exhibit {piece.number} is not shown, a slip stands for it: {reason}")
            case Layer(searchable=False):
                self.warnings.append(
                    f"exhibit {piece.number} is a scan without text: it cannot be searched (install tesseract)"
                )
            case _:
                pass


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_HEADER else text[:_MOST_HEADER] + " […]"
