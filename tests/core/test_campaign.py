"""A campaign's languages, and how its requests look together to somebody who wants to call them abusive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dsar.core.campaign import Campaign, Seat, language
from dsar.core.campaign_look import Request, looks

TODAY = date(2026, 11, 20)
PLAN = Campaign(id="FACES26", title="Faces", rights=("access",))


@pytest.mark.parametrize(
    ("languages", "person", "accepted", "expected"),
    [
        ((), "fr", ("de",), "fr"),  # nothing was said: that of the person
        (("de", "fr"), "fr", (), "fr"),
        (("de", "fr"), "fr", ("de", "fr"), "de"),  # best first
        (("de", "en"), "fr", ("en",), "en"),
        (("de", "en"), "fr", (), "de"),  # none fits: the campaign's first
    ],
)
def test_the_language_is_the_first_of_the_campaign_that_fits(
    languages: tuple[str, ...], person: str, accepted: tuple[str, ...], expected: str
) -> None:
    assert language(replace(PLAN, languages=languages), person, accepted) == expected


def test_a_seat_is_one_for_each_person_controller_and_wave() -> None:
    assert Seat(campaign="FACES26", wave=2, subject="zoe", controller="miroir").id == "FACES26/2/zoe/miroir"


def request(who: str, reason: str = "", *, words: str = "", against: str = "miroir") -> Request:
    said = (reason, words)
    return Request(subject=who, controller=against, reason=reason, words=said, forbidden=("compensation", "join us"))


def rules(*requests: Request, earlier: dict[tuple[str, str], date] | None = None) -> dict[str, int]:
    return {one.rule: one.count for one in looks(requests, earlier or {}, TODAY)}


def test_people_with_reasons_of_their_own_look_like_people() -> None:
    assert rules(request("a", "I want to know."), request("b", "I moved in May."), request("c", "My photo.")) == {}


def test_who_gave_no_reason_is_counted_once_however_many_controllers_they_ask() -> None:
    assert rules(request("a"), request("a", against="spiegel"), request("b", "Mine.")) == {"no-reason": 1}


def test_the_same_reason_for_most_people_looks_made_for_them() -> None:
    same = [request(name, "I want  to KNOW.") for name in "ab"]
    assert rules(*same, request("c", "Mine.")) == {"identical": 2}
    assert rules(*same, request("c", "Mine."), request("d", "Other.")) == {}  # half is not most


def test_money_and_campaign_words_are_found_in_reasons_and_in_questions() -> None:
    found = looks([request("a", "For Compensation."), request("b", "Mine.", words="JOIN  us!")], {}, TODAY)
    assert {one.what: one.who for one in found} == {"compensation": ("a",), "join us": ("b",)}


def test_a_second_request_within_a_year_is_noted_and_after_a_year_is_not() -> None:
    pair = ("a", "miroir")
    one = request("a", "Mine.")
    assert rules(one, earlier={pair: date(2025, 11, 21)}) == {"repeated": 1}
    assert rules(one, earlier={pair: date(2025, 11, 20)}) == {}  # a year is always reasonable (EDPB 01/2022, 181-190)
    assert rules(one, earlier={("b", "miroir"): TODAY}) == {}
    assert rules(one, one) == {"repeated": 1}
