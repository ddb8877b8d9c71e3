"""What a campaign check says before a wave runs, and what a preview shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address
from dsar.desk import campaign_check, campaign_plan, campaign_show, campaigning
from dsar.desk.campaign_table import NoSuchColumnError, UnknownFieldError, table
from dsar.desk.directory import directory
from dsar.vault.wire import to_plain

from . import campaigns as c

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.desk.campaign_check import Checked
    from dsar.desk.office import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    c.coalition(tmp_path, 6)
    with c.open_vault(tmp_path) as vault:
        yield c.desk_on(vault)


def check(desk: Desk) -> Checked:
    with c.rolls(desk) as known:
        return campaign_check.check(desk, known, "FACES26")


def change(desk: Desk, kind: str, name: str, **fields: object) -> None:
    desk.vault.put_record(kind, name, {**(desk.vault.record(kind, name) or {}), **fields})


def test_a_sound_wave_is_ready_and_only_what_is_known_of_the_bodies_is_said(desk: Desk) -> None:
    c.seat_all(desk)
    found = check(desk)
    assert found.ready
    assert found.seats == 6
    # what a person gave as the reason goes to a company as it is
    assert {one.rule: one.count for one in found.findings} == {"unconfirmed": 6, "own-reason": 6}
    assert found.abuse == ()


def test_what_would_leave_a_seat_out_is_one_line_for_all_it_concerns(desk: Desk) -> None:
    c.seat_all(desk)
    for n in (1, 2):
        c.revoke(desk, n)
    desk.vault.drop_record("mandate", "M-00003")
    found = check(desk)
    assert not found.ready
    stops = {one.words: one.count for one in found.findings if one.stops}
    assert sorted(stops.values()) == [1, 2]
    assert not [words for words in stops if "Ängström" in words or "M-0000" in words]


@pytest.mark.parametrize(
    ("kind", "name", "fields", "rule"),
    [
        ("subject", "p00000", {"language": "xx"}, "NoLanguage"),
        ("enrolled", "p00000", {"purpose": "Pour demander des dommages-intérêts."}, "AbusivePurpose"),
        ("controller", "miroir", {"obsolete": "bankrupt"}, "ObsoleteController"),
        ("controller", "miroir", {"sector": "police", "address": {"lines": [], "country": "IT"}}, "PoliceRegime"),
        ("controller", "miroir", {"emails": [], "address": {"lines": [], "country": "FR"}}, "no-place"),
    ],
)
def test_what_stops_a_letter_is_found_before_the_run(
    desk: Desk, kind: str, name: str, fields: dict[str, object], rule: str
) -> None:
    c.seat_all(desk)
    change(desk, kind, name, **fields)
    assert rule in {one.rule for one in check(desk).findings if one.stops}


def test_a_body_without_a_mailbox_and_a_person_without_identifiers_are_named(desk: Desk) -> None:
    c.seat_all(desk)
    change(desk, "controller", "miroir", emails=[])
    change(desk, "enrolled", "p00000", id_data=[])
    found = {one.rule: one for one in check(desk).findings}
    assert found["no-email"].count == 6
    assert found["identifiers"].who == ["p00000"]
    assert not found["identifiers"].stops


def test_a_photo_that_the_letters_announce_and_nobody_encloses_is_named(desk: Desk) -> None:
    c.seat_all(desk)
    change(desk, "enrolled", "p00001", id_data=[["photo", "IMG0001"]])
    (found,) = [one for one in check(desk).findings if one.rule == "photo"]
    assert (found.who, found.stops) == (["p00001"], False)
    assert "dsar encloses none" in found.words
    assert "is not known to find people by a photo" not in found.words
    change(desk, "controller", "miroir", required_identity=["customer-number"])
    (found,) = [one for one in check(desk).findings if one.rule == "photo"]
    assert "is not known to find people by a photo" in found.words


def test_the_look_of_abuse_is_read_from_reasons_questions_and_earlier_cases(desk: Desk) -> None:
    plan = replace(campaigning.campaign(desk, "FACES26"), questions=("Quel montant d'indemnisation offrez-vous ?",))
    desk.vault.put_record("campaign", plan.id, to_plain(plan))
    for n in range(4):
        change(desk, "enrolled", f"p{n:05}", purpose="I want to know what is kept." if n else "")
    c.seat_all(desk)
    found = {one.rule: one for one in check(desk).abuse}
    assert found["no-reason"].who == ["p00000"]
    assert (found["identical"].count, found["identical"].who) == (3, ["p00001", "p00002", "p00003"])
    assert set(found["words"].who) <= {"p00000", "p00002", "p00004"}  # the words of French, for letters in French
    assert "repeated" not in found
    c.run(desk)
    campaigning.new(desk, replace(c.FACES, id="FACES27"))
    c.seat_all(desk, plan="FACES27")
    with c.rolls(desk) as known:
        again = campaign_check.check(desk, known, "FACES27").abuse
    assert {one.rule: one.count for one in again}["repeated"] == 6


def test_the_rules_on_acting_for_others_are_those_of_the_places_and_say_what_nobody_read(desk: Desk) -> None:
    change(desk, "subject", "p00001", address=to_plain(Address(lines=(), country="PL")))
    c.seat_all(desk)
    found = check(desk)
    assert {one.country for one in found.reserved} == {"DE", "FR"}
    assert {one.id for one in found.reserved if not one.checked} == {"de-rdg-associations"}
    assert found.unread == ("PL",)


def test_the_rules_on_acting_for_others_do_not_concern_oneself(desk: Desk) -> None:
    plan = campaign_plan.planned(desk, "FACES26", 1, [("me", "miroir")])
    assert campaign_plan.add(desk, plan) == 1
    found = check(desk)
    assert (found.seats, found.reserved, found.unread) == (1, (), ())
    assert c.run(desk).issued == 1


def test_a_preview_counts_by_body_and_language_and_shows_letters_that_nobody_kept(desk: Desk) -> None:
    c.seat_all(desk, "miroir", "spiegel")
    with c.rolls(desk) as known:
        groups = campaign_show.kinds(desk, known, "FACES26", None)
        shown = campaign_show.samples(desk, known, campaigning.campaign(desk, "FACES26"), groups, 5)
    assert {key: len(seats) for key, seats in groups.items()} == {
        ("miroir", "de"): 3,
        ("miroir", "fr"): 3,
        ("spiegel", "de"): 3,
        ("spiegel", "fr"): 3,
    }
    assert [(one.seat.controller, one.lang) for one in shown[:4]] == list(groups)
    assert len({one.seat.id for one in shown}) == 5
    assert all(one.pdf.startswith(b"%PDF-") for one in shown)
    assert {"name", "customer-number"} <= set(shown[0].discloses)
    assert desk.vault.cases() == ()


def test_pairs_come_from_a_table_and_each_bad_line_is_named(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(
        "person;company\n"
        "p00000;Miroir SAS\n"
        "3;miroir\n"  # the organisation's own number
        "p00000;miroir\n"
        "nobody;miroir\n"
        "p00001;no such body at all\n"
    )
    rows = table(path, {"controller": "company"}, ("subject", "controller")).rows
    with directory(desk.vault, None) as where:
        found, problems = campaign_plan.pairs(desk, where, rows)
    assert found == (("p00000", "miroir"), ("p00003", "miroir"))
    assert [line.partition(":")[0] for line in problems] == ["Line 4", "Line 5", "Line 6"]


def test_a_table_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("who,whom\na,b\n")
    with pytest.raises(NoSuchColumnError, match="who, whom"):
        table(path, {}, ("subject", "controller"))
    with pytest.raises(UnknownFieldError):
        table(path, {"day": "who"}, ("subject", "controller"))
    assert table(path, {"subject": "WHO", "controller": "whom"}, ("subject", "controller")).rows[0].cells == {
        "subject": "a",
        "controller": "b",
    }
