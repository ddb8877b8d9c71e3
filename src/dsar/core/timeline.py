"""A case as a page to look at: its events and time limits on one axis, in the reader's words, without layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Who = Literal["us", "controller", "authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An event: its day and the day in words, who acted, what happened, and the exhibits that prove it in words."""

    on: date
    day: str
    who: Who
    text: str
    exhibits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit: its title, the day it runs from, its two readings, when it was met; `said` tells them in words."""

    title: str
    said: str
    begins: date
    strict: date | None
    safe: date | None
    met: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The whole page. `labels` are the few words of the layout; everything is finished text in `lang`."""

    ref: str
    lang: str
    title: str
    subtitle: str
    moments: tuple[Moment, ...]
    limits: tuple[Limit, ...]
    grievances: tuple[str, ...]
    today: date
    today_in_words: str
    labels: tuple[tuple[str, str], ...]
    banner: str = ""
