"""What follows from the facts of a case whatever the day: computed once, where many days are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dsar.core.case import Case
    from dsar.core.deadlines import Calendars, Deadline
    from dsar.core.law import Law
    from dsar.core.oddities import Oddity


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A case, the law and the calendars that it is read with, the terms of the other side, and what looks odd."""

    case: Case
    law: Law
    calendars: Calendars
    owed: tuple[Deadline, ...]
    oddities: tuple[Oddity, ...]
