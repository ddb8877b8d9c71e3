"""What holds for every question, whatever the directory: quotable rules, over made-up authorities and the real ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from dsar.core.competence import Place, Where, find, without_records
from dsar.core.law import Authority, AuthoritySector
from dsar.lawbook import load
from dsar.letters.find import roots
from dsar.letters.words import Words

EEA = frozenset({"FR", "DE", "ES", "BE", "IE", "AT", "IT"})
SECTORS = get_args(AuthoritySector)
COUNTRIES = st.sampled_from(["FR", "DE", "ES", "BE", "IE", "AT", "GB", "CH", "US"])
REGIONS = st.sampled_from(["", "BY", "BE", "HH", "CT", "VLG", "XX"])
PLACES = st.none() | st.builds(Place, country=COUNTRIES, region=REGIONS)


def _wheres() -> st.SearchStrategy[Where]:
    return st.builds(
        Where,
        residence=PLACES,
        work=PLACES,
        infringement=PLACES,
        seat=PLACES,
        established=st.none() | st.booleans(),
        sector=st.sampled_from(SECTORS),
    )


@cache
def spoken() -> tuple[Words, ...]:
    return Words("en", roots()), Words("fr", roots())


def authority(name: str, country: str, **given_: object) -> Authority:
    plain = Authority(
        id=name, name=name, country=country, address=(), languages=("en",), source="made up", checked=True
    )
    return replace(plain, **given_)  # type: ignore[arg-type] # a test says only what it is about


@given(_wheres())
def test_each_authority_is_named_once_with_a_rank_and_a_reason(where: Where) -> None:
    found = find(where, load.authorities().values(), EEA)
    names = [one.authority.id for one in found]
    assert len(set(names)) == len(names)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert all(one.reasons for one in found)


@given(_wheres())
def test_no_authority_of_another_country_than_those_of_the_question(where: Where) -> None:
    # Art. 55(1): "on the territory of its own Member State"
    asked = {p.country for p in (where.residence, where.work, where.infringement, where.seat) if p is not None}
    assert {one.authority.country for one in find(where, load.authorities().values(), EEA)} <= asked


@given(_wheres(), st.randoms(use_true_random=False))
def test_the_order_of_the_directory_changes_nobody_s_competence(where: Where, chance: object) -> None:
    everyone = list(load.authorities().values())
    before = {one.authority.id for one in find(where, everyone, EEA)}
    chance.shuffle(everyone)  # type: ignore[attr-defined] # a random.Random of hypothesis
    assert {one.authority.id for one in find(where, everyone, EEA)} == before


@given(_wheres())
def test_every_reason_can_be_said_in_every_language_with_a_citation_that_it_can_write(where: Where) -> None:
    for one in find(where, load.authorities().values(), EEA):
        for reason in one.reasons:
            values = dict(reason.values)
            for words in spoken():
                assert words.say("competence", reason.rule, **values)
                assert all(words.cite(key) for key in reason.cites)


@given(_wheres())
def test_a_lead_authority_is_spoken_of_only_where_there_may_be_an_establishment(where: Where) -> None:
    # Art. 56(1): "the main establishment or … the single establishment"
    rules = {reason.rule for one in find(where, load.authorities().values(), EEA) for reason in one.reasons}
    if where.established is False:
        assert not rules & {"lead-elsewhere", "lead-unknown", "establishment-unknown"} - _seat_in_the_union(where)


def _seat_in_the_union(where: Where) -> set[str]:
    """The question contradicts itself: `dsar authorities find` refuses it, the core takes the word of the user."""
    return {"lead-elsewhere"} if where.seat is not None and where.seat.country in EEA else set()


def test_a_country_with_one_general_authority_needs_no_rule_of_its_own() -> None:
    [found] = find(Where(residence=Place(country="IT")), [authority("garante", "IT")], EEA)
    assert found.authority.id == "garante"


def test_a_general_authority_yields_to_one_that_has_the_sector_by_name() -> None:
    both = [authority("general", "BE"), authority("police", "BE", sectors=("police",))]
    found = find(Where(residence=Place(country="BE"), sector="police"), both, EEA)
    assert [one.authority.id for one in found] == ["police", "general"]


def test_the_region_of_the_seat_beats_the_region_of_the_residence() -> None:
    # BDSG section 40: the authority of the Land in which the company sits
    both = [authority("north", "DE", regions=("HH",), sectors=("private",))]
    both.append(authority("south", "DE", regions=("BY",), sectors=("private",)))
    where = Where(residence=Place(country="DE", region="HH"), seat=Place(country="DE", region="BY"), established=True)
    assert [one.authority.id for one in find(where, both, EEA)] == ["south", "north"]


def test_somebody_who_lives_and_works_in_one_country_says_the_region_once() -> None:
    both = [authority("north", "DE", regions=("HH",), sectors=("private",))]
    both.append(authority("south", "DE", regions=("BY",), sectors=("private",)))
    where = Where(
        residence=Place(country="DE", region="HH"),
        infringement=Place(country="DE"),
        seat=Place(country="US"),
        established=False,
    )
    assert [one.authority.id for one in find(where, both, EEA)] == ["north"]


def test_an_unchecked_record_says_so() -> None:
    [found] = find(Where(residence=Place(country="IT")), [authority("garante", "IT", checked=False)], EEA)
    assert "unchecked" in {reason.rule for reason in found.reasons}


def test_a_place_without_a_record_is_named_and_the_seat_of_a_foreign_controller_is_not() -> None:
    where = Where(residence=Place(country="FR"), work=Place(country="LU"), seat=Place(country="US"))
    assert without_records(where, [authority("cnil", "FR")], EEA) == ("LU",)
