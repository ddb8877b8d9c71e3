"""Replies to their messages: offered when a case calls for them, gone once they have left, and what they do."""

from __future__ import annotations

import pytest

from dsar.core.events import AuthorityActed, Escalated, Fault, Finding
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    MandateDoubt,
    NoData,
    OtherLanguage,
    PortalRedirect,
    WrongContact,
)

from .cases import REF, CaseFile, day, request_received

ALL = ("purposes", "source", "copy", "erase")


def commands(file: CaseFile, on: str) -> dict[str, str]:
    return {step.id: step.command for step in file.standing(on).steps}


def given(file: CaseFile, on: str, answer: int, *lacking: str, faults: tuple[Fault, ...] = ()) -> None:
    findings = (Finding(demand=name, status="missing" if name in lacking else "given") for name in ALL)
    file.reviewed(on, answer, *findings, faults=faults)


def test_a_reply_that_has_left_answers_their_question() -> None:
    """Asked on the 5th with much data, our letter leaves on the 9th: four days, 2 April becomes 6 April, a holiday.

    Easter Monday 2026 is 6 April: the safe date rolls to Tuesday the 7th; the strict one stays.
    """
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", Clarification(large=True))
    assert file.who("2026-03-05") == ("us", "question")
    assert commands(file, "2026-03-05")["question"] == f"letter clarification-reply {REF}"
    letter = file.issued("2026-03-06", "clarification-reply", answers=message)
    assert file.dates("2026-03-06") == ("2026-04-02", None)  # written, and not yet gone
    file.sent("2026-03-09", letter)
    assert file.who("2026-03-09") == ("controller", "wait")
    assert file.dates() == ("2026-04-02", "2026-04-07")


def test_a_demand_that_was_found_unjustified_is_answered_by_a_letter_until_one_is_written() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", IdentityDemand(items=("passport",)))
    assert "identity-reply" not in commands(file, "2026-03-05")
    file.judged("2026-03-06", message, justified=False)
    assert commands(file, "2026-03-06")["identity-reply"] == f"letter identity-reply {REF}"
    file.issued("2026-03-07", "identity-reply", answers=message)
    assert "identity-reply" not in commands(file, "2026-03-07")
    assert commands(file, "2026-03-07")["send"].startswith("sent ")


def test_a_fee_is_judged_before_it_is_paid() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", Fee(amount="EUR 10"))
    assert list(commands(file, "2026-03-05"))[:2] == ["judge-fee", "question"]
    assert commands(file, "2026-03-05")["question"] == f"paid {REF} --to {message}"
    file.judged("2026-03-06", message, justified=False)
    assert "judge-fee" not in commands(file, "2026-03-06")
    assert commands(file, "2026-03-06")["contest-fee"] == f"letter fee-contested {REF}"


def test_a_reply_counts_from_the_first_day_on_which_it_left() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", Clarification(large=True))
    letter = file.issued("2026-03-06", "clarification-reply", answers=message)
    file.sent("2026-03-06", letter)
    file.sent("2026-03-25", letter, "registered")
    found = file.case().message(message)
    assert found is not None
    assert found.replied == day("2026-03-06")


def test_another_letter_answers_nothing() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", Clarification(large=True))
    file.letter("2026-03-09", "reminder")
    found = file.case().message(message)
    assert found is not None
    assert found.replied is None


