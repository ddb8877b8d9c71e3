"""Reading the exhibits: their bytes into the store, mails taken apart into pieces, each numbered once and for all.

A number never depends on what can be shown: a file that this machine cannot open keeps its number, behind a slip.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsar.errors import InputError
from dsar.paper.dossier.pieces import Attached, Mail, Piece, Slip
from dsar.paper.dossier.sniff import LETTER_MEDIA, MAIL_MEDIA

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.dossier import Dossier, Exhibit
    from dsar.core.message import Attachment, Message
    from dsar.paper.dossier.store import Kept, Store

# A mail is parsed in memory, where it takes four times its size. Mailboxes take in no larger one.
MOST_MAIL = 50 << 20


class EvidenceMismatchError(InputError):
    """The bytes handed over for an exhibit are not those it is named by."""

    sentence = "The stored bytes of exhibit {number} do not match their SHA-256; check the vault: dsar vault verify."


@dataclass(slots=True)
class _Gatherer:
    """Reads exhibits one after the other; remembers what it saw, so that the same file is bound once."""

    parse_mail: Callable[[bytes], Message | None]
    take: Callable[[Exhibit], Kept]
    store: Store
    of_many: bool = False
    files: dict[str, Kept] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def exhibit(self, exhibit: Exhibit) -> Piece:
        number, evidence = str(exhibit.number), exhibit.evidence
        if evidence.sha256 not in self.files:
            taken = self.take(exhibit)
            if taken.sha256 != evidence.sha256:
                raise EvidenceMismatchError(number=number)
            self.files[taken.sha256] = taken
        if evidence.sha256 in self.seen:
            self.warnings.append(f"exhibits {self.seen[evidence.sha256]} and {number} are the same file")
        self.seen.setdefault(evidence.sha256, number)
        piece = Piece(
            number=number,
            exhibit=exhibit,
            title=exhibit.title,
            name=evidence.name,
            media=evidence.media,
            file=self.files[evidence.sha256],
            content=Slip(reason="unsupported"),
            sealed=exhibit.returned or exhibit.veiled,
        )
        if evidence.media not in MAIL_MEDIA:
            return piece
        return (
            self._with_mail(piece) if piece.file.size <= MOST_MAIL else replace(piece, content=Slip(reason="too_large"))
        )

    def _with_mail(self, piece: Piece) -> Piece:
        message = self.parse_mail(piece.file.head(piece.file.size))
        if message is None:  # no program of this machine reads it
            return piece
        self.warnings.extend(f"exhibit {piece.number}: {problem}" for problem in message.problems)
        parts: list[Piece] = []
        attached: list[Attached] = []
        count = 0
        for place, attachment in enumerate(message.attachments, start=1):
            number = self.seen.get(attachment.sha256, "")
            if not number:
                # where many complain, a number depends on nobody else's mails: the copy for one has the same
                count = place if self.of_many else count + 1
                number = f"{piece.number}.{count}"
                if not piece.exhibit.returned or number in piece.exhibit.shows:
                    self.seen[attachment.sha256] = number
                    parts.append(self._part(piece, attachment, number))
                else:
                    number = ""
            attached.append(_row(attachment, number))
        if piece.exhibit.returned:
            self.warnings.append(
                f"exhibit {piece.number}: files of this answer are listed and not shown, as they may hold personal "
                f"data: --show {piece.number}.1 shows one, --with-returned-data all of them"
            )
            self._ask_for_the_letter(piece, message)
        inventory = piece.exhibit.inventory if piece.exhibit.returned else ()
        mail = Mail(message=replace(message, attachments=()), attached=tuple(attached), inventory=inventory)
        return replace(piece, content=mail, parts=tuple(parts))

    def _ask_for_the_letter(self, piece: Piece, message: Message) -> None:
        """An answer may be a letter in a file; only who read it can tell it from the data that came with it."""
        for count, one in enumerate(message.attachments, start=1):
            number = f"{piece.number}.{count}"
            if one.media in LETTER_MEDIA and number not in piece.exhibit.shows:
                self.warnings.append(f"exhibit {number} may be the answer itself: if it is, --show {number}")

    def _part(self, mail: Piece, attachment: Attachment, number: str) -> Piece:
        return Piece(
            number=number,
            exhibit=mail.exhibit,
            title=attachment.name,
            name=attachment.name,
            media=attachment.media,
            file=self.store.take((attachment.data,)),
            content=Slip(reason="unsupported"),
        )


def _row(attachment: Attachment, number: str) -> Attached:
    return Attached(
        name=attachment.name,
        media=attachment.media,
        size=len(attachment.data),
        sha256=attachment.sha256,
        number=number,
    )


def gather(
    dossier: Dossier,
    store: Store,
    *,
    take: Callable[[Exhibit], Kept],
    parse_mail: Callable[[bytes], Message | None],
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The pieces in the order of their numbers, each followed in `parts` by its attachments; and the warnings.

    Mails are read; what the others show is still to be found out (`show`). `take` puts the bytes of an exhibit where
    they can be read.

    Raises:
        EvidenceMismatchError: `take` gave other bytes than those the exhibit is named by.
    """
    gatherer = _Gatherer(take=take, parse_mail=parse_mail, store=store, of_many=bool(dossier.annexes))
    ordered = sorted(dossier.exhibits, key=lambda one: one.number)
    return tuple(gatherer.exhibit(exhibit) for exhibit in ordered), tuple(gatherer.warnings)
