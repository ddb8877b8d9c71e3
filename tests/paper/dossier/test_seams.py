"""A ZIP with more in it than its list says: somebody put it there after the dossier was made."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from dsar.paper.dossier.verify import NotADossierError, verify

from . import made
from .made import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    shelf = Shelf()
    shelf.put("Mandat", made.pdf("Mandat"))
    return shelf.bind(tmp_path_factory.mktemp("bound")).zip.read_bytes()


def problems(data: bytes, tmp_path: Path) -> tuple[str, ...]:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    return verify(path).problems


def test_an_untouched_archive_has_no_seam(whole: bytes, tmp_path: Path) -> None:
    assert problems(whole, tmp_path) == ()


def test_bytes_before_the_archive_are_found(whole: bytes, tmp_path: Path) -> None:
    """A program before the archive: it still opens, since a ZIP is read from its end."""
    found = problems(b"MZ evil program " + whole, tmp_path)
    assert found
    assert "16 bytes before it belong to no file" in found[0]


@pytest.mark.parametrize("more", [b"x", b"%PDF-1.7 another document", bytes(30_000)])
def test_bytes_after_the_archive_are_found(more: bytes, whole: bytes, tmp_path: Path) -> None:
    assert "there are bytes after the end of the archive" in problems(whole + more, tmp_path)


def test_a_comment_is_found(whole: bytes, tmp_path: Path) -> None:
    commented = whole[:-2] + struct.pack("<H", 5) + b"hello"
    assert problems(commented, tmp_path)[0] == "the archive ends with a comment of 5 bytes that no list names"


def hidden_member(whole: bytes) -> bytes:
    """A whole file of its own between the others and their list, in no list."""
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("secret.txt", b"not meant to be seen")
    member = place.getvalue()[: place.getvalue().index(b"PK\x01\x02")]
    start = struct.unpack("<L", whole[-6:-2])[0]
    end = bytearray(whole[start:])
    end[-6:-2] = struct.pack("<L", start + len(member))
    return whole[:start] + member + bytes(end)


def test_a_file_that_no_list_names_is_found(whole: bytes, tmp_path: Path) -> None:
    hidden = hidden_member(whole)
    with zipfile.ZipFile(io.BytesIO(hidden)) as archive:
        assert "secret.txt" not in archive.namelist()
    assert [problem for problem in problems(hidden, tmp_path) if "bytes after the last file belong to none" in problem]


def test_another_name_in_front_of_a_file_is_found(whole: bytes, tmp_path: Path) -> None:
    position = whole.index(b"README.txt")
    renamed = whole[:position] + b"README.exe" + whole[position + 10 :]
    found = problems(renamed, tmp_path)
    assert any("has another name in front of it" in problem or "cannot be read" in problem for problem in found)


def test_a_byte_in_the_list_of_files_is_found(whole: bytes, tmp_path: Path) -> None:
    start = struct.unpack("<L", whole[-6:-2])[0]
    stuffed = whole[: len(whole) - 22] + b"?" + whole[-22:]
    assert start
    try:
        found = problems(stuffed, tmp_path)
    except NotADossierError:
        return
    assert found


def test_what_is_longer_than_the_format_can_say_is_whole_too(tmp_path: Path) -> None:
    """An archive in the 64-bit form, as one of several gigabytes is."""
    from dsar.paper.dossier import pack  # noqa: PLC0415 - its limit is changed

    before = pack._LARGE  # noqa: SLF001 - four gigabytes are no test
    pack._LARGE = 0  # noqa: SLF001 - as above
    try:
        shelf = Shelf()
        shelf.put("Mandat", made.pdf("Mandat"))
        bound = shelf.bind(tmp_path)
    finally:
        pack._LARGE = before  # noqa: SLF001 - as above
    assert verify(bound.zip).problems == ()
