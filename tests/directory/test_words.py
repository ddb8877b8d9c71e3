"""How names, sites and countries are compared, whatever their alphabet."""

# ruff: noqa: RUF001 - it is about letters that look like others

import pytest

from dsar.directory.countries import country
from dsar.directory.words import domain, plain, variants


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Société Élodie & Fils", "societe elodie fils"),
        ("Łódź Dane S.A.", "lodz dane s a"),
        ("STRAẞE Größe", "strasse grosse"),
        ("Кайт ООО", "kait ooo"),
        ("Щукин и Йод", "schukin i iod"),
        ("Τράπεζα Πειραιώς", "trapeza peiraios"),
        ("Ουρανός", "ouranos"),
        ("ＩＫＥＡ", "ikea"),
        ("!?", ""),
    ],
)
def test_a_name_is_compared_in_plain_letters(text: str, form: str) -> None:
    assert plain(text) == form


@pytest.mark.parametrize(
    ("typed", "written"),
    [("Mueller", "Müller"), ("Müller", "Mueller"), ("Нетфликс", "Netfliks"), ("Яндекс", "Yandex"), ("ΙΚΕΑ", "Ikea")],
)
def test_a_text_reaches_the_spellings_that_a_record_may_have(typed: str, written: str) -> None:
    assert plain(written) in variants(typed)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://www.kite.example/privacy?x=1", "kite.example"),
        ("dpo@Kite.example", "kite.example"),
        ("kite.example/privacy", "kite.example"),
        ("kite", ""),
        ("http://[", ""),
        ("javascript://x", ""),
        ("a b.example", ""),
    ],
)
def test_a_site_is_read_from_what_people_paste(text: str, host: str) -> None:
    assert domain(text) == host


# the ways in which companies write their country, by the names that the countries give themselves
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("Österreich", "AT"),
        ("España", "ES"),
        ("Hrvatska", "HR"),
        ("The Netherlands", "NL"),
        ("Nederland", "NL"),
        ("Suisse", "CH"),
        ("Svizzera", "CH"),
        ("United States of America", "US"),
        ("UNITED STATES", "US"),
        ("USA", "US"),
        ("Republic of Singapore", "SG"),
        ("Czech Republic", "CZ"),
        ("Česko", "CZ"),
        ("Isle of Man", "IM"),
        ("Gibraltar", "GI"),
        ("Russia", "RU"),
        ("Ελλάδα", "GR"),
        ("България", "BG"),
        ("Hong Kong", "HK"),
        ("Taiwan", "TW"),
        ("uk", "GB"),
        ("GB", "GB"),
        ("Atlantis", None),
        ("Kongo", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_its_name_in_many_languages(text: str, code: str | None) -> None:
    assert country(text) == code


def test_the_table_of_countries_holds_plain_names_of_every_country_once() -> None:
    from importlib.resources import files  # noqa: PLC0415 - only here

    lines = (files("dsar.directory") / "countries.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if not line.startswith("#")]
    # ISO 3166-1 has 249 countries and territories
    assert len({row[0] for row in rows}) == len(rows) == 249
    names = [name for _, *found in rows for name in found]
    assert len(names) == len(set(names))
    assert [name for name in names if plain(name) != name] == []
