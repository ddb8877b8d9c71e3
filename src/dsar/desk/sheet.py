"""A table that somebody else made (CSV or XLSX), as rows of text with their line numbers; nothing in it is executed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.errors import EmptyFileError, MissingFileError, UnreadableFileError
from dsar.desk.evidence import shown
from dsar.errors import InputError, MissingProgramError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""Bytes: more than a list of people has."""

CELLS = 5_000_000
"""Cells of a table: each takes memory, empty or not. Of a workbook, the rectangle that a sheet fills counts."""

Row = tuple[int, tuple[str, ...]]
"""The line (of a file) or row (of a workbook) where it begins, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file holds: the names of the columns, the rows that are not empty, and how the file was read.

    `encoding` is empty for a workbook; `guessed` says that another encoding could be meant.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    guessed: bool = False
    separator: str = ""


class TooLargeTableError(InputError):
    """More bytes, or more cells, than a list of people has."""

    sentence = "“{name}” is too large for a list of people ({why}): divide it, or take out what is not needed."


class NoTableError(InputError):
    """Neither CSV nor XLSX."""

    sentence = "“{name}” is no table ({why}): save it as CSV in UTF-8, or as XLSX."


class EncodingDoubtError(InputError):
    """The bytes are in none of the encodings that can be told apart for certain."""

    sentence = (
        "The encoding of “{name}” is in doubt ({why}): save the file as CSV in UTF-8, or say which it is with "
        "--encoding NAME (utf-8, utf-16, cp1252, iso-8859-2 …)."
    )


class BadEncodingError(UsageError):
    """Another encoding was named than the file has."""

    sentence = "“{name}” is not in the encoding {encoding}: {why}."


class SeparatorDoubtError(InputError):
    """The columns cannot be told apart."""

    sentence = "The columns of “{name}” cannot be told apart: separate them with , ; | or tabs, or say --separator."


class BrokenTableError(InputError):
    """A quote that never ends, or the like."""

    sentence = "“{name}” cannot be read from line {line} on ({why}): mend the line; nothing was taken."


class WhichSheetError(UsageError):
    """A workbook with several sheets."""

    sentence = "Which sheet of “{name}” is meant is not clear: name one with --sheet ({sheets})."


class NoSheetError(UsageError):
    """No sheet of that name."""

    sentence = "“{name}” has no sheet “{sheet}”: it has {sheets}."


class NoWorkbooksError(MissingProgramError):
    """The extra that reads workbooks is not installed."""

    sentence = "To read XLSX files install the extra: pip install 'dsar[sheets]' (or save the table as CSV in UTF-8)."


def read(path: Path, *, encoding: str = "", separator: str = "", sheet: str = "") -> Sheet:
    """The table in a file, by its content: a workbook or CSV. What is not said is detected.

    Raises:
        MissingFileError, UnreadableFileError, EmptyFileError, TooLargeTableError, NoTableError: no table there.
        EncodingDoubtError, BadEncodingError, SeparatorDoubtError, BrokenTableError: CSV that cannot be read surely.
        WhichSheetError, NoSheetError, NoWorkbooksError: a workbook, and which sheet, or what reads it, is missing.
    """
    return parsed(content(path), shown(path.name), encoding=encoding, separator=separator, sheet=sheet)


def parsed(data: bytes, name: str, *, encoding: str = "", separator: str = "", sheet: str = "") -> Sheet:
    """The table in the bytes of a file, as `read`."""
    if data.startswith(b"PK\x03\x04"):
        from dsar.desk.sheet_xlsx import workbook  # noqa: PLC0415 - an extra, loaded on use

        return workbook(data, name, sheet)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoTableError(name=name, why="a workbook in the old format, or one with a password")
    from dsar.desk.sheet_csv import table  # noqa: PLC0415 - only where a table comes in

    return table(data, name, encoding=encoding, separator=separator)


def content(path: Path) -> bytes:
    """The bytes of a file that may be a table: read once, for a pipe gives them once.

    Raises:
        MissingFileError, UnreadableFileError, EmptyFileError, TooLargeTableError, NoTableError: no table there.
    """
    name = shown(path.name)
    try:
        if path.is_dir():
            raise NoTableError(name=name, why="it is a folder")
        with path.open("rb") as stream:
            # not by its size: a device or a pipe has none
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise TooLargeTableError(name=name, why=f"more than {LARGEST} bytes")
    except FileNotFoundError as error:
        raise MissingFileError(name=name) from error
    except OSError as error:
        raise UnreadableFileError(name=name, why=error.strerror or "an input error") from error
    if not data.strip():
        raise EmptyFileError(name=name)
    return data
