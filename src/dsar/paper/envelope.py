"""The address blocks of a letter as every format prints them: one field, one line; an e-mail address once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.letter import Letter

# Unlike str.split(), this leaves the no-break spaces of French alone.
_GAP = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """`text` on one line: each run of spaces and line ends is one space; no-break spaces stay."""
    return _GAP.sub(" ", text).strip(" ")


def one_lines(texts: Iterable[str]) -> list[str]:
    """Each text on one line, the blank ones left out."""
    return [line for line in map(one_line, texts) if line]


def sender_lines(letter: Letter) -> list[str]:
    """The sender's block, with the e-mail address if no line shows it."""
    return _with_mail(one_lines(letter.sender), letter.sender_email)


def return_address(letter: Letter) -> str:
    """The sender's postal address as one line of small print; empty where there is none to send a letter back to."""
    lines = one_lines(letter.sender)
    return " · ".join(lines) if len(lines) > 1 else ""


def recipient_lines(letter: Letter) -> list[str]:
    """The addressee's block; the e-mail address only where there is no postal one, for it has no use on an envelope."""
    lines = one_lines(letter.recipient)
    return lines if len(lines) > 1 else _with_mail(lines, letter.recipient_email)


def _with_mail(lines: list[str], email: str) -> list[str]:
    address = one_line(email)
    shown = not address or any(address in line for line in lines)
    return lines if shown else [*lines, address]


def mail_subject(letter: Letter) -> str:
    """The subject of a mail: that of the letter, and our reference, by which an answer finds its case again."""
    subject = one_line(letter.subject)
    ref = one_line(letter.refs[0][1]) if letter.refs else ""
    return f"{subject} [{ref}]" if ref and ref not in subject else subject
