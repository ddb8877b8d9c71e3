"""A mandate that names several controllers, or whose powers were chosen: what it prints in each language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address, Controller
from dsar.core.powers import BEYOND
from dsar.lawbook.load import law
from dsar.letters.fill import fill
from dsar.letters.find import languages, template
from dsar.letters.words import Words

from .briefs import MANDATE, brief
from .golden_text import ROOTS

if TYPE_CHECKING:
    from dsar.core.letter import Letter
    from dsar.core.parties import Mandate

LANGUAGES = languages(ROOTS)
FIRST = brief("mandate", Words("en", ROOTS)).controller.name
NOWHERE = Address(lines=(), country="FR")
ALSO = ("Miroir *SAS*", "Spiegel & Söhne")


def _letter(kind: str, lang: str, mandate: Mandate) -> Letter:
    words = Words(lang, ROOTS)
    told = replace(brief("mandate", words), kind=kind, lang=lang, mandate=mandate, agent=mandate.agent)
    return fill(template(ROOTS, kind, lang), told, law(), words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_controller_stands_on_a_line_of_its_own(lang: str) -> None:
    made = _letter("mandate", lang, replace(MANDATE, also=ALSO))
    lines = [line.replace("\\", "") for line in made.body.splitlines()]
    assert "- Miroir *SAS*" in lines
    assert "- Spiegel & Söhne" in lines
    assert any(line.startswith(f"- {FIRST}") for line in lines)
    # a name is no markup, and the subject line names nobody of several
    assert "- Miroir *SAS*" not in made.body
    assert FIRST not in made.subject
    assert "\n\n\n" not in made.body


@pytest.mark.parametrize(
    ("lang", "country"),
    [
        ("de", "Frankreich"),
        ("en", "France"),
        ("es", "Francia"),
        ("fr", "France"),
        ("it", "Francia"),
        ("nl", "Frankrijk"),
    ],
)
def test_each_controller_stands_there_with_its_address_and_country(lang: str, country: str) -> None:
    words = Words(lang, ROOTS)
    home = Address(lines=("5 rue *Neuve*", "69001 Lyon"), country="FR")
    others = (Controller(id="m", name=ALSO[0], address=home), Controller(id="s", name=ALSO[1], address=NOWHERE))
    mandate = replace(MANDATE, also=(*ALSO, "Third"))
    told = replace(brief("mandate", words), kind="mandate", lang=lang, mandate=mandate, others=others)
    body = fill(template(ROOTS, "mandate", lang), told, law(), words).body
    lines = [line.replace("\\", "") for line in body.splitlines()]
    assert f"- Miroir *SAS*, 5 rue *Neuve*, 69001 Lyon, {country}" in lines
    assert f"- Spiegel & Söhne, {country}" in lines  # of which no more is known
    assert "- Third" in lines
    assert "5 rue *Neuve*" not in body


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_revocation_names_all_of_them(lang: str) -> None:
    body = _letter("mandate-revocation", lang, replace(MANDATE, also=ALSO)).body
    assert all(name in body.replace("\\", "") for name in (FIRST, *ALSO))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_powers_that_were_chosen_are_listed_and_no_others(lang: str) -> None:
    words = Words(lang, ROOTS)
    chosen = ("request", "complaint", "compensation")
    body = _letter("mandate", lang, replace(MANDATE, powers=chosen)).body
    for power, article in zip(BEYOND, ("77", "78", "79", "82"), strict=True):
        listed = [line for line in body.splitlines() if line.startswith(f"- {words.label('power', power)} (")]
        assert bool(listed) == (power in chosen), power
        assert all(article in line for line in listed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mandate_for_requests_alone_gives_nothing_towards_an_authority(lang: str) -> None:
    agent = replace(MANDATE.agent, commercial=False)
    usual = _letter("mandate", lang, replace(MANDATE, kind="agent", agent=agent)).body
    alone = _letter("mandate", lang, replace(MANDATE, kind="agent", agent=agent, powers=("request",))).body
    cited = Words(lang, ROOTS).cite("gdpr:77")
    assert cited in usual
    assert cited not in alone
    assert "82" not in alone


def test_the_languages_have_a_word_for_every_power() -> None:
    for lang in LANGUAGES:
        words = Words(lang, ROOTS)
        said = {words.label("power", power) for power in ("request", "receive-data", *BEYOND)}
        assert len(said) == 6
