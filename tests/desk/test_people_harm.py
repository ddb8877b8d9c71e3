"""Lists that would do harm: one person's record becoming another's, bombs, what nobody sees, wrong addresses."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.papers import pdf
from dsar.core.parties import Address, Controller
from dsar.desk import mandate_scans, mandates, people, sheet, sheet_csv
from dsar.desk.columns import mapping
from dsar.desk.enrolling import enrolled
from dsar.desk.enrolling_import import Imported, Wish, take
from dsar.desk.enrolling_rows import BadRowError, entry
from dsar.desk.mandate_bulk import draft_many
from dsar.desk.mandate_scans import file_signed
from dsar.desk.mandates import Scope
from dsar.desk.sheet import Sheet, TooLargeTableError, WhichSheetError
from dsar.directory.countries import country

from .books import book, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.parties import Mandate
    from dsar.desk.office import Desk

HEADS = ("Number", "Name", "E-Mail", "Street", "Postcode", "City", "Country")
WISH = Wish(defaults={}, country="", language="en", update=True)
NOWHERE = Address(lines=(), country="FR")
MIROIR = Controller(id="miroir", name="Miroir SAS", address=NOWHERE)
SCOPE = Scope(
    kind="art80",
    rights=("access",),
    processing="faces",
    may_receive_data=False,
    until=date(2026, 12, 31),
    grievance_on=date(2026, 1, 18),
)


@pytest.fixture
def at(desk: Desk) -> Iterator[Desk]:
    """An empty register on 22 November 2026; what a test writes is taken back."""
    try:
        with desk.vault.transaction():
            me = people.person(
                people.SELF, name="Ana", email="ana@ngo.example", address=NOWHERE, language="en", organisation="Lumen"
            )
            people.set_self(desk.vault, me)
            yield replace(desk, today=date(2026, 11, 22))
            raise KeyError  # noqa: TRY301 - takes everything back
    except KeyError:
        pass


def _take(at: Desk, *rows: str, wish: Wish = WISH) -> Imported:
    cells = [tuple(row.split(";")) for row in rows]
    table = Sheet(name="people.csv", heads=HEADS, rows=tuple(enumerate(cells, start=2)))
    return take(at, table, mapping(table.name, HEADS, {}, ()), wish)


def test_a_number_that_slipped_to_another_person_turns_nobody_into_somebody_else(at: Desk) -> None:
    _take(at, "1;Léa Petit;lea@x.example;;;;FR", "2;Bo Ny;bo@x.example;;;;FR")
    done = _take(at, "2;Léa Petit;lea@x.example;;;;FR", "1;Bo Ny;bo@x.example;;;;FR", "3;Cy Lo;;;;;FR")
    assert [line for line, _ in done.problems] == [2, 3]
    assert "dsar subject edit bo-ny" in done.problems[0][1]
    assert people.subject(at.vault, "bo-ny").email == "bo@x.example"
    # who married, and kept the mail address, is still the same person
    done = _take(at, "1;Léa Grand;lea@x.example;;;;FR")
    assert [(row.id, row.what, row.fields) for row in done.rows] == [("lea-petit", "updated", ("name",))]


def test_headings_in_the_middle_of_a_list_are_nobody(at: Desk) -> None:
    done = _take(at, "1;Léa Petit;;;;;FR", " number;NAME;e-mail;Street;Postcode;City;Country", "2;Bo Ny;;;;;FR")
    assert [line for line, _ in done.problems] == [3]
    assert "headings" in done.problems[0][1]
    table = Sheet(name="x", heads=("Name",), rows=((2, ("Ida Ek",)), (3, ("Name",))))
    done = take(at, table, mapping("x", ("Name",), {}, ()), replace(WISH, country="FR"))
    assert [row.id for row in done.rows] == ["ida-ek"]


def test_a_quotation_mark_left_open_puts_nobody_into_anothers_letter(at: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        'number;name;country;purpose;address\n1;Léa Petit;FR;"To know\n2;Bo Ny;FR;what they keep";x\n'
        '3;Cy Lo;FR;"To know, to check,\nand to see, all, of, it";"c/o Ida, 2nd floor\nWeg 1"\n',
        encoding="utf-8",
    )
    table = sheet.read(path)
    done = take(at, table, mapping(table.name, table.heads, {}, ()), WISH)
    assert ([row.id for row in done.rows], [line for line, _ in done.problems]) == (["cy-lo"], [2])
    assert "quotation mark" in done.problems[0][1]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end")
def test_a_file_without_an_end_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LARGEST", 1000)
    endless = tmp_path / "people.csv"
    endless.symlink_to("/dev/zero")
    with pytest.raises(TooLargeTableError, match="1000"):
        sheet.read(endless)


def test_a_postcode_that_lost_its_zero_is_no_address(at: Desk) -> None:
    """01067 is Dresden; a spreadsheet program that takes it for a number keeps 1067. Vienna has four digits."""
    wish = replace(WISH, country="DE")
    done = _take(
        at, "1;A B;;Weg 1;1067;Dresden;", "2;C D;;Weg 1;01067;Dresden;", "3;E F;;Weg 1;1010;Wien;AT", wish=wish
    )
    assert [line for line, _ in done.problems] == [2]
    assert "01067" in done.problems[0][1]
    assert people.subject(at.vault, "c-d").address.lines == ("Weg 1", "01067 Dresden")
    done = _take(at, "2;C D;;Weg 1;1067;Dresden;")
    assert "zero" in done.problems[0][1]
    assert enrolled(at, "c-d") is not None


def test_a_csv_of_very_many_cells_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_csv, "CELLS", 100)
    path = tmp_path / "people.csv"
    path.write_text("name,city\n" + "x,\n" * 49)
    assert len(sheet.read(path).rows) == 49
    path.write_text("name,city\n" + "x,\n" * 50)
    with pytest.raises(TooLargeTableError, match="100"):
        sheet.read(path)


BOMBS = {
    "other quotation marks": "<row r='1'><c r='A1'/></row><row r='1048576'><c r='XFD1048576'/></row>",
    "blanks": '<row r="1"><c r = "A1"/></row><row><c r\n=\n"XFD1048576"/></row>',
    "no places": "<row>" + "<c/>" * 16384 + "</row>" + "<row/>" * 400,
    "a prefix": '<x:row r="1"><x:c r="A1"/></x:row><x:row r="1048576">' + "<x:c/>" * 10 + "</x:row>",
    "a row beyond all": '<row r="4000000000"><c r="B4000000000"/></row>',
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_sheet_of_too_many_cells_is_refused_before_its_reader_sees_it(tmp_path: Path, kind: str) -> None:
    path, moved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(book({"A": [[text("Name")]]}))
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(moved, "w") as made:
        for name in archive.namelist():
            data = archive.read(name).decode()
            if name.startswith("xl/worksheets"):
                begin, end = data.index("<row"), data.rindex("</sheetData>")
                data = data[:begin] + BOMBS[kind] + data[end:]
            # a part may lie anywhere, whatever the folder of most is called
            made.writestr(name.replace("worksheets/", ""), data.replace("worksheets/", ""))
    with pytest.raises(TooLargeTableError):
        sheet.read(moved)


def test_a_hidden_sheet_is_taken_only_where_it_is_named(tmp_path: Path) -> None:
    rows = [[text("Name")], [text("Ana Alt")]]
    path = tmp_path / "people.xlsx"
    path.write_bytes(book({"New": [[text("Name")], [text("Bo Neu")]], "Old": rows}, hidden=("Old",)))
    assert sheet.read(path).rows == ((2, ("Bo Neu",)),)
    path.write_bytes(book({"New": [], "Old": rows}, hidden=("Old",)))
    with pytest.raises(WhichSheetError, match=r"Old \(hidden"):
        sheet.read(path)
    assert sheet.read(path, sheet="Old").rows == ((2, ("Ana Alt",)),)


# mandates


@pytest.fixture
def drafted(at: Desk) -> Desk:
    for name in ("Léa Petit", "Bo Ny", "Cy Lo"):
        people.add(at.vault, name=name, email="", address=NOWHERE, language="en")
    assert _draft(at) == [True] * 3
    return at


def _draft(at: Desk, scope: Scope = SCOPE) -> list[bool]:
    who = [one for one in people.subjects(at.vault) if one.id != people.SELF]
    done = draft_many(at, who, [MIROIR], scope, lang="", has=lambda _: True, write=lambda _name, _letter: None)
    return [one.new for one in done]


def _of(at: Desk, subject: str) -> Mandate:
    return mandates.of_subject(at, subject)[0]


def test_a_mandate_that_ends_before_the_new_one_would_is_renewed(drafted: Desk) -> None:
    assert _draft(drafted, replace(SCOPE, until=date(2027, 12, 31))) == [True] * 3
    assert _draft(drafted, replace(SCOPE, until=date(2027, 12, 31))) == [False] * 3
    assert _draft(drafted, replace(SCOPE, until=date(2026, 12, 1))) == [False] * 3
    assert _draft(drafted, replace(SCOPE, processing="scoring")) == [True] * 3


def test_without_an_end_a_mandate_that_ends_soon_is_renewed_once(drafted: Desk, tmp_path: Path) -> None:
    lea = _of(drafted, "lea-petit")
    (tmp_path / "m.pdf").write_bytes(pdf("signed"))
    mandates.signed(drafted, lea.id, tmp_path / "m.pdf", date(2026, 11, 22))  # it ends in 39 days
    assert sorted(_draft(drafted, replace(SCOPE, until=None))) == [False, False, True]
    assert _draft(drafted, replace(SCOPE, until=None)) == [False] * 3


def test_a_link_a_giant_and_a_file_that_cannot_be_read_are_refused_and_the_rest_is_filed(
    drafted: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lea, bo, cy = (_of(drafted, name).id for name in ("lea-petit", "bo-ny", "cy-lo"))
    scans, secret = tmp_path / "scans", tmp_path / "secret.pdf"
    scans.mkdir()
    secret.write_bytes(pdf("what lies elsewhere on this machine"))
    (scans / f"{lea}.pdf").symlink_to(secret)
    (scans / f"{bo}.pdf").write_bytes(pdf("signed by Bo") + b"\0" * 9999)
    (scans / f"{cy}.pdf").write_bytes(pdf("signed by Cy"))
    monkeypatch.setattr(mandate_scans, "LARGEST", 9999)
    done = file_signed(drafted, scans, date(2026, 11, 22))
    assert done.filed == [(f"{cy}.pdf", cy)]
    assert {name: why[:9] for name, why in done.refused} == {f"{lea}.pdf": "it is a l", f"{bo}.pdf": "it has mo"}
    monkeypatch.setattr(mandate_scans, "LARGEST", 99999)
    whole = type(scans).read_bytes

    def broken(path: Path) -> bytes:
        if path.name.startswith(bo):
            raise OSError(5, "Input/output error")
        return whole(path)

    monkeypatch.setattr(type(scans), "read_bytes", broken)
    done = file_signed(drafted, scans, date(2026, 11, 22))
    assert [why for name, why in done.refused if name.startswith(bo)] == [
        "the file cannot be read (Input/output error)"
    ]


def test_a_name_that_two_countries_have_is_asked_and_a_sign_of_one_is_read() -> None:
    assert [country(text) for text in ("Congo", "KONGO", "CG", "Congo-Kinshasa")] == [None, None, "CG", "CD"]
    cells = ("Zoë Roux", "D")
    assert entry(2, cells, ("name", "country"), {}, ("en",)).country == "DE"
    assert entry(2, ("Bo Ny", "A"), ("name", "country"), {}, ("en",)).country == "AT"
    with pytest.raises(BadRowError, match="two letters"):
        entry(2, ("Bo Ny", "Q"), ("name", "country"), {}, ("en",))
