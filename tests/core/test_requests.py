"""What a request asks, in which order, and whether its receipt starts a period that a law sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dsar.core.demands import default_demands
from dsar.core.details import Details
from dsar.core.events import Demand, Opened
from dsar.core.rights import REQUESTS, ordered
from dsar.core.under import Under
from dsar.lawbook.load import law

from .cases import CLEARFACE, ZOE, CaseFile, day

UNDER = Under(law=law(), regime="gdpr", on=date(2026, 3, 2))


def asked(*rights: str, details: Details | None = None, questions: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    made = default_demands(UNDER, ordered(rights), "general", questions, details=details)
    return [(demand.id, demand.right) for demand in made]


def test_erasure_comes_last_whatever_else_is_asked() -> None:
    rights = [right for _, right in asked("erasure", "objection", "access", "restriction")]
    assert list(dict.fromkeys(rights)) == ["access", "objection", "restriction", "erasure"]


def test_a_question_belongs_to_access_where_that_is_asked_and_stands_last_elsewhere() -> None:
    assert asked("access", "erasure", questions=("Why?",))[11] == ("q1", "access")
    assert asked("erasure", questions=("Why?", "When?"))[-2:] == [("q1", "questions"), ("q2", "questions")]


def test_only_what_was_said_to_be_wrong_is_to_be_rectified() -> None:
    wrong = [name for name, _ in asked("rectification", details=Details(corrections=(("a", "b"),)))]
    lacking = [name for name, _ in asked("rectification", details=Details(supplement="the contract ended"))]
    assert ("rectify" in wrong, "complete" in wrong) == (True, False)
    assert ("rectify" in lacking, "complete" in lacking) == (False, True)


def test_a_transmission_is_asked_only_where_there_is_somebody_to_transmit_to() -> None:
    assert ("port-transfer", "portability") not in asked("portability")
    assert ("port-transfer", "portability") in asked("portability", details=Details(transmit_to="Heron"))


def test_the_restriction_of_an_objection_is_not_asked_twice() -> None:
    assert ("objection-restrict", "objection") in asked("objection")
    assert ("objection-restrict", "objection") not in asked("objection", "restriction")


def test_a_letter_that_names_its_demands_asks_these_and_no_other() -> None:
    made = default_demands(UNDER, ("access",), "police", (), asks=("copy", "segments"))
    assert [demand.id for demand in made] == ["copy", "segments"]


@pytest.mark.parametrize("kind", REQUESTS)
def test_every_request_starts_the_clock_of_article_12(kind: str) -> None:
    file = CaseFile()
    file.delivered("2026-03-05", file.sent("2026-03-02", file.issued("2026-03-02", kind)))
    # 5 April 2026 is Easter Sunday, the 6th Easter Monday: Reg. 1182/71 Art. 3(4)
    assert file.deadline("reply", "2026-03-10").strict == date(2026, 4, 7)


def _letter_of_ones_own(rights: tuple[str, ...], *, respond_by: str = "", letter: str = "questionnaire") -> CaseFile:
    file = CaseFile()
    file.entries.clear()
    file.write(
        Opened(
            on=day("2026-03-01"),
            subject=ZOE,
            controller=CLEARFACE,
            mandate=None,
            regime="gdpr",
            rights=rights,
            language="fr",
            demands=(Demand(id="q1", right="questions", text="Why?"),),
            details=Details(respond_by=day(respond_by) if respond_by else None),
            letter=letter,
        )
    )
    file.delivered("2026-03-05", file.sent("2026-03-02", file.issued("2026-03-02", letter)))
    return file


@pytest.mark.parametrize("right", ["questions", "consent-withdrawal"])
def test_no_law_sets_a_day_for_questions_or_for_a_withdrawal_alone(right: str) -> None:
    # GDPR Art. 12(3): "requests under Articles 15 to 22"
    reply = _letter_of_ones_own((right,)).deadline("reply", "2026-06-01")
    assert (reply.strict, reply.safe, reply.missed(date(2026, 12, 31))) == (None, None, False)
    assert [step.rule for step in reply.steps][-1] == "no-period-set"


def test_a_withdrawal_with_erasure_has_the_period_of_the_erasure() -> None:
    reply = _letter_of_ones_own(("consent-withdrawal", "erasure")).deadline("reply", "2026-03-10")
    assert reply.strict == date(2026, 4, 7)


def test_the_day_that_we_asked_for_is_ours_to_remember() -> None:
    file = _letter_of_ones_own(("questions",), respond_by="2026-04-01")
    asked_for = file.deadline("respond-by", "2026-03-10")
    assert (asked_for.binds, asked_for.strict, asked_for.met) == ("us", date(2026, 4, 1), None)
    before, after = (file.standing(on) for on in ("2026-04-01", "2026-04-02"))
    assert (before.who, before.steps[0].id, before.steps[0].due) == ("controller", "wait-asked", date(2026, 4, 1))
    assert (after.who, after.steps[0].id) == ("us", "respond-by-passed")


def test_nobody_is_called_late_for_a_day_that_no_law_sets() -> None:
    assert _letter_of_ones_own(("questions",), respond_by="2026-04-01").breaches("2026-12-01") == {}


def test_a_request_of_ones_own_kind_counts_as_the_request() -> None:
    file = _letter_of_ones_own(("access",), letter="access-of-our-own")
    assert file.deadline("reply", "2026-03-10").strict == date(2026, 4, 7)


def test_a_detail_is_said_only_where_it_says_something() -> None:
    said = Details(supplement="x")
    assert (said.said("supplement"), said.said("evidence"), said.said("shoe")) == (True, False, False)
    assert (said.rectify, replace(said, supplement="").rectify) == (True, False)
