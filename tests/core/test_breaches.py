"""Each breach with the day from which it may be asserted: the day before it must not appear, that day it must."""

from __future__ import annotations

import pytest

from dsar.core.deadlines import Calendars
from dsar.core.events import Finding, IdentityRefused, IdentitySupplied
from dsar.core.meanings import Answer, Extension, Fee, IdentityDemand, NoData, Refusal
from dsar.lawbook.calendars import calendar

from .cases import CaseFile, appears, day, in_country, request_received

COPY = ("copy of the passport",)


def test_a_request_that_was_answered_well_and_in_time_has_no_breach() -> None:
    file = request_received("2026-03-02")
    answer = file.received("2026-04-02", Answer())
    given = [Finding(demand=name, status="given") for name in ("purposes", "source", "copy", "erase")]
    file.reviewed("2026-04-03", answer, *given)
    assert file.breaches() == {}


def test_silence_may_be_alleged_the_day_after_the_last_day() -> None:
    """The last day, Thursday 2 April, is in time until midnight."""
    file = request_received("2026-03-02")
    appears(file, "no-answer", "2026-04-03", before="2026-04-02")
    assert file.breaches("2026-04-03")["no-answer"].cites == ("gdpr:12.3", "gdpr:12.4")


def test_silence_waits_for_easter_to_be_over() -> None:
    """5 April is Easter Sunday: due on Tuesday 7, silent from Wednesday 8 April."""
    appears(request_received("2026-03-05"), "no-answer", "2026-04-08", before="2026-04-07")


def test_silence_waits_for_the_later_of_the_two_dates() -> None:
    """No establishment: strict Friday 8 May, safe Monday 11 May (8 May is a holiday in France)."""
    outside = Calendars(strict=in_country("DE").strict, safe=calendar("FR"))
    file = request_received("2026-04-08", calendars=outside)
    appears(file, "no-answer", "2026-05-12", before="2026-05-11")


def test_silence_is_never_alleged_while_identity_is_open() -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-03-04", IdentityDemand(items=COPY))
    assert file.breaches() == {}
    file.write(IdentityRefused(on=day("2026-03-06"), to=message, items=COPY))
    assert file.breaches() == {}


def test_silence_is_proved_by_the_request_its_sending_and_its_delivery() -> None:
    file = request_received("2026-03-02")
    assert file.breaches("2026-04-03")["no-answer"].proof == (2, 3, 4)


def test_an_answer_on_the_last_day_is_not_late_and_one_day_after_it_is() -> None:
    for on, late in (("2026-04-02", False), ("2026-04-03", True)):
        file = request_received("2026-03-02")
        file.received(on, Answer())
        assert ("late-answer" in file.breaches()) is late
        assert "no-answer" not in file.breaches()


@pytest.mark.parametrize("meaning", [Answer(), Refusal(), NoData()])
def test_until_a_late_answer_came_it_was_silence(meaning: Answer | Refusal | NoData) -> None:
    file = request_received("2026-03-02")
    message = file.received("2026-04-20", meaning)
    assert "no-answer" in file.breaches("2026-04-19")
    assert "late-answer" not in file.breaches("2026-04-19")
    late = file.breaches("2026-04-20")["late-answer"]
    assert "no-answer" not in file.breaches("2026-04-20")
    assert late.assertable_from == day("2026-04-03")
    assert late.day == day("2026-04-20")
    assert message in late.proof


def test_an_answer_that_left_on_the_last_day_where_they_are_is_not_late() -> None:
    """It came at one in the night of 3 April here, and left on the evening of 2 April there: safe takes the earlier."""
    file = request_received("2026-03-02")
    file.received("2026-04-03", Answer(), theirs="2026-04-02")
    assert "late-answer" not in file.breaches()
    assert "no-answer" not in file.breaches()


def test_an_answer_before_the_receipt_slip_came_back_is_an_answer() -> None:
    """By e-mail and by registered letter on the 2nd; answered to the mail on the 6th; the slip says 9 March.

    Post does that. Silence must not be alleged against somebody who answered.
    """
    file = CaseFile("2026-03-02")
    letter = file.issued("2026-03-02")
    file.sent("2026-03-02", letter)
    slip = file.sent("2026-03-02", letter, "registered")
    file.received("2026-03-06", Answer())
    file.delivered("2026-03-09", slip)
    assert file.deadline("reply").met == day("2026-03-06")
    assert "no-answer" not in file.breaches("2026-12-31")


