from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.paper.dossier.text import amount, one_line, piece_stem, plain_name


@given(st.integers(1, 999), st.one_of(st.none(), st.integers(1, 99)), st.text(max_size=400))
def test_every_file_name_is_one_that_portals_accept(number: int, part: int | None, title: str) -> None:
    name = piece_stem(str(number) if part is None else f"{number}.{part}", title) + ".pdf"
    # field requirement B1
    assert re.fullmatch(r"\d{2,3}(-\d{1,2})?_[A-Za-z0-9_-]{1,80}\.pdf", name)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Réponse de l’agence", "Reponse-de-l-agence"),
        ("Straße & Œuvre", "Strasse-Oeuvre"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\nb%20c", "a-b-20c"),
        ("漢字", "x"),
        ("", "x"),
        ("y" * 300, "y" * 80),
    ],
)
def test_names_are_spelled_in_plain_letters(title: str, name: str) -> None:
    assert plain_name(title) == name


@given(st.text(max_size=600))
def test_a_title_is_one_short_line_with_nothing_invisible(text: str) -> None:
    line = one_line(text)
    assert len(line) <= 160
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", line)


@pytest.mark.parametrize(("size", "words"), [(0, "0 kB"), (1, "1 kB"), (1000, "1 kB"), (1001, "2 kB")])
def test_sizes_are_rounded_up_to_thousands(size: int, words: str) -> None:
    assert amount(size) == words


def test_large_sizes_are_grouped() -> None:
    assert amount(1_234_567) == "1\u202f235 kB"
