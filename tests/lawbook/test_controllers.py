"""The records of the directory: who is there, with which source, and that nothing in them is anybody's private mailbox.

The numbers are those of the specification (at least seventy records, credit agencies and police in six countries each);
the lists were made by hand.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import combinations

import pytest

from dsar.core.parties import Controller
from dsar.desk.directory_health import as_of
from dsar.lawbook import load
from dsar.lawbook.files import shipped

# None of these has a contact that anybody could find; each says so
UNREACHABLE = {
    *("azira", "be-police", "corsight-ai", "dk-rigspolitiet", "europol", "experian-it", "eyematch", "facechecknow"),
    *("facefinderai", "facelookup", "findclone", "no-politiet", "onfido", "persona", "search4faces", "tineye"),
}
# What the local part of a mailbox says of an office. A new one makes the test fail, and somebody look whose it is.
OFFICES = {
    *("auskunft", "bundeskriminalamt", "businessdach", "cil", "contactus", "data", "dataprotection", "datenschutz"),
    *("datenschutzbeauftragter", "delegue", "dirprivacy", "dpd", "dpo", "dpobusinessenquiries", "dsar", "dsb", "gdpr"),
    *("eigenauskunft", "hello", "info", "justiziariat", "kirjaamo", "legal", "office", "petenten", "poststelle"),
    *("privacy", "privacyrequests", "redditdatarequests", "registrator", "sac", "sa", "subjectaccess", "support"),
    *("ukdpo", "ukprivacy", "welcome"),
    *("dipps009", "jz"),  # the Italian Direzione by its number; juridische zaken
}
FACES = {
    *("clearview-ai", "eyematch", "facecheck-id", "facechecknow", "facefinderai", "facelookup", "findclone"),
    *("lenso-ai", "pimeyes", "profacefinder", "search4faces"),
}
VERIFIERS = {
    *(
        "idenfy",
        "idnow",
        "jumio",
        "nect",
        "onfido",
        "persona",
        "sumsub",
        "trulioo",
        "veriff",
        "webid-solutions",
        "yoti",
    ),
}


def known() -> Iterable[Controller]:
    return load.controllers().values()


def reachable(one: Controller) -> bool:
    return bool(one.emails or one.form or one.fax or one.address.lines)


def said(one: Controller) -> list[str]:
    return [habit for habit in one.habits if habit.startswith(("Conflict: ", "Unconfirmed: "))]


def of(sector: str) -> dict[str, Controller]:
    return {one.id: one for one in known() if one.sector == sector}


def test_there_are_at_least_seventy_records_each_in_a_file_of_its_name() -> None:
    files = {path.stem for path in (shipped() / "controllers").glob("*.toml")}
    assert {one.id for one in known()} == files
    assert len(files) >= 70


def test_there_are_enough_of_each_kind() -> None:
    count = Counter[str](one.sector for one in known())
    least = {"face-search": 8, "data-broker": 30, "platform": 20, "credit": 12, "police": 15}
    assert {sector: count[sector] >= number for sector, number in least.items()} == dict.fromkeys(least, True)
    assert set(of("face-search")) == FACES
    assert set(load.controllers()) >= VERIFIERS


@pytest.mark.parametrize(
    ("sector", "countries"),
    [
        ("credit", {"AT", "DE", "ES", "GB", "IT", "NL"}),
        ("police", {"AT", "DE", "ES", "FI", "FR", "GR", "IT", "NL", "SE"}),
    ],
)
def test_agencies_and_police_can_be_written_to_in_six_countries(sector: str, countries: set[str]) -> None:
    assert countries <= {one.address.country for one in of(sector).values() if reachable(one)}


def test_a_police_of_a_land_has_its_region_and_a_federal_one_has_none() -> None:
    # a region would send the complaint against a federal body to the authority of the Land
    found = {one.id: one.region for one in of("police").values() if one.address.country == "DE"}
    assert found == {
        "de-bka": "",
        "de-bundespolizei": "",
        "landespolizeidirektion-thueringen": "TH",
        "lka-nds": "NI",
        "lka-nrw": "NW",
        "polizei-berlin": "BE",
    }


def test_only_what_is_no_company_of_a_member_state_calls_itself_an_institution() -> None:
    assert [one.id for one in known() if one.address.country == "EU"] == ["europol"]


def test_every_record_names_a_source_with_its_day_or_says_that_it_has_none() -> None:
    bare = [one.id for one in known() if as_of(one) is None and not re.search(r"undated|\b20\d\d\b", one.source)]
    assert bare == []
    future = [one.id for one in known() if (day := as_of(one)) is not None and day > date(2026, 11, 21)]
    assert future == []


def test_what_nobody_confirmed_says_what_is_in_doubt_or_is_known_from_the_archive_alone() -> None:
    archive = "datenanfragen.de, archive of 2026-07-21"
    bare = [
        one.id
        for one in known()
        if not (one.checked or said(one) or one.obsolete) and not one.source.startswith(archive)
    ]
    assert bare == []
    # what stands in the archive alone is given with its licence
    assert all(one.licence == "CC0-1.0" for one in known() if one.source == archive)


def test_who_cannot_be_written_to_says_why() -> None:
    without = {one.id: one for one in known() if not reachable(one) and not one.obsolete}
    assert set(without) == UNREACHABLE
    for one in without.values():
        assert not one.checked
        assert any(habit.startswith("Unconfirmed: ") for habit in said(one)), one.id


def test_a_record_out_of_use_names_whoever_took_its_place() -> None:
    assert {one.id: one.successor for one in known() if one.obsolete} == {"boniversum": "infoscore"}
    # "Change of controller": the data went to Experian's company in Baden-Baden
    assert load.controllers()["infoscore"].emails == ("ICD-Datenschutz@experian.com",)


def test_every_mailbox_is_that_of_an_office_and_of_nobody_by_name() -> None:
    boxes = {box for one in known() for box in (*one.emails, one.dpo) if "@" in box}
    odd = [box for box in boxes if not OFFICES & set(re.split(r"[.\-]", box.partition("@")[0].casefold()))]
    assert odd == []
    assert not [box for box in boxes if not re.fullmatch(r"[\w.\-]+@[\w\-]+(\.[\w\-]+)+", box)]


def test_two_records_share_a_mailbox_only_within_one_company() -> None:
    shared = {
        (one.id, other.id)
        for one, other in combinations(sorted(known(), key=lambda each: each.id), 2)
        if {box.casefold() for box in one.emails} & {box.casefold() for box in other.emails}
    }
    assert shared == {("google", "google-llc")}


def test_no_two_records_say_the_same_company_in_the_same_country() -> None:
    count = Counter((one.name.casefold(), one.address.country) for one in known())
    # the French company of LiveRamp has a mailbox for Germany
    assert [name for (name, _), times in count.items() if times > 1] == ["liveramp france sas"]


def test_a_photo_is_offered_only_to_those_who_know_faces() -> None:
    assert {one.id for one in known() if "photo" in one.identity_data} == FACES
    assert load.controllers()["pimeyes"].identity_data == ("photo",)


def test_advertising_networks_are_given_identifiers_and_no_name() -> None:
    for name in load.packs()["ad-tech"].controllers:
        kinds = set(load.controllers()[name].identity_data)
        assert kinds & {"cookie-id", "advertising-id"}, name
        assert not kinds & {"name", "address", "birth-date", "photo"}, name


def test_an_address_is_lines_without_the_country_and_a_country_is_known_where_there_is_one() -> None:
    for one in known():
        assert not one.address.lines or one.address.country, one.id
        assert not any(line in {"USA", "Germany", "Deutschland", "United Kingdom"} for line in one.address.lines), (
            one.id
        )
