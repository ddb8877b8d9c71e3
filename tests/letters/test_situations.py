"""Replies, escalation and mandates: the letters as they were read, and what they must not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dsar.letters.errors import MissingValueError, NoLetterError, TooEarlyError
from dsar.letters.fill import fill
from dsar.letters.find import languages, template
from dsar.letters.words import Words

from .briefs import law
from .golden_situations import READ, letter, place
from .golden_text import ROOTS, text
from .situations import SITUATIONS

KINDS = sorted({name.partition(".")[0] for name in SITUATIONS})


@pytest.mark.parametrize(("name", "lang"), READ)
def test_the_letter_is_the_one_that_was_read_and_kept(name: str, lang: str) -> None:
    assert text(letter(name, lang)) == place(name, lang).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", languages(ROOTS))
@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_has_its_letter_wherever_the_kind_exists(name: str, lang: str) -> None:
    try:
        made = letter(name, lang)
    except NoLetterError:
        pytest.skip("this kind is not written in that language yet; `dsar letters check` says so")
    assert made.lang == lang
    assert "{" not in made.body
    assert "None" not in made.body
    assert "\n\n\n" not in made.body


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_about_their_message_names_its_day_and_not_ours(kind: str) -> None:
    """2 February is their message, 21 January the request: a reply that names neither could be to anybody."""
    for name in (one for one in SITUATIONS if one.partition(".")[0] == kind):
        made = letter(name, "en")
        if template(ROOTS, kind, "en").needs[:1] == ("question",):
            assert "2 February 2026" in made.subject
            assert "21 January 2026" in made.subject


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_before_the_month_is_over_a_contested_extension_alleges_nothing(lang: str) -> None:
    """The reasons can still follow until 23 February: on the 3rd they are asked for, and nothing is called late."""
    before = letter("extension-contested.no-reasons", lang).body
    after = letter("extension-contested.never-reasons", lang).body
    words = {"en": ("Please communicate them", "has therefore not been met"), "fr": ("les communiquer", "n’a donc pas")}
    asks, alleges = words[lang]
    assert asks in before
    assert alleges not in before
    assert alleges in after


@pytest.mark.parametrize("name", ["fee-contested", "portal-refused", "third-party-data", "judicial-notice"])
def test_a_letter_that_contests_is_not_written_without_the_breach(name: str) -> None:
    words = Words("en", ROOTS)
    told = replace(SITUATIONS[name](words), grievances=())
    with pytest.raises((TooEarlyError, MissingValueError)):
        fill(template(ROOTS, name, "en"), told, law(), words)


def test_a_letter_sees_only_the_breaches_of_which_it_speaks() -> None:
    """The case also knows an excessive identity demand: the letter about a stranger's data does not speak of it."""
    words = Words("en", ROOTS)
    told = SITUATIONS["third-party-data"](words)
    assert [one.id for one in told.grievances] == ["third-party-data", "identity-excessive"]
    made = fill(template(ROOTS, "third-party-data", "en"), told, law(), words)
    assert "passport" not in made.body


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", [name for name in SITUATIONS if name.startswith(("clarification", "identity"))])
def test_a_last_day_is_called_ones_own_count_and_never_after_it_has_passed(name: str, lang: str) -> None:
    words = Words(lang, ROOTS)
    day = words.day(date(2026, 2, 23))
    told = SITUATIONS[name](words)
    told = replace(told, question=replace(told.question, large=None))  # type: ignore[type-var]  # it replies to one
    own = {"en": "By my reckoning", "fr": "Selon mon calcul"}[lang]
    kind = template(ROOTS, name.partition(".")[0], lang)
    lines = [line for line in fill(kind, told, law(), words).body.splitlines() if day in line]
    assert len(lines) == 1
    assert lines[0].startswith(own)
    later = replace(told, today=date(2026, 2, 24))
    assert day not in fill(kind, later, law(), words).body


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_parent_signs_as_such_and_gives_no_mandate(lang: str) -> None:
    made = letter("capacity.parent", lang)
    assert Words(lang, ROOTS).label("mandate", "parent") in made.signature[-1]
    assert {"en": "under mandate", "fr": "mandat"}[lang] not in " ".join((made.body, *made.signature))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["mandate.art80", "mandate.lawyer", "capacity.parent", "capacity.heir"])
def test_a_power_names_the_articles_of_the_rights_it_covers(name: str, lang: str) -> None:
    body = letter(name, lang).body
    words = Words(lang, ROOTS)
    assert words.cite("gdpr:15") in body
    assert words.cite("gdpr:17") in body
    assert words.cite("gdpr:21.1") not in body
