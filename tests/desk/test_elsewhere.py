"""A case under another law: its lists, its next steps, its letters and its dossier, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from dsar.core.events import Escalated, Opened
from dsar.core.parallels import RegimeId
from dsar.desk import briefing, lists, views
from dsar.desk.authorities import for_case
from dsar.desk.drafting import Wish, draft
from dsar.desk.filing import dossier
from dsar.desk.office import calendars_for, read
from dsar.desk.regime import LetterElsewhereError
from dsar.desk.wording import speaker
from dsar.letters.find import in_language

from .logs import Log, in_every_state
from .test_projection import by_ref, for_a_while, keep

if TYPE_CHECKING:
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

LAST = date(2026, 9, 30)
ELSEWHERE = tuple(regime for regime in get_args(RegimeId) if regime != "gdpr")
PLACES = {"eudpr": "EU", "uk-gdpr": "GB", "ch-fadp": "CH", "led-fr": "FR", "led-de": "DE"}


def moved(log: Log, regime: str) -> Log:
    """The same case against a controller of that law's country, for somebody who lives there."""
    opened = log.events[0]
    assert isinstance(opened, Opened)
    country = PLACES[regime]
    home = country if country != "EU" else "FR"
    controller = replace(opened.controller, address=replace(opened.controller.address, country=country))
    subject = replace(opened.subject, address=replace(opened.subject.address, country=home))
    log.events[0] = replace(opened, regime=regime, controller=controller, subject=subject)
    return log


@pytest.mark.parametrize("regime", ELSEWHERE)
def test_in_every_state_the_list_is_what_the_logs_say_and_proposes_only_letters_of_that_law(
    desk: Desk, regime: str
) -> None:
    kinds = {one.kind for one in in_language(desk.letters, "en") if regime in one.regimes}
    with for_a_while(desk) as paper:
        for number, log in enumerate(in_every_state(paper, LAST).values()):
            keep(desk, f"2026-{number:05}", moved(log, regime))
        for days in (0, 1, 33, 70, 150):
            then = replace(desk, today=LAST + timedelta(days=days))
            rows = by_ref(lists.agenda(then))
            assert rows == by_ref(lists.folded(then))
            commands = [step["command"].split() for row in rows.values() for step in row["next"]]
            proposed = {words[2] for words in commands if words[1] == "letter"}
            # what the case itself asks for first stands before any choice
            assert proposed - {"access-erasure"} <= kinds, (regime, days)


def overdue(paper: Evidence, regime: str) -> Log:
    """A request received on 3 August 2026 that nobody answered."""
    log = moved(Log(paper, date(2026, 8, 3)), regime)
    log.issue("access")
    log.send()
    log.deliver()
    return log


@pytest.mark.parametrize("regime", ["uk-gdpr", "eudpr", "ch-fadp", "led-fr"])
def test_a_letter_for_another_law_is_refused_in_a_sentence_that_names_those_of_this_one(
    desk: Desk, regime: str
) -> None:
    then = replace(desk, today=date(2026, 11, 2))
    with for_a_while(desk) as paper:
        keep(then, "2026-AAAAA", overdue(paper, regime))
        with pytest.raises(LetterElsewhereError, match=f"“notice” is not written for {regime}") as caught:
            draft(then, "2026-AAAAA", Wish(kind="notice", lang="en"))
    assert caught.value.code == 4
    if regime == "uk-gdpr":
        assert "controller-complaint" in str(caught.value)


def test_a_british_reminder_cites_british_law(desk: Desk) -> None:
    then = replace(desk, today=date(2026, 11, 2))
    with for_a_while(desk) as paper:
        keep(then, "2026-AAAAA", overdue(paper, "uk-gdpr"))
        body = draft(then, "2026-AAAAA", Wish(kind="reminder", lang="en")).letter.body
    assert "Article 12A(1) UK GDPR" in body
    assert "Article 12(4) UK GDPR" in body


