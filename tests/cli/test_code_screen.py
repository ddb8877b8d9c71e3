"""A coder's keys, and the page they act on: pure, without a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from dsar.cli.code_page import Head, page
from dsar.cli.code_screen import Coded
from dsar.core.casefacts import CaseFacts, Happening
from dsar.study.scheme import scheme
from dsar.study.scheme_facts import CHECKLIST, beside, gates

DAY = date(2026, 11, 22)
FACTS = CaseFacts(
    ref="2026-7QX2M", opened_on=date(2026, 3, 1), subject="zoe", controller="miroir", controller_name="Miroir SAS",
    sector="general", country="FR", lives_in="FR", regime="gdpr", rights=("access",), language="fr", letter="access",
    length=9, last_on=date(2026, 5, 1), campaign="FACES26", wave=1, sent_on=date(2026, 3, 2), channels=("email",),
    arrived_on=date(2026, 3, 2), proved_on=date(2026, 3, 5), strict=date(2026, 4, 2), safe=date(2026, 4, 7),
    met=date(2026, 5, 1), met_safe=date(2026, 5, 1), first_answer=(date(2026, 5, 1), "answer"),
    last_answer=(date(2026, 5, 1), "answer"),
    happenings=(
        Happening(kind="identity-demand", on=date(2026, 3, 9), n=5, items=("passport",), unjustified=True),
        Happening(kind="answer", on=date(2026, 5, 1), n=8),
    ),
    findings=(*((item, "given") for item in CHECKLIST[:5]), ("source", "missing")), faults=("third-party-data",),
)  # fmt: skip
HEAD = Head(facts=FACTS, coder="ana", today=DAY, place="case 3 of 12")


@pytest.fixture
def coded() -> Coded:
    case = Coded(scheme=scheme(), gates=gates(FACTS))
    case.begin()
    return case


def press(case: Coded, *keys: str) -> str:
    wish = "stay"
    for key in keys:
        wish = case.press(key)
    return wish


def here(case: Coded) -> str:
    """The variable before the coder; nothing at the end."""
    return case.at or ""


def text(case: Coded, width: int = 80, height: int = 24, head: Head = HEAD) -> str:
    return "\n".join(line.text for line in page(head, case, width, height))


def test_one_key_is_one_value_and_the_next_variable(coded: Coded) -> None:
    press(coded, "1", "4", "1")
    assert coded.values == {"relationship": ("customer",), "size-class": ("large",), "address-found": ("policy",)}
    assert coded.at == "search-hours"


def test_a_number_is_typed_and_a_wrong_one_stays_on_the_line(coded: Coded) -> None:
    press(coded, "down", "down", "down", "1", ".", ".", "enter")
    assert coded.typing == "1.."
    assert "is no value of search-hours" in coded.said
    press(coded, "backspace", "5", "enter")
    assert coded.values["search-hours"] == ("1.5",)
    assert coded.at == "contact-obstacles"


def test_while_a_text_is_typed_no_letter_is_a_command(coded: Coded) -> None:
    assert press(coded, "t", *"quns", "é", "enter") == "stay"
    assert coded.note == "qunsé"
    press(coded, "t", "clear", "x", "escape")
    assert coded.note == "qunsé"


def test_several_values_are_switched_on_and_off_and_none_stands_alone(coded: Coded) -> None:
    def marked() -> tuple[str, ...]:
        return coded.values["contact-obstacles"]

    coded.at = "contact-obstacles"
    press(coded, "6", "3")
    assert marked() == ("wrong-address", "account")
    press(coded, "6")
    assert marked() == ("wrong-address",)
    press(coded, "1")
    assert marked() == ("none",)
    press(coded, "2")
    assert marked() == ("no-contact",)
    assert coded.at == "contact-obstacles"


def test_undo_takes_back_key_by_key(coded: Coded) -> None:
    press(coded, "1", "4", "s", "u")
    assert (coded.at, coded.skipped) == ("address-found", frozenset())
    press(coded, "u", "u")
    assert ({name for name, values in coded.values.items() if values}, coded.at) == (set(), "relationship")
    press(coded, "u")
    assert "--undo" in coded.said


def test_skipped_is_not_open_and_has_no_value(coded: Coded) -> None:
    before = len(coded.open)
    press(coded, "s")
    assert len(coded.open) == before - 1
    assert coded.values.get("relationship", ()) == ()
    press(coded, "up", "2")
    assert "relationship" not in coded.skipped


def test_the_end_comes_after_the_last_variable_and_keys_of_values_do_nothing_there(coded: Coded) -> None:
    press(coded, *["tab"] * 20)
    assert here(coded) == ""
    before = coded.values
    press(coded, "1", "s", "backspace", "e")
    assert coded.values == before
    assert "w saves as it is" in text(coded)
    press(coded, "up")
    assert here(coded) == coded.asked[-1].id
    press(coded, *["back-tab"] * 20)
    assert here(coded) == "relationship"
    press(coded, "up")
    assert here(coded) == "relationship"


def test_a_whole_case_can_be_coded_with_digits_and_enter(coded: Coded) -> None:
    presses = 0
    while (code := coded.code) is not None:
        keys = {"choice": ("1",), "several": ("1", "enter"), "number": ("5", "enter"), "text": ("e", "x", "enter")}
        press(coded, *keys[code.kind])
        presses += len(keys[code.kind])
    assert coded.open == ()
    assert presses < 90
    assert press(coded, "n") == "next"
    assert press(coded, "q") == "quit"
    assert press(coded, "w") == "save"


def test_what_hangs_on_a_value_comes_with_it(coded: Coded) -> None:
    coded.at = "observed-returned"
    press(coded, "3")
    assert coded.at == "derived-returned"
    press(coded, "up", "1")
    assert coded.at == "observed-complete"


def test_the_page_shows_facts_and_has_no_variable_for_them(coded: Coded) -> None:
    shown = text(coded)
    for said in ("sent 2026-03-02 by email, proved 2026-03-05", "met 2026-05-01, late", "identity-demand 2026-03-09"):
        assert said in shown
    assert "given: confirmation" in shown
    wide = text(coded, 120, 40)
    assert "missing: source; faults: third-party-data" in wide
    assert "(passport), unjustified" in wide
    assert "FACES26/1" in shown
    assert "case 3 of 12  coder ana" in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (200, 60)])
def test_every_page_fits_its_screen(coded: Coded, size: tuple[int, int]) -> None:
    width, height = size
    facts = replace(FACTS, controller_name="株式会社" * 30)
    coded.note = "a long note " * 30
    for code in scheme().codes:
        coded.at = code.id
        lines = page(replace(HEAD, facts=facts), coded, width, height)
        assert len(lines) <= height
        assert all(cell_len(line.text) <= width for line in lines)


def test_on_eighty_by_twenty_four_nothing_that_is_needed_is_cut(coded: Coded) -> None:
    coded.gates = {**coded.gates, "no-data": "yes", "refusal": "yes"}
    for code in coded.asked:
        coded.at = code.id
        shown = text(coded)
        assert f"> {code.title}" in shown
        assert "q save and quit" in shown
        flat = " ".join(shown.split())
        for key, (_, words) in enumerate(code.values, start=1):
            assert f"{key} {words}" in flat


def test_what_others_wrote_cannot_steer_the_screen(coded: Coded) -> None:
    facts = replace(FACTS, controller_name="Evil\x1b[2J\x07", faults=("\u202eabc",))
    coded.note = "x\x1b]0;y\x07"
    shown = text(coded, 120, 40, replace(HEAD, facts=facts))
    assert not set(shown) & set("\x1b\x07\u202e")


def test_to_settle_only_what_differs_is_asked_with_what_was_said() -> None:
    case = Coded(scheme=scheme(), gates=gates(FACTS), only=frozenset({"size-class"}))
    case.begin()
    head = replace(HEAD, points={"size-class": "ana: small   ben: large"})
    assert "ana: small ben: large" in " ".join(text(case, head=head).split())
    press(case, "2")
    assert case.open == ()
    assert case.at is None


def test_what_holds_follows_from_the_facts() -> None:
    assert gates(FACTS)["identity-demand"] == gates(FACTS)["answered"] == "yes"
    assert gates(FACTS)["refusal"] == gates(FACTS)["no-data"] == gates(FACTS)["bounced"] == "no"
    silent = replace(FACTS, happenings=(), first_answer=None, last_answer=None, met=None, met_safe=None)
    assert set(gates(silent).values()) == {"no"}
    said = dict(beside(silent, DAY))
    assert said["answer"] == "none in substance"
    assert said["term"] == "until 2026-04-07 (late)"
    assert dict(beside(silent, date(2026, 4, 7)))["term"] == "until 2026-04-07 (runs)"
