"""A letter as an e-mail draft (RFC 5322): opened by a mail program, it is ready to be sent.

Headers are built here and not by `email.policy.default`, which decodes what looks like an encoded word in a name or a
subject and so would let its author write headers.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, quote
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from dsar.errors import InputError
from dsar.paper.envelope import mail_subject, one_line
from dsar.paper.glyphs import visible
from dsar.paper.letter_text import render_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message

    from dsar.core.letter import Letter

Attached = tuple[str, str, bytes]

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")
_CRLF = compat32.clone(linesep="\r\n")
# What may be attached as what it says it is; anything else is bytes.
_TYPES = {
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
}
# What travels as bytes (a mail within a mail would be read as one), and still has the ending of what it is.
_ENDINGS = {**_TYPES, "application/zip": "zip", "message/rfc822": "eml", "text/plain": "txt"}
_LONGEST_NAME = 60
# A display name longer than this is sent as encoded words, which may be folded; a quoted string may not.
_QUOTED = 60
# RFC 5321, 4.5.3.1: a path holds 256 octets with its angle brackets.
_LONGEST = 254


class MailAddressError(InputError):
    """A party's e-mail address is not one, so no mail can be addressed."""

    sentence = "“{address}” is not an e-mail address: correct it, then make the mail again."


def render_eml(  # noqa: PLR0913 - all but one are named at the call
    letter: Letter,
    *,
    message_id: str,
    date: str,
    from_name: str,
    pdf: bytes | None,
    attachments: Sequence[Attached] = (),
    sent_from: str = "",
) -> bytes:
    """The mail, with the plain text as its body and the PDF attached; the same input gives the same bytes.

    Args:
        letter: the filled letter; without a `recipient_email` there is no To line, which the mail program asks for.
        message_id: `<id@domain>`, or empty: the mail program then makes one.
        date: ISO 8601 with offset, or empty: the mail program then sets it on sending.
        from_name: the display name of the sender.
        pdf: the letter as PDF, or None.
        attachments: what the letter encloses, each as name, media type and bytes; names and types may be hostile.
        sent_from: the address that dsar itself sends it from; empty: it is a draft from the letter's sender.

    Raises:
        MailAddressError: an address cannot stand in a header.
        ValueError: `message_id` or `date` is malformed (a mistake of the caller).
    """
    body = _text(render_text(letter))
    own: tuple[Attached, ...] = () if pdf is None else ((_file_name(letter), "application/pdf", pdf),)
    enclosed = _named_once((*own, *((safe_name(name, media), media, data) for name, media, data in attachments)))
    mail = _with_files(body, enclosed) if enclosed else body
    headers = {
        "From": _address("From", from_name, sent_from or letter.sender_email),
        "To": _address("To", next(iter(letter.recipient), ""), letter.recipient_email),
        "Subject": _words("Subject", mail_subject(letter)),
        "Date": format_datetime(datetime.fromisoformat(date)) if date else "",
        "Message-ID": _identifier(message_id),
        "X-Unsent": "" if sent_from else "1",
        "X-Dsar-Reconstruction": _words("X-Dsar-Reconstruction", letter.banner),
    }
    for name, value in headers.items():
        if value:
            mail[name] = value
    return mail.as_bytes(policy=_CRLF)


def _text(text: str) -> Message:
    readable = Charset("utf-8")
    readable.body_encoding = QP
    part = MIMENonMultipart("text", "plain", charset="utf-8")
    part.set_payload(text, readable)
    return part


def _with_files(body: Message, files: Sequence[Attached]) -> Message:
    # a random boundary would make another mail of the same letter; this one cannot occur in base64 or quoted-printable
    seed = sha256(b"".join(data for _, _, data in files)).hexdigest()
    mail = MIMEMultipart("mixed", boundary=f"=_dsar_{seed[:24]}", policy=compat32)
    mail.attach(body)
    for name, media, data in files:
        main, _, sub = (media if media in _TYPES else "application/octet-stream").partition("/")
        part = MIMEBase(main, sub, policy=compat32)
        part.set_payload(data)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=name)
        mail.attach(part)
    return mail


def safe_name(name: str, media: str) -> str:
    """A file name that is only a name: plain ASCII, no folder, and the ending of what the file is."""
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")
    plain = unicodedata.normalize("NFKD", stem[0] or stem[2]).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:_LONGEST_NAME] or "enclosure"
    return f"{kept}.{_ENDINGS.get(media, 'bin')}"


def _named_once(files: Sequence[Attached]) -> tuple[Attached, ...]:
    """The same files, each under a name of its own: a mail program keeps only one of two that are called the same."""
    taken: set[str] = set()
    named = []
    for name, media, data in files:
        stem, _, ending = name.rpartition(".")
        free = next(one for n in count(1) if (one := name if n == 1 else f"{stem}-{n}.{ending}") not in taken)
        taken.add(free)
        named.append((free, media, data))
    return tuple(named)


def _file_name(letter: Letter) -> str:
    kind = re.sub(r"[^a-z0-9]+", "-", letter.kind.lower()).strip("-") or "letter"
    return f"{kind}-{letter.on.isoformat()}.pdf"


def _words(header: str, text: str) -> str:
    """`text` for a header: one line, control characters named, encoded (RFC 2047) where it is not plain ASCII."""
    line = visible(one_line(text))
    plain = line.isascii() and "=?" not in line
    return Header(line, "us-ascii" if plain else "utf-8", header_name=header).encode(linesep="\n")


def _address(header: str, name: str, address: str) -> str:
    if not address.strip():
        return ""
    spec = mail_address(address)
    shown = visible(one_line(name))
    if not shown:
        return spec
    if shown.isascii() and "=?" not in shown and len(shown) <= _QUOTED:
        return f'"{quote(shown)}" <{spec}>'
    return f"{Header(shown, 'utf-8', header_name=header).encode(linesep=chr(10))}\n <{spec}>"


def mail_address(address: str) -> str:
    """An e-mail address as it can stand in a header or a link, its domain in ASCII.

    Raises:
        MailAddressError: it is none.
    """
    address = address.strip()
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise MailAddressError(address=address) from error
    if len(address) > _LONGEST or not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)):
        raise MailAddressError(address=address)
    return f"{local}@{ascii_domain}"


def _identifier(message_id: str) -> str:
    if message_id and not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError(f"not a message id: {message_id!r}")
    return message_id
