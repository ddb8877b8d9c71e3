"""The chronology of a dossier counts from a receipt that is proved, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.dossier import Table
from dsar.core.events import Delivered, Sent
from dsar.desk import sections, wording
from dsar.desk.office import reading
from dsar.desk.projecting import project

from . import many

if TYPE_CHECKING:
    from dsar.core.events import Event
    from dsar.desk.office import Desk


def since(desk: Desk, ref: str, *after: Event) -> list[str]:
    """The days since receipt, line by line, where the first letter was refused on 5 March."""
    issued, sent, arrived = many.asked(desk, ref)
    assert isinstance(arrived, Delivered)
    refused = replace(arrived, basis="refused")
    facts = (many.opened(many.person(1, "Zora", "FR"), None), issued, sent, refused, *after)
    entries = desk.vault.append(ref, facts, expect=0, now=desk.now, by=desk.by)
    project(desk, ref, entries)
    file = reading(desk, ref, entries, desk.today)
    table = sections.facts(wording.speaker(desk, "en"), file).blocks[0]
    assert isinstance(table, Table)
    return [row.cells[1] for row in table.rows]


def test_no_day_is_counted_from_a_letter_that_was_refused(desk: Desk) -> None:
    assert since(desk, "2026-AAAAA") == ["", ""]


def test_the_days_are_those_since_the_later_letter_that_is_proved(desk: Desk) -> None:
    """Refused on 5 March, sent again on the 10th, received on the 13th: that is day 0, and nothing before has one."""
    again = Sent(on=date(2026, 3, 10), letter=2, channel="registered", to="Clearface")
    came = Delivered(on=date(2026, 3, 13), sending=5, basis="proved", proof=many.pdf(desk, "slip"))
    assert since(desk, "2026-BBBBB", again, came) == ["", "", "", "0 d"]
