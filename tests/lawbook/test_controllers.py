"""What people type, and whom they mean."""

import pytest

from dsar.core.parties import Address, Controller
from dsar.errors import NotFoundError, UsageError
from dsar.lawbook import load
from dsar.lawbook.controllers import one, search
from dsar.lawbook.errors import AmbiguousControllerError, UnknownControllerError

NOWHERE = Address(lines=(), country="FR")
CLEARFACE = Controller(
    id="clearface",
    name="Clearface AI, Inc.",
    address=NOWHERE,
    brands=("Clearface",),
    emails=("gdpr@clearface.example",),
)
ELODIE = Controller(
    id="elodie", name="Société Élodie & Fils", address=NOWHERE, form="https://www.elodie.example/droits"
)
LODZ = Controller(id="lodz-data", name="Łódź Dane S.A.", address=NOWHERE, brands=("Dane",))
NORTH = Controller(id="north-de", name="Nordlicht GmbH", address=NOWHERE, brands=("Nordlicht",))
NORTH_UK = Controller(id="north-uk", name="Nordlicht Ltd", address=NOWHERE, brands=("Nordlicht",))
ALL = (CLEARFACE, ELODIE, LODZ, NORTH, NORTH_UK)


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
        ("someone@clearface.example", CLEARFACE, "domain"),
        ("clearface.example", CLEARFACE, "domain"),
        ("https://elodie.example/anything?x=1", ELODIE, "domain"),
        ("mail.elodie.example", ELODIE, "domain"),
        ("nordlicht l", NORTH_UK, "prefix"),
        ("fils", ELODIE, "part"),
    ],
)
def test_a_text_finds_the_controller_and_says_why(text: str, controller: Controller, reason: str) -> None:
    matches = search(text, ALL)
    assert (matches[0].controller, matches[0].reason) == (controller, reason)
    assert one(text, ALL) == controller


def test_the_domain_of_a_host_of_forms_is_nobodys() -> None:
    hosted = Controller(id="kite", name="Kite SAS", address=NOWHERE, form="https://kite.privacy.forms.example/kite")
    assert search("forms.example", (hosted,)) == ()
    own = Controller(id="kite", name="Kite SAS", address=NOWHERE, form="https://help.kite.example/")
    assert one("kite.example", (own,)) == own


def test_the_best_match_comes_first() -> None:
    assert [match.controller.id for match in search("nordlicht", (*ALL, LODZ))] == ["north-de", "north-uk"]
    data = Controller(id="data", name="Big Dane Company", address=NOWHERE)
    assert [match.reason for match in search("dane", (data, LODZ))] == ["name", "part"]
    assert one("dane", (data, LODZ)) == LODZ


def test_an_ambiguous_text_lists_the_candidates() -> None:
    with pytest.raises(AmbiguousControllerError, match=r"north-de \(Nordlicht GmbH\), north-uk") as caught:
        one("Nordlicht", ALL)
    assert isinstance(caught.value, UsageError)


def test_a_part_that_several_share_is_ambiguous_even_if_one_begins_with_it() -> None:
    data = Controller(id="data", name="Big Dane Company", address=NOWHERE)
    with pytest.raises(AmbiguousControllerError):
        one("dan", (data, LODZ))


@pytest.mark.parametrize("text", ["", "   ", "nobody", "@", "!!!", "http://[", "{text}", "cl.*face", "example"])
def test_a_text_that_nobody_matches_is_not_found(text: str) -> None:
    with pytest.raises(UnknownControllerError) as caught:
        one(text, (CLEARFACE, LODZ))
    assert isinstance(caught.value, NotFoundError)
    assert repr(text) in str(caught.value)


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    with pytest.raises(UnknownControllerError) as caught:
        one("\x1b[2J", ALL)
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
        ("grabiszynska", None),
    ],
)
def test_the_shipped_directory_is_searched_when_none_is_given(text: str, found: str | None) -> None:
    assert {match.controller.id for match in search(text, load.controllers().values())} >= ({found} if found else set())
    if found:
        assert one(text).id == found
