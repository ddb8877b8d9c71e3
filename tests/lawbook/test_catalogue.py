"""The catalogue of breaches and demands, against what the regulation and the plan of the law book ask for."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from dsar.core.demands import default_demands
from dsar.core.details import Details
from dsar.core.law import Raised
from dsar.core.parallels import RegimeId
from dsar.core.under import Under
from dsar.lawbook import load

WORDS = Path(__file__).parents[2] / "letters"

# What the catalogue must hold at least, each with the provision that is infringed
ARTICLES = {
    "no-answer": "gdpr:12.3",
    "late-answer": "gdpr:12.3",
    "extension-no-reasons": "gdpr:12.3",
    "extension-late": "gdpr:12.3",
    "identity-no-doubt": "gdpr:12.6",
    "identity-excessive": "gdpr:12.6",
    "identity-insecure": "gdpr:5.1.f",
    "fee": "gdpr:12.5",
    "portal-only": "gdpr:12.2",
    "mandate-refused": "gdpr:12.2",
    "generic-answer": "gdpr:15.1",
    "recipients-as-categories": "gdpr:15.1.c",
    "no-source": "gdpr:15.1.g",
    "no-copy": "gdpr:15.3",
    "no-logic": "gdpr:15.1.h",
    "no-safeguards": "gdpr:15.2",
    "refusal-no-reasons": "gdpr:12.4",
    "refusal-no-remedies": "gdpr:12.4",
    "not-erased": "gdpr:17.1",
    "partial-erasure": "gdpr:17.1",
    "exception-not-shown": "gdpr:17.3",
    "recipients-not-notified": "gdpr:19",
    "third-party-data": "gdpr:15.4",
    "no-article-14-notice": "gdpr:14.1",
    "no-legal-basis": "gdpr:6.1",
    "biometric-no-ground": "gdpr:9.1",
    "no-representative": "gdpr:27.1",
    "hindered": "gdpr:12.2",
    "non-cooperation": "gdpr:31",
    "erased-after-request": "edpb-01-2022:38-39",
    "access-limited": "gdpr:12.2",
    "objection-ignored": "gdpr:21.1",
    "marketing-after-objection": "gdpr:21.3",
    "consent-withdrawal-ignored": "gdpr:7.3",
    "not-rectified": "gdpr:16",
    "not-restricted": "gdpr:18.1",
    "portability-refused": "gdpr:20.1",
    "no-human-review": "gdpr:22.3",
}

# The only breaches that the facts, or a judgment on a message, raise by themselves: see dsar.core.breaches
COMPUTED = {
    "no-answer",
    "late-answer",
    "hindered",
    "incomplete-answer",
    "not-erased",
    "extension-late",
    "extension-no-reasons",
    "not-acted-on",
}
JUDGED = {"identity-excessive", "fee", "portal-only"}

ACCESS = (
    *("confirmation", "purposes", "categories", "recipients", "retention", "rights", "complaint", "source"),
    *("automated-decisions", "transfers", "copy"),
)
FACES = ("source-urls", "biometric-template", "searches")

# The values that the head of letters/en/_words/breaches.toml explains
VALUES = {"controller", "received", "safe", "today", "days", "answered", "asked", "items", "known", "lacking", "count"}
# Those that are filled for a breach found in the review of an answer
REVIEW_VALUES = {"controller", "received", "answered", "asked", "known", "note"}

# The articles of the other rights, and the items that their text contains
RIGHTS = {
    "rectification": {"gdpr:16", "gdpr:19", "gdpr:12.3"},
    "restriction": {"gdpr:18.1", "gdpr:18.2", "gdpr:18.3", "gdpr:19", "gdpr:12.3"},
    "portability": {"gdpr:20.1", "gdpr:20.2", "gdpr:12.4"},
    "objection": {"gdpr:21.1", "gdpr:18.1.d", "gdpr:12.3"},
    "marketing-objection": {"gdpr:21.2", "gdpr:21.3", "gdpr:12.3"},
    "automated-decision": {"gdpr:22.1", "gdpr:22.2", "gdpr:22.3", "gdpr:15.1.h"},
    "consent-withdrawal": {"gdpr:7.3", "gdpr:6.1", "gdpr:12.3"},
}


GDPR = Under(law=load.law(), regime="gdpr", on=date(2026, 11, 21))
# what the law asks under another regime, where the words for the GDPR would not be true
ELSEWHERE = {f"law-{regime}" for regime in get_args(RegimeId)}


def _words(lang: str, name: str) -> dict[str, dict[str, str]]:
    path = WORDS / lang / "_words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_breach_of_the_plan_is_there_with_its_article() -> None:
    rules = load.breaches()
    assert {name: cite for name, cite in ARTICLES.items() if name not in rules or cite not in rules[name].cites} == {}
    assert len(ARTICLES) >= 25


def test_only_what_the_program_can_compute_is_called_computed() -> None:
    raised = {how: {rule.id for rule in load.breaches().values() if rule.raised == how} for how in get_args(Raised)}
    assert raised["computed"] == COMPUTED
    assert raised["judgment"] == JUDGED


def test_no_rule_of_the_catalogue_is_unchecked() -> None:
    assert [rule.id for rule in load.breaches().values() if not rule.checked] == []
    assert [rule.id for rule in load.demands().values() if not rule.checked] == []


@pytest.mark.parametrize(
    ("breach", "decisions"),
    [
        ("generic-answer", {"cnil-san-2022-019"}),  # a reference to the privacy policy is no answer
        ("access-limited", {"cnil-med-2021-134", "cnil-san-2022-019"}),  # twelve months, twice a year
        ("non-cooperation", {"cnil-san-2022-019"}),  # Art. 31
        ("no-copy", {"cjeu-c-487-21", "cjeu-c-307-22"}),
        ("no-logic", {"cjeu-c-203-22", "cjeu-c-634-21"}),
        ("not-rectified", {"cjeu-c-247-23"}),  # evidence: relevant and sufficient
        ("erased-after-request", {"edpb-01-2022"}),
        ("mandate-refused", {"edpb-01-2022"}),
    ],
)
def test_a_breach_is_supported_by_the_decision_that_found_it(breach: str, decisions: set[str]) -> None:
    assert decisions <= set(load.breaches()[breach].precedents)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_decision_that_supports_a_breach_says_so_in_its_holding(lang: str) -> None:
    held = {name: _words(lang, "holdings")[name] for name in ("cnil-med-2021-134", "cnil-san-2022-019")}
    months = {"en": "twelve months", "fr": "douze mois"}[lang]
    assert all(months in words for words in held.values())
    assert "31" in held["cnil-san-2022-019"]


def test_an_authority_is_asked_to_order_erasure_only_for_what_article_58_2_g_covers() -> None:
    # Art. 58(2)(g): rectification, erasure or restriction under Arts 16, 17 and 18, and their notification (Art. 19)
    asked = {rule.id for rule in load.breaches().values() if "gdpr:58.2.g" in rule.powers}
    lawful = {"no-legal-basis", "biometric-no-ground"}  # unlawful data are erased: Art. 17(1)(d)
    covered = {
        rule.id
        for rule in load.breaches().values()
        if any(re.match(r"gdpr:(16|17|18|19)(\.|$)", cite) for cite in rule.cites)
    }
    assert asked == covered | lawful


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_breach_has_its_words_and_no_others(lang: str) -> None:
    words = _words(lang, "breaches")
    assert set(words) == set(load.breaches())
    for name, texts in words.items():
        assert {key for key in texts if key not in ELSEWHERE} == {"title", "law", "facts"}, name
        assert all(text.strip() and "\n" not in text for text in texts.values()), name
        assert all(text.endswith(".") for key, text in texts.items() if key.startswith("law")), name
        assert not texts["title"].endswith("."), name
        assert _values(texts["title"] + texts["law"]) == set(), name
        assert texts["facts"].endswith("{note}"), name


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_facts_of_a_breach_use_only_values_that_its_kind_has(lang: str) -> None:
    words = _words(lang, "breaches")
    for name, rule in load.breaches().items():
        known = REVIEW_VALUES if rule.raised == "review" else VALUES | {"note"}
        assert _values(words[name]["facts"]) <= known, name


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_two_breaches_and_no_two_demands_of_a_right_are_told_in_the_same_words(lang: str) -> None:
    for key in ("title", "law", "facts"):
        texts = [one[key] for one in _words(lang, "breaches").values()]
        assert len(texts) == len(set(texts)), key
    demands = _words(lang, "demands")
    for key in ("words", "short"):
        # the police and the Swiss are asked under their own acts, in letters of their own
        rules = load.demands().values()
        told = [(rule.right, rule.cites[0].partition(":")[0], demands[rule.id][key]) for rule in rules]
        assert len(told) == len(set(told)), key


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_demand_has_its_words_and_no_others(lang: str) -> None:
    words = _words(lang, "demands")
    assert set(words) == set(load.demands())
    for name, texts in words.items():
        assert set(texts) == {"words", "short"}, name
        assert texts["words"].endswith("."), name
        assert not texts["short"].endswith("."), name
        assert len(texts["short"]) <= 60, name
        assert _values(texts["words"] + texts["short"]) == set(), name


@pytest.mark.parametrize("name", ["breaches", "demands"])
def test_french_words_stand_off_their_punctuation_by_unbreakable_spaces(name: str) -> None:
    texts = [text for one in _words("fr", name).values() for text in one.values()]
    texts += [str(one) for one in _words("fr", "holdings").values()]
    assert [text for text in texts if re.search(r"[^\u202f][;!?]|[^\u00a0\u202f]:|«[^\u00a0\u202f]|['\"]", text)] == []
    assert any("\u202f;" in text for text in texts)
    assert any("\u00a0:" in text for text in texts)


@pytest.mark.parametrize(
    ("sector", "demands"),
    [
        ("general", (*ACCESS, "erase", "erase-confirm", "notify-recipients")),
        ("face-search", (*ACCESS, *FACES, "erase", "erase-confirm", "notify-recipients", "no-reappearance")),
    ],
)
def test_a_request_for_access_and_erasure_asks_what_it_always_asked(sector: str, demands: tuple[str, ...]) -> None:
    chosen = default_demands(GDPR, ("access", "erasure"), sector, ())
    assert tuple(demand.id for demand in chosen) == demands


def test_the_rights_of_the_regulation_each_have_their_demands() -> None:
    # Arts 15, 16, 17, 18, 20, 21(1), 21(2), 22(3) and 7(3)
    assert {rule.right for rule in load.demands().values()} == {"access", "erasure", *RIGHTS}


@pytest.mark.parametrize("right", RIGHTS)
def test_what_the_article_of_a_right_contains_is_asked_item_by_item(right: str) -> None:
    told = Details(corrections=(("a", "b"),), supplement="c", transmit_to="d")
    asked = default_demands(GDPR, (right,), "general", (), details=told)
    assert len(asked) >= 3
    assert all(demand.right == right for demand in asked)
    assert RIGHTS[right] <= {cite for demand in asked for cite in load.demands()[demand.id].cites}


def test_the_same_is_asked_of_every_controller_under_the_other_rights() -> None:
    for right in RIGHTS:
        one, other = (default_demands(GDPR, (right,), sector, ()) for sector in ("general", "police"))
        assert one == other


@pytest.mark.parametrize(
    ("demand", "decision"),
    [
        ("rectify-evidence", "cjeu-c-247-23"),
        ("objection-grounds", "cjeu-c-621-22"),
        ("marketing-profiling", "cjeu-c-446-21"),
        ("decision-ground", "cjeu-c-634-21"),
        ("decision-logic", "cjeu-c-203-22"),
    ],
)
def test_a_demand_names_the_decision_that_sharpened_it(demand: str, decision: str) -> None:
    assert decision in load.demands()[demand].precedents
