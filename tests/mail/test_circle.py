"""The whole way: a letter leaves, arrives in a real mailbox, is answered, and what comes back is filed."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from dsar import clock
from dsar.core.events import Delivered, Received
from servers.smtp import Post, smtp

from .room import ADDRESS, THEIRS, mail
from .test_send_crash import AFTER_THE_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers.dovecot import Dovecot

    from .room import Room


@pytest.fixture
def post(mailbox: Dovecot) -> Iterator[Post]:
    """An SMTP server that hands what it takes to the mailbox, as if it had been sent to oneself."""
    with smtp((mailbox.ca, mailbox.folder / "key.pem")) as running:
        running.deliver = mailbox.deliver
        yield running


@pytest.fixture
def ref(room: Room, mailbox: Dovecot, post: Post) -> str:
    """A letter that was sent."""
    names = ("--address", ADDRESS, "--user", "ana", "--ca-file", mailbox.ca, "--imap", f"localhost:{mailbox.imaps}")
    room.run("mail", "account", "add", "w", *names, "--smtp", f"localhost:{post.port}", "--smtp-security", "starttls")
    made = room.issued()
    room.run("send", made, "--yes")
    return made


def report(message_id: str, action: str, *, to: str = THEIRS) -> bytes:
    """A delivery status as RFC 3464 shows one, with the headers of our mail."""
    date = format_datetime(datetime.fromisoformat(clock.now()))
    lines = (
        "From: MAILER-DAEMON@mx.example", "Subject: Delivery report",
        f"Message-ID: <{action}-{message_id[1:9]}@mx.example>", f"Date: {date}",
        "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", f"This is a report: {action}.", "",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
        f"Final-Recipient: rfc822; {to}", f"Action: {action}", "Status: 2.0.0", "",
        "--b", "Content-Type: text/rfc822-headers", "", f"Message-ID: {message_id}", "", "--b--", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def test_a_letter_its_copy_and_the_answer_find_their_case(room: Room, mailbox: Dovecot, post: Post, ref: str) -> None:
    (ours,) = post.mails
    message_id = message_from_bytes(ours)["Message-ID"]
    mailbox.deliver(
        mail("Re: your letter", f"In-Reply-To: {message_id}", number="answer", sender="Ticket <t@desk.example>"),
        mail("Special offers", number="offers", sender="shop@shop.example"),
    )
    done = room.json("mail", "fetch")
    assert done["cases"] == [ref]
    (entry,) = [event for event in room.json("show", ref)["events"] if event["kind"] == "received"]
    assert "Re: your letter" in entry["text"]
    assert "Special offers" in {one["subject"] for one in room.json("inbox")}
    room.run("classify", ref, str(entry["n"]), "answer")
    # fetched again, or answered twice: nothing is doubled
    assert room.json("mail", "fetch", "--all")["imported"] == 0


def test_a_notice_of_delivery_is_offered_and_is_no_fact_before_it_is_confirmed(
    room: Room, mailbox: Dovecot, post: Post, ref: str
) -> None:
    message_id = message_from_bytes(post.mails[-1])["Message-ID"]
    mailbox.deliver(report(message_id, "delivered"))
    done = room.json("mail", "fetch", "--all")
    (offered,) = done["delivered"]
    assert (offered["ref"], offered["sending"], offered["address"]) == (ref, 3, THEIRS)
    assert [event["kind"] for event in room.json("show", ref)["events"]].count("delivered") == 0
    room.run(*offered["command"].split()[1:])
    with room.vault() as vault:
        fact, came = (vault.log(ref)[n - 1].event for n in (len(vault.log(ref)), offered["n"]))
    assert isinstance(fact, Delivered)
    assert isinstance(came, Received)
    assert (fact.sending, fact.basis, fact.on, fact.proof) == (3, "proved", came.on, came.message)


@pytest.mark.parametrize(
    ("action", "to"), [("relayed", THEIRS), ("delivered", "other@miroir.example"), ("failed", THEIRS)]
)
def test_what_proves_no_delivery_is_not_offered(  # noqa: PLR0913, PLR0917 - fixtures
    room: Room, mailbox: Dovecot, post: Post, ref: str, action: str, to: str
) -> None:
    message_id = message_from_bytes(post.mails[-1])["Message-ID"]
    mailbox.deliver(report(message_id, action, to=to))
    done = room.json("mail", "fetch", "--all")
    assert ref in done["cases"]
    assert done["delivered"] == []
    if action == "failed":
        (entry,) = [event for event in room.json("show", ref)["events"] if event["kind"] == "received"]
        assert THEIRS in room.run("show", ref).out
        room.run("classify", ref, str(entry["n"]), "bounce")


def test_an_unsure_mail_that_lies_in_a_folder_is_pointed_out(room: Room, mailbox: Dovecot, post: Post) -> None:
    server = f"localhost:{post.port}"
    names = ("--address", ADDRESS, "--user", "ana", "--ca-file", mailbox.ca, "--imap", f"localhost:{mailbox.imaps}")
    room.run("mail", "account", "add", "w", *names, "--smtp", server, "--smtp-security", "starttls")
    made = room.issued()
    child = [sys.executable, "-c", AFTER_THE_ANSWER, "send", made, "--yes"]
    assert subprocess.run(child, check=False).returncode == -signal.SIGKILL
    (found,) = room.json("mail", "fetch")["unsure"]
    assert (found["ref"], found["letter"], found["to"]) == (made, 2, THEIRS)
    assert room.json("inbox", "show", str(found["seen"]))["subject"]
    assert f"dsar send {made} --letter 2 --resolve" in room.run("mail", "fetch").err


def test_a_report_on_somebody_elses_mail_offers_nothing(room: Room, mailbox: Dovecot, ref: str) -> None:
    mailbox.deliver(report("<never-sent@ngo.example>", "delivered"))
    done = room.json("mail", "fetch", "--all")
    assert ref not in done["cases"]
    assert done["delivered"] == []
