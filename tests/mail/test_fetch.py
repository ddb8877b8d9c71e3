"""Fetching from a real IMAP server: what comes, what comes once only, and that the mailbox stays as it was."""

from __future__ import annotations

import imaplib
import resource
import ssl
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dsar.mail import fetch as box
from servers.dovecot import PASSWORD, USER, Dovecot

from .room import mail

if TYPE_CHECKING:
    from dsar.mail.imap import Connection

    from .room import Room


@pytest.fixture(autouse=True)
def empty(mailbox: Dovecot) -> None:
    """Each test begins with empty folders."""
    with logged_in(mailbox) as client:
        for folder in ("INBOX", '"R&AOk-ponses &- Co"'):
            if client.select(folder)[1] != [b"0"]:
                client.store("1:*", "+FLAGS", r"(\Deleted)")
                client.expunge()


def logged_in(mailbox: Dovecot) -> imaplib.IMAP4_SSL:
    """Another client of the same account, by nothing of dsar."""
    context = ssl.create_default_context(cafile=str(mailbox.ca))
    client = imaplib.IMAP4_SSL("localhost", mailbox.imaps, ssl_context=context)
    client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
    return client


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mails_come_once_and_the_mailbox_stays_as_it_was(room: Room, mailbox: Dovecot, security: str) -> None:
    port = mailbox.imaps if security == "tls" else mailbox.imap
    room.account("work", mailbox.ca, imap=port, security=security)
    mailbox.deliver(*(mail(f"letter {n}", number=f"{security}-{n}") for n in range(250)))
    before = mailbox.flags()
    first = room.json("mail", "fetch")
    assert (first["imported"], first["known"], first["waiting"]) == (250, 0, 250)
    again = room.json("mail", "fetch")
    assert (again["imported"], again["known"]) == (0, 0)
    mailbox.deliver(mail("one more", number=f"{security}-x"))
    assert room.json("mail", "fetch")["imported"] == 1
    # Maildir: unread messages bear no flag, and none has gone
    assert len(mailbox.flags()) == 251
    assert all(name.partition(":")[2] in {"", "2,"} for name in mailbox.flags())
    assert (
        len({name.partition(":")[0] for name in before} & {name.partition(":")[0] for name in mailbox.flags()}) == 250
    )


def test_the_bytes_in_the_vault_are_those_on_the_server(room: Room, mailbox: Dovecot) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    strange = mail("é".encode().decode("latin-1"), number="bytes") + b"\xff\x00 \r\n.\r\n..\r\n"
    mailbox.deliver(strange.replace(b"\x00", b""))
    room.run("mail", "fetch")
    with logged_in(mailbox) as client:
        client.select(readonly=True)
        part = client.fetch("1", "(BODY.PEEK[])")[1][0]
        assert isinstance(part, tuple)
    (held,) = room.json("inbox")
    with room.vault() as vault:
        assert vault.evidence_bytes(held["sha256"]) == part[1]
    assert held["source"].startswith("imap:work/INBOX;UIDVALIDITY=")


def test_a_folder_that_is_numbered_anew_doubles_nothing(room: Room, mailbox: Dovecot) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    with logged_in(mailbox) as client:
        client.create("Moved")
        client.append("Moved", "", "", mail("kept", number="a"))
        assert room.json("mail", "fetch", "--folder", "Moved")["imported"] == 1
        # deleted and made again: the same UIDs, under another UIDVALIDITY, name other mails
        client.delete("Moved")
        client.create("Moved")
        client.append("Moved", "", "", mail("new", number="b"))
        client.append("Moved", "", "", mail("kept", number="a"))
    done = room.json("mail", "fetch", "--folder", "Moved")
    assert done["renumbered"] is True
    assert (done["imported"], done["known"]) == (1, 1)
    assert sorted(one["subject"] for one in room.json("inbox")) == ["kept", "new"]


def test_only_what_may_belong_to_a_case_is_fetched_unless_all_is_wanted(room: Room, mailbox: Dovecot) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    room.issued()
    old, today = date(2020, 5, 4), date.fromisoformat(room.day)
    with logged_in(mailbox) as client:
        for on, name in ((old, "old"), (today - timedelta(days=9), "nine"), (today, "today")):
            client.append("INBOX", "", f'"{on.strftime("%d-%b-%Y")} 12:00:00 +0000"', mail(name, number=name))
    assert room.json("mail", "fetch")["since"] == (today - timedelta(days=1)).isoformat()
    subjects = {one["subject"] for one in room.json("inbox", "--all")}
    assert subjects == {"today"}
    assert room.json("mail", "fetch", "--since", (today - timedelta(days=10)).isoformat())["imported"] == 1
    assert room.json("mail", "fetch", "--all")["imported"] == 1
    assert room.json("mail", "fetch", "--all")["imported"] == 0


def test_asked_to_it_marks_as_read_and_moves_what_it_fetched_and_nothing_else(room: Room, mailbox: Dovecot) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    mailbox.deliver(mail("first", number="m1"))
    room.run("mail", "fetch")
    mailbox.deliver(mail("second", number="m2"), mail("third", number="m3"))
    assert "Réponses & Co" in room.json("mail", "folders")
    room.run("mail", "fetch", "--mark-seen", "--move-to", "Réponses & Co")
    with logged_in(mailbox) as client:
        assert client.select(readonly=True)[1] == [b"1"]
        assert client.search(None, "UNSEEN")[1] == [b"1"]
        assert client.select('"R&AOk-ponses &- Co"', readonly=True)[1] == [b"2"]
        assert client.search(None, "SEEN")[1] == [b"1 2"]


def test_a_mail_of_thirty_megabytes_comes_whole_and_costs_little_more_memory_than_its_size(
    room: Room, mailbox: Dovecot
) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    line = b"QUJD" * 18 + b"\r\n"
    large = mail("a film", number="film") + line * (41_000_000 // len(line))
    mailbox.deliver(large)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert room.json("mail", "fetch")["imported"] == 1
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    (held,) = room.json("inbox")
    assert held["size"] > len(large)
    assert more < 3 * len(large)


def test_a_run_that_breaks_keeps_what_it_had_and_goes_on(
    room: Room, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    mailbox.deliver(*(mail(f"letter {n}", number=f"break-{n}") for n in range(250)))
    fetched, calls = box.messages, list[tuple[int, ...]]()

    def breaking(connection: Connection, uids: tuple[int, ...]) -> dict[int, bytes]:
        calls.append(uids)
        if len(calls) == 2:
            raise OSError("pulled the plug")
        return fetched(connection, uids)

    monkeypatch.setattr(box, "messages", breaking)
    room.run("mail", "fetch", code=5)
    assert len(room.json("inbox")) == 100
    done = room.json("mail", "fetch")
    assert (done["imported"], done["known"]) == (150, 0)


def test_a_wrong_password_is_said_and_not_shown(room: Room, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    monkeypatch.setenv("DSAR_MAIL_PASSWORD", "not-the-secret")
    said = room.run("mail", "fetch", code=8)
    assert "refuses “ana”" in said.err
    assert "not-the-secret" not in said.all


def test_a_folder_that_is_not_there_is_said(room: Room, mailbox: Dovecot) -> None:
    room.account("work", mailbox.ca, imap=mailbox.imaps)
    assert "dsar mail folders" in room.run("mail", "fetch", "--folder", "Nope", code=3).err
    assert room.run("mail", "fetch", "--folder", 'x"\r\nA1 DELETE INBOX', code=2).err.count("\n") == 1
    assert "INBOX" in room.json("mail", "folders")
