"""A mail as far as it could be read. The raw bytes are the evidence; this is only a view of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached part: `name` as it came (hostile), `media` its IANA type, `data` its decoded bytes."""

    name: str
    media: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A parsed mail. Strings are decoded text, free of control characters; addresses as "Name <a@b>".

    `at` is the instant of the Date header in ISO 8601 with its offset, or empty; `date` the header as it stands.
    `text` is the plain-text body (from HTML if there is no other). `automatic`: headers say a machine wrote it
    (RFC 3834); `bounce`: it is a delivery status (RFC 3464). `problems` are sentences on what could not be read.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    date: str
    at: str
    text: str
    attachments: tuple[Attachment, ...]
    automatic: bool
    bounce: bool
    problems: tuple[str, ...]


def plain_address(party: str) -> str:
    """The address in "Name <a@b>", or the text itself where there are no such brackets.

    A name may hold commas, quotes and brackets of its own: only the last pair counts.
    """
    _, bracket, rest = party.rpartition("<")
    return rest.removesuffix(">").strip() if bracket and party.rstrip().endswith(">") else party.strip()
