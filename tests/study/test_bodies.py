"""The table for the public: what each body said, and what only the log says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dsar.core.casefacts import Happening
from dsar.core.coding import Coding
from dsar.study.bodies import answers, bodies, said
from dsar.study.page import shown
from study.made_up import LAST, case, on, survey

ADMITTED = replace(
    case(1, 40, happenings=(Happening(kind="no-data", on=on(10), n=5),)), first_answer=(on(10), "no-data")
)


def coded(n: int, value: str) -> dict[str, Any]:
    one = Coding(ref=f"2026-{n:05}", coder="ana", version=1, at="", scheme="1", length=3, values=(("said", value),))
    return {"settled": {one.ref: one}}


@pytest.mark.parametrize(
    ("value", "word"), [("yes", "denied-then-admitted"), ("no", "no"), ("nothing", "nothing"), ("unclear", "unclear")]
)
def test_what_a_coder_read_counts_and_a_yes_after_a_denial_is_an_admission(value: str, word: str) -> None:
    assert said(survey(ADMITTED, **coded(1, value)).sample, ADMITTED) == word


def test_without_a_coder_an_answer_is_never_taken_for_a_yes() -> None:
    sample = survey(ADMITTED).sample
    assert said(sample, ADMITTED) == "denied-then-answered"
    assert said(sample, case(2, 5)) == "answered"
    assert said(sample, case(2, 5, "no-data")) == "no-data"
    assert said(sample, case(2, 5, "refusal")) == "refused"


def test_silence_is_said_only_after_the_safe_date() -> None:
    assert said(survey(today=LAST).sample, case(1)) == "running"
    assert said(survey().sample, case(1)) == "silent"
    assert said(survey().sample, case(1, safe=None)) == "unproved"


def test_a_body_has_one_row_with_its_days_its_words_and_its_proof() -> None:
    study = survey(ADMITTED, case(2), **coded(1, "yes"))
    (body,) = bodies(study.sample)
    assert body.said == ("denied-then-admitted", "silent")
    assert body.proofs == (("2026-00001", 5), ("2026-00001", 9))
    section = answers(study, (body,), {("2026-00001", 5): "2026-03-15, SHA-256 ab…"})
    (row,) = shown(study.words, section.tables[0])
    assert row == (
        "Miroir SAS", "France", "face search", "2", "2026-03-02", "2026-03-15 – 2026-04-14",
        "first denied, then admitted; computed: no answer, last day passed", "2026-03-15, SHA-256 ab…",
    )  # fmt: skip


def test_no_reference_and_no_person_stands_in_the_table() -> None:
    study = survey(ADMITTED, case(2))
    text = str(shown(study.words, answers(study, bodies(study.sample), {}).tables[0]))
    assert "2026-00001" not in text
    assert "person-" not in text


def test_the_number_of_requests_is_kept_back_where_it_is_small() -> None:
    cases = [case(n, 5) for n in range(9)] + [case(n, 5, controller="b", controller_name="B") for n in range(20, 23)]
    study = survey(*cases, *(case(n, 5, controller="c", controller_name="C") for n in range(30, 50)), least=5)
    rows = shown(study.words, answers(study, bodies(study.sample), {}).tables[0])
    assert [(row[0], row[3]) for row in rows] == [("B", "suppressed"), ("C", "20"), ("Miroir SAS", "suppressed")]


def test_a_denial_becomes_an_admission_only_by_a_later_answer() -> None:
    """A coder who reads a yes into the one answer “we hold nothing” does not make two answers of it."""
    alone = case(1, 10, "no-data")
    assert said(survey(alone, **coded(1, "yes")).sample, alone) == "yes"
    refused = replace(ADMITTED, last_answer=(on(40), "refusal"))
    assert said(survey(refused, **coded(1, "yes")).sample, refused) == "yes"
