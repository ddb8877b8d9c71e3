"""Under which law a case is opened, where nobody said it, and what is said about the choice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address, Controller
from dsar.core.under import Under
from dsar.desk.errors import NoRegimeError, UnknownItemError
from dsar.desk.regime import PoliceRegimeError, choose, not_asked
from dsar.lawbook.load import law

if TYPE_CHECKING:
    from dsar.core.parties import Sector
    from dsar.desk.regime import Chosen

TODAY = date(2026, 7, 1)


def company(country: str, sector: Sector = "general", *, established: bool | None = None) -> Controller:
    return Controller(
        id="pry", name="Pry", address=Address(lines=(), country=country), sector=sector, established=established
    )


def chosen(country: str, home: str, sector: Sector = "general", *, wish: str = "", on: date = TODAY) -> Chosen:
    return choose(law(), company(country, sector), home, wish=wish, on=on)


@pytest.mark.parametrize(
    ("country", "home", "sector", "regime"),
    [
        ("FR", "DE", "general", "gdpr"),
        ("FR", "GB", "general", "gdpr"),
        ("NO", "FR", "general", "gdpr"),
        ("US", "FR", "face-search", "gdpr"),
        ("", "FR", "general", "gdpr"),
        ("EU", "FR", "public", "eudpr"),
        ("EU", "GB", "public", "eudpr"),
        ("GB", "GB", "general", "uk-gdpr"),
        ("GB", "US", "general", "uk-gdpr"),
        ("CH", "CH", "general", "ch-fadp"),
        ("FR", "DE", "police", "led-fr"),
        ("DE", "FR", "police", "led-de"),
        ("DE", "DE", "public", "gdpr"),
    ],
)
def test_the_law_follows_from_where_both_are_and_what_the_controller_is(
    country: str, home: str, sector: Sector, regime: str
) -> None:
    assert chosen(country, home, sector).rules.id == regime


def test_where_both_laws_may_apply_the_gdpr_is_taken_and_the_other_is_named() -> None:
    """GDPR Art. 3(2): a controller outside the Union that offers goods to people in it, or watches them."""
    found = chosen("GB", "FR")
    assert found.rules.id == "gdpr"
    assert "Art. 3(2) GDPR" in found.notes[0]
    assert "--regime uk-gdpr" in found.notes[0]


def test_a_company_of_a_third_country_is_asked_under_the_law_of_the_residence_and_this_is_said() -> None:
    found = chosen("US", "GB")
    assert found.rules.id == "uk-gdpr"
    assert "--regime gdpr" in found.notes[0]
    here = company("US", established=True)
    assert choose(law(), here, "GB", wish="", on=TODAY).rules.id == "gdpr"


def test_a_case_that_nothing_ties_to_a_law_says_so() -> None:
    found = chosen("US", "BR")
    assert found.rules.id == "gdpr"
    assert "Nothing shows" in found.notes[0]


def test_nothing_is_said_where_there_is_no_doubt() -> None:
    assert chosen("FR", "DE").notes == ()
    assert chosen("US", "FR").notes == ()


def test_the_police_of_a_country_that_is_not_in_the_law_book_is_refused_in_a_sentence() -> None:
    with pytest.raises(PoliceRegimeError, match=r"law of ES is not in the law book.*led-fr, led-de.*gdpr") as caught:
        chosen("ES", "ES", "police")
    assert caught.value.code == 2
    assert chosen("ES", "ES", "police", wish="gdpr").rules.id == "gdpr"


@pytest.mark.parametrize(("on", "identity"), [(date(2026, 2, 4), "suspends"), (date(2026, 2, 5), "restarts")])
def test_the_version_of_the_day_is_taken(on: date, identity: str) -> None:
    assert chosen("GB", "GB", on=on).rules.identity == identity


def test_what_was_not_read_at_its_source_is_said_when_the_case_is_opened() -> None:
    assert any("eudpr were not checked" in note for note in chosen("EU", "FR").notes)
    assert any("led-fr were not checked" in note for note in chosen("FR", "FR", "police").notes)
    assert not any("were not checked" in note for note in chosen("DE", "DE", "police").notes)


def test_a_law_that_does_not_fit_is_taken_as_said_and_remarked_on() -> None:
    found = chosen("FR", "FR", wish="uk-gdpr")
    assert found.rules.id == "uk-gdpr"
    assert "Neither FR nor FR is a country of uk-gdpr" in found.notes[0]
    assert "sector police" in chosen("FR", "FR", wish="led-fr").notes[0]


def test_a_law_that_there_is_not_or_not_yet_is_an_error() -> None:
    with pytest.raises(UnknownItemError, match="narnia"):
        chosen("FR", "FR", wish="narnia")
    with pytest.raises(NoRegimeError, match="2018-05-25"):
        chosen("FR", "FR", wish="gdpr", on=date(2018, 5, 24))


def test_what_the_law_does_not_give_is_said_not_to_be_asked() -> None:
    swiss = Under(law=law(), regime="ch-fadp", on=TODAY)
    (said,) = not_asked(swiss, ("access",), "general")
    assert said.endswith("no such provision: categories, rights, complaint.")
    assert not_asked(Under(law=law(), regime="gdpr", on=TODAY), ("access",), "general") == ()
