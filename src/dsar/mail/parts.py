"""The parts of a mail: its text, and what is attached. Each part is read on its own; none can stop the others."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.message import Message as Part
from email.policy import compat32
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from dsar.core.message import Attachment
from dsar.mail.charset import clean, decoded, one_line, raw_bytes
from dsar.mail.headers import words
from dsar.mail.html_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


@dataclass(slots=True)
class Contents:
    """What the parts of a mail gave: plain texts, HTML texts, attachments, and sentences on what was damaged."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The body: the plain text, from HTML if there is no other."""
        plain = "\n\n".join(text.strip("\n") for text in self.plain if text.strip())
        return plain or "\n\n".join(text for text in self.html if text)


def contents(mail: Part) -> Contents:
    """Text and attachments of a parsed mail. A mail inside the mail is an attachment and is not opened."""
    found = Contents()
    for part in leaves(mail):
        try:
            _read(part, found)
        except Exception as error:  # noqa: BLE001 - a part is hostile input to a parser that promises nothing
            found.problems.append(f"A part of the mail could not be read ({type(error).__name__}).")
        found.problems += [_defect(type(defect).__name__) for defect in part.defects]
    found.problems = list(dict.fromkeys(found.problems))
    return found


def leaves(mail: Part) -> Iterator[Part]:
    """The parts that hold something, in their order; without recursion, for a mail may be nested a thousand deep."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(inner(part))
        else:
            yield part


def inner(part: Part) -> list[Part]:
    """The parts within a part; none where it holds bytes."""
    held = part.get_payload() if part.is_multipart() else []
    return [each for each in held if isinstance(each, Part)] if isinstance(held, list) else []


def media_type(part: Part) -> str:
    """The media type that the part names, or `application/octet-stream` where it names none that could exist."""
    named = part.get_content_type()
    return named if _MEDIA.fullmatch(named) else "application/octet-stream"


def _read(part: Part, found: Contents) -> None:
    media, name = media_type(part), _file_name(part, found)
    attached = part.get_content_disposition() == "attachment" or bool(name)
    data = _data(part, found)
    if attached or not media.startswith(("text/plain", "text/html", "multipart/")):
        found.attachments.append(Attachment(name=name, media=media, data=data, sha256=sha256(data).hexdigest()))
    elif media == "text/html":
        found.html.append(clean(text_of(decoded(data, _charset(part)))))
    else:  # also a multipart whose parts could not be told apart: better its source than nothing
        found.plain.append(clean(decoded(data, _charset(part))))


def _data(part: Part, found: Contents) -> bytes:
    if part.is_multipart():
        return b"\n".join(_source(each) for each in inner(part))
    # without its type: the standard library would also try the character set that it names, and fail with it
    bare = copy(part)
    del bare["Content-Type"]
    bare.defects = []
    data = bare.get_payload(decode=True)
    found.problems += [_defect(type(defect).__name__) for defect in bare.defects]
    return data if isinstance(data, bytes) else b""


def _source(part: Part) -> bytes:
    """A mail within the mail, written out again: the standard library does not keep its bytes."""
    made = BytesIO()
    BytesGenerator(made, mangle_from_=False, maxheaderlen=0, policy=compat32).flatten(part)
    return made.getvalue()


def _charset(part: Part) -> str:
    named = part.get_param("charset", "")
    return named[2] if isinstance(named, tuple) else str(named or "")


def _file_name(part: Part, found: Contents) -> str:
    """The name as it came, minus control characters; empty where there is none. Never to be used as a path."""
    try:
        return one_line(words(decoded(raw_bytes(part.get_filename("")))))
    except Exception as error:  # noqa: BLE001 - what is attached must not be lost for its name
        found.problems.append(f"The name of an attachment could not be read ({type(error).__name__}).")
        return "attachment"


def _defect(name: str) -> str:
    return f"The mail is damaged ({name}): its text or its attachments may be incomplete."
