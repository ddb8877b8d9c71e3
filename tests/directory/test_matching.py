"""What people type, and whom they mean."""

# ruff: noqa: RUF001 - names in other alphabets

import pytest

from dsar.core.parties import Address, Controller
from dsar.desk.directory import Directory, by_site, held, one
from dsar.directory.errors import (
    AmbiguousControllerError,
    ObsoleteControllerError,
    UnknownControllerError,
    UnsureControllerError,
)
from dsar.directory.matching import Match
from dsar.errors import NotFoundError, UsageError
from dsar.lawbook import load

NOWHERE = Address(lines=(), country="FR")
CLEARFACE = Controller(
    id="clearface",
    name="Clearface AI, Inc.",
    address=Address(lines=("12 Hudson Street", "New York, NY 10013"), country="US"),
    brands=("Clearface",),
    emails=("gdpr@clearface.example",),
    runs=("Facefinder Pro",),
)
ELODIE = Controller(
    id="elodie", name="Société Élodie & Fils", address=NOWHERE, form="https://www.elodie.example/droits"
)
LODZ = Controller(id="lodz-data", name="Łódź Dane S.A.", address=NOWHERE, brands=("Dane",))
NORTH = Controller(id="north-de", name="Nordlicht GmbH", address=NOWHERE, brands=("Nordlicht",))
NORTH_UK = Controller(id="north-uk", name="Nordlicht Ltd", address=NOWHERE, brands=("Nordlicht",))
YUG = Controller(id="yug", name="ООО Южный Кайт", address=NOWHERE, website="https://yug.example")
ALL = (CLEARFACE, ELODIE, LODZ, NORTH, NORTH_UK, YUG)


def of(*shipped: Controller, own: tuple[Controller, ...] = ()) -> Directory:
    return Directory(own=held(own, "own"), shipped=held(shipped, "shipped"), shelf=None)


def search(text: str, *controllers: Controller) -> tuple[Match, ...]:
    return of(*controllers).search(text)


@pytest.mark.parametrize(
    ("text", "controller", "reason"),
    [
        ("clearface", CLEARFACE, "id"),
        ("CLEARFACE AI INC", CLEARFACE, "name"),
        ("  Clearface AI, Inc. ", CLEARFACE, "name"),
        ("societe elodie fils", ELODIE, "name"),
        ("SOCIÉTÉ", ELODIE, "prefix"),
        ("lodz dane", LODZ, "prefix"),
        ("dane", LODZ, "name"),
        ("gdpr@clearface.example", CLEARFACE, "email"),
        ("someone@clearface.example", CLEARFACE, "domain"),
        ("clearface.example", CLEARFACE, "domain"),
        ("https://elodie.example/anything?x=1", ELODIE, "domain"),
        ("mail.elodie.example", ELODIE, "domain"),
        ("facefinder pro", CLEARFACE, "runs"),
        ("nordlicht l", NORTH_UK, "prefix"),
        ("fils", ELODIE, "part"),
        ("yuzhnyi", YUG, "part"),
        ("Южный", YUG, "part"),
    ],
)
def test_a_text_finds_the_controller_and_says_why(text: str, controller: Controller, reason: str) -> None:
    matches = search(text, *ALL)
    assert (matches[0].controller, matches[0].reason) == (controller, reason)
    assert one(of(*ALL), text).controller == controller


@pytest.mark.parametrize(
    ("text", "controller", "reason"),
    [
        ("Claerface", CLEARFACE, "typing"),
        ("Clearface AI Icn", CLEARFACE, "typing"),
        ("facefindr pro", CLEARFACE, "typing"),
        ("clarface.example", CLEARFACE, "typing"),
        ("12 hudson street", CLEARFACE, "address"),
        ("Clearface has my face", CLEARFACE, "within"),
        ("Клирфейс", None, ""),
    ],
)
def test_what_fits_only_nearly_is_shown_and_never_taken(text: str, controller: Controller | None, reason: str) -> None:
    matches = search(text, *ALL)
    if controller is None:
        assert matches == ()
        return
    assert (matches[0].controller, matches[0].reason) == (controller, reason)
    with pytest.raises(UnsureControllerError, match=r"perhaps clearface \(Clearface AI, Inc\.\)"):
        one(of(*ALL), text)


def test_the_domain_of_a_host_of_forms_is_nobodys() -> None:
    hosted = Controller(id="kite", name="Kite SAS", address=NOWHERE, form="https://kite.privacy.forms.example/kite")
    assert search("forms.example", hosted) == ()
    own = Controller(id="kite", name="Kite SAS", address=NOWHERE, form="https://help.kite.example/")
    assert one(of(own), "kite.example").controller == own


