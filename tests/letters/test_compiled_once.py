"""A text is compiled once and filled many times: nothing of one letter, language or escaping stays in it."""

from __future__ import annotations

from datetime import date

from dsar.letters.find import template
from dsar.letters.jinja import render, render_line
from dsar.letters.voice import Voice
from dsar.letters.words import Words

from .briefs import LETTERS, law

ROOTS = (LETTERS,)


def both(text: str, **context: object) -> tuple[str, ...]:
    """The text filled as Markdown and as a line, in English and in French."""
    filled = []
    for lang in ("en", "fr"):
        words = Words(lang, ROOTS)
        one = template(ROOTS, "access", lang)
        filled += [call(one, text, context, words, Voice(words, law())) for call in (render, render_line)]
    return tuple(filled)


def test_a_constant_is_escaped_for_the_place_where_it_is_printed() -> None:
    assert both('{{ "*a*" }}') == ("\\*a\\*", "*a*", "\\*a\\*", "*a*")


def test_a_filter_on_a_constant_speaks_the_language_of_the_letter() -> None:
    en, _, fr, _ = both('{{ ["gdpr:15"]|cites }}')
    assert (en, fr) == ("Article 15 GDPR", "article\u00a015 du RGPD")


def test_a_value_of_one_letter_is_not_in_the_next() -> None:
    assert both("{{ on }}", on=date(2026, 3, 5))[0::2] == ("5 March 2026", "5 mars 2026")
    assert both("{{ on }}", on=date(2026, 4, 1))[0::2] == ("1 April 2026", "1er avril 2026")
