"""A complaint of many: who joins in, who is left out and why, and that nobody is said to have what is not theirs."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Closed, Confirmed, Corrected, Escalated
from dsar.core.parties import Controller
from dsar.desk import body, collective
from dsar.desk.authorities import for_case
from dsar.desk.bundling import Wish
from dsar.desk.collective_check import check
from dsar.desk.collective_errors import (
    ErasedMeanwhileError,
    LodgedAlreadyError,
    NobodyToComplainError,
    NoCampaignCasesError,
    NotBuiltError,
    NothingToLodgeError,
    NumberedMeanwhileError,
    UnknownControllerError,
    UnknownProofError,
    WhichAuthorityError,
    WhichControllerError,
)
from dsar.desk.collective_filing import compose
from dsar.desk.collective_groups import Ask
from dsar.desk.collective_lodging import lodge, lodging
from dsar.desk.collective_numbers import finish, head, lodged, numbers_of, put, reserve
from dsar.desk.enrolling import Told, enrol, enrolled
from dsar.desk.errors import UnknownAuthorityError
from dsar.desk.evidence import take_bytes
from dsar.desk.forgetting import hand_out
from dsar.desk.places import UnknownRegionError
from dsar.desk.projecting import project
from dsar.lawbook.load import law
from dsar.vault.wire import to_plain

from . import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dsar.core.collective import Head
    from dsar.core.events import Event
    from dsar.core.parties import Evidence
    from dsar.desk.collective_filing import Composed
    from dsar.desk.collective_groups import Chosen, Group
    from dsar.desk.office import Desk

# Received on 5 March 2026; Easter Monday, a holiday where the person lives, is 6 April: late from 8 April on.
AFTER = date(2026, 6, 1)
CNIL = Ask(campaign=many.CAMPAIGN, authority="fr-cnil")


class _BackError(Exception):
    """Ends the transaction of a test, so that nothing of it stays."""


@contextmanager
def _transaction(desk: Desk) -> Iterator[None]:
    with desk.vault.transaction():
        yield
        raise _BackError


@pytest.fixture
def at(desk: Desk) -> Iterator[Desk]:
    """The desk on a day after all time limits; what a test writes is taken back."""
    with suppress(_BackError), _transaction(desk):
        yield replace(desk, today=AFTER)


def bulk(desk: Desk) -> Evidence:
    """One answer to everybody."""
    data = many.mail("Your requests", "We hold photographs of you.", "undisclosed@clearface.example")
    return take_bytes(desk, data, name="bulk.eml", media="message/rfc822")


def chosen(desk: Desk, ask: Ask = CNIL) -> Chosen:
    return collective.choose(desk, ask)


def group(desk: Desk, ask: Ask = CNIL) -> Group:
    (only,) = chosen(desk, ask).groups
    return only


def why(found: Chosen) -> dict[str, str]:
    return {one.ref: one.why for one in found.left_out}


def test_complainants_stand_in_the_order_of_their_names(at: Desk) -> None:
    for n, name in ((1, "Zoe Zander"), (2, "anna Aalto"), (3, "Maxime Martin")):
        many.case(at, n, name)
    assert [one.subject.name for one in group(at).members] == ["anna Aalto", "Maxime Martin", "Zoe Zander"]


def test_somebody_whose_time_limit_is_not_over_is_left_out_and_named(at: Desk) -> None:
    early = replace(at, today=date(2026, 4, 7))
    for n in (1, 2):
        many.case(early, n)
    assert chosen(early).groups == ()
    with pytest.raises(NobodyToComplainError):
        collective.some(early, CNIL)
    assert "no breach may be alleged" in why(chosen(early))["2026-C0001"]
    assert len(group(replace(at, today=date(2026, 4, 8))).members) == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"revoked_on": date(2026, 5, 1)}, "was revoked on 2026-05-01"),
        ({"until": date(2026, 5, 31)}, "expired on 2026-05-31"),
        ({"signed_on": None}, "no signed copy is filed"),
        ({"document": None}, "signed copy is not in the vault"),
        ({"powers": ("request",)}, "does not cover a complaint"),
        ({"kind": "agent", "agent": replace(many.BODY, commercial=True)}, "Art. 80(1)"),
        ({"agent": replace(many.BODY, organisation="Other Body")}, "mandate is for Other Body"),
        ({"controller": "Pimface Ltd"}, "does not name Clearface AI, Inc."),
        ({"kind": "agent", "powers": ("request", "receive-data")}, "does not cover a complaint"),
        ({"signed_on": date(2026, 6, 2)}, "not in force"),
    ],
)
def test_a_mandate_that_does_not_carry_a_complaint_leaves_its_person_out(
    at: Desk, changes: dict[str, object], reason: str
) -> None:
    for n in (1, 2):
        many.case(at, n)
    many.case(at, 3, changes=changes)
    found = chosen(at)
    assert [one.ref for one in found.groups[0].members] == ["2026-C0001", "2026-C0002"]
    assert reason in why(found)["2026-C0003"]


def test_a_closed_case_an_unread_message_and_a_complaint_elsewhere_are_left_out(at: Desk) -> None:
    for n in (1, 2):
        many.case(at, n)
    many.case(at, 3, "", "FR", Closed(on=date(2026, 5, 2), outcome="satisfied"))
    unread = many.answered(bulk(at), date(2026, 5, 4), n=5)[:1]
    many.case(at, 4, "", "FR", *unread)
    many.case(at, 5, "", "FR", Escalated(on=date(2026, 5, 4), authority="de-berlin"))
    found = why(chosen(at))
    assert "closed" in found["2026-C0003"]
    assert "not classified" in found["2026-C0004"]
    assert "de-berlin" in found["2026-C0005"]
    assert len(group(at).members) == 2


def test_each_authority_gets_the_people_who_live_where_it_is_competent(at: Desk) -> None:
    lives = {"FR": (1, 2), "IT": (3, 4, 5), "AT": (6,), "ES": (7, 8)}
    for country, numbers in lives.items():
        for n in numbers:
            many.case(at, n, "", country)
    found = chosen(at, Ask(campaign=many.CAMPAIGN, authority="each"))
    assert {one.authority.id: (len(one.members), one.lang) for one in found.groups} == {
        "it-garante": (3, "it"),
        "es-aepd": (2, "es"),
        "fr-cnil": (2, "fr"),
    }
    # one person alone makes no complaint of many: the command for their own is named
    (alone,) = found.left_out
    assert (alone.ref, alone.command) == ("2026-C0006", "dossier 2026-C0006 --authority at-dsb")
    with pytest.raises(WhichAuthorityError, match=r"it-garante \(3\)"):
        chosen(at, Ask(campaign=many.CAMPAIGN))
    assert len(group(at, Ask(campaign=many.CAMPAIGN, residence="it")).members) == 3
    # without an establishment in the Union each authority is competent on its own territory only
    assert "fr-cnil is not competent for it" in why(chosen(at))["2026-C0003"]


def in_germany(at: Desk, regions: Sequence[str | None], controller: Controller = many.CLEARFACE) -> None:
    """People in Germany of whom the register has the region, or not."""
    for n, region in enumerate(regions, start=1):
        many.case(at, n, "", "DE", controller=controller)
        enrol(at, many.person(n, f"Person {n:03}", "DE"), Told(region=region))


def test_where_somebody_in_germany_lives_decides_if_the_controller_sits_abroad(at: Desk) -> None:
    """BDSG § 40: without an establishment in Germany the authority of the Land acts in which the person lives."""
    in_germany(at, ("Berlin", "DE-BE", "be", "BY", "Bayern", "HH", None))
    found = chosen(at, Ask(campaign=many.CAMPAIGN, authority="each"))
    assert {one.authority.id: [m.ref for m in one.members] for one in found.groups} == {
        "de-berlin": ["2026-C0001", "2026-C0002", "2026-C0003"],
        "de-baylda": ["2026-C0004", "2026-C0005"],
    }
    left = {one.ref: one for one in found.left_out}
    assert left["2026-C0006"].command == "dossier 2026-C0006 --authority de-hamburg"
    # nobody is sorted by the alphabet of the authorities
    assert "nobody noted in which region of DE the person lives" in left["2026-C0007"].why
    assert left["2026-C0007"].command == "subject edit p7 --region CODE"


def test_whoever_names_the_authority_takes_those_whose_region_nobody_noted_and_is_told(at: Desk) -> None:
    in_germany(at, (None, "BE", "HH"))
    ask = Ask(campaign=many.CAMPAIGN, authority="de-berlin")
    found = chosen(at, ask)
    assert [one.ref for one in found.groups[0].members] == ["2026-C0001", "2026-C0002"]
    assert "de-berlin is not competent for it (de-hamburg" in why(found)["2026-C0003"]
    (said,) = [one for one in compose(at, found.groups[0], Wish()).warnings if "region" in one]
    assert "2026-C0001" in said
    assert "2026-C0002" not in said
    points = {one.point.id: one for one in check(at, found.groups[0]).found}
    assert points["region"].refs == ("2026-C0001",)
    assert points["region"].point.command == "dsar subject edit p1 --region CODE"


def test_the_seat_decides_where_the_controller_sits_in_that_country(at: Desk) -> None:
    """BDSG § 40: a company's authority is that of the Land in which it is established."""
    spiegel = replace(
        many.CLEARFACE,
        id="spiegelbild",
        name="Spiegelbild GmbH",
        address=replace(many.BODY.address, country="DE"),
        established=True,
    )
    in_germany(at, (None, None), spiegel)
    each = Ask(campaign=many.CAMPAIGN, authority="each")
    (one, _) = chosen(at, each).left_out
    assert one.command == "controllers edit spiegelbild --region CODE"
    at.vault.put_record("controller", "spiegelbild", to_plain(replace(spiegel, region="NW")))
    (only,) = chosen(at, each).groups
    assert (only.authority.id, len(only.members)) == ("de-nrw", 2)


