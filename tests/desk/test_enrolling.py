"""A list of people becomes a register: every row once, bad ones named, nobody doubled, whoever else writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address
from dsar.desk import people
from dsar.desk.columns import mapping
from dsar.desk.enrolling import (
    NoGroupError,
    NumberTakenError,
    Told,
    enrol,
    enrolled,
    everybody,
    in_group,
    kept_past,
    pseudonym,
)
from dsar.desk.enrolling_import import Imported, Wish, take
from dsar.desk.register_pages import as_csv, listed
from dsar.desk.sheet import Sheet
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.desk.office import Desk

HEADS = ("Number", "Name", "E-Mail", "Address", "Country", "Language", "Group", "Purpose", "Staff", "Keep until")
WISH = Wish(defaults={}, country="", language="en")


@pytest.fixture
def at(desk: Desk) -> Iterator[Desk]:
    """An empty register of Ana's on 22 November 2026; what a test writes is taken back."""
    today = replace(desk, today=date(2026, 11, 22))
    try:
        with desk.vault.transaction():
            me = people.person(
                people.SELF, name="Ana", email="ana@ngo.example", address=Address(lines=(), country="DE"), language="en"
            )
            people.set_self(desk.vault, me)
            yield today
            raise KeyError  # noqa: TRY301 - takes everything back
    except KeyError:
        pass


def _row(**said: str) -> tuple[str, ...]:
    base = {"name": "Léa Petit", "country": "FR"} | said
    order = ("number", "name", "email", "address", "country", "language", "group", "purpose", "staff", "keep")
    return tuple(base.get(field, "") for field in order)


def _take(at: Desk, *rows: tuple[str, ...], wish: Wish = WISH, heads: tuple[str, ...] = HEADS) -> Imported:
    sheet = Sheet(name="people.csv", heads=heads, rows=tuple(enumerate(rows, start=2)))
    return take(at, sheet, mapping(sheet.name, heads, {}, ("customer-number", "phone")), wish)


def _what(done: Imported) -> list[str]:
    return [row.what for row in done.rows]


def test_a_row_becomes_a_person_and_their_place_in_the_register(at: Desk) -> None:
    done = _take(
        at,
        _row(
            number="17", email="lea@p.example", address="1 rue Neuve\n75001 Paris", country="Frankreich",
            language="Französisch", group="Faces; Paris", purpose="My face was found", staff="oui", keep="31.12.2027",
        ),
    )  # fmt: skip
    assert _what(done) == ["new"]
    person, kept = people.subject(at.vault, "lea-petit"), enrolled(at, "lea-petit")
    assert (person.name, person.email, person.language) == ("Léa Petit", "lea@p.example", "fr")
    assert person.address == Address(lines=("1 rue Neuve", "75001 Paris"), country="FR")
    assert kept is not None
    assert (kept.external, kept.groups, kept.staff) == ("17", ("Faces", "Paris"), True)
    assert (kept.purpose, kept.keep_until, kept.enrolled_on) == (
        "My face was found", date(2027, 12, 31), date(2026, 11, 22),
    )  # fmt: skip


def test_a_list_that_is_taken_in_twice_doubles_nobody(at: Desk) -> None:
    rows = (
        _row(number="17", name="Ana Ba"),
        _row(name="Léa Petit", email="lea@p.example"),
        _row(name="Bo Ny", address="Weg 1"),
        _row(name="Only Name"),
    )
    assert _what(_take(at, *rows)) == ["new"] * 4
    before = at.vault.records("enrolled")
    assert _what(_take(at, *rows)) == ["same"] * 4
    assert at.vault.records("enrolled") == before
    # capitals, accents and blanks do not make another person
    again = _take(at, _row(name=" lea  PETIT ", email="LEA@p.example"))
    assert [(row.what, row.id, row.fields) for row in again.rows] == [("different", "lea-petit", ("name",))]


def test_a_row_that_says_something_else_changes_a_person_only_where_that_is_wanted(at: Desk) -> None:
    _take(at, _row(number="17", email="lea@p.example", purpose="one", group="A"))
    changed = _row(number="17", email="new@p.example", group="B", language="fr")
    done = _take(at, changed)
    assert (_what(done), done.rows[0].fields) == (["different"], ("email", "language", "groups"))
    assert people.subject(at.vault, "lea-petit").email == "lea@p.example"
    assert _what(_take(at, changed, wish=replace(WISH, update=True))) == ["updated"]
    kept = enrolled(at, "lea-petit")
    assert kept is not None
    # what a row does not say stays
    assert (people.subject(at.vault, "lea-petit").email, kept.purpose, kept.groups) == (
        "new@p.example", "one", ("A", "B"),
    )  # fmt: skip
    assert _what(_take(at, changed)) == ["same"]


