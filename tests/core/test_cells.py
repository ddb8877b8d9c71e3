"""A cell of a table that is opened elsewhere is text, whatever somebody wrote."""

from __future__ import annotations

import pytest

from dsar.core.cells import cell


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+49 30 1", "-2", "@SUM(A1)", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0"),
        *("  =1+1", "\t=1", "\r=1", "\n=1", "\x00=1", "\ufeff=1", "\u202e=1", "\uff1d1+1", "\uff20x", "\u2028=1"),
    ],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Zoé Ångström", "a=b", "2026-03-05", "1 + 1", "", "'quoted'", "a@b.example", "Ж"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_cell_is_one_line_without_characters_that_steer_what_shows_it() -> None:
    assert cell("a\nb\tc\x1b[31md\u202ee\x00f") == "a b c[31mdef"
