"""Who must act, what the law lets us do next, and what nags until it is done."""

from __future__ import annotations

import pytest

from dsar.core.events import Confirmed, Escalated, Finding, IdentitySupplied, Paid, Replied
from dsar.core.meanings import Acknowledgement, Answer, Bounce, Clarification, Extension, Fee, IdentityDemand, Refusal
from dsar.core.parties import Mandate

from .cases import MAILBOX, REF, ZOE, CaseFile, day, in_country, paper, request_received

COPY = ("copy of the passport",)


def test_a_good_answer_can_be_closed() -> None:
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    file.reviewed("2026-03-21", answer, *(Finding(demand=name, status="given") for name in ("source", "copy", "erase")))
    assert file.who("2026-03-21") == ("us", "review-rest")  # nobody has said what became of the purposes
    every = ("purposes", "source", "copy", "erase")
    file.reviewed("2026-03-22", answer, *(Finding(demand=name, status="given") for name in every))
    assert file.who("2026-03-22") == ("us", "close")


def test_an_incomplete_answer_leads_to_a_letter_then_to_waiting_for_them() -> None:
    file = request_received("2026-03-02")
    file.reviewed("2026-03-21", file.received("2026-03-20", Answer()), Finding(demand="copy", status="missing"))
    assert file.who("2026-03-21") == ("us", "incomplete")
    file.letter("2026-03-23", "incomplete")
    assert file.who("2026-03-23") == ("controller", "wait-incomplete")


def test_a_refusal_has_to_be_read_too() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", Refusal(ground="excessive"))
    assert file.who("2026-03-20") == ("us", "review")


def test_between_strict_and_safe_one_reminds_and_a_notice_would_be_too_early() -> None:
    """Six days of identity: strict 2 April, safe 8 April. On the 9th the notice comes first."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=COPY))
    file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=COPY))
    file.judged("2026-03-11", message, justified=True)
    assert file.who("2026-04-02") == ("controller", "wait")
    assert file.step_ids("2026-04-03") == ["remind", "notice-early"]
    notice = file.standing("2026-04-08").steps[1]
    assert notice.against == (("too-early", (("day", day("2026-04-08")),)),)
    assert file.step_ids("2026-04-09") == ["notice", "remind-late"]
    assert file.standing("2026-04-09").steps[0].against == ()


def test_without_a_safe_date_the_notice_has_that_against_it() -> None:
    file = CaseFile("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", file.issued("2026-03-02")), "stated")
    notice = next(step for step in file.standing("2026-06-30").steps if step.command == f"letter notice {REF}")
    assert notice.against == (("no-safe-date", ()),)


def test_an_extension_in_time_leaves_it_to_them_until_the_third_month_ends() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension(reasons=True))
    assert file.who("2026-06-02") == ("controller", "wait")
    assert file.who("2026-06-03") == ("us", "notice")


@pytest.mark.parametrize(
    ("meaning", "first"),
    [
        (IdentityDemand(items=COPY), "question"),
        (Clarification(large=True), "question"),
        (Fee(amount="20 EUR"), "judge-fee"),  # a fee that is not owed is contested before anybody pays it
    ],
)
def test_an_open_question_of_theirs_waits_for_us(meaning: IdentityDemand | Clarification | Fee, first: str) -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", meaning)
    assert file.who("2026-03-05") == ("us", first)
    assert "question" in [step.id for step in file.standing("2026-03-05").steps]
    file.judged("2026-03-06", message, justified=False)
    assert file.who("2026-03-06") == ("controller", "wait")


def test_after_we_replied_or_paid_they_must_act() -> None:
    file = request_received("2026-03-02")
    file.write(Replied(on=day("2026-03-06"), to=file.received("2026-03-05", Clarification())))
    file.write(Paid(on=day("2026-03-07"), to=file.received("2026-03-06", Fee())))
    assert file.who("2026-03-07") == ("controller", "wait")


def test_an_acknowledgement_asks_nothing_of_us() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-03", Acknowledgement())
    assert file.who("2026-03-03") == ("controller", "wait")


def test_an_unclassified_message_nags_whatever_else_there_is() -> None:
    """Even between the readings, and until a person has said what it is."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-20")
    assert file.who("2026-03-20") == ("us", "classify")
    assert file.who("2026-05-20") == ("us", "classify")
    assert file.standing("2026-03-20").steps[0].command == f"classify {REF} {message} KIND"


