"""A mail file as a `Message`. Whatever the bytes are, there is a view of them; the bytes stay the evidence."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message as Part
from email.policy import compat32
from typing import TYPE_CHECKING, TypeVar

from dsar.core.message import Message
from dsar.mail.charset import clean, decoded
from dsar.mail.headers import addresses, first, identifiers, instant
from dsar.mail.machine import is_automatic, is_bounce
from dsar.mail.parts import Contents, contents

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_BLANK = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_KNOWN = frozenset([b"from", b"to", b"date", b"subject", b"received", b"message-id", b"return-path", b"mime-version"])
# RFC 5322 asks for Date and From; either may have been lost, but two of the headers above are no accident.
_ENOUGH = 2
_HEADERS_WITHIN = 256 * 1024


def looks_like_mail(raw: bytes) -> bool:
    """Whether `raw` begins with a block of mail headers, so that anything else can be refused before it is parsed."""
    head = _from_headers_on(raw)[:_HEADERS_WITHIN]
    blank = _BLANK.search(head)
    lines = re.split(rb"\r\n|\n|\r", head[: blank.start()] if blank else head)
    if lines[0].startswith(b"From "):  # the separator line of an mbox file
        del lines[0]
    seen: set[bytes] = set()
    for line in lines:
        name = _HEADER.match(line)
        if name:
            seen.add(name[1].lower())
        elif not line.startswith((b" ", b"\t")):
            break
    return len(seen & _KNOWN) >= _ENOUGH


def parse(raw: bytes) -> Message:
    """Read a mail as far as it can be read; never raises. What could not be read is said in `problems`."""
    problems: list[str] = []
    nobody: tuple[str, ...] = ()
    mail = _tried(lambda: message_from_bytes(_from_headers_on(raw), policy=compat32), None, "structure", problems)
    if mail is None:
        mail = Part(policy=compat32)
        mail.set_payload(clean(decoded(raw)))
    found = _tried(lambda: contents(mail), Contents(), "contents", problems)
    date = _tried(lambda: first(mail, "Date"), "", "date", problems)
    senders = _tried(lambda: addresses(mail, "From") or addresses(mail, "Sender"), nobody, "sender", problems)
    return Message(
        message_id=_tried(lambda: next(iter(identifiers(mail, "Message-ID")), ""), "", "message id", problems),
        in_reply_to=_tried(lambda: identifiers(mail, "In-Reply-To", "References"), nobody, "references", problems),
        sender=next(iter(senders), ""),
        to=_tried(lambda: addresses(mail, "To"), nobody, "recipients", problems),
        cc=_tried(lambda: addresses(mail, "Cc"), nobody, "copies", problems),
        subject=_tried(lambda: first(mail, "Subject"), "", "subject", problems),
        date=date,
        at=instant(date),
        text=found.text,
        attachments=tuple(found.attachments),
        automatic=_tried(lambda: is_automatic(mail), default=False, what="origin", problems=problems),
        bounce=_tried(lambda: is_bounce(mail), default=False, what="delivery status", problems=problems),
        problems=(*problems, *found.problems),
    )


def _tried(read: Callable[[], T], default: T, what: str, problems: list[str]) -> T:
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - hostile bytes meet a parser that promises nothing
        problems.append(f"The {what} of the mail could not be read ({type(error).__name__}).")
        return default


def _from_headers_on(raw: bytes) -> bytes:
    """`raw` without the byte order mark and the blank lines that some programs put before the headers."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
