"""What came, file by file: attachments of a mail, members of an archive; their hashes, and nothing unpacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.meanings import Answer, NoData, Refusal
from dsar.desk.errors import NothingToDoError
from dsar.desk.evidence import parsed
from dsar.desk.incoming import message_of
from dsar.desk.office import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.message import Message
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk
    from dsar.mail.archive import Member

ZIP = "application/zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What one message of a case holds; `n` is its entry."""

    ref: str
    n: int
    evidence: Evidence
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """The bytes of all files that could be read, without those that hold others."""
        return sum(one.size for one in self.members if one.sha256 and one.media != ZIP)


def inventory(desk: Desk, ref: str | None, number: int | None) -> Inventory:
    """The inventory of message `number` of a case, or of its last answer that came with a file.

    Raises:
        NothingToDoError: no such message holds a file.
        NoEntryError: there is no message of that number.
    """
    case = read(desk, ref).case
    answers = case.meaning(Answer, Refusal, NoData) or case.messages
    held = [message for message in answers if message.fact.message is not None]
    message = message_of(case, number) if number is not None else (held[-1] if held else None)
    if message is None or message.fact.message is None:
        raise NothingToDoError(ref=case.ref, what="file of theirs", mend="record one with `dsar received REF FILE`")
    piece = message.fact.message
    return Inventory(ref=case.ref, n=message.n, evidence=piece, members=tuple(inventory_of(desk, piece)))


def inventory_of(desk: Desk, piece: Evidence) -> Iterator[Member]:
    """What a file in the vault holds: itself, or the files in it where it is a mail or an archive."""
    from dsar.mail.archive import Member, members  # noqa: PLC0415 - only where an answer is looked at

    if piece.media == ZIP:
        with desk.vault.evidence_file(piece.sha256) as stream:
            yield from members(stream)
        return
    message = parsed(desk, piece)
    if message is None:
        yield Member(name=piece.name, size=piece.size, media=piece.media, sha256=piece.sha256)
        return
    yield from _attached(message)


def _attached(message: Message) -> Iterator[Member]:
    import io  # noqa: PLC0415 - as above

    from dsar.mail.archive import Member, media_of, members  # noqa: PLC0415 - as above

    for one in message.attachments:
        media = media_of(one.data[:4096], one.name)
        yield Member(name=one.name, size=len(one.data), media=media, sha256=one.sha256)
        if media == ZIP:
            yield from members(io.BytesIO(one.data), within=(one.name,))
