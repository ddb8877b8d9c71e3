"""The formats in which a letter leaves: what each is called on the command line, and who makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from dsar.paper.letter_eml import render_eml
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.letter_text import render_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.letter import Letter

Format = Literal["pdf", "txt", "eml", "md"]


def render(
    letter: Letter, fmt: Format, *, pdf: bytes | None = None, attachments: Sequence[tuple[str, str, bytes]] = ()
) -> bytes:
    """The letter in one format, as the bytes of a file.

    `eml` is a draft with the PDF attached, without date and message id, which the mail program gives it; `md` is the
    body alone, as it can be edited. `pdf` is the PDF that is attached if it exists already; `attachments` what is
    enclosed besides, each as name, media type and bytes.

    Raises:
        InputError: the letter cannot be laid out or addressed (see `render_pdf`, `render_eml`).
    """
    match fmt:
        case "pdf":
            return render_pdf(letter)
        case "txt":
            return render_text(letter).encode()
        case "eml":
            sender = next(iter(letter.sender), "")
            return render_eml(
                letter,
                message_id="",
                date="",
                from_name=sender,
                pdf=render_pdf(letter) if pdf is None else pdf,
                attachments=attachments,
            )
        case "md":
            return (letter.body.rstrip("\n") + "\n").encode()
        case _:
            assert_never(fmt)
