from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from dsar.errors import InputError
from dsar.paper.dossier.verify import NotADossierError, verify

from . import made
from .made import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf()
    shelf.put("Mandat", made.pdf("Mandat"))
    shelf.put("Journal", b"250 Ok\n", "text/plain")
    return shelf.bind(tmp_path_factory.mktemp("bound"), facts=b"{}").zip


def changed(bound: Path, target: Path, change: Callable[[Files], None]) -> Path:
    with zipfile.ZipFile(bound) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target / "changed.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target / "changed.zip"


def without(name: str) -> Callable[[Files], None]:
    def remove(files: Files) -> None:
        del files[name]

    return remove


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_whose_packing_was_damaged_is_named(bound: Path, tmp_path: Path, how: int) -> None:
    """Somebody packed it anew, and bytes were lost on the way: each way of packing has an error of its own."""
    target = tmp_path / "packed.zip"
    with zipfile.ZipFile(bound) as archive, zipfile.ZipFile(target, "w", how) as packed:
        for name in archive.namelist():
            packed.writestr(name, archive.read(name))
    with zipfile.ZipFile(target) as packed:
        info = max(packed.infolist(), key=lambda one: one.compress_size)
    data = bytearray(target.read_bytes())
    start = info.header_offset + 30 + len(info.filename) + info.compress_size // 4
    for place in range(start, start + info.compress_size // 2):
        data[place] ^= 0xFF
    target.write_bytes(data)
    result = verify(target)
    assert not result.ok
    assert f"{info.filename}: cannot be read, its bytes are damaged" in result.problems


def test_an_untouched_dossier_is_found_whole(bound: Path) -> None:
    result = verify(bound)
    # combined, cover, index, section, 2 pieces, 2 originals, case, read-me, manifest, sums
    assert (result.ok, result.files, result.problems) == (True, 12, ())


@pytest.mark.parametrize("prefix", ["dossier-", "exhibits/01", "originals/02", "case.json", "README.txt"])
def test_a_changed_file_is_found(prefix: str, bound: Path, tmp_path: Path) -> None:
    def flip(files: Files) -> None:
        name = next(name for name in files if name.startswith(prefix))
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])

    result = verify(changed(bound, tmp_path, flip))
    assert not result.ok
    assert all(problem.startswith(prefix) and "changed" in problem for problem in result.problems)


def test_a_byte_changed_inside_the_archive_is_found(bound: Path, tmp_path: Path) -> None:
    data = bound.read_bytes()
    position = data.index(b"250 Ok\n")
    target = tmp_path / "damaged.zip"
    target.write_bytes(data[:position] + b"550 No\n" + data[position + 7 :])
    result = verify(target)
    assert not result.ok
    assert result.problems[0].startswith("originals/02")


def test_a_missing_file_is_found(bound: Path, tmp_path: Path) -> None:
    result = verify(changed(bound, tmp_path, without("exhibits/02_Journal.pdf")))
    assert not result.ok
    assert all(problem.startswith("exhibits/02_Journal.pdf: missing") for problem in result.problems)


def test_an_extra_file_is_found_and_its_name_cannot_act(bound: Path, tmp_path: Path) -> None:
    result = verify(changed(bound, tmp_path, lambda files: files.update({"../x\x1b[2J": b""})))
    assert not result.ok
    assert [problem for problem in result.problems if "not named in" in problem]
    assert not [problem for problem in result.problems if "\x1b" in problem]


def test_a_changed_manifest_is_found(bound: Path, tmp_path: Path) -> None:
    def retitle(files: Files) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b"Mandat", b"Mandet")

    result = verify(changed(bound, tmp_path, retitle))
    assert result.problems[0] == "manifest.json: changed, its hash is not the one in SHA256SUMS"


def test_sums_made_anew_do_not_hide_a_changed_original(bound: Path, tmp_path: Path) -> None:
    def forge(files: Files) -> None:
        name = next(name for name in files if name.startswith("originals/02"))
        old = hashlib.sha256(files[name]).hexdigest().encode()
        files[name] = b"550 No\n"
        new = hashlib.sha256(files[name]).hexdigest().encode()
        files["SHA256SUMS"] = files["SHA256SUMS"].replace(old, new)

    result = verify(changed(bound, tmp_path, forge))
    assert [problem.partition(":")[0][:12] for problem in result.problems] == ["originals/02"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"schema": "other/1"}', b"[" * 100_000, b'{"schema": 7, "files": 1}']
)
def test_a_manifest_that_is_none_is_found(content: bytes, bound: Path, tmp_path: Path) -> None:
    result = verify(changed(bound, tmp_path, lambda files: files.update({"manifest.json": content})))
    assert "manifest.json: missing, or not readable as what it should be" in result.problems


def test_missing_sums_are_found(bound: Path, tmp_path: Path) -> None:
    result = verify(changed(bound, tmp_path, without("SHA256SUMS")))
    assert "SHA256SUMS: missing, or not readable as what it should be" in result.problems


def test_a_doubled_name_is_found(bound: Path, tmp_path: Path) -> None:
    target = changed(bound, tmp_path, lambda _: None)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr("README.txt", "another")
    assert "a file name stands in the archive twice" in verify(target).problems


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut"])
def test_what_is_no_zip_is_an_input_error(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    with pytest.raises(NotADossierError, match=r"x\.zip is not a dossier") as caught:
        verify(file)
    assert isinstance(caught.value, InputError)


def test_a_zip_of_something_else_is_an_input_error(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    with pytest.raises(NotADossierError, match=r"no manifest\.json"):
        verify(tmp_path / "photos.zip")


def test_the_manifest_beside_the_archive_is_the_one_inside(bound: Path) -> None:
    with zipfile.ZipFile(bound) as archive:
        inside = archive.read("manifest.json")
    assert (bound.parent / "manifest-2026-7QX2M.json").read_bytes() == inside
    first = json.loads(inside)["exhibits"][0]
    assert (first["number"], first["first_page"], first["pages"], first["shown"]) == ("1", 4, 1, True)
