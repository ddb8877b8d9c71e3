"""Tables of strangers: the encoding and the separator are found or refused, and nothing in a workbook is run."""

# ruff: noqa: RUF001 - the names are of people who write with other letters

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from dsar.desk import sheet
from dsar.desk.errors import EmptyFileError, MissingFileError
from dsar.desk.sheet import (
    BadEncodingError,
    BrokenTableError,
    EncodingDoubtError,
    NoSheetError,
    NoTableError,
    NoWorkbooksError,
    SeparatorDoubtError,
    TooLargeTableError,
    WhichSheetError,
)

from .books import DATE, book, formula, number, text

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "Name;E-Mail\nJürgen Müller;j@mail.example\nZoë Ângström;z@mail.example\n"


def _file(folder: Path, data: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("written", "found", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("utf-16-le", "utf-16", True),
        ("utf-16-be", "utf-16", True),
        ("cp1252", "cp1252", True),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_called_one(
    tmp_path: Path, written: str, found: str, *, guessed: bool
) -> None:
    read = sheet.read(_file(tmp_path, NAMES.encode(written)))
    assert (read.encoding, read.guessed) == (found, guessed)
    assert read.heads == ("Name", "E-Mail")
    assert read.rows[0] == (2, ("Jürgen Müller", "j@mail.example"))
    assert read.rows[1][1][0] == "Zoë Ângström"


@pytest.mark.parametrize(
    ("text_", "written"),
    [
        ("Name;X\nJürgen Müller;1\n", "cp437"),
        ("Name;X\nRené Müller;1\n", "mac_roman"),
        ("Name;X\nИван Петров;1\n", "cp1251"),
        ("Name;X\nŁukasz Wałęsa;1\n", "cp1250"),
        ("Name;X\nΓιώργος;1\n", "cp1253"),
        ("Name;X\nJürgen;1\n", "utf-32"),
        ("Name;X\n山田太郎;1\n", "shift_jis"),
    ],
)
def test_what_makes_no_sense_as_western_text_is_refused_and_never_taken_as_mojibake(
    tmp_path: Path, text_: str, written: str
) -> None:
    path = _file(tmp_path, text_.encode(written))
    with pytest.raises(EncodingDoubtError, match="--encoding"):
        sheet.read(path)
    read = sheet.read(path, encoding=written)
    assert read.rows[0][1][0] == text_.splitlines()[1].partition(";")[0]


def test_an_encoding_that_is_named_must_fit(tmp_path: Path) -> None:
    path = _file(tmp_path, NAMES.encode("cp1252"))
    for wrong in ("utf-8", "klingon", "rot13", "unicode-escape"):
        with pytest.raises(BadEncodingError):
            sheet.read(path, encoding=wrong)


@pytest.mark.parametrize(("mark", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_separator_is_found_even_if_another_stands_inside_the_cells(tmp_path: Path, mark: str, name: str) -> None:
    others = "".join(one for one in ",;|" if one != mark)
    lines = [["Name", "Street", "City"], ["Ana", f"Weg 1{others} back", "Ulm"], ["Bo", "Weg 2", "Ulm"]]
    read = sheet.read(_file(tmp_path, "\r\n".join(mark.join(line) for line in lines).encode()))
    assert read.separator == name
    assert read.rows[0] == (2, ("Ana", f"Weg 1{others} back", "Ulm"))


def test_excels_own_hint_of_the_separator_is_followed_and_counted_as_a_line(tmp_path: Path) -> None:
    read = sheet.read(_file(tmp_path, b"sep=|\r\nName|X\r\nAna|1\r\n"))
    assert (read.separator, read.rows) == ("bar", ((3, ("Ana", "1")),))


def test_columns_that_cannot_be_told_apart_are_a_question(tmp_path: Path) -> None:
    path = _file(tmp_path, b"Name,E-Mail;Ort\nAna,a@x.example;Ulm\n")
    with pytest.raises(SeparatorDoubtError, match="--separator"):
        sheet.read(path)
    assert sheet.read(path, separator=",").heads == ("Name", "E-Mail;Ort")


def test_a_line_number_is_that_of_the_line_where_the_row_begins(tmp_path: Path) -> None:
    read = sheet.read(_file(tmp_path, b'Name,Address\n"Ana","Weg 1\nHof\n3. Stock"\n\n,\nBo,x\n'))
    assert [line for line, _ in read.rows] == [2, 7]
    assert read.rows[0][1][1] == "Weg 1\nHof\n3. Stock"


def test_a_quotation_mark_that_never_ends_is_named_with_its_line(tmp_path: Path) -> None:
    path = _file(tmp_path, b'Name,Address\nAna,Weg\nBo,"Weg 2\nCy,Weg\n')
    with pytest.raises(BrokenTableError, match="line 3"):
        sheet.read(path, separator=",")


def test_a_very_long_cell_is_a_matter_of_its_row_only(tmp_path: Path) -> None:
    read = sheet.read(_file(tmp_path, b"Name,Why\nAna," + b"x" * 300_000 + b"\nBo,y\n"))
    assert [len(cells[1]) for _, cells in read.rows] == [300_000, 1]


def test_what_is_no_table_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        sheet.read(tmp_path / "nothing.csv")
    with pytest.raises(NoTableError, match="folder"):
        sheet.read(tmp_path)
    for data in (b"", b" \n\n"):
        with pytest.raises(EmptyFileError):
            sheet.read(_file(tmp_path, data))
    for data, why in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "--encoding"),
    ):
        with pytest.raises((NoTableError, EncodingDoubtError), match=why):
            sheet.read(_file(tmp_path, data))


def test_a_workbook_gives_values_days_as_iso_dates_and_what_a_formula_last_came_to(tmp_path: Path) -> None:
    rows = [
        [],
        [text("Name"), text("Nummer"), text("Einwilligung"), text("Formel"), text("Zahl")],
        # 46054 days after the end of 1899 is 1 February 2026
        [text("Zoë"), number(42), number(46054, DATE), formula('HYPERLINK("http://x.example")', "Ulm"), number(4.5)],
        [],
        [text("Bo"), "", "", formula("1+1", "")],
    ]
    read = sheet.read(_file(tmp_path, book({"Leute": rows}), "people.xlsx"))
    assert read.heads == ("Name", "Nummer", "Einwilligung", "Formel", "Zahl")
    assert read.rows == ((3, ("Zoë", "42", "2026-02-01", "Ulm", "4.5")), (5, ("Bo", "", "", "", "")))
    assert read.encoding == ""


def test_a_workbook_with_several_sheets_asks_which(tmp_path: Path) -> None:
    made = book({"A": [[text("Name")], [text("Ana")]], "B": [[text("Name")], [text("Bo")]], "C": []})
    path = _file(tmp_path, made, "people.xlsx")
    with pytest.raises(WhichSheetError, match="A, B"):
        sheet.read(path)
    assert sheet.read(path, sheet="B").rows == ((2, ("Bo",)),)
    with pytest.raises(NoSheetError, match="A, B, C"):
        sheet.read(path, sheet="D")


def test_a_cell_in_the_farthest_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    made = tmp_path / "far.xlsx"
    made.write_bytes(book({"A": [[text("Name")]]}))
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/s0.xml"] = parts["xl/worksheets/s0.xml"].replace(b'"A1"', b'"XFD1048576"')
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(TooLargeTableError, match="1048576 rows and 16384 columns"):
        sheet.read(made)


def test_a_damaged_workbook_and_another_archive_are_refused(tmp_path: Path) -> None:
    whole = book({"A": [[text("Name")], [text("Ana")]]})
    for data in (whole[:200], whole[:-40], whole.replace(b"xl/workbook.xml", b"xl/workbooq.xml")):
        with pytest.raises(NoTableError):
            sheet.read(_file(tmp_path, data, "people.xlsx"))


def test_without_the_extra_a_workbook_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, book({"A": [[text("Name")]]}), "people.xlsx")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(NoWorkbooksError, match=r"dsar\[sheets\]") as caught:
        sheet.read(path)
    assert caught.value.code == 9


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_whose_packed_data_is_damaged_is_named_whatever_packed_it(tmp_path: Path, packing: int) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("xl/workbook.xml", "<workbook>" + "".join(map(str, range(5000))))
        start = archive.infolist()[0].header_offset + 30 + len("xl/workbook.xml")
    data = bytearray(path.read_bytes())
    data[start + 20 : start + 400] = b"\xff" * 380
    path.write_bytes(data)
    with pytest.raises(NoTableError, match="damaged"):
        sheet.read(path)
