"""Notices of delivery that came back: what they claim is offered to a person, and is no fact before one confirms it.

RFC 3464, 2.3.3: `delivered` means that the mail lies in the mailbox, or with a server that stands for it. `relayed`
only means that it went on to servers that send no notices; that shows nothing of its arrival, and is not offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.office import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dsar.core.case import Incoming
    from dsar.desk.office import Desk, File


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """Message `n` of case `ref` says that sending `sending` to `address` was delivered, on the day of the message."""

    ref: str
    n: int
    sending: int
    address: str
    on: date

    @property
    def command(self) -> str:
        """The command that confirms it."""
        return f"dsar delivered {self.ref} --sending {self.sending} --by {self.n}"


def notified(desk: Desk, refs: Iterable[str]) -> tuple[Notified, ...]:
    """What waits to be confirmed in these cases."""
    found = []
    for ref in sorted(refs):
        file = read(desk, ref)
        for message in file.case.messages:
            one = _claim(desk, file, message)
            if one is not None:
                found.append(one)
    return tuple(found)


def _claim(desk: Desk, file: File, message: Incoming) -> Notified | None:
    """What a message claims of one of our mails, of whose delivery nothing is recorded."""
    from dsar.mail.glance import ENOUGH, glance  # noqa: PLC0415 - only where messages came in
    from dsar.mail.notice import notices  # noqa: PLC0415 - as above

    piece = message.fact.message
    if message.meaning is not None or piece is None:
        return None
    head = desk.vault.evidence_head(piece.sha256, ENOUGH)
    delivered = {one.address.casefold() for one in notices(head) if one.action == "delivered"}
    for message_id in glance(head).threads if delivered else ():
        mail = desk.vault.outbox.of_message(message_id)
        if mail is None or mail.ref != file.case.ref or mail.entry is None:
            continue
        sending = file.case.sending(mail.entry)
        if sending is not None and not sending.deliveries and mail.recipient.casefold() in delivered:
            return Notified(ref=mail.ref, n=message.n, sending=sending.n, address=mail.recipient, on=message.fact.on)
    return None
