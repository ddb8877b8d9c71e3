"""A letter leaves by a real SMTP server: what arrives, what the log says, and what happens when it goes wrong."""

from __future__ import annotations

import socket
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dsar.core.events import Sent
from dsar.mail import network
from servers.certificate import certificate
from servers.talking import Talk, talking

from .room import ADDRESS, THEIRS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.vault.vault import Vault
    from servers.smtp import Post

    from .room import Room

Cert = tuple[Path, Path]


@pytest.fixture
def ref(room: Room, post: Post, cert: Cert) -> str:
    """An issued letter, and the account to send it by."""
    room.account("work", cert[0], smtp=post.port, security="starttls")
    return room.issued()


def sent(room: Room, ref: str) -> list[Any]:
    return [event for event in room.json("show", ref)["events"] if event["kind"] == "sent"]


def test_what_arrives_is_what_the_vault_holds_as_proof(room: Room, post: Post, ref: str) -> None:
    done = room.json("send", ref, "--yes")
    assert done["ref"] == ref
    (mail,) = post.mails
    assert post.envelopes == [(ADDRESS, [THEIRS])]
    assert len(sent(room, ref)) == 1
    with room.vault() as vault:
        fact = vault.log(ref)[-1].event
        assert vault.evidence_bytes(proof(vault, ref)) == mail
        assert vault.verify(complete=True) == ()
        (one,) = vault.outbox.of_letter(ref, 2)
    assert (one.state, one.reply, one.entry) == ("sent", "250 OK: queued as 7", 3)
    assert isinstance(fact, Sent)
    assert (fact.letter, fact.channel, fact.to, fact.on.isoformat()) == (2, "email", THEIRS, room.day)
    read = message_from_bytes(mail, policy=default)
    assert read["Message-ID"] == one.message_id
    assert read["Message-ID"].endswith("@ngo.example>")
    assert read["X-Unsent"] is None
    assert [part.get_content_type() for part in read.iter_attachments()] == ["application/pdf"]
    body = read.get_body(("plain",))
    assert body is not None
    assert ref in str(read["Subject"]) + body.get_content()


def test_nothing_of_this_machine_leaves_with_it(room: Room, post: Post, ref: str) -> None:
    room.run("send", ref, "--yes")
    assert set(post.greetings) == {"[127.0.0.1]"}
    assert socket.gethostname().encode() not in post.mails[0].split(b"\r\n\r\n")[0]


def test_a_dry_run_sends_and_records_nothing(room: Room, post: Post, ref: str) -> None:
    shown = room.json("send", ref, "--dry-run", "--out", "draft.eml")
    assert (shown["from"], shown["to"]) == (ADDRESS, THEIRS)
    assert "Message-ID: <" in shown["headers"]
    assert len(Path("draft.eml").read_bytes()) == shown["size"]
    assert "Nothing was sent." in room.run("send", ref, "--dry-run").out
    assert post.mails == []
    assert sent(room, ref) == []


def test_without_a_terminal_it_asks_for_consent(room: Room, post: Post, ref: str) -> None:
    assert "--yes" in room.run("send", ref, code=2).err
    assert post.mails == []


def test_a_letter_that_left_leaves_again_only_when_told(room: Room, post: Post, ref: str) -> None:
    room.run("send", ref, "--yes")
    assert "--again" in room.run("send", ref, "--yes", code=4).err
    assert len(post.mails) == 1
    room.run("send", ref, "--yes", "--again", "--to", "other@miroir.example")
    assert len(sent(room, ref)) == 2
    assert len({message_from_bytes(mail)["Message-ID"] for mail in post.mails}) == 2


def test_a_mail_leaves_today_and_on_no_other_day(room: Room, post: Post, ref: str) -> None:
    assert "--as-of" in room.run("send", ref, "--yes", "--as-of", "2031-01-01", code=4).err
    assert post.mails == []


