"""A presumed receipt starts the strict clock alone, and its step names the rule that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.chronology import chronology
from dsar.core.meanings import Acknowledgement, Bounce
from dsar.core.receipts import receipt

from .cases import MAILBOX, CaseFile, day

if TYPE_CHECKING:
    from dsar.core.terms import Step

RULE = ("rule", "reached-their-server")


def sent() -> tuple[CaseFile, int]:
    file = CaseFile("2026-03-02")
    return file, file.sent("2026-03-02", file.issued("2026-03-02"))


def steps(file: CaseFile) -> tuple[Step, ...]:
    case = file.case()
    assert case.request is not None
    return receipt(case, case.request).steps


def test_the_step_names_the_rule_and_the_safe_date_waits_for_proof() -> None:
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    first, second = steps(file)
    assert (first.rule, first.on, first.values) == ("received-presumed", day("2026-03-02"), (RULE,))
    assert (second.rule, second.reading) == ("no-proof", "safe")
    assert file.dates() == ("2026-04-02", None)


def test_a_later_proof_starts_the_safe_clock_and_the_presumption_keeps_the_strict_one() -> None:
    """Presumed on Monday 2 March, proved on the 4th: 2 April, and Saturday 4 April, over Easter to the 7th."""
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    file.delivered("2026-03-04", sending)
    first, second = steps(file)
    assert (first.rule, first.reading) == ("received-presumed", "strict")
    assert (second.rule, second.on) == ("received-latest-proof", day("2026-03-04"))
    assert file.dates() == ("2026-04-02", "2026-04-07")


def test_their_own_message_of_a_later_day_leaves_the_presumption_its_place() -> None:
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    file.received("2026-03-05", Acknowledgement())
    assert [step.rule for step in steps(file)] == ["received-presumed", "their-message-proves"]


def test_a_day_that_is_known_otherwise_is_not_called_presumed() -> None:
    """Stated by the case worker, or shown by their own message, for the same day: no presumption is needed."""
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    file.delivered("2026-03-02", sending, "stated")
    assert [step.rule for step in steps(file)] == ["received", "no-proof"]
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    file.received("2026-03-02", Acknowledgement())
    assert [step.rule for step in steps(file)] == ["received-by-their-message"]


def test_a_bounce_leaves_nothing_of_it() -> None:
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    file.received("2026-03-03", Bounce(address=MAILBOX))
    assert [step.rule for step in steps(file)] == ["not-delivered"]


def test_the_chronology_holds_the_rule() -> None:
    file, sending = sent()
    file.delivered("2026-03-02", sending, "presumed")
    (line,) = [line for line in chronology(file.case()) if line.rule == "delivered-presumed"]
    assert RULE in line.values
