"""Every word of a mail, whoever would see it: all headers, the names of its parts, plain text and HTML alike."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import compat32
from typing import TYPE_CHECKING

from dsar.mail.charset import clean, decoded, raw_bytes
from dsar.mail.headers import words
from dsar.mail.html_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message as Part


def every_word(raw: bytes) -> str | None:
    """The words of a mail and of the mails in it; None where it cannot be taken apart."""
    try:
        mail = message_from_bytes(raw, policy=compat32)
        return "\n".join(text for part in mail.walk() for text in _of_part(part))
    except Exception:  # noqa: BLE001 - hostile bytes meet a parser that promises nothing
        return None


def _of_part(part: Part) -> Iterator[str]:
    for name, value in part.raw_items():
        # a header may be folded in the middle of a name
        yield f"{name}: {' '.join(words(decoded(raw_bytes(str(value)))).split())}"
    body = part.get_payload(decode=True)
    if part.get_content_maintype() == "text" and isinstance(body, bytes):
        text = clean(decoded(body, str(part.get_param("charset", ""))))
        yield text_of(text) if part.get_content_subtype() == "html" else text
