"""One wrong of the other side, as the facts show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A wrong with its day. `since` is when it was done or began, `assertable_from` the first day to allege it.

    `cites` are the provisions of the law under which the case runs. `proof` are entries of the log; `messages` the
    messages complained of; `items` what these demanded; `lacking` the ids of the demands not given; `note` the reader's
    own words. `day` is the day of the message or answer concerned.
    """

    id: str
    cites: tuple[str, ...]
    since: date
    assertable_from: date
    proof: tuple[int, ...]
    day: date | None = None
    messages: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    note: str = ""


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))
