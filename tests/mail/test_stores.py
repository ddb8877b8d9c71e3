from __future__ import annotations

import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from dsar.mail.stores import Passed, Piece, kind_of, pieces

if TYPE_CHECKING:
    from pathlib import Path


def mail(number: int, text: str = "Hello") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "c@d.example", f"Number {number}"
    made.set_content(text)
    return made


def read(path: Path) -> tuple[list[bytes], list[Passed]]:
    found = list(pieces(path))
    taken = []
    for one in found:
        if isinstance(one, Piece):
            with one.open() as stream:
                taken.append(stream.read())
    return taken, [one for one in found if isinstance(one, Passed)]


def test_an_mbox_gives_the_messages_that_python_finds_in_it(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    box = mailbox.mbox(path)
    for number in range(5):
        box.add(mail(number, "One\n\nFrom here on it is quoted.\n\n>From twice\nFrom\n"))
    box.close()
    box = mailbox.mbox(path)
    expected = [box.get_bytes(key) for key in box.keys()]  # noqa: SIM118 - a mailbox is no dict
    box.close()
    taken, passed = read(path)
    assert len(taken) == 5
    assert taken == expected
    assert passed == []
    assert [one.place for one in pieces(path) if isinstance(one, Piece)][-1] == f"{path}#5"


def test_a_from_line_in_the_middle_of_a_text_begins_no_message(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(b"From a@b Mon\nSubject: 1\n\ntext\nFrom my desk\n\nFrom a@b Tue\r\nSubject: 2\r\n\r\nlast")
    assert read(path)[0] == [b"Subject: 1\n\ntext\nFrom my desk\n", b"Subject: 2\r\n\r\nlast"]


def test_a_maildir_gives_new_and_read_messages_and_those_of_its_subfolders(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Mail", create=True)
    box.add(mail(1))
    seen = mailbox.MaildirMessage(mail(2))
    seen.set_subdir("cur")
    seen.set_flags("S")
    box.add(seen)
    box.add_folder("Sent").add(mail(3))
    assert kind_of(tmp_path / "Mail") == "maildir"
    taken, _ = read(tmp_path / "Mail")
    assert sorted(one.split(b"Number ")[1][:1] for one in taken) == [b"1", b"2", b"3"]
    assert all(
        one.name.endswith(".eml") and ":" not in one.name for one in pieces(tmp_path / "Mail") if isinstance(one, Piece)
    )


def test_a_folder_is_read_to_its_depth_and_links_are_not_followed_out_of_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    folder = tmp_path / "answers"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "data.json").write_bytes(b"{}")
    (folder / "a.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".hidden").write_text("x")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    taken, passed = read(folder)
    assert taken == [b"%PDF-1.7", b"{}"]
    assert {one.place.rpartition("/")[2]: one.why for one in passed} == {
        ".hidden": "it is hidden, or a lock of another program",
        "link.txt": "it is a link",
        "loop": "it is a link",
    }


@pytest.mark.parametrize("data", [b"", b"From", b"\x00\x01", b"%PDF-1.7"])
def test_any_other_file_is_one_piece(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "thing"
    path.write_bytes(data)
    assert (kind_of(path), read(path)[0]) == ("file", [data])
