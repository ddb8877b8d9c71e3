"""A log read as a case: corrections applied, later facts hidden, each fact where it belongs."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from dsar.core.about import about
from dsar.core.demands import asked
from dsar.core.events import (
    Assigned,
    Closed,
    Delivered,
    Finding,
    IdentityRefused,
    IdentitySupplied,
    Noted,
    Paid,
    Received,
    Replied,
)
from dsar.core.fold import fold
from dsar.core.meanings import Acknowledgement, Answer, Extension, Fee, IdentityDemand

from .cases import REF, CaseFile, day, paper, request_received

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.events import Event

COPY = ("copy of the passport",)


def test_a_wrong_day_is_put_right() -> None:
    """The slip said 3 March, not 13 March: 3 April is Good Friday, a working day in France."""
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"))
    wrong = file.delivered("2026-03-13", sending)
    assert file.dates() == ("2026-04-13", "2026-04-13")
    file.corrected("2026-03-20", wrong, Delivered(on=day("2026-03-03"), sending=sending, basis="proved"))
    assert file.dates() == ("2026-04-03", "2026-04-03")


def test_a_correction_says_what_was_true_all_along() -> None:
    """Seen from 10 March, the correction of 20 March already holds: --as-of hides later facts, not later knowledge."""
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"))
    wrong = file.delivered("2026-03-13", sending)
    file.corrected("2026-03-20", wrong, Delivered(on=day("2026-03-03"), sending=sending, basis="proved"))
    assert file.dates("2026-03-10") == ("2026-04-03", "2026-04-03")


def test_a_withdrawn_entry_is_gone_with_what_spoke_of_it() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-20", Answer())
    assert file.deadline("reply").met == day("2026-03-20")
    file.corrected("2026-03-21", message, None)
    assert file.deadline("reply").met is None
    assert file.case().messages == ()


def test_a_withdrawn_letter_takes_its_sendings_along() -> None:
    file = CaseFile("2026-03-02")
    letter = file.letter("2026-03-02")
    file.corrected("2026-03-05", letter, None)
    assert file.case().request is None
    assert file.due() == ()


def test_the_last_correction_of_an_entry_counts() -> None:
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"))
    wrong = file.delivered("2026-03-13", sending)
    file.corrected("2026-03-20", wrong, None)
    assert file.dates() == (None, None)
    file.corrected("2026-03-21", wrong, Delivered(on=day("2026-03-09"), sending=sending, basis="proved"))
    assert file.dates() == ("2026-04-09", "2026-04-09")


def test_a_withdrawn_closing_opens_the_case_again() -> None:
    file = request_received("2026-03-02")
    closed = file.write(Closed(on=day("2026-03-10"), outcome="satisfied"))
    assert file.who("2026-03-10") == ("nobody", "")
    file.corrected("2026-03-11", closed, None)
    assert file.who("2026-03-11") == ("controller", "wait")


def test_a_day_hides_the_facts_after_it() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", Answer())
    file.write(Closed(on=day("2026-03-25"), outcome="satisfied"))
    assert file.case("2026-03-01").letters == ()
    assert file.case("2026-03-19").messages == ()
    assert len(file.case("2026-03-20").messages) == 1
    assert file.case("2026-03-24").closed is None
    assert file.case("2026-03-25").closed is not None


def test_a_case_is_seen_as_it_was_opened_even_before_its_day() -> None:
    file = request_received("2026-03-02")
    assert file.case("2026-01-01").opened.subject.name == "Zoé Exemple"


def test_a_correction_that_moves_a_fact_into_the_future_of_the_reading_hides_it() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-10", Answer())
    file.corrected("2026-03-12", message, Received(on=day("2026-03-11"), message=None))
    assert file.case("2026-03-10").messages == ()
    assert file.deadline("reply", "2026-03-11").met == day("2026-03-11")


def test_a_log_without_an_opening_is_no_case() -> None:
    file = CaseFile("2026-03-02")
    file.write(Noted(on=day("2026-03-02"), text="called them"))
    with pytest.raises(ValueError, match=REF):
        fold(REF, file.entries[1:], day("2026-03-02"))


def test_letters_and_messages_are_read_in_the_order_of_their_days() -> None:
    """The second message was found in a drawer and recorded last."""
    file = request_received("2026-03-02")
    late = file.received("2026-03-20", Answer())
    early = file.received("2026-03-10", Acknowledgement())
    case = file.case()
    assert [message.n for message in case.messages] == [early, late]
    assert [held.fact.on for held in case.held] == sorted(held.fact.on for held in case.held)


def test_the_first_request_by_its_day_starts_the_clock() -> None:
    file = CaseFile("2026-03-01")
    file.letter("2026-03-09", "erasure")
    first = file.letter("2026-03-02", "access")
    assert file.case().request is not None
    assert file.case().request == file.case().letter(first)
    assert file.dates() == ("2026-04-02", "2026-04-02")


def _identity(file: CaseFile) -> None:
    message = file.received("2026-03-04", IdentityDemand(items=COPY))
    file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=COPY))


def _fee(file: CaseFile) -> None:
    file.write(Paid(on=day("2026-03-14"), to=file.received("2026-03-12", Fee(amount="20 EUR"))))


def _extension(file: CaseFile) -> None:
    file.received("2026-04-08", Extension(reasons=True))


@pytest.mark.parametrize("order", list(permutations((_identity, _fee, _extension))))
def test_the_order_of_recording_does_not_matter(order: tuple[Callable[[CaseFile], None], ...]) -> None:
    """Six days of identity, two of the fee: safe so far 2 April + 8 = Friday 10 April, so 8 April is in time.

    Safe: 2 June + 8 = Wednesday 10 June. Strict: 2 April, extended too late.
    """
    file = request_received("2026-03-02")
    for record in order:
        record(file)
    assert file.dates() == ("2026-04-02", "2026-06-10")


@pytest.mark.parametrize("recorded", [("2026-03-20", "2026-04-20"), ("2026-04-20", "2026-03-20")])
def test_the_latest_review_by_its_day_says_what_a_demand_got(recorded: tuple[str, str]) -> None:
    """In March they were vague about the source, in April they refused it: refused, whatever was recorded first."""
    found = {"2026-03-20": Finding(demand="source", status="generic")}
    found["2026-04-20"] = Finding(demand="source", status="refused")
    file = request_received("2026-03-02")
    for on in recorded:
        file.reviewed(on, file.received(on, Answer()), found[on])
    assert _status(file, "source") == "refused"


def test_what_one_answer_gave_stays_given() -> None:
    file = request_received("2026-03-02")
    for on, status in (("2026-03-20", "given"), ("2026-04-20", "missing")):
        finding = Finding(demand="source", status="given" if status == "given" else "missing")
        file.reviewed(on, file.received(on, Answer()), finding)
    assert _status(file, "source") == "given"
    assert _status(file, "copy") is None


def test_an_answer_that_is_silent_on_a_point_takes_nothing_from_what_an_earlier_one_said() -> None:
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    file.reviewed("2026-03-20", answer, Finding(demand="source", status="generic", note="a phrase"))
    later = file.received("2026-04-20", Answer())
    file.reviewed("2026-04-20", later, Finding(demand="source", status="missing"))
    item = next(item for item in asked(file.case()) if item.demand.id == "source")
    assert (item.status, item.note) == ("generic", "a phrase")


def test_the_last_review_of_an_answer_replaces_the_one_before() -> None:
    file = request_received("2026-03-02")
    answer = file.received("2026-03-20", Answer())
    file.reviewed("2026-03-20", answer, Finding(demand="source", status="given"))
    file.reviewed("2026-03-21", answer, Finding(demand="source", status="pointed"))
    assert _status(file, "source") == "pointed"


def _status(file: CaseFile, demand: str) -> str | None:
    return next(item.status for item in asked(file.case()) if item.demand.id == demand)


def test_whoever_took_over_last_owns_the_case() -> None:
    file = request_received("2026-03-02")
    file.write(Assigned(on=day("2026-03-03"), to="Paul Clerc"))
    file.write(Assigned(on=day("2026-03-09"), to="Inès Agente"))
    assert file.case("2026-03-08").owner == "Paul Clerc"
    assert file.case().owner == "Inès Agente"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Replied(on=day("2026-03-02"), to=7), 7),
        (Paid(on=day("2026-03-02"), to=8, proof=paper("receipt.pdf")), 8),
        (IdentitySupplied(on=day("2026-03-02"), to=None, items=COPY), None),
        (IdentityRefused(on=day("2026-03-02"), to=4, items=COPY), 4),
        (Noted(on=day("2026-03-02"), text="called them"), None),
    ],
)
def test_a_fact_says_which_entry_it_speaks_of(event: Event, expected: int | None) -> None:
    assert about(event) == expected
