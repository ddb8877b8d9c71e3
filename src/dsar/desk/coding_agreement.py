"""Two coders of the same cases: how far they agree, where they differ, and the coding that settles it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dsar.desk.coding import codings, instant, save, versions
from dsar.desk.coding_queue import refs_of
from dsar.desk.coding_scheme import whole
from dsar.errors import NotFoundError, StateError, UsageError
from dsar.study.kappa import Agreement, agreement
from dsar.study.scheme_values import Values, asked, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dsar.core.coding import Code, Coding
    from dsar.desk.coding import Saved, Sheet
    from dsar.desk.office import Desk

TEXT = "free text"
NUMBER = "a number"
NOBODY = "not coded by both"
ONE_VALUE = "one value only"


class NobodyTwiceError(NotFoundError):
    """No case has two coders."""

    sentence = "No case was coded by two coders yet: `dsar code --second --share 20% --coder NAME` draws a sample."


class NotTheseTwoError(NotFoundError):
    """The two who were named have no case in common."""

    sentence = "{first} and {second} have coded no case both: {known}."


class NothingToSettleError(StateError):
    """There is no disagreement in that case."""

    sentence = "There is nothing to settle in case {ref}: {why}."


class NotSettledError(UsageError):
    """A disagreement was left open."""

    sentence = "Say what counts for {missing}: add --set VARIABLE=VALUE for each."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One variable, or one value of a variable that may have several (`value`), over the cases both coded.

    `alone` counts the cases in which only one of the two coded it: they are in no figure. `why` says why there is no
    kappa, if there is none.
    """

    name: str
    title: str
    value: str
    found: Agreement
    alone: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A variable in which the coders of a case differ: (coder, values), who began first comes first."""

    ref: str
    code: Code
    said: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two coders over all cases that both coded.

    `others` are further pairs, with the number of their cases. `again` counts the cases that one of the two coded once
    more after both had coded them; the last version is compared.
    """

    first: str
    second: str
    cases: int
    rows: tuple[Row, ...]
    open: tuple[Point, ...]
    settled: int
    again: int
    others: tuple[tuple[str, str, int], ...]


def compare(desk: Desk, campaign: str = "", between: tuple[str, str] | None = None) -> Compared:
    """How far two coders agree: those who were named, else the two with the most cases in common.

    Raises:
        NobodyTwiceError, NotTheseTwoError: there is nothing to compare.
    """
    refs = refs_of(desk, campaign)
    known = codings(desk, refs)
    pairs = _pairs(known)
    if not pairs:
        raise NobodyTwiceError
    first, second = sorted(between) if between else max(sorted(pairs), key=lambda pair: pairs[pair])
    if (first, second) not in pairs:
        listed = "; ".join(f"{a} and {b} have {count}" for (a, b), count in sorted(pairs.items()))
        raise NotTheseTwoError(first=first, second=second, known=listed)
    scheme = whole(desk)
    both: list[tuple[Values, Values]] = []
    open_points: list[Point] = []
    shared = []
    for ref, several in known.items():
        one, other = _by(several, first), _by(several, second)
        if one is None or other is None:
            continue
        shared.append(ref)
        both.append((folded(one.values), folded(other.values)))
        if not several[-1].resolves:
            open_points += _differing(ref, scheme.codes, (one, other))
    return Compared(
        first=first,
        second=second,
        cases=len(both),
        rows=tuple(row for code in scheme.codes for row in _rows(code, both)),
        open=tuple(open_points),
        settled=sum(known[ref][-1].resolves for ref in shared),
        again=sum(_again(desk, ref, first, second) for ref in shared),
        others=tuple((a, b, count) for (a, b), count in sorted(pairs.items()) if (a, b) != (first, second)),
    )


def _by(several: Iterable[Coding], coder: str) -> Coding | None:
    return next((one for one in several if one.coder == coder and not one.resolves), None)


def _pairs(known: Mapping[str, Sequence[Coding]]) -> Counter[tuple[str, str]]:
    """Every two coders, with the number of cases that both coded."""
    found: Counter[tuple[str, str]] = Counter()
    for several in known.values():
        names = sorted(one.coder for one in several if not one.resolves)
        found.update((first, second) for first, second in combinations(names, 2))
    return found


