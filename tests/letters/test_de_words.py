"""What a machine can check in German: its quotation marks, its official terms, its citations, its small first word."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.letters.errors import LetterFileError
from dsar.letters.escape import escape
from dsar.letters.voice import sentence
from dsar.letters.words import Words

from .briefs import LETTERS
from .printed import printed

if TYPE_CHECKING:
    from pathlib import Path

DE = LETTERS / "de"
_FRONT = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)

# The German text of the GDPR on the right (Arts 4, 12, 15 to 22, 56, 58, 77, 80); the calque or older law on the left.
FALSE_TERMS = {
    r"\bKontroller|\bController|\bDatenverantwortlich|verantwortliche Stelle": "Verantwortlicher",
    r"\bProzessor|\bDatenverarbeiter\b": "Auftragsverarbeiter",
    r"\bDatensubjekt|\bBetroffene[rnm]?\b(?! (Person|Verarbeitung))": "betroffene Person",
    r"\bDatenschutzbehörde\b|\bKontrollstelle": "Aufsichtsbehörde",
    r"\bBeschränkung der Verarbeitung|\bSperrung\b": "Einschränkung der Verarbeitung",
    r"\bDatenportabilität": "Datenübertragbarkeit",
    r"\bpersönliche[nr]? Daten": "personenbezogene Daten",
    r"\bRechtsmittel\b": "Rechtsbehelf",
    r"\bDirektmarketing": "Direktwerbung",
    r"\boffensichtlich unbegründet": "offenkundig unbegründet",
    r"(?<!UK )\bGDPR\b|\bDS-GVO\b": "DSGVO",
    r"\bgrundlos|\bohne gültige Rechtsgrundlage": "ohne Rechtsgrundlage",
    r"\bVerweis auf (die|Ihre) Datenschutzrichtlinie|\bPrivacy": "Datenschutzerklärung",
    r"\bRegulierung\b|\bder Regulation\b": "Verordnung",
    r"ß(?=[Ss]chluss)|\bdaß\b": "spelling of 2006",
}


PRINTED = list(printed("de"))
LETTER_FILES = sorted(DE.glob("*.md.j2"))


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("gdpr:15.1.c",), "Art.~15 Abs.~1 lit.~c DSGVO"),
        (("gdpr:12.3", "gdpr:15"), "Art.~12 Abs.~3 und Art.~15 DSGVO"),
        (("gdpr:15-22",), "Art.~15 bis 22 DSGVO"),
        (("gdpr:4.1",), "Art.~4 Nr.~1 DSGVO"),
        (("gdpr:4.7", "gdpr:5.1.e"), "Art.~4 Nr.~7 und Art.~5 Abs.~1 lit.~e DSGVO"),
        (("led:14.a",), "Art.~14 lit.~a der Richtlinie (EU) 2016/680"),
        (("de-bdsg:57.4",), "§~57 Abs.~4 BDSG"),
        (("de-bdsg:19.2", "de-bdsg:40"), "§§~19 Abs.~2 und 40 BDSG"),
        (("at-dsg:24.4",), "§~24 Abs.~4 des österreichischen DSG"),
        (("ch-dsg:25.2.b",), "Art.~25 Abs.~2 Bst.~b DSG"),
        (("reg-1182-71:3",), "Art.~3 der Verordnung (EWG, Euratom) Nr.~1182/71"),
        (("edpb-01-2022:63",), "Rn.~63 der Leitlinien 01/2022 des EDSA"),
    ],
)
def test_citations_are_written_as_german_lawyers_write_them(keys: tuple[str, ...], shown: str) -> None:
    assert Words("de", (LETTERS,)).cites(keys) == shown.replace("~", "\u00a0")


def test_a_date_is_written_with_a_point_and_does_not_break_after_it() -> None:
    assert Words("de", (LETTERS,)).day(date(2026, 3, 1)) == "1.\u00a0März 2026"


def test_a_date_at_the_beginning_of_a_paragraph_makes_no_list_and_needs_no_backslash() -> None:
    # CommonMark 0.31 section 5.2: a space or a tab must follow the list marker.
    assert escape("1.\u00a0März 2026") == "1.\u00a0März 2026"
    assert escape("1. März 2026") == "1\\. März 2026"


def test_a_sentence_in_german_quotation_marks_has_its_end() -> None:
    assert sentence("Genannt wird: „Wir haben keine Daten.“") == "Genannt wird: „Wir haben keine Daten.“"
    assert sentence("genannt sind nur „Dienstleister“") == "genannt sind nur „Dienstleister“."


def test_every_quotation_mark_is_a_german_one_and_is_closed() -> None:
    for place, text in PRINTED:
        assert not re.search("[\"'”«»\u2018]", text), place
        assert text.count("„") == text.count("“"), place
        assert not re.search(r"„\s|\s“|“\w|\w„", text), place


@pytest.mark.parametrize(("false", "official"), FALSE_TERMS.items())
def test_the_official_term_is_used_and_never_a_false_one(false: str, official: str) -> None:
    found = [place for place, text in PRINTED if re.search(false, text)]
    assert found == [], f"the GDPR says: {official}"


def test_nothing_breaks_between_an_abbreviation_and_its_number() -> None:
    # DIN 5008: "Art. 15", "Abs. 1", "§ 57", "Nr. 3" stand on one line.
    loose = re.compile(r"(Art\.|Abs\.|Nr\.|Rn\.|lit\.|Bst\.|§) [0-9a-f]\b|(Art\.|Abs\.|Nr\.|Rn\.|§) \d")
    assert [place for place, text in PRINTED if loose.search(text)] == []


def test_no_article_is_spelled_out_beside_the_abbreviation() -> None:
    assert [place for place, text in PRINTED if re.search(r"\b(Artikel|Absatz|Paragraph|Paragraf)\b", text)] == []


def _first_words(source: str) -> list[str]:
    """What may follow the salutation: the first word of its first paragraph, in each branch of a part."""
    after = source.partition("{{ salutation }}")[2]
    if not after:
        return []
    first = next(line for line in after.splitlines() if line.strip() and not line.startswith("{#"))
    part = re.match(r'\{% include "_parts/([a-z-]+\.md\.j2)" %\}', first)
    lines = (DE / "_parts" / part[1]).read_text(encoding="utf-8").splitlines() if part else [first]
    return [line for line in lines if line.strip() and not line.startswith("{%")]


@pytest.mark.parametrize("path", LETTER_FILES, ids=lambda path: str(path.name))
def test_the_first_word_after_the_comma_of_the_salutation_is_small(path: Path) -> None:
    assert Words("de", (LETTERS,)).lang.salutation["controller"].endswith(",")
    for line in _first_words(path.read_text(encoding="utf-8")):
        assert line[0].islower(), line


def test_no_sentence_ends_with_the_name_of_a_company() -> None:
    # "Gesellschaft, Inc." ends with a full stop of its own.
    ends = re.compile(r"\{\{ (controller\.name|agent\.organisation|complaint\.authority) \}\}(\{% endif %\})?\.(\s|$)")
    assert [path.name for path in DE.rglob("*.md.j2") if ends.search(path.read_text(encoding="utf-8"))] == []


def test_no_name_stands_where_its_article_would_be_missing() -> None:
    # "Die Stadt X", "das Bundesamt Y": a name follows a noun of ours, a colon, a dash or a bracket.
    bare = re.compile(
        r"\b(von|bei|mit|durch|gegenüber|gegen|dass|die|der|hat|verlangte)\s+\{\{? ?controller(\.name)? ?\}\}?"
    )
    bodies = {path.name: _FRONT.sub("", path.read_text(encoding="utf-8")) for path in DE.rglob("*.md.j2")}
    facts = {key: text for key, text in Words("de", (LETTERS,)).section("breaches").items() if key.endswith(".facts")}
    assert [place for place, text in (bodies | facts).items() if bare.search(text)] == []


def test_an_article_that_is_divided_otherwise_must_say_so_in_texts(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    text = (DE / "_lang.toml").read_text(encoding="utf-8")
    broken = text.replace('article = { 4 = " Nr.\\u00a0{n}" }', "article = { 4 = 7 }")
    assert broken != text
    (tmp_path / "de" / "_lang.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(LetterFileError, match=r"de/_lang\.toml: cite\.gdpr: it may hold"):
        Words("de", (tmp_path,))
