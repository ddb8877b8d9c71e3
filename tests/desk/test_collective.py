"""A complaint of many: who joins in, who is left out and why, and that nobody is said to have what is not theirs."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Closed, Escalated
from dsar.core.parties import Controller
from dsar.desk import body, collective
from dsar.desk.bundling import Wish
from dsar.desk.collective_check import check
from dsar.desk.collective_errors import (
    LodgedAlreadyError,
    NobodyToComplainError,
    NoCampaignCasesError,
    NumberedMeanwhileError,
    UnknownControllerError,
    UnknownProofError,
    WhichAuthorityError,
    WhichControllerError,
)
from dsar.desk.collective_filing import compose
from dsar.desk.collective_groups import Ask
from dsar.desk.collective_numbers import head, keep, lodged, numbers_of, put
from dsar.desk.evidence import take_bytes

from . import many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.events import Event
    from dsar.core.parties import Evidence
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
    assert why(found)["2026-C0006"].endswith("`dsar dossier 2026-C0006 --authority at-dsb` builds it")
    with pytest.raises(WhichAuthorityError, match=r"it-garante \(3\)"):
        chosen(at, Ask(campaign=many.CAMPAIGN))
    assert len(group(at, Ask(campaign=many.CAMPAIGN, residence="it")).members) == 3
    # without an establishment in the Union each authority is competent on its own territory only
    assert "fr-cnil is not competent for it" in why(chosen(at))["2026-C0003"]


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
    assert "2 sur 4 (n° 1, 4)" in text
    assert "2 sur 4 (n° 2, 3)" in text
    assert "entre" not in text.partition("## Griefs")[0].partition("Les demandes ont été envoyées")[2][:40]
    assert "le 7 avril 2026" in text


def test_one_mail_to_many_is_one_exhibit_behind_the_mandates(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    numbers = {one.told.n: one.numbers for one in made.everybody}
    # four mandates, then the one mail, then request and slip of each
    assert numbers == {1: (1, 6, 7), 2: (2, 8, 9, 5), 3: (3, 10, 11, 5), 4: (4, 12, 13)}


def test_later_builds_keep_every_number_and_add_at_the_end(at: Desk, tmp_path: Path) -> None:
    made = compose(at, _mixed(at), Wish())
    keep(at, made.group, made.numbers, letter=None, text=None, anew=False)
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
    keep(at, made.group, made.numbers, letter=None, text=None, anew=False)
    at.vault.erase("2026-C0004", reason="requested", now=at.now)
    assert "2026-C0004" not in str(at.vault.records("collective-case"))
    many.case(at, 9)
    later = numbers_of(at, group(at))
    assert later.complainants["2026-C0009"] == 5
    assert min(later.exhibits[one.evidence.sha256] for one in group(at).members[-1].pieces) == 14


def test_numbers_that_an_authority_has_read_are_not_given_anew(at: Desk) -> None:
    made = compose(at, _mixed(at), Wish())
    kept = keep(at, made.group, made.numbers, letter=None, text=None, anew=False)
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
    keep(at, second.group, second.numbers, letter=None, text=None, anew=False)
    with pytest.raises(NumberedMeanwhileError):
        keep(at, first.group, first.numbers, letter=None, text=None, anew=False)
