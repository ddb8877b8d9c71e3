"""A workbook (XLSX) made by hand, so that its tests do not rest on the reader's own idea of one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
DATE = 1  # the second format of the styles below


def text(value: str) -> str:
    return f'<c r="{{}}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: float, style: int = 0) -> str:
    return f'<c r="{{}}" s="{style}"><v>{value}</v></c>'


def formula(said: str, cached: str) -> str:
    return f'<c r="{{}}" t="str"><f>{escape(said)}</f><v>{escape(cached)}</v></c>'


def book(sheets: Mapping[str, Sequence[Sequence[str]]], *, hidden: Collection[str] = ()) -> bytes:
    """`sheets` are rows of cells made above; an empty text is no cell at all. Those that are `hidden` nobody sees."""
    made = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        types = "".join(
            f'<Override PartName="/xl/worksheets/s{n}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(len(names))
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACK}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            f'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACK}/relationships"><Relationship Id="r1" Type="{_RELS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        states = ("visible", "hidden")
        entries = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n + 1}" state="{states[name in hidden]}" r:id="s{n}"/>'
            for n, name in enumerate(names)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{entries}</sheets></workbook>'
        )
        links = "".join(
            f'<Relationship Id="s{n}" Type="{_RELS}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(len(names))
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACK}/relationships">{links}'
            f'<Relationship Id="y" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for n, rows in enumerate(sheets.values()):
            archive.writestr(f"xl/worksheets/s{n}.xml", _sheet(rows))
    return made.getvalue()


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = []
    for r, row in enumerate(rows, start=1):
        cells = "".join(cell.format(f"{chr(65 + c)}{r}") for c, cell in enumerate(row) if cell)
        lines.append(f'<row r="{r}">{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