def test_a_mailbox_at_a_mail_host_does_not_make_the_host_theirs() -> None:
    baker = Controller(id="baker", name="Bäckerei Kern", address=NOWHERE, emails=("kern@gmx.de",))
    assert [match.reason for match in search("gmx.de", baker)] == []
    assert search("kern@gmx.de", baker)[0].reason == "email"


def test_whose_own_site_it_is_comes_before_whose_form_stands_there() -> None:
    platform = Controller(id="platform", name="Platform Ltd", address=NOWHERE, website="https://platform.example")
    guest = Controller(id="guest", name="Guest Ltd", address=NOWHERE, form="https://platform.example/contact/guest")
    assert one(of(guest, platform), "platform.example").controller == platform
    assert by_site(of(guest, platform), "https://platform.example/about").controller == platform
    with pytest.raises(UnknownControllerError):
        by_site(of(guest, platform), "guest.example")


def test_the_best_match_comes_first() -> None:
    assert [match.controller.id for match in search("nordlicht", *ALL)] == ["north-de", "north-uk"]
    data = Controller(id="data", name="Big Dane Company", address=NOWHERE)
    assert [match.reason for match in search("dane", data, LODZ)] == ["name", "part"]
    assert one(of(data, LODZ), "dane").controller == LODZ


def test_ones_own_record_wins_over_the_shipped_one() -> None:
    mine = Controller(id="clearface", name="Clearface Europe SARL", address=NOWHERE)
    found = of(CLEARFACE, own=(mine,))
    assert one(found, "clearface").controller == mine
    # found by a word that only the hidden record has
    assert one(found, "clearface.example").controller == mine
    other = Controller(id="my-nordlicht", name="Nordlicht", address=NOWHERE)
    assert one(of(NORTH, NORTH_UK, own=(other,)), "nordlicht").controller == other


def test_an_ambiguous_text_lists_the_candidates() -> None:
    with pytest.raises(AmbiguousControllerError, match=r"north-de \(Nordlicht GmbH\), north-uk") as caught:
        one(of(*ALL), "Nordlicht")
    assert isinstance(caught.value, UsageError)


def test_a_long_list_of_candidates_is_cut_short() -> None:
    crowd = [Controller(id=f"kite-{n}", name=f"Kite {n}", address=NOWHERE) for n in range(30)]
    with pytest.raises(AmbiguousControllerError, match=r"and 22 more"):
        one(of(*crowd), "kite")


def test_a_part_that_several_share_is_ambiguous_even_if_one_begins_with_it() -> None:
    data = Controller(id="data", name="Big Dane Company", address=NOWHERE)
    with pytest.raises(AmbiguousControllerError):
        one(of(data, LODZ), "dan")


def test_a_record_out_of_use_leads_to_its_successor() -> None:
    old = Controller(id="old", name="Old Kite", address=NOWHERE, obsolete="company-merged", successor="older")
    older = Controller(id="older", name="Older Kite", address=NOWHERE, obsolete="company-merged", successor="clearface")
    assert one(of(old, older, CLEARFACE), "old kite").controller == CLEARFACE
    with pytest.raises(ObsoleteControllerError, match="company merged"):
        one(of(old, older), "old kite")
    ring = Controller(id="ring", name="Ring", address=NOWHERE, obsolete="duplicate", successor="ring")
    with pytest.raises(ObsoleteControllerError):
        one(of(ring), "ring")


@pytest.mark.parametrize("text", ["", "   ", "nobody", "@", "!!!", "http://[", "{text}", "cl.*face", "example"])
def test_a_text_that_nobody_matches_is_not_found(text: str) -> None:
    with pytest.raises(UnknownControllerError) as caught:
        one(of(CLEARFACE, LODZ), text)
    assert isinstance(caught.value, NotFoundError)
    assert repr(text) in str(caught.value)


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    with pytest.raises(UnknownControllerError) as caught:
        one(of(*ALL), "\x1b[2J")
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Clearview AI", "clearview-ai"),
        ("privacy@clearview.ai", "clearview-ai"),
        ("pimeyes", "pimeyes"),
        ("facebook", "meta"),
        ("Twitter", "x"),
        ("x", "x"),
    ],
)
def test_the_shipped_directory_is_searched(text: str, found: str) -> None:
    shipped = of(*load.controllers().values())
    assert one(shipped, text).controller.id == found


def test_a_face_search_is_found_by_whoever_says_what_happened() -> None:
    assert of(*load.controllers().values()).search("PimEyes has my face")[0].controller.id == "pimeyes"