def test_a_doubt_about_the_mandate_waits_for_us_and_could_stop_the_safe_date() -> None:
    """Doubted on the 4th, answered on the 10th: six days, 2 April becomes 8 April for the safe date alone."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", MandateDoubt())
    assert commands(file, "2026-03-04")["question"] == f"letter mandate-doubted {REF}"
    assert file.dates("2026-03-04") == ("2026-04-02", None)
    file.letter("2026-03-10", "mandate-doubted", answers=message)
    assert file.dates() == ("2026-04-02", "2026-04-08")
    rules = [step.rule for step in file.deadline("reply").steps]
    assert "mandate-suspends" in rules
    assert not any(rule.startswith("identity") for rule in rules)


def test_a_doubt_that_was_found_unjustified_stops_nothing() -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-05", file.received("2026-03-04", MandateDoubt()), justified=False)
    assert file.dates() == ("2026-04-02", "2026-04-02")


@pytest.mark.parametrize("meaning", [WrongContact(), OtherLanguage()])
def test_a_referral_or_another_language_stops_nothing(meaning: WrongContact | OtherLanguage) -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", meaning)
    kind = "wrong-contact" if isinstance(meaning, WrongContact) else "other-language"
    assert file.dates() == ("2026-04-02", "2026-04-02")
    assert commands(file, "2026-03-04")[kind] == f"letter {kind} {REF}"
    assert file.who("2026-03-04") == ("controller", "wait")  # it may be answered; it need not
    file.letter("2026-03-05", kind, answers=message)
    assert kind not in commands(file, "2026-03-05")


def test_an_extension_without_reasons_can_be_contested_until_a_letter_does() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-20", Extension(reasons=False))
    assert commands(file, "2026-03-20")["contest-extension"] == f"letter extension-contested {REF}"
    file.issued("2026-03-23", "extension-contested", answers=message)
    assert "contest-extension" not in commands(file, "2026-03-23")


def test_an_extension_after_the_term_can_be_contested_and_one_in_order_cannot() -> None:
    """Due on 2 April: announced on the 3rd it is late; in time and with reasons, only a judgment speaks against it."""
    late = request_received("2026-03-02")
    late.received("2026-04-03", Extension(reasons=True))
    assert "contest-extension" in commands(late, "2026-04-03")
    in_time = request_received("2026-03-02")
    message = in_time.received("2026-04-02", Extension(reasons=True))
    assert "contest-extension" not in commands(in_time, "2026-04-02")
    in_time.judged("2026-04-02", message, justified=False)
    assert "contest-extension" in commands(in_time, "2026-04-02")


@pytest.mark.parametrize(
    ("meaning", "name", "kind"),
    [(Fee(amount="20 EUR"), "fee", "fee-contested"), (PortalRedirect(), "portal", "portal-refused")],
)
def test_a_fee_or_a_form_is_contested_only_after_a_person_judged_it(
    meaning: Fee | PortalRedirect, name: str, kind: str
) -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", meaning)
    assert commands(file, "2026-03-05")[f"judge-{name}"].startswith(
        f"identity {REF} --to {message} --judge unjustified"
    )
    assert f"contest-{name}" not in commands(file, "2026-03-05")
    file.judged("2026-03-06", message, justified=False)
    assert commands(file, "2026-03-06")[f"contest-{name}"] == f"letter {kind} {REF}"
    assert f"judge-{name}" not in commands(file, "2026-03-06")


def test_a_fee_found_justified_is_paid_and_not_contested() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", Fee(amount="20 EUR"))
    file.judged("2026-03-06", message, justified=True)
    assert not {"judge-fee", "contest-fee"} & commands(file, "2026-03-06").keys()


def test_the_second_of_two_messages_of_a_kind_is_named() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-05", WrongContact())
    second = file.received("2026-03-09", WrongContact())
    assert f"letter wrong-contact {REF} --to {second}" in [step.command for step in file.standing("2026-03-09").steps]


def test_no_data_is_closed_as_such_or_asked_about() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-20", NoData())
    assert file.who("2026-03-20") == ("us", "review")
    given(file, "2026-03-21", message)
    steps = file.standing("2026-03-21").steps
    assert (steps[0].id, steps[0].command) == ("close", f"close {REF} --outcome no-data")
    contest = next(step for step in steps if step.id == "contest-no-data")
    assert contest.against == (("no-data-true", ()),)


def test_a_stranger_in_the_answer_is_told_to_them_once() -> None:
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    given(file, "2026-03-21", answer, "copy", faults=(Fault(breach="third-party-data"),))
    assert commands(file, "2026-03-21")["third-party-data"] == f"letter third-party-data {REF}"
    file.letter("2026-03-23", "third-party-data")
    assert "third-party-data" not in commands(file, "2026-03-23")


def test_they_are_asked_to_confirm_the_receipt_until_the_strict_date_or_their_first_word() -> None:
    """Sent on the 2nd, nothing proved: an automatic reply is no word of theirs, an acknowledgement is."""
    file = CaseFile("2026-03-02")
    file.sent("2026-03-02", file.issued("2026-03-02"))
    file.received("2026-03-02", AutoReply())
    assert file.step_ids("2026-03-05") == ["delivered", "chase-receipt"]
    file.received("2026-03-06", Acknowledgement())
    assert "chase-receipt" not in file.step_ids("2026-03-06")
    proved = request_received("2026-03-02")
    assert "chase-receipt" in proved.step_ids("2026-04-02")
    assert "chase-receipt" not in proved.step_ids("2026-04-03")
    proved.letter("2026-03-05", "receipt-chaser")
    assert "chase-receipt" not in proved.step_ids("2026-03-06")


def test_before_the_court_stands_a_notice_whose_term_has_ended() -> None:
    """Notice received on 3 April with eight days: Saturday the 11th, so Monday the 13th; the court from the 14th."""
    file = request_received("2026-03-02")
    assert "judicial-notice" not in file.step_ids("2026-06-30")
    file.letter("2026-04-03", "notice", term_days=8)
    assert "judicial-notice" not in file.step_ids("2026-04-13")
    step = next(step for step in file.standing("2026-04-14").steps if step.id == "judicial-notice")
    assert step.against == (("court", ()),)
    assert file.who("2026-04-14") == ("us", "complain")


def test_a_good_answer_ends_with_a_closing_letter_and_a_complaint_with_its_withdrawal() -> None:
    file = request_received("2026-03-02")
    given(file, "2026-03-21", file.received("2026-03-20", Answer()))
    assert file.step_ids("2026-03-21") == ["close", "closing"]
    file.write(Escalated(on=day("2026-03-22"), authority="fr-cnil"))
    assert "closing" not in file.step_ids("2026-03-22")
    assert commands(file, "2026-03-22")["withdraw-complaint"] == f"letter complaint-withdrawal {REF}"


def test_a_silent_authority_is_asked_after_three_months_and_then_a_court_is_open() -> None:
    """Lodged on Tuesday 12 May 2026: three months end on Wednesday 12 August."""
    file = request_received("2026-03-02")
    file.letter("2026-05-12", "complaint")
    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil"))
    assert file.who("2026-08-12") == ("authority", "wait-authority")
    assert commands(file, "2026-08-13")["ask-authority"] == f"letter authority-news {REF}"
    file.letter("2026-08-14", "authority-news")
    assert file.who("2026-08-14") == ("us", "authority-remedy")


def test_an_acknowledgement_by_the_authority_is_no_news() -> None:
    file = request_received("2026-03-02")
    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil"))
    file.write(AuthorityActed(on=day("2026-05-20"), act="ack"))
    assert file.who("2026-08-13") == ("us", "ask-authority")
    file.write(AuthorityActed(on=day("2026-08-14"), act="progress"))
    assert file.who("2026-08-14") == ("authority", "wait-authority")


def test_an_identity_demand_is_no_longer_open_once_our_reply_has_left() -> None:
    """But a court could still hold that the term stands still: there is no safe date until it is judged."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", IdentityDemand(items=("passport",)))
    file.letter("2026-03-06", "identity-reply", answers=message)
    assert file.who("2026-03-06") == ("controller", "wait")
    assert file.dates() == ("2026-04-02", None)
