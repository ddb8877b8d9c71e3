"""Replies and escalation from the command line: what a case allows, what it refuses with one sentence, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office


@pytest.fixture
def case(office: Office, tmp_path: Path) -> str:
    """A request that arrived on 6 March 2026: the answer is due on Tuesday 7 April, Easter Monday being the 6th."""
    office.init("2026-03-03")
    slip = tmp_path / "slip.txt"
    slip.write_text("slip", encoding="utf-8")
    return office.waiting(proof=slip)


def _received(office: Office, ref: str, on: str, *said: str) -> str:
    """A message of theirs; the number of its entry."""
    made = office.json(on, "received", ref, "--on", on, "--as", *said)
    return str(made["n"] - 1)  # the entry before its classification


def _body(office: Office, ref: str, on: str, kind: str, *more: str) -> str:
    return " ".join(str(office.json(on, "letter", kind, ref, *more)["text"]).split())


REFUSED = {
    "clarification-reply": "--as clarification",
    "extension-contested": "--as extension",
    "fee-contested": "--as fee",
    "portal-refused": "--as portal",
    "mandate-doubted": "--as mandate-doubt",
    "wrong-contact": "--as wrong-contact",
    "other-language": "--as other-language",
    "no-data-contested": "--as no-data",
    "identity-reply": "--as identity-demand",
    "third-party-data": "--fault third-party-data=TEXT",
    "judicial-notice": "no formal notice was given",
    "authority-news": "no complaint was lodged",
    "complaint-withdrawal": "no complaint was lodged",
    "closing": "there is no answer",
    "capacity": "dsar mandate --help",
    "mandate-revocation": "dsar mandate --help",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_letter_whose_situation_the_case_does_not_know_is_refused_with_what_to_do(
    office: Office, case: str, kind: str
) -> None:
    said = office.run("--as-of", "2026-03-10", "letter", kind, case, code=4)
    assert REFUSED[kind] in said.err
    assert said.err.count("\n") == 1


def test_a_fee_is_contested_once_it_was_judged_and_the_letter_quotes_why(office: Office, case: str) -> None:
    n = _received(office, case, "2026-03-10", "fee", "--amount", "25 EUR")
    said = office.run("--as-of", "2026-03-10", "letter", "fee-contested", case, code=4)
    assert f"dsar identity {case} --to {n} --judge unjustified --because TEXT" in said.err
    office.on(
        "2026-03-11", "identity", case, "--to", n, "--judge", "unjustified", "--because", "It is the first request"
    )
    text = _body(office, case, "2026-03-11", "fee-contested")
    assert "25 EUR" in text
    assert "In the present case: It is the first request." in text
    office.on("2026-03-11", "letter", "fee-contested", case, "--issue", "--yes")
    shown = office.json("2026-03-11", "show", case)
    assert [event["kind"] for event in shown["events"]][-1] == "issued"


def test_an_extension_that_is_in_order_needs_a_judgment_and_one_nobody_read_needs_a_look(
    office: Office, case: str
) -> None:
    n = _received(office, case, "2026-03-10", "extension")
    said = office.run("--as-of", "2026-03-10", "letter", "extension-contested", case, code=4)
    assert "extension --reasons" in said.err
    office.on("2026-03-10", "classify", case, n, "extension", "--reasons")
    said = office.run("--as-of", "2026-03-10", "letter", "extension-contested", case, code=4)
    assert "--judge unjustified" in said.err
    office.on("2026-03-10", "classify", case, n, "extension", "--no-reasons")
    text = _body(office, case, "2026-03-10", "extension-contested")
    assert "does not state the reasons" in text
    assert "7 April 2026" in text


def test_an_extension_after_the_term_is_called_late_and_the_silence_only_after_the_safe_date(
    office: Office, case: str
) -> None:
    """On the last day itself, 7 April, it is in time; on the 8th it is not."""
    _received(office, case, "2026-04-08", "extension", "--reasons")
    text = _body(office, case, "2026-04-08", "extension-contested")
    assert "when the first month had already expired" in text
    assert "expired on 7 April 2026 at the latest" in text


def test_a_reply_that_left_answers_the_question_without_another_command(office: Office, case: str) -> None:
    _received(office, case, "2026-03-10", "clarification", "--not-large")
    first = office.json("2026-03-10", "show", case)["next"][0]
    assert first["command"] == f"dsar letter clarification-reply {case}"
    office.on("2026-03-10", "letter", "clarification-reply", case, "--issue", "--yes")
    office.on("2026-03-11", "sent", case, "--on", "2026-03-11", "--via", "email")
    assert office.json("2026-03-11", "show", case)["next"][0]["id"] == "wait"


def test_a_reply_goes_to_the_message_that_is_named_and_to_no_other_kind(office: Office, case: str) -> None:
    first = _received(office, case, "2026-03-10", "wrong-contact")
    second = _received(office, case, "2026-03-12", "wrong-contact")
    assert "12 March 2026" in _body(office, case, "2026-03-13", "wrong-contact")
    assert "10 March 2026" in _body(office, case, "2026-03-13", "wrong-contact", "--to", first)
    said = office.on("2026-03-13", "letter", "wrong-contact", case, "--to", first)
    assert f"--to {first} --issue" in said.all
    missing = office.run("--as-of", "2026-03-13", "letter", "other-language", case, "--to", second, code=3)
    assert "other-language" in missing.err


def test_what_identity_piece_was_given_is_said_in_the_language_of_the_letter(office: Office, case: str) -> None:
    _received(office, case, "2026-03-10", "identity-demand", "--item", "id-copy")
    office.on("2026-03-11", "identity", case, "--gave", "redacted-copy", "--on", "2026-03-11")
    english = _body(office, case, "2026-03-11", "identity-reply")
    assert "masked copy of an identity document" in english
    assert "keep no copy of it" in english
    french = _body(office, case, "2026-03-11", "identity-reply", "--lang", "fr")
    assert "copie masquée d’une pièce d’identité" in french
    assert "redacted-copy" not in english + french


def test_a_silent_authority_is_asked_only_after_its_three_months_and_with_everything_read(
    office: Office, case: str
) -> None:
    """Lodged on 12 May 2026, a Tuesday: the authority has until Wednesday 12 August."""
    office.on("2026-05-12", "complaint", case, "--authority", "fr-cnil", "--on", "2026-05-12", "--ref", "P-118")
    said = office.run("--as-of", "2026-08-12", "letter", "authority-news", case, code=4)
    assert "until 2026-08-12" in said.err
    text = _body(office, case, "2026-08-13", "authority-news")
    assert "P-118" in text
    assert "More than three months have now passed" in text
    office.on("2026-08-13", "received", case, "--on", "2026-08-13")
    said = office.run("--as-of", "2026-08-13", "letter", "authority-news", case, code=4)
    assert "dsar classify" in said.err  # it may be their news


def test_the_court_is_announced_only_when_the_term_of_a_proved_notice_has_ended(
    office: Office, case: str, tmp_path: Path
) -> None:
    """Notice of 9 April, received on the 10th with eight days: Saturday the 18th, so Monday the 20th."""
    office.on("2026-04-09", "letter", "notice", case, "--days", "8", "--issue", "--yes")
    office.on("2026-04-09", "sent", case, "--on", "2026-04-09", "--via", "registered")
    said = office.run("--as-of", "2026-04-30", "letter", "judicial-notice", case, code=4)
    assert "nothing proves that the formal notice arrived" in said.err
    office.on("2026-04-30", "delivered", case, "--on", "2026-04-10", "--proof", tmp_path / "slip.txt")
    said = office.run("--as-of", "2026-04-20", "letter", "judicial-notice", case, code=4)
    assert said.err.strip()
    text = _body(office, case, "2026-04-30", "judicial-notice", "--days", "20")
    assert "expired on 20 April 2026" in text
    assert "20 days of receipt" in text


def test_a_closing_letter_waits_until_every_point_was_given(office: Office, case: str) -> None:
    _received(office, case, "2026-03-20", "answer")
    office.on("2026-03-21", "review", case, "--rest", "given")
    assert "closing" in [step["id"] for step in office.json("2026-03-21", "show", case)["next"]]
    assert "regard the request as satisfied" in _body(office, case, "2026-03-21", "closing")
    office.on("2026-03-22", "review", case, "--set", "copy=missing")
    said = office.run("--as-of", "2026-03-22", "letter", "closing", case, code=4)
    assert "not satisfied" in said.err
