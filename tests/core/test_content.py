"""What a reviewed answer lacks, as the breach of the right that was exercised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.core.demands import asked
from dsar.core.events import Demand, Fault, Finding, Opened
from dsar.core.meanings import Answer, NoData
from dsar.lawbook.load import law

from .cases import CaseFile, day, request_received

if TYPE_CHECKING:
    from dsar.core.breach import Breach
    from dsar.core.events import Status


def reviewed(right: str, faults: tuple[Fault, ...] = (), **found: Status) -> dict[str, Breach]:
    """The breaches of an answer of 20 March 2026 in which the demands of one right were found so."""
    file = _asked(right)
    findings = [Finding(demand=name.replace("_", "-"), status=status) for name, status in found.items()]
    file.reviewed("2026-03-21", file.received("2026-03-20", Answer()), *findings, faults=faults)
    return file.breaches("2026-03-21")


def _asked(right: str) -> CaseFile:
    file = request_received("2026-03-02")
    entry = file.entries[0]
    assert isinstance(entry.event, Opened)
    demands = tuple(Demand(id=rule.id, right=right) for rule in law().demands.values() if rule.right == right)
    opened = replace(entry.event, rights=(right,), demands=(*demands, Demand(id="q1", right=right, text="Why?")))
    file.entries[0] = replace(entry, event=opened)
    return file


@pytest.mark.parametrize(
    ("right", "demand", "status", "breach"),
    [
        ("rectification", "rectify", "missing", "not-rectified"),
        ("rectification", "rectify_notify", "missing", "recipients-not-notified"),
        ("rectification", "rectify_confirm", "generic", "not-acted-on"),
        ("restriction", "restrict", "refused", "not-restricted"),
        ("portability", "port_data", "missing", "portability-refused"),
        ("objection", "objection_stop", "missing", "objection-ignored"),
        ("objection", "objection_restrict", "missing", "not-restricted"),
        # silence on the point is no proof that they go on; a refusal to stop is
        ("marketing-objection", "marketing_stop", "missing", "not-acted-on"),
        ("marketing-objection", "marketing_stop", "refused", "marketing-after-objection"),
        ("automated-decision", "human_review", "refused", "no-human-review"),
        ("automated-decision", "decision_logic", "generic", "no-logic"),
        ("consent-withdrawal", "withdrawal_stop", "refused", "consent-withdrawal-ignored"),
        ("consent-withdrawal", "withdrawal_ground", "missing", "no-legal-basis"),
        ("access", "source", "missing", "incomplete-answer"),
        ("erasure", "erase", "refused", "not-erased"),
        ("access", "q1", "missing", "incomplete-answer"),
        ("rectification", "q1", "missing", "not-acted-on"),
    ],
)
def test_what_lacks_is_the_breach_of_its_own_right(right: str, demand: str, status: Status, breach: str) -> None:
    found = reviewed(right, (), **{demand: status})
    assert set(found) == {breach}
    assert found[breach].lacking == (demand.replace("_", "-"),)
    assert found[breach].assertable_from == day("2026-03-20")


@pytest.mark.parametrize(
    ("first", "then", "counts"),
    [
        # what was given stays given, though a later letter does not repeat it
        ("given", "missing", "given"),
        ("generic", "missing", "generic"),
        ("missing", "given", "given"),
        # first denied, then admitted: with data there, what is left out is missing
        ("na", "missing", "missing"),
        ("na", "generic", "generic"),
    ],
)
def test_two_answers_are_read_together(first: Status, then: Status, counts: Status) -> None:
    file = _asked("access")
    none = file.received("2026-03-20", NoData() if first == "na" else Answer())
    file.reviewed("2026-03-21", none, Finding(demand="recipients", status=first))
    later = file.received("2026-04-20", Answer())
    file.reviewed("2026-04-21", later, Finding(demand="recipients", status=then))
    found = {item.demand.id: item.status for item in asked(file.case("2026-04-21"))}
    assert found["recipients"] == counts


def test_who_shows_compelling_grounds_has_not_ignored_the_objection() -> None:
    """GDPR Art. 21(1): the processing ends, unless the controller demonstrates such grounds."""
    assert reviewed("objection", objection_stop="refused", objection_grounds="given") == {}
    assert reviewed("objection", objection_stop="given", objection_grounds="missing") == {}
    assert set(reviewed("objection", objection_stop="refused", objection_grounds="missing")) == {"objection-ignored"}


def test_who_stopped_needs_no_other_legal_basis() -> None:
    """GDPR Art. 7(3) and 6(1): a basis is owed for what goes on."""
    assert reviewed("consent-withdrawal", withdrawal_stop="given", withdrawal_ground="missing") == {}


def test_a_fault_that_the_reader_also_found_is_told_once_with_the_readers_words() -> None:
    found = reviewed(
        "rectification", faults=(Fault(breach="not-rectified", note="The birth date."),), rectify="refused"
    )
    assert set(found) == {"not-rectified"}
    assert (found["not-rectified"].note, found["not-rectified"].lacking) == ("The birth date.", ("rectify",))


def test_a_few_demands_are_cited_by_their_own_provisions() -> None:
    """GDPR Art. 16 alone where the rectification lacks, not the principle of accuracy beside it."""
    assert reviewed("rectification", rectify="missing")["not-rectified"].cites == ("gdpr:16",)
