"""Slips at the command line of an organisation: refused before anything is written, or made good."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from desk import campaigns as c
from dsar.cli.files import NotWritableError, made_folder

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = c.DAY.isoformat()


@pytest.fixture
def coalition(office: Office) -> Office:
    """Two people with mandates in the office's vault, and a campaign without seats."""
    c.coalition(office.folder, 2)
    return office


def states(office: Office) -> list[str]:
    return [one["state"] for one in office.json(DAY, "campaign", "people", "FACES26")]


def test_a_folder_that_cannot_take_the_letters_is_refused_before_any_is_made(coalition: Office, tmp_path: Path) -> None:
    office, out = coalition, tmp_path / "out"
    office.on(DAY, "campaign", "plan", "FACES26", "--all", "--controller", "miroir")
    out.mkdir()
    (out / "2026-XXXXX-03-access-miroir-sas.pdf").write_bytes(b"%PDF-1.4")
    said = office.on(DAY, "campaign", "run", "FACES26", "--out", out, code=4)
    assert "choose an empty folder" in said.err
    (tmp_path / "file").write_bytes(b"")
    office.on(DAY, "campaign", "run", "FACES26", "--out", tmp_path / "file", code=5)
    assert states(office) == ["planned", "planned"]
    office.on(DAY, "campaign", "run", "FACES26", "--out", tmp_path / "new")
    office.on(DAY, "campaign", "run", "FACES26", "--out", tmp_path / "new")  # said twice
    assert states(office) == ["issued", "issued"]
    for kind in ("remind", "notice"):
        assert "empty folder" in office.on(DAY, "campaign", kind, "FACES26", "--out", out, code=4).err


@pytest.mark.parametrize("wave", ["0", "-1", "10000", "99999999999999999999"])
def test_a_wave_is_a_number_that_can_be_kept(coalition: Office, wave: str) -> None:
    coalition.on(DAY, "campaign", "plan", "FACES26", "--all", "--controller", "miroir", "--wave", wave, code=2)
    assert states(coalition) == []


def test_nobody_is_stopped_by_a_slip_of_the_key_without_a_word(coalition: Office) -> None:
    office = coalition
    office.on(DAY, "campaign", "plan", "FACES26", "--subject", "p00000", "--controller", "miroir")
    office.on(DAY, "campaign", "stop", "FACES26", "--subject", "p0000", "--because", "moved", code=3)
    said = office.on(DAY, "campaign", "stop", "FACES26", "--subject", "p00001", "--because", "moved", code=3)
    assert "no seat" in said.err
    assert states(office) == ["planned"]
    office.on(DAY, "campaign", "stop", "FACES26", "--subject", c.name(0), "--because", "moved")
    assert states(office) == ["left-out"]


def test_mandates_to_sign_go_into_a_folder_that_is_made_and_strange_files_in_it_are_named(
    coalition: Office, tmp_path: Path
) -> None:
    office, out = coalition, tmp_path / "to" / "sign"
    words = ("mandate", "new", "--all", "--controller", "spiegel", "--right", "erasure", "--until", "2027-12-31")
    office.on(DAY, *words, code=2)
    said = office.on(DAY, *words, "--out", out)
    assert "2 mandate(s) drafted" in said.out
    assert "other file" not in said.all
    assert len(list(out.glob("M-*.pdf"))) == 2
    (out / "M-ZZZZZ-somebody.pdf").write_bytes(b"%PDF-1.4")
    assert "1 other file(s) lay in" in office.on(DAY, *words, "--out", out).err


@pytest.mark.skipif(os.name == "nt", reason="modes of folders")
def test_a_folder_that_is_made_is_ones_own_with_those_above_it(tmp_path: Path) -> None:
    made_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE((tmp_path / one).stat().st_mode) for one in ("a", "a/b")] == [0o700, 0o700]
    (tmp_path / "open").mkdir(mode=0o755)
    made_folder(tmp_path / "open")
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o755
    (tmp_path / "file").write_bytes(b"")
    for wrong in ("file", "file/below"):
        with pytest.raises(NotWritableError, match="file"):
            made_folder(tmp_path / wrong)


def test_a_code_book_is_written_whole_or_said_not_to_be_and_over_no_file_behind_a_link(
    coalition: Office, tmp_path: Path
) -> None:
    office = coalition
    office.on(DAY, "code", "book", "--out", tmp_path / "nowhere" / "book.csv", code=5)
    target, link = tmp_path / "precious", tmp_path / "book.csv"
    target.write_text("mine")
    link.symlink_to(target)
    office.on(DAY, "code", "book", "--out", link)
    assert target.read_text() == "mine"
    assert link.read_bytes().startswith(b"\xef\xbb\xbfvariable,")


def test_a_row_that_was_divided_in_a_wrong_place_is_no_controller(coalition: Office, tmp_path: Path) -> None:
    table = tmp_path / "bodies.csv"
    table.write_text("name,country,email\nKite,FR,dpo@kite.example\nOwl,FR,dpo@owl.example,Inc.\n")
    made = coalition.json(DAY, "controllers", "add", "--from", table)
    assert (made["added"], [row["line"] for row in made["rows"] if row["became"] == "refused"]) == (1, [3])
    table.write_text("name,country,email,country\nWren,FR,dpo@wren.example,DE\n")
    assert "twice" in coalition.on(DAY, "controllers", "add", "--from", table, code=5).err
