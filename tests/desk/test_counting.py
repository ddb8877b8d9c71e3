"""The facts of a case are what its log says, from the lists as from the fold, and each is what its name says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.core.casefacts import CaseFacts, Happening
from dsar.core.events import Assigned, AuthorityActed, Corrected, Fault, Finding, Noted, Opened, Reviewed
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Extension,
    Fee,
    IdentityDemand,
    NoData,
    Refusal,
)
from dsar.desk import factrow
from dsar.desk.counting import case_facts, facts, facts_of
from dsar.desk.office import read
from dsar.vault.wire import from_plain, to_plain

from .logs import DEMANDS, Log, in_every_state
from .test_projection import LAST, for_a_while, keep

if TYPE_CHECKING:
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

REF = "2026-22222"
SENT, ARRIVED = date(2026, 3, 3), date(2026, 3, 5)


def waiting(paper: Evidence) -> Log:
    """A request to a French company, issued and sent on 3 March 2026, proved to have arrived on the 5th."""
    log = Log(paper, SENT)
    log.issue()
    log.send()
    log.after(2).deliver()
    return log


def of(desk: Desk, log: Log, day: date | None = None) -> CaseFacts:
    keep(desk, REF, log)
    return facts_of(desk if day is None else replace(desk, today=day), REF)


def test_the_facts_of_a_case_that_waits(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        found = of(desk, waiting(paper))
    # one month from 5 March is 5 April 2026, Easter Sunday; the Monday is a holiday in France; so Tuesday the 7th
    assert (found.strict, found.safe, found.first_safe) == (date(2026, 4, 7), date(2026, 4, 7), date(2026, 4, 7))
    assert (found.opened_on, found.issued_on, found.sent_on) == (SENT, SENT, SENT)
    assert (found.arrived_on, found.proved_on, found.last_on) == (ARRIVED, ARRIVED, ARRIVED)
    assert (found.subject, found.controller, found.country, found.lives_in) == ("zoe", "miroir", "FR", "FR")
    assert (found.channels, found.rights, found.letter) == (("email",), ("access", "erasure"), "access-erasure")
    assert (found.template, found.law, found.letters_out, found.messages_in) == ("t", "l", 1, 0)
    assert (found.met, found.first_answer, found.outcome, found.length) == (None, None, "open", 4)
    # silence may be asserted from the day after, and the facts say so whatever the day
    assert ("no-answer", date(2026, 4, 8)) in found.breaches
    assert not found.late(date(2026, 4, 7))
    assert found.late(date(2026, 4, 8))


def test_an_identity_demand_is_counted_with_what_became_of_it(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        log.after(10).receive(IdentityDemand(items=("passport", "photo")))
        log.after(4).give("passport")
        log.after(1).refuse("photo")
        log.after(1).judge(justified=False)
        found = of(desk, log)
    (demand,) = found.happenings
    assert demand == Happening(
        kind="identity-demand",
        on=date(2026, 3, 15),
        n=5,
        ends=date(2026, 3, 19),
        unjustified=True,
        breaches=("identity-excessive",),
        items=("passport", "photo"),
    )


def test_an_extension_is_in_time_by_the_end_of_the_first_term(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        log.after(33).receive(Extension(reasons=True))  # 7 April
        found = of(desk, log)
    # three months from 5 March: Friday 5 June
    assert (found.first_safe, found.safe) == (date(2026, 4, 7), date(2026, 6, 5))
    assert (found.happenings[0].in_time, found.happenings[0].reasons) == (True, True)


def test_an_extension_after_the_first_term_is_late(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        log.after(34).receive(Extension(reasons=True))  # 8 April
        found = of(desk, log)
    assert (found.first_safe, found.safe) == (date(2026, 4, 7), date(2026, 4, 7))
    assert found.happenings[0].in_time is False
    assert "extension-late" in dict(found.breaches)


def test_without_proof_of_receipt_nobody_can_say_whether_an_extension_was_in_time(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = Log(paper, SENT)
        log.issue()
        log.send()
        log.after(9).write(Noted(on=log.day, text="they telephoned"))
        found = of(desk, log)
    assert (found.arrived_on, found.proved_on, found.strict, found.safe, found.first_safe) == (None,) * 5


def test_answers_reviews_letters_and_the_authority_are_counted(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        log.after(1).receive(AutoReply())
        log.after(1).receive(Acknowledgement())  # 7 March
        log.receive(Bounce())
        log.after(20).receive(Refusal(ground="trade secret"))  # 27 March
        log.review("refused")
        log.after(5).issue("reminder")
        log.send()  # 1 April
        log.after(1).receive(Fee(amount="EUR 10"))
        log.after(20).issue("notice", 15)
        log.send()  # 22 April
        log.after(3).receive(Answer())  # 25 April
        findings = (Finding(demand="purposes", status="given"), Finding(demand="copy", status="generic"))
        log.write(
            Reviewed(on=log.day, answer=log.messages[-1], findings=findings, faults=(Fault(breach="third-party-data"),))
        )
        log.after(5).complain()  # 30 April
        log.write(AuthorityActed(on=log.day, act="ack"))
        log.after(30).write(AuthorityActed(on=log.day, act="decision"))  # 30 May
        log.write(Assigned(on=log.day, to="ben"))
        log.close("partly")
        found = of(desk, log)
    assert found.acknowledged_on == date(2026, 3, 7)
    assert found.bounced
    assert found.first_answer == (date(2026, 3, 27), "refusal")
    assert found.last_answer == (date(2026, 4, 25), "answer")
    assert (found.met, found.met_safe) == (date(2026, 3, 27), date(2026, 3, 27))
    assert [one.kind for one in found.happenings] == [
        *("auto-reply", "acknowledgement", "bounce", "refusal", "fee", "answer"),
    ]
    assert (found.happenings[3].ground, found.happenings[4].amount) == ("trade secret", "EUR 10")
    assert (found.reminders, found.notices) == ((date(2026, 4, 1),), (date(2026, 4, 22),))
    assert found.first_findings == tuple((demand.id, "refused") for demand in DEMANDS)
    assert found.findings == (("purposes", "given"), ("copy", "generic"))
    assert found.faults == ("third-party-data",)
    assert (found.complaint_on, found.authority) == (date(2026, 4, 30), "fr-cnil")
    assert (found.authority_ack_on, found.decision_on) == (date(2026, 4, 30), date(2026, 5, 30))
    # every message is the same piece of paper in this log
    assert (found.letters_out, found.messages_in, found.media) == (3, 1, ("text/plain",))
    assert (found.owner, found.outcome, found.closed_on) == ("ben", "partly", date(2026, 5, 30))


def test_a_message_that_was_taken_out_again_is_no_fact(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        number = log.after(3).receive(NoData())
        log.write(Corrected(on=log.day, replaces=number, by=None))
        found = of(desk, log)
    assert (found.first_answer, found.messages_in, found.happenings) == (None, 0, ())


def test_the_facts_in_the_lists_are_those_of_the_log_in_every_state(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        logs = in_every_state(paper, LAST)
        for number, log in enumerate(logs.values()):
            keep(desk, f"2026-{number:05}", log)
        listed = {one.ref: one for one in case_facts(desk)}
        assert len(listed) == len(logs)
        for ref, one in listed.items():
            file = read(desk, ref)
            assert one == facts(desk, file, max(entry.event.on for entry in file.entries)), ref
            assert one == facts_of(desk, ref)
            # as an independent reader spells it
            assert from_plain(to_plain(one), CaseFacts) == one


def test_on_a_day_before_the_last_fact_the_facts_are_those_of_that_day(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = waiting(paper)
        log.after(20).receive(Answer())
        keep(desk, REF, log)
        before = replace(desk, today=ARRIVED + timedelta(days=1))
        (one,) = case_facts(before)
        assert (one.first_answer, one.messages_in, one.proved_on, one.last_on) == (None, 0, ARRIVED, ARRIVED)
        assert facts_of(before, REF) == one
        assert list(case_facts(replace(desk, today=SENT - timedelta(days=1)))) == []


def test_only_the_cases_of_a_campaign_are_counted(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        keep(desk, REF, waiting(paper))
        other = waiting(paper)
        opened = other.events[0]
        assert isinstance(opened, Opened)
        other.events[0] = replace(opened, campaign="FACES26", wave=2)
        keep(desk, "2026-33333", other)
        (one,) = case_facts(desk, "FACES26")
        assert (one.ref, one.campaign, one.wave) == ("2026-33333", "FACES26", 2)
        assert list(case_facts(desk, "OTHER")) == []
        assert len(list(case_facts(desk))) == 2


def test_a_row_says_all_that_it_was_given() -> None:
    day = date(2026, 3, 5)
    rich = CaseFacts(
        ref=REF, opened_on=day, subject="s", controller="c", controller_name="Ç", sector="general", country="FR",
        lives_in="DE", regime="gdpr", rights=("access",), language="en", letter="access", length=3, last_on=day,
        campaign="C", wave=1, owner="o", mandate="M", established=False, representative=True, questions=2,
        issued_on=day, template="t", law="l", channels=("email", "post"), sent_on=day, arrived_on=day, proved_on=day,
        bounced=True, acknowledged_on=day, strict=day, safe=day, first_safe=day, met=day, met_safe=day,
        first_answer=(day, "refusal"), last_answer=(day, "answer"),
        happenings=(
            Happening(kind="extension", on=day, n=4, ends=day, unjustified=False, breaches=("x",), items=("i",),
                      reasons=False, until=day, in_time=True, ground="g", amount="1"),
            Happening(kind="answer", on=day, n=9),
        ),
        reminders=(day,), notices=(day, day), complaint_on=day, authority="fr-cnil", authority_ack_on=day,
        decision_on=day, letters_out=2, messages_in=3, findings=(("a", "given"),), first_findings=(("a", "missing"),),
        faults=("f",), breaches=(("no-answer", day),), media=("text/csv",), outcome="partly", closed_on=day,
    )  # fmt: skip
    bare = CaseFacts(
        ref=REF, opened_on=day, subject="s", controller="c", controller_name="n", sector="general", country="FR",
        lives_in="DE", regime="gdpr", rights=(), language="en", letter="access", length=1, last_on=day,
    )  # fmt: skip
    for one in (rich, bare):
        assert factrow.decode(factrow.encode(one)) == one
