"""The mails of the demo as files: real ones, with dates, references and attachments, and marked as a reconstruction."""

from __future__ import annotations

from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from hashlib import sha256
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

HEADER = "X-Dsar-Reconstruction"
_CRLF = compat32.clone(linesep="\r\n")


def mail(folder: str, name: str, *, banner: str, attached: Mapping[str, bytes]) -> bytes:
    """The mail `mails/<folder>/<name>.eml` with its attachments, by file name; the same input gives the same bytes."""
    source = resources.files("dsar.demo") / "mails" / folder / f"{name}.eml"
    head, _, body = Template(source.read_text(encoding="utf-8")).substitute(banner=banner).partition("\n\n")
    made = _text(body)
    if attached:
        made = _with(made, attached, boundary=f"=_dsar_{sha256(head.encode()).hexdigest()[:24]}")
    for line in (*head.splitlines(), f"{HEADER}: {banner}"):
        key, _, value = line.partition(": ")
        made[key] = value if value.isascii() else Header(value, "utf-8", header_name=key).encode()
    return made.as_bytes(policy=_CRLF)


def _text(body: str) -> Message:
    readable = Charset("utf-8")
    readable.body_encoding = QP
    part = MIMENonMultipart("text", "plain", policy=compat32)
    part.set_payload(body, readable)
    return part


def _with(body: Message, attached: Mapping[str, bytes], *, boundary: str) -> Message:
    # a random boundary would make another mail at each run
    mixed = MIMEMultipart("mixed", boundary=boundary, policy=compat32)
    mixed.attach(body)
    for file, content in attached.items():
        made = MIMEImage if file.endswith(".png") else MIMEApplication
        part = made(content, file.rpartition(".")[2], policy=compat32)
        part.add_header("Content-Disposition", "attachment", filename=file)
        mixed.attach(part)
    return mixed
