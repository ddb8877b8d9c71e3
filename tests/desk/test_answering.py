"""An answer beside what was asked. The reader decides; what was begun has no effect before it is finished."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.meanings import Answer, Other
from dsar.core.parties import Address, Person
from dsar.desk import people
from dsar.desk.answering import Begun, draft, keep, sheet
from dsar.desk.incoming import received
from dsar.desk.inventory import inventory
from dsar.desk.office import read
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.desk.reviewing import review
from dsar.errors import InputError, StateError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk

REFS = iter(range(22222, 99999))
SAID = (
    "Dear Ms Person,\n\n1. Yes, we process data concerning you; see https://m.example/privacy\n\n"
    "Your data go to the following categories of recipients: partners.\n\nOn 1 March 2026 Zoé wrote:\nYour sources?\n"
)


def answered(desk: Desk, tmp_path: Path, text: str = SAID, *, attached: bytes = b"") -> str:
    """A case whose only message is an answer by mail, classified; its reference."""
    address = Address(lines=("1 rue X",), country="FR")
    people.set_self(desk.vault, Person(id="me", name="Zoé", email="z@p.example", address=address, language="en"))
    company = own_controller(name="Miroir", email="p@m.example", address=(), country="FR", sector="general")
    then = replace(desk, today=date(2026, 3, 2))
    ref = open_case(then, company, Ask(rights=("access",), subject="me"), ref=f"2026-{next(REFS)}").case.ref
    path = tmp_path / "answer.eml"
    head = (
        "From: p@m.example\nTo: z@p.example\nSubject: Re: x\nDate: Fri, 6 Mar 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
    )
    body = f'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n'
    piece = b'--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename="d.zip"\n'
    piece += b"Content-Transfer-Encoding: base64\n\n" + _base64(attached) + b"\n" if attached else b""
    path.write_bytes(f"{head}{body}".encode() + (piece if attached else b"") + b"--b--\n")
    received(desk, ref, path=path, on=None, kinds=(Answer(),), note="")
    return ref


def _base64(data: bytes) -> bytes:
    from base64 import encodebytes  # noqa: PLC0415 - one use

    return encodebytes(data)


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_each_demand_stands_beside_the_passage_that_speaks_of_it(desk: Desk, tmp_path: Path) -> None:
    page = sheet(desk, answered(desk, tmp_path), None)
    lines = {line.demand: line for line in page.lines}
    assert lines["confirmation"].passages[0].text.startswith("1. Yes")
    assert "a page on the web" in " ".join(lines["confirmation"].hints)
    assert "are the recipients named" in " ".join(lines["recipients"].hints)
    assert lines["source"].passages == ()  # "sources" stands only in what they quote of our letter
    assert lines["copy"].hints[-1] == "No file came with this answer."
    assert all(line.said is None for line in page.lines)


def test_files_in_an_attached_archive_are_listed_and_read(desk: Desk, tmp_path: Path) -> None:
    data = zipped(data_json=b'{"origin": "the source of the data is the web"}', photo_jpg=b"\xff\xd8\xff\xe0")
    ref = answered(desk, tmp_path, "Please find attached.", attached=data)
    found = inventory(desk, ref, None)
    assert [(one.name, one.within, one.media) for one in found.members] == [
        ("d.zip", (), "application/zip"),
        ("data.json", ("d.zip",), "application/json"),
        ("photo.jpg", ("d.zip",), "image/jpeg"),
    ]
    assert found.size == 47 + 4
    lines = {line.demand: line for line in sheet(desk, ref, None).lines}
    assert "No file came with this answer." not in lines["copy"].hints


def test_what_was_begun_is_kept_without_effect_until_it_is_finished(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, tmp_path)
    page = sheet(desk, ref, None)
    keep(desk, ref, page.answer, Begun(found={"purposes": "generic"}, notes={"purposes": "a phrase"}))
    assert read(desk, ref).case.messages[0].review is None
    again = {line.demand: line for line in sheet(desk, ref, None).lines}
    assert (again["purposes"].said, again["purposes"].note) == ("generic", "a phrase")
    review(desk, ref, answer=None, found={"confirmation": "given"}, notes={}, faults={})
    assert draft(desk, ref, page.answer) == Begun()
    lines = {line.demand: line for line in sheet(desk, ref, None).lines}
    assert (lines["confirmation"].said, lines["purposes"].said) == ("given", None)


def test_a_review_that_was_begun_is_erased_with_its_case(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, tmp_path)
    keep(desk, ref, 2, Begun(notes={"purposes": "CANARY"}))
    desk.vault.erase(ref, reason="requested", now=desk.now)
    assert not any("CANARY" in str(body) for body in desk.vault.records("review").values())


def test_only_an_answer_can_be_read_against_what_was_asked(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, tmp_path)
    path = tmp_path / "note.txt"
    path.write_text("hello")
    received(desk, ref, path=path, on=date(2026, 3, 9), kinds=(Other(),), note="")
    with pytest.raises(StateError, match="classify message 4"):
        sheet(desk, ref, 4)


def test_a_folder_that_came_is_one_piece_of_evidence_and_the_same_each_time(desk: Desk, tmp_path: Path) -> None:
    ref = answered(desk, tmp_path)
    folder = tmp_path / "export"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.csv").write_bytes(b"a;b\n")
    (folder / "b.txt").write_bytes(b"hello")
    received(desk, ref, path=folder, on=date(2026, 3, 9), kinds=(Answer(),), note="")
    found = inventory(desk, ref, None)
    assert (found.evidence.name, found.evidence.media) == ("export.zip", "application/zip")
    assert [(one.name, one.size) for one in found.members] == [("b.txt", 5), ("in/a.csv", 4)]
    received(desk, ref, path=folder, on=date(2026, 3, 9), kinds=(Answer(),), note="")
    assert inventory(desk, ref, None).evidence == found.evidence
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError):
        received(desk, ref, path=tmp_path / "nothing", on=date(2026, 3, 9), kinds=(), note="")
