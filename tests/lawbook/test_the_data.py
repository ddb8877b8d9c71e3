"""The law as shipped, against what the statutes say."""

from datetime import date
from typing import get_args

import pytest

from dsar.core.law import Period
from dsar.core.parties import Sector
from dsar.core.terms import compute
from dsar.lawbook import load
from dsar.lawbook.calendars import calendar

from .places import EEA


def test_the_law_book_has_no_problem() -> None:
    assert load.check() == ()


def test_a_controller_of_the_union_has_one_month_and_three_in_all() -> None:
    # Art. 12(3) GDPR: one month, extended by two further months
    gdpr = load.law().regime("gdpr", date(2026, 3, 5))
    assert gdpr is not None
    assert gdpr.period == Period(months=1)
    assert gdpr.extended == Period(months=3)
    assert sorted(gdpr.countries) == sorted(EEA)
    assert gdpr.roll_strict
    assert gdpr.roll_safe


def test_the_gdpr_is_no_law_before_25_may_2018() -> None:
    # Art. 99(2) GDPR
    assert load.law().regime("gdpr", date(2018, 5, 24)) is None
    assert load.law().regime("gdpr", date(2018, 5, 25)) is not None


@pytest.mark.parametrize(
    ("day", "identity", "clarification"),
    [
        (date(2026, 2, 4), "suspends", "suspends-if-large"),
        (date(2026, 2, 5), "restarts", "excluded-both-days"),  # UK GDPR Art. 12A in force
    ],
)
def test_the_uk_counts_differently_since_5_february_2026(day: date, identity: str, clarification: str) -> None:
    uk = load.law().regime("uk-gdpr", day)
    assert uk is not None
    assert (uk.identity, uk.clarification, uk.fee) == (identity, clarification, identity)


def test_switzerland_has_thirty_days_and_ten_to_reflect_on_a_fee() -> None:
    # DSV 18(1), 18(2), 19(3); no rule on weekends in DSG or DSV
    swiss = load.law().regime("ch-fadp", date(2026, 3, 2))
    assert swiss is not None
    assert swiss.period == Period(days=30)
    assert swiss.extended is None
    assert (swiss.fee, swiss.reflection_days, swiss.announced_cite) == ("ten-days-then", 10, "ch-dsv:18.2")
    assert (swiss.roll_strict, swiss.roll_safe) == (False, True)


def test_the_german_police_has_no_last_day_and_the_french_one_is_not_confirmed() -> None:
    german, french = (load.law().regime(name, date(2026, 3, 2)) for name in ("led-de", "led-fr"))
    assert german is not None
    assert french is not None
    assert german.period is None
    assert french.period == Period(months=2)
    assert not french.checked


@pytest.mark.parametrize(
    ("term", "country", "start", "last"),
    [
        ("art-78-2", "FR", date(2020, 7, 14), date(2020, 10, 14)),
        ("art-78-2", "FR", date(2026, 2, 14), date(2026, 5, 15)),  # 14 May 2026 is Ascension Day
        ("procreg-admissibility", "FR", date(2027, 4, 6), date(2027, 4, 20)),
        ("procreg-transmission", "FR", date(2027, 4, 6), date(2027, 5, 18)),
        ("procreg-draft-decision", "IE", date(2027, 6, 1), date(2028, 9, 1)),
        ("procreg-simple", "IE", date(2027, 6, 1), date(2028, 6, 1)),
        ("at-dsg-24-4-knowledge", "AT", date(2026, 2, 10), date(2027, 2, 10)),
        ("at-dsg-24-4-event", "AT", date(2026, 2, 10), date(2029, 2, 10)),  # a Saturday: our own limit does not roll
        ("edps-two-years", "EU", date(2026, 3, 5), date(2028, 3, 5)),  # a Sunday: our own limit does not roll
        ("es-lopdgdd-64", "ES", date(2026, 3, 2), date(2026, 9, 2)),
        ("uk-164a-acknowledgement", "GB", date(2026, 7, 1), date(2026, 7, 31)),
    ],
)
def test_a_term_ends_on_the_day_counted_by_hand(term: str, country: str, start: date, last: date) -> None:
    assert compute(load.terms()[term], start, calendar(country)).last == last


