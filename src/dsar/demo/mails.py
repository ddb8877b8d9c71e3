"""The mails of the demo as files: real ones, with dates, references and attachments, and marked as a reconstruction."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = "X-Dsar-Reconstruction"


def mail(folder: str, name: str, *, banner: str, attached: Mapping[str, bytes]) -> bytes:
    """The mail `mails/<folder>/<name>.eml` with its attachments, by file name; the same input gives the same bytes."""
    source = resources.files("dsar.demo") / "mails" / folder / f"{name}.eml"
    text = Template(source.read_text(encoding="utf-8")).substitute(banner=banner)
    head, _, body = text.partition("\n\n")
    made = EmailMessage(policy=SMTP)
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        made[key] = value
    made[HEADER] = banner
    made.set_content(body, cte="quoted-printable")
    for file, content in attached.items():
        main, _, sub = _media(file).partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=file)
    if attached:
        # a random boundary would make another mail at each run
        made.set_boundary(f"=_dsar_{sha256(text.encode()).hexdigest()[:24]}")
    return made.as_bytes()


def _media(name: str) -> str:
    return {"pdf": "application/pdf", "png": "image/png"}[name.rpartition(".")[2]]
