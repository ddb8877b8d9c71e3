"""The formats in which a letter leaves: what each is called on the command line, and who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from dsar.paper.letter_eml import render_eml
from dsar.paper.letter_mailto import render_mailto
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.letter_text import render_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.letter import Letter

Format = Literal["pdf", "docx", "txt", "eml", "mailto", "md"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How a letter looks on paper: the picture of a signature, and the envelope (empty: by the sender's country)."""

    signature: bytes | None = None
    window: str = ""


PLAIN = Dress()


def pdf_of(letter: Letter, dress: Dress = PLAIN) -> bytes:
    """The letter as PDF (see `render_pdf`)."""
    return render_pdf(letter, signature_image=dress.signature, window=dress.window)


def render(
    letter: Letter,
    fmt: Format,
    *,
    pdf: bytes | None = None,
    attachments: Sequence[tuple[str, str, bytes]] = (),
    dress: Dress = PLAIN,
) -> bytes:
    """The letter in one format, as the bytes of a file.

    `eml` is a draft with the PDF attached, without date and message id, which the mail program gives it; `mailto` is
    one line, a link; `md` is the body alone, as it can be edited. `pdf` is the PDF that is attached if it exists
    already; `attachments` what is enclosed besides, each as name, media type and bytes; `dress` how it looks on paper.

    Raises:
        InputError: the letter cannot be laid out or addressed (see `render_pdf`, `render_docx`, `render_eml`).
        NoWindowError: there is no such envelope.
        NoLinkError: the letter cannot go as a `mailto:` link.
    """
    match fmt:
        case "pdf":
            return pdf_of(letter, dress)
        case "docx":
            from dsar.paper.letter_docx import render_docx  # noqa: PLC0415 - python-docx is heavy, loaded on use

            return render_docx(letter, signature_image=dress.signature, window=dress.window)
        case "txt":
            return render_text(letter).encode()
        case "eml":
            sender = next(iter(letter.sender), "")
            return render_eml(
                letter,
                message_id="",
                date="",
                from_name=sender,
                pdf=pdf_of(letter, dress) if pdf is None else pdf,
                attachments=attachments,
            )
        case "mailto":
            return (render_mailto(letter) + "\n").encode()
        case "md":
            return (letter.body.rstrip("\n") + "\n").encode()
        case _:
            assert_never(fmt)
