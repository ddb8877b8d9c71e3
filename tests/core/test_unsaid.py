"""What nobody noted is read for the controller, and what was said of something else does not follow it."""

from __future__ import annotations

from datetime import date

from dsar.core.events import Finding, IdentityRefused, IdentitySupplied, Replied
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
)

from .cases import CaseFile, between, day, request_received

PASSPORT = ("passport",)


def test_a_letter_that_answers_an_identity_demand_is_not_the_identity_data() -> None:
    """Received 2 March; asked on the 4th, answered in words on the 10th: nothing was given, so no safe date."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand())
    file.write(Replied(on=day("2026-03-10"), to=message))
    assert file.dates() == ("2026-04-02", None)
    assert "no-answer" not in file.breaches("2026-06-01")


def test_where_nobody_noted_what_was_asked_nobody_can_say_that_all_was_given() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand())
    file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=PASSPORT))
    assert file.dates() == ("2026-04-02", None)
    file.received("2026-04-20", Answer())  # they answered in substance: they were content with it
    assert file.dates() == ("2026-04-02", "2026-04-08")  # 2 April + six days


def test_an_extension_of_which_nobody_noted_the_reasons_accuses_nobody() -> None:
    """Received 2 March, extended on the 20th: safe 2 June; strictly the first term stands; no breach is alleged."""
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension())
    assert file.dates() == ("2026-04-02", "2026-06-02")
    assert "extension-no-reasons" not in file.breaches("2026-07-01")


def test_an_extension_without_reasons_harms_nobody_if_the_answer_came_within_the_month() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension(reasons=False))
    file.received("2026-03-28", Answer())
    assert "extension-no-reasons" not in file.breaches("2026-07-01")


def test_a_question_of_which_nobody_noted_how_much_data_it_concerns_stops_the_safe_clock() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-04", Clarification())
    assert file.dates() == ("2026-04-02", None)


def test_a_message_that_is_classified_anew_leaves_its_judgment_behind() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=PASSPORT))
    file.write(IdentityRefused(on=day("2026-03-05"), to=message, items=PASSPORT))
    file.judged("2026-03-06", message, justified=False)
    file.classified("2026-03-07", message, Fee(amount="EUR 20"))
    assert set(file.breaches("2026-03-20")) == set()


def test_an_answer_that_was_none_after_all_takes_its_review_along() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-20", Answer())
    file.reviewed("2026-03-21", message, Finding(demand="copy", status="missing"))
    file.classified("2026-03-22", message, AutoReply())
    assert "incomplete-answer" not in file.breaches("2026-03-30")
    assert "no-answer" in file.breaches("2026-04-03")


def test_the_same_meaning_said_again_keeps_what_was_said_of_it() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=PASSPORT))
    file.judged("2026-03-06", message, justified=False)
    file.classified("2026-03-07", message, IdentityDemand(items=("passport", "selfie")))
    assert file.breaches("2026-03-20")["identity-excessive"].items == ("passport", "selfie")


def test_a_request_issued_twice_runs_from_the_one_that_arrived() -> None:
    """The first draft was frozen and never sent; the second was received on 5 March: due on Tuesday 7 April."""
    file = CaseFile("2026-03-02")
    file.issued("2026-03-02")
    second = file.issued("2026-03-03")
    file.delivered("2026-03-05", file.sent("2026-03-04", second))
    assert file.dates() == ("2026-04-07", "2026-04-07")  # 5 April is Easter Sunday, 6 April Easter Monday
    assert "send" not in file.step_ids("2026-03-10")


def test_mail_to_a_closed_case_waits_to_be_read() -> None:
    from dsar.core.events import Closed  # noqa: PLC0415 - only here

    file = request_received("2026-03-02")
    file.write(Closed(on=day("2026-03-10"), outcome="satisfied"))
    assert file.who("2026-03-10") == ("nobody", "")
    file.received("2026-03-12")
    assert file.who("2026-03-12") == ("us", "classify")


def test_the_limit_of_a_complaint_is_reminded_even_where_nothing_proves_the_receipt() -> None:
    """Austria, one year: the term ended strictly on 2 April 2026, so a complaint is open until 3 April 2027."""
    file = CaseFile("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", file.issued("2026-03-02")), basis="stated", proof=None)
    between(file, home="AT")
    file.received("2026-03-03", Acknowledgement())
    assert file.deadline("at-dsg-24-4-knowledge", "2026-05-01").strict == date(2027, 4, 3)
    assert "limit" in file.step_ids("2027-02-10")
    assert "limit-passed" in file.step_ids("2027-04-04")
