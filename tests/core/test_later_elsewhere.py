"""The clocks of the other authorities, and those that an act of an authority starts; counted by hand."""

from __future__ import annotations

from datetime import date

from dsar.core.events import AuthorityActed, Escalated
from dsar.core.meanings import Acknowledgement, AutoReply

from .cases import CaseFile, between, day, request_received


def british() -> CaseFile:
    """A request of 5 May 2026 that nobody answered: due on 5 June, silence is a grievance from 6 June on."""
    return between(request_received("2026-05-05", regime="uk-gdpr"), home="GB", controller="GB")


def lodged(authority: str, on: str, *, regime: str = "gdpr", home: str = "FR", controller: str = "FR") -> CaseFile:
    file = between(request_received("2026-03-02", regime=regime), home=home, controller=controller)
    file.write(Escalated(on=day(on), authority=authority))
    return file


def ids(file: CaseFile, as_of: str) -> set[str]:
    return {deadline.id for deadline in file.due(as_of)}


def test_a_british_controller_acknowledges_a_complaint_within_thirty_days_of_its_receipt() -> None:
    """DPA 2018, s. 164A(3): received on Wednesday 1 July 2026 + 30 days = Friday 31 July 2026."""
    file = british()
    file.letter("2026-07-01", "controller-complaint")
    owed = file.deadline("uk-164a-acknowledgement", "2026-07-01")
    assert (owed.binds, owed.strict, owed.safe, owed.met) == ("controller", date(2026, 7, 31), date(2026, 7, 31), None)


def test_an_acknowledgement_meets_it_an_automatic_reply_does_not() -> None:
    file = british()
    file.letter("2026-07-01", "controller-complaint")
    file.received("2026-07-01", AutoReply())
    assert file.deadline("uk-164a-acknowledgement", "2026-07-10").met is None
    file.received("2026-07-15", Acknowledgement())
    assert file.deadline("uk-164a-acknowledgement", "2026-07-15").met == date(2026, 7, 15)


def test_an_acknowledgement_of_the_request_acknowledges_no_complaint() -> None:
    file = british()
    file.received("2026-05-07", Acknowledgement())
    file.letter("2026-07-01", "controller-complaint")
    assert file.deadline("uk-164a-acknowledgement", "2026-07-10").met is None


def test_before_19_june_2026_and_under_another_law_no_acknowledgement_was_owed() -> None:
    early = british()
    early.letter("2026-06-18", "controller-complaint")
    assert "uk-164a-acknowledgement" not in ids(early, "2026-07-01")
    european = request_received("2026-05-05")
    european.letter("2026-07-01", "controller-complaint")
    assert "uk-164a-acknowledgement" not in ids(european, "2026-07-01")


def test_the_ico_is_expected_to_hear_within_three_months_of_their_last_word() -> None:
    """No answer: the request of 5 May counts, 5 August 2026. They write on 10 June: Thursday 10 September 2026."""
    file = british()
    assert file.deadline("uk-ico-three-months", "2026-06-08").strict == date(2026, 8, 5)
    file.received("2026-06-10", Acknowledgement())
    expected = file.deadline("uk-ico-three-months", "2026-06-10")
    assert (expected.binds, expected.strict) == ("us", date(2026, 9, 10))
    assert "uk-ico-three-months" not in ids(british(), "2026-06-05")


def test_the_ico_owes_news_to_the_tribunal_and_article_78_is_not_its_law() -> None:
    """DPA 2018, s. 166: lodged on Tuesday 1 September 2026 + 3 months = Tuesday 1 December 2026."""
    file = british()
    file.write(Escalated(on=day("2026-09-01"), authority="uk-ico"))
    assert file.deadline("uk-166", "2026-09-01").strict == date(2026, 12, 1)
    assert "art-78-2" not in ids(file, "2026-09-01")


def test_a_complaint_about_the_institutions_has_two_years_wherever_one_lives() -> None:
    """EDPS Rules of Procedure, Art. 16(4): silence is known from 3 April 2026; 3 April 2028, a Monday."""
    file = between(request_received("2026-03-02", regime="eudpr"), home="AT", controller="EU")
    assert file.deadline("edps-two-years", "2026-04-03").strict == date(2028, 4, 3)
    assert "at-dsg-24-4-knowledge" not in ids(file, "2026-04-03")


