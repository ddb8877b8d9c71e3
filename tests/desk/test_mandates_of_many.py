"""Mandates of many people: drafted once each, filed when signed, the one that holds found, the old ones named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cli.papers import pdf
from dsar.core.campaign import Seat
from dsar.core.mandate_states import NO_COPY, why_not
from dsar.core.parties import Address, Controller, Mandate, Person
from dsar.desk import campaigning, mandates, people
from dsar.desk.allowing import ended, not_held
from dsar.desk.campaigning import STOPPED
from dsar.desk.enrolling import Told, enrol
from dsar.desk.errors import MissingFileError, UnknownItemError
from dsar.desk.mandate_bulk import MixedWordingError, draft_many, file_name, unwilling
from dsar.desk.mandate_filing import EndedError, FiledBeforeError, SomebodyElsesError
from dsar.desk.mandate_register import listed
from dsar.desk.mandate_scans import Filed, TwoDaysError, days_of, file_signed
from dsar.desk.mandates import Scope, StatutoryPowersError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.desk.office import Desk

NOWHERE = Address(lines=(), country="FR")
MIROIR = Controller(id="miroir", name="Miroir SAS", address=NOWHERE)
CLEAR = Controller(id="clear", name="Clearface, Inc.", address=NOWHERE)
SCOPE = Scope(
    kind="art80",
    rights=("access", "erasure"),
    processing="faces",
    may_receive_data=False,
    until=date(2027, 6, 30),
    grievance_on=date(2026, 1, 18),
)
DAY = date(2026, 11, 1)


@pytest.fixture
def at(desk: Desk) -> Iterator[Desk]:
    """A body with three people, on 22 November 2026; what a test writes is taken back."""
    try:
        with desk.vault.transaction():
            me = people.person(
                people.SELF, name="Ana", email="ana@ngo.example", address=NOWHERE, language="en", organisation="Lumen"
            )
            people.set_self(desk.vault, me)
            for name in ("Léa Petit", "Bo Ny", "Cy Lo"):
                people.add(desk.vault, name=name, email="", address=NOWHERE, language="en")
            yield replace(desk, today=date(2026, 11, 22))
            raise KeyError  # noqa: TRY301 - takes everything back
    except KeyError:
        pass


def _everybody(at: Desk) -> list[Person]:
    return [one for one in people.subjects(at.vault) if one.id != people.SELF]


def _draft(at: Desk, *controllers: Controller, scope: Scope = SCOPE, files: set[str] | None = None) -> list[bool]:
    """Who got a new one; the names of the files that were written go into `files`."""
    written = files if files is not None else set()

    def write(name: str, letter: Letter) -> None:
        assert letter.body
        written.add(name)

    done = draft_many(at, _everybody(at), controllers, scope, lang="", has=written.__contains__, write=write)
    return [one.new for one in done]


def _of(at: Desk, subject: str) -> Mandate:
    (one,) = mandates.of_subject(at, subject)
    return one


def test_each_person_gets_one_mandate_however_often_the_run_is_repeated(at: Desk) -> None:
    files: set[str] = set()
    assert _draft(at, MIROIR, CLEAR, files=files) == [True] * 3
    assert files == {file_name(one) for one, _ in listed(at)}
    assert _draft(at, MIROIR, CLEAR, files=files) == [False] * 3
    # a part of what it covers is covered
    assert _draft(at, CLEAR, scope=replace(SCOPE, rights=("access",))) == [False] * 3
    assert len(mandates.register(at)) == 3
    # another controller, another right or another power is not
    assert _draft(at, replace(MIROIR, name="Third")) == [True] * 3
    assert _draft(at, MIROIR, scope=replace(SCOPE, powers=("compensation",))) == [True] * 3


def test_whoever_took_a_mandate_back_is_asked_for_a_new_one_and_nobody_else_is(at: Desk) -> None:
    _draft(at, MIROIR)
    mandates.revoke(at, _of(at, "bo-ny").id, date(2026, 11, 20))
    assert _draft(at, MIROIR) == [True, False, False]


def test_who_took_one_back_or_was_taken_out_of_a_campaign_is_named_with_their_new_draft(at: Desk) -> None:
    _draft(at, MIROIR)
    mandates.revoke(at, _of(at, "bo-ny").id, date(2026, 11, 20))
    seat = Seat(campaign="FACES", wave=1, subject="cy-lo", controller="other", state="left-out", why=f"{STOPPED}asked")
    campaigning.put(at, seat)

    def run(*controllers: Controller) -> dict[str, str]:
        done = draft_many(at, _everybody(at), controllers, SCOPE, lang="", has=lambda _: False, write=lambda *_: None)
        return {one.subject: one.unwilling for one in done if one.unwilling}

    assert list(run(CLEAR)) == ["cy-lo"]  # a mandate against somebody else that was taken back says nothing
    assert list(run(MIROIR)) == ["bo-ny"]
    assert "2026-11-20" in unwilling(at, "bo-ny", ["Miroir SAS"])


def test_one_text_does_not_go_into_mandates_of_several_languages(at: Desk) -> None:
    people.add(at.vault, name="Zoé Roux", email="", address=NOWHERE, language="fr")
    with pytest.raises(MixedWordingError, match="en, fr"):
        _draft(at, MIROIR)
    assert mandates.register(at) == ()
    assert _draft(at, MIROIR, scope=replace(SCOPE, processing="")) == [True] * 4


def test_a_file_that_a_crash_took_is_written_again_and_says_the_same(at: Desk) -> None:
    files: set[str] = set()
    _draft(at, MIROIR, files=files)
    lost = file_name(_of(at, "bo-ny"))
    files.remove(lost)
    assert _draft(replace(at, today=date(2026, 11, 30)), MIROIR, files=files) == [False] * 3
    assert lost in files
    made, lea = _of(at, "bo-ny"), people.subject(at.vault, "bo-ny")
    later = replace(at, today=date(2026, 11, 30))
    assert mandates.text(later, made, lea, MIROIR, "en") == mandates.text(at, made, lea, MIROIR, "en")


def test_the_name_of_a_file_is_plain_and_carries_the_id(at: Desk) -> None:
    made = replace(mandates.planned(at, _everybody(at)[0], MIROIR, SCOPE), subject="../Zoë\u202e" + "x" * 99)
    assert file_name(made) == f"{made.id}-zo{'x' * 58}.pdf"


def test_no_id_of_a_mandate_is_given_twice(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("AAAAAAAAAABBBBB")
    monkeypatch.setattr("dsar.desk.mandate_register.secrets.choice", lambda _letters: next(drawn))
    lea = people.subject(at.vault, "lea-petit")
    first, _ = mandates.draft(at, lea, MIROIR, SCOPE, "en")
    second, _ = mandates.draft(at, lea, MIROIR, SCOPE, "en")
    assert (first.id, second.id) == ("M-AAAAA", "M-BBBBB")


def test_a_power_that_is_none_or_that_the_law_gives_is_refused(at: Desk) -> None:
    lea = people.subject(at.vault, "lea-petit")
    with pytest.raises(UnknownItemError, match="compensation"):
        mandates.draft(at, lea, MIROIR, replace(SCOPE, powers=("everything",)), "en")
    for scope, also in ((replace(SCOPE, powers=("complaint",)), ()), (SCOPE, (CLEAR,))):
        with pytest.raises(StatutoryPowersError):
            mandates.draft(at, lea, MIROIR, replace(scope, kind="heir"), "en", also=also)


@pytest.fixture
def drafted(at: Desk) -> Desk:
    _draft(at, MIROIR, CLEAR)
    return at


def _fill(folder: Path, at: Desk) -> dict[str, str]:
    """A signed PDF for each person, the id somewhere in its name; the ids by person."""
    ids = {one.subject: one.id for one, _ in listed(at)}
    for n, (subject, name) in enumerate(ids.items()):
        (folder / f"Scan {n}_{name.lower()} {subject}.PDF").write_bytes(pdf(f"signed by {subject}", "here"))
    return ids


def test_signed_mandates_are_filed_from_a_folder_once(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    done = file_signed(drafted, tmp_path, DAY)
    assert sorted(made for _, made in done.filed) == sorted(ids.values())
    assert not done.refused
    assert {where for _, where in listed(drafted)} == {"signed"}
    assert _of(drafted, "bo-ny").signed_on == DAY
    before = drafted.vault.records("mandate")
    again = file_signed(drafted, tmp_path, date(2026, 11, 9))
    assert (len(again.filed), len(again.known), again.refused) == (0, 3, [])
    assert drafted.vault.records("mandate") == before


def test_what_cannot_be_filed_surely_is_refused_by_name_and_the_rest_is_filed(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    good, other = ids["bo-ny"], ids["cy-lo"]
    for path in tmp_path.iterdir():
        if other.lower() in path.name or ids["lea-petit"].lower() in path.name:
            path.unlink()
    bad = {
        f"{other}.pdf": (b"", "empty"),
        f"{other} b.pdf": (b"%PDF-1.7 and nothing more", "cannot be read"),
        f"{other} c.txt": (b"I agree", "neither a PDF nor a picture"),
        "somebody.pdf": (pdf("x", "y"), "no id"),
        "M-22222.pdf": (pdf("x", "z"), "No mandate"),
        f"{good} and {other}.pdf": (pdf("x", "two"), "names"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    done = file_signed(drafted, tmp_path, DAY)
    assert [made for _, made in done.filed] == [good]
    said = dict(done.refused)
    assert set(said) == set(bad)
    assert all(why in said[name] for name, (_, why) in bad.items())


def test_the_same_bytes_are_never_two_peoples_signature(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    one, two, three = (tmp_path / f"{name}.pdf" for name in ids.values())
    for path in list(tmp_path.iterdir()):
        path.unlink()
    one.write_bytes(pdf("the same", "page"))
    two.write_bytes(one.read_bytes())
    done = file_signed(drafted, tmp_path, DAY)
    assert not done.filed
    assert len(done.refused) == 2
    # nor are they where the first was filed in an earlier run
    two.unlink()
    assert len(file_signed(drafted, tmp_path, DAY).filed) == 1
    one.rename(three)
    last = file_signed(drafted, tmp_path, DAY)
    assert (last.filed, len(last.refused)) == ([], 1)
    assert one.stem in last.refused[0][1]


def test_a_mandate_that_was_taken_back_or_is_signed_otherwise_is_not_filed_over(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    mandates.revoke(drafted, ids["bo-ny"], date(2026, 11, 20))
    other = tmp_path.parent / "other.pdf"
    other.write_bytes(pdf("another", "scan"))
    mandates.signed(drafted, ids["cy-lo"], other, DAY)
    done = file_signed(drafted, tmp_path, DAY)
    assert [made for _, made in done.filed] == [ids["lea-petit"]]
    assert {path: why.split(":")[0] for path, why in done.refused}.keys() == {
        path.name for path in tmp_path.iterdir() if ids["lea-petit"].lower() not in path.name
    }
    assert len([why for _, why in done.refused if "--correct" in why]) == 1
    assert len([why for _, why in done.refused if "was revoked on 2026-11-20" in why and "mandate new" in why]) == 1


def test_each_mandate_has_its_own_day_where_a_table_says_so(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    table = tmp_path.parent / "days.csv"
    table.write_text(f"Vollmacht;unterschrieben am\n{ids['bo-ny'].lower()};2.11.2026\n{ids['cy-lo']};2026-11-03\n")
    done = file_signed(drafted, tmp_path, None, days=days_of(table))
    assert (len(done.filed), len(done.refused)) == (2, 1)
    assert _of(drafted, "bo-ny").signed_on == date(2026, 11, 2)
    assert file_signed(drafted, tmp_path, DAY, days=days_of(table)).filed[0][1] == ids["lea-petit"]
    assert [_of(drafted, name).signed_on for name in ("cy-lo", "lea-petit")] == [date(2026, 11, 3), DAY]
    table.write_text(f"mandate;date\n{ids['bo-ny']};2.11.2026\n{ids['bo-ny']};3.11.2026\n")
    with pytest.raises(TwoDaysError):
        days_of(table)


def test_a_mandate_that_was_taken_back_is_not_signed_again(drafted: Desk, tmp_path: Path) -> None:
    ids = _fill(tmp_path, drafted)
    file_signed(drafted, tmp_path, DAY)
    mandates.revoke(drafted, ids["bo-ny"], date(2026, 11, 20))
    scan = tmp_path.parent / "again.pdf"
    scan.write_bytes(pdf("signed once more"))
    before = mandates.get(drafted, ids["bo-ny"])
    with pytest.raises(EndedError, match="dsar mandate new --for bo-ny"):
        mandates.signed(drafted, before.id, scan, date(2026, 11, 21))
    assert mandates.get(drafted, before.id) == before
    # a folder that is read again says so as well, and does not call it known
    again = file_signed(drafted, tmp_path, DAY)
    assert (len(again.known), len(again.refused)) == (2, 1)
    # what was so while it held can be put right, and it does not hold again by that
    made, _ = mandates.signed(drafted, before.id, scan, date(2026, 11, 2), correct=True)
    assert (made.signed_on, made.revoked_on) == (date(2026, 11, 2), date(2026, 11, 20))
    with pytest.raises(EndedError):
        mandates.signed(drafted, before.id, scan, date(2026, 11, 20), correct=True)


def test_what_is_filed_is_replaced_only_where_that_is_said_and_is_one_persons(drafted: Desk, tmp_path: Path) -> None:
    ids = {one.subject: one.id for one, _ in listed(drafted)}
    scan, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    scan.write_bytes(pdf("one"))
    other.write_bytes(pdf("two"))
    mandates.signed(drafted, ids["bo-ny"], scan, DAY)
    mandates.signed(drafted, ids["bo-ny"], scan, DAY)  # said twice
    for path, day in ((other, DAY), (scan, date(2026, 11, 2))):
        with pytest.raises(FiledBeforeError, match="--correct"):
            mandates.signed(drafted, ids["bo-ny"], path, day)
    with pytest.raises(SomebodyElsesError, match="bo-ny"):
        mandates.signed(drafted, ids["cy-lo"], scan, DAY)
    assert _of(drafted, "cy-lo").document is None
    made, _ = mandates.signed(drafted, ids["bo-ny"], other, date(2026, 11, 2), correct=True)
    assert (made.signed_on, made.document and made.document.name) == (date(2026, 11, 2), "b.pdf")


def test_a_refusal_names_a_signature_only_where_a_signature_mends_it(drafted: Desk) -> None:
    held = _of(drafted, "bo-ny")
    assert "dsar mandate signed" in str(not_held(held, drafted.today, NO_COPY))
    revoked = replace(held, signed_on=DAY, revoked_on=date(2026, 11, 20))
    why = why_not(revoked, controller=held.controller, rights=("access",), on=drafted.today)
    for said in (why, ended(revoked, drafted.today), "it does not cover erasure"):
        told = str(not_held(revoked, drafted.today, said))
        assert "dsar mandate signed" not in told
        assert "dsar mandate new --for bo-ny" in told


def test_no_folder_is_an_error_and_an_empty_one_is_none(drafted: Desk, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        file_signed(drafted, tmp_path / "nothing", DAY)
    assert file_signed(drafted, tmp_path, DAY) == Filed()


def test_what_went_out_is_recorded_once(drafted: Desk) -> None:
    ids = [one.id for one, _ in listed(drafted)]
    assert mandates.sent(drafted, ids[:2], date(2026, 11, 2)) == (tuple(ids[:2]), ())
    assert mandates.sent(drafted, ids, date(2026, 11, 3)) == ((ids[2],), tuple(ids[:2]))
    assert _of(drafted, mandates.get(drafted, ids[0]).subject).sent_on == date(2026, 11, 2)


def test_the_list_is_narrowed_by_state_people_and_controller(drafted: Desk) -> None:
    mandates.sent(drafted, [_of(drafted, "bo-ny").id], date(2026, 11, 2))
    assert [one.subject for one, _ in listed(drafted, states=("sent",))] == ["bo-ny"]
    assert [one.subject for one, _ in listed(drafted, subjects={"cy-lo"})] == ["cy-lo"]
    assert len(listed(drafted, controller="clearface")) == 3
    assert listed(drafted, controller="other") == []


def _signed(
    at: Desk, subject: str, *, until: date | None, on: date = DAY, rights: tuple[str, ...] = ("access",)
) -> str:
    made = mandates.planned(at, people.subject(at.vault, subject), MIROIR, replace(SCOPE, until=until, rights=rights))
    mandates.store(at, replace(made, signed_on=on))
    return made.id


def test_the_mandate_that_holds_longest_is_the_one_to_act_under(at: Desk) -> None:
    _signed(at, "bo-ny", until=date(2026, 12, 31))
    longest = _signed(at, "bo-ny", until=None)
    _signed(at, "bo-ny", until=date(2028, 1, 1))
    _signed(at, "cy-lo", until=None)
    found, why = mandates.best(at, "bo-ny", "Miroir SAS", ("access", "questions"), at.today)
    assert found is not None
    assert (found.id, why) == (longest, "")


def test_why_no_mandate_holds_is_said_of_the_one_that_comes_nearest(at: Desk) -> None:
    def why(controller: str = "Miroir SAS", right: str = "access", on: date = at.today) -> str:
        found, said = mandates.best(at, "bo-ny", controller, (right,), on)
        assert found is None
        return said

    assert why() == "there is no mandate"
    ended = _signed(at, "bo-ny", until=date(2026, 11, 21))
    assert why() == f"{ended}: it ended on 2026-11-21"
    assert "does not name Other" in why(controller="Other")
    assert "does not cover objection" in why(right="objection")
    assert "no signed copy" in why(on=date(2026, 10, 31))
    # somebody else's mandate is nobody's
    assert mandates.best(at, "cy-lo", "Miroir SAS", ("access",), DAY) == (None, "there is no mandate")


def test_what_ends_soon_or_was_never_signed_is_due_unless_another_mandate_outlasts_it(at: Desk) -> None:
    soon = _signed(at, "bo-ny", until=date(2027, 1, 21))  # sixty days from 22 November
    _signed(at, "cy-lo", until=date(2027, 1, 22))
    _signed(at, "lea-petit", until=date(2026, 12, 1))
    _signed(at, "lea-petit", until=date(2028, 1, 1))
    waiting, _ = mandates.draft(at, people.subject(at.vault, "cy-lo"), CLEAR, SCOPE, "en")
    fresh, _ = mandates.draft(at, people.subject(at.vault, "bo-ny"), CLEAR, SCOPE, "en")
    mandates.sent(at, [waiting.id], date(2026, 10, 31))
    mandates.sent(at, [fresh.id], date(2026, 11, 1))
    rows = mandates.due(at)
    assert [(row["id"], row["state"], row["subject_name"]) for row in rows] == [
        (soon, "expiring", "Bo Ny"),
        (waiting.id, "sent", "Cy Lo"),
    ]
    assert rows[0]["until"] == "2027-01-21"


def test_who_works_for_the_body_is_warned_of(at: Desk, tmp_path: Path) -> None:
    """APD/GBA 112/2024: an intern as complainant, and a mandate older than the grievance."""
    lea = people.subject(at.vault, "lea-petit")
    enrol(at, lea, Told(staff=True))
    made, _ = mandates.draft(at, lea, MIROIR, replace(SCOPE, grievance_on=date(2026, 11, 10)), "en")
    path = tmp_path / "signed.pdf"
    path.write_bytes(pdf("signed", "here"))
    _, said = mandates.signed(at, made.id, path, DAY)
    assert any("works for you, as the register says" in one for one in said)
    assert any("older than the grievance" in one for one in said)
