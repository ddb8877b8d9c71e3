"""Whatever stands in a field, a letter says the same things in the same form, and shows the field as it is."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dsar.letters.escape import clean, escape
from dsar.letters.fill import fill
from dsar.letters.find import languages, template
from dsar.letters.words import Words

from .briefs import law
from .golden_text import ALL, CASES, ROOTS

if TYPE_CHECKING:
    from markdown_it.token import Token

    from dsar.core.brief import Brief

HOSTILE = [
    "**b** _i_ __u__ ~~s~~ `c`",
    "[x](http://evil.example) ![y](file:///etc/passwd) <http://evil.example> http://evil.example",
    "<script>alert(1)</script> &amp; &#65; <!-- -->",
    "{{ 7 * 7 }} {% raw %} {# gone #} ${HOME} $& %s {0}",
    "# Heading #",
    "- item",
    "1. item",
    "> quote",
    "| a | b |",
    "---",
    "===",
    "```",
    "+++",
    "a\\",
    "tail `",
    "one\n\n## two\r\n\tthree\u2028four",
    "red \x1b[31m \x07 \u202egnp.exe \ufeff",
]
# Words of a closed vocabulary, and keys of the law book: never text from outside.
_CLOSED = {
    "kind",
    "status",
    "right",
    "rights",
    "lang",
    "regime",
    "country",
    "sector",
    "cites",
    "precedents",
    "language",
}
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _with(value: Any, text: str, name: str = "") -> Any:
    """`value` with every text from outside replaced."""
    if name in _CLOSED or (name == "id" and isinstance(value, str)):
        return value
    if isinstance(value, str):
        return text if value else value
    if isinstance(value, tuple):
        return tuple(_with(one, text) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _with(getattr(value, one.name), text, one.name) for one in fields(value)})
    return value


@lru_cache(maxsize=4)
def _parsed(body: str) -> list[Token]:
    return _MARKDOWN.parse(body)


def _shape(body: str) -> list[str]:
    return [one.type for token in _parsed(body) for one in (token, *(token.children or ()))]


def _shown(body: str) -> str:
    inline = (token.children or () for token in _parsed(body) if token.type == "inline")
    return "\n".join("".join(one.content for one in children) for children in inline)


def _filled(kind: str, case: str, lang: str, text: str) -> Any:
    words = _words(lang)
    hostile: Brief = _with(CASES[case](kind, words), text)
    return fill(template(ROOTS, kind, lang), hostile, law(), words)


@cache
def _words(lang: str) -> Words:
    return Words(lang, ROOTS)


@pytest.mark.no_cover  # every letter eighteen times over: the golden letters run the same lines once
@pytest.mark.parametrize("lang", languages(ROOTS))
@pytest.mark.parametrize(("kind", "case"), [pair for pair in ALL if pair[1] != "agent"])
def test_no_value_changes_the_form_of_a_letter(kind: str, case: str, lang: str) -> None:
    harmless = _filled(kind, case, lang, "harmless").body
    plain = [one for one in _shape(harmless) if one != "text"]
    for text in HOSTILE:
        made = _filled(kind, case, lang, text)
        assert [one for one in _shape(made.body) if one != "text"] == plain, text
        assert (clean(text) in _shown(made.body)) == ("harmless" in harmless)


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_address_blocks_and_subjects_are_single_printable_lines(kind: str, case: str) -> None:
    for text in HOSTILE:
        made = _filled(kind, case, "en", text)
        lines = (*made.sender, *made.recipient, *made.signature, *made.enclosures, made.subject, made.via)
        lines = (*lines, made.sender_email, made.recipient_email, *(value for _, value in made.refs))
        assert all(line == clean(line) for line in lines)


_PLACES = ["{}", "- {}", "words {} words", "## Head {}", "**strong {}**", "| h |\n|---|\n| {} |"]


@pytest.mark.parametrize("place", _PLACES)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]<>&|~#{}$-+=!.()1 \n\t\"'a@:/;"), st.characters())))
def test_any_text_is_shown_as_exactly_its_characters(place: str, text: str) -> None:
    head, _, tail = place.partition("{}")
    shown = _shown(head + escape(f"q{text}q") + tail)
    inside = shown[shown.index("q") : shown.rindex("q") + 1]
    assert inside == clean(f"q{text}q")


@given(text=st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]<>&|~#{}$-+=!.()1 \n\t"), st.characters())))
def test_a_text_at_the_start_of_a_line_starts_no_block(text: str) -> None:
    body = escape(text)
    if body.strip():
        assert _shape(body)[0] == "paragraph_open"
        assert _shown(body).strip() == clean(text).strip()
