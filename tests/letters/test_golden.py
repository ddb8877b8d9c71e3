from __future__ import annotations

import pytest

from dsar.letters.find import languages

from .golden_text import ALL, FOLDER, ROOTS, letter, text


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_the_letter_is_the_one_that_was_read_and_kept(kind: str, case: str) -> None:
    assert text(letter(kind, case)) == (FOLDER / f"{kind}.{case}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", languages(ROOTS))
@pytest.mark.parametrize(("kind", "case"), ALL)
def test_every_letter_can_be_written_in_every_language(kind: str, case: str, lang: str) -> None:
    made = letter(kind, case, lang)
    assert made.lang == lang
    assert "{" not in made.body
    assert "None" not in made.body
    assert "\n\n\n" not in made.body


@pytest.mark.parametrize("lang", languages(ROOTS))
def test_requests_number_the_same_demands_in_every_language(lang: str) -> None:
    body = letter("access-erasure", "agent", lang).body
    numbers = [line.partition(". ")[0] for line in body.splitlines() if line.partition(". ")[0].isdigit()]
    assert numbers == [str(n) for n in range(1, 19)]
