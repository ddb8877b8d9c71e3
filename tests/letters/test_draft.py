from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.letters.draft import from_text, to_text
from dsar.letters.errors import DraftError
from dsar.letters.escape import clean

from .golden_text import letter

if TYPE_CHECKING:
    from dsar.core.letter import Letter


@pytest.fixture(scope="module")
def made() -> Letter:
    return letter("access", "agent")


def test_an_untouched_draft_is_the_letter(made: Letter) -> None:
    assert from_text(to_text(made), made) == made


@pytest.fixture(scope="module")
def power() -> Letter:
    return letter("mandate", "agent")


@given(subject=st.text(), enclosures=st.lists(st.text(), max_size=3))
def test_any_subject_and_enclosures_survive(power: Letter, subject: str, enclosures: list[str]) -> None:
    named = replace(power, subject="S" + clean(subject), enclosures=tuple(map(clean, enclosures)))
    named = replace(named, subject=clean(named.subject), enclosures=tuple(map(clean, named.enclosures)))
    assert from_text(to_text(named), named) == named


def test_edits_are_taken_and_nothing_else_changes(made: Letter) -> None:
    text = to_text(made).replace("Please provide:", "Kindly provide:").replace("portrait.jpg", "photo.jpg", 1)
    edited = from_text(text.replace("\n", "\r\n"), made)
    assert "Kindly provide:" in edited.body
    assert edited.enclosures == ("Mandate of 20 January 2026", "photo.jpg")
    assert replace(edited, body=made.body, enclosures=made.enclosures) == made


@pytest.mark.parametrize(
    "left", ["[your name]", "[…]", "{{ name }}", "{% if %}", "TODO", "XXX", "???", "______", "<date>"]
)
def test_a_placeholder_left_in_the_draft_is_refused(made: Letter, left: str) -> None:
    with pytest.raises(DraftError, match="the placeholder") as caught:
        from_text(to_text(made).replace("Please provide:", f"Please provide {left}:"), made)
    assert caught.value.code == 5


def test_a_name_that_looks_like_a_placeholder_is_a_name(made: Letter) -> None:
    odd = replace(made, subject="Request of [bold] TODO", body=made.body + "\nTODO\n")
    assert from_text(to_text(odd), odd) == odd


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no head",
        "+++\nsubject = 'a'\n+++\nText",
        "+++\nsubject = ''\nenclosures = []\n+++\nText",
        "+++\nsubject = 'a'\nenclosures = []\n+++\n  \n",
        "+++\nsubject = 'a'\nenclosures = [1]\n+++\nText",
        "+++\nsubject = 'a'\nenclosures = []\nto = 'b'\n+++\nText",
        "+++\nsubject = \n+++\nText",
    ],
)
def test_a_broken_draft_is_one_sentence(made: Letter, text: str) -> None:
    with pytest.raises(DraftError):
        from_text(text, made)


def test_control_characters_typed_into_a_draft_are_removed(made: Letter) -> None:
    edited = from_text(to_text(made).replace("Please provide:", "Please\x1b[31m \u202eprovide:"), made)
    assert "Please[31m provide:" in edited.body
    assert not {"\x1b", "\u202e"} & set(edited.body)
