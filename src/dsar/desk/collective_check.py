"""What an authority would look at first in a complaint of many: each point once, with how many and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.admissibility import Filing, Point, points
from dsar.desk import wording
from dsar.desk.admitting import Checked, in_words, naming
from dsar.desk.allowing import mandate as held_mandate
from dsar.desk.body import PROOFS, lacking
from dsar.desk.bundling import Wish
from dsar.desk.collective import opened_file
from dsar.desk.collective_annex import numbered
from dsar.desk.collective_numbers import numbers_of
from dsar.desk.filing import exhibit
from dsar.desk.strangers import among, worth_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.dossier import Exhibit
    from dsar.desk.collective_groups import Group, Joining
    from dsar.desk.office import Desk

# What is the same for all of them, and said of the whole complaint.
_OF_ALL = ("language", "constitution-proof")
_REGION = ("region", "against")
_LIMITS = ("limit", "limit-soon", "limit-passed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One point, in the words of the first case that it concerns; `refs` are all of them, none for the whole.

    A time limit is told as the one that ends first of all.
    """

    point: Checked
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCheck:
    """What was looked at for one authority. `ok`: nothing is missing, and nothing speaks against filing today."""

    group: Group
    found: tuple[Found, ...]

    @property
    def ok(self) -> bool:
        """Whether the complaint could be filed for all, as far as dsar can see."""
        return not any(one.point.verdict in {"missing", "against"} for one in self.found)


def check(desk: Desk, group: Group) -> GroupCheck:
    """Look at every case as the authority would, and count."""
    first: dict[tuple[str, str], Point] = {}
    refs: dict[tuple[str, str], list[str]] = {}
    for one in group.members:
        for point in _points(desk, group, one.ref):
            key = (point.id, point.verdict)
            some = refs.setdefault(key, [])
            if one.ref not in some:
                some.append(one.ref)
            if key not in first or _sooner(point, first[key]):
                first[key] = point
    told = {key: in_words(point) for key, point in first.items()}
    named = _strangers(desk, group)
    whole = (Found(point=point, refs=()) for point in _whole(desk, group))
    for one in group.members:
        if one.undecided:
            told.setdefault(_REGION, _undecided(one))
            refs.setdefault(_REGION, []).append(one.ref)
    return GroupCheck(
        group=group,
        found=(*whole, *named, *(Found(point=point, refs=tuple(refs[key])) for key, point in told.items())),
    )


def _strangers(desk: Desk, group: Group) -> list[Found]:
    """Exhibits that name people who do not complain here, under the numbers that they have in the dossier."""
    words, numbers = wording.speaker(desk, "en"), numbers_of(desk, group)
    exhibits: list[Exhibit] = []
    for one in group.members:
        case = opened_file(desk, one.ref).case
        exhibits += (exhibit(words, desk, case, piece, Wish()) for piece in numbered(one, numbers))
    found = among(desk, group).naming(worth_reading(exhibits))
    return [Found(point=in_words(naming(one)), refs=()) for one in found]


def _sooner(one: Point, other: Point) -> bool:
    """Whether a time limit ends before another one: what is said of all must be true of each."""
    if one.id not in _LIMITS:
        return False
    days = [day for point in (one, other) for name, day in point.values if name == "day" and isinstance(day, date)]
    return days[0] < days[1]


def _undecided(one: Joining) -> Checked:
    text = "Nobody noted in which region the person lives, or the controller sits: another authority may be competent."
    return Checked(id="region", verdict="against", text=text, command=f"dsar {one.command}")


def _points(desk: Desk, group: Group, ref: str) -> Iterator[Point]:
    file = opened_file(desk, ref)
    filing = Filing(
        case=file.case,
        authority=group.authority,
        due=file.due,
        breaches=file.breaches,
        oddities=file.oddities,
        mandate=held_mandate(desk, file.case),
        lang=group.lang,
        today=desk.today,
    )
    return (point for point in points(filing) if point.id not in _OF_ALL)


def _whole(desk: Desk, group: Group) -> Iterator[Checked]:
    """The language, and the proof that the body may complain for others."""
    build = f"dsar dossier --campaign {group.campaign} --authority {group.authority.id}"
    first = next(iter(group.authority.languages), "")
    taken = group.lang in group.authority.languages
    languages = ", ".join(group.authority.languages) or "a language not found"
    yield Checked(
        id="language",
        verdict="there" if taken else "missing",
        text=f"The complaint is in a language that the authority takes ({group.lang})."
        if taken
        else f"The authority does not take {group.lang}, but {languages}.",
        command="" if taken else f"{build} --lang {first}" if first else "",
    )
    if any(one.mandate.kind == "art80" for one in group.members):
        missing = lacking(desk)
        for kind in PROOFS:
            yield Checked(
                id=f"body-{kind}",
                verdict="missing" if kind in missing else "there",
                text=f"{'Missing' if kind in missing else 'There'}: {_PROOF[kind]}.",
                command=f"dsar mandate body FILE --as {kind}" if kind in missing else "",
            )


_PROOF = {
    "statutes": "the statutes of the body",
    "register": "the body's extract from the register",
    "report": "the body's report of activity",
}
