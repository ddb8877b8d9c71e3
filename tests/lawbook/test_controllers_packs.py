"""The packs that come with dsar: each addressee exists, can be written to, and belongs there."""

from collections import Counter

import pytest

from dsar.directory.words import plain
from dsar.lawbook import load

WANTED = {
    *("face-search", "data-brokers", "ad-tech", "identity-verification", "platforms"),
    *("credit-at", "credit-de", "credit-es", "credit-gb", "credit-it", "credit-nl"),
    *("police-at", "police-de", "police-es", "police-fi", "police-fr", "police-gr", "police-it", "police-nl"),
    "police-se",
}


def test_every_pack_that_was_asked_for_is_there() -> None:
    assert set(load.packs()) >= WANTED


@pytest.mark.parametrize("name", sorted(load.packs()))
def test_whoever_is_in_a_pack_can_be_written_to(name: str) -> None:
    directory = load.controllers()
    for one in (directory[id_] for id_ in load.packs()[name].controllers):
        assert one.emails or one.form or one.address.lines, one.id
        assert not one.obsolete, one.id


@pytest.mark.parametrize("name", sorted(load.packs()))
def test_a_pack_names_each_company_once(name: str) -> None:
    # a second case against the same company would be left out of the preview
    directory = load.controllers()
    count = Counter(plain(directory[id_].name) for id_ in load.packs()[name].controllers)
    assert [each for each, times in count.items() if times > 1] == []


def test_the_twelve_data_brokers_are_twelve() -> None:
    pack = load.packs()["data-brokers"]
    assert len(pack.controllers) == 12
    assert "Twelve" in pack.title
    assert {load.controllers()[one].sector for one in pack.controllers} == {"data-broker"}


@pytest.mark.parametrize("kind", ["credit", "police"])
def test_a_pack_of_agencies_or_police_is_of_one_country_and_of_one_sector(kind: str) -> None:
    directory = load.controllers()
    packs = {name: pack for name, pack in load.packs().items() if name.startswith(f"{kind}-")}
    assert len(packs) >= 6
    for name, pack in packs.items():
        members = [directory[one] for one in pack.controllers]
        assert {one.sector for one in members} == {kind}, name
        assert {one.address.country for one in members} == {name.removeprefix(f"{kind}-").upper()}


def test_every_credit_agency_that_can_be_written_to_is_in_a_pack() -> None:
    packed = {one for name, pack in load.packs().items() if name.startswith("credit-") for one in pack.controllers}
    agencies = {one.id for one in load.controllers().values() if one.sector == "credit"}
    assert agencies - packed == {"boniversum", "experian-it"}
