"""Archives that came as answers. Hashes are computed here by hand, from the bytes that were put in."""

from __future__ import annotations

import io
import struct
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.mail import archive
from dsar.mail.archive import Member, members, text_of
from dsar.mail.packing import packed

if TYPE_CHECKING:
    from pathlib import Path


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as written:
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.compress_type = how
            written.writestr(info, data)
    return made.getvalue()


def listed(data: bytes) -> list[Member]:
    return list(members(io.BytesIO(data)))


def test_each_file_is_listed_with_its_size_kind_and_hash() -> None:
    files = (
        ("profil/données.json", b'{"name": "Zo\xc3\xa9"}'),
        ("export.csv", b"a;b\n1;2\n"),
        ("page.html", b"<!DOCTYPE html><p>x"),
        ("photo", b"\xff\xd8\xff\xe0rest"),
        ("letter.pdf", b"%PDF-1.7"),
        ("empty", b""),
        ("blob", b"\x01\x00\x02"),
    )
    media = ("application/json", "text/csv", "text/html", "image/jpeg", "application/pdf", "text/plain")
    assert listed(zipped(*files)) == [
        Member(name=name, size=len(data), media=kind, sha256=sha256(data).hexdigest())
        for (name, data), kind in zip(files, (*media, "application/octet-stream"), strict=True)
    ]


def test_archives_in_archives_are_listed_to_a_depth() -> None:
    data = zipped(("bottom.txt", b"x"))
    for level in range(4):
        data = zipped((f"level{level}.zip", data), (f"beside{level}.txt", b"y"))
    found = listed(data)
    assert [(one.within, one.name) for one in found] == [
        ((), "level3.zip"),
        (("level3.zip",), "level2.zip"),
        (("level3.zip", "level2.zip"), "level1.zip"),
        (("level3.zip", "level2.zip"), "beside1.txt"),
        (("level3.zip",), "beside2.txt"),
        ((), "beside3.txt"),
    ]
    assert "not opened" in found[2].problem
    assert not any(one.problem for one in found[:2])


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("/etc/passwd", "its name is a path from the root"),
        ("C:\\Windows\\x.dll", "its name is a path from the root"),
        ("a/../../b", "its name leads out of the archive"),
        ("..\\b", "its name leads out of the archive"),
        ("invoice\u202efdp.exe", "its name holds marks that are not shown"),
        ("a\x1b[31m.txt", "its name holds marks that are not shown"),
    ],
)
def test_a_hostile_name_is_said_and_its_bytes_are_read_all_the_same(name: str, problem: str) -> None:
    (found,) = listed(zipped((name, b"x")))
    assert (found.problem, found.sha256) == (problem, sha256(b"x").hexdigest())
    assert "\x1b" not in found.name


def test_the_second_file_of_a_name_is_said(recwarn: pytest.WarningsRecorder) -> None:
    first, second = listed(zipped(("a", b"1"), ("a", b"2")))
    assert (first.problem, second.problem) == ("", "another one has the same name")
    assert len(recwarn) == 1  # of the library that wrote it
    recwarn.clear()


def test_a_bomb_is_refused_unread_and_what_lies_beside_it_is_read() -> None:
    bomb = zipped(("zeros", bytes(80 * 1024 * 1024)), ("small", bytes(1024)))
    assert len(bomb) < 200_000
    zeros, small = listed(bomb)
    assert (zeros.sha256, zeros.size) == ("", 80 * 1024 * 1024)
    assert "bomb" in zeros.problem
    assert small.sha256 == sha256(bytes(1024)).hexdigest()


def test_an_archive_that_yields_more_than_is_read_of_one_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_FROM", 1500)
    monkeypatch.setattr(archive, "MOST_RATIO", 1)
    first, second = listed(zipped(("a", bytes(1000)), ("b", bytes(1000))))
    assert first.sha256
    assert (second.sha256, second.problem) == ("", "the archive is larger than what is read of one")


def test_a_bomb_in_each_of_many_archives_is_one_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """No single archive yields more than it may: it is all of them together that would take hours."""
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    small = zipped(("zeros", bytes(90_000)))
    found = listed(zipped(*((f"{n}.zip", small) for n in range(50))))
    assert len(small) * 50 < 100_000
    assert sum(one.size for one in found if one.sha256) <= 100_000
    assert any(one.problem == "the archive is larger than what is read of one" for one in found)


def test_members_that_end_in_an_error_count_as_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 25_000)
    data = bytearray(zipped(*((str(n), bytes(10_000)) for n in range(4))))
    for place in [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]:
        data[place + 16] ^= 1  # the checksum
    assert [one.problem for one in listed(bytes(data))] == [
        *["it cannot be read (BadZipFile)"] * 2,
        *["the archive is larger than what is read of one"] * 2,
    ]


def test_the_members_of_all_archives_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 5)
    small = zipped(*((str(n), b"") for n in range(3)))
    found = listed(zipped(("a.zip", small), ("b.zip", small)))
    assert [one.name for one in found] == ["a.zip", "0", "1", "2", "b.zip", ""]
    assert found[-1].problem == "3 more were not looked at"


def test_links_and_encrypted_files_are_not_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        written.writestr(link, "/etc/passwd")
        written.writestr("locked", b"x")
    data = bytearray(made.getvalue())
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)  # the flag that says encrypted
    link_found, locked = listed(bytes(data))
    assert (link_found.problem, link_found.sha256) == ("it is a link", "")
    assert (locked.problem, locked.sha256) == ("it is encrypted", "")


def test_a_wrong_checksum_is_said() -> None:
    data = bytearray(zipped(("a", b"hello world"), how=zipfile.ZIP_STORED))
    data[data.index(b"hello")] ^= 1
    (found,) = listed(bytes(data))
    assert (found.sha256, found.problem) == ("", "it cannot be read (BadZipFile)")


def test_more_members_than_anybody_looks_at_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    found = listed(zipped(*((str(n), b"") for n in range(10))))
    assert [one.name for one in found] == ["0", "1", "2", ""]
    assert found[-1].problem == "7 more were not looked at"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", zipped(("a", b"x"))[:-10]])
def test_what_is_no_archive_is_said(data: bytes) -> None:
    (found,) = listed(data)
    assert found.name == ""
    assert "no ZIP archive" in found.problem


SOUND = zipped(("a.json", b'{"a": 1}' * 50), ("inner.zip", zipped(("b", b"y" * 300))), ("c", b"z"))


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=300)
def test_whatever_its_bytes_are_nothing_is_raised(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    for found in members(io.BytesIO(bytes(data))):
        assert found.sha256 or found.problem
        assert text_of(io.BytesIO(bytes(data)), found.name, 100) is not None


def test_the_text_of_a_member_is_read_to_a_limit() -> None:
    data = io.BytesIO(zipped(("a/b.txt", b"0123456789")))
    assert text_of(data, "a/b.txt", 4) == b"0123"
    assert text_of(data, "gone", 4) == b""
    assert text_of(io.BytesIO(b"no zip"), "a", 4) == b""


def test_a_folder_becomes_the_same_archive_each_time_and_links_stay_out(tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "deep.txt").write_bytes(b"x" * 3_000_000)
    (folder / "a.json").write_bytes(b"{}")
    (folder / "link").symlink_to(tmp_path)
    first, second = packed(folder).read(), packed(folder).read()
    assert first == second
    assert [(one.name, one.size, one.problem) for one in listed(first)] == [
        ("a.json", 2, ""),
        ("b/deep.txt", 3_000_000, ""),
    ]
