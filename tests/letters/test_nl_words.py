"""What a machine can check in Dutch: its quotation marks, its official terms, its citations, its unbroken numbers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dsar.letters.words import Words

from .briefs import LETTERS
from .printed import printed

NL = LETTERS / "nl"

# The Dutch text of the GDPR on the right; the calque or older law on the left.
FALSE_TERMS = {
    r"(?i)(?<!\{)\bcontroller|\bgegevensverantwoord|\bde verantwoordelijke\b": "verwerkingsverantwoordelijke",
    r"(?i)\bprocessor|\bbewerker": "verwerker",
    r"(?i)\bdatasubject|\bbetrokken persoon": "betrokkene",
    r"(?i)\bpersoonlijke (gegevens|data)|\bpersoonsdata": "persoonsgegevens",
    r"(?i)\bprivacyautoriteit|\btoezichtsautoriteit|\bcontroleautoriteit": "toezichthoudende autoriteit",
    r"(?i)\bverwijdering van (de )?(persoons)?gegevens|\bdelet(en|e)\b": "gegevenswissing",
    r"(?i)\b(data)?portabiliteit|\boverdracht van gegevens": "overdraagbaarheid van gegevens",
    r"(?i)\brecht van verzet|\bverzet aantekenen": "bezwaar",
    r"(?i)\bcorrectierecht|\bverbetering van (de )?gegevens": "rectificatie",
    r"(?i)\bmanifest ongegrond|\bduidelijk ongegrond": "kennelijk ongegrond",
    r"(?i)\bexcessief|\bovermatig": "buitensporig",
    r"(?i)\bdirecte marketing|\breclamebezwaar": "direct marketing",
    r"(?<!UK )\bGDPR\b|\bAlgemene Verordening\b": "AVG",
    r"\bRegulatie\b|\bRegulering\b": "Verordening",
    r"\bDPO\b": "functionaris voor gegevensbescherming",
}


PRINTED = list(printed("nl"))


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("gdpr:15",), "artikel~15 AVG"),
        (("gdpr:15.1",), "artikel~15, lid~1, AVG"),
        (("gdpr:15.1.c",), "artikel~15, lid~1, onder~c, AVG"),
        (("gdpr:12.3", "gdpr:15"), "artikel~12, lid~3, en artikel~15 AVG"),
        (("gdpr:12.6", "gdpr:12.2", "gdpr:15"), "artikel~12, lid~6, artikel~12, lid~2, en artikel~15 AVG"),
        (("gdpr:4.1",), "artikel~4, punt~1, AVG"),
        (("led:14.a",), "artikel~14, onder~a, van Richtlijn (EU) 2016/680"),
        (("eudpr:14.3",), "artikel~14, lid~3, van Verordening (EU) 2018/1725"),
        (("reg-1182-71:3",), "artikel~3 van Verordening (EEG, Euratom) nr.~1182/71"),
        (("edpb-01-2022:60", "edpb-01-2022:61"), "randnummers~60 en 61 van Richtsnoeren 01/2022 van de EDPB"),
        (("edpb-01-2022:157-164",), "randnummers~157 tot en met 164 van Richtsnoeren 01/2022 van de EDPB"),
    ],
)
def test_citations_are_written_as_dutch_and_flemish_lawyers_write_them(keys: tuple[str, ...], shown: str) -> None:
    assert Words("nl", (LETTERS,)).cites(keys) == shown.replace("~", "\u00a0")


def test_the_month_of_a_date_is_small_and_its_first_day_is_a_plain_number() -> None:
    assert Words("nl", (LETTERS,)).day(date(2026, 3, 1)) == "1\u00a0maart 2026"


def test_every_quotation_mark_is_a_curved_one_and_is_closed() -> None:
    for place, text in PRINTED:
        assert not re.search("[\"'„«»\u2018]", text), place
        assert text.count("“") == text.count("”"), place
        assert not re.search(r"“\s|\s”", text), place


@pytest.mark.parametrize(("false", "official"), FALSE_TERMS.items())
def test_the_official_term_is_used_and_never_a_false_one(false: str, official: str) -> None:
    found = [place for place, text in PRINTED if re.search(false, text)]
    assert found == [], f"the AVG says: {official}"


def test_the_reader_is_addressed_formally() -> None:
    familiar = re.compile(r"\b(jij|je|jouw|jullie)\b", re.IGNORECASE)
    assert [place for place, text in PRINTED if familiar.search(text)] == []


def test_no_sentence_ends_with_the_name_of_a_company() -> None:
    # "Company, Inc." ends with a full stop of its own.
    ends = re.compile(r"\{\{ (controller\.name|agent\.organisation|complaint\.authority) \}\}(\{% endif %\})?\.(\s|$)")
    assert [path.name for path in NL.rglob("*.md.j2") if ends.search(path.read_text(encoding="utf-8"))] == []


def test_no_article_stands_before_a_citation_that_has_none() -> None:
    # "op grond van artikel 15 AVG": a citation needs neither "het" nor "de".
    bare = re.compile(r"\b(het|de|een)\s+\{\{ cite\(")
    assert [path.name for path in NL.rglob("*.md.j2") if bare.search(path.read_text(encoding="utf-8"))] == []