def test_a_law_without_a_complaint_of_ours_gets_the_dossier_and_the_form_is_named(at: Desk) -> None:
    for n in (1, 2):
        one = many.person(n, f"Person {n:03}", "GB")
        first = replace(many.opened(one, many.mandate(at, one)), regime="uk-gdpr", rights=("access",))
        ref = f"2026-U000{n}"
        facts = (first, *many.asked(at, ref))
        project(at, ref, at.vault.append(ref, facts, expect=0, now=at.now, by=at.by))
    (only,) = chosen(at, Ask(campaign=many.CAMPAIGN, authority="each")).groups
    made = compose(at, only, Wish())
    assert (only.authority.id, only.lang, made.letter) == ("uk-ico", "en", None)
    assert any("use the form of uk-ico" in one for one in made.warnings)
    assert [one.grievance.cites for one in made.shared] == [("uk-gdpr:12A.1", "uk-gdpr:12.4")]


def test_a_region_is_kept_only_where_it_decides_and_must_be_one_of_the_country(at: Desk) -> None:
    enrol(at, many.person(1, "Anna", "FR"), Told(region="Île-de-France"))
    kept = enrolled(at, "p1")
    assert kept is not None
    assert not kept.region
    with pytest.raises(UnknownRegionError, match="“Tirol” is no region of DE"):
        enrol(at, many.person(2, "Bea", "DE"), Told(region="Tirol"))
    # who moved to another country left the region behind
    case = many.opened(many.person(3, "Cem", "FR"), None)
    assert [one.authority.id for one in for_case(case, law(), region="DE-BE")] == ["fr-cnil"]


