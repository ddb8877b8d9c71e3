"""What comes next after a refused, uncollected or returned letter, and when a mandate was taken back or ends."""

from __future__ import annotations

import pytest

from dsar.core.meanings import Acknowledgement, Extension, IdentityDemand
from dsar.core.parties import Mandate
from dsar.core.receipts import receipt
from dsar.core.standing import standing

from .cases import MAILBOX, REF, ZOE, CaseFile, day, iso, paper, request_received

MANDATE = Mandate(
    id="M-1",
    kind="agent",
    agent=ZOE,
    subject="zoe",
    controller="Clearface SARL",
    rights=("access",),
    until=day("2026-05-31"),
    signed_on=day("2026-02-20"),
    document=paper("mandate.pdf"),
)


def refused(on: str) -> CaseFile:
    """A request by registered post whose addressee would not take it."""
    file = CaseFile("2026-02-16")
    file.delivered(on, file.sent("2026-02-16", file.issued("2026-02-16"), "registered"), "refused")
    return file


def test_a_refused_letter_is_not_said_to_be_received() -> None:
    """18 February + 1 month = 18 March by the earliest reading; nothing proves a receipt, and none is told."""
    file = refused("2026-02-18")
    case = file.case()
    assert case.request is not None
    arrived = receipt(case, case.request)
    assert (iso(arrived.strict), arrived.safe, arrived.told) == ("2026-02-18", None, None)
    assert [step.rule for step in arrived.steps] == ["received-refused", "no-proof"]
    assert file.dates() == ("2026-03-18", None)


def test_once_a_later_letter_is_proved_its_day_is_told_and_not_that_of_the_refusal() -> None:
    file = refused("2026-02-18")
    file.delivered("2026-03-13", file.sent("2026-03-11", 2, "registered"))
    case = file.case()
    assert case.request is not None
    arrived = receipt(case, case.request)
    assert iso(arrived.told) == "2026-03-13"
    assert [(step.rule, step.reading) for step in arrived.steps] == [
        ("received-refused", "strict"),
        ("received-latest-proof", "safe"),
    ]


def test_their_own_message_of_the_same_day_counts_more_than_a_refusal() -> None:
    file = refused("2026-02-18")
    file.received("2026-02-18", Acknowledgement())
    case = file.case()
    assert case.request is not None
    assert iso(receipt(case, case.request).told) == "2026-02-18"


def test_while_no_receipt_is_proved_the_wait_says_so_and_names_the_proof() -> None:
    step = refused("2026-02-18").standing("2026-03-18").steps[0]
    assert (step.id, step.who, step.due) == ("wait-unproved", "controller", day("2026-03-18"))
    assert step.command == f"delivered {REF} --on DATE --proof FILE"


def test_a_proved_receipt_with_an_open_question_of_theirs_asks_for_no_proof() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=("passport",)))
    file.judged("2026-03-05", message, justified=True)
    assert "wait-unproved" not in file.step_ids("2026-03-06")


@pytest.mark.parametrize("basis", ["unclaimed", "returned"])
def test_what_was_not_collected_or_came_back_is_sent_again(basis: str) -> None:
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"), "registered")
    assert file.step_ids("2026-03-20")[0] == "delivered"
    file.delivered("2026-03-20", sending, "unclaimed" if basis == "unclaimed" else "returned")
    step = file.standing("2026-03-20").steps[0]
    assert (step.id, step.values) == ("send-again", (("n", 2),))
    assert step.command == f"sent {REF} --via email --to {MAILBOX} --letter 2"
    file.sent("2026-03-21", 2, "registered")
    assert file.step_ids("2026-03-21")[0] == "delivered"  # the second one is on its way


def test_an_uncollected_notice_is_sent_again_too() -> None:
    file = request_received("2026-03-02")
    notice = file.issued("2026-04-10", "notice", term_days=15)
    file.delivered("2026-04-20", file.sent("2026-04-10", notice, "registered"), "unclaimed")
    step = file.standing("2026-04-20").steps[0]
    assert (step.id, step.command) == ("send-again", f"sent {REF} --via email --to {MAILBOX} --letter {notice}")


def test_after_the_mandate_was_taken_back_no_letter_in_that_name_is_proposed() -> None:
    """The answer was due on 2 April: the day before the revocation a notice would be next."""
    file = CaseFile("2026-03-02", mandate=MANDATE)
    file.letter("2026-03-02")
    file.received("2026-04-10")
    case, due = file.case(), file.due("2026-04-20")
    before = standing(case, due, ("notice",), day("2026-04-20"), revoked=day("2026-04-21"))
    assert any(step.command.startswith("letter notice") for step in before.steps)
    after = standing(case, due, ("notice",), day("2026-04-21"), revoked=day("2026-04-21"))
    assert [step.id for step in after.steps] == ["revoked", "classify"]
    assert after.who == "us"


def test_a_mandate_that_ends_leads_to_a_new_one() -> None:
    file = CaseFile("2026-03-02", mandate=MANDATE)
    file.letter("2026-03-02")
    for today, name in (("2026-05-31", "limit-mandate"), ("2026-06-01", "limit-mandate-passed")):
        step = next(step for step in file.standing(today).steps if step.id == name)
        assert step.command == "mandate new --for zoe --controller 'Clearface SARL'"


def test_why_explains_the_day_of_a_message_that_is_another_where_they_are() -> None:
    """Sent late on 10 May where they are, when it was 11 May here: the safe reading takes the 10th, and says why."""
    file = request_received("2026-03-02")
    n = file.received("2026-05-11", Extension(reasons=True), theirs="2026-05-10")
    told = [(step.rule, iso(step.on), step.reading) for step in file.deadline("reply").steps]
    late = [one for one in told if one[0] == "extension-late"]
    assert late == [("extension-late", "2026-05-11", "strict"), ("extension-late", "2026-05-10", "safe")]
    place = told.index(late[1])
    assert told[place - 1] == ("their-local-date", "2026-05-10", "safe")
    step = file.deadline("reply").steps[place - 1]
    assert step.values == (("n", n), ("day", day("2026-05-11")))


def test_a_message_of_one_day_here_and_there_needs_no_such_word() -> None:
    file = request_received("2026-03-02")
    file.received("2026-05-11", Extension(reasons=True), theirs="2026-05-11")
    assert "their-local-date" not in [step.rule for step in file.deadline("reply").steps]
