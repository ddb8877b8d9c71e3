"""The cases of a study as sets: set algebra over 50,000 cases is arithmetic of large integers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dsar.core.casefacts import CaseFacts
    from dsar.core.coding import Coding
    from dsar.study.kappa import Agreement

_RULES = "dsar.study.counted"
"""Where the rules have names: one that is made on the spot is another each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far two coders agree on a variable; where it may have several values, on each `value` by itself."""

    variable: str
    value: str
    found: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is counted: the cases as they stand `today`, and what stands beside them.

    `codings` are all codings of a case by its reference (the last version of each coder), `settled` the one that
    counts; `agreed` is how far the two coders with the most cases in common agree, over `twice` cases. `planned` seats
    have no case yet, `left_out` never got one, each with the key of its reason; `erased` counts the cases that the
    vault no longer holds, of whatever campaign. `kinds` are the variables of the scheme with their kinds.
    """

    cases: tuple[CaseFacts, ...]
    today: date
    codings: Mapping[str, tuple[Coding, ...]] = field(default_factory=dict)
    settled: Mapping[str, Coding] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    planned: int = 0
    left_out: tuple[str, ...] = ()
    erased: int = 0
    agreed: tuple[Agreed, ...] = ()
    twice: int = 0
    _known: dict[Callable[[CaseFacts], bool], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def everything(self) -> int:
        """All cases as a set."""
        return (1 << len(self.cases)) - 1

    @property
    def targeted(self) -> int:
        """All cases, with every seat that has none as a further member."""
        return (1 << (len(self.cases) + self.planned + len(self.left_out))) - 1

    def where(self, holds: Callable[[CaseFacts], bool]) -> int:
        """The set of the cases of which something holds; of a rule that has a name it is worked out once."""
        if holds in self._known:
            return self._known[holds]
        found = int("0" + "".join(["1" if holds(case) else "0" for case in reversed(self.cases)]), 2)
        if holds.__module__ == _RULES:
            self._known[holds] = found
        return found

    def by(self, key: Callable[[CaseFacts], str]) -> dict[str, int]:
        """The cases parted by a key, in the order of the keys; an empty key is a part like any other."""
        return {name: members(positions) for name, positions in self.positions(key).items()}

    def positions(self, key: Callable[[CaseFacts], str]) -> dict[str, list[int]]:
        """As `by`, with the numbers of the cases instead of sets: where there are many parts, and each is read."""
        found: dict[str, list[int]] = {}
        for at, case in enumerate(self.cases):
            found.setdefault(key(case), []).append(at)
        return {name: found[name] for name in sorted(found)}

    def within(self, cases: int) -> tuple[CaseFacts, ...]:
        """The cases of a set."""
        bits = bin(cases)[:1:-1]
        return tuple(case for case, bit in zip(self.cases, bits, strict=False) if bit == "1")

    def coded_as(self, variable: str, *values: str) -> int:
        """The cases of which a coder said one of these values; without values: all in which the variable was coded."""
        return self.where(
            lambda case: (
                (coding := self.settled.get(case.ref)) is not None
                and any(name == variable and (not values or value in values) for name, value in coding.values)
            )
        )

    def coded(self, case: CaseFacts, variable: str) -> str:
        """What the coding that counts says of a case; empty if it says nothing."""
        coding = self.settled.get(case.ref)
        return (coding.value(variable) or "") if coding is not None else ""


def members(positions: Iterable[int]) -> int:
    """A set from the numbers of its members."""
    found = list(positions)
    if not found:
        return 0
    top = max(found)
    digits = bytearray(b"0") * (top + 1)
    for at in found:
        digits[top - at] = 49  # the digit 1
    return int(digits, 2)
