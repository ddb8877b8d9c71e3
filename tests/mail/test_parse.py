from hashlib import sha256

import pytest

from dsar.mail.parse import looks_like_mail, parse

from . import samples


def test_an_answer_is_read_with_its_parties_its_words_and_its_attachments() -> None:
    mail = parse(samples.ANSWER)
    # the é of "Délégué" is cut in two, half of it in each encoded word
    assert mail.sender == "Clearface AI, Délégué <privacy@clearface.example>"
    assert mail.to == ("Martin, Jeanne <dossiers@agent.example>", "zoe@person.example")
    assert mail.cc == ("legal@clearface.example",)
    assert mail.subject == "Re: Demande d'accès 2026-7QX2M"
    assert mail.message_id == "<answer-1@clearface.example>"
    assert mail.in_reply_to == ("<request-1@agent.example>", "<request-0@agent.example>")
    assert mail.date == "Fri, 20 Mar 2026 23:40:00 -0400"
    assert mail.at == "2026-03-20T23:40:00-04:00"
    assert mail.text == "Chère Madame, le tarif est de 10 €."
    assert not mail.automatic
    assert not mail.bounce
    assert mail.problems == ()


def test_an_attachment_keeps_its_bytes_and_its_name_but_no_control_character() -> None:
    pdf, inner = parse(samples.ANSWER).attachments
    assert (pdf.name, pdf.media, pdf.data) == ("../../réponse .pdf", "application/pdf", samples.PDF)
    assert pdf.sha256 == sha256(samples.PDF).hexdigest()
    assert inner.media == "message/rfc822"
    assert inner.data.startswith(b"From: first@person.example\n")
    assert inner.data.rstrip().endswith(b"the mail within")


def test_the_mail_within_a_mail_is_not_taken_for_the_mail() -> None:
    mail = parse(samples.ANSWER)
    assert "the mail within" not in mail.text
    assert mail.subject != "inside"


def test_an_html_mail_becomes_words_and_loads_nothing() -> None:
    text = parse(samples.HTML).text
    lines = [line for line in text.split("\n") if line]
    assert lines == [
        "Notice",
        "Dear\N{NO-BREAK SPACE}Ms Łuk,",
        "please see https://bank.example <https://portal.example/x>.",
        "- one",
        "- two",
        "a b",
        "3 < 4",
    ]


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-generated", True),
        ("Auto-Submitted: no", False),
        ("Auto-Submitted: No (a person)", False),
        ("Precedence: bulk", True),
        ("Precedence: auto_reply", True),
        ("Precedence: list", False),
        ("X-Autoreply: yes", True),
        ("X-Other: x", False),
    ],
)
def test_a_machine_is_known_by_its_headers(header: str, automatic: bool) -> None:  # noqa: FBT001 - a table of cases
    raw = f"From: a@x.example\nSubject: s\n{header}\n\nhello\n".encode()
    assert parse(raw).automatic is automatic


def test_a_vacation_notice_is_automatic_and_no_bounce() -> None:
    mail = parse(samples.VACATION)
    assert mail.automatic
    assert not mail.bounce


def test_a_delivery_status_is_a_bounce_and_automatic() -> None:
    mail = parse(samples.BOUNCE)
    assert mail.bounce
    assert mail.automatic
    assert mail.text == "Your message could not be delivered."


@pytest.mark.parametrize("action", [b"delayed", b"delivered", b"relayed"])
def test_a_status_that_reports_no_failure_is_no_bounce(action: bytes) -> None:
    mail = parse(samples.BOUNCE.replace(b"Action: failed", b"Action: " + action))
    assert not mail.bounce
    assert mail.automatic


def test_an_old_daemon_with_a_null_return_path_is_a_bounce() -> None:
    raw = b"Return-Path: <>\nFrom: Mail System <mailer-daemon@x.example>\nSubject: failure\n\nUser unknown\n"
    assert parse(raw).bounce
    assert not parse(raw.replace(b"<>", b"<a@x.example>")).bounce


