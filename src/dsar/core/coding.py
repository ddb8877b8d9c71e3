"""Judgments about a case, as a coder typed them after a scheme. Facts are computed from the log and never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["choice", "several", "number", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One variable of a scheme. `values` are (key, words), in the order of their keys on the screen.

    `kind`: one of the values, several of them, a number (in `unit`) or free text. `when` names a value of another
    variable, or a fact, without which it is not asked, as `variable=value` or `variable=value|value`. `help` is what
    the code book says.
    """

    id: str
    group: str
    title: str
    kind: Kind
    values: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    when: str = ""
    help: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one coder found in one case, whole: the last version of each coder counts, the earlier ones stay.

    `values` are (variable, value); several values of one variable are several pairs. `scheme` is the version of the
    scheme, `length` the number of entries that the case's log had then, `at` the instant (ISO 8601 with offset).
    `resolves` marks the coding that settles a disagreement between two coders. `back_to` marks an undo: the version
    that counts again from then on, 0 for none; such a coding has no values of its own.
    """

    ref: str
    coder: str
    version: int
    at: str
    scheme: str
    length: int
    values: tuple[tuple[str, str], ...]
    note: str = ""
    resolves: bool = False
    back_to: int | None = None

    def value(self, variable: str) -> str | None:
        """The value of a variable, the first one of several; None if it was not coded."""
        return next((value for name, value in self.values if name == variable), None)
