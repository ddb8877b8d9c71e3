"""A registered letter: its slips, the day on which the post first came with it, and what to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

SENT, FIRST, LAST = "2026-03-03", "2026-03-05", "2026-03-20"


@pytest.fixture
def ref(office: Office, slip: Path) -> str:
    office.init(SENT)
    made = office.request(SENT)
    office.on(SENT, "letter", "access", made, "--issue")
    office.on(SENT, "sent", made, "--on", SENT, "--via", "registered", "--tracking", "RR123", "--proof", slip)
    return made


def test_the_day_of_the_first_presentation_is_in_the_story(office: Office, ref: str, slip: Path) -> None:
    dates = ("--on", LAST, "--presented", FIRST)
    office.on(LAST, "delivered", ref, *dates, "--unclaimed", "--proof", slip)
    told = office.json(LAST, "show", ref)["events"][-1]["text"]
    assert "not claimed by the addressee" in told
    assert "first presented on 5 March 2026" in told
    # no rule that was read starts a term on it: unclaimed, the letter has not arrived
    assert office.json(LAST, "show", ref)["deadlines"][0]["strict"] is None


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-21"])
def test_the_post_does_not_come_before_the_letter_left_nor_after_it_was_delivered(
    office: Office, ref: str, day: str
) -> None:
    said = office.on("2026-03-25", "delivered", ref, "--on", LAST, "--presented", day, code=2)
    assert day in said.err
    assert len(office.json(LAST, "show", ref)["events"]) == 3


def test_after_a_sending_it_says_what_to_keep(office: Office, slip: Path) -> None:
    office.init(SENT)
    ref = office.request(SENT)
    office.on(SENT, "letter", "access", ref, "--issue")
    channels = ("registered", "post", "email", "fax", "portal", "hand")
    kept = {
        via: office.json(SENT, "sent", ref, "--on", SENT, "--via", via, "--proof", slip)["keep"] for via in channels
    }
    assert all(kept.values())
    assert len(set(map(str, kept.values()))) == len(channels)
    assert any("return slip" in line for line in kept["registered"])
    assert "Keep as proof:" in office.on(SENT, "sent", ref, "--on", SENT, "--via", "registered").out


def test_a_message_of_theirs_proves_the_delivery_on_its_own_day(office: Office, ref: str, slip: Path) -> None:
    office.on("2026-03-09", "received", ref, slip, "--on", "2026-03-09", "--as", "other")
    office.on("2026-03-10", "delivered", ref, "--by", "4", code=0)
    assert office.json("2026-03-10", "show", ref)["events"][-1]["on"] == "2026-03-09"
    office.on("2026-03-10", "delivered", ref, "--by", "3", code=3)
    office.on("2026-03-10", "delivered", ref, "--by", "4", "--proof", slip, code=2)
