"""Where a mandate stands on each day of its life, and what it covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dsar.core.mandate_states import covers, state, unsigned, why_not
from dsar.core.parties import Address, Mandate, MandateKind, Person

BODY = Person(
    id="me",
    name="Ana Agent",
    email="",
    address=Address(lines=(), country="DE"),
    language="en",
    organisation="Lumen e.V.",
)
MANDATE = Mandate(
    id="M-AAAAA",
    kind="art80",
    agent=BODY,
    subject="lea",
    controller="Clearface",
    rights=("access", "erasure"),
    until=date(2027, 1, 31),
    drafted_on=date(2026, 3, 1),
    also=("Miroir",),
)
SENT = replace(MANDATE, sent_on=date(2026, 3, 2))
SIGNED = replace(SENT, signed_on=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("mandate", "on", "where"),
    [
        (MANDATE, date(2026, 3, 1), "drafted"),
        (SENT, date(2026, 3, 1), "drafted"),
        (SENT, date(2026, 3, 2), "sent"),
        (SIGNED, date(2026, 3, 9), "sent"),
        (SIGNED, date(2026, 3, 10), "signed"),
        # 31 January is the last of sixty days: 2 December + 60
        (SIGNED, date(2026, 12, 1), "signed"),
        (SIGNED, date(2026, 12, 2), "expiring"),
        (SIGNED, date(2027, 1, 31), "expiring"),
        (SIGNED, date(2027, 2, 1), "expired"),
        (MANDATE, date(2027, 2, 1), "expired"),
        (replace(SIGNED, revoked_on=date(2026, 5, 1)), date(2026, 4, 30), "signed"),
        (replace(SIGNED, revoked_on=date(2026, 5, 1)), date(2026, 5, 1), "revoked"),
        (replace(SIGNED, revoked_on=date(2026, 5, 1)), date(2027, 3, 1), "revoked"),
        (replace(SIGNED, until=None), date(2036, 1, 1), "signed"),
    ],
)
def test_a_mandate_stands_where_its_days_say(mandate: Mandate, on: date, where: str) -> None:
    assert state(mandate, on) == where


def test_the_signature_is_asked_for_again_after_three_weeks() -> None:
    assert not unsigned(SENT, date(2026, 3, 23))
    assert unsigned(SENT, date(2026, 3, 24))
    assert not unsigned(SIGNED, date(2026, 6, 1))
    assert not unsigned(MANDATE, date(2026, 6, 1))


def test_a_mandate_covers_each_controller_that_it_names_and_no_right_or_power_beyond_its_own() -> None:
    assert covers(MANDATE, controllers=("Miroir", "Clearface"), rights=("access",), powers=("complaint",))
    assert not covers(MANDATE, controllers=("Miroir", "Other"), rights=("access",), powers=())
    assert not covers(MANDATE, controllers=("Miroir",), rights=("objection",), powers=())
    assert not covers(MANDATE, controllers=("Miroir",), rights=("access",), powers=("compensation",))


@pytest.mark.parametrize(
    ("mandate", "controller", "right", "on", "why"),
    [
        (SIGNED, "Other", "access", date(2026, 4, 1), "does not name Other"),
        (SIGNED, "Miroir", "objection", date(2026, 4, 1), "does not cover objection"),
        (SENT, "Miroir", "access", date(2026, 4, 1), "no signed copy"),
        (SIGNED, "Miroir", "access", date(2027, 2, 1), "ended on 2027-01-31"),
        (replace(SIGNED, revoked_on=date(2026, 5, 1)), "Miroir", "access", date(2026, 5, 1), "revoked on 2026-05-01"),
        (SIGNED, "Miroir", "access", date(2026, 4, 1), ""),
    ],
)
def test_the_reason_why_nothing_can_be_asked_is_named(
    mandate: Mandate, controller: str, right: str, on: date, why: str
) -> None:
    said = why_not(mandate, controller=controller, rights=(right,), on=on)
    assert why in said
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("kind", "commercial", "further"),
    [
        ("art80", False, ("complaint", "remedy-authority", "remedy-controller")),
        ("lawyer", True, ("complaint", "remedy-authority", "remedy-controller")),
        ("agent", False, ("complaint",)),
        ("agent", True, ()),
        ("parent", False, ()),
    ],
)
def test_without_a_choice_a_mandate_gives_what_its_text_always_gave(
    kind: MandateKind, further: tuple[str, ...], *, commercial: bool
) -> None:
    """Art. 80(1) GDPR: Art. 77, 78, 79; never compensation (Art. 82) by itself."""
    made = replace(MANDATE, kind=kind, agent=replace(BODY, commercial=commercial))
    assert made.further == further
    assert not made.special


def test_a_mandate_without_the_complaint_leaves_it_to_the_data_subject() -> None:
    made = replace(MANDATE, powers=("request", "compensation"))
    assert made.special
    assert made.granted == ("request", "compensation")
    assert not made.may_complain
    assert MANDATE.may_complain


def test_a_power_of_the_law_is_whole_whatever_the_agent_is() -> None:
    made = replace(MANDATE, kind="guardian", agent=replace(BODY, commercial=True))
    assert made.may_complain
