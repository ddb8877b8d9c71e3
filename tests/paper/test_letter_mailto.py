from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from dsar.paper.letter_eml import MailAddressError
from dsar.paper.letter_mailto import LONGEST, NoLinkError, render_mailto

from .letters import FRENCH, HOSTILE

SHORT = replace(
    FRENCH, enclosures=(), body="Madame, Monsieur,\n\n1. les données & leur source ;\n2. une copie.\n\nMerci."
)


def test_the_link_carries_addressee_subject_and_text() -> None:
    link = urlsplit(render_mailto(SHORT))
    said = parse_qs(link.query, strict_parsing=True)
    assert (link.scheme, unquote(link.path)) == ("mailto", "privacy@clearface.example")
    assert said["subject"] == [f"{FRENCH.subject} [2026-7QX2M]"]
    lines = said["body"][0].split("\r\n")
    assert "1. les données & leur source ;" in lines
    assert lines[-2:] == ["Jeanne Martin", "Présidente"]
    assert "Notre référence 2026-7QX2M" in lines


def test_what_it_cannot_carry_is_one_sentence_that_names_the_mail_draft() -> None:
    for letter in (FRENCH, replace(SHORT, recipient_email=""), replace(SHORT, body="mot " * 800)):
        with pytest.raises(NoLinkError, match="--format eml"):
            render_mailto(letter)


def test_no_link_is_longer_than_what_is_safe_everywhere() -> None:
    room = LONGEST - len(render_mailto(replace(SHORT, body="")))
    assert len(render_mailto(replace(SHORT, body="a" * (room - 12)))) <= LONGEST
    with pytest.raises(NoLinkError):
        render_mailto(replace(SHORT, body="a" * (room + 1)))


def test_nothing_in_a_text_adds_a_field_or_an_addressee() -> None:
    hostile = HOSTILE + "&bcc=evil@x.example?cc=evil@x.example#\r\nBcc: evil@x.example"
    link = urlsplit(render_mailto(replace(SHORT, subject=hostile, signature=(hostile,))))
    assert set(parse_qs(link.query)) == {"subject", "body"}
    assert not link.fragment
    assert "[U+001B]" in parse_qs(link.query)["subject"][0]
    with pytest.raises(MailAddressError):
        render_mailto(replace(SHORT, recipient_email="a@x.example?bcc=b@x.example"))
