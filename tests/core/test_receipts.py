"""When a letter reached them: only a delivery starts a clock, and only a proved one starts the safe clock."""

from __future__ import annotations

import pytest

from dsar.core.meanings import Acknowledgement, AutoReply, Bounce, Clarification, IdentityDemand, Other, PortalRedirect
from dsar.core.receipts import Receipt, receipt

from .cases import MAILBOX, CaseFile, day, iso, request_received


def sent_on(on: str, *, to: str = MAILBOX) -> tuple[CaseFile, int]:
    """A request that left by e-mail on a day, and nothing known of its arrival."""
    file = CaseFile(on)
    return file, file.sent(on, file.issued(on), to=to)


def read(file: CaseFile) -> Receipt:
    case = file.case()
    assert case.request is not None
    return receipt(case, case.request)


def days(file: CaseFile) -> tuple[str | None, str | None]:
    found = read(file)
    return iso(found.strict), iso(found.safe)


def test_a_sending_alone_starts_no_clock() -> None:
    file, _ = sent_on("2026-03-02")
    assert days(file) == (None, None)
    assert [step.rule for step in read(file).steps] == ["not-delivered"]
    assert file.dates() == (None, None)


def test_a_proved_delivery_starts_both_clocks() -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-03", sending)
    assert days(file) == ("2026-03-03", "2026-03-03")


@pytest.mark.parametrize("basis", ["stated", "presumed", "refused"])
def test_without_proof_there_is_no_safe_date(basis: str) -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, basis)  # type: ignore[arg-type] # three of the bases
    assert days(file) == ("2026-03-02", None)
    assert "no-proof" in [step.rule for step in read(file).steps]
    assert file.dates() == ("2026-04-02", None)
    assert "no-answer" not in file.breaches("2026-12-31")


@pytest.mark.parametrize("basis", ["unclaimed", "returned"])
def test_what_came_back_to_us_did_not_arrive(basis: str) -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-20", sending, basis)  # type: ignore[arg-type] # two of the bases
    assert days(file) == (None, None)


def test_of_several_deliveries_strict_takes_the_earliest_and_safe_the_latest_proved() -> None:
    """By e-mail on the 2nd without proof, by fax on the 4th and by post on the 9th with proof, again on the 12th."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter), "stated")
    file.delivered("2026-03-04", file.sent("2026-03-04", letter, "fax"))
    file.delivered("2026-03-09", file.sent("2026-03-03", letter, "registered"))
    file.delivered("2026-03-12", file.sent("2026-03-12", letter, "portal"), "stated")
    assert days(file) == ("2026-03-02", "2026-03-09")
    # 2 April is a Thursday; 9 April too
    assert file.dates() == ("2026-04-02", "2026-04-09")


def test_a_bounce_voids_a_presumed_delivery() -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, "presumed")
    assert days(file) == ("2026-03-02", None)
    file.received("2026-03-02", Bounce(address=MAILBOX))
    assert days(file) == (None, None)


def test_a_bounce_voids_no_proved_delivery() -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending)
    file.received("2026-03-03", Bounce(address=MAILBOX))
    assert days(file) == ("2026-03-02", "2026-03-02")


def test_a_bounce_from_before_the_sending_speaks_of_another_one() -> None:
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter), "presumed")
    file.received("2026-03-03", Bounce(address=MAILBOX))
    file.delivered("2026-03-05", file.sent("2026-03-05", letter), "presumed")
    assert days(file) == ("2026-03-05", None)


def test_a_bounce_of_one_address_leaves_another_address_alone() -> None:
    """`privacy@…` does not exist; `eu-privacy@…`, which ends with the same letters, does."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", letter, to=MAILBOX), "presumed")
    file.delivered("2026-03-03", file.sent("2026-03-03", letter, to=f"eu-{MAILBOX}"), "presumed")
    file.received("2026-03-04", Bounce(address=MAILBOX))
    assert days(file) == ("2026-03-03", None)


@pytest.mark.parametrize("to", [f"Clearface Privacy <{MAILBOX}>", f"dpo@clearface.example, {MAILBOX.upper()}"])
def test_a_bounce_is_recognised_however_the_addressee_was_written(to: str) -> None:
    file, sending = sent_on("2026-03-02", to=to)
    file.delivered("2026-03-02", sending, "presumed")
    file.received("2026-03-02", Bounce(address=MAILBOX))
    assert days(file) == (None, None)


