"""XLSX through calamine: the values that the workbook keeps; a formula is what it last came to, and is never run."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dsar.desk.sheet import (
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
CELLS = 5_000_000
"""Cells of the rectangle that a sheet fills: the reader takes memory for each of them, empty or not."""

_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
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
                if part.filename.startswith("xl/worksheets/"):
                    _weigh_sheet(archive, part, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NoTableError(name=name, why="the workbook is damaged") from error


def _weigh_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    left, rows, columns, size = b"", 1, 1, 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            for letters, digits in _PLACE.findall(left + chunk):
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            if rows * columns > CELLS or size > UNPACKED:
                raise TooLargeTableError(name=name, why=f"a sheet of {rows} rows and {columns} columns")
            left = chunk[-32:]


def _column(letters: bytes) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _chosen(book: CalamineWorkbook, name: str, wanted: str) -> list[Row]:
    names = book.sheet_names
    if wanted:
        if wanted not in names:
            raise NoSheetError(name=name, sheet=wanted, sheets=", ".join(names))
        return _rows(book.get_sheet_by_name(wanted))
    filled = {one: rows for one in names if (rows := _rows(book.get_sheet_by_name(one)))}
    if len(filled) > 1:
        raise WhichSheetError(name=name, sheets=", ".join(filled))
    return next(iter(filled.values()), [])


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
