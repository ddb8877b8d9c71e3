"""A letter as a PDF: fit for a window envelope, archival (PDF/A-2a), tagged for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.paper import tree_json
from dsar.paper.envelope import one_line, one_lines, recipient_lines, return_address, sender_lines
from dsar.paper.images import signature_png
from dsar.paper.markdown import Block, Paragraph, parse, plain
from dsar.paper.typeset import compile_pdf
from dsar.paper.windows import Window
from dsar.paper.windows import window as find_window

if TYPE_CHECKING:
    from dsar.core.letter import Letter

_SIGNATURE = "signature.png"
# The running head of the second page is one line: at most so many characters of the addressee's name.
_HEAD = 72
# A closing formula is shorter than this; a longer paragraph could fill a page, and must be free to break.
_FORMULA = 1200
_WITH_SIGNATURE = 2


def render_pdf(letter: Letter, *, signature_image: bytes | None = None, window: str = "") -> bytes:
    """The letter on A4; the same letter gives the same bytes.

    Args:
        letter: the filled letter.
        signature_image: a picture of the signature in any usual format, or None for room to sign by hand.
        window: the envelope that it must fit (`windows.toml`); empty: the one usual where it is posted.

    Raises:
        ImageError: `signature_image` is no picture that can be read.
        NoWindowError: there is no such envelope.
        TypesettingError: the letter cannot be laid out.
    """
    files = {} if signature_image is None else {_SIGNATURE: signature_png(signature_image)}
    place = find_window(window, country=letter.posted_from)
    data = _data(letter, image=next(iter(files), None)) | {"window": _window(place)}
    return compile_pdf("letter.typ", data, files=files, on=letter.on)


def _window(place: Window) -> dict[str, object]:
    """What the layout needs to know of an envelope, in millimetres."""
    left, top = place.address
    return {
        "side": place.side,
        "left": left,
        "top": top,
        "width": place.shown.right - left,
        "height": place.shown.bottom - top,
        "letter": place.letter,
        "folds": list(place.folds),
        "punch": place.punch,
        "return_line": place.return_line,
    }


def _data(letter: Letter, *, image: str | None) -> dict[str, object]:
    body = parse(letter.body)
    sender, recipient, signature = sender_lines(letter), recipient_lines(letter), one_lines(letter.signature)
    return {
        "title": one_line(letter.title),
        "author": next(iter(sender), ""),
        "subject": one_line(letter.subject),
        "lang": letter.lang.partition("-")[0].lower(),
        "year": letter.on.year,
        "month": letter.on.month,
        "day": letter.on.day,
        "banner": one_line(letter.banner),
        "page": letter.label("page"),
        "running": [_brief(next(iter(recipient), "")), one_line(letter.place_date)],
        "sender": sender,
        "recipient": recipient,
        "return_address": return_address(letter),
        "refs": [[one_line(name), one_line(value)] for name, value in letter.refs],
        "via": one_line(letter.via),
        "place_date": one_line(letter.place_date),
        "subject_label": letter.label("subject"),
        "body": tree_json.blocks(body),
        "keep": _closing(body),
        "signature": signature,
        "image": image,
        "signed_by": next(iter(signature), ""),
        "enclosures_label": letter.label("enclosures"),
        "enclosures": one_lines(letter.enclosures),
    }


def _brief(text: str) -> str:
    return text if len(text) <= _HEAD else text[: _HEAD - 1].rstrip() + "…"


def _closing(body: tuple[Block, ...]) -> int:
    """How many blocks come before those that stay with the signature: the last two, as far as they are short.

    The closing formula alone is not enough: a page that holds nothing else could be put behind any letter.
    """
    kept = 0
    for block in reversed(body[-_WITH_SIGNATURE:]):
        if not isinstance(block, Paragraph) or len(plain(block.parts)) > _FORMULA:
            break
        kept += 1
    return len(body) - kept
