# ruff: noqa: RUF001 - the Greek and Cyrillic letters are meant
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dsar.paper.letter_text import WIDTH, render_text

from .letters import FRENCH, HOSTILE, LONG_NAME

EXPECTED = """\
Cabinet Aubépine
12, rue des Églantiers
75011 Paris
dossiers@agent.example

Clearface AI, Inc.
Data Protection Officer
214 W 29th Street
New York, NY 10001
États-Unis

Paris, le 2 avril 2026

Par lettre recommandée et par courriel

Notre référence  2026-7QX2M
Votre référence  CF-88
Objet            Mise en demeure de satisfaire à la demande d’accès du 5
                 janvier 2026

Madame, Monsieur,

Agissant pour Mme Éléonore Łukasiewicz-Őry (ŁódźŐΑθήναСофия), nous vous
demandons :

1. la confirmation que des données la concernant sont ou ne sont pas
   traitées ;
2. les finalités du traitement ;
3. les destinataires :
   - établis dans l’Union ;
   - établis dans un pays tiers ;
4. une copie des données.

Chronologie
-----------

Date            Événement           Délai
--------------  ---------------  --------
5 janvier 2026  Demande envoyée
6 février 2026  Délai expiré     31 jours

> Please provide a copy of a passport.

Voir les lignes directrices <https://edpb.example/lignes> et
https://agent.example/nu.

Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.

Jeanne Martin
Présidente

Pièces jointes
 1. Mandat du 2 janvier 2026
 2. Copie de la demande
"""


def test_the_text_reads_like_the_letter() -> None:
    assert render_text(FRENCH) == EXPECTED  # laid out by hand


def test_the_banner_is_the_first_line() -> None:
    assert render_text(replace(FRENCH, banner="RECONSTITUTION")).startswith("RECONSTITUTION\n\nCabinet Aubépine\n")


def test_lines_are_short_and_end_in_no_space() -> None:
    wide = "| a | b |\n|---|---|\n| " + "mot " * 40 + "| " + "autre " * 30 + "|\n\n" + "1. " + "mot " * 50
    text = render_text(replace(FRENCH, body=wide + "\n\nFin", subject="mot " * 60, enclosures=("mot " * 40,)))
    for line in text.split("\n"):
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_a_table_too_wide_for_the_page_becomes_lines() -> None:
    heads = "|".join(f"h{n}" for n in range(12))
    cells = "|".join(f"c{n}" for n in range(12))
    text = render_text(replace(FRENCH, body=f"|{heads}|\n{'|-' * 12}|\n|{cells}|\n"))
    assert "h0: c0\nh1: c1\n" in text
    assert "h11: c11\n" in text


def test_a_long_word_stays_whole_so_that_an_address_can_be_copied() -> None:
    assert LONG_NAME in render_text(replace(FRENCH, body=LONG_NAME))


def test_a_terminal_is_given_nothing_to_obey() -> None:
    text = render_text(replace(FRENCH, subject=HOSTILE, recipient=(HOSTILE,)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "{{ 7*7 }} [bold] #typst $&" in text


@given(st.text())
def test_any_body_becomes_text(body: str) -> None:
    text = render_text(replace(FRENCH, body=body))
    assert text.endswith("\n")
    assert all(line == line.rstrip() for line in text.split("\n"))
    assert not set(text) & {chr(code) for code in range(32) if chr(code) != "\n"}