@pytest.mark.parametrize(
    ("regime", "authority", "provision"),
    [
        ("uk-gdpr", "uk-ico", "Section 165 of the Data Protection Act 2018"),
        ("eudpr", "eu-edps", "Article 63 of Regulation (EU) 2018/1725"),
        ("ch-fadp", "ch-edoeb", ""),
        ("led-fr", "fr-cnil", "Article 52(1) of Directive (EU) 2016/680"),
    ],
)
def test_the_dossier_needs_no_complaint_in_our_words_and_names_the_right_to_complain(
    desk: Desk, regime: str, authority: str, provision: str
) -> None:
    then = replace(desk, today=date(2026, 11, 2))
    with for_a_while(desk) as paper:
        keep(then, "2026-AAAAA", overdue(paper, regime))
        made = dossier(then, read(then, "2026-AAAAA"), authority=authority, lang="en")
    assert made.cover.subheading == provision
    assert [part.id for part in made.sections] == ["facts", "deadlines", "identity", "grievances", "asked"]


def test_what_the_law_asks_is_told_in_words_that_are_true_of_it(desk: Desk) -> None:
    """DSV Art. 18(1): thirty days, not a month; loi 78-17: two months."""
    then = replace(desk, today=date(2026, 11, 2))
    told = {}
    for regime in ("gdpr", "ch-fadp", "led-fr"):
        with for_a_while(desk) as paper:
            log = overdue(paper, regime) if regime != "gdpr" else overdue(paper, "led-fr")
            opened = log.events[0]
            assert isinstance(opened, Opened)
            log.events[0] = replace(opened, regime=regime)
            keep(then, "2026-AAAAA", log)
            file = read(then, "2026-AAAAA")
            (grievance,) = briefing.grievances(file, then, speaker(then, "en"), ())
            told[regime] = grievance
    assert "one month" in told["gdpr"].law
    assert "30 days" in told["ch-fadp"].law
    assert "two months" in told["led-fr"].law
    assert told["gdpr"].precedents
    assert told["ch-fadp"].precedents == told["led-fr"].precedents == ()


@pytest.mark.parametrize(
    ("regime", "authority"),
    [("uk-gdpr", "uk-ico"), ("eudpr", "eu-edps"), ("ch-fadp", "ch-edoeb"), ("led-fr", "fr-cnil")],
)
def test_the_authority_of_the_law_is_asked(desk: Desk, regime: str, authority: str) -> None:
    with for_a_while(desk) as paper:
        keep(desk, "2026-AAAAA", overdue(paper, regime))
        file = read(desk, "2026-AAAAA")
    found = for_case(file.case.opened, file.law)
    assert found[0].authority.id == authority


@pytest.mark.parametrize(
    ("regime", "name"), [("uk-gdpr", "GB"), ("ch-fadp", "CH"), ("led-de", "DE"), ("eudpr", "EU institutions")]
)
def test_the_holidays_are_those_of_the_controller_also_outside_the_union(desk: Desk, regime: str, name: str) -> None:
    """Reg. 1182/71 Art. 2(1) knows the place of action; that Pry sits outside the Union does not move it home."""
    with for_a_while(desk) as paper:
        log = overdue(paper, regime)
        opened = log.events[0]
        assert isinstance(opened, Opened)
        log.events[0] = replace(opened, controller=replace(opened.controller, established=False))
        keep(desk, "2026-AAAAA", log)
        file = read(desk, "2026-AAAAA")
    assert calendars_for(file.case, file.law).strict.name == name


def test_the_page_of_a_case_before_an_authority_that_owes_nothing_is_written(desk: Desk) -> None:
    """The Swiss authority owes no news to somebody who reported (DSG Art. 52(2)): nothing to wait for by a day."""
    with for_a_while(desk) as paper:
        log = overdue(paper, "ch-fadp")
        log.write(Escalated(on=date(2026, 11, 2), authority="ch-edoeb"))
        keep(desk, "2026-AAAAA", log)
        page = views.show(desk, read(desk, "2026-AAAAA"))
    assert [step["id"] for step in page["next"]] == ["wait-authority-undated"]