def _again(desk: Desk, ref: str, first: str, second: str) -> bool:
    """Whether one of the two coded the case once more after both had done so."""
    saved = [one for one in versions(desk, ref) if one.coder in {first, second} and not one.resolves]
    both = max(min(instant(one) for one in saved if one.coder == coder) for coder in (first, second))
    return any(instant(one) > both for one in saved)


def _rows(code: Code, both: Sequence[tuple[Values, Values]]) -> tuple[Row, ...]:
    """What can be said of a variable; nothing where neither of the two coded it in any case."""
    coded = [(one[code.id], other[code.id]) for one, other in both if code.id in one and code.id in other]
    alone = sum((code.id in one) is not (code.id in other) for one, other in both)
    if not coded and not alone:
        return ()
    if code.kind == "text":
        return (Row(name=code.id, title=code.title, value="", found=Agreement(n=0, same=0), alone=alone, why=TEXT),)
    if code.kind == "number":
        found = Agreement(n=len(coded), same=sum(one == other for one, other in coded))
        return (Row(name=code.id, title=code.title, value="", found=found, alone=alone, why=NUMBER),)
    if code.kind == "choice":
        return (_row(code, "", [(one[0], other[0]) for one, other in coded], alone),)
    marked = [(key, [(_mark(key, one), _mark(key, other)) for one, other in coded]) for key, _ in code.values]
    return tuple(_row(code, key, pairs, alone) for key, pairs in marked if any("yes" in pair for pair in pairs)) or (
        _row(code, "", [], alone),
    )


def _mark(key: str, values: tuple[str, ...]) -> str:
    return "yes" if key in values else "no"


def _row(code: Code, value: str, pairs: list[tuple[str, str]], alone: int) -> Row:
    found = agreement(pairs)
    why = "" if found.kappa is not None else ONE_VALUE if pairs else NOBODY
    return Row(name=code.id, title=code.title, value=value, found=found, alone=alone, why=why)


def _differing(ref: str, codes: Iterable[Code], several: Sequence[Coding]) -> list[Point]:
    """The variables of a case that not all coders coded alike; one that somebody left out is no disagreement."""
    said = [(one.coder, folded(one.values)) for one in several]
    found = []
    for code in codes:
        values = tuple((coder, own[code.id]) for coder, own in said if code.id in own)
        if len({chosen for _, chosen in values}) > 1:
            found.append(Point(ref=ref, code=code, said=values))
    return found


def disagreements(desk: Desk, ref: str) -> tuple[Point, ...]:
    """Where the coders of a case differ.

    Raises:
        NothingToSettleError: fewer than two coded it, or all of them alike.
    """
    several = [one for one in codings(desk, (ref,)).get(ref, ()) if not one.resolves]
    if not several[1:]:
        raise NothingToSettleError(ref=ref, why="fewer than two coders have coded it")
    found = _differing(ref, whole(desk).codes, several)
    if not found:
        raise NothingToSettleError(ref=ref, why="its coders agree")
    return tuple(found)


def agreed(desk: Desk, ref: str) -> Values:
    """What the coders of a case said alike, or one of them alone."""
    several = [one for one in codings(desk, (ref,)).get(ref, ()) if not one.resolves]
    differing = {point.code.id for point in _differing(ref, whole(desk).codes, several)}
    found: Values = {}
    for one in several:
        found = {**folded(one.values), **found}
    return {name: values for name, values in found.items() if name not in differing}


def settle(desk: Desk, sheet: Sheet, chosen: Values, note: str) -> Saved:
    """Save the coding that counts from now on: what was agreed, and what was chosen where the coders differed.

    Raises:
        NothingToSettleError: there is no disagreement.
        NotSettledError: one was left open, and it applies after what was chosen.
    """
    points = disagreements(desk, sheet.ref)
    base = agreed(desk, sheet.ref)
    applying = {code.id for code in asked(sheet.scheme, {**base, **chosen}, sheet.gates)}
    missing = [point.code.id for point in points if point.code.id in applying and not chosen.get(point.code.id)]
    if missing:
        raise NotSettledError(missing=", ".join(missing))
    return save(desk, sheet, chosen, note=note, base=base, resolves=True)
