"""CSV from anywhere: the encoding and the separator are found, or refused where they are in doubt."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from dsar.desk.sheet import (
    CELLS,
    BadEncodingError,
    BrokenTableError,
    EncodingDoubtError,
    NoTableError,
    Row,
    SeparatorDoubtError,
    Sheet,
    TooLargeTableError,
)

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAID = {name: char for char, name in SEPARATORS.items()} | {char: char for char in SEPARATORS} | {"\\t": "\t"}
_SAMPLE = 50
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's codecs that are no encoding of text files, or take quadratic time on hostile input
_NO_FILE = frozenset({"idna", "punycode", "undefined", "raw-unicode-escape", "unicode-escape", "utf-7", "mbcs", "oem"})
# What Western European names and sentences are written with beyond ASCII. Anything else in a Windows-1252 reading is a
# sign that the bytes are another encoding: Mac, DOS, Central European, Cyrillic.
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸ€‘’“”„–—…«»°§ºª¿¡·•´´²½\u00a0"  # noqa: RUF001 - the marks themselves
)
# a capital after a small letter (`RenŽ`), a mark inside a word (`M„ller`), or four such letters in a row
_UNLIKELY = re.compile("[a-zà-öø-ÿ][À-ÖØ-ÞŒŠŽŸ]|[a-zA-Z][„“”…•§°ºª¿¡·²½€–—][a-z]|[À-ÖØ-öø-ÿ]{4}")


def table(data: bytes, name: str, *, encoding: str = "", separator: str = "") -> Sheet:
    """The table in some bytes.

    Raises:
        NoTableError, EncodingDoubtError, BadEncodingError, SeparatorDoubtError, BrokenTableError: see `sheet.read`.
    """
    text, found, guessed = _text(data, name, encoding)
    text, first = _without_hint(text)
    said = first or _SAID.get(separator, separator)
    if said and said not in SEPARATORS:
        raise SeparatorDoubtError(name=name)
    with _no_limit(len(text)):
        mark = said or _separator(text, name)
        rows = _rows(text, mark, name, skipped=1 if first else 0)
    if not rows:
        raise NoTableError(name=name, why="it has no line with content")
    (_, heads), *rest = rows
    return Sheet(
        name=name,
        heads=heads,
        rows=tuple(rest),
        encoding=found,
        guessed=guessed,
        separator=SEPARATORS[mark],
    )


def _text(data: bytes, name: str, said: str) -> tuple[str, str, bool]:
    """The text, its encoding, and whether that is a guess."""
    if said:
        return _as_said(data, name, said), said.casefold(), False
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise EncodingDoubtError(name=name, why="it begins like UTF-32")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig"), False
            except UnicodeDecodeError as error:
                raise EncodingDoubtError(name=name, why=f"it says {encoding} and is not") from error
    if b"\0" in data[:4096]:
        return _unmarked(data, name), "utf-16", True
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return _western(data, name), "cp1252", True


def _as_said(data: bytes, name: str, said: str) -> str:
    try:
        known = codecs.lookup(said)
        if known.name in _NO_FILE or not getattr(known, "_is_text_encoding", True):
            raise BadEncodingError(name=name, encoding=said, why="that is no encoding of a file")
        return data.decode(said).removeprefix("\ufeff")
    except LookupError as error:
        raise BadEncodingError(name=name, encoding=said, why="there is none of that name") from error
    except UnicodeError as error:
        raise BadEncodingError(name=name, encoding=said, why="it has bytes that mean nothing there") from error


def _unmarked(data: bytes, name: str) -> str:
    """UTF-16 without its mark: in a table, most characters have a zero byte, all on the same side."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 10 > max(even, odd) or len(data) % 2:
        raise EncodingDoubtError(name=name, why="it has zero bytes, as no text has")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingDoubtError(name=name, why="it has zero bytes, as no text has") from error


def _western(data: bytes, name: str) -> str:
    """Windows-1252, if everything beyond ASCII makes sense there; half of Europe's encodings would fit otherwise."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        why = f"it is not UTF-8, and the byte {data[error.start]:02x} is not Windows-1252"
        raise EncodingDoubtError(name=name, why=why) from error
    odd = next((char for char in text if not char.isascii() and char not in _WESTERN), "")
    found = _UNLIKELY.search(text)
    if odd or found:
        at = text.index(odd) if odd else (found.start() if found else 0)
        line = text.count("\n", 0, at) + 1
        raise EncodingDoubtError(name=name, why=f"it is not UTF-8, and as Windows-1252 line {line} makes no sense")
    return text


def _without_hint(text: str) -> tuple[str, str]:
    """The text without Excel's first line `sep=;`, and what that says."""
    hint = re.match(r"sep=(.)\r?\n", text)
    return (text[hint.end() :], hint[1]) if hint else (text, "")


def _separator(text: str, name: str) -> str:
    """The mark that divides the lines into the same number of columns, most often, and into more than one.

    A comma inside the cells of a table divided by semicolons divides each line otherwise.
    """
    scores = {mark: _score(text, mark) for mark in SEPARATORS}
    best = max(scores.values())
    winners = [mark for mark, score in scores.items() if score == best]
    if best == (0, 0):
        lines = text.splitlines()
        if max(map(len, lines[:_SAMPLE])) < 200 and not any(mark in text for mark in SEPARATORS):  # noqa: PLR2004 - one column of names
            return ","
        raise SeparatorDoubtError(name=name)
    if len(winners) > 1:
        raise SeparatorDoubtError(name=name)
    return winners[0]


def _score(text: str, mark: str) -> tuple[int, int]:
    try:
        sample = [row for row in islice(_reader(text, mark), _SAMPLE) if any(row)]
    except csv.Error:
        return 0, 0
    if not sample or len(sample[0]) < 2:  # noqa: PLR2004 - it divides nothing
        return 0, 0
    width = len(sample[0])
    same = Counter(len(row) for row in sample)[width]
    return same * 100 // len(sample), width


def _rows(text: str, mark: str, name: str, *, skipped: int) -> list[Row]:
    reader = _reader(text, mark)
    rows: list[Row] = []
    begins, cells = 1, 0
    try:
        for row in reader:
            cells += len(row)
            if cells > CELLS:
                raise TooLargeTableError(name=name, why=f"more than {CELLS} cells")
            if any(cell.strip() for cell in row):
                rows.append((begins + skipped, tuple(row)))
            begins = reader.line_num + 1
    except csv.Error as error:
        why = "a quotation mark that is not closed, or stands inside a cell"
        raise BrokenTableError(name=name, line=begins + skipped, why=why) from error
    return rows


def _reader(text: str, mark: str) -> Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)


def swallows(cell: str, mark: str, width: int) -> bool:
    """Whether a cell of several lines seems to hold a row of a table with so many columns: its quote was left open.

    What one person says would become another's reason, or address.
    """
    if "\n" not in cell and "\r" not in cell:
        return False
    # prose has commas, but hardly as many in a line as a table has
    least = width - 1 if mark == "," else min(2, width - 1)
    return least > 0 and any(line.count(mark) >= least for line in cell.splitlines()[1:])


@contextmanager
def _no_limit(length: int) -> Iterator[None]:
    """A very long cell is a matter of its row, not of the file."""
    before = csv.field_size_limit(max(length, 1) + 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)
