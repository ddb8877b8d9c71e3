"""A vault with ten made-up cases, opened with a key file: half of them wait for an answer, half for us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Delivered, Sent
from dsar.core.parties import Address
from dsar.desk import drafting, opening, people, recording
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.letter import Letter

CASES = 10
DAY = date(2026, 3, 5)
NOW = "2026-03-05T09:00:00+01:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where the vault and its key are, and a letter of its first case."""

    vault: Path
    key: Path
    letter: Letter


def ten_cases(folder: Path) -> Office:
    """Make the vault."""
    path, key = folder / "vault.dsar", folder / "vault.key"
    vault, _ = Vault.create(path, KeyFileSlot(key), now=NOW)
    with vault:
        address = Address(lines=("3 rue des Lilas", "75020 Paris"), country="FR")
        nina = people.person(
            people.SELF, name="Nina Ferrand", email="nina@ferrand.example", address=address, language="fr"
        )
        people.set_self(vault, nina)
        desk = Desk(vault=vault, today=DAY, now=NOW, by="benchmark", letters=roots())
        letters = [_case(desk, number, arrived=bool(number % 2)) for number in range(CASES)]
    return Office(vault=path, key=key, letter=letters[0])


def _case(desk: Desk, number: int, *, arrived: bool) -> Letter:
    controller = opening.own_controller(
        name=f"Clearface {number} AI, Inc.",
        email=f"privacy@clearface-{number}.example",
        address=(f"{number + 1} Hudson Street", "New York, NY 10013"),
        country="US",
        sector="face-search",
    )
    file = opening.open_case(desk, controller, opening.Ask(rights=("access", "erasure"), subject=people.SELF))
    drafted = drafting.draft(desk, file.case.ref, drafting.Wish(kind="access-erasure"))
    if arrived:
        file, letter = drafting.issue(desk, drafted)
        sent = Sent(on=DAY, letter=letter, channel="email", to=controller.emails[0])
        file = recording.append(desk, file, sent)
        recording.append(desk, file, Delivered(on=DAY, sending=len(file.entries), basis="stated"))
    return drafted.letter