def test_a_bounce_without_an_address_says_nothing_of_a_letter_by_post() -> None:
    """A mail server cannot send back a registered letter."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.sent("2026-03-02", letter)
    file.delivered("2026-03-04", file.sent("2026-03-02", letter, "registered", to="2 quai des Brumes"), "presumed")
    file.received("2026-03-05", Bounce())
    assert days(file) == ("2026-03-04", None)


@pytest.mark.parametrize("meaning", [Acknowledgement(), IdentityDemand(), Clarification(), PortalRedirect()])
def test_their_own_message_proves_that_they_had_the_request(meaning: Acknowledgement) -> None:
    """Said to have arrived on the 2nd, without proof; on the 4th they write about it. 4 April is Easter Saturday."""
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, "stated")
    file.received("2026-03-04", meaning)
    assert days(file) == ("2026-03-02", "2026-03-04")


def test_their_message_proves_receipt_even_where_nothing_else_does() -> None:
    """Received at the latest on 4 March. 4 April is Easter Saturday: Tuesday 7 April."""
    file, _ = sent_on("2026-03-02")
    message = file.received("2026-03-04")
    assert days(file) == (None, None)  # nobody has said yet that it is from them
    file.classified("2026-03-04", message, Acknowledgement())
    assert days(file) == ("2026-03-04", "2026-03-04")
    assert file.dates() == ("2026-04-07", "2026-04-07")


@pytest.mark.parametrize("meaning", [AutoReply(), Bounce(), Bounce(address=MAILBOX)])
def test_a_machine_proves_nothing(meaning: AutoReply | Bounce) -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, "stated")
    file.received("2026-03-04", meaning)
    assert days(file) == ("2026-03-02", None)


def test_a_message_that_is_something_else_proves_nothing() -> None:
    """`other` is "anything else, without legal effect": a newsletter does not show that they read the request."""
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, "stated")
    file.received("2026-03-04", Other())
    assert days(file) == ("2026-03-02", None)


def test_a_message_from_before_the_request_proves_nothing_about_it() -> None:
    file, sending = sent_on("2026-03-02")
    file.delivered("2026-03-02", sending, "stated")
    file.received("2026-02-20", Acknowledgement())
    assert days(file) == ("2026-03-02", None)


def test_a_proved_delivery_is_better_than_their_message() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-04", Acknowledgement())
    assert days(file) == ("2026-03-02", "2026-03-02")


def test_safe_takes_the_later_local_date_of_a_receipt() -> None:
    """Late on 10 March here is 11 March there. 10 April is a Friday, 11 April a Saturday: Monday 13 April."""
    file, sending = sent_on("2026-03-10")
    file.delivered("2026-03-10", sending, theirs="2026-03-11")
    assert days(file) == ("2026-03-10", "2026-03-11")
    assert file.dates() == ("2026-04-10", "2026-04-13")


def test_an_earlier_local_date_of_a_receipt_changes_nothing() -> None:
    """Early on 11 March here is still 10 March in America."""
    file, sending = sent_on("2026-03-11")
    file.delivered("2026-03-11", sending, theirs="2026-03-10")
    assert days(file)[1] == "2026-03-11"


def test_safe_takes_the_later_local_date_of_a_message_that_proves() -> None:
    file, sending = sent_on("2026-03-10")
    file.delivered("2026-03-10", sending, "stated")
    file.received("2026-03-11", Acknowledgement(), theirs="2026-03-12")
    assert days(file) == ("2026-03-10", "2026-03-12")


def test_the_receipt_of_the_request_is_not_that_of_the_notice() -> None:
    """Their message proves that they had the request, not the notice that lay in the post on that day."""
    file = request_received("2026-03-02")
    notice = file.issued("2026-04-10", "notice", term_days=15)
    file.sent("2026-04-10", notice, "registered")
    file.received("2026-04-12", Acknowledgement())
    due = file.deadline("notice")
    assert (due.strict, due.safe) == (None, None)


def test_safe_for_a_notice_counts_from_the_later_proved_receipt() -> None:
    """By e-mail on 10 April, by post on 14 April. 10 + 15 = Saturday 25, Monday 27 April; 14 + 15 = Wednesday 29."""
    file = request_received("2026-03-02")
    notice = file.issued("2026-04-10", "notice", term_days=15)
    file.delivered("2026-04-10", file.sent("2026-04-10", notice))
    file.delivered("2026-04-14", file.sent("2026-04-10", notice, "registered"))
    due = file.deadline("notice")
    assert (due.strict, due.safe) == (day("2026-04-27"), day("2026-04-29"))
