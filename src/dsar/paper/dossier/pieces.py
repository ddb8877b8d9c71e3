"""What is bound: exhibits and their attachments, each with what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.paper.dossier.place import Layer

if TYPE_CHECKING:
    from dsar.core.dossier import Exhibit, Listed, Paragraph, Table
    from dsar.core.message import Message
    from dsar.paper.dossier.foreign import Reason
    from dsar.paper.dossier.store import Kept

ANNEX = "A"
"""What the number of an annex begins with, so that it is never that of an exhibit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A row of the list of attachments: `number` is the piece that shows it, or empty; `name` as it came."""

    name: str
    media: str
    size: int
    sha256: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to show. The `message` has no attachments any more: they are pieces, and `attached` lists them.

    `inventory` takes the place of that list where the files stay out of the dossier.
    """

    message: Message
    attached: tuple[Attached, ...]
    inventory: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Text to show as it is."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Nothing can be shown, for this reason (a word of the dossier); `inventory` says what the file holds."""

    reason: Reason
    inventory: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Pages of our own: an annex."""

    blocks: tuple[Paragraph | Table, ...]


Shown = Mail | Plain | Slip | Words
"""What is laid out in words; anything else is a `Layer` already."""
Content = Layer | Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One numbered piece: an exhibit ("3"), an attachment of one ("3.1"), or an annex ("A12"), which has no file.

    `file` are its untouched bytes.

    `name` is the file name as it came; `parts` are the attachments bound after a mail. `redacted`: something of it was
    painted over. `sealed`: its untouched bytes must not leave the vault.
    """

    number: str
    exhibit: Exhibit
    title: str
    name: str
    media: str
    file: Kept
    content: Content
    parts: tuple[Piece, ...] = ()
    redacted: bool = False
    sealed: bool = False

    @property
    def sha256(self) -> str:
        """The hash of its untouched bytes."""
        return self.file.sha256

    @property
    def is_part(self) -> bool:
        """Whether this is an attachment and not an exhibit of its own."""
        return "." in self.number

    @property
    def is_annex(self) -> bool:
        """Whether this is no exhibit but pages of our own among them."""
        return self.number.startswith(ANNEX)


def flat(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces in the order in which they are bound: each exhibit, then its attachments."""
    return tuple(piece for whole in pieces for piece in (whole, *whole.parts))
