"""Many complainants against one controller: who is which number, and which exhibit, for ever.

The same bytes are one exhibit, however many cases hold them: a bulk answer to a thousand people is bound once. What was
numbered keeps its number in every later dossier, whether it is still shown or not; what is new comes at the end.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dsar.core.parties import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyProof:
    """A document that proves the constitution of the body that acts; `kind`: `statutes`, `register` or `report`."""

    kind: str
    on: date
    document: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A dossier as it was built on a day, and the cases that were in it."""

    on: date
    included: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A complaint of many, as it was built last: in which language, when; the last numbers given.

    `id` is campaign, controller and authority, with `/` between them. `included` are the cases in it, none before the
    first one was finished; `earlier` are the dossiers of days before that had other people in them. `letter` and `text`
    are the complaint as it was laid out that day; once it was lodged, on `lodged_on`, for all that `lodged` names, they
    are what later dossiers show. `proofs` are the numbers of the documents of the body, by hash.
    """

    id: str
    lang: str
    built_on: date
    included: tuple[str, ...]
    last_complainant: int
    last_exhibit: int
    proofs: tuple[tuple[str, int], ...] = ()
    letter: Evidence | None = None
    text: Evidence | None = None
    lodged_on: date | None = None
    lodged: tuple[str, ...] = ()
    earlier: tuple[Build, ...] = ()

    @property
    def controller(self) -> str:
        """The id of the controller complained of."""
        return self.id.split("/")[1]

    @property
    def authority(self) -> str:
        """The id of the authority."""
        return self.id.split("/")[2]

    def built_by(self, on: date) -> Build | None:
        """The dossier that could be lodged on a day: the last one that was there. None: there was none yet."""
        last = (Build(on=self.built_on, included=self.included),) if self.included else ()
        return next((one for one in reversed((*self.earlier, *last)) if one.on <= on), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedCase:
    """The numbers of one case in a complaint: its complainant, and its exhibits by hash."""

    ref: str
    complainant: int
    exhibits: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one case brings: the bytes of its signed mandate, and those of its other exhibits in their order."""

    ref: str
    mandate: Evidence
    others: tuple[Evidence, ...]

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hashes of all that it brings, each once, the mandate first."""
        return tuple(dict.fromkeys((self.mandate.sha256, *(one.sha256 for one in self.others))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers that were given: `complainants` by case, `exhibits` by hash, and the last of each.

    The last ones count what was erased since, so that no number ever means two things.
    """

    complainants: Mapping[str, int]
    exhibits: Mapping[str, int]
    last_complainant: int = 0
    last_exhibit: int = 0


NOTHING = Numbers(complainants={}, exhibits={})


def shared(cases: Iterable[Held]) -> frozenset[str]:
    """The hashes that several cases hold."""
    counted = Counter(sha256 for case in cases for sha256 in case.hashes)
    return frozenset(sha256 for sha256, count in counted.items() if count > 1)


def numbered(before: Numbers, cases: Sequence[Held], proofs: Sequence[Evidence]) -> Numbers:
    """The numbers with those of `cases` and `proofs`: what had one keeps it.

    The order of the new: the mandates in the order of the cases, the proofs of the body's constitution, what several
    cases hold, then what each holds alone, case by case.
    """
    common = shared(cases)
    order = [case.mandate.sha256 for case in cases]
    order += [one.sha256 for one in proofs]
    order += [sha256 for case in cases for sha256 in case.hashes if sha256 in common]
    order += [sha256 for case in cases for sha256 in case.hashes]
    complainants, exhibits = dict(before.complainants), dict(before.exhibits)
    last_complainant = _extended(complainants, (case.ref for case in cases), before.last_complainant)
    last_exhibit = _extended(exhibits, order, before.last_exhibit)
    return Numbers(
        complainants=complainants, exhibits=exhibits, last_complainant=last_complainant, last_exhibit=last_exhibit
    )


def _extended(numbers: dict[str, int], keys: Iterable[str], last: int) -> int:
    for key in dict.fromkeys(keys):
        if key not in numbers:
            last += 1
            numbers[key] = last
    return last


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as printed: `1–12, 15`."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    runs = [[ordered[0], ordered[0]]]
    for one, other in pairwise(ordered):
        if other == one + 1:
            runs[-1][1] = other
        else:
            runs.append([other, other])
    return ", ".join(_run(first, last) for first, last in runs)


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}, {last}" if last == first + 1 else f"{first}–{last}"
