"""What a machine can check in Italian: its quotation marks, its official terms, dates without an article, citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dsar.letters.errors import LetterFileError
from dsar.letters.words import Words

from .briefs import LETTERS
from .printed import printed

if TYPE_CHECKING:
    from pathlib import Path

IT = LETTERS / "it"
_CITE = r"\{\{\s*cite\("

# The Italian text of the GDPR on the right (Arts 4, 7, 12, 15 to 22, 56, 58, 77, 79); the calque on the left.
FALSE_TERMS = {
    r"\bcontrollore|\bresponsabile del controllo": "titolare del trattamento",
    r"\bprocessore": "responsabile del trattamento",
    r"\bsoggetto dei dati|\bsoggetto interessato|\btitolare dei dati": "interessato",
    r"\bautorità di supervisione|\bautorità di vigilanza": "autorità di controllo",
    r"\blamentela|\bquerela": "reclamo",
    r"\brimozione dei dati|\beliminare i dati|\beliminazione": "cancellazione",
    r"\brestrizione": "limitazione",
    r"\britiro del consenso": "revoca del consenso",
    r"\bmercato diretto|\bpubblicità diretta": "marketing diretto",
    r"\bprofiling\b|\bprofilatura": "profilazione",
    r"\bbase legale": "base giuridica",
    r"\bautorità (leader|guida|principale)": "autorità di controllo capofila",
    r"\bsenza indebito ritardo|\bsenza ritardo ingiustificato": "senza ingiustificato ritardo",
    r"\brimedi (legali|giudiziari)": "mezzi di tutela, ricorso giurisdizionale",
    r"\bleggibile da (una )?macchina": "leggibile da dispositivo automatico",
    r"\bRGPD\b": "GDPR",
}


PRINTED = list(printed("it"))


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("gdpr:15",), "art. 15 GDPR"),
        (("gdpr:15.1.c",), "art. 15, par. 1, lett. c), GDPR"),
        (("gdpr:12.3", "gdpr:15"), "artt. 12, par. 3, e 15 GDPR"),
        (("gdpr:15", "gdpr:12.3"), "artt. 15 e 12, par. 3, GDPR"),
        # A comma closes a divided article, and a list puts its own: never two.
        (("gdpr:12.6", "gdpr:12.2", "gdpr:5.1.c"), "artt. 12, par. 6, 12, par. 2, e 5, par. 1, lett. c), GDPR"),
        (("gdpr:15-22",), "artt. da 15 a 22 GDPR"),
        (("gdpr:4.1",), "art. 4, punto 1), GDPR"),
        (("it-codice:142",), "art. 142 del Codice in materia di protezione dei dati personali"),
        (("it-codice:143.3",), "art. 143, comma 3, del Codice in materia di protezione dei dati personali"),
        (("ch-dsg:25.2.a",), "art. 25 cpv. 2 lett. a LPD"),
        (("edpb-01-2022:60", "edpb-01-2022:61"), "punti 60 e 61 delle Linee guida 01/2022 dell’EDPB"),
    ],
)
def test_citations_are_written_as_italian_lawyers_write_them(keys: tuple[str, ...], shown: str) -> None:
    assert Words("it", (LETTERS,)).cites(keys).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        (("accesso", "cancellazione"), "accesso e cancellazione"),
        (("codice", "estratto conto"), "codice ed estratto conto"),
        (("nome", "indirizzo", "età"), "nome, indirizzo ed età"),
        (("Irlanda", "Estonia"), "Irlanda ed Estonia"),
        (("4", "8"), "4 e 8"),
    ],
)
def test_e_becomes_ed_before_the_same_vowel(items: tuple[str, ...], shown: str) -> None:
    assert Words("it", (LETTERS,)).join(items) == shown


def test_every_quotation_mark_and_apostrophe_is_a_printed_one() -> None:
    # Caporali; the apostrophe is curly, as in a book.
    assert [place for place, text in PRINTED if re.search("[\"'“”„\u2018]", text)] == []


def test_quotation_marks_have_no_space_inside() -> None:
    assert [place for place, text in PRINTED if re.search(r"«\s|\s»", text)] == []


def test_an_accent_is_never_an_apostrophe() -> None:
    # "perché", "è", "più": no "perche’", "e’", "piu’", and the acute on -ché.
    assert [place for place, text in PRINTED if re.search(r"\b(e|piu|perche|puo|gia|cosi)’(\s|$)|chè\b", text)] == []


@pytest.mark.parametrize(("false", "official"), FALSE_TERMS.items())
def test_the_official_term_is_used_and_never_a_false_one(false: str, official: str) -> None:
    found = [place for place, text in PRINTED if re.search(false, text, re.IGNORECASE)]
    assert found == [], f"the GDPR says: {official}"


def test_no_article_stands_before_a_date() -> None:
    # "l’8 marzo", "il 9 marzo": the article would depend on the day. The letters say "in data 8 marzo 2026".
    led = re.compile(
        r"\b(il|dal|al|del|nel|sul|entro il|l’|dell’|all’|dall’)\s*\{\{[^}]*\|\s*day\s*\}\}", re.IGNORECASE
    )
    assert [path.name for path in IT.rglob("*.md.j2") if led.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("section", ["breaches", "events", "steps", "next"])
def test_no_article_stands_before_a_date_in_a_sentence_of_the_words(section: str) -> None:
    dates = "received|safe|today|answered|asked|day|other|until|last|end|start|nominal"
    led = re.compile(rf"\b(il|dal|al|del|nel|l’|dell’|all’|dall’)\s?\{{({dates})\}}", re.IGNORECASE)
    texts = Words("it", (LETTERS,)).section(section)
    assert [key for key, text in texts.items() if led.search(text)] == []


def test_an_elided_article_leads_every_single_citation_and_never_a_bare_preposition() -> None:
    # `cite()` gives "art. …" or "artt. …": before it "l’", "dell’", "degli", a bracket or a separator.
    bare = re.compile(rf"\b(di|a|da|in|su|con|per|secondo|il|lo|la|del|dal|al)\s+{_CITE}")
    assert [path.name for path in IT.rglob("*.md.j2") if bare.search(path.read_text(encoding="utf-8"))] == []


def test_an_elided_article_leads_no_list_of_citations() -> None:
    several = re.compile(rf'’{_CITE}"[^"]+",')
    assert [path.name for path in IT.rglob("*.md.j2") if several.search(path.read_text(encoding="utf-8"))] == []


def test_no_sentence_ends_with_the_name_of_a_company() -> None:
    # "Società S.p.A." ends with a full stop of its own.
    ends = re.compile(r"\{\{ (controller\.name|agent\.organisation|complaint\.authority) \}\}(\{% endif %\})?\.(\s|$)")
    assert [path.name for path in IT.rglob("*.md.j2") if ends.search(path.read_text(encoding="utf-8"))] == []


def test_a_number_written_by_hand_never_leaves_its_article_at_the_end_of_a_line() -> None:
    assert [place for place, text in PRINTED if re.search(r"\b(artt?|par|lett|doc|docc)\. \d", text)] == []


def test_an_end_that_is_no_text_names_its_source(tmp_path: Path) -> None:
    (tmp_path / "it").mkdir()
    text = (IT / "_lang.toml").read_text(encoding="utf-8")
    (tmp_path / "it" / "_lang.toml").write_text(text.replace('end = ","', "end = 1", 1), encoding="utf-8")
    with pytest.raises(LetterFileError, match=r"it/_lang\.toml: cite\.gdpr: it may hold the texts .* end"):
        Words("it", (tmp_path,))
