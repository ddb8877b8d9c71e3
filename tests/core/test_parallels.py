"""One provision of the law book, read under another law."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.core.demands import default_demands
from dsar.core.parallels import Parallel, parallel
from dsar.core.terms import Step
from dsar.core.under import Under
from dsar.lawbook.load import law

TODAY = date(2026, 11, 21)
CITED = {key for one in law().parallels.values() for key in one.provisions if key.startswith("gdpr:")}
GDPR_KEYS = st.sampled_from(sorted(CITED))


@pytest.mark.parametrize(
    ("regime", "key", "expected"),
    [
        ("gdpr", "gdpr:12.3", "gdpr:12.3"),
        ("gdpr", "edpb-01-2022:63", "edpb-01-2022:63"),
        # Regulation (EU) 2018/1725: two articles on for the rights, none for direct marketing
        ("eudpr", "gdpr:15.1.g", "eudpr:17.1.g"),
        ("eudpr", "gdpr:14.2.f", "eudpr:16.2.e"),
        ("eudpr", "gdpr:58.2.c", "eudpr:58.2.d"),
        ("eudpr", "gdpr:21.2", None),
        ("eudpr", "gdpr:6.1.f", None),
        ("eudpr", "reg-1182-71:3.4", "reg-1182-71:3.4"),
        ("eudpr", "edpb-01-2022:63", None),
        ("uk-gdpr", "gdpr:17.1.d", "uk-gdpr:17.1.d"),
        ("uk-gdpr", "gdpr:77.1", "uk-dpa:165"),
        ("uk-gdpr", "gdpr:56.1", None),
        ("uk-gdpr", "uk-dpa:164A", "uk-dpa:164A"),
        # DSG Art. 25(2)(e): the available information on the origin
        ("ch-fadp", "gdpr:15.1.g", "ch-dsg:25.2.e"),
        ("ch-fadp", "gdpr:15.1.f", None),
        ("ch-fadp", "gdpr:77", None),
        ("led-de", "gdpr:15.1.a", "de-bdsg:57.1"),
        ("led-de", "gdpr:15.3", None),
        ("led-fr", "gdpr:17.1", "fr-78-17:106"),
    ],
)
def test_a_provision_has_the_parallel_that_the_other_law_shows(regime: str, key: str, expected: str | None) -> None:
    assert law().parallel(key, regime, TODAY) == expected


@pytest.mark.parametrize(("received", "expected"), [("2026-02-04", "uk-gdpr:12.3"), ("2026-02-05", "uk-gdpr:12A.1")])
def test_which_time_limit_is_british_law_depends_on_the_receipt_of_the_request(received: str, expected: str) -> None:
    """SI 2026/82, reg. 2: Art. 12A is in force from 5 February 2026, whenever the letter is written."""
    found = law().parallel("gdpr:12.3", "uk-gdpr", TODAY, received=date.fromisoformat(received))
    assert found == expected


@pytest.mark.parametrize(("on", "expected"), [("2026-06-18", "uk-gdpr:77"), ("2026-06-19", "uk-dpa:165")])
def test_which_right_to_complain_is_british_law_depends_on_the_day_of_the_letter(on: str, expected: str) -> None:
    """SI 2026/82, reg. 3: Art. 77 UK GDPR went on 19 June 2026, also for a request of January."""
    found = law().parallel("gdpr:77", "uk-gdpr", date.fromisoformat(on), received=date(2026, 1, 5))
    assert found == expected


@given(GDPR_KEYS, st.data())
def test_a_paragraph_never_falls_back_to_its_article(key: str, data: st.DataObject) -> None:
    """Points and paragraphs that no record names have no parallel: a guess would be a false citation."""
    one = data.draw(st.sampled_from(sorted(law().parallels)))
    record = law().parallels[one]
    deeper = f"{key}.zz"
    assert parallel([record], deeper, record.regime, date.max, received=None) is None


def test_a_record_that_is_no_law_yet_or_no_more_gives_nothing() -> None:
    record = Parallel(
        id="made-up",
        regime="ch-fadp",
        provisions={"gdpr:1": "ch-dsg:1"},
        source="made up",
        checked=True,
        valid_from=date(2026, 2, 1),
        valid_until=date(2026, 2, 28),
    )
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    found = [parallel([record], "gdpr:1", "ch-fadp", on, received=None) for on in days]
    assert found == [None, "ch-dsg:1", "ch-dsg:1", None]


def _under(regime: str) -> Under:
    return Under(law=law(), regime=regime, on=TODAY)


def test_without_its_first_provision_nothing_is_asked_or_alleged() -> None:
    """`mandate-refused` rests on Art. 12(2): the second citation, a guideline, does not carry it alone."""
    assert _under("ch-fadp").cites(("gdpr:12.2", "gdpr:12.4")) == ()
    assert _under("ch-fadp").cites(("gdpr:12.4", "gdpr:12.2")) == ("ch-dsv:18.3",)


def test_the_swiss_law_is_not_asked_for_what_it_does_not_give() -> None:
    """DSG Art. 25(2) has neither categories of data nor the other rights nor a right to complain."""
    swiss = {demand.id for demand in default_demands(_under("ch-fadp"), ("access",), "general", ())}
    european = {demand.id for demand in default_demands(_under("gdpr"), ("access",), "general", ())}
    assert european - swiss == {"categories", "rights", "complaint"}


def test_the_police_owe_no_copy_and_no_logic() -> None:
    """Directive (EU) 2016/680, Art. 14, has neither Art. 15(3) nor Art. 15(1)(h) GDPR, nor Art. 15(2)."""
    german = {demand.id for demand in default_demands(_under("led-de"), ("access",), "general", ())}
    assert not german & {"copy", "automated-decisions", "transfers"}
    assert {"purposes", "recipients", "source"} <= german


def test_a_breach_whose_words_are_not_true_elsewhere_is_not_alleged_there() -> None:
    """DSV Art. 18(3) asks for no remedies in a refusal; Art. 27 GDPR is about the Union."""
    swiss, british = _under("ch-fadp"), _under("uk-gdpr")
    assert swiss.alleged("refusal-no-remedies", ("gdpr:12.4",)) == ()
    assert swiss.alleged("refusal-no-reasons", ("gdpr:12.4",)) == ("ch-dsv:18.3",)
    assert british.alleged("no-representative", ("gdpr:27.1",)) == ()


def test_the_steps_of_a_deadline_cite_the_law_of_the_case() -> None:
    """Art. 3(2)(c) of Regulation 1182/71 is no British law; the provision of the regime itself stands."""
    told = (
        Step(on=None, rule="period", cite="uk-gdpr:12A.1"),
        Step(on=None, rule="clamped", cite="reg-1182-71:3.2.c"),
        Step(on=None, rule="acknowledged", cite="edpb-01-2022:57"),
    )
    assert [step.cite for step in _under("uk-gdpr").steps(told)] == ["uk-gdpr:12A.1", "uk-ico-access:time-limit", ""]
    assert _under("gdpr").steps(told) == told
