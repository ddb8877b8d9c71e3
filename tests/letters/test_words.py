from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.letters.errors import CitationError, LetterFileError, NoLanguageError, NoValueError, NoWordError
from dsar.letters.words import Words

from .briefs import LETTERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("on", "lang", "shown"),
    [
        (date(2026, 3, 1), "en", "1 March 2026"),
        (date(2026, 8, 31), "en", "31 August 2026"),
        (date(2026, 3, 1), "fr", "1er mars 2026"),
        (date(2026, 12, 2), "fr", "2 décembre 2026"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(on: date, lang: str, shown: str) -> None:
    assert Words(lang, (LETTERS,)).day(on) == shown


@pytest.mark.parametrize(
    ("items", "shown"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_a_list_is_joined(words: Words, items: tuple[str, ...], shown: str) -> None:
    assert words.join(items) == shown


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("gdpr:12.3",), "Article 12(3) GDPR"),
        (("gdpr:15.1.g",), "Article 15(1)(g) GDPR"),
        (("gdpr:17",), "Article 17 GDPR"),
        (("gdpr:12.3", "gdpr:15", "gdpr:12.3"), "Articles 12(3) and 15 GDPR"),
        (("gdpr:12-22",), "Articles 12 to 22 GDPR"),
        (
            ("gdpr:12.3", "reg-1182-71:3.4"),
            "Article 12(3) GDPR and Article 3(4) of Regulation (EEC, Euratom) No 1182/71",
        ),
        (("edpb-01-2022:63-79",), "paragraphs 63 to 79 of EDPB Guidelines 01/2022"),
        (("uk-gdpr:12A.5",), "Article 12A(5) UK GDPR"),
        (("fr-cja:R.421-1",), "Article R.421-1 of the French Code of Administrative Justice"),
    ],
)
def test_citations_are_written_as_the_language_writes_them(words: Words, keys: tuple[str, ...], shown: str) -> None:
    assert words.cites(keys) == shown


@pytest.mark.parametrize(
    "key", ["gdpr", "gdpr:", "gdpr:fifteen", "gdpr:15.1.g.h.i", "magna-carta:39", ":12", "gdpr:15..1"]
)
def test_a_citation_that_cannot_be_written_is_refused(words: Words, key: str) -> None:
    with pytest.raises(CitationError, match=r"en/_lang\.toml"):
        words.cite(key)


def test_values_are_put_into_words_and_never_read_again(words: Words) -> None:
    said = words.say("events", "sent", title="{to.__class__} {0}", channel="%s", to="$& {title}")
    assert said == "{to.__class__} {0} sent by %s to $& {title}"
    assert (
        words.say("events", "replied", day=date(2026, 3, 1), what="fee") == "Reply to the message of 1 March 2026 (fee)"
    )
    assert words.say("events", "identity-given", items=("a", "b")) == "Identity data supplied: a and b"


def test_a_missing_word_or_value_names_file_and_key(words: Words) -> None:
    with pytest.raises(NoWordError, match=r"en/_words/labels\.toml: right\.bribery"):
        words.label("right", "bribery")
    with pytest.raises(NoValueError, match=r"en/_words/events\.toml: sent: .*\{channel\}"):
        words.say("events", "sent", title="x")


def test_the_users_words_win_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "en" / "_words").mkdir(parents=True)
    (tmp_path / "en" / "_words" / "labels.toml").write_text('[right]\naccess = "disclosure"\n', encoding="utf-8")
    words = Words("en", (tmp_path, LETTERS))
    assert (words.label("right", "access"), words.label("right", "erasure")) == ("disclosure", "erasure")


def test_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NoLanguageError):
        Words("../en", (LETTERS,))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "English"', "", "name"),
        ('name = "English"', 'name = "English"\ncolour = "red"', "colour"),
        ('"January", ', "", "date.months"),
        ('last = " and "', "last = 3", "join.last"),
        ('point = "({n})"', 'dot = "({n})"', "cite.gdpr"),
        ("[date]", "[date", "the file"),
    ],
)
def test_a_language_file_that_is_wrong_names_file_and_key(folder: Path, old: str, new: str, key: str) -> None:
    path = folder / "en" / "_lang.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LetterFileError) as caught:
        Words("en", (folder,))
    assert str(caught.value).startswith(f"en/_lang.toml: {key}: ")


def test_a_word_that_is_no_text_names_file_and_key(folder: Path) -> None:
    (folder / "en" / "_words" / "labels.toml").write_text("[right]\naccess = 3\n", encoding="utf-8")
    with pytest.raises(LetterFileError, match=r"en/_words/labels\.toml: right\.access"):
        Words("en", (folder,)).label("right", "access")
