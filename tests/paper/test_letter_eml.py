from dataclasses import replace
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.paper.formats import render
from dsar.paper.letter_eml import MailAddressError, render_eml, safe_name
from dsar.paper.letter_text import render_text

from .letters import FRENCH, HOSTILE

PDF = b"%PDF-1.7 the letter"


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def draft(**changes: object) -> bytes:
    letter = replace(FRENCH, **changes)  # type: ignore[arg-type] # fields of the letter by their names
    return render_eml(letter, message_id="", date="", from_name="Jeanne Martin", pdf=None)


def test_the_draft_opens_as_a_mail_that_was_not_yet_sent() -> None:
    raw = render_eml(
        FRENCH,
        message_id="<2026-7QX2M.1@agent.example>",
        date="2026-04-02T09:30:00+02:00",
        from_name="Cabinet Aubépine",
        pdf=PDF,
    )
    mail = read(raw)
    assert mail["X-Unsent"] == "1"
    assert mail["From"].addresses == (Address("Cabinet Aubépine", "dossiers", "agent.example"),)
    assert mail["To"].addresses == (Address("Clearface AI, Inc.", "privacy", "clearface.example"),)
    assert mail["Subject"] == f"{FRENCH.subject} [2026-7QX2M]"
    assert mail["Date"] == "Thu, 02 Apr 2026 09:30:00 +0200"
    assert mail["Message-ID"] == "<2026-7QX2M.1@agent.example>"
    assert mail["X-Dsar-Reconstruction"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == render_text(FRENCH)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "notice-2026-04-02.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == PDF


def test_the_bytes_obey_the_standard() -> None:
    raw = draft(subject="é" * 300, banner="ñ" * 200)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_the_same_letter_gives_the_same_draft() -> None:
    assert render(FRENCH, "eml") == render(FRENCH, "eml")


def test_without_an_address_the_mail_program_asks_for_one() -> None:
    assert read(draft(recipient_email=""))["To"] is None


def test_a_reconstruction_says_so_in_its_header_and_first() -> None:
    mail = read(draft(banner="RECONSTITUTION : parties fictives, jamais envoyé"))
    assert mail["X-Dsar-Reconstruction"] == "RECONSTITUTION : parties fictives, jamais envoyé"
    assert mail.get_content().startswith("RECONSTITUTION : parties fictives, jamais envoyé\r\n") or (
        mail.get_content().startswith("RECONSTITUTION : parties fictives, jamais envoyé\n")
    )


INJECTIONS = [
    "x\r\nBcc: evil@x.example",
    "x\nBcc: evil@x.example",
    "x\u2028Bcc: evil@x.example",
    "x\x0bBcc: evil@x.example",
    "=?utf-8?q?x=0D=0ABcc:_evil@x.example?=",
    '"quoted" <evil@x.example>, Bcc: y',
    HOSTILE,
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_value_can_write_a_header(text: str) -> None:
    raw = render_eml(
        replace(FRENCH, subject=text, recipient=(text, "Paris"), banner=text),
        message_id="",
        date="",
        from_name=text,
        pdf=None,
    )
    mail = read(raw)
    usual = {"From", "To", "Subject", "X-Unsent", "X-Dsar-Reconstruction", "MIME-Version"}
    assert set(mail.keys()) == usual | {"Content-Type", "Content-Transfer-Encoding"}
    assert [each.addr_spec for each in mail["From"].addresses] == ["dossiers@agent.example"]
    assert [each.addr_spec for each in mail["To"].addresses] == ["privacy@clearface.example"]


@given(st.text(min_size=1, max_size=300))
def test_any_subject_stays_one_header(text: str) -> None:
    raw = draft(subject=text)
    head = raw.split(b"\r\n\r\n", 1)[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    allowed = {b"Content-Type", b"MIME-Version", b"Content-Transfer-Encoding", b"From", b"To", b"Subject", b"X-Unsent"}
    assert set(names) <= allowed
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "address",
    [
        "no at sign",
        "a@",
        "@x.example",
        "a b@x.example",
        "a@x.example, b@x.example",
        "a@x.example\r\nBcc: b@x.example",
        "a@x.example>",
        "é@x.example",
        "a@" + "x" * 80 + ".example",
        "a" * 300 + "@x.example",
    ],
)
def test_what_is_no_address_is_one_sentence(address: str) -> None:
    with pytest.raises(MailAddressError, match="is not an e-mail address"):
        draft(recipient_email=address)


def test_a_domain_beyond_ascii_is_written_as_mail_servers_know_it() -> None:
    assert read(draft(recipient_email="dpo@bücher.example"))["To"].addresses[0].domain == "xn--bcher-kva.example"


@pytest.mark.parametrize("message_id", ["x", "<x>", "<a@b>\r\nBcc: c@d.example", "<a b@c>"])
def test_a_malformed_message_id_is_a_mistake_of_the_caller(message_id: str) -> None:
    with pytest.raises(ValueError, match="not a message id"):
        render_eml(FRENCH, message_id=message_id, date="", from_name="", pdf=None)


def test_each_format_is_what_it_is_called() -> None:
    assert render(FRENCH, "pdf").startswith(b"%PDF-1.7")
    assert render(FRENCH, "txt").decode() == render_text(FRENCH)
    assert render(FRENCH, "md").decode() == FRENCH.body
    assert read(render(FRENCH, "eml"))["Subject"] == f"{FRENCH.subject} [2026-7QX2M]"


HOSTILE_NAMES = (
    ("../../etc/passwd", "application/pdf", "passwd.pdf"),
    ("mandate.pdf\r\nBcc: evil@x.example", "application/pdf", "mandate-pdf-Bcc-evil-x.pdf"),
    ("C:\\Users\\zoe\\signé.exe", "application/pdf", "signe.pdf"),
    ("\u202egnp.exe", "image/png", "gnp.png"),
    ("", "text/html", "enclosure.bin"),
)


@pytest.mark.parametrize(("name", "media", "safe"), HOSTILE_NAMES)
def test_what_is_enclosed_is_attached_under_a_harmless_name(name: str, media: str, safe: str) -> None:
    raw = render_eml(
        FRENCH, message_id="", date="", from_name="Ana", pdf=PDF, attachments=((name, media, b"<the> mandate"),)
    )
    mail = read(raw)
    own, enclosed = mail.iter_attachments()
    assert own.get_content() == PDF
    assert enclosed.get_filename() == safe
    assert enclosed.get_content() == b"<the> mandate"
    assert mail["Bcc"] is None


@given(st.text(), st.text())
def test_no_name_and_no_type_breaks_the_mail(name: str, media: str) -> None:
    raw = render_eml(FRENCH, message_id="", date="", from_name="Ana", pdf=PDF, attachments=((name, media, b"x"),))
    _, enclosed = read(raw).iter_attachments()
    kept = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/tiff"}
    assert enclosed.get_content_type() == (media if media in kept else "application/octet-stream")
    assert enclosed.get_filename() == safe_name(name, media)
    assert set(safe_name(name, media)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
