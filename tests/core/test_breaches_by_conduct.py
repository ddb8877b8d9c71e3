"""Breaches by conduct, and what an answer lacks or does wrong: from the day of the conduct or of the answer."""

from __future__ import annotations

import pytest

from dsar.core.events import Fault, Finding
from dsar.core.meanings import Answer, Fee, IdentityDemand, PortalRedirect

from .cases import appears, day, request_received

COPY = ("copy of the passport",)


def test_a_disproportionate_demand_is_a_breach_of_its_own_day() -> None:
    """It does not wait for the month to end."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", IdentityDemand(items=COPY))
    file.judged("2026-03-05", message, justified=False)
    appears(file, "identity-excessive", "2026-03-05", before="2026-03-04")
    found = file.breaches("2026-03-05")["identity-excessive"]
    assert found.items == COPY
    assert found.proof == (message,)
    assert found.note == "They knew who she was."
    assert {"gdpr:12.6", "gdpr:12.2"} <= set(found.cites)


@pytest.mark.parametrize(
    ("breach", "meaning"),
    [("identity-excessive", IdentityDemand(items=COPY)), ("fee", Fee(amount="20 EUR")), ("portal-only", None)],
)
def test_conduct_is_a_breach_only_when_a_person_found_it_unjustified(breach: str, meaning: Fee | None) -> None:
    """Judged a week later: nothing before the judgment, then from the day of the conduct."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", meaning or PortalRedirect())
    file.judged("2026-03-12", message, justified=False)
    assert breach not in file.breaches("2026-03-11")
    assert file.breaches("2026-03-12")[breach].assertable_from == day("2026-03-05")


@pytest.mark.parametrize("meaning", [IdentityDemand(items=COPY), Fee(amount="20 EUR"), PortalRedirect()])
def test_conduct_that_was_found_justified_is_no_breach(meaning: IdentityDemand | Fee | PortalRedirect) -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-05", file.received("2026-03-05", meaning), justified=True)
    assert file.breaches("2026-03-31") == {}


def test_a_fee_and_a_portal_are_breaches_of_their_own_day() -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-05", file.received("2026-03-05", Fee(amount="20 EUR")), justified=False)
    file.judged("2026-03-09", file.received("2026-03-09", PortalRedirect()), justified=False)
    appears(file, "fee", "2026-03-05", before="2026-03-04")
    appears(file, "portal-only", "2026-03-09", before="2026-03-08")
    assert file.breaches()["fee"].cites == ("gdpr:12.5",)
    assert file.breaches()["fee"].items == ("20 EUR",)
    assert file.breaches()["portal-only"].cites == ("gdpr:12.2",)


def test_a_second_unjustified_obstacle_shows_that_the_exercise_was_hindered() -> None:
    """Art. 12(2). A portal on the 5th, a copy of the passport on the 10th: hindered from the 10th, not before."""
    file = request_received("2026-03-02")
    first = file.received("2026-03-05", PortalRedirect())
    file.judged("2026-03-05", first, justified=False)
    second = file.received("2026-03-10", IdentityDemand(items=COPY))
    file.judged("2026-03-10", second, justified=False)
    appears(file, "hindered", "2026-03-10", before="2026-03-09")
    assert file.breaches()["hindered"].proof == (first, second)
    assert file.breaches()["hindered"].cites == ("gdpr:12.2",)


def test_one_obstacle_or_a_justified_second_one_does_not_hinder() -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-05", file.received("2026-03-05", PortalRedirect()), justified=False)
    file.judged("2026-03-10", file.received("2026-03-10", IdentityDemand()), justified=True)
    assert "hindered" not in file.breaches("2026-03-31")


def test_what_an_answer_lacks_is_a_breach_of_the_day_of_the_answer() -> None:
    """Answered in time on 20 March, read the same day: no source, a copy refused, the photo still there."""
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    findings = (
        *(Finding(demand="purposes", status="given"), Finding(demand="source", status="generic")),
        *(Finding(demand="copy", status="refused"), Finding(demand="erase", status="missing")),
    )
    file.reviewed("2026-03-20", answer, *findings)
    appears(file, "incomplete-answer", "2026-03-20", before="2026-03-19")
    found = file.breaches("2026-03-20")
    assert found["incomplete-answer"].lacking == ("source", "copy")
    assert found["incomplete-answer"].cites == ("gdpr:15.1.g", "gdpr:15.3")
    assert "not-erased" not in found  # the letter itself asks for erasure only once access is complete


def test_erasure_is_owed_once_access_is_complete_or_when_it_is_refused_outright() -> None:
    """Answered in time on 20 March: everything given but the erasure; and another case, where it is refused."""
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    given = tuple(Finding(demand=name, status="given") for name in ("purposes", "source", "copy"))
    file.reviewed("2026-03-20", answer, *given, Finding(demand="erase", status="missing"))
    appears(file, "not-erased", "2026-03-20", before="2026-03-19")
    found = file.breaches("2026-03-20")["not-erased"]
    assert (found.lacking, found.cites, found.proof) == (("erase",), ("gdpr:17.1",), (answer,))
    other = request_received("2026-03-02")
    refused = (Finding(demand="copy", status="missing"), Finding(demand="erase", status="refused"))
    other.reviewed("2026-03-20", other.received("2026-03-20", Answer()), *refused)
    assert "not-erased" in other.breaches("2026-03-20")


def test_what_is_found_on_review_counts_from_the_answer_not_from_the_review() -> None:
    file = request_received("2026-03-02")
    file.reviewed("2026-03-27", file.received("2026-03-20", Answer()), Finding(demand="copy", status="pointed"))
    assert "incomplete-answer" not in file.breaches("2026-03-26")
    assert file.breaches("2026-03-27")["incomplete-answer"].assertable_from == day("2026-03-20")


def test_what_does_not_apply_is_not_lacking() -> None:
    file = request_received("2026-03-02")
    file.reviewed("2026-03-20", file.received("2026-03-20", Answer()), Finding(demand="erase", status="na"))
    assert file.breaches("2026-03-31") == {}


def test_a_second_answer_that_gives_the_rest_ends_the_incompleteness() -> None:
    file = request_received("2026-03-02")
    file.reviewed("2026-03-20", file.received("2026-03-20", Answer()), Finding(demand="copy", status="missing"))
    file.reviewed("2026-03-30", file.received("2026-03-30", Answer()), Finding(demand="copy", status="given"))
    assert "incomplete-answer" in file.breaches("2026-03-29")
    assert "incomplete-answer" not in file.breaches("2026-03-30")


@pytest.mark.parametrize(
    ("breach", "cites"),
    [("no-legal-basis", ("gdpr:5.1.a", "gdpr:6.1")), ("third-party-data", ("gdpr:5.1.f", "gdpr:15.4"))],
)
def test_what_the_reader_found_wrong_is_a_breach_of_the_day_of_the_answer(breach: str, cites: tuple[str, ...]) -> None:
    """Another person's face in the answer, or no ground for the processing."""
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    file.reviewed("2026-03-20", answer, faults=(Fault(breach=breach, note="On page 2."),))
    appears(file, breach, "2026-03-20", before="2026-03-19")
    found = file.breaches("2026-03-20")[breach]
    assert (found.cites, found.proof, found.note) == (cites, (answer,), "On page 2.")
