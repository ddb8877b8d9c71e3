"""What looks odd is recorded and shown, until a person has confirmed it."""

from __future__ import annotations

import pytest

from dsar.core.events import Confirmed, Delivered, IdentityRefused, IdentitySupplied, Replied
from dsar.core.meanings import Acknowledgement, AutoReply, IdentityDemand
from dsar.core.oddities import oddities

from .cases import CaseFile, day, request_received


def found(file: CaseFile) -> list[tuple[int, str, bool]]:
    return [(odd.n, odd.rule, odd.confirmed) for odd in oddities(file.case())]


def test_a_plain_case_has_nothing_odd() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-02", Acknowledgement())
    assert found(file) == []


def test_a_receipt_before_the_sending_is_odd_until_it_is_confirmed() -> None:
    file = CaseFile("2026-03-02")
    slip = file.delivered("2026-03-01", file.sent("2026-03-02", file.issued("2026-03-02")))
    assert found(file) == [(slip, "delivered-before-sent", False)]
    file.write(Confirmed(on=day("2026-03-03"), about=slip, because="The slip is dated by hand."))
    assert found(file) == [(slip, "delivered-before-sent", True)]


def test_a_corrected_receipt_is_no_longer_odd() -> None:
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"))
    slip = file.delivered("2026-03-01", sending)
    file.corrected("2026-03-03", slip, Delivered(on=day("2026-03-03"), sending=sending, basis="proved"))
    assert found(file) == []


def test_an_odd_receipt_counts_as_recorded() -> None:
    """The oddity is shown beside the facts; it changes none."""
    file = CaseFile("2026-03-02")
    file.delivered("2026-03-01", file.sent("2026-03-02", file.issued("2026-03-02")))
    assert file.dates() == ("2026-04-01", "2026-04-01")


def test_a_letter_that_left_before_it_was_issued_is_odd() -> None:
    file = CaseFile("2026-03-01")
    sending = file.sent("2026-03-01", file.issued("2026-03-02"))
    assert found(file) == [(sending, "sent-before-issued", False)]


def test_a_message_about_a_request_that_had_not_left_is_odd_once_it_is_classified() -> None:
    file = CaseFile("2026-03-01")
    message = file.received("2026-03-01")
    file.sent("2026-03-02", file.issued("2026-03-02"))
    assert found(file) == []
    file.classified("2026-03-02", message, Acknowledgement())
    assert found(file) == [(message, "received-before-sent", False)]


def test_a_machine_may_write_at_any_time() -> None:
    file = CaseFile("2026-03-01")
    file.received("2026-03-01", AutoReply())
    file.sent("2026-03-02", file.issued("2026-03-02"))
    assert found(file) == []


@pytest.mark.parametrize(("sent", "odd"), [("2026-04-12", False), ("2026-04-14", True)])
def test_a_notice_that_lay_around_is_odd(sent: str, *, odd: bool) -> None:
    """Issued on 10 April: what it says of lateness and of its own term was true that day. Two days are no harm."""
    file = request_received("2026-03-02")
    sending = file.sent(sent, file.issued("2026-04-10", "notice", term_days=15), "registered")
    assert found(file) == ([(sending, "notice-stale", False)] if odd else [])


def test_a_reminder_may_lie_around() -> None:
    file = request_received("2026-03-02")
    file.sent("2026-04-20", file.issued("2026-04-10", "reminder"))
    assert found(file) == []


def test_reacting_before_they_asked_is_odd() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-10", IdentityDemand(items=("photo", "passport")))
    gave = file.write(IdentitySupplied(on=day("2026-03-09"), to=message, items=("photo",)))
    refused = file.write(IdentityRefused(on=day("2026-03-10"), to=message, items=("passport",)))
    assert found(file) == [(gave, "reaction-before-message", False)]
    assert refused not in [n for n, _, _ in found(file)]
    file.write(Replied(on=day("2026-03-08"), to=message))
    assert {rule for _, rule, _ in found(file)} == {"reaction-before-message"}
    assert len(found(file)) == 2


def test_an_answer_from_before_the_receipt_slip_is_shown_as_odd() -> None:
    """Post does that: answered on the 6th, and the slip says 9 March. Shown, not refused, and never forgotten."""
    file = CaseFile("2026-03-02")
    slip = file.sent("2026-03-02", file.issued("2026-03-02"), "registered")
    answer = file.received("2026-03-06", Acknowledgement())
    delivery = file.delivered("2026-03-09", slip)
    assert {n for n, _, _ in found(file)} & {answer, delivery}


def test_a_confirmation_does_not_cover_what_a_later_correction_says() -> None:
    """Delivered before it was sent, confirmed; then moved to yet another day before the sending: odd anew."""
    file = CaseFile("2026-03-01")
    sending = file.sent("2026-03-05", file.issued("2026-03-05"))
    slip = file.delivered("2026-03-04", sending)
    file.write(Confirmed(on=day("2026-03-06"), about=slip, because="the post dates its slips so"))
    assert [odd.confirmed for odd in oddities(file.case())] == [True]
    file.corrected("2026-03-07", slip, Delivered(on=day("2026-03-03"), sending=sending, basis="proved"))
    assert [odd.confirmed for odd in oddities(file.case())] == [False]
