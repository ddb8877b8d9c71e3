"""Outlook's own file of one mail (`.msg`) as a view. The bytes stay the evidence; this needs the extra `outlook`."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from dsar.core.message import Attachment, Message
from dsar.errors import MissingProgramError
from dsar.mail.charset import clean, one_line
from dsar.mail.html_text import text_of
from dsar.mail.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# how the text was packed on its way says nothing of the text that Outlook kept
_PACKING = re.compile(r"^(content-[^:]*|mime-version):.*(\r?\n[ \t].*)*\r?\n?", re.IGNORECASE | re.MULTILINE)


class NoOutlookError(MissingProgramError):
    """The extra that reads Outlook's files is not installed."""

    sentence = "The message was kept; to read Outlook's .msg files install the extra: pip install 'dsar[outlook]'."


def read(data: bytes) -> Message:
    """A `.msg` file as far as it can be read; never raises on its bytes.

    Raises:
        NoOutlookError: the extra is not installed.
    """
    try:
        from oxmsg import Message as Opened  # noqa: PLC0415 - an extra, loaded on use
    except ImportError as error:
        raise NoOutlookError from error
    try:
        opened = Opened.load(data)
    except Exception as error:  # noqa: BLE001 - hostile bytes meet a parser that promises nothing
        said = f"The Outlook message could not be read ({type(error).__name__})."
        return replace(parse(b""), problems=(said,))
    problems: list[str] = []
    nothing: tuple[Attachment, ...] = ()
    seen = parse(_as_mail(opened, problems))
    attached = _tried(lambda: _attachments(opened), nothing, "attachments", problems)
    return replace(seen, attachments=attached, problems=(*problems, *seen.problems))


def _as_mail(opened: Any, problems: list[str]) -> bytes:  # noqa: ANN401 - the library's own type, not installed everywhere
    """The headers as they travelled, or made of what Outlook kept; then the text."""
    travelled = _tried(lambda: _headers(opened), "", "headers", problems)
    headers = _PACKING.sub("", travelled).strip("\r\n") or _tried(lambda: _made(opened), "", "sender", problems)
    text = _tried(lambda: opened.body or "", "", "text", problems)
    if not text.strip():
        text = _tried(lambda: text_of(opened.html_body or ""), "", "text", problems)
    packed = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"
    return f"{headers}\n{packed}\n\n{clean(text)}".encode("utf-8", "replace")


def _headers(opened: Any) -> str:  # noqa: ANN401 - as above
    return "\n".join(f"{one_line(name)}: {one_line(value)}" for name, value in opened.message_headers.items())


def _made(opened: Any) -> str:  # noqa: ANN401 - as above
    to = ", ".join(f'"{one_line(one.name)}" <{one_line(one.email_address)}>' for one in opened.recipients)
    sent = opened.sent_date
    lines = [f"From: {one_line(opened.sender or '')}", f"To: {to}", f"Subject: {one_line(opened.subject)}"]
    return "\n".join([*lines, *([f"Date: {format_datetime(sent)}"] if sent is not None else [])])


def _attachments(opened: Any) -> tuple[Attachment, ...]:  # noqa: ANN401 - as above
    found = []
    for one in opened.attachments:
        data = one.file_bytes or b""
        name, media = one_line(one.file_name or ""), one_line(one.mime_type or "application/octet-stream")
        found.append(Attachment(name=name, media=media, data=data, sha256=sha256(data).hexdigest()))
    return tuple(found)


def _tried(read_it: Callable[[], T], default: T, what: str, problems: list[str]) -> T:
    try:
        return read_it()
    except Exception as error:  # noqa: BLE001 - as in `read`
        problems.append(f"The {what} of the Outlook message could not be read ({type(error).__name__}).")
        return default
