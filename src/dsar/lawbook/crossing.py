"""The linter's rules for records that lead to other records: from a demand to its breach, from one law to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from dsar.core.chronology import meaning_name
from dsar.core.meanings import Meaning
from dsar.core.parallels import HOME
from dsar.core.parties import Sector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.core.law import Authority, BreachRule, DemandRule
    from dsar.core.parallels import Parallel
    from dsar.lawbook.files import Found, Scan
    from dsar.lawbook.records import Form, Keeping, Reserved
    from dsar.lawbook.shapes import Problem

_COUNTRY = re.compile(r"[A-Z]{2}")
_KINDS = frozenset(meaning_name(kind()) for kind in get_args(Meaning))


def demands(asked: Scan[DemandRule], breaches: Scan[BreachRule]) -> Iterator[Problem]:
    """Sectors that there are none of, breaches and demands that no file has."""
    known = {each.record.id for each in breaches.found}
    for each in asked.found:
        one = each.record
        for sector in sorted(set(one.sectors) - set(get_args(Sector))):
            yield each.problem("sectors", f"{sector!r} is no sector")
        for field, name in (("breach", one.breach), ("refusal", one.refusal)):
            # where a breach could not be read at all, that is the fault
            if name and name not in known and not breaches.problems:
                yield each.problem(field, f"{name!r} is not in law/breaches.toml")
        for name in sorted(set(one.unless) - {other.record.id for other in asked.found}):
            yield each.problem("unless", f"{name!r} is not in law/demands.toml")


def judgments(breaches: Scan[BreachRule]) -> Iterator[Problem]:
    """A breach that only a judgment raises needs a kind of message; a kind of message has at most one usual breach."""
    usual: dict[str, str] = {}
    for each in breaches.found:
        for name in sorted(set(each.record.meanings) - _KINDS):
            yield each.problem("meanings", f"{name!r} is no kind of message")
        if each.record.raised == "judgment" and not each.record.meanings:
            yield each.problem("meanings", "is empty, and nothing but a judgment raises it")
        for name in each.record.usual:
            if name not in each.record.meanings:
                yield each.problem("usual", f"{name!r} is not among the meanings")
            if usual.setdefault(name, each.record.id) != each.record.id:
                yield each.problem("usual", f"{name!r} is usually {usual[name]!r}")


def parallels(
    records: Scan[Parallel], cites: Callable[[Found[Parallel], str, list[str]], Iterator[Problem]]
) -> Iterator[Problem]:
    """Keys that are none, and a provision that has two parallels under a regime on one day."""
    seen: dict[tuple[str, str], list[Parallel]] = {}
    for each in records.found:
        one = each.record
        if one.regime == HOME:
            yield each.problem("regime", "is the law in which the law book is written")
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            yield each.problem("valid_until", "is before valid_from")
        for key, cite in one.provisions.items():
            yield from cites(each, "provisions", [key, cite])
            others = seen.setdefault((one.regime, key), [])
            for other in others:
                if not (_before(other, one) or _before(one, other)):
                    yield each.problem("provisions", f"{key!r} has a parallel already, in {other.id!r}")
            others.append(one)


def _before(first: Parallel, second: Parallel) -> bool:
    return bool(first.valid_until and second.valid_from and first.valid_until < second.valid_from)


def proofs(
    records: Scan[Keeping], cites: Callable[[Found[Keeping], str, list[str]], Iterator[Problem]]
) -> Iterator[Problem]:
    """Something to keep, and for each channel one list."""
    for each in records.found:
        yield from cites(each, "cite", [each.record.cite])
        if not each.record.keep or not all(line.strip() for line in each.record.keep):
            yield each.problem("keep", "is empty")


def reserved(found: Scan[Reserved]) -> Iterator[Problem]:
    """A rule is of a country, and says something."""
    for each in found.found:
        if not _COUNTRY.fullmatch(each.record.country):
            yield each.problem("country", f"{each.record.country!r} must be two capital letters")
        for field in ("title", "rule", "ask"):
            if not getattr(each.record, field).strip():
                yield each.problem(field, "is empty")


def forms(found: Scan[Form], authorities: Scan[Authority]) -> Iterator[Problem]:
    """A form belongs to an authority, has fields, and no field has a length below nothing."""
    known = {each.record.id for each in authorities.found}
    for each in found.found:
        form = each.record
        if form.authority not in known and not authorities.problems:
            yield each.problem("authority", f"{form.authority!r} is not in law/authorities")
        if not form.field:
            yield each.problem("field", "is empty")
        for place, field in enumerate(form.field):
            if not field.label.strip():
                yield each.problem(f"field[{place}].label", "is empty")
            if field.limit < 0:
                yield each.problem(f"field[{place}].limit", "must not be negative")
