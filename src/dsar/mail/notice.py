"""What a delivery status (RFC 3464) says of each address: as its sender claims, no more."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from typing import TYPE_CHECKING

from dsar.mail.charset import one_line
from dsar.mail.headers import first
from dsar.mail.parts import inner, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message as Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of a mail for one address; `action` is failed, delayed, delivered, relayed or expanded."""

    address: str
    action: str


def notices(head: bytes) -> tuple[Notice, ...]:
    """The notices in a mail, of which the beginning is enough; none if it is no delivery status."""
    found = (_notice(block) for block in _blocks(message_from_bytes(head)))
    return tuple(one for one in found if one is not None)


def _blocks(mail: Part) -> Iterator[Part]:
    for part in leaves(mail):
        if part.get_content_type() == "message/delivery-status":
            yield from inner(part)


def _notice(block: Part) -> Notice | None:
    """One block of fields; the first of a status speaks of the whole mail, and has no recipient."""
    kind, _, address = first(block, "Final-Recipient").partition(";")
    action = first(block, "Action").partition(" ")[0].lower()
    if kind.strip().lower() != "rfc822" or not action:
        return None
    return Notice(address=one_line(address).strip("<>"), action=action)
