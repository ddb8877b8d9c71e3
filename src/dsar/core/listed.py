"""A case as the lists keep it: who it is about, and how it stands on each day from its last fact on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of days in which a case stands the same, from `begins` on until the next one.

    `rank` says who must act, as a place in `vault.lists.WHO`; `due` and `step` are those of the first step that has a
    day, and of the first step; `overdue` says that a last day of theirs has passed safely, or one of ours, without
    being met. `body` is what a list shows, as JSON.
    """

    begins: date
    rank: int
    due: date | None
    step: str
    overdue: bool
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case in the lists. `last` is the day of its last fact, `addresses` the e-mail addresses of the other side.

    `facts` are its facts for somebody who counts, as JSON.
    """

    ref: str
    subject: str
    subject_name: str
    controller: str
    controller_name: str
    owner: str
    campaign: str
    wave: int
    mandate: str
    closed: bool
    last: date
    addresses: tuple[str, ...]
    phases: tuple[Phase, ...]
    facts: str
