"""Whom an exhibit names beside those whom a dossier is about, and who of a campaign is in no complaint."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from dsar.core.campaign import Campaign, Seat
from dsar.core.events import Classified, Received
from dsar.core.meanings import NoData
from dsar.core.parties import Address
from dsar.desk import admitting, collective, collective_cover, filing, sections, wording
from dsar.desk.bundling import Wish
from dsar.desk.collective_check import check
from dsar.desk.collective_errors import NotOneOfThemError, NotSentError, SeveralSoCalledError
from dsar.desk.collective_filing import compose
from dsar.desk.collective_groups import Ask
from dsar.desk.collective_letter import told
from dsar.desk.evidence import take_bytes
from dsar.desk.office import read
from dsar.desk.projecting import project
from dsar.desk.strangers import of_case, worth_reading
from dsar.vault.wire import to_plain

from . import many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.events import Event
    from dsar.desk.office import Desk

AFTER = date(2026, 6, 1)
CNIL = Ask(campaign=many.CAMPAIGN, authority="fr-cnil")
TABLE = (
    "name;reference\nBianchi, Bruno;2026-C0002\nCarla Conti;2026-C0003\nAnna Aalto;2026-C0001\nsomebody;2026-C0004\n"
)
SENTENCE = "exhibit 4 names {} not in this dossier"


class _BackError(Exception):
    """Ends the transaction of a test, so that nothing of it stays."""


@pytest.fixture
def at(desk: Desk) -> Iterator[Desk]:
    """The desk on a day after all time limits; what a test writes is taken back."""
    with suppress(_BackError), desk.vault.transaction():
        yield replace(desk, today=AFTER)
        raise _BackError


def wrote(desk: Desk, text: str, *, table: str = "") -> tuple[Event, ...]:
    """A mail of theirs as entry 5: that they hold nothing of her."""
    message = EmailMessage()
    message["From"] = "privacy@clearface.example"
    message["To"] = "p1@people.example"
    message["Subject"] = "Your request"
    message["Date"] = "Mon, 04 May 2026 09:00:00 +0000"
    message.set_content(text)
    if table:
        message.add_attachment(table.encode(), maintype="text", subtype="csv", filename="persons.csv")
    mail = take_bytes(desk, bytes(message), name="mail.eml", media="message/rfc822")
    came = Received(on=date(2026, 5, 4), message=mail, sender="privacy@clearface.example", subject="Your request")
    return came, Classified(on=date(2026, 5, 4), message=5, meaning=NoData())


def people(desk: Desk, first: tuple[Event, ...]) -> None:
    """Four people with cases, the first with these facts; all but one live where the CNIL is competent."""
    for n, country in ((1, "FR"), (2, "FR"), (3, "IT"), (4, "FR")):
        many.case(desk, n, many.NAMES[n - 1], country, *(first if n == 1 else ()))
        one = many.person(n, many.NAMES[n - 1], country)
        desk.vault.put_record("subject", one.id, to_plain(one))


def said(desk: Desk, ref: str) -> list[str]:
    found = admitting.check(desk, ref, authority="fr-cnil", lang="en").points
    return [point.text for point in found if point.id == "strangers"]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("To Bruno Bianchi and to CONTI, Carla.", "2 people who are"),
        ("The request of p4@people.example was joined.", "a person who is"),
        ("Your reference 2026-C0003, our reference 2026-XXXXX.", "a person who is"),
        ("Dear Ms Aalto, Odile Marchetti wrote for 2026-C0001.", ""),
    ],
)
def test_the_check_says_of_an_exhibit_how_many_others_it_names(at: Desk, text: str, whom: str) -> None:
    people(at, wrote(at, text))
    found = said(at, "2026-C0001")
    assert len(found) == bool(whom)
    if whom:
        assert found[0].startswith(SENTENCE.format(whom).capitalize())
        assert "--redact 4:PAGE:AREA=REASON" in found[0]


def test_what_came_with_a_message_that_they_hold_nothing_stays_out(at: Desk) -> None:
    people(at, wrote(at, "We hold nothing.", table=TABLE))
    file = read(at, "2026-C0001")
    made = filing.dossier(at, file, authority="fr-cnil", lang="en")
    (mail,) = (one for one in made.exhibits if one.kind == "mail")
    assert mail.returned
    assert [one.name for one in mail.inventory] == ["persons.csv"]
    # it names nobody as long as it is not shown
    assert said(at, "2026-C0001") == []
    for wish in (Wish(with_returned=True), Wish(shows=("4.1",))):
        shown = filing.dossier(at, file, authority="fr-cnil", lang="en", wish=wish)
        (found,) = of_case(at, file).naming(shown.exhibits)
        assert (found.number, found.count) == (4, 3)


def test_building_says_it_too(at: Desk, tmp_path: Path) -> None:
    people(at, wrote(at, "To Bruno Bianchi."))
    bound = filing.bind(at, "2026-C0001", authority="fr-cnil", lang="fr", out=tmp_path, wish=Wish(ocr=False))
    assert [one for one in bound.warnings if one.startswith(SENTENCE.format("a person who is"))]


def test_a_dossier_of_many_names_those_who_complain_and_warns_of_the_others(at: Desk) -> None:
    people(at, wrote(at, "To Bruno Bianchi, to Carla Conti and to Diego Duarte."))
    (group,) = collective.choose(at, CNIL).groups
    # three mandates first, then request, slip and mail of the first
    sentence = "exhibit 6 names a person who is not in this dossier"
    assert [one for one in compose(at, group, Wish()).warnings if one.startswith(sentence)]
    (found,) = (one.point for one in check(at, group).found if one.point.id == "strangers")
    assert found.text.startswith(sentence.capitalize())
    assert found.verdict == "by-hand"


def test_of_the_slips_of_many_only_those_that_several_hold_are_read(at: Desk) -> None:
    people(at, wrote(at, "Nothing."))
    (group,) = collective.choose(at, CNIL).groups
    everything = [each for one in compose(at, group, Wish()).everybody for each in one.exhibits]
    slips = [one for one in everything if one.kind == "proof"]
    assert len(slips) == 3
    assert [one.kind for one in worth_reading(everything)].count("proof") == 0
    assert [one.number for one in worth_reading([*everything, slips[1]]) if one.kind == "proof"] == [slips[1].number]


def test_a_time_limit_is_counted_once_for_each_and_said_as_the_first_that_ends(at: Desk) -> None:
    """§ 24(4) DSG has two: a year from knowledge, three from the event; the second request arrived two days earlier.

    Easter Monday 2026 is a working day where the controller is: strictly the first answer was due on 6 April and the
    second on 3 April, and silence was known on the day after.
    """
    many.case(at, 1, many.NAMES[0], "AT")
    one = many.person(2, many.NAMES[1], "AT")
    facts = (many.opened(one, many.mandate(at, one)), *many.asked(at, "2026-C0002", arrived=date(2026, 3, 3)))
    project(at, "2026-C0002", at.vault.append("2026-C0002", facts, expect=0, now=at.now, by=at.by))
    (group,) = collective.choose(at, Ask(campaign=many.CAMPAIGN, authority="at-dsb")).groups
    found = [one for one in check(at, group).found if one.point.id.startswith("limit")]
    assert [len(one.refs) for one in found] == [2]
    assert [one.point.text for one in found] == ["The complaint is in time until 2027-04-04."]


def test_somebody_who_was_planned_for_and_has_no_case_is_named(at: Desk) -> None:
    people(at, ())
    held = Campaign(id=many.CAMPAIGN, title="Faces", rights=("access",))
    at.vault.put_record("campaign", held.id, to_plain(held))
    seats = (
        Seat(campaign=held.id, wave=1, subject="p1", controller="clearface", state="sent", ref="2026-C0001"),
        Seat(campaign=held.id, wave=2, subject="p1", controller="clearface"),
        Seat(campaign=held.id, wave=1, subject="p8", controller="clearface", state="left-out", why="no mandate holds."),
        Seat(campaign=held.id, wave=1, subject="p9", controller="clearface"),
        Seat(campaign=held.id, wave=1, subject="p9", controller="pimface"),
    )
    for n, name in ((8, "Hanna Holm"), (9, "Ivo Ilic")):
        one = many.person(n, name, "FR")
        at.vault.put_record("subject", one.id, to_plain(one))
    for seat in seats:
        at.vault.put_record("seat", seat.id, to_plain(seat))
    left = [one for one in collective.choose(at, CNIL).left_out if not one.ref]
    assert [(one.name, one.why) for one in left] == [
        ("Hanna Holm", "no case was opened: no mandate holds"),
        ("Ivo Ilic", "no case was opened yet"),
    ]


def test_somebody_is_meant_by_name_as_long_as_one_alone_is_called_so(at: Desk) -> None:
    for n, name in ((1, "Hans Maier"), (2, "Hans  maier"), (3, "Ida Iversen")):
        many.case(at, n, name)
    chosen = collective.choose(at, CNIL)
    assert chosen.meant("ida iversen") == "2026-C0003"
    assert chosen.meant("p2") == chosen.meant("2026-C0002") == "2026-C0002"
    with pytest.raises(SeveralSoCalledError, match=r"2 complainants are called “Hans Maier”.*p1 \(2026-C0001\), p2"):
        chosen.meant("Hans Maier")
    with pytest.raises(NotOneOfThemError):
        chosen.meant("Hans")


def test_nobody_is_told_to_have_asked_on_a_day_on_which_nothing_left(at: Desk) -> None:
    many.case(at, 1)
    (entry, issued, *_) = at.vault.log("2026-C0001")
    file = read(at, "2026-C0001")
    unsent = replace(file.case, letters=tuple(replace(one, sendings=()) for one in file.case.letters))
    assert (entry.n, issued.n) == (1, 2)
    words = wording.speaker(at, "en")
    held = many.mandate(at, many.person(1, "A B", "FR"))
    with pytest.raises(NotSentError):
        told(at, words, replace(file, case=unsent), 1, (), held)


def test_the_cover_names_the_rights_in_the_order_of_the_letter(at: Desk) -> None:
    people(at, ())
    (group,) = collective.choose(at, CNIL).groups
    made = compose(at, group, Wish())
    own = made.everybody[0]
    later = replace(own, told=replace(own.told, rights=("erasure", "rectification", "access")))
    cover = collective_cover.cover(at, replace(made, everybody=(later,)), exhibits=1)
    words = made.words
    rights = dict(cover.lines)[words.say("dossier", "cover.rights")]
    wanted = [words.label("right", one) for one in ("access", "rectification", "erasure")]
    assert [rights.index(one) for one in wanted] == sorted(rights.index(one) for one in wanted)
    assert rights.startswith(wanted[0])


@pytest.mark.parametrize("lang", ["de", "en", "fr", "it"])
def test_what_the_request_named_has_one_colon(at: Desk, lang: str) -> None:
    many.case(at, 1, "Anna Aalto")
    section = sections.identity(wording.speaker(at, lang), read(at, "2026-C0001"))
    assert section is not None
    text = getattr(section.blocks[0], "text", "")
    assert text.count(":") == 1
    assert "(p1@people.example)" in text


def test_an_address_alone_is_enough_to_be_known_by(at: Desk) -> None:
    people(at, wrote(at, "cc P2@People.example"))
    one = replace(many.person(2, "", "FR"), address=Address(lines=(), country="FR"), name="Bo")
    at.vault.put_record("subject", one.id, to_plain(one))
    assert len(said(at, "2026-C0001")) == 1