def test_one_person_is_counted_once_however_many_cases_they_have(at: Desk) -> None:
    for n in (1, 2):
        many.case(at, n)
    held = many.mandate(at, many.person(1, "Person 001", "FR"))
    again = many.opened(many.person(1, "Person 001", "FR"), held)
    facts = (again, *many.asked(at, "2026-A0001"))
    project(at, "2026-A0001", at.vault.append("2026-A0001", facts, expect=0, now=at.now, by=at.by))
    found = chosen(at)
    assert [one.subject.id for one in found.groups[0].members] == ["p1", "p2"]
    (left,) = found.left_out
    assert "the same person complains with case" in left.why


def test_a_request_that_did_not_leave_is_said_to_have_been_sent_by_nobody(at: Desk) -> None:
    one = many.person(3, "Person 003", "FR")
    came = many.demanded(bulk(at), date(2026, 3, 5), n=2)
    right = Confirmed(on=date(2026, 3, 5), about=2, because="so it was")
    facts = (many.opened(one, many.mandate(at, one)), *came, right)
    project(at, "2026-A0003", at.vault.append("2026-A0003", facts, expect=0, now=at.now, by=at.by))
    for n in (1, 2):
        many.case(at, n)
    assert "not recorded as sent" in why(chosen(at))["2026-A0003"]


def test_who_complained_alone_already_does_not_complain_again_with_the_others(at: Desk) -> None:
    for n in (1, 2):
        many.case(at, n)
    many.case(at, 3, "", "FR", Escalated(on=date(2026, 5, 4), authority="fr-cnil"))
    assert "must not be lodged twice" in why(chosen(at))["2026-C0003"]


def test_a_controller_that_was_renamed_is_found_by_both_names_and_called_by_the_new_one(at: Desk) -> None:
    new = replace(many.CLEARFACE, name="Visage Holdings, Inc.")
    many.case(at, 1, "Zoe Zander")
    many.case(at, 2, "Anna Aalto", controller=new)
    for name in ("clearface ai, inc.", "Visage Holdings, Inc.", "clearface"):
        assert group(at, replace(CNIL, controller=name)).controller.name == "Visage Holdings, Inc."
    twin = replace(many.CLEARFACE, id="clearface-2")
    many.case(at, 3, controller=twin)
    with pytest.raises(WhichControllerError, match="clearface-2"):
        chosen(at, replace(CNIL, controller="Clearface AI, Inc."))