def test_a_drafted_and_an_issued_letter_nag_until_they_have_left() -> None:
    file = request_received("2026-03-02")
    assert "issue" in file.step_ids("2026-03-05", "reminder")
    reminder = file.issued("2026-04-03", "reminder")
    assert file.who("2026-04-03") == ("us", "send")
    file.sent("2026-04-03", reminder)
    assert "send" not in file.step_ids("2026-04-03")


def test_a_complaint_has_left_when_it_was_lodged() -> None:
    """On the form of the authority, for instance: there is no sending of ours to record."""
    file = request_received("2026-03-02")
    file.issued("2026-05-12", "complaint")
    assert file.who("2026-05-12") == ("us", "lodge")
    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil"))
    assert file.who("2026-05-12") == ("authority", "wait-authority")


def test_a_bounce_nags_until_the_letter_left_again() -> None:
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter), "presumed")
    file.received("2026-03-03", Bounce(address=MAILBOX))
    assert file.who("2026-03-03") == ("us", "bounced")
    file.delivered("2026-03-06", file.sent("2026-03-05", letter, "registered"))
    assert file.who("2026-03-06") == ("controller", "wait")


def test_a_bounce_that_comes_back_the_same_day_nags_too() -> None:
    """As most of them do, within a minute; sent again the same afternoon, it is done."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter), "presumed")
    file.received("2026-03-02", Bounce(address=MAILBOX))
    assert "bounced" in file.step_ids("2026-03-02")
    file.sent("2026-03-02", letter, "registered")
    assert "bounced" not in file.step_ids("2026-03-02")


def test_a_notice_of_another_day_is_not_met_by_an_older_answer() -> None:
    """Answered in part on 20 March; the notice of the 27th is still in the post: nobody has met or missed it."""
    file = request_received("2026-03-02")
    file.reviewed("2026-03-21", file.received("2026-03-20", Answer()), Finding(demand="copy", status="missing"))
    notice = file.issued("2026-03-27", "notice", term_days=15)
    file.delivered("2026-03-30", file.sent("2026-03-27", notice, "registered"))
    assert file.deadline("notice", "2026-03-27").met is None
    assert file.deadline("notice", "2026-03-30").met is None


def test_a_notice_binds_for_its_own_days_and_a_second_one_for_its_own() -> None:
    """Received 1 June + 8 = Tuesday 9 June; received 15 June + 15 = Tuesday 30 June."""
    file = request_received("2026-03-02")
    file.letter("2026-06-01", "notice", term_days=8)
    second = file.letter("2026-06-15", "notice", term_days=15)
    assert file.deadline("notice").safe == day("2026-06-09")
    assert file.deadline(f"notice-{second}").safe == day("2026-06-30")
    assert file.who("2026-06-30") == ("controller", "wait-notice")
    assert file.who("2026-07-01") == ("us", "complain")


def test_an_oddity_comes_before_everything_else_until_it_is_confirmed() -> None:
    file = CaseFile("2026-03-02")
    odd = file.delivered("2026-03-01", file.sent("2026-03-02", file.issued("2026-03-02")))
    assert file.who("2026-03-02") == ("us", "odd")
    file.write(Confirmed(on=day("2026-03-02"), about=odd, because="The slip is dated by hand."))
    assert file.who("2026-03-02") == ("controller", "wait")


def test_where_no_law_fixes_a_last_day_nobody_is_told_to_prove_a_delivery_that_is_proved() -> None:
    """The police in Germany answer "without undue delay": it is for them to act."""
    file = request_received("2026-03-02", regime="led-de", calendars=in_country("DE"))
    assert "delivered" not in file.step_ids("2026-03-03")
    assert file.standing("2026-03-03").who == "controller"


def test_a_mandate_that_ends_is_a_date_of_ours() -> None:
    mandate = Mandate(
        id="m1",
        kind="agent",
        agent=ZOE,
        subject="zoe",
        controller="clearface",
        rights=("access",),
        until=day("2026-12-31"),
        signed_on=day("2026-02-20"),
        document=paper("mandate.pdf"),
    )
    file = CaseFile("2026-03-01", mandate=mandate)
    assert (file.deadline("mandate").binds, file.deadline("mandate").strict) == ("us", day("2026-12-31"))
