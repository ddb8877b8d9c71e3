"""A first look at a message that comes in: its headers and the beginning of its text, whatever its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.message import plain_address
from dsar.mail.charset import decoded, one_line
from dsar.mail.parse import parse

if TYPE_CHECKING:
    from dsar.core.message import Message

ENOUGH = 16 * 1024
"""Bytes that hold the headers of nearly every mail, and what a delivery status says."""

# RFC 3464, 2.3.2: the address that could not be reached; and the id of our mail, which comes back with the report
_LINES = re.IGNORECASE | re.MULTILINE
_FINAL = re.compile(rb"^(?:Final|Original)-Recipient:[ \t]*rfc822[ \t]*;[ \t]*(\S[^\r\n]{0,320})", _LINES)
_REPORT = re.compile(rb"report-type=[\"']?delivery-status", re.IGNORECASE)
_MAILS = frozenset(("message/rfc822", "message/global", "message/rfc822-headers", "text/rfc822-headers"))
_RETURNED = re.compile(rb"^Message-ID:[ \t\r\n]*(<[^<>\s]{1,512}>)", _LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a message seems to be. `message` is read from its beginning: text and attachments may be cut short.

    `sender` is the plain address; `threads` are the ids of the messages that it answers or reports on; `dead` is the
    address that a notice of non-delivery names. `returned` is what such a notice sends back of our mail, as text.
    """

    message: Message
    sender: str
    threads: tuple[str, ...]
    dead: str = ""
    returned: str = ""


def glance(head: bytes) -> Glance:
    """Read the beginning of a message (`ENOUGH` bytes of it); never raises."""
    seen = parse(head)
    threads, dead, back = seen.in_reply_to, "", ""
    if seen.bounce or _REPORT.search(head):
        returned = (one_line(decoded(found)) for found in _RETURNED.findall(head))
        threads = tuple(dict.fromkeys((*threads, *(one for one in returned if one != seen.message_id))))
        final = _FINAL.search(head) if seen.bounce else None
        dead = one_line(decoded(final[1])).strip("<> ") if final else ""
        back = _returned(seen)
    return Glance(message=seen, sender=plain_address(seen.sender), threads=threads, dead=dead, returned=back)


def _returned(notice: Message) -> str:
    """The subject and the text of the mail that came back with a notice, whole or its headers alone (RFC 6522, 3)."""
    mails = [parse(one.data) for one in notice.attachments if one.media in _MAILS]
    return "\n".join(text for one in mails for text in (one.subject, one.text))


def of(message: Message) -> Glance:
    """The same of a message that was read whole."""
    return Glance(message=message, sender=plain_address(message.sender), threads=message.in_reply_to)
