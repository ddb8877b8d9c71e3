"""What the calculator cannot answer: one sentence that says what is wrong and why, and exit code 2."""

from __future__ import annotations

import pytest

from dsar.desk.calculator import Place, answer, term
from dsar.errors import DsarError

from .cases import day

FRANCE = Place(country="FR")


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("identity=2026-03-10:2026-03-09", "the second day is before the first"),
        ("identity-refused=2026-03-10:2026-03-09", "the second day is before the first"),
        ("clarification=2026-03-10:2026-03-09", "the second day is before the first"),
        ("clarification-large=2026-03-10:2026-03-09", "the second day is before the first"),
        ("fee=2026-03-10:2026-03-09", "the second day is before the first"),
        ("announced=2026-03-30:2026-03-29", "the second day is before the first"),
        ("extension=2026-03-01", "before the receipt of the request, 2026-03-02"),
        ("identity=2026-03-01:2026-03-04", "before the receipt of the request, 2026-03-02"),
        ("refusal=2025-12-31", "before the receipt of the request, 2026-03-02"),
        ("identity-unjustified=2026-03-04:2026-03-05", "write one of extension=ON"),
        ("announced=2026-03-30", "it needs two days, announced=ON:DATE"),
        ("answer=2026-03-30", "write one of extension=ON"),
    ],
)
def test_an_event_that_cannot_be_is_named_with_its_reason(event: str, why: str) -> None:
    with pytest.raises(DsarError) as caught:
        answer("gdpr", day("2026-03-02"), FRANCE, (event,))
    assert f"“{event}”" in str(caught.value)
    assert why in str(caught.value)
    assert caught.value.code == 2


def test_what_happened_on_the_day_of_receipt_is_possible() -> None:
    """2 March + 3 months = Tuesday 2 June: the extension came back with the acknowledgement."""
    found = answer("gdpr", day("2026-03-02"), FRANCE, ("extension=2026-03-02",))
    assert found.strict == day("2026-06-02")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(country="ZZ"), ("'ZZ'", "--holidays none")),
        (Place(country="FR", subdivision="XX"), ("FR has no region 'XX'", "leave it out")),
        (Place(country="LU", subdivision="L"), ("LU has no region 'L'", "leave it out")),
        (Place(subdivision="BY"), ("'BY' needs its country", "--country")),
        (Place(country="US", no_establishment=True, complainant="ZZ"), ("'ZZ'",)),
    ],
)
def test_a_place_that_does_not_exist_is_named(place: Place, words: tuple[str, ...]) -> None:
    with pytest.raises(DsarError) as asked:
        answer("gdpr", day("2026-03-02"), place, ())
    with pytest.raises(DsarError) as timed:
        term("notice", day("2026-03-02"), place, 8)
    for caught in (asked, timed):
        assert all(word in str(caught.value) for word in words)
        assert caught.value.code == 2


@pytest.mark.parametrize(
    ("regime", "on", "words"),
    [
        ("gdpr", "2018-05-24", ("gdpr", "2018-05-24", "from 2018-05-25 on")),
        ("hipaa", "2026-03-02", ("“hipaa”", "gdpr", "uk-gdpr")),
    ],
)
def test_a_regime_that_was_no_law_on_that_day_is_refused_with_the_day_on_which_it_became_one(
    regime: str, on: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(DsarError) as caught:
        answer(regime, day(on), FRANCE, ())
    assert all(word in str(caught.value) for word in words)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("name", "on", "starts"),
    [("procreg-simple", "2027-04-01", "2027-04-02"), ("uk-164a-acknowledgement", "2026-06-18", "2026-06-19")],
)
def test_a_term_that_is_not_law_yet_is_refused_with_the_day_on_which_it_will_be(
    name: str, on: str, starts: str
) -> None:
    with pytest.raises(DsarError, match=rf"“{name}” is law only from {starts} on, not on {on}") as caught:
        term(name, day(on), FRANCE, None)
    assert caught.value.code == 2
    assert term(name, day(starts), FRANCE, None).strict is not None
