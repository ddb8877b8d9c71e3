"""The body of a letter as paragraphs, lists and tables of a DOCX, in real styles and with the letter's own numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, assert_never

from dsar.paper import markdown as md
from dsar.paper.glyphs import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.section import Section
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

# In twentieths of a point: how far the text of a list stands from its number, and from the list around it.
_STEP = 425
_LEVELS = 9
_HEADINGS = 6
# Columns of a table: as wide as so many characters, at least and at most.
_NARROW, _WIDE = 16, 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: how deep in lists, in a quotation or not, and kept with what follows or not."""

    depth: int = 0
    style: str = "Body Text"
    keep: bool = False


class Body:
    """Writes the blocks of a body to the end of a document."""

    def __init__(self, document: Document) -> None:
        """Write into `document`, whose numbering is still empty."""
        self._document = document
        self._lists = 0

    def write(self, blocks: Sequence[md.Block], place: Place | None = None) -> None:
        """Write blocks one after the other; what introduces a list stays with it."""
        here = place or Place()
        for block, after in zip_longest(blocks, blocks[1:]):
            self._block(block, replace(here, keep=True) if isinstance(after, md.Listing) else here)

    def numbered(self, items: Sequence[str], style: str) -> None:
        """A list of plain lines, counted from one."""
        number = self._new_list(1, ".", 0)
        for item in items:
            paragraph = self._document.add_paragraph(style=style)
            _number(paragraph, number, 0)
            add_text(paragraph, item)

    def _block(self, block: md.Block, place: Place) -> None:
        match block:
            case md.Paragraph(parts=parts):
                self._inlines(self._paragraph(place), parts)
            case md.Heading(level=level, parts=parts):
                # the subject stands above them all: the first level below it is what Markdown writes ##
                heading = f"heading {min(max(level - 1, 1), _HEADINGS)}"
                self._inlines(self._document.add_paragraph(style=heading), parts)
            case md.Listing():
                self._listing(block, place)
            case md.Quote(blocks=inside):
                self.write(inside, Place(depth=place.depth, style="Quote", keep=place.keep))
            case md.Table():
                self._table(block)
            case md.Code(text=text):
                add_text(self._document.add_paragraph(style="Code"), text)
            case md.Rule():
                _rule(self._document.add_paragraph())
            case _:
                assert_never(block)

    def _paragraph(self, place: Place) -> Paragraph:
        from docx.shared import Twips  # noqa: PLC0415 - heavy, loaded on use

        paragraph = self._document.add_paragraph(style=place.style)
        if place.depth:
            paragraph.paragraph_format.left_indent = Twips(_STEP * place.depth)
        paragraph.paragraph_format.keep_with_next = place.keep or None
        return paragraph

    def _listing(self, listing: md.Listing, place: Place) -> None:
        depth = min(place.depth, _LEVELS - 1)
        number = self._new_list(listing.start, listing.mark, depth)
        style = "List Bullet" if listing.start is None else "List Number"
        for item in listing.items:
            paragraph = self._document.add_paragraph(style=style)
            _number(paragraph, number, depth)
            match item:
                case (md.Paragraph(parts=parts), *rest):
                    self._inlines(paragraph, parts)
                case _:
                    rest = list(item)
            self.write(rest, Place(depth=place.depth + 1, style="List Continue"))

    def _new_list(self, start: int | None, mark: str, depth: int) -> int:
        """A numbering of its own for each list, so that it begins with the letter's number; its id."""
        from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, loaded on use
        from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

        self._lists += 1
        kind, text = ("bullet", "–") if start is None else ("decimal", f"%{depth + 1}{mark}")
        indent = _STEP * (depth + 1)
        level = (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start or 1}"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/>'
            f'</w:tabs><w:ind w:left="{indent}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        )
        numbering = self._document.part.numbering_part.element
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._lists}">'
            f'<w:multiLevelType w:val="multilevel"/>{level}</w:abstractNum>'
        )
        # in the schema, all abstract numberings come before the first concrete one
        numbering.insert(self._lists - 1, abstract)
        start_at = "" if start is None else f'<w:startOverride w:val="{start}"/>'
        override = f'<w:lvlOverride w:ilvl="{depth}">{start_at}</w:lvlOverride>' if start_at else ""
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._lists}"><w:abstractNumId w:val="{self._lists}"/>'
                f"{override}</w:num>"
            )
        )
        return self._lists

    def _table(self, table: md.Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy, loaded on use

        sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
        made = self._document.add_table(rows=0, cols=len(table.heads), style="Table Grid")
        widths = _widths(table, self._document.sections[0])
        for number, row in enumerate((table.heads, *table.rows)):
            cells = made.add_row().cells
            for cell, parts, align, width in zip(cells, row, table.aligns, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Text"
                paragraph.alignment = sides.get(align)
                self._inlines(paragraph, parts, strong=not number)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        _repeat(made.rows[0])
        _small_gap(self._document)

    def _inlines(
        self, paragraph: Paragraph, parts: Sequence[md.Inline], *, strong: bool = False, italic: bool = False
    ) -> None:
        for part in parts:
            match part:
                case md.Text(text=text, code=code):
                    run = add_text(paragraph, text, style="Code Inline" if code else None)
                    run.bold, run.italic = strong or None, italic or None
                case md.Emphasis(parts=inner, strong=bold):
                    self._inlines(paragraph, inner, strong=strong or bold, italic=italic or not bold)
                case md.Link(parts=inner, url=url):
                    _link(paragraph, visible(md.plain(inner)), url)
                    if not part.bare:
                        add_text(paragraph, f" ({url})")
                case md.Break():
                    paragraph.add_run().add_break()
                case _:
                    assert_never(part)


def add_text(paragraph: Paragraph, text: str, style: str | None = None) -> Any:  # noqa: ANN401 - a run of python-docx
    """Add words to a paragraph: line ends are breaks, and what no page should obey is named (`[U+202E]`)."""
    return paragraph.add_run(visible(text), style)


def _number(paragraph: Paragraph, number: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no public door for it
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = number


def _link(paragraph: Paragraph, words: str, url: str) -> None:
    """A link that opens when somebody clicks it, and is loaded by nobody before."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - heavy, loaded on use
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(visible(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.add_run(words, "Hyperlink")._r)  # noqa: SLF001 - as in _number
    paragraph._p.append(link)  # noqa: SLF001 - as in _number


def _rule(paragraph: Paragraph) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, loaded on use
    from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

    line = '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="B8B8B8"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - as in _number


def _widths(table: md.Table, section: Section) -> list[Length]:
    """The room of each column: by its longest cell, within bounds, so that a date does not get half of the page."""
    from docx.shared import Emu  # noqa: PLC0415 - heavy, loaded on use

    columns = zip(table.heads, *table.rows, strict=True)
    shares = [min(max(_NARROW, *(len(md.plain(cell)) for cell in column)), _WIDE) for column in columns]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return [Emu(room * share // sum(shares)) for share in shares]


def _repeat(row: Any) -> None:  # noqa: ANN401 - a row of python-docx
    """The row of headings again on every page, as a screen reader expects it."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, loaded on use

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - as in _number


def _small_gap(document: Document) -> None:
    """A thin paragraph below a table, which has no space of its own after it."""
    from docx.shared import Pt  # noqa: PLC0415 - heavy, loaded on use

    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(6)
