"""What a machine can check in Spanish: its quotation marks, its official terms, its "y" that becomes "e"."""

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

ES = LETTERS / "es"

# The Spanish text of the GDPR on the right (Arts 4, 12, 15 to 22, 56, 58, 77); the calque or other law on the left.
FALSE_TERMS = {
    r"\bcontrolador": "responsable del tratamiento",
    r"\bprocesador": "encargado del tratamiento",
    r"\bsujeto de (los )?datos": "interesado",
    r"\btitular de los datos": "interesado",
    r"\bderecho al? borrado|\bborr(ar|ado|en)\b|\belimina": "supresión, suprimir",
    r"\bautoridad de supervisión": "autoridad de control",
    r"\bmarketing": "mercadotecnia directa",
    r"\bdatos de carácter personal": "datos personales",
    r"\bperfilado": "elaboración de perfiles",
    r"\bqueja": "reclamación",
    r"\bLOPD\b|(?<!UK )\bGDPR\b": "LOPDGDD, RGPD",
    r"\bautoridad líder": "autoridad de control principal",
    r"\bremedios legales": "vías de reclamación, acciones judiciales",
    r"\blegible por máquina": "de lectura mecánica",
    r"\bbase legal": "base jurídica",
}


PRINTED = list(printed("es"))


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        (("acceso", "supresión"), "acceso y supresión"),
        (("acceso", "intervención humana"), "acceso e intervención humana"),
        (("nombre", "fecha", "Identificador de cookie"), "nombre, fecha e Identificador de cookie"),
        (("España", "Hidalgo"), "España e Hidalgo"),
        (("agua", "hielo"), "agua y hielo"),
        (("átomo", "ion"), "átomo y ion"),
        (("Irlanda", "España"), "Irlanda y España"),
        (("4", "8"), "4 y 8"),
    ],
)
def test_y_becomes_e_before_the_sound_of_i(items: tuple[str, ...], shown: str) -> None:
    # Ortografía de la lengua española: "e" before i- and hi-, except where they begin a diphthong.
    assert Words("es", (LETTERS,)).join(items) == shown


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("gdpr:15.1.c",), "artículo 15.1.c) del RGPD"),
        (("gdpr:12.3", "gdpr:15"), "artículos 12.3 y 15 del RGPD"),
        (("gdpr:15-22",), "artículos 15 a 22 del RGPD"),
        (("es-lopdgdd:65.5",), "artículo 65.5 de la LOPDGDD"),
        (("reg-1182-71:3",), "artículo 3 del Reglamento (CEE, Euratom) n.º\u00a01182/71"),
        (("edpb-01-2022:63",), "apartado 63 de las Directrices 01/2022 del CEPD"),
    ],
)
def test_citations_are_written_as_spanish_lawyers_write_them(keys: tuple[str, ...], shown: str) -> None:
    assert Words("es", (LETTERS,)).cites(keys) == shown


def test_every_quotation_mark_is_a_spanish_one() -> None:
    found = [place for place, text in PRINTED if re.search("[\"'“”„\u2018]|(?<!d)’", text)]
    assert found == []


def test_every_question_and_exclamation_opens_as_it_closes() -> None:
    for place, text in PRINTED:
        assert (text.count("¿"), text.count("¡")) == (text.count("?"), text.count("!")), place


def test_quotation_marks_have_no_space_inside() -> None:
    assert [place for place, text in PRINTED if re.search(r"«[\s\u00a0]\S|\S[\u00a0]»", text)] == []


@pytest.mark.parametrize(("false", "official"), FALSE_TERMS.items())
def test_the_official_term_is_used_and_never_a_false_one(false: str, official: str) -> None:
    found = [place for place, text in PRINTED if re.search(false, text, re.IGNORECASE)]
    assert found == [], f"the GDPR says: {official}"


def test_an_article_never_fails_to_contract() -> None:
    # "del artículo", "al artículo": "de el" and "a el" are two words only before a name that begins with "El".
    assert [place for place, text in PRINTED if re.search(r"\b(de|a) el\b", text)] == []


def test_a_citation_is_never_left_without_the_article_that_leads_it() -> None:
    # `cite()` gives "artículo …": before it stand el, del, al, los, a bracket or a separator, never a bare preposition.
    bare = re.compile(r"\b(de|a|en|según|por|con|bajo)\s+\{\{\s*cite\(")
    assert [path.name for path in ES.rglob("*.md.j2") if bare.search(path.read_text(encoding="utf-8"))] == []


def test_no_sentence_ends_with_the_name_of_a_company() -> None:
    # "Sociedad, S. A." ends with a full stop of its own.
    ends = re.compile(r"\{\{ (controller\.name|agent\.organisation|complaint\.authority) \}\}(\{% endif %\})?\.(\s|$)")
    assert [path.name for path in ES.rglob("*.md.j2") if ends.search(path.read_text(encoding="utf-8"))] == []


def test_a_broken_expression_for_another_conjunction_names_its_key(tmp_path: Path) -> None:
    (tmp_path / "es").mkdir()
    text = (ES / "_lang.toml").read_text(encoding="utf-8")
    (tmp_path / "es" / "_lang.toml").write_text(text.replace('before = "h?', 'before = "(h?'), encoding="utf-8")
    with pytest.raises(LetterFileError, match=r"es/_lang\.toml: join\.before: it is no regular expression"):
        Words("es", (tmp_path,))


def test_a_language_without_another_conjunction_has_one(tmp_path: Path) -> None:
    (tmp_path / "es").mkdir()
    lines = (ES / "_lang.toml").read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("before"))
    (tmp_path / "es" / "_lang.toml").write_text(kept, encoding="utf-8")
    assert Words("es", (tmp_path,)).join(("acceso", "intervención")) == "acceso y intervención"
