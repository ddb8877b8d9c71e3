from __future__ import annotations

import tomllib

import pytest

from dsar.lawbook import load
from dsar.mail.passages import FOLDER, Text, passages

ANSWER = Text(
    place="answer.pdf",
    text=(
        "Dear Ms Person,\n\n1. Yes, we process personal data concerning you.\n\n"
        "Your data are shared with clients and partners, who are our recipients.\n\n"
        "We keep the data for as long as necessary.\n\nYours, the privacy team"
    ),
)


@pytest.mark.parametrize(
    ("demand", "number", "begins"),
    [
        ("confirmation", 1, "1. Yes"),
        ("recipients", 4, "Your data are shared"),
        ("retention", 5, "We keep the data"),
    ],
)
def test_the_paragraph_that_speaks_of_a_demand_comes_first(demand: str, number: int, begins: str) -> None:
    found = passages(demand, number, (ANSWER,))
    assert found[0].text.startswith(begins)
    assert found[0].place == "answer.pdf"


def test_the_number_of_the_demand_counts_before_its_words() -> None:
    text = Text(place="m", text="Recipients and partners and processors of any kind.\n\n4. Partner: see above.")
    assert passages("recipients", 4, (text,))[0].text == "4. Partner: see above."


def test_where_nothing_speaks_of_it_nothing_is_shown() -> None:
    assert passages("transfers", 10, (ANSWER,)) == ()
    assert passages("q1", 12, (ANSWER,)) == ()


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("Les destinataires de vos données sont nos sous-traitants.", "recipients"),
        ("Empfänger der Daten sind unsere Auftragsverarbeiter.", "recipients"),
        ("El plazo de conservación es de seis meses.", "retention"),
        ("Il periodo di conservazione è di sei mesi.", "retention"),
        ("De bewaartermijn is zes maanden.", "retention"),
    ],
)
def test_each_language_has_its_words(text: str, demand: str) -> None:
    assert [one.text for one in passages(demand, 9, (Text(place="m", text=f"Hello.\n\n{text}"),))] == [text]


def test_the_words_are_of_demands_that_the_law_book_has_and_the_same_in_each_language() -> None:
    known = {path.stem: set(tomllib.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.toml")}
    assert sorted(known) == ["de", "en", "es", "fr", "it", "nl"]
    assert len(set(map(frozenset, known.values()))) == 1
    assert known["en"] <= set(load.demands())
