"""The sample case that a translator sees: every letter, in every language, for everybody whom it fits."""

from __future__ import annotations

import pytest

from dsar.core.rights import REQUESTS
from dsar.desk.previewing import preview
from dsar.desk.sample import WHO
from dsar.letters.errors import MissingValueError
from dsar.letters.find import languages

from .sample_text import FOLDER, ROOTS, everything, place, read

LETTERS = everything()
NAMES = [f"{one.lang}-{one.kind}" for one in LETTERS]
# Nobody gives themselves a mandate.
UNDER_MANDATE = {"mandate", "mandate-revocation", "mandate-doubted", "capacity", "complaint-collective"}


@pytest.mark.parametrize("one", LETTERS, ids=NAMES)
def test_the_letter_is_the_one_that_was_read_and_kept(one) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a template
    assert read(one.kind, one.lang) == place(one.kind, one.lang).read_text(encoding="utf-8")


def test_nothing_is_kept_of_a_letter_that_is_gone() -> None:
    kept = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.md")}
    assert kept == {(one.lang, one.kind) for one in LETTERS}


@pytest.mark.no_cover  # every letter in every situation: the tests around it run the same lines
def test_every_letter_is_written_for_everybody_whom_it_fits() -> None:
    made = 0
    for one in LETTERS:
        for who in WHO:
            if who == "own" and one.kind in UNDER_MANDATE:
                with pytest.raises(MissingValueError):
                    preview(ROOTS, one, who)
                continue
            letter = preview(ROOTS, one, who)
            assert letter.lang == one.lang
            assert [mark for mark in ("{{", "{%", "None", "\n\n\n") if mark in letter.body] == []
            made += 1
    assert made >= 4 * len(LETTERS) - len(UNDER_MANDATE) * len(languages(ROOTS))


def test_the_requests_that_the_program_knows_are_those_that_are_shipped() -> None:
    assert {one.kind for one in LETTERS if "first-request" in one.fits} == set(REQUESTS)


def test_a_request_numbers_the_same_demands_in_every_language() -> None:
    numbers: dict[str, set[int]] = {}
    for one in LETTERS:
        if "first-request" in one.fits and one.kind != "access-police":  # one country, one law
            body = preview(ROOTS, one, "own").body
            heads = [line.partition(". ")[0] for line in body.splitlines()]
            numbers.setdefault(one.kind, set()).add(sum(head.isdigit() for head in heads))
    assert {kind: len(found) for kind, found in numbers.items()} == dict.fromkeys(numbers, 1)


def test_a_request_under_a_mandate_is_signed_by_the_agent_and_answered_to_the_person_where_it_says_so() -> None:
    access = next(one for one in LETTERS if (one.kind, one.lang) == ("access", "en"))
    agent, body = preview(ROOTS, access, "agent"), preview(ROOTS, access, "body")
    assert agent.signature[0] == "Odile Marchetti"
    assert "to the data subject alone, in electronic form, at nina@ferrand.example" in agent.body
    assert "to me, in electronic form, at rights@halcyon.example" in body.body


def test_a_sample_says_on_its_face_that_it_is_one() -> None:
    assert all(preview(ROOTS, one).banner for one in LETTERS)