@pytest.mark.parametrize("raw", samples.REAL)
def test_a_mail_looks_like_one(raw: bytes) -> None:
    assert looks_like_mail(raw)
    assert looks_like_mail(b"From MAILER-DAEMON Fri Mar 20 23:40:00 2026\n" + raw)
    assert looks_like_mail(b"\xef\xbb\xbf\r\n" + raw.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        samples.PDF,
        b"Dear Sir,\nSubject: access\nFrom: me\n",
        b"Note: buy milk\nAlso: bread\n",
        b"Subject: only one\n\nhello",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1From: a\nTo: b\n",
        b"PK\x03\x04 a zip",
    ],
)
def test_what_is_no_mail_does_not_look_like_one(raw: bytes) -> None:
    assert not looks_like_mail(raw)


def test_headers_after_a_byte_order_mark_are_read() -> None:
    assert parse(b"\xef\xbb\xbf\nSubject: first\nFrom: a@x.example\n\nx").subject == "first"


def test_a_date_without_a_known_zone_is_utc_and_an_impossible_one_is_no_instant() -> None:
    assert parse(b"Date: Fri, 20 Mar 2026 10:00:00 -0000\nFrom: a\n\n").at == "2026-03-20T10:00:00+00:00"
    mail = parse(b"Date: Fri, 31 Feb 2026 10:00:00 +0100\nFrom: a\n\n")
    assert (mail.at, mail.date) == ("", "Fri, 31 Feb 2026 10:00:00 +0100")


def test_a_header_cannot_bring_control_characters_or_lines() -> None:
    raw = b"Subject: =?utf-8?q?a=0D=0ABcc:_x=1B[31m?=\nFrom: =?utf-8?b?AGV2aWwK?= <a@x.example>\n\n\x1b[2Jhi\x00\ttab"
    mail = parse(raw)
    assert mail.subject == "a Bcc: x[31m"
    assert mail.sender == "evil <a@x.example>"
    assert mail.text == "[2Jhi\ttab"


@pytest.mark.parametrize("charset", [b"", b"no-such", b"hex", b"rot13", b"idna", b"unicode_escape", b"utf-8\x00"])
def test_an_unknown_character_set_falls_back(charset: bytes) -> None:
    head = b"From: a@x.example\nSubject: =?" + charset + b"?q?caf=C3=A9?=\nContent-Type: text/plain; charset="
    mail = parse(head + charset + b"\n\ncaf\xc3\xa9 \xe2\x82\xac\n")
    assert mail.text.strip() == "café €"
    assert charset == b"" or "café" in mail.subject or b"\x00" in charset


def test_bytes_that_no_charset_explains_are_read_as_windows_1252() -> None:
    assert parse(b"From: a@x.example\nSubject: caf\xe9\n\n10 \x80").text == "10 €"
    assert parse(b"From: a@x.example\nSubject: caf\xe9\n\n10 \x80").subject == "café"


def test_the_text_of_a_multipart_without_its_boundary_is_not_lost() -> None:
    mail = parse(b"From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=gone\n\nthe words\n")
    assert "the words" in mail.text
    assert mail.problems


def test_an_attachment_whose_name_cannot_be_read_is_kept() -> None:
    raw = (
        b"From: a@x.example\nSubject: s\nContent-Type: application/pdf\n"
        b"Content-Disposition: attachment; filename*=utf-7''+2AA-\nContent-Transfer-Encoding: base64\n\nJVBERg==\n"
    )
    (kept,) = parse(raw).attachments
    assert kept.data == b"%PDF"
    kept.name.encode("utf-8")


def test_a_report_inside_a_mail_is_no_report_of_the_mail() -> None:
    raw = b"From: a@x.example\nSubject: fwd\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + samples.BOUNCE
    assert not parse(raw).bounce


def test_parties_that_cannot_be_taken_apart_stay_one_line() -> None:
    assert parse(b"From: ,\nTo: undisclosed-recipients:;\nSubject: s\n\n").to == ("undisclosed-recipients:;",)
