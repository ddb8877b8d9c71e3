"""Whatever the bytes are, `parse` answers, and what it answers can be stored and shown."""

import json
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dsar.core.message import Message
from dsar.mail.html_text import text_of
from dsar.mail.parse import looks_like_mail, parse

from . import samples

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
INSIDE = b"Content-Type: message/rfc822\n\n" * 3000
HEADERS = st.sampled_from(
    [b"From", b"To", b"Date", b"Subject", b"Message-ID", b"Content-Type", b"Content-Disposition", b"Return-Path"]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = bytearray(draw(st.sampled_from(samples.REAL)))
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.integers(0, len(raw)))
        removed = draw(st.integers(0, 30))
        raw[place : place + removed] = draw(st.binary(max_size=8) | st.sampled_from([b"\n", b"=?", b"?=", b"--", b'"']))
    return bytes(raw)


@st.composite
def with_a_header(draw: st.DrawFn) -> bytes:
    return draw(HEADERS) + b": " + draw(st.binary(max_size=200)) + b"\n" + draw(st.sampled_from(samples.REAL))


def sound(mail: Message) -> None:
    lines = [mail.message_id, mail.sender, mail.subject, mail.date, *mail.in_reply_to, *mail.to, *mail.cc]
    lines += [attached.name for attached in mail.attachments]
    for line in lines:
        assert not CONTROL.search(line)
        assert "\n" not in line
    assert not CONTROL.search(mail.text)
    json.dumps([*lines, mail.text, *mail.problems], ensure_ascii=False).encode("utf-8")


@given(st.binary(max_size=2000))
@example(b"")
@example(b"Message-ID: <[x]>\n\n")
@example(NESTED)
@example(INSIDE)
@example(b"From: " + b"(" * 5000 + b"\n\n")
@example(b"Content-Type: text/html\n\n&#" + b"9" * 5000 + b";")
@settings(deadline=None)
def test_arbitrary_bytes_are_read_without_an_error(raw: bytes) -> None:
    sound(parse(raw))
    assert looks_like_mail(raw) in (True, False)


@given(mutated() | with_a_header())
@settings(deadline=None, max_examples=300)
def test_damaged_mails_are_read_without_an_error(raw: bytes) -> None:
    sound(parse(raw))
    assert looks_like_mail(raw) in (True, False)


@given(st.text(alphabet=st.sampled_from("<>/!-?&#;='\" aApbstyle\n"), max_size=200))
def test_any_page_becomes_text(page: str) -> None:
    assert "<script" not in text_of("<script>" + page + "</script>ok")
    text_of(page)


@pytest.mark.parametrize("piece", ["<a ", "<a x='", "<!--", "</a", "<script>", "<![", "<", "&", "<p", '<a href="'])
def test_hostile_html_takes_time_in_proportion_to_its_length(piece: str) -> None:
    # with the parser of the standard library, the first of these takes half a minute
    started = time.perf_counter()
    text_of(piece * 20_000)
    assert time.perf_counter() - started < 5
