"""A letter as a DOCX that a lawyer can edit: styles for each part, the address in the window, numbered pages."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from dsar.paper.docx_body import Body, Place, add_text
from dsar.paper.docx_file import blank, describe, saved
from dsar.paper.envelope import one_line, one_lines, recipient_lines, return_address, sender_lines
from dsar.paper.glyphs import visible
from dsar.paper.images import signature_png
from dsar.paper.markdown import parse
from dsar.paper.windows import window as find_window

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    from dsar.core.letter import Letter
    from dsar.paper.windows import Window

# As on the PDF: millimetres of an A4 sheet.
_SHEET = (210, 297)
_TOP, _BOTTOM, _RIGHT = 25.0, 24.0, 22.0
_MARGIN, _ASIDE, _BESIDE = 24.0, 64.0, 125.0
_SIGNATURE = (45, 18)
# Room above and below the small print of the return address.
_RETURN = 3.5
_CLOSING = 2


def render_docx(letter: Letter, *, signature_image: bytes | None = None, window: str = "") -> bytes:
    """The letter as a DOCX; the same letter gives the same bytes.

    Args:
        letter: the filled letter.
        signature_image: a picture of the signature in any usual format, or None for room to sign by hand.
        window: the envelope that it must fit (`windows.toml`); empty: the one usual where it is posted.

    Raises:
        ImageError: `signature_image` is no picture that can be read.
        NoWindowError: there is no such envelope.
    """
    place = find_window(window, country=letter.posted_from)
    picture = None if signature_image is None else signature_png(signature_image)
    document = blank(letter.lang)
    _page(document.sections[0], place)
    _running(document.sections[0], letter)
    _head(document, letter, place)
    _subject(document, letter)
    body = Body(document)
    _write(body, letter)
    _signature(document, letter, place, picture)
    _enclosures(document, body, letter)
    describe(document, letter, next(iter(sender_lines(letter)), ""))
    return saved(document)


def _left(place: Window) -> float:
    return place.address[0] if place.side == "left" else _MARGIN


def _second(place: Window) -> float:
    """Where the right-hand column begins: the address in it, or the sender beside it."""
    return _BESIDE if place.side == "left" else place.address[0]


def _page(section: Section, place: Window) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, loaded on use

    section.page_width, section.page_height = Mm(_SHEET[0]), Mm(_SHEET[1])
    section.left_margin, section.right_margin = Mm(_left(place)), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.header_distance, section.footer_distance = Mm(10), Mm(12)


def _running(section: Section, letter: Letter) -> None:
    """The banner on every page, whose letter it is from the second page on, and the page's number."""
    section.different_first_page_header_footer = True
    for header, first in ((section.first_page_header, True), (section.header, False)):
        paragraph = header.paragraphs[0]
        if letter.banner:
            paragraph.style = "Banner"
            add_text(paragraph, one_line(letter.banner))
            paragraph = header.add_paragraph(style="Header")
        if not first:
            name = next(iter(recipient_lines(letter)), "")
            add_text(paragraph, name[:60]).add_tab()
            add_text(paragraph, one_line(letter.place_date))
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        for piece in re.split(r"(\{n\}|\{total\})", letter.label("page")):
            match piece:
                case "{n}":
                    _field(paragraph, "PAGE")
                case "{total}":
                    _field(paragraph, "NUMPAGES")
                case _:
                    add_text(paragraph, piece)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor counts."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, loaded on use
    from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no public door for fields