def test_the_silence_of_the_edps_is_a_decision_after_three_months() -> None:
    """Regulation (EU) 2018/1725, Art. 63(3): lodged on 4 May 2026, Tuesday 4 August 2026."""
    file = lodged("eu-edps", "2026-05-04", regime="eudpr", controller="EU")
    assert file.deadline("eudpr-63-3", "2026-05-04").strict == date(2026, 8, 4)
    assert "art-78-2" not in ids(file, "2026-05-04")


def test_police_files_have_the_three_months_of_their_own_directive() -> None:
    """Directive (EU) 2016/680, Art. 53(2)."""
    file = lodged("fr-cnil", "2026-05-04", regime="led-fr")
    assert file.deadline("led-53-2", "2026-05-04").strict == date(2026, 8, 4)
    assert "art-78-2" not in ids(file, "2026-05-04")


def test_the_spanish_authority_has_six_months_from_the_day_it_admits_the_complaint() -> None:
    """LOPDGDD 65(5): lodged on 4 May 2026, admission by 4 August. 64(1): admitted on 1 July, Friday 1 January 2027."""
    file = lodged("es-aepd", "2026-05-04", home="ES", controller="ES")
    assert "es-lopdgdd-64" not in ids(file, "2026-06-30")
    file.write(AuthorityActed(on=day("2026-07-01"), act="admitted"))
    assert file.deadline("es-lopdgdd-65-5", "2026-07-01").met == date(2026, 7, 1)
    decision = file.deadline("es-lopdgdd-64", "2026-07-01")
    assert (decision.strict, decision.met) == (date(2027, 1, 1), None)
    file.write(AuthorityActed(on=day("2026-12-01"), act="decision"))
    assert file.deadline("es-lopdgdd-64", "2026-12-01").met == date(2026, 12, 1)


def cross_border() -> CaseFile:
    """Lodged in France on Tuesday 6 April 2027 against a company established in Ireland."""
    file = between(request_received("2027-01-05"), controller="IE")
    file.write(Escalated(on=day("2027-04-06"), authority="fr-cnil"))
    return file


def test_the_lead_authority_has_six_weeks_from_the_transmission_to_confirm_its_competence() -> None:
    """Regulation (EU) 2025/2518, Art. 4(6): Monday 3 May 2027 + six weeks = Monday 14 June 2027."""
    file = cross_border()
    assert "procreg-competence" not in ids(file, "2027-05-02")
    file.write(AuthorityActed(on=day("2027-05-03"), act="transmitted"))
    assert file.deadline("procreg-competence", "2027-05-03").strict == date(2027, 6, 14)
    assert file.deadline("procreg-transmission", "2027-05-03").met == date(2027, 5, 3)
    file.write(AuthorityActed(on=day("2027-06-01"), act="competence"))
    assert file.deadline("procreg-competence", "2027-06-01").met == date(2027, 6, 1)


def test_from_the_confirmed_competence_fifteen_months_run_or_twelve_but_never_both() -> None:
    """Art. 12(1): Tuesday 1 June 2027 + 15 months = Friday 1 September 2028; Art. 12(6): Thursday 1 June 2028."""
    file = cross_border()
    file.write(AuthorityActed(on=day("2027-06-01"), act="competence"))
    assert file.deadline("procreg-draft-decision", "2027-06-01").strict == date(2028, 9, 1)
    assert "procreg-simple" not in ids(file, "2027-06-01")
    file.write(AuthorityActed(on=day("2027-06-15"), act="simple"))
    assert file.deadline("procreg-simple", "2027-06-15").strict == date(2028, 6, 1)
    assert "procreg-draft-decision" not in ids(file, "2027-06-15")


def test_we_have_four_weeks_to_object_to_an_early_resolution_unless_it_is_over() -> None:
    """Art. 5: told on Monday 10 May 2027 + four weeks = Monday 7 June 2027; ours, and it does not roll."""
    file = cross_border()
    file.write(AuthorityActed(on=day("2027-05-10"), act="resolution"))
    objection = file.deadline("procreg-objection", "2027-05-10")
    assert (objection.binds, objection.strict) == ("us", date(2027, 6, 7))
    file.write(AuthorityActed(on=day("2027-06-21"), act="closure"))
    assert "procreg-objection" not in ids(file, "2027-06-21")


def test_within_one_country_no_step_of_the_procedural_regulation_starts_a_clock() -> None:
    file = lodged("fr-cnil", "2027-04-06")
    for act in ("transmitted", "competence", "resolution"):
        file.write(AuthorityActed(on=day("2027-05-03"), act=act))
    assert not {name for name in ids(file, "2027-05-03") if name.startswith("procreg")}
