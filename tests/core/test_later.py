from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import AuthorityActed, Escalated

from .cases import between, day, request_received

if TYPE_CHECKING:
    from dsar.core.deadlines import Deadline

    from .cases import CaseFile


def lodged(authority: str, on: str) -> CaseFile:
    """A request received on 2 March 2026, never answered, and a complaint."""
    file = request_received("2026-03-02")
    file.write(Escalated(on=day(on), authority=authority))
    return file


def last(deadline: Deadline) -> date | None:
    return deadline.strict


def ids(file: CaseFile, as_of: str) -> set[str]:
    return {deadline.id for deadline in file.due(as_of)}


def test_the_silence_of_the_cnil_is_a_clock_of_its_own_beside_article_78() -> None:
    """Lodged on Monday 4 May 2026 + 3 months = Tuesday 4 August 2026: décret 2019-536 art. 10, and Art. 78(2) GDPR."""
    file = lodged("fr-cnil", "2026-05-04")
    assert last(file.deadline("fr-cnil-silence", "2026-05-04")) == date(2026, 8, 4)
    assert last(file.deadline("art-78-2", "2026-05-04")) == date(2026, 8, 4)


def test_news_of_the_authority_meets_both_but_an_acknowledgement_meets_neither() -> None:
    file = lodged("fr-cnil", "2026-05-04")
    file.write(AuthorityActed(on=day("2026-05-06"), act="ack"))
    assert file.deadline("fr-cnil-silence", "2026-07-01").met is None
    file.write(AuthorityActed(on=day("2026-07-15"), act="progress"))
    assert file.deadline("fr-cnil-silence", "2026-07-15").met == date(2026, 7, 15)
    assert file.deadline("art-78-2", "2026-07-15").met == date(2026, 7, 15)


def test_a_decision_of_the_cnil_opens_two_months_for_the_conseil_d_etat() -> None:
    """Decided on 1 July 2026 + 2 months = 1 September 2026; ours, so it never rolls (CJA R.421-1)."""
    file = lodged("fr-cnil", "2026-05-04")
    assert "fr-cnil-appeal" not in ids(file, "2026-06-30")
    file.write(AuthorityActed(on=day("2026-07-01"), act="decision"))
    appeal = file.deadline("fr-cnil-appeal", "2026-07-01")
    assert (appeal.binds, last(appeal)) == ("us", date(2026, 9, 1))
    assert file.who("2026-07-03")[1] == "limit"  # 60 days before 1 September is 3 July


def test_a_limit_of_ours_that_falls_on_a_sunday_does_not_roll() -> None:
    """Decided on 15 September 2026 + 2 months = Sunday 15 November 2026."""
    file = lodged("fr-cnil", "2026-05-04")
    file.write(AuthorityActed(on=day("2026-09-15"), act="decision"))
    assert last(file.deadline("fr-cnil-appeal", "2026-09-15")) == date(2026, 11, 15)


def test_an_authority_without_a_rule_of_silence_has_article_78_alone() -> None:
    file = lodged("ie-dpc", "2026-05-04")
    assert ids(file, "2026-05-04") >= {"art-78-2"}
    assert "fr-cnil-silence" not in ids(file, "2026-05-04")


def test_the_austrian_limits_run_from_the_first_grievance_until_the_complaint() -> None:
    """Due on 2 April 2026, so silence is a grievance from 3 April: one year ends on 3 April 2027, three in 2029."""
    file = between(request_received("2026-03-02"), home="AT")
    assert "at-dsg-24-4-knowledge" not in ids(file, "2026-04-02")
    assert last(file.deadline("at-dsg-24-4-knowledge", "2026-04-03")) == date(2027, 4, 3)
    assert last(file.deadline("at-dsg-24-4-event", "2026-04-03")) == date(2029, 4, 3)
    file.write(Escalated(on=day("2026-05-04"), authority="at-dsb"))
    assert "at-dsg-24-4-knowledge" not in ids(file, "2026-05-04")


def test_the_procedural_regulation_counts_only_for_cross_border_cases_lodged_from_april_2027_on() -> None:
    """Lodged in France on 6 April 2027 against an Irish controller: two weeks 20 April, six weeks 18 May 2027."""
    file = between(request_received("2027-01-05"), controller="IE")
    file.write(Escalated(on=day("2027-04-06"), authority="fr-cnil"))
    assert last(file.deadline("procreg-admissibility", "2027-04-06")) == date(2027, 4, 20)
    assert last(file.deadline("procreg-transmission", "2027-04-06")) == date(2027, 5, 18)


def test_before_april_2027_and_within_one_country_it_does_not_count() -> None:
    early = between(request_received("2026-03-02"), controller="IE")
    early.write(Escalated(on=day("2026-05-04"), authority="fr-cnil"))
    assert "procreg-admissibility" not in ids(early, "2026-05-04")
    domestic = between(request_received("2027-01-05"), controller="FR")
    domestic.write(Escalated(on=day("2027-04-06"), authority="fr-cnil"))
    assert "procreg-admissibility" not in ids(domestic, "2027-04-06")