def test_somebody_of_the_same_name_with_another_mail_or_address_is_somebody_else_and_said_to_be(at: Desk) -> None:
    done = _take(
        at,
        _row(email="lea@p.example"),
        _row(email="other@p.example"),
        _row(address="Weg 9"),
        # two of one name in one house, each with a mail address of their own
        _row(email="third@p.example", address="Weg 9 "),
    )
    assert [row.id for row in done.rows] == ["lea-petit", "lea-petit-2", "lea-petit-3"]
    assert [row.namesake for row in done.rows] == ["", "lea-petit", "lea-petit"]
    assert [row.one_word for row in (*done.rows, *_take(at, _row(name="Cher")).rows)] == [False, False, False, True]
    # the last row could complete the third: the file says two things of one person, so the case worker decides
    assert done.problems == [(5, "the same person stands in line 4")]


def test_the_second_of_two_equal_rows_is_reported(at: Desk) -> None:
    done = _take(at, _row(email="lea@p.example"), _row(email="lea@p.example"), _row(number="1"), _row(number="1"))
    assert _what(done) == ["new", "new"]
    assert [line for line, _ in done.problems] == [3, 5]
    assert "line 2" in done.problems[0][1]
    assert "line 4" in done.problems[1][1]


def test_who_is_meant_is_asked_where_a_name_alone_could_be_somebody(at: Desk) -> None:
    _take(at, _row(email="lea@p.example", number="5"))
    done = _take(at, _row(), _row(email="lea@p.example", number="6"))
    assert not done.rows
    assert "is it lea-petit?" in done.problems[0][1]
    assert "the number 5" in done.problems[1][1]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": ""}, "no name"),
        ({"name": "=1+1"}, "formula"),
        ({"name": "@SUM(A1)"}, "formula"),
        ({"name": "Léa\nPetit"}, "several lines"),
        ({"name": "Le\x00a"}, "U+0000"),
        ({"name": "Le\x1b[2Ja"}, "U+001B"),
        ({"name": "a\u202egpj.exe"}, "U+202E"),
        ({"name": "MÃ¼ller"}, "garbled"),
        ({"name": "M\ufffdller"}, "garbled"),
        ({"name": "x" * 301}, "301 characters"),
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": "a@b.example, c@d.example"}, "not an e-mail address"),
        ({"country": "Atlantis"}, "no country"),
        ({"country": ""}, "--country CC"),
        ({"language": "pl"}, "no letters"),
        ({"staff": "perhaps"}, "yes or no"),
        ({"keep": "03/04/2027"}, "YYYY-MM-DD"),
        ({"keep": "2027-02-30"}, "no such day"),
        ({"group": "=cmd"}, "name of a group"),
        ({"address": "\n".join("1234567")}, "7 lines"),
        ({"purpose": "x" * 3001}, "3001 characters"),
    ],
)
def test_a_bad_row_is_named_with_its_reason_and_the_good_ones_are_taken(
    at: Desk, said: dict[str, str], why: str
) -> None:
    done = _take(at, _row(name="Good One"), _row(**said), _row(name="Good Two"))
    assert [row.id for row in done.rows] == ["good-one", "good-two"]
    assert [line for line, _ in done.problems] == [3]
    assert why in done.problems[0][1]
    assert "\x1b" not in done.problems[0][1]


def test_markup_stays_text_and_what_nobody_sees_is_left_out(at: Desk) -> None:
    done = _take(at, _row(name="<b>Bo\u200b</b>\u00ad", email="\ufeffbo@p.example\u00a0"))
    person = people.subject(at.vault, done.rows[0].id)
    assert (person.name, person.email) == ("<b>Bo</b>", "bo@p.example")


def test_a_row_with_more_cells_than_columns_is_not_guessed_at(at: Desk) -> None:
    done = _take(at, (*_row(), "left over"), (*_row(name="Bo"), ""))
    assert [row.id for row in done.rows] == ["bo"]
    assert "11 cells" in done.problems[0][1]


def test_defaults_stand_for_empty_cells_and_a_group_is_added_to_all(at: Desk) -> None:
    wish = replace(WISH, defaults={"groups": "Wave 1", "purpose": "why"}, country="AT", language="it")
    _take(at, _row(country="", group="Faces", purpose="own"), _row(name="Bo"), wish=wish)
    one, two = enrolled(at, "lea-petit"), enrolled(at, "bo")
    assert one is not None
    assert two is not None
    assert (one.groups, one.purpose, two.groups, two.purpose) == (("Faces", "Wave 1"), "own", ("Wave 1",), "why")
    lea = people.subject(at.vault, "lea-petit")
    assert (lea.address.country, lea.language) == ("AT", "it")
    assert in_group(at, "wave 1") == ("bo", "lea-petit")
    with pytest.raises(NoGroupError, match="Faces"):
        in_group(at, "Nobody")


