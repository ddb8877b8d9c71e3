"""What a message of theirs does to a case, once a person has said what it is, and what it never does."""

from __future__ import annotations

import pytest

from dsar.core.events import IdentityRefused, IdentitySupplied
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    Meaning,
    NoData,
    Other,
    PortalRedirect,
    Refusal,
)

from .cases import day, request_received

COPY = ("copy of the passport",)

ANSWERS: tuple[Meaning, ...] = (Answer(), Refusal(ground="excessive"), NoData())
OTHERS: tuple[Meaning, ...] = (
    *(Acknowledgement(), AutoReply(), Bounce(), IdentityDemand(), Clarification(), Fee()),
    *(Extension(reasons=True), PortalRedirect(), Other()),
)


@pytest.mark.parametrize("meaning", ANSWERS, ids=lambda meaning: type(meaning).__name__)
def test_an_answer_a_refusal_and_no_data_meet_the_deadline(meaning: Meaning) -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", meaning)
    assert file.deadline("reply").met == day("2026-03-20")
    assert "no-answer" not in file.breaches("2026-12-31")


@pytest.mark.parametrize("meaning", OTHERS, ids=lambda meaning: type(meaning).__name__)
def test_nothing_else_is_ever_an_answer(meaning: Meaning) -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", meaning)
    assert file.deadline("reply").met is None


@pytest.mark.parametrize("meaning", [AutoReply(), Bounce(), Acknowledgement(), PortalRedirect(), Other()])
def test_a_machine_or_a_confirmation_does_not_stop_the_silence(meaning: Meaning) -> None:
    """2 April is the last day: the 3rd is the first on which silence may be alleged."""
    file = request_received("2026-03-02")
    file.received("2026-03-20", meaning)
    assert file.dates() == ("2026-04-02", "2026-04-02")
    assert "no-answer" not in file.breaches("2026-04-02")
    assert "no-answer" in file.breaches("2026-04-03")


@pytest.mark.parametrize(
    ("meaning", "dates"),
    [
        (IdentityDemand(items=COPY), ("2026-04-02", None)),
        (Clarification(large=True), ("2026-04-02", None)),
        (Clarification(large=False), ("2026-04-02", "2026-04-02")),
        (Fee(amount="20 EUR"), ("2026-04-02", None)),
        (Extension(reasons=True), ("2026-06-02", "2026-06-02")),
        (Extension(reasons=False), ("2026-04-02", "2026-06-02")),
    ],
)
def test_each_kind_of_message_has_its_own_effect(meaning: Meaning, dates: tuple[str, str | None]) -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-05", meaning)
    assert file.dates() == dates


def test_a_message_has_no_effect_before_a_person_has_said_what_it_is() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05")
    assert file.dates() == ("2026-04-02", "2026-04-02")
    file.classified("2026-03-06", message, Extension(reasons=True))
    assert file.dates("2026-03-05") == ("2026-04-02", "2026-04-02")
    assert file.dates("2026-03-06") == ("2026-06-02", "2026-06-02")


def test_the_last_classification_counts() -> None:
    """It was taken for an answer and was a request to wait."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-20", Answer())
    file.classified("2026-03-21", message, Acknowledgement())
    assert file.deadline("reply").met is None


def test_a_question_of_identity_ends_when_all_that_was_asked_was_given() -> None:
    """Asked on the 4th for two pieces; one on the 6th, the other on the 10th: 6 days, 2 April + 6 = 8 April."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=("photo", "postal address")))
    file.write(IdentitySupplied(on=day("2026-03-06"), to=message, items=("photo",)))
    assert file.dates() == ("2026-04-02", None)
    file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=("postal address",)))
    assert file.dates() == ("2026-04-02", "2026-04-08")


def test_a_question_of_identity_ends_when_they_accept_less() -> None:
    """They asked for two pieces, got one on the 6th, and answered on 20 March: 2 days, 2 April + 2 = 4 April.

    Easter Saturday: Tuesday 7 April.
    """
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=("photo", "postal address")))
    file.write(IdentitySupplied(on=day("2026-03-06"), to=message, items=("photo",)))
    file.received("2026-03-20", Answer())
    assert file.dates() == ("2026-04-02", "2026-04-07")


def test_a_refusal_of_identity_is_open_until_it_is_judged() -> None:
    """Safe again from the day of the judgment: asked 4, refused 6, judged 12 March."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=COPY))
    file.write(IdentityRefused(on=day("2026-03-06"), to=message, items=COPY))
    file.judged("2026-03-12", message, justified=False)
    assert file.dates("2026-03-11") == ("2026-04-02", None)
    assert file.dates("2026-03-12") == ("2026-04-02", "2026-04-02")


def test_safe_takes_the_earlier_local_date_of_what_they_did() -> None:
    """They asked late on 4 March where they are, 5 March here; given on the 10th. Safely 6 days: 8 April."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", IdentityDemand(items=COPY), theirs="2026-03-04")
    file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=COPY))
    assert file.dates() == ("2026-04-02", "2026-04-08")


def test_an_extension_sent_on_the_last_day_where_they_are_is_in_time_safely() -> None:
    """Here it was already 3 April: strict 2 April, safe 2 June."""
    file = request_received("2026-03-02")
    file.received("2026-04-03", Extension(reasons=True), theirs="2026-04-02")
    assert file.dates() == ("2026-04-02", "2026-06-02")