@pytest.mark.parametrize(
    ("country", "start", "days", "last"),
    [
        ("FR", date(2026, 6, 1), 8, date(2026, 6, 9)),
        ("FR", date(2026, 6, 1), 15, date(2026, 6, 16)),
        ("FR", date(2026, 5, 29), 15, date(2026, 6, 15)),  # from Saturday 13 June: a courtesy
        ("DE", date(2026, 6, 1), 14, date(2026, 6, 15)),
    ],
)
def test_a_formal_notice_takes_its_days_from_the_letter(country: str, start: date, days: int, last: date) -> None:
    notice = load.terms()["notice"]
    assert notice.days_from_case
    assert notice.custom
    assert compute(notice, start, calendar(country), days=days).last == last


def test_none_of_our_own_limits_rolls() -> None:
    assert [term.id for term in load.terms().values() if term.binds == "us" and term.rolls] == []


def test_the_demands_stand_in_the_order_of_article_15() -> None:
    usual = [rule for rule in load.demands().values() if rule.always]
    assert [rule.id for rule in usual if rule.right in {"access", "erasure"}] == [
        *[
            "confirmation",
            "purposes",
            "categories",
            "recipients",
            "retention",
            "rights",
            "complaint",
            "source",
            "automated-decisions",
        ],
        *["transfers", "copy", "source-urls", "biometric-template", "searches"],
        *["erase", "erase-confirm", "notify-recipients", "no-reappearance"],
    ]
    asked = [rule for rule in usual if rule.right == "access"]
    letters = [cite[-1] for rule in asked for cite in rule.cites[:1] if cite.startswith("gdpr:15.1.")]
    assert letters == [*"abcdefgh", "g", "c"]


def test_only_face_search_companies_are_asked_about_faces() -> None:
    special = {rule.id: rule.sectors for rule in load.demands().values() if rule.sectors}
    assert special == dict.fromkeys(
        ("source-urls", "biometric-template", "searches", "no-reappearance"), ("face-search",)
    )


def test_a_breach_asks_only_for_powers_of_article_58_2() -> None:
    powers = {power for rule in load.breaches().values() for power in rule.powers}
    assert powers <= {f"gdpr:58.2.{letter}" for letter in "abcdefghij"}
    assert all(rule.powers for rule in load.breaches().values())


def test_every_precedent_that_a_rule_names_may_be_cited() -> None:
    law = load.law()
    named = {name for rule in law.demands.values() for name in rule.precedents}
    named |= {name for rule in law.breaches.values() for name in rule.precedents}
    assert {name for name in named if not law.precedents[name].checked} == set()
    assert "cjeu-c-154-21" in named


def test_face_search_companies_whose_contacts_conflict_are_not_called_checked() -> None:
    directory = load.controllers()
    for name in ("clearview-ai", "pimeyes", "facecheck-id"):
        assert not directory[name].checked
        assert any(word in habit for habit in directory[name].habits for word in ("Conflict", "Unconfirmed"))
    # nobody knows where these two sit: no address is invented
    assert not directory["pimeyes"].address.known
    assert not directory["facecheck-id"].address.known
    assert {controller.sector for controller in directory.values()} <= set(get_args(Sector))


def test_every_citation_key_of_the_terms_names_a_known_act() -> None:
    assert {term.cite.partition(":")[0] for term in load.terms().values() if term.cite} <= set(load.acts())


def test_the_version_names_the_law_and_not_the_directory() -> None:
    version = load.law().version
    assert len(version) == 12
    assert int(version, 16) >= 0