def test_a_campaign_against_several_controllers_asks_which_one(at: Desk) -> None:
    other = Controller(id="miroir", name="Miroir SAS", address=replace(many.BODY.address, country="FR"))
    for n in (1, 2):
        many.case(at, n)
    many.case(at, 3, controller=other)
    with pytest.raises(WhichControllerError, match="Miroir SAS"):
        chosen(at)
    assert len(group(at, replace(CNIL, controller="clearface ai, inc.")).members) == 2
    with pytest.raises(UnknownControllerError):
        chosen(at, replace(CNIL, controller="nobody"))
    with pytest.raises(NoCampaignCasesError):
        chosen(at, replace(CNIL, campaign="OTHER1"))


def _mixed(at: Desk) -> Group:
    """Two silent cases and two that were answered late, with one and the same mail."""
    answer = bulk(at)
    late = many.answered(answer, date(2026, 5, 4), n=5)
    stories: dict[int, tuple[Event, ...]] = {1: (), 2: late, 3: late, 4: ()}
    for n, more in stories.items():
        many.case(at, n, many.NAMES[n - 1], "FR", *more)
    return group(at)


def _kept(at: Desk, made: Composed) -> Head:
    reserve(at, made.group, made.numbers, anew=False)
    return finish(at, made.group, letter=None, text=None)


