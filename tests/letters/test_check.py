"""Each rule of the linter finds the one fault that was put into a copy of the English letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.core.law import DemandRule, Law
from dsar.letters.check import Problem, check

from .briefs import LETTERS, law

if TYPE_CHECKING:
    from pathlib import Path


def _lint(folder: Path, book: Law | None = None) -> list[tuple[str, str]]:
    return [(one.file, f"{one.where}: {one.text}") for one in check((folder,), book or law())]


def _change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "en" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_letters_that_are_shipped_are_clean() -> None:
    assert check((LETTERS,), law()) == ()


def test_the_copy_is_clean_before_it_is_broken(folder: Path) -> None:
    assert _lint(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "finds"),
    [
        ("access.md.j2", "{{ closing }}", "{{ closng }}", "en/access.md.j2", "there is no `closng`"),
        ("access.md.j2", "controller.name", "controller.nme", "en/access.md.j2", "`controller` has no `nme`"),
        ("_parts/term.md.j2", "laid", "{{ x }} laid", "en/_parts/term.md.j2", "there is no `x`"),
        ("notice.md.j2", "line.words", "line.wrds", "en/notice.md.j2", "`line` has no `wrds`"),
        ("notice.md.j2", '"right", "equalto", "access"', '"rght", "equalto", "access"', "en/notice.md.j2", "no `rght`"),
        ("notice.md.j2", 'map(attribute="item")', 'map(attribute="itm")', "en/notice.md.j2", "has no `itm`"),
        ("reminder.md.j2", "labels(", "lables(", "en/reminder.md.j2", "there is no filter `lables`"),
        ("reminder.md.j2", '"request.issued_on", ', "", "en/reminder.md.j2", "`request.issued_on` may be missing"),
        ("incomplete.md.j2", '"answer", ', "", "en/incomplete.md.j2", "`answer` may be missing"),
        ("_parts/own-count.md.j2", "reply.strict and today", "today", "en/_parts/own-count.md.j2", "may be missing"),
        ("clarification-reply.md.j2", '"question", ', "", "en/clarification-reply.md.j2", "`question` may be missing"),
        ("fee-contested.md.j2", 'claims = ["fee"]', 'claims = ["fees"]', "en/fee-contested.md.j2", "is no breach"),
        ("fee-contested.md.j2", 'asserts = ["breaches"]', "asserts = []", "en/fee-contested.md.j2", "under asserts"),
        ("reminder.md.j2", "reply.strict and today", "today", "en/reminder.md.j2", "`reply.strict` may be missing"),
        ("access.md.j2", '"purpose", ', '"purpse", ', "en/access.md.j2", "there is no `purpse` in a case"),
        ("access.md.j2", ', "gdpr:15"]', "]", "en/access.md.j2", "“gdpr:15” is used and not declared"),
        (
            "access.md.j2",
            '"gdpr:15"]',
            '"gdpr:15", "gdpr:20"]',
            "en/access.md.j2",
            "“gdpr:20” is declared and not used",
        ),
        ("access.md.j2", 'cite("gdpr:15")', "cite(ref)", "en/access.md.j2", "in quotation marks"),
        ("access.md.j2", "gdpr:12.6", "gdpr:112.6", "en/access.md.j2", "there is no such article"),
        ("access.md.j2", "gdpr:12.6", "gdrp:12.6", "en/access.md.j2", "cannot be written in this language"),
        ("notice.md.j2", '["cjeu-c-132-21"]', "[]", "en/notice.md.j2", "is used and not declared"),
        ("notice.md.j2", '["cjeu-c-132-21"]', '["cjeu-c-1-00"]', "en/notice.md.j2", "is not in the law book"),
        ("notice.md.j2", '["cjeu-c-132-21"]', '["hmbbfdi-545-2020"]', "en/notice.md.j2", "was not read at its source"),
        ("access.md.j2", 'demands = ["access"]', 'demands = ["erasure"]', "en/access.md.j2", "and not declared"),
        ("access.md.j2", 'demands = ["access"]', 'demands = ["wealth"]', "en/access.md.j2", "to the right “wealth”"),
        ("access.md.j2", 'rights = [["access"]]', 'rights = [["wealth"]]', "en/access.md.j2", "no right “wealth”"),
        ("access-face.md.j2", '"copy", ', '"kopy", ', "en/access-face.md.j2", "there is no demand “kopy”"),
        ("access-face.md.j2", '"copy", ', '"erase", ', "en/access-face.md.j2", "“erase” belongs to “erasure”"),
        ("access-face.md.j2", '"photo"', '"shoe"', "en/access-face.md.j2", "no word for “shoe”"),
        ("request.md.j2", '"objection:details', '"envy:details', "en/request.md.j2", "there is no right “envy”"),
        ("request.md.j2", "details.rectify", "details.rectfy", "en/request.md.j2", "there is no `details.rectfy`"),
        ("access.md.j2", '["en"]', '["en", "de"]', "en/access.md.j2", "is meant for “de”"),
        ("access.md.j2", '["en"]', "[]", "en/access.md.j2", "not meant for its own language"),
        ("access.md.j2", '"_parts/purpose.md.j2"', '"_parts/why.md.j2"', "en/access.md.j2", "there is no part"),
        ("access.md.j2", '{% include "_parts/purpose.md.j2" %}', "", "en/access.md.j2", "states its purpose"),
        ("access.md.j2", "Please provide:", "I claim damages. Please provide:", "en/access.md.j2", "asks no damages"),
        ("_parts/term.md.j2", "Please", "Join us. Please", "en/access.md.j2", "is no campaign"),
        ("access.md.j2", "Please provide:", "{% if on_behalf %}", "en/access.md.j2", "line"),
        ("access.md.j2", "Please provide:", "{% macro m() %}{% endmacro %}", "en/access.md.j2", "macro has no place"),
        ("access.md.j2", "Please provide:", "Words {% if on_behalf %}x{% endif %}", "en/access.md.j2", "+%}"),
        ("access.md.j2", 'to = "controller"', 'to = "us"', "en/access.md.j2", "must be one of"),
        ("_words/demands.toml", "[copy]\nwords", "[copy]\nwrds", "en/_words/demands.toml", "copy.words: missing"),
        ("_words/holdings.toml", "cjeu-c-171-03 =", "cjeu-c-171-99 =", "en/_words/holdings.toml", "no such decision"),
        ("_words/breaches.toml", "[fee]\ntitle", "[fee]\ntitel", "en/_words/breaches.toml", "fee.title: missing"),
        ("_words/labels.toml", "[right]", "[right", "en/_words/labels.toml", "the file"),
        ("_lang.toml", "[cite.gdpr]", "[cite.gpdr]", "en/_lang.toml", "cannot be written in this language"),
        ("_lang.toml", "[join]", "[joint]", "en/_lang.toml", "joint: this key is not known"),
    ],
)
def test_the_linter_finds(folder: Path, name: str, old: str, new: str, where: str, finds: str) -> None:  # noqa: PLR0913, PLR0917 - one row
    _change(folder, name, old, new)
    found = _lint(folder)
    assert any(file == where and finds in text for file, text in found), found


def test_two_requests_that_fit_the_same_cases_are_found(folder: Path) -> None:
    _change(folder, "objection.md.j2", 'rights = [["objection"]]', 'rights = [["portability"], ["objection"]]')
    text = "rights: en/objection.md.j2 fits the same cases: say what sets them apart"
    assert ("en/portability.md.j2", text) in _lint(folder)


def test_a_request_that_the_program_does_not_count_among_the_requests_is_found(folder: Path) -> None:
    (folder / "en" / "objection.md.j2").rename(folder / "en" / "protest.md.j2")
    assert any(file == "en/protest.md.j2" and "core/rights.py" in text for file, text in _lint(folder))


def test_two_sentences_in_two_letters_belong_in_a_part(folder: Path) -> None:
    said = "This has been said before. It is said again, word for word.\n"
    for name in ("reminder.md.j2", "notice.md.j2"):
        _change(folder, name, "{{ closing }}", said + "\n{{ closing }}")
    assert [file for file, text in _lint(folder) if "make it a part" in text] == ["en/reminder.md.j2"]


def _translate(folder: Path) -> Path:
    """A second language, word for word."""
    for path in sorted((folder / "en").rglob("*.*")):
        target = folder / "xx" / path.relative_to(folder / "en")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace('languages = ["en"]', 'languages = ["en", "xx"]')
        target.write_text(text, encoding="utf-8")
        path.write_text(text, encoding="utf-8")
    return folder


def _other(folder: Path, name: str, old: str, new: str) -> list[tuple[str, str]]:
    path = _translate(folder) / "xx" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [row for row in _lint(folder) if row[0].startswith("xx")]


def test_a_kind_that_a_language_lacks_is_found(folder: Path) -> None:
    (_translate(folder) / "xx" / "reminder.md.j2").unlink()
    assert ("en/reminder.md.j2", "languages: the letter is meant for “xx” and does not exist in it") in _lint(folder)


def test_a_word_that_a_language_lacks_is_found(folder: Path) -> None:
    found = _other(folder, "_words/events.toml", "confirmed =", "konfirmed =")
    assert ("xx/_words/events.toml", "confirmed: missing; it exists in en") in found


def test_a_country_may_be_listed_in_one_language_only(folder: Path) -> None:
    assert _other(folder, "_words/labels.toml", "AE = ", "ZZ = ") == []


def test_a_value_that_only_one_language_uses_is_found(folder: Path) -> None:
    found = _other(folder, "_words/events.toml", "Fee paid", "Fee paid: {amount}")
    assert found == [("xx/_words/events.toml", "paid: the value {amount} is in no other language")]


def test_a_letter_that_numbers_other_demands_in_another_language_is_found(folder: Path) -> None:
    found = _other(folder, "access-erasure.md.j2", 'demands = ["access", "erasure"]', 'demands = ["erasure", "access"]')
    assert [text for _, text in found] == [
        "demands: it differs from en/access-erasure.md.j2: the same letter does the same everywhere"
    ]


def test_a_demand_without_words_is_found(folder: Path) -> None:
    rule = DemandRule(id="shoe-size", right="access", cites=("gdpr:15",), source="made up", checked=True)
    book = replace(law(), demands={**law().demands, "shoe-size": rule})
    assert ("en/_words/demands.toml", "shoe-size.words: missing; the law book has it") in _lint(folder, book)


def test_a_citation_of_the_law_book_that_cannot_be_written_is_found(folder: Path) -> None:
    rule = replace(law().demands["copy"], cites=("magna-carta:39",))
    found = _lint(folder, replace(law(), demands={**law().demands, "copy": rule}))
    assert any(file == "en/_lang.toml" and "magna-carta:39" in text for file, text in found)


def test_a_problem_says_where_it_is(folder: Path) -> None:
    _change(folder, "access.md.j2", "{{ salutation }}", "{{ salutatoin }}")
    assert check((folder,), law()) == (
        Problem(file="en/access.md.j2", where="line 1", text="there is no `salutatoin`"),
    )
