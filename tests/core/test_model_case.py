"""The model case, phase by phase: who must act, from the request to the decision of the authority."""

from __future__ import annotations

from dsar.core.deadlines import Calendars
from dsar.core.events import AuthorityActed, Closed, Escalated, Fault, Finding, IdentityRefused
from dsar.core.meanings import Answer, IdentityDemand
from dsar.lawbook.calendars import calendar, weekends_only

from .cases import CaseFile, day, request_received

COPY = ("copy of the passport",)


def test_the_model_case_from_the_request_to_the_decision() -> None:
    """A face search engine without establishment: four months of evasion, then a complaint.

    Received Monday 2 March 2026, due Thursday 2 April. Notice received 14 April + 15 days = Wednesday 29 April.
    Complaint lodged 12 May + 3 months = Wednesday 12 August.
    """
    file = CaseFile("2026-03-01", calendars=Calendars(strict=weekends_only(), safe=calendar("FR")))
    assert file.who("2026-03-01") == ("us", "request")
    assert file.who("2026-03-01", "access-erasure") == ("us", "issue")
    letter = file.issued("2026-03-02")
    assert file.who("2026-03-02") == ("us", "send")
    sending = file.sent("2026-03-02", letter)
    assert file.who("2026-03-02") == ("us", "delivered")
    file.delivered("2026-03-02", sending)
    assert file.who("2026-03-02") == ("controller", "wait")

    demand = file.received("2026-03-10")
    assert file.who("2026-03-10") == ("us", "classify")
    file.classified("2026-03-10", demand, IdentityDemand(items=COPY))
    assert file.who("2026-03-10") == ("us", "question")
    file.write(IdentityRefused(on=day("2026-03-12"), to=demand, items=COPY))
    assert file.who("2026-03-12") == ("controller", "wait")
    assert file.who("2026-04-02") == ("controller", "wait")
    assert file.who("2026-04-03") == ("us", "judge")
    file.judged("2026-04-03", demand, justified=False)
    assert file.who("2026-04-03") == ("us", "notice")

    notice = file.issued("2026-04-10", "notice", term_days=15)
    assert file.who("2026-04-10") == ("us", "send")
    sending = file.sent("2026-04-10", notice, "registered")
    assert file.who("2026-04-10") == ("us", "delivered-notice")
    file.delivered("2026-04-14", sending)
    assert file.who("2026-04-14") == ("controller", "wait-notice")
    assert file.who("2026-04-29") == ("controller", "wait-notice")
    assert file.who("2026-04-30") == ("us", "complain")

    answer = file.received("2026-05-05", Answer())
    assert file.who("2026-05-05") == ("us", "review")
    photo = (Fault(breach="third-party-data", note="The photo shows somebody else."),)
    file.reviewed("2026-05-06", answer, Finding(demand="source", status="generic"), faults=photo)
    assert file.who("2026-05-06") == ("us", "complain-incomplete")

    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil"))
    assert file.who("2026-05-12") == ("authority", "wait-authority")
    file.write(AuthorityActed(on=day("2026-05-20"), act="ack"))
    assert file.who("2026-08-12") == ("authority", "wait-authority")
    assert file.who("2026-08-13") == ("us", "ask-authority")
    file.write(AuthorityActed(on=day("2026-08-20"), act="progress"))
    assert file.who("2026-08-20") == ("authority", "wait-authority")
    file.write(AuthorityActed(on=day("2026-11-20"), act="decision"))
    assert file.who("2026-11-20") == ("us", "close")
    file.write(Closed(on=day("2026-11-21"), outcome="partly"))
    assert file.who("2026-11-21") == ("nobody", "")
    assert file.standing("2026-11-21").outcome == "partly"
    assert file.standing("2026-11-20").outcome == "open"


def test_the_authority_has_three_months_from_the_complaint() -> None:
    """Art. 78(2). Lodged 14 July + 3 months = Wednesday 14 October; news on 1 October meet it, a receipt does not."""
    file = request_received("2026-03-02")
    file.write(Escalated(on=day("2026-07-14"), authority="fr-cnil"))
    file.write(AuthorityActed(on=day("2026-07-20"), act="ack"))
    due = file.deadline("art-78-2")
    assert (due.binds, due.strict, due.safe, due.met) == ("authority", day("2026-10-14"), day("2026-10-14"), None)
    file.write(AuthorityActed(on=day("2026-10-01"), act="progress"))
    assert file.deadline("art-78-2").met == day("2026-10-01")
