"""What an authority would look at first. The request of 5 March 2026 may be answered until Tuesday 7 April 2026.

5 April is Easter Sunday and 6 April Easter Monday in France: one roll, to the working day after (Reg. 1182/71, 3(4)).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dsar.core.admissibility import Filing, Point, points
from dsar.core.breaches import breaches
from dsar.core.events import Basis, Opened
from dsar.core.later import later
from dsar.core.meanings import Answer, IdentityDemand
from dsar.core.oddities import oddities
from dsar.core.parties import Address, Mandate, Person
from dsar.lawbook.load import law

from .cases import CaseFile, day

AGENT = Person(id="ana", name="Ana", email="a@ngo.example", address=Address(lines=(), country="FR"), language="fr")
MANDATE = Mandate(
    id="M-1", kind="agent", agent=AGENT, subject="zoe", controller="x", rights=("access",), signed_on=day("2026-03-01")
)


def asked(mandate: Mandate | None = None) -> CaseFile:
    file = CaseFile(opened="2026-03-02", mandate=mandate)
    file.letter("2026-03-05")
    return file


def opened(file: CaseFile) -> Opened:
    first = file.entries[0].event
    assert isinstance(first, Opened)
    return first


def reopen(file: CaseFile, event: Opened) -> None:
    file.entries[0] = replace(file.entries[0], event=event)


def looked(
    file: CaseFile, on: str, authority: str = "fr-cnil", *, lang: str = "fr", mandate: Mandate | None = None
) -> dict[str, Point]:
    """The points by id; of several with one id, the first."""
    book, case, today = law(), file.case(on), day(on)
    owed = file.due(on)
    found = breaches(case, book, owed, file.calendars, today)
    since = min((one.since for one in found), default=None)
    filing = Filing(
        case=case,
        authority=book.authorities[authority],
        due=(*owed, *later(case, book, file.calendars.safe, since)),
        breaches=found,
        oddities=oddities(case),
        mandate=mandate,
        lang=lang,
        today=today,
    )
    named: dict[str, Point] = {}
    for point in points(filing):
        # a time limit is said once, whatever it is counted from
        assert not point.id.startswith("limit") or not any(name.startswith("limit") for name in named)
        named.setdefault(point.id, point)
    return named


def test_before_the_safe_date_it_is_too_early_and_after_it_no_more() -> None:
    early = looked(asked(), "2026-04-07")
    assert early["too-early"] == Point(
        id="too-early", verdict="against", command=early["too-early"].command, values=(("day", date(2026, 4, 7)),)
    )
    assert early["no-breach"].verdict == "against"
    late = looked(asked(), "2026-04-08")
    assert "too-early" not in late
    assert "no-breach" not in late


def test_a_request_that_was_never_delivered_is_no_proof_that_the_right_was_exercised() -> None:
    file = CaseFile(opened="2026-03-02")
    number = file.issued("2026-03-05")
    assert looked(file, "2026-05-01")["content-prior-request"].verdict == "missing"
    file.sent("2026-03-05", number)
    found = looked(file, "2026-05-01")
    assert found["content-prior-request"].verdict == "there"
    assert (found["prior-contact-required"].verdict, found["no-safe-date"].verdict) == ("against", "against")
    assert found["no-proof"].values == (("n", 3),)


@pytest.mark.parametrize(("basis", "verdict"), [("proved", "there"), ("returned", "against"), ("refused", "against")])
def test_a_letter_that_came_back_did_not_reach_the_controller(basis: Basis, verdict: str) -> None:
    file = CaseFile(opened="2026-03-02")
    number = file.issued("2026-03-05")
    sending = file.sent("2026-03-05", number)
    file.delivered("2026-03-09", sending, basis=basis)
    assert looked(file, "2026-05-01")["prior-contact-required"].verdict == verdict


def test_what_lies_open_in_the_file_speaks_against_filing() -> None:
    file = asked()
    question = file.received("2026-03-10", IdentityDemand(items=("a passport",)))
    answer = file.received("2026-03-20", Answer())
    unread = file.received("2026-03-21")
    found = looked(file, "2026-05-01")
    for name, n in (("question", question), ("unreviewed", answer), ("unread", unread)):
        assert (found[name].verdict, found[name].values) == ("against", (("n", n),))


@pytest.mark.parametrize(("lang", "verdict"), [("fr", "there"), ("en", "missing")])
def test_the_cnil_takes_french_alone(lang: str, verdict: str) -> None:
    assert looked(asked(), "2026-05-01", lang=lang)["language"].verdict == verdict


def test_the_six_contents_of_the_austrian_complaint_are_looked_at() -> None:
    """§ 24(2) DSG: right, respondent, facts, grounds, request to establish, timeliness; (3): the request itself."""
    found = looked(asked(), "2026-05-01", "at-dsb", lang="de")
    six = ("right-infringed", "respondent", "facts", "grounds", "request-to-establish", "timeliness", "prior-request")
    assert [found[f"content-{name}"].verdict for name in six] == ["there"] * 7


def test_the_austrian_year_is_said_before_it_ends_when_it_is_near_and_after() -> None:
    """§ 24(4) DSG: one year from knowledge; silence until Tuesday 7 April 2026 is known on the 8th."""
    file = asked()
    subject = opened(file).subject
    reopen(file, replace(opened(file), subject=replace(subject, address=Address(lines=(), country="AT"))))
    for on, name in (("2026-05-01", "limit"), ("2027-03-01", "limit-soon"), ("2027-04-09", "limit-passed")):
        assert looked(file, on, "at-dsb", lang="de")[name].values == (("day", date(2027, 4, 8)),)


def test_the_spanish_form_is_mandatory_and_the_italian_signature_is_asked_for() -> None:
    assert looked(asked(), "2026-05-01", "es-aepd", lang="es")["form-mandatory"].verdict == "by-hand"
    italian = looked(asked(), "2026-05-01", "it-garante", lang="it")
    assert any(name.startswith("signature-") for name in italian)
    assert italian["identity-copy-with-handwritten"].command == "mask FILE"


def test_a_mandate_has_its_traps() -> None:
    commercial = replace(MANDATE, agent=replace(AGENT, commercial=True))
    assert looked(asked(commercial), "2026-05-01", mandate=commercial)["agent-commercial"].verdict == "there"
    ended = replace(MANDATE, until=day("2026-04-30"))
    assert looked(asked(ended), "2026-05-01", mandate=ended)["mandate-expired"].values[1] == ("day", date(2026, 4, 30))
    revoked = replace(MANDATE, revoked_on=day("2026-04-15"))
    assert looked(asked(revoked), "2026-05-01", mandate=revoked)["mandate-revoked"].values[1][1] == date(2026, 4, 15)
    unsigned = replace(MANDATE, signed_on=None)
    assert looked(asked(unsigned), "2026-05-01", mandate=unsigned)["mandate-unsigned"].verdict == "against"
    younger = replace(MANDATE, signed_on=day("2026-03-20"))
    assert looked(asked(younger), "2026-05-01", mandate=younger)["mandate-younger"].verdict == "against"
    assert "mandate-younger" not in looked(asked(MANDATE), "2026-05-01", mandate=MANDATE)


@pytest.mark.parametrize(
    ("grievance", "against"), [(None, True), ("2026-03-02", True), ("2026-03-01", False), ("2026-02-01", False)]
)
def test_a_body_acts_on_a_grievance_that_was_there_before_its_mandate(grievance: str | None, against: bool) -> None:  # noqa: FBT001 - a column of the table
    """APD/GBA 112/2024 dismissed a complaint on a mandate that had been made before the grievance."""
    body = replace(MANDATE, kind="art80", grievance_on=day(grievance) if grievance else None)
    found = looked(asked(body), "2026-05-01", mandate=body)
    assert ("mandate-before-grievance" in found) is against
    assert found["constitution-proof"].verdict == "by-hand"


def test_across_borders_no_more_may_be_asked_than_the_regulation_lists() -> None:
    """Reg. (EU) 2025/2518 Art. 4(1), from 2 April 2027; for Clearface, outside the Union, it never applies."""
    assert "procreg-closed-list" not in looked(asked(), "2027-05-01")
    file = asked()
    abroad = replace(opened(file).controller, established=True, address=Address(lines=("1 street",), country="IE"))
    reopen(file, replace(opened(file), controller=abroad))
    assert "procreg-closed-list" not in looked(file, "2027-04-01")
    found = looked(file, "2027-04-02")
    assert found["procreg-closed-list"].verdict == "there"
    assert "content-evidence" not in found