def test_a_dry_run_says_the_same_and_writes_nothing(at: Desk) -> None:
    rows = (_row(email="lea@p.example"), _row(email="lea@p.example"), _row(name=""))
    before = at.vault.records("subject")
    dry = _take(at, *rows, wish=replace(WISH, write=False))
    assert at.vault.records("subject") == before
    wet = _take(at, *rows)
    assert (dry.rows, dry.problems) == (wet.rows, wet.problems)


def test_oneself_is_not_somebody_one_acts_for(at: Desk) -> None:
    done = _take(at, _row(name="Ana", email="ana@ngo.example"))
    assert done.problems == [(2, "this is yourself: the list is of the people you act for")]


def test_a_pseudonym_is_nobody_elses_and_says_nothing_of_the_person(at: Desk) -> None:
    _take(at, *(_row(name="Same Name", number=str(n)) for n in range(300)))
    drawn = [one.pseudonym for one in everybody(at).values()]
    assert len(set(drawn)) == 300
    # were they made from the name, or counted, they would come again in a second register
    assert {pseudonym(()) for _ in range(50)} != set(drawn[:50])
    assert all(len(one) == 7 and not set(one[2:]) & set("01ILOU") for one in drawn)


def test_one_number_is_one_persons(at: Desk) -> None:
    _take(at, _row(number="1"), _row(name="Bo", email="b@p.example"))
    with pytest.raises(NumberTakenError, match="lea-petit"):
        enrol(at, people.subject(at.vault, "bo"), Told(number="1"))


def test_who_was_to_be_kept_until_a_day_is_named_from_the_day_after(at: Desk) -> None:
    _take(at, _row(keep="2026-11-21"), _row(name="Bo", keep="2026-11-22"), _row(name="Cy"))
    assert [one.subject for one in kept_past(at)] == ["lea-petit"]


def test_the_list_as_csv_holds_no_live_formula_and_can_be_taken_in_again(at: Desk) -> None:
    _take(at, _row(number="-5", purpose='=HYPERLINK("http://x.example")', email="+lea@p.example"))
    made = as_csv(at).decode("utf-8-sig").splitlines()
    assert made[1].startswith("'-5,Léa Petit,'+lea@p.example,")
    assert "\"'=HYPERLINK(" in made[1]


def test_a_search_in_the_list_shows_only_whom_it_fits(at: Desk) -> None:
    _take(at, _row(number="17", group="A"), _row(name="Bo Lea", email="b@p.example"), _row(name="Cy", group="A"))
    assert [row["id"] for row in listed(at, find="léa")] == ["bo-lea", "lea-petit"]
    assert [row["id"] for row in listed(at, find="LEA", group="a")] == ["lea-petit"]
    assert [row["id"] for row in listed(at, find="b@p.")] == ["bo-lea"]


def test_an_import_sees_what_another_process_wrote_between_its_transactions(
    tmp_path_factory: pytest.TempPathFactory, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes are two connections: the second one takes in half of the list while the first one is at work."""
    folder = tmp_path_factory.mktemp("two")
    source = KeyFileSlot(folder / "key")
    vault, _ = Vault.create(folder / "vault.dsar", source, now=desk.now)
    monkeypatch.setattr("dsar.desk.enrolling_import.TOGETHER", 2)
    rows = [_row(name=f"Person {n}", email=f"p{n}@p.example") for n in range(8)]
    sheet = Sheet(name="people.csv", heads=HEADS, rows=tuple(enumerate(rows, start=2)))
    columns = mapping(sheet.name, HEADS, {}, ())
    with vault, Vault.open(folder / "vault.dsar", source) as other:
        first, second = replace(desk, vault=vault), replace(desk, vault=other)

        def meanwhile(looked_at: int) -> None:
            if looked_at == 4:
                take(second, replace(sheet, rows=sheet.rows[:6]), columns, WISH)

        done = take(first, sheet, columns, WISH, meanwhile)
        assert _what(done) == ["new"] * 4 + ["same"] * 2 + ["new"] * 2
        assert len(vault.records("subject")) == len(vault.records("enrolled")) == 8


def test_a_region_is_read_by_code_or_name_and_must_be_one_of_the_country(at: Desk) -> None:
    """BDSG § 40: it may decide on the authority; a wrong one is a wrong authority."""
    heads = ("name", "country", "Bundesland")
    done = _take(at, ("Ute", "DE", "Berlin"), ("Udo", "DE", "by"), ("Ugo", "DE", "Tirol"), heads=heads)
    assert _what(done) == ["new", "new"]
    kept = [enrolled(at, name) for name in ("ute", "udo")]
    assert [one.region for one in kept if one is not None] == ["DE-BE", "DE-BY"]
    assert [(line, "“Tirol” is no region of DE" in why) for line, why in done.problems] == [(4, True)]
    again = _take(at, ("Ute", "DE", ""), ("Udo", "DE", "Hessen"), heads=heads)
    assert [(row.what, row.fields) for row in again.rows] == [("same", ()), ("different", ("region",))]
