# ruff: noqa: RUF001 - the Arabic and Greek letters are meant
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.paper.glyphs import missing_in, printable, visible, with_placeholders
from dsar.paper.typeset import TypesettingError, compile_pdf

from .reading import text_of

ON = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Éléonore Łukasiewicz, Αθήνα, София", "Éléonore Łukasiewicz, Αθήνα, София"),
        ("a\x00b", "a[U+0000]b"),
        ("\x1b[31m", "[U+001B][31m"),
        ("\u202efdp.exe", "[U+202E]fdp.exe"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("\ue000\ufeff", "[U+E000 U+FEFF]"),
        ("\ud800", "[U+D800]"),
        ("one\r\ntwo\u2028three\x0bfour", "one\ntwo\nthree\nfour"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_a_page_must_not_obey_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_names_reach_into_every_string_and_no_key() -> None:
    data = {"k\x00": ["a\x00", {"b": "c\x00"}], "n": 3, "none": None}
    assert printable(data) == {"k\x00": ["a[U+0000]", {"b": "c[U+0000]"}], "n": 3, "none": None}


def test_neighbours_share_a_bracket_and_joiners_go_with_their_emoji() -> None:
    assert with_placeholders("a字漢b字", frozenset("字漢")) == "a[U+5B57 U+6F22]b[U+5B57]"
    assert with_placeholders("x👨\u200d👩\ufe0fy", frozenset("👨👩")) == "x[U+1F468 U+1F469]y"


def test_of_a_letter_with_marks_only_a_mark_is_blamed() -> None:
    assert missing_in('the text `"Я\\u{1df0}"` could not be displayed') == {"\u1df0"}
    assert missing_in('the text `"漢"` could not\nthe text `"\\u{1f600}"` could not') == {"漢", "😀"}
    assert missing_in('failed to decode image `"x.png"`') == frozenset()


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_typeset(text: str) -> None:
    assert compile_pdf("letter.typ", {**_least(), "subject": text, "recipient": [text]}, on=ON).startswith(b"%PDF")


def test_marks_that_no_font_has_do_not_take_their_letters_with_them(tmp_path: Path) -> None:
    pdf = compile_pdf("letter.typ", {**_least(), "subject": "Я\ua8e0 de\u0301cision\ua8e0"}, on=ON)
    assert "Я[U+A8E0] décision[U+A8E0]" in text_of(pdf, tmp_path)


def test_a_broken_image_is_one_sentence() -> None:
    with pytest.raises(TypesettingError, match="letter could not be laid out"):
        compile_pdf("letter.typ", {**_least(), "image": "a.png"}, files={"a.png": b"no picture"}, on=ON)


def test_nothing_stays_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    compile_pdf("letter.typ", _least(), on=ON)
    with pytest.raises(TypesettingError):
        compile_pdf("letter.typ", {**_least(), "image": "a.png"}, files={"a.png": b"no picture"}, on=ON)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../a.png", "/etc/a.png", "a.typ", "A.png", "", "a/b.png"])
def test_a_file_cannot_be_named_out_of_its_folder(name: str) -> None:
    with pytest.raises(ValueError, match="not a plain image name"):
        compile_pdf("letter.typ", _least(), files={name: b""}, on=ON)


def _least() -> dict[str, object]:
    words = ["title", "author", "subject", "banner", "via", "place_date", "signed_by"]
    lists = ["sender", "recipient", "refs", "body", "signature", "enclosures"]
    numbers = {"year": 2026, "month": 4, "day": 2, "keep": 0}
    labels = {"lang": "fr", "page": "{n}", "subject_label": "Objet", "enclosures_label": "P.J.", "running": ["", ""]}
    place = {"side": "right", "left": 110, "top": 56, "width": 78, "height": 23, "letter": 94, "folds": [99]}
    window = {"window": {**place, "punch": None, "return_line": None}, "return_address": ""}
    return dict.fromkeys(words, "") | {name: [] for name in lists} | numbers | labels | window | {"image": None}
