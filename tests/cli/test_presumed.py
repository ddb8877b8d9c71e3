"""`dsar delivered --presumed RULE`: only rules of the law book, on the day that they give, with their citation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dsar.core.events import Delivered
from dsar.desk.office import Desk, read
from dsar.desk.recording import append
from dsar.desk.views import deadline_row, events
from dsar.desk.wording import speaker
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATER = "2026-03-05", "2026-03-20"
GUIDELINES = "EDPB Guidelines 01/2022"


@pytest.fixture
def ref(office: Office) -> str:
    """A case whose request was issued: no sending yet."""
    office.init(DAY)
    made = office.request(DAY)
    office.on(DAY, "letter", "access", made, "--issue")
    return made


def log(office: Office, case: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.json(LATER, "show", case)["events"]
    return found


def by_mail(office: Office, case: str) -> None:
    office.on(DAY, "sent", case, "--via", "email", "--on", DAY)


def reply(office: Office) -> dict[str, Any]:
    (found,) = office.json(LATER, "why")["deadlines"]
    return dict(found)


def test_the_rule_computes_the_day_and_the_command_shows_it_with_its_citation(office: Office, ref: str) -> None:
    """Sent on Thursday 5 March; received that day; + 1 month = Easter Sunday; Tuesday 7 April."""
    by_mail(office, ref)
    said = office.on(LATER, "delivered", ref, "--presumed", "reached-their-server")
    assert f"Delivery of {DAY} recorded" in said.out
    assert GUIDELINES in said.out
    assert "our reading" in said.out
    found = reply(office)
    assert (found["strict"], found["safe"]) == ("2026-04-07", None)
    first = found["steps"][0]
    assert (first["date"], first["rule"]) == (DAY, "received-presumed")
    assert GUIDELINES in first["text"]
    assert GUIDELINES in log(office, ref)[-1]["text"]
    assert GUIDELINES in office.on(LATER, "why").out.replace("\n              ", " ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("three days after posting",), ("reached-their-server", "fr-cpc-668")),
        (("fr-cpc-668", "--on", DAY), ("post or registered", "email")),
        (("reached-their-server", "--on", "2026-03-06"), (DAY, "2026-03-06")),
    ],
)
def test_what_is_no_rule_or_does_not_fit_is_refused_and_nothing_is_written(
    office: Office,
    ref: str,
    arguments: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    by_mail(office, ref)
    before = log(office, ref)
    said = office.on(LATER, "delivered", ref, "--presumed", *arguments, code=2)
    assert all(word in said.err for word in words)
    assert log(office, ref) == before


def test_a_rule_of_receipt_needs_the_day_and_an_addressee_in_its_country(office: Office, ref: str) -> None:
    office.on(DAY, "sent", ref, "--via", "registered", "--on", DAY)
    assert "--on" in office.on(LATER, "delivered", ref, "--presumed", "fr-cpc-668", code=2).err
    assert "registered" in office.on(LATER, "delivered", ref, "--presumed", "reached-their-server", code=2).err
    office.on(LATER, "delivered", ref, "--presumed", "fr-cpc-668", "--on", "2026-03-09")
    assert "668" in log(office, ref)[-1]["text"]


def test_a_rule_of_another_country_is_refused(office: Office) -> None:
    office.init(DAY)
    made = office.request(DAY, "--country", "DE")
    office.on(DAY, "letter", "access", made, "--issue")
    office.on(DAY, "sent", made, "--via", "registered", "--on", DAY)
    said = office.on(LATER, "delivered", made, "--presumed", "fr-cpc-668", "--on", DAY, code=2)
    assert "a rule of FR, and the letter went to DE" in said.err


def test_an_old_entry_with_a_rule_of_its_own_words_still_shows_them(office: Office, ref: str) -> None:
    by_mail(office, ref)
    with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
        desk = Desk(
            vault=vault, today=date.fromisoformat(LATER), now=f"{LATER}T09:00:00+01:00", by="old", letters=roots()
        )
        file = read(desk, ref)
        old = Delivered(
            on=date.fromisoformat(DAY), sending=len(file.entries), basis="presumed", rule="three {days} after posting"
        )
        file = append(desk, file, old)
        words = speaker(desk, "en")
        assert "three {days} after posting" in events(words, file)[-1]["text"]
        (found,) = [deadline_row(words, deadline) for deadline in file.due]
        assert "three {days} after posting" in found["steps"][0]["text"]


def test_the_rules_are_listed_with_their_sources(office: Office) -> None:
    listed = office.json(DAY, "law", "presumptions")
    assert {rule["id"] for rule in listed} == {"reached-their-server", "fr-cpc-668"}
    assert all(rule["source"] and rule["cite"] for rule in listed)
    assert "policy, not law" in office.on(DAY, "law", "presumptions").out


def test_the_holidays_of_a_year_are_listed_with_the_version_and_the_overrides(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2027: 26 March is Good Friday, in Moselle; 14 July is taken away by a decree that nobody read."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[[holiday]]\ncountry = "FR"\non = 2027-07-14\nname = "Bastille Day"\nchange = "removed"\n'
        'source = "A decree"\nchecked = false\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("DSAR_HOLIDAYS", str(own))
    found = office.json(DAY, "law", "holidays", "--country", "FR", "--subdivision", "Alsace-Moselle", "--year", "2027")
    assert found["library"].startswith("holidays 0.")
    assert (found["calendar"], found["year"]) == ("FR-57", 2027)
    days = {row["date"]: row for row in found["holidays"]}
    assert days["2027-03-26"]["counts"]
    assert days["2027-03-26"]["override"] is None
    assert not days["2027-07-14"]["counts"]
    assert days["2027-07-14"]["override"] == {"change": "removed", "source": "A decree", "checked": False}
    shown = office.on(DAY, "law", "holidays", "--country", "FR", "--year", "2027").out
    assert "a working day: A decree (unchecked)" in shown
    said = office.on(DAY, "deadline", "--received", "2027-06-14", "--country", "FR").out
    assert "Last day 2027-07-14" in said
    assert "A decree (unchecked)" in said.replace("\n              ", " ")


@pytest.mark.parametrize("year", ["27", "2o27", "99999", "\u0662\u0660\u0662\u0667", "-2027"])
def test_a_year_that_is_none_is_refused(office: Office, year: str) -> None:
    office.on(DAY, "law", "holidays", "--country", "FR", f"--year={year}", code=2)


def test_a_broken_list_of_ones_own_stops_the_calculator_with_its_place(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[holiday]]\ncountry = "FR"\non = "soon"\n', encoding="utf-8")
    monkeypatch.setenv("DSAR_HOLIDAYS", str(own))
    said = office.on(DAY, "deadline", "--received", DAY, "--country", "FR", code=5)
    assert "own.toml: holiday[0]" in said.err
    office.on(DAY, "law", "terms")  # needs no holiday
