from __future__ import annotations

from dsar.mail.glance import ENOUGH, glance

from .samples import ANSWER

BOUNCE = b"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.agent.example>
To: dossiers@agent.example
Subject: Undelivered Mail Returned to Sender
Date: Thu, 5 Mar 2026 10:00:05 +0100 (CET)
Message-ID: <bounce-1@mx.agent.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.agent.example

Final-Recipient: rfc822; privacy@clearface.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

From: dossiers@agent.example
Message-ID: <request-1@agent.example>
Subject: Request 2026-7QX2M

--b--
"""


def test_an_answer_is_seen_with_its_sender_and_the_mails_it_answers() -> None:
    seen = glance(ANSWER)
    assert seen.sender == "privacy@clearface.example"
    assert seen.threads == ("<request-1@agent.example>", "<request-0@agent.example>")
    assert seen.dead == ""


def test_a_bounce_names_the_dead_address_and_the_mail_that_came_back() -> None:
    seen = glance(BOUNCE)
    assert seen.message.bounce
    assert seen.dead == "privacy@clearface.example"
    assert seen.threads == ("<request-1@agent.example>",)


def test_an_answer_that_quotes_a_bounce_is_none() -> None:
    quoting = ANSWER.replace(b"Ch=E8re Madame", b"Final-Recipient: rfc822; a@b.example\nMessage-ID: <x@y.example>\nCh")
    seen = glance(quoting)
    assert (seen.dead, "<x@y.example>" in seen.threads) == ("", False)


def test_the_beginning_of_a_large_mail_is_enough() -> None:
    large = BOUNCE + b"x" * (4 * ENOUGH)
    assert glance(large[:ENOUGH]).dead == "privacy@clearface.example"
