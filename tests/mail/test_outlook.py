from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.errors import MissingProgramError
from dsar.mail.outlook import read

from .compound import outlook

SUBJECT, BODY, SENDER, ADDRESS, HEADERS = 0x0037, 0x1000, 0x0C1A, 0x0C1F, 0x007D
TRAVELLED = (
    "Received: from a by b\r\nFrom: =?utf-8?q?D=C3=A9l=C3=A9gu=C3=A9e?= <privacy@clearface.example>\r\n"
    "To: zoe@person.example\r\nSubject: Votre demande\r\nDate: Fri, 20 Mar 2026 23:40:00 -0400\r\n"
    "Message-ID: <answer-1@clearface.example>\r\nIn-Reply-To: <request-1@agent.example>\r\n"
    'Content-Type: multipart/mixed;\r\n boundary="gone"\r\nMIME-Version: 1.0\r\n'
)
MAIL = outlook(
    {SUBJECT: "Votre demande", BODY: "Chère Madame,\r\nvoici.", HEADERS: TRAVELLED},
    attachments=(("réponse.pdf", b"%PDF-1.7 x"), ("../b.txt", b"y" * 1500)),
)


def test_a_mail_is_read_with_the_headers_that_travelled() -> None:
    seen = read(MAIL)
    assert seen.problems == ()
    assert (seen.sender, seen.to) == ("Déléguée <privacy@clearface.example>", ("zoe@person.example",))
    assert (seen.subject, seen.at) == ("Votre demande", "2026-03-20T23:40:00-04:00")
    assert (seen.message_id, seen.in_reply_to) == ("<answer-1@clearface.example>", ("<request-1@agent.example>",))
    assert seen.text.split() == ["Chère", "Madame,", "voici."]
    assert [(one.name, one.data[:3], len(one.data)) for one in seen.attachments] == [
        ("réponse.pdf", b"%PD", 10),
        ("../b.txt", b"yyy", 1500),
    ]


def test_a_mail_without_headers_is_read_from_what_outlook_kept() -> None:
    seen = read(
        outlook({SUBJECT: "Hello", BODY: "Text", SENDER: "Ann, of Clearface", ADDRESS: "ann@clearface.example"})
    )
    assert seen.subject == "Hello"
    assert "ann@clearface.example" in seen.sender
    assert seen.text.strip() == "Text"


def test_names_and_subjects_never_become_headers() -> None:
    seen = read(
        outlook({SUBJECT: "Hello\r\nIn-Reply-To: <forged@x.example>", BODY: "From: x\n\ntext", SENDER: "a\nTo: b"})
    )
    assert seen.in_reply_to == ()
    assert seen.text.strip() == "From: x\n\ntext"


def test_what_is_broken_is_said_and_nothing_is_raised() -> None:
    for data in (b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MAIL[:1500], MAIL[:512] + bytes(9000)):
        assert read(data).problems


@given(st.lists(st.tuples(st.integers(0, len(MAIL) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@settings(max_examples=150)
def test_any_bytes_of_it_may_be_wrong(changes: list[tuple[int, int]]) -> None:
    data = bytearray(MAIL)
    for place, value in changes:
        data[place] = value
    assert isinstance(read(bytes(data)).subject, str)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(MissingProgramError, match=r"dsar\[outlook\]") as caught:
        read(MAIL)
    assert caught.value.code == 9
