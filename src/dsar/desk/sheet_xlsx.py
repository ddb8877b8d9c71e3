"""XLSX through calamine: the values that the workbook keeps; a formula is what it last came to, and is never run."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dsar.core.zips import BROKEN
from dsar.desk.sheet import (
    CELLS,
    NoSheetError,
    NoTableError,
    NoWorkbooksError,
    Row,
    Sheet,
    TooLargeTableError,
    WhichSheetError,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

UNPACKED = 512 * 1024 * 1024
"""Bytes that a workbook may have once its parts are unpacked."""
# `<row`, `<c`, or a place such as `r="B7"`: a reader believes either quotation mark, and counts where no place is said
_PIECE = re.compile(
    rb"""<(?:\w{1,20}:)?(?P<tag>row|c)(?=[\s/>])|\br\s{0,9}=\s{0,9}["'](?P<letters>[A-Z]{0,9})(?P<digits>[0-9]{1,19})["']"""
)
_PIECE_IS = 64
"""Bytes: longer than any piece."""
_CHUNK = 1024 * 1024


def workbook(data: bytes, name: str, sheet: str) -> Sheet:
    """The one sheet with content, or the one that is named.

    Raises:
        NoWorkbooksError: what reads workbooks is not installed.
        NoTableError, TooLargeTableError, WhichSheetError, NoSheetError: see `sheet.read`.
    """
    _weigh(data, name)
    try:
        import python_calamine as calamine  # noqa: PLC0415 - an extra, loaded on use
    except ImportError as error:
        raise NoWorkbooksError from error
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = _chosen(book, name, sheet)
    except calamine.CalamineError as error:
        raise NoTableError(name=name, why="the workbook is damaged") from error
    if not rows:
        raise NoTableError(name=name, why="it has no row with content")
    (_, heads), *rest = rows
    return Sheet(name=name, heads=heads, rows=tuple(rest))


def _weigh(data: bytes, name: str) -> None:
    """Refuse what would fill the memory: parts that unpack to very much, or a cell in the farthest corner."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise NoTableError(name=name, why="an archive that is no XLSX workbook")
            if sum(part.file_size for part in parts) > UNPACKED:
                raise TooLargeTableError(name=name, why="unpacked")
            for part in parts:
                _weigh_part(archive, part, name)
    except BROKEN as error:
        raise NoTableError(name=name, why="the workbook is damaged") from error


def _weigh_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Refuse a part that is, or could be, a sheet of too many cells: any part may be named as one."""
    found, left, size = _Extent(), b"", 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            text = left + chunk
            found.read(text, len(text) - _PIECE_IS)
            left = text[-_PIECE_IS:]
            if size > UNPACKED or found.cells > CELLS:
                break
    found.read(left, len(left))
    if size > UNPACKED or found.cells > CELLS:
        raise TooLargeTableError(name=name, why=f"a sheet of {found.rows} rows and {found.columns} columns")


class _Extent:
    """The rectangle that the rows and cells of a sheet fill, counted and as they say themselves."""

    def __init__(self) -> None:
        self.rows = self.columns = 1
        self._row = self._column = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def read(self, text: bytes, until: int) -> None:
        """Count the pieces that begin before a place in the text."""
        for piece in _PIECE.finditer(text):
            if piece.start() >= until or self.cells > CELLS:
                return
            match piece["tag"]:
                case b"row":
                    self._row, self._column = self._row + 1, 0
                case b"c":
                    self._column += 1
                case _:
                    self.rows = max(self.rows, int(piece["digits"]))
                    self.columns = max(self.columns, _column(piece["letters"]))
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


def _column(letters: bytes) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _chosen(book: CalamineWorkbook, name: str, wanted: str) -> list[Row]:
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - an extra, loaded on use

    names = book.sheet_names
    if wanted:
        if wanted not in names:
            raise NoSheetError(name=name, sheet=wanted, sheets=", ".join(names))
        return _rows(book.get_sheet_by_name(wanted))
    filled = {one: rows for one in names if (rows := _rows(book.get_sheet_by_name(one)))}
    # what nobody sees in the workbook is taken only where somebody names it
    hidden = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
    seen = [one for one in filled if one not in hidden]
    if len(seen) > 1 or (filled and not seen):
        raise WhichSheetError(
            name=name, sheets=", ".join(f"{one} (hidden)" if one in hidden else one for one in filled)
        )
    return filled[seen[0]] if seen else []


def _rows(sheet: CalamineSheet) -> list[Row]:
    grid = sheet.to_python(skip_empty_area=False)
    cells = ((number, tuple(_cell(value) for value in row)) for number, row in enumerate(grid, start=1))
    return [(number, row) for number, row in cells if any(one.strip() for one in row)]


def _cell(value: object) -> str:
    """A value as the text it would be in a CSV: whole numbers without a point, days as ISO dates."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return (value.date() if value.time() == time() else value).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
