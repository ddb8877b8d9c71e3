"""What a machine can check in French: its non-breaking spaces, its quotation marks."""

from __future__ import annotations

import re

from .printed import printed

# A README is read in a plain editor, in columns.
PRINTED = [(place, text) for place, text in printed("fr") if not place.endswith("readme")]


def _places(pattern: str) -> list[str]:
    return [place for place, text in PRINTED if re.search(pattern, text)]


def test_no_punctuation_mark_is_left_alone_on_a_new_line() -> None:
    # Lexique des règles typographiques: a non-breaking space before : and », a thin one before ; ! ?
    assert _places(r"\S [:;!?»](?=\s|$)") == []


def test_a_number_stays_with_its_sign() -> None:
    assert _places(r"\b[Nn]° ") == []


def test_quotation_marks_are_french_and_keep_their_space() -> None:
    assert _places('[“”„"]|«(?!\u00a0)|(?<!\u00a0)»') == []
