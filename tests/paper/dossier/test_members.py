"""A ZIP made to mislead who unpacks it: links, paths, twins; and one that no disk has room for."""

from __future__ import annotations

import hashlib
import json
import stat
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from dsar.paper.dossier.verify import verify

from . import made
from .made import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = Shelf()
    shelf.put("Mandat", made.pdf("Mandat"))
    return shelf.bind(tmp_path_factory.mktemp("bound")).zip


def again(
    whole: Path, target: Path, *, more: dict[str, bytes] | None = None, info: Callable[[zipfile.ZipInfo], object] = id
) -> Path:
    """The dossier made anew by somebody who adds `more` to it and to both of its lists, so that every hash is right."""
    with zipfile.ZipFile(whole) as archive:
        files = {name: archive.read(name) for name in archive.namelist()} | (more or {})
    listing = json.loads(files["manifest.json"])
    listing["files"] += [
        {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in (more or {}).items()
    ]
    files["manifest.json"] = json.dumps(listing).encode()
    del files["SHA256SUMS"]
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files["SHA256SUMS"] = sums.encode()
    with zipfile.ZipFile(target / "again.zip", "w") as archive:
        for name, data in files.items():
            made_as = zipfile.ZipInfo(name, (2026, 7, 15, 0, 0, 0))
            info(made_as)
            archive.writestr(made_as, data)
    return target / "again.zip"


def test_a_dossier_that_was_only_packed_again_is_whole(whole: Path, tmp_path: Path) -> None:
    assert verify(again(whole, tmp_path)).problems == ()


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.sh",
        "/etc/cron.d/evil",
        "C:\\evil.exe",
        "..\\evil",
        "exhibits/../../b",
        "exhibits/\u202egpj.exe",
        "a\nb",
        "x.",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_found(name: str, whole: Path, tmp_path: Path) -> None:
    found = verify(again(whole, tmp_path, more={name: b"evil"})).problems
    assert [problem for problem in found if "may lead out of the folder" in problem]


def test_a_name_that_takes_the_place_of_another_on_some_disks_is_found(whole: Path, tmp_path: Path) -> None:
    found = verify(again(whole, tmp_path, more={"EXHIBITS/01_MANDAT.PDF": b"another"})).problems
    assert [problem for problem in found if "differs only in case" in problem]


def test_a_link_is_found(whole: Path, tmp_path: Path) -> None:
    """What a clerk opens would be another file of the clerk's machine."""

    def link(info: zipfile.ZipInfo) -> None:
        if info.filename.startswith("exhibits/"):
            info.create_system = 3
            info.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert verify(again(whole, tmp_path, info=link)).problems == (
        "exhibits/01_Mandat.pdf: is a link or a folder, and not a file",
    )


@pytest.mark.parametrize("what", ["comment", "extra"])
def test_bytes_that_hide_beside_a_file_are_found(what: str, whole: Path, tmp_path: Path) -> None:
    def hide(info: zipfile.ZipInfo) -> None:
        if info.filename == "README.txt":
            setattr(info, what, b"hidden" if what == "comment" else struct.pack("<HH", 0x9999, 6) + b"hidden")

    assert verify(again(whole, tmp_path, info=hide)).problems == (
        "README.txt: carries bytes beside its content that no list names",
    )


def test_a_file_of_more_than_any_dossier_is_not_unpacked(whole: Path, tmp_path: Path) -> None:
    """300 MB of nothing, 300 kB packed: found by what the archive says, before anything is unpacked."""
    target = tmp_path / "bomb.zip"
    target.write_bytes(whole.read_bytes())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb", "w") as stream:
        for _ in range(300):
            stream.write(bytes(1_000_000))
    assert [problem for problem in verify(target).problems if "none was read" in problem]


@pytest.mark.parametrize("place", [*range(16, 20), 10, 11])
def test_an_end_that_says_something_else_is_found(place: int, whole: Path, tmp_path: Path) -> None:
    """The end names where the list begins and how many it has: another reader would find other files."""
    data = bytearray(whole.read_bytes())
    data[len(data) - 22 + place] ^= 1
    (tmp_path / "x.zip").write_bytes(data)
    assert verify(tmp_path / "x.zip").problems


@pytest.mark.parametrize("place", [6, 8, 14, 18, 22])
def test_a_file_that_says_something_else_of_itself_than_its_list_is_found(
    place: int, whole: Path, tmp_path: Path
) -> None:
    """Who reads the archive from its front takes the sizes there: flags, packing, checksum, both sizes."""
    data = bytearray(whole.read_bytes())
    with zipfile.ZipFile(whole) as archive:
        start = archive.getinfo("README.txt").header_offset
    data[start + place] ^= 1
    (tmp_path / "x.zip").write_bytes(data)
    assert [problem for problem in verify(tmp_path / "x.zip").problems if problem.startswith("README.txt: ")]


def test_a_byte_changed_in_any_file_is_found(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    with zipfile.ZipFile(whole) as archive:
        infos = archive.infolist()
    assert len(infos) > 5
    for info in infos:
        changed = bytearray(data)
        changed[info.header_offset + 30 + len(info.filename) + info.file_size // 2] ^= 1
        (tmp_path / "x.zip").write_bytes(changed)
        assert [problem for problem in verify(tmp_path / "x.zip").problems if info.filename in problem], info.filename