def proof(vault: Vault, ref: str) -> str:
    """The hash of the mail that the last entry names as its proof."""
    fact = vault.log(ref)[-1].event
    assert isinstance(fact, Sent)
    assert fact.proof is not None
    return fact.proof.sha256


@pytest.mark.parametrize("hook", ["on_mail", "on_rcpt", "on_data"])
def test_what_the_server_refuses_was_not_sent_and_can_be_sent_later(
    room: Room, post: Post, ref: str, hook: str
) -> None:
    setattr(post, hook, lambda: "550 5.7.1 not \x1b[2J today")
    said = room.run("send", ref, "--yes", code=8)
    assert "550 5.7.1 not" in said.err
    assert "nothing was sent" in said.err
    assert "\x1b" not in said.all
    assert said.err.count("\n") == 1
    assert sent(room, ref) == []
    setattr(post, hook, None)
    room.run("send", ref, "--yes")
    assert len(post.mails) == len(sent(room, ref)) == 1


def test_a_wrong_password_is_said_and_not_shown(
    room: Room, post: Post, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "not-the-secret")
    said = room.run("send", ref, "--yes", code=8)
    assert "refuses “ana”" in said.err
    assert "not-the-secret" not in said.all
    assert post.mails == []


def test_the_password_is_nowhere_in_the_vault_nor_on_the_screen(room: Room) -> None:
    Path("password.txt").write_text("a-rare-secret\n", encoding="utf-8")
    keep = ("mail", "account", "add", "other", "--address", ADDRESS, "--smtp", "localhost:465")
    said = room.run(*keep, "--password-file", "password.txt")
    # the keyring of the tests always fails: the account is kept, its password is not
    assert "not kept" in said.err
    room.run("mail", "account", "list")
    with room.vault() as vault:
        held = str([vault.records(kind) for kind in ("mail-account", "mail-keyring", "setting")])
    assert "a-rare-secret" not in held + said.all


def smtp(talk: Talk, *, at_end: Callable[[Talk], None], features: tuple[bytes, ...] = ()) -> None:
    """A server that takes everything up to the end of the content."""
    talk.say(b"220 ready")
    while line := talk.hear():
        word = line.split()[0].upper()
        if word == b"EHLO":
            talk.say(b"250-hello", *(b"250-" + one for one in features), b"250 AUTH PLAIN")
        elif word == b"DATA":
            talk.say(b"354 go on")
            while talk.hear() != b".":
                pass
            at_end(talk)
        else:
            talk.say(b"235 in" if word == b"AUTH" else b"250 fine")


def breaks(_talk: Talk) -> None:
    raise ConnectionResetError


def hangs(talk: Talk) -> None:
    talk.until_it_goes()


def babbles(talk: Talk) -> None:
    while True:
        talk.say(b"250-and")


@pytest.mark.parametrize("end", [breaks, hangs, babbles])
def test_no_answer_after_the_content_is_unsure_and_never_sent_again_by_itself(  # noqa: PLR0913, PLR0917 - fixtures
    room: Room, post: Post, ref: str, cert: Cert, monkeypatch: pytest.MonkeyPatch, end: Callable[[Talk], None]
) -> None:
    monkeypatch.setattr(network, "SILENCE", 0.5)
    with talking(lambda talk: smtp(talk, at_end=end), cert) as (port, heard):
        room.account("broken", cert[0], smtp=port)
        said = room.run("send", ref, "--account", "broken", "--yes", code=8)
    assert "Sent folder" in said.err
    assert heard.count(b".") == 1
    # however it is asked for, by whichever server
    again = room.run("send", ref, "--account", "work", "--yes", "--again", code=4)
    assert "unsure" in again.err
    assert post.mails == []
    assert sent(room, ref) == []
    room.run("send", ref, "--resolve", "sent")
    assert len(sent(room, ref)) == 1
    with room.vault() as vault:
        message_id = message_from_bytes(vault.evidence_bytes(proof(vault, ref)))["Message-ID"]
        assert vault.mail.known((message_id,)) == (ref,)
    room.run("send", ref, "--resolve", "sent", code=4)