def _head(document: Document, letter: Letter, place: Window) -> None:
    """Sender and address in two columns down to where the window ends, then how and when the letter goes."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE  # noqa: PLC0415 - heavy, loaded on use
    from docx.shared import Mm  # noqa: PLC0415 - as above

    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    _no_padding(table)
    widths = _second(place) - _left(place), _SHEET[0] - _RIGHT - _second(place)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    table.rows[0].height = Mm(place.letter - _TOP)
    table.rows[0].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    first, second = table.rows[0].cells
    address, aside = (first, second) if place.side == "left" else (second, first)
    _address(address, letter, place)
    _sender(aside, letter, room=widths[0] - _ASIDE if place.side == "right" else 0.0)
    via, day = table.rows[1].cells
    _line(via, "Date Line", one_line(letter.via), strong=True)
    _line(day, "Date Line", one_line(letter.place_date))


def _address(cell: _Cell, letter: Letter, place: Window) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, loaded on use

    back = return_address(letter) if place.return_line is not None else ""
    top = place.address[1] - _TOP
    if back:
        paragraph = _line(cell, "Return Address", back)
        paragraph.paragraph_format.space_before = Mm(top - _RETURN)
        paragraph.paragraph_format.space_after = Mm(_RETURN / 4)
    for number, line in enumerate(recipient_lines(letter)):
        paragraph = _line(cell, "Recipient", line)
        if not number and not back:
            paragraph.paragraph_format.space_before = Mm(top)


def _sender(cell: _Cell, letter: Letter, room: float) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy, loaded on use

    for number, line in enumerate(sender_lines(letter)):
        _line(cell, "Sender", line, strong=not number)
    for number, (name, value) in enumerate(letter.refs):
        paragraph = _line(cell, "Reference", "")
        if not number:
            paragraph.paragraph_format.space_before = Pt(18)
        add_text(paragraph, f"{one_line(name)}  ", style="Label")
        add_text(paragraph, one_line(value))
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.right_indent = Mm(room)


def _line(cell: _Cell, style: str, text: str, *, strong: bool = False) -> Paragraph:
    """A paragraph at the end of a cell; the empty one that a cell begins with is taken first."""
    begun = len(cell.paragraphs) > 1 or bool(cell.paragraphs[0].runs)
    paragraph: Paragraph = cell.add_paragraph() if begun else cell.paragraphs[0]
    paragraph.style = style
    if text:
        add_text(paragraph, text).bold = strong or None
    return paragraph


def _no_padding(table: Table) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, loaded on use
    from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    padding = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    look = table._tbl.tblPr.find(padding.tag.replace("tblCellMar", "tblLook"))  # noqa: SLF001 - as in _field
    look.addprevious(padding)


def _subject(document: Document, letter: Letter) -> None:
    paragraph = document.add_paragraph(style="Title")
    add_text(paragraph, letter.label("subject"), style="Label").add_tab()
    add_text(paragraph, one_line(letter.subject))


def _write(body: Body, letter: Letter) -> None:
    """The text; its last paragraphs are kept on the page of the signature."""
    blocks = parse(letter.body)
    kept = max(len(blocks) - _CLOSING, 0)
    body.write(blocks[:kept])
    body.write(blocks[kept:], Place(keep=True))


def _signature(document: Document, letter: Letter, place: Window, picture: bytes | None) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, loaded on use

    indent, above = Mm(_second(place) - _left(place)), Mm(20)
    lines = one_lines(letter.signature)
    if picture is not None:
        paragraph = document.add_paragraph(style="Signature")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_before = indent, Mm(6)
        paragraph.paragraph_format.keep_with_next = True
        shown = paragraph.add_run().add_picture(io.BytesIO(picture))
        scale = min(Mm(_SIGNATURE[0]) / shown.width, Mm(_SIGNATURE[1]) / shown.height)
        shown.width, shown.height = round(shown.width * scale), round(shown.height * scale)
        # python-docx has no public door for what a screen reader says of a picture
        shown._inline.docPr.set("descr", visible(next(iter(lines), "")))  # noqa: SLF001 - as said
        above = Mm(0)
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(style="Signature")
        paragraph.paragraph_format.left_indent = indent
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
        if not number:
            paragraph.paragraph_format.space_before = above
        add_text(paragraph, line)


def _enclosures(document: Document, body: Body, letter: Letter) -> None:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, loaded on use

    items = one_lines(letter.enclosures)
    if not items:
        return
    label = document.add_paragraph(style="Enclosures")
    label.paragraph_format.space_before, label.paragraph_format.keep_with_next = Mm(9), True
    add_text(label, letter.label("enclosures"), style="Label")
    body.numbered(items, "Enclosures")
