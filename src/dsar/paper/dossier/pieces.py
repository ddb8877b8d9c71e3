"""What each exhibit shows: its bytes read, sorted by what they are and not by what they are called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsar.errors import InputError
from dsar.paper.dossier.foreign import Reason, Sheets, open_pdf
from dsar.paper.dossier.pictures import open_picture
from dsar.paper.dossier.sniff import MAIL_MEDIA, TEXT_MEDIA, decoded, is_pdf, is_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.dossier import Dossier, Exhibit
    from dsar.core.message import Attachment, Message

# A page holds about 4,000 characters: a log file of 50 pages is read no further, and stays whole beside the dossier.
_MOST_TEXT = 200_000


class EvidenceMismatchError(InputError):
    """The bytes handed over for an exhibit are not those it is named by."""

    sentence = "The stored bytes of exhibit {number} do not match their SHA-256; check the vault: dsar vault verify."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to show: `numbers` are, for each attachment, the piece that shows it, or empty."""

    message: Message
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Text to show as it is, at most `_MOST_TEXT` characters of it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Nothing can be shown, for this reason (a word of the dossier)."""

    reason: Reason


Content = Sheets | Mail | Plain | Slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One numbered piece: an exhibit ("3"), or an attachment of one ("3.1"). `data` are its untouched bytes.

    `name` is the file name as it came; `parts` are the attachments shown after a mail.
    """

    number: str
    exhibit: Exhibit
    title: str
    name: str
    media: str
    sha256: str
    data: bytes = field(repr=False)
    content: Content
    parts: tuple[Piece, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether this is an attachment and not an exhibit of its own."""
        return "." in self.number


@dataclass(slots=True)
class _Gatherer:
    """Reads exhibits one after the other; remembers what was shown, so that the same file is shown once."""

    parse_mail: Callable[[bytes], Message]
    shown: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def exhibit(self, exhibit: Exhibit, data: bytes) -> Piece:
        number, evidence = str(exhibit.number), exhibit.evidence
        if hashlib.sha256(data).hexdigest() != evidence.sha256:
            raise EvidenceMismatchError(number=number)
        if evidence.sha256 in self.shown:
            self.warnings.append(f"exhibits {self.shown[evidence.sha256]} and {number} are the same file")
        self.shown.setdefault(evidence.sha256, number)
        piece = Piece(
            number=number,
            exhibit=exhibit,
            title=exhibit.title,
            name=evidence.name,
            media=evidence.media,
            sha256=evidence.sha256,
            data=data,
            content=Slip(reason="unsupported"),
        )
        piece = self._with_mail(piece) if evidence.media in MAIL_MEDIA else replace(piece, content=self._sort(piece))
        self._warn(piece)
        return piece

    def _with_mail(self, piece: Piece) -> Piece:
        message = self.parse_mail(piece.data)
        self.warnings.extend(f"exhibit {piece.number}: {problem}" for problem in message.problems)
        parts: list[Piece] = []
        numbers: list[str] = []
        for attachment in message.attachments:
            if attachment.sha256 not in self.shown and (
                is_pdf(attachment.media, attachment.data) or is_picture(attachment.data)
            ):
                part = self._part(piece, attachment, len(parts) + 1)
                self.shown[attachment.sha256] = part.number
                parts.append(part)
            numbers.append(self.shown.get(attachment.sha256, ""))
        return replace(
            piece, content=Mail(message=self._cut(piece, message), numbers=tuple(numbers)), parts=tuple(parts)
        )

    def _cut(self, piece: Piece, message: Message) -> Message:
        return replace(message, text=self._bounded(piece.number, message.text))

    def _part(self, mail: Piece, attachment: Attachment, count: int) -> Piece:
        part = Piece(
            number=f"{mail.number}.{count}",
            exhibit=mail.exhibit,
            title=attachment.name,
            name=attachment.name,
            media=attachment.media,
            sha256=attachment.sha256,
            data=attachment.data,
            content=Slip(reason="unsupported"),
        )
        part = replace(part, content=self._sort(part))
        self._warn(part)
        return part

    def _sort(self, piece: Piece) -> Content:
        """What the bytes are, by their first bytes; only text has none that tell, so there the media type decides."""
        if not piece.data:
            return Slip(reason="empty")
        if is_pdf(piece.media, piece.data):
            opened = open_pdf(piece.data)
        elif is_picture(piece.data):
            opened = open_picture(piece.data)
        elif piece.media in TEXT_MEDIA:
            return Plain(text=self._bounded(piece.number, decoded(piece.data)))
        else:
            opened = "unreadable" if piece.media == "application/pdf" else "unsupported"
        return opened if isinstance(opened, Sheets) else Slip(reason=opened)

    def _bounded(self, number: str, text: str) -> str:
        if len(text) <= _MOST_TEXT:
            return text
        self.warnings.append(f"exhibit {number}: only the first {_MOST_TEXT} characters are printed")
        return text[:_MOST_TEXT] + "\n[…]"

    def _warn(self, piece: Piece) -> None:
        match piece.content:
            case Slip(reason=reason):
                self.warnings.append(f"exhibit {piece.number} is not shown, a slip stands for it: {reason}")
            case Sheets(searchable=False):
                self.warnings.append(f"exhibit {piece.number} is a scan without text: it cannot be searched (run OCR)")
            case _:
                pass


def gather(
    dossier: Dossier, read: Callable[[str], bytes], parse_mail: Callable[[bytes], Message]
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The pieces in the order of their numbers, each followed in `parts` by its attachments; and the warnings.

    Raises:
        EvidenceMismatchError: `read` gave other bytes than those the exhibit is named by.
    """
    gatherer = _Gatherer(parse_mail=parse_mail)
    pieces = tuple(
        gatherer.exhibit(exhibit, read(exhibit.evidence.sha256))
        for exhibit in sorted(dossier.exhibits, key=lambda one: one.number)
    )
    return pieces, tuple(gatherer.warnings)


def flat(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces in the order in which they are bound: each exhibit, then its attachments."""
    return tuple(piece for whole in pieces for piece in (whole, *whole.parts))