def test_an_unsure_mail_that_did_not_leave_can_be_sent(room: Room, post: Post, ref: str, cert: Cert) -> None:
    with talking(lambda talk: smtp(talk, at_end=breaks), cert) as (port, _):
        room.account("broken", cert[0], smtp=port)
        room.run("send", ref, "--account", "broken", "--yes", code=8)
    room.run("send", ref, "--resolve", "not-sent")
    assert sent(room, ref) == []
    room.run("send", ref, "--account", "work", "--yes")
    assert len(sent(room, ref)) == len(post.mails) == 1


def test_a_notice_of_delivery_is_asked_for_where_it_can_be(room: Room, ref: str, cert: Cert) -> None:
    def takes(talk: Talk) -> None:
        talk.say(b"250 queued")

    with talking(lambda talk: smtp(talk, at_end=takes, features=(b"DSN", b"SIZE 9000000")), cert) as (port, heard):
        room.account("dsn", cert[0], smtp=port)
        room.run("send", ref, "--account", "dsn", "--to", "a+b@miroir.example", "--yes")
    (rcpt,) = [line for line in heard if line.startswith(b"rcpt")]
    assert rcpt == b"rcpt TO:<a+b@miroir.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a+2Bb@miroir.example"
    (mail,) = [line for line in heard if line.startswith(b"mail")]
    assert mail.endswith(b"RET=HDRS")


def test_a_mail_that_the_server_calls_too_large_is_not_tried(room: Room, ref: str, cert: Cert) -> None:
    with talking(lambda talk: smtp(talk, at_end=breaks, features=(b"SIZE 1000",)), cert) as (port, heard):
        room.account("small", cert[0], smtp=port)
        assert "attach less" in room.run("send", ref, "--account", "small", "--yes", code=8).err
    assert b"DATA" not in heard


def test_no_word_is_said_to_a_server_without_encryption(room: Room, ref: str, cert: Cert) -> None:
    with talking(lambda talk: smtp(talk, at_end=breaks), None) as (port, heard):
        room.account("plain", cert[0], smtp=port, security="starttls")
        assert "offers no STARTTLS" in room.run("send", ref, "--account", "plain", "--yes", code=8).err
    assert not any(line.startswith((b"AUTH", b"mail")) for line in heard)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_somebody_else_ends_it(  # noqa: PLR0913, PLR0917 - fixtures
    room: Room, post: Post, ref: str, cert: Cert, tmp_path: Path, security: str
) -> None:
    (tmp_path / "other").mkdir()
    other = certificate(tmp_path / "other")
    # the account trusts another certificate of the same name
    with talking(lambda talk: smtp(talk, at_end=breaks), cert) as (port, heard):
        room.account("work", other[0], smtp=port if security == "tls" else post.port, security=security)
        assert "cannot prove who it is" in room.run("send", ref, "--account", "work", "--yes", code=8).err
    assert heard == []
    assert post.mails == []


def test_the_letters_of_the_demo_reach_nobody(room: Room, post: Post, ref: str) -> None:
    with room.vault() as vault:
        vault.put_record("setting", "banner", {"text": "A reconstruction"})
    assert "nothing is sent" in room.run("send", ref, "--yes", code=4).err
    assert post.mails == []


def test_an_erased_case_takes_its_mails_along(room: Room, post: Post, ref: str) -> None:
    room.run("send", ref, "--yes")
    assert len(post.mails) == 1
    room.run("erase", ref, "--reason", "requested", "--yes")
    with room.vault() as vault:
        assert vault.status().evidence == 0
        assert vault.outbox.of_letter(ref, 2) == ()
        assert vault.verify(complete=True) == ()