def test_an_extension_notified_the_day_after_is_a_breach_of_its_own_day() -> None:
    file = request_received("2026-03-02")
    file.received("2026-04-03", Extension(reasons=True))
    appears(file, "extension-late", "2026-04-03", before="2026-04-02")
    assert file.breaches("2026-04-03")["extension-late"].cites == ("gdpr:12.3",)


@pytest.mark.parametrize("on", ["2026-03-03", "2026-04-02"])
def test_an_extension_with_reasons_in_time_is_no_breach(on: str) -> None:
    """In time until the last hour of 2 April; then 2 June is the last day, and the 3rd the first of silence."""
    file = request_received("2026-03-02")
    file.received(on, Extension(reasons=True))
    assert file.breaches("2026-06-02") == {}
    assert set(file.breaches("2026-06-03")) == {"no-answer"}


def test_an_extension_that_left_on_the_last_day_where_they_are_is_not_late() -> None:
    """As for an answer: 3 April here, 2 April there."""
    file = request_received("2026-03-02")
    file.received("2026-04-03", Extension(reasons=True), theirs="2026-04-02")
    assert "extension-late" not in file.breaches()


def test_whether_an_extension_is_late_is_measured_by_the_suspended_term() -> None:
    """Six days of identity: the first term ends safely on 8 April. The 8th is in time, the 9th is not."""
    for on, late in (("2026-04-08", False), ("2026-04-09", True)):
        file = request_received("2026-03-02")
        message = file.received("2026-03-04", IdentityDemand(items=COPY))
        file.write(IdentitySupplied(on=day("2026-03-10"), to=message, items=COPY))
        file.received(on, Extension(reasons=True))
        assert ("extension-late" in file.breaches(on)) is late


def test_missing_reasons_may_be_alleged_only_when_the_first_term_has_ended() -> None:
    """Art. 12(3): the reasons may follow within the month, until 2 April."""
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension(reasons=False))
    appears(file, "extension-no-reasons", "2026-04-03", before="2026-04-02")


def test_reasons_that_followed_within_the_month_are_not_missing() -> None:
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension(reasons=False))
    file.received("2026-04-01", Extension(reasons=True))
    assert "extension-no-reasons" not in file.breaches("2026-04-03")


def test_an_extension_that_was_announced_twice_was_not_announced_late() -> None:
    """Notified with reasons on 20 March; on 4 May they say again that they need until 2 June."""
    file = request_received("2026-03-02")
    file.received("2026-03-20", Extension(reasons=True))
    file.received("2026-05-04", Extension(reasons=True))
    assert "extension-late" not in file.breaches("2026-05-04")


def test_an_extension_is_not_judged_without_proof_of_receipt_by_its_own_day() -> None:
    """Said to have arrived on 2 March, without proof. Their extension of 8 April is the first proof that it did."""
    file = CaseFile("2026-03-02")
    file.delivered("2026-03-02", file.sent("2026-03-02", file.issued("2026-03-02")), "stated")
    file.received("2026-04-08", Extension(reasons=True))
    assert "extension-late" not in file.breaches("2026-04-08")


def test_breaches_are_told_in_the_order_of_the_days_on_which_they_may_be_asserted() -> None:
    file = request_received("2026-03-02")
    file.judged("2026-03-10", file.received("2026-03-10", IdentityDemand(items=COPY)), justified=False)
    file.judged("2026-03-11", file.received("2026-03-05", Fee(amount="20 EUR")), justified=False)
    assert list(file.breaches("2026-04-03")) == ["fee", "hindered", "identity-excessive", "no-answer"]


def test_a_swiss_controller_that_names_a_later_day_owes_no_reasons() -> None:
    """DSV Art. 18(2): inform, and name the new period. It knows neither reasons nor a limit of two months."""
    swiss = Calendars(strict=calendar("CH"), safe=calendar("CH"))
    file = request_received("2026-03-02", regime="ch-fadp", calendars=swiss)
    file.received("2026-03-30", Extension(reasons=False, until=day("2026-05-15")))
    assert not {"extension-no-reasons", "extension-late", "no-answer"} & set(file.breaches("2026-05-15"))


@pytest.mark.parametrize(("regime", "country"), [("ch-fadp", "CH"), ("uk-gdpr", "GB"), ("eudpr", "EU")])
def test_silence_under_another_law_is_not_alleged_under_the_gdpr(regime: str, country: str) -> None:
    """Regulation 2016/679 binds neither a Swiss nor a British controller here, nor an institution of the Union."""
    file = request_received("2026-03-02", regime=regime, calendars=in_country(country))
    found = file.breaches("2026-12-31")["no-answer"]
    assert not [cite for cite in found.cites if cite.startswith("gdpr:")]
