"""A step that the law allows now: what one can do, the command for it, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Who = Literal["us", "controller", "authority", "nobody"]
Values = tuple[tuple[str, str | int | date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A step that the law allows now. `id` is a key of the next-step words, `command` the command without `dsar`.

    `values` fill the sentence; `against` are keys of what speaks against it today, each with its values.
    """

    id: str
    who: Who
    command: str
    values: Values = ()
    against: tuple[tuple[str, Values], ...] = ()
    due: date | None = None
