"""The story that the other side or an authority may see, in the order of the days, each line with its proof."""

from __future__ import annotations

import pytest

from dsar.core.chronology import Line, chronology, given_of_total, kind_of, meaning_name
from dsar.core.events import (
    Assigned,
    AuthorityActed,
    Closed,
    Confirmed,
    Escalated,
    Finding,
    IdentityRefused,
    IdentitySupplied,
    Noted,
    Paid,
    Received,
    Replied,
    Reviewed,
    Status,
)
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

from .cases import CaseFile, day, request_received


def told(file: CaseFile, as_of: str = "2035-12-31") -> list[tuple[str, str]]:
    return [(f"{line.on:%m-%d}", line.rule) for line in chronology(file.case(as_of))]


def line(file: CaseFile, rule: str) -> Line:
    return next(line for line in chronology(file.case()) if line.rule == rule)


def test_the_story_is_told_in_the_order_of_the_days() -> None:
    """The identity demand was recorded last, and stands where it belongs."""
    file = request_received("2026-03-02")
    notice = file.issued("2026-04-10", "notice", term_days=15)
    file.delivered("2026-04-14", file.sent("2026-04-10", notice, "registered"))
    file.received("2026-05-05", Answer())
    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil"))
    file.write(AuthorityActed(on=day("2026-08-20"), act="progress"))
    file.write(Closed(on=day("2026-11-21"), outcome="partly"))
    demand = file.received("2026-03-10", IdentityDemand(items=("passport",)))
    file.write(IdentitySupplied(on=day("2026-03-12"), to=demand, items=("photo",)))
    file.write(IdentityRefused(on=day("2026-03-12"), to=demand, items=("passport",)))
    assert told(file) == [
        *(("03-02", "sent"), ("03-02", "delivered-proved"), ("03-10", "received")),
        *(("03-12", "identity-given"), ("03-12", "identity-refused"), ("04-10", "sent")),
        *(("04-14", "delivered-proved"), ("05-05", "received"), ("05-12", "escalated")),
        *(("08-20", "authority-progress"), ("11-21", "closed")),
    ]


def test_what_is_ours_alone_is_not_told() -> None:
    """No note, no assignment, no judgment, no review, no confirmation."""
    file = request_received("2026-03-02")
    message = file.received("2026-03-05", IdentityDemand())
    before = told(file)
    file.write(Noted(on=day("2026-03-06"), text="Their lawyer was rude."))
    file.write(Assigned(on=day("2026-03-06"), to="Paul Clerc"))
    file.judged("2026-03-06", message, justified=False)
    file.write(Confirmed(on=day("2026-03-06"), about=message, because="Seen."))
    file.reviewed("2026-03-06", message, Finding(demand="copy", status="missing"))
    assert told(file) == before


def test_a_sending_is_proved_by_itself_and_by_the_letter() -> None:
    file = request_received("2026-03-02")
    found = line(file, "sent")
    assert found.proof == (3, 2)
    assert dict(found.values)["channel"] == "email"
    assert dict(found.values)["title"] == "the access-erasure"


@pytest.mark.parametrize("basis", ["proved", "stated", "presumed", "refused", "unclaimed", "returned"])
def test_what_became_of_a_sending_is_told_as_it_was(basis: str) -> None:
    file = CaseFile("2026-03-02")
    sending = file.sent("2026-03-02", file.issued("2026-03-02"))
    n = file.delivered("2026-03-04", sending, basis)  # type: ignore[arg-type] # each of the bases
    assert line(file, f"delivered-{basis}").proof == (n,)


def test_a_message_is_told_as_unclassified_until_a_person_has_said_what_it_is() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-05")
    assert told(file)[-1] == ("03-05", "received-unclassified")
    assert kind_of(file.case(), message) == "other"
    file.classified("2026-03-09", message, Answer())
    assert told(file, "2026-03-08")[-1] == ("03-05", "received-unclassified")
    assert told(file)[-1] == ("03-05", "received")
    assert dict(line(file, "received").values)["what"] == "answer"


def test_a_message_that_has_nothing_to_do_with_the_case_is_not_told() -> None:
    file = request_received("2026-03-02")
    before = told(file)
    file.received("2026-03-20", Other())
    assert told(file) == before


def test_a_message_without_a_subject_is_told_without_one() -> None:
    file = request_received("2026-03-02")
    message = file.write(Received(on=day("2026-03-05"), message=None))
    assert told(file)[-1] == ("03-05", "received-unclassified-bare")
    file.classified("2026-03-05", message, Refusal())
    assert told(file)[-1] == ("03-05", "received-bare")


def test_a_reply_and_a_payment_name_what_they_answer() -> None:
    file = request_received("2026-03-02")
    question = file.received("2026-03-05", Clarification())
    file.write(Replied(on=day("2026-03-06"), to=question))
    file.write(Paid(on=day("2026-03-09"), to=file.received("2026-03-08", Fee(amount="20 EUR"))))
    assert dict(line(file, "replied").values) == {"what": "clarification", "day": day("2026-03-05")}
    assert line(file, "paid").on == day("2026-03-09")


def test_a_withdrawn_message_is_not_told() -> None:
    file = request_received("2026-03-02")
    before = told(file)
    file.corrected("2026-03-06", file.received("2026-03-05", Answer()), None)
    assert told(file) == before


@pytest.mark.parametrize("basis", ["sending", "letter"])
def test_what_became_of_a_withdrawn_letter_or_sending_is_not_told(basis: str) -> None:
    """A line that names no letter would be a riddle to the authority."""
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    sending = file.sent("2026-03-02", letter)
    file.delivered("2026-03-04", sending)
    file.corrected("2026-03-05", sending if basis == "sending" else letter, None)
    assert told(file) == []


NAMES: list[tuple[Meaning, str]] = [
    *((Acknowledgement(), "acknowledgement"), (AutoReply(), "auto-reply"), (Bounce(), "bounce")),
    *((IdentityDemand(), "identity-demand"), (Clarification(), "clarification"), (Fee(), "fee")),
    *((Extension(reasons=True), "extension"), (Refusal(), "refusal"), (PortalRedirect(), "portal")),
    *((NoData(), "no-data"), (Answer(), "answer"), (Other(), "other")),
]


@pytest.mark.parametrize(("meaning", "name"), NAMES)
def test_a_meaning_is_named_as_on_the_command_line(meaning: Meaning, name: str) -> None:
    assert meaning_name(meaning) == name


def test_what_was_given_is_counted_among_what_applies() -> None:
    """Two given of four that apply; the fifth does not apply."""
    statuses: tuple[Status, ...] = ("given", "given", "generic", "refused", "na")
    findings = tuple(Finding(demand=f"q{k}", status=status) for k, status in enumerate(statuses))
    assert given_of_total(Reviewed(on=day("2026-03-20"), answer=5, findings=findings)) == (2, 4)
