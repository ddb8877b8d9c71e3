"""What people's data may hold, in every format: other directions, emoji, endless names, nothing, any syntax."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from typing import TYPE_CHECKING, get_args
from urllib.parse import unquote

import pytest

from dsar.paper.formats import Format, render

from .docx_reading import all_text
from .letters import FRENCH, HOSTILE, LONG_NAME
from .reading import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.letter import Letter

FORMATS = get_args(Format)
# short enough for a link, and without enclosures, so that every format can carry it
PLAIN = replace(FRENCH, enclosures=(), body="Madame, Monsieur,\n\n1. une copie.\n\nMerci.", refs=())
HEBREW, ARABIC = "נועה לוי", "ليلى حداد"
SYNTAX = r"{{ 7*7 }} {% x %} #panic() $ & `x` \u0041 *a* <b>c</b> [d](javascript:e) ]]> &amp; =cmd|'/C' %0D%0A"


def said(letter: Letter, fmt: Format, folder: Path) -> str:
    """What a reader finds in a format, on one line without spaces, which layouts set where they need them."""
    data = render(letter, fmt)
    match fmt:
        case "pdf":
            text = text_of(data, folder)
        case "docx":
            text = all_text(data)
        case "eml":
            mail = email.message_from_bytes(data, policy=email.policy.default)
            part = mail.get_body()
            assert part is not None
            text = f"{mail['From']} {mail['To']} {part.get_content()}"
        case "mailto":
            text = unquote(data.decode())
        case _:
            text = data.decode()
    return "".join(text.split())


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt != "md"])
def test_a_name_of_four_hundred_characters_is_whole(fmt: Format, tmp_path: Path) -> None:
    letter = replace(PLAIN, signature=(LONG_NAME,), sender=(LONG_NAME, "Paris"))
    assert LONG_NAME in said(letter, fmt, tmp_path)


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt != "md"])
def test_a_name_written_from_right_to_left_keeps_its_letters(fmt: Format, tmp_path: Path) -> None:
    letter = replace(PLAIN, signature=(HEBREW, ARABIC))
    text = said(letter, fmt, tmp_path)
    for name in (HEBREW, ARABIC):
        for word in name.split():
            # a PDF holds the glyphs in the order of the eye, and a reader turns them round again
            assert word in text or word[::-1] in text


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt != "md"])
def test_an_emoji_is_printed_or_named(fmt: Format, tmp_path: Path) -> None:
    text = said(replace(PLAIN, signature=("Zoé 😀",)), fmt, tmp_path)
    assert "Zoé[U+1F600]" in text if fmt == "pdf" else "Zoé😀" in text


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt != "md"])
def test_syntax_of_any_kind_is_printed_as_it_stands(fmt: Format, tmp_path: Path) -> None:
    text = said(replace(PLAIN, signature=(SYNTAX,), subject=SYNTAX), fmt, tmp_path)
    # pdftotext writes what it finds; nothing was evaluated, rendered or left out
    assert "".join(SYNTAX.split()).replace("%0D%0A", "") in text
    assert "49" not in text.replace("2049", "")


@pytest.mark.parametrize("fmt", [fmt for fmt in FORMATS if fmt != "md"])
def test_what_turns_text_round_or_commands_a_terminal_is_named(fmt: Format, tmp_path: Path) -> None:
    text = said(replace(PLAIN, signature=(HOSTILE,)), fmt, tmp_path)
    assert "[U+001B][31m[U+202E]gpj.exe" in text
    assert not {"\x1b", "\u202e"} & set(text)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_letter_of_nothing_but_its_text_is_a_letter(fmt: Format, tmp_path: Path) -> None:
    bare = replace(PLAIN, sender=(), sender_email="", recipient=(), via="", signature=(), place_date="", title="")
    assert "unecopie." in said(bare, fmt, tmp_path)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_letter_gives_the_same_bytes_in_every_format(fmt: Format) -> None:
    assert render(PLAIN, fmt) == render(PLAIN, fmt)