def test_nobody_is_listed_under_a_grievance_that_their_own_case_does_not_bear(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    assert {one.grievance.id: (one.count, one.of) for one in made.shared} == {
        "no-answer": (2, "1, 4"),
        "late-answer": (2, "2, 3"),
    }
    numbers = {one.told.n: {each.id for each in one.told.grievances} for one in made.everybody}
    assert numbers == {1: {"no-answer"}, 2: {"late-answer"}, 3: {"late-answer"}, 4: {"no-answer"}}


def test_the_complaint_names_nobody_and_counts_everybody(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    assert made.letter is not None
    text = made.letter.body  # type: ignore[union-attr]  # nothing was lodged, so that it is no frozen one
    assert [name for name in many.NAMES if name.split()[0] in text or name.split()[1] in text] == []
    assert re.search(r"2 sur 4 \(\S+ 1, 4\)", text)
    assert re.search(r"2 sur 4 \(\S+ 2, 3\)", text)
    assert "entre" not in text.partition("## Griefs")[0].partition("Les demandes ont été envoyées")[2][:40]
    assert "le 7 avril 2026" in text


def test_one_mail_to_many_is_one_exhibit_behind_the_mandates(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    numbers = {one.told.n: one.numbers for one in made.everybody}
    # four mandates, then the one mail, then request and slip of each
    assert numbers == {1: (1, 6, 7), 2: (2, 8, 9, 5), 3: (3, 10, 11, 5), 4: (4, 12, 13)}


def test_later_builds_keep_every_number_and_add_at_the_end(at: Desk, tmp_path: Path) -> None:
    made = compose(at, _mixed(at), Wish())
    _kept(at, made)
    many.case(at, 5, "Aaron Abel")
    proof = tmp_path / "statutes.pdf"
    proof.write_bytes(many.page("Statutes"))
    body.file_proof(at, proof, "statutes")
    later = numbers_of(at, group(at))
    assert later.complainants["2026-C0005"] == 5
    assert made.numbers.exhibits.items() <= later.exhibits.items()
    assert sorted(later.exhibits.values()) == list(range(1, 18))
    anew = numbers_of(at, group(at), anew=True)
    assert anew.complainants["2026-C0005"] == 1


def test_the_numbers_of_an_erased_case_go_with_it_and_are_not_given_again(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    _kept(at, made)
    at.vault.erase("2026-C0004", reason="requested", now=at.now)
    assert "2026-C0004" not in str(at.vault.records("collective-case"))
    many.case(at, 9)
    later = numbers_of(at, group(at))
    assert later.complainants["2026-C0009"] == 5
    assert min(later.exhibits[one.evidence.sha256] for one in group(at).members[-1].pieces) == 14


def test_somebody_who_is_erased_while_the_dossier_is_built_ends_it_in_one_sentence(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    reserve(at, made.group, made.numbers, anew=False)
    at.vault.erase("2026-C0003", reason="requested", now=at.now)
    with pytest.raises(ErasedMeanwhileError, match="2026-C0003"):
        finish(at, made.group, letter=None, text=None)
    assert "2026-C0003" not in str(at.vault.records("collective-case"))
    with pytest.raises(NotBuiltError):
        lodging(at, many.CAMPAIGN, "fr-cnil", on=AFTER)


def test_only_who_was_in_the_dossier_of_the_day_is_recorded_as_lodged(at: Desk) -> None:
    _kept(at, compose(at, _mixed(at), Wish()))
    many.case(at, 5, "Aaron Abel")
    later = replace(at, today=date(2026, 6, 8))
    _kept(later, compose(later, group(later), Wish()))
    first = lodging(later, many.CAMPAIGN, "fr-cnil", on=date(2026, 6, 4))
    assert first.refs == tuple(f"2026-C{n:04}" for n in range(1, 5))
    assert "2026-C0005" in lodging(later, many.CAMPAIGN, "fr-cnil", on=date(2026, 6, 8)).refs
    with pytest.raises(NotBuiltError, match=r"for de-berlin by 2026-06-04 \(but for fr-cnil\)"):
        lodging(later, many.CAMPAIGN, "de-berlin", on=date(2026, 6, 4))
    with pytest.raises(UnknownAuthorityError, match="fr-cnil"):
        lodging(later, many.CAMPAIGN, "fr-cnill", on=date(2026, 6, 4))


def test_a_lodging_that_was_withdrawn_can_be_recorded_again_and_doubts_are_told(at: Desk) -> None:
    _kept(at, compose(at, _mixed(at), Wish()))
    lodge(at, lodging(at, many.CAMPAIGN, "fr-cnil", on=AFTER), reference="", proof=None)
    with pytest.raises(NothingToLodgeError):
        lodging(at, many.CAMPAIGN, "fr-cnil", on=AFTER)
    log = at.vault.log("2026-C0001")
    undo = Corrected(on=AFTER, replaces=len(log), by=None, because="not sent after all")
    project(at, "2026-C0001", (*log, *at.vault.append("2026-C0001", (undo,), expect=len(log), now=at.now, by=at.by)))
    held = many.mandate(at, many.person(1, "Anna Aalto", "FR"), revoked_on=date(2026, 5, 30))
    assert held.revoked_on
    again = lodging(at, many.CAMPAIGN, "fr-cnil", on=AFTER)
    assert (again.refs, again.before, again.doubtful) == (("2026-C0001",), 3, ("2026-C0001",))


def test_the_numbers_of_a_person_go_with_the_export_of_the_person(at: Desk, tmp_path: Path) -> None:
    _kept(at, compose(at, _mixed(at), Wish()))
    at.vault.put_record("subject", "p2", to_plain(many.person(2, "Bruno Bianchi", "FR")))
    hand_out(at, "p2", tmp_path / "out")
    records = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8")
    assert '"2026-C0002/FACES26/clearface/fr-cnil"' in records
    assert "2026-C0003/FACES26" not in records


def test_numbers_that_an_authority_has_read_are_not_given_anew(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    kept = _kept(at, made)
    put(at, lodged(kept, kept.included, AFTER))
    with pytest.raises(LodgedAlreadyError):
        compose(at, group(at), Wish(), anew=True)
    found = head(at, made.group.id)
    assert found is not None
    assert found.lodged == kept.included


def test_what_stands_in_the_way_is_said_once_with_how_many_it_concerns(at: Desk, tmp_path: Path) -> None:
    found = check(at, _mixed(at))
    points = {one.point.id: one for one in found.found}
    assert points["unreviewed"].refs == ("2026-C0002", "2026-C0003")
    assert points["unreviewed"].point.verdict == "against"
    assert [points[f"body-{kind}"].point.verdict for kind in body.PROOFS] == ["missing"] * 3
    assert not found.ok
    assert len([one for one in found.found if one.point.id == "content-identity"]) == 1
    path = tmp_path / "report.pdf"
    path.write_bytes(many.page("Report"))
    with pytest.raises(UnknownProofError):
        body.file_proof(at, path, "brochure")
    body.file_proof(at, path, "report")
    assert body.lacking(at) == ("statutes", "register")


def test_two_who_number_the_same_complaint_at_once_do_not_overwrite_each_other(at: Desk) -> None:
    first = compose(at, _mixed(at), Wish())
    many.case(at, 5, "Aaron Abel")
    second = compose(at, group(at), Wish())
    reserve(at, second.group, second.numbers, anew=False)
    with pytest.raises(NumberedMeanwhileError):
        reserve(at, first.group, first.numbers, anew=False)
