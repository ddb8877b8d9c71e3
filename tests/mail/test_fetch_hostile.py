"""Servers that hang, break off, lie about sizes or cannot be trusted: one sentence, exit 8, and what came stays."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dsar.mail import network
from dsar.mail.folders import as_set, from_wire, numbers, to_wire
from servers.certificate import certificate
from servers.talking import Talk, talking

from .room import mail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .room import Room

Cert = tuple[Path, Path]
Answers = dict[bytes, "Callable[[Talk, bytes], None]"]
MAILS = {uid: mail(f"letter {uid}", number=f"h{uid}") for uid in range(1, 4)}


def imap(**answers: Callable[[Talk, bytes], None]) -> Callable[[Talk], None]:
    """A server with three mails, which answers some commands in its own way; the tag is handed to it."""

    def script(talk: Talk) -> None:
        talk.say(b"* OK ready")
        while line := talk.hear():
            tag, _, rest = line.partition(b" ")
            words = rest.upper().split()
            name = (words[1] if words[0] == b"UID" else words[0]).decode()
            if name == "FETCH" and b"BODY.PEEK" in rest.upper():
                name = "BODY"
            if name in answers:
                answers[name](talk, tag)
            else:
                usual(talk, tag, name)

    return script


def usual(talk: Talk, tag: bytes, name: str) -> None:
    match name:
        case "CAPABILITY":
            talk.say(b"* CAPABILITY IMAP4rev1")
        case "EXAMINE":
            talk.say(b"* 3 EXISTS", b"* OK [UIDVALIDITY 7] yes")
        case "LIST":
            talk.say(b'* LIST () "/" INBOX')
        case "SEARCH":
            talk.say(b"* SEARCH 1 2 3")
        case "FETCH":
            talk.say(*(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (uid, uid, len(data)) for uid, data in MAILS.items()))
        case "BODY":
            for uid, data in MAILS.items():
                talk.send(b"* %d FETCH (BODY[] {%d}\r\n" % (uid, len(data)) + data + b" UID %d)\r\n" % uid)
        case "LOGOUT":
            talk.say(b"* BYE")
    talk.say(tag + b" OK done")


@contextmanager
def account(room: Room, script: Callable[[Talk], None], cert: Cert, *, security: str = "tls") -> Iterator[list[bytes]]:
    with talking(script, cert if security == "tls" else None) as (port, heard):
        room.account("work", cert[0], imap=port, security=security)
        yield heard


def test_the_uid_may_stand_after_the_mail_and_a_login_needs_no_plain(room: Room, cert: Cert) -> None:
    with account(room, imap(), cert) as heard:
        # PLAIN is not offered, and a password beyond ASCII has no other way
        assert "refuses “ana”" in room.run("mail", "fetch", code=8).err
        room_env = ("--password-file", "plain.txt")
        Path("plain.txt").write_text("simple\n", encoding="utf-8")
        assert room.json("mail", "fetch", *room_env)["imported"] == 3
    assert any(line.endswith(b'LOGIN ana "simple"') for line in heard)
    assert not any(b"STORE" in line or b"SELECT" in line for line in heard)


def hangs(talk: Talk, _tag: bytes) -> None:
    talk.until_it_goes()


def drops(talk: Talk, _tag: bytes) -> None:
    talk.send(b"* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: a@b.exam")
    raise ConnectionResetError  # the end of this talk


def lies_large(talk: Talk, _tag: bytes) -> None:
    talk.send(b"* 1 FETCH (UID 1 BODY[] {4000000000}\r\nFrom: a@b.example\r\n")


def never_ends(talk: Talk, _tag: bytes) -> None:
    while True:
        talk.send(b"* 9 EXISTS " + b"x" * 100_000 + b"\r\n")


def talks_nonsense(talk: Talk, tag: bytes) -> None:
    talk.say(b"\x1b[2J\x00 not IMAP {", tag + b" MAYBE")


def says_no(talk: Talk, tag: bytes) -> None:
    talk.say(tag + b" NO \x1b]0;owned\x07 go away")


@pytest.mark.parametrize("wrong", [hangs, drops, lies_large, never_ends, talks_nonsense, says_no])
@pytest.mark.parametrize("where", ["EXAMINE", "SEARCH", "FETCH", "BODY"])
def test_a_server_that_fails_is_one_sentence(
    room: Room, cert: Cert, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Talk, bytes], None], where: str
) -> None:
    monkeypatch.setattr(network, "SILENCE", 0.3)
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "simple")
    with account(room, imap(**{where: wrong}), cert):
        said = room.run("mail", "fetch", code=8)
    assert said.err.count("\n") == 1
    assert said.err.startswith("dsar: The mail server localhost:")
    assert "\x1b" not in said.all
    assert room.json("inbox") == []


def test_what_came_before_a_break_stays(room: Room, cert: Cert, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "simple")
    monkeypatch.setattr("dsar.mail.fetch.GROUP_COUNT", 1)
    calls = []

    def once(talk: Talk, tag: bytes) -> None:
        calls.append(tag)
        if len(calls) == 2:
            drops(talk, tag)
        uid = len(calls) if len(calls) < 2 else len(calls) - 1
        talk.send(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(MAILS[uid])) + MAILS[uid] + b")\r\n")
        talk.say(tag + b" OK done")

    with account(room, imap(BODY=once), cert):
        room.run("mail", "fetch", code=8)
        assert [one["subject"] for one in room.json("inbox")] == ["letter 1"]
        assert room.json("mail", "fetch")["imported"] == 2
    assert [one["subject"] for one in room.json("inbox")] == ["letter 1", "letter 2", "letter 3"]


def test_mails_that_nobody_asked_for_are_not_taken(room: Room, cert: Cert, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "simple")

    def more(talk: Talk, tag: bytes) -> None:
        talk.send(b"* 9 FETCH (UID 99 BODY[] {4}\r\nFrom)\r\n")
        usual(talk, tag, "BODY")

    with account(room, imap(BODY=more), cert):
        assert room.json("mail", "fetch")["imported"] == 3


def test_a_mail_larger_than_any_is_said_and_left_where_it_is(
    room: Room, cert: Cert, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "simple")

    def large(talk: Talk, tag: bytes) -> None:
        talk.say(b"* 2 FETCH (UID 2 RFC822.SIZE 3000000000)")
        talk.say(*(b"* %d FETCH (UID %d RFC822.SIZE 90)" % (uid, uid) for uid in (1, 3)), tag + b" OK done")

    with account(room, imap(FETCH=large), cert):
        done = room.json("mail", "fetch")
    assert done["imported"] == 2
    ((problem,),) = ([one["why"] for one in done["problems"]],)
    assert "128 MB" in problem


def test_no_word_is_said_to_a_server_that_offers_no_encryption(room: Room, cert: Cert) -> None:
    with account(room, imap(), cert, security="starttls") as heard:
        assert "offers no STARTTLS" in room.run("mail", "fetch", code=8).err
    assert not any(b"LOGIN" in line or b"AUTH" in line for line in heard)


def test_a_server_that_logs_us_in_before_encryption_is_not_used(room: Room, cert: Cert) -> None:
    def preauth(talk: Talk) -> None:
        talk.say(b"* PREAUTH welcome")
        while line := talk.hear():
            talk.say(b"* CAPABILITY IMAP4rev1 STARTTLS", line.split()[0] + b" OK done")

    with account(room, preauth, cert, security="starttls"):
        assert "offers no STARTTLS" in room.run("mail", "fetch", code=8).err


def test_a_certificate_of_somebody_else_ends_it(room: Room, cert: Cert, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = certificate(tmp_path / "other", name="mail.example")
    with talking(imap(), cert) as (port, heard):
        room.account("work", other[0], imap=port)
        assert "cannot prove who it is" in room.run("mail", "fetch", code=8).err
    with talking(imap(), other) as (port, _):
        room.account("work", other[0], imap=port)
        assert "cannot prove who it is" in room.run("mail", "fetch", code=8).err
    assert heard == []


def test_nobody_at_home_and_no_such_host(room: Room, cert: Cert) -> None:
    with talking(imap(), None) as (port, _):
        pass
    room.account("work", cert[0], imap=port)
    assert "cannot be reached" in room.run("mail", "fetch", code=8).err
    room.run("mail", "account", "add", "work", "--address", "a@b.example", "--imap", "no.such.invalid")
    assert "cannot be reached" in room.run("mail", "fetch", code=8).err


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", '"INBOX"'),
        # RFC 3501, 5.1.3
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),
        ("Réponses & Co", '"R&AOk-ponses &- Co"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
    ],
)
def test_names_of_folders_as_the_standard_writes_them(name: str, wire: str) -> None:
    assert to_wire(name) == wire
    assert from_wire(wire[1:-1].replace('\\"', '"').replace("\\\\", "\\")) == name


def test_sets_of_numbers() -> None:
    assert as_set([7, 1, 3, 2, 2]) == "1:3,7"
    assert numbers("1:3,7") == {1, 2, 3, 7}
    assert (as_set([]), numbers("")) == ("", set())
