"""The law of the package, read once and only as far as it is asked for.

Every function takes another `root` than the installed one, for tests and for a law book of one's own.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from dsar.core.law import Authority, BreachRule, DemandRule, Law, Precedent, Regime, Term
from dsar.core.parallels import Parallel
from dsar.core.parties import Controller
from dsar.lawbook.errors import LawFileError
from dsar.lawbook.files import Scan, scan_folder, scan_list, shipped, version
from dsar.lawbook.records import Act, CalendarRecord, Form, Keeping, Pack, Presumption, Reserved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class _Named(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Named)


def _by_id(scan: Scan[R]) -> Mapping[str, R]:
    scan.records()
    named: dict[str, R] = {}
    for found in scan.found:
        if found.record.id in named:
            problem = found.problem("id", f"{found.record.id!r} is there twice")
            raise LawFileError(file=problem.file, key=problem.key, problem=problem.words)
        named[found.record.id] = found.record
    return MappingProxyType(named)


@cache
def regimes(root: Path | None = None) -> tuple[Regime, ...]:
    """The regimes, each version of one in its own record; LawFileError or NotTomlError if the file is broken."""
    return scan_list(root or shipped(), "regimes", Regime).records()


@cache
def terms(root: Path | None = None) -> Mapping[str, Term]:
    """The time limits other than the answer to a request, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "terms", Term))


@cache
def demands(root: Path | None = None) -> Mapping[str, DemandRule]:
    """What an answer must contain, by id, in the order of the letters; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "demands", DemandRule))


@cache
def breaches(root: Path | None = None) -> Mapping[str, BreachRule]:
    """The wrongs that can be alleged, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "breaches", BreachRule))


@cache
def precedents(root: Path | None = None) -> Mapping[str, Precedent]:
    """The decisions, by id, also unchecked ones; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "precedents", Precedent))


@cache
def parallels(root: Path | None = None) -> Mapping[str, Parallel]:
    """What corresponds to the provisions of the GDPR under another regime, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "parallels", Parallel))


@cache
def authorities(root: Path | None = None) -> Mapping[str, Authority]:
    """The supervisory authorities, by id; LawFileError or NotTomlError."""
    return _by_id(scan_folder(root or shipped(), "authorities", Authority))


@cache
def controllers(root: Path | None = None) -> Mapping[str, Controller]:
    """The offline directory of controllers, by id; LawFileError or NotTomlError."""
    return _by_id(scan_folder(root or shipped(), "controllers", Controller))


@cache
def packs(root: Path | None = None) -> Mapping[str, Pack]:
    """The packs of controllers that one writes to together, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "packs", Pack))


@cache
def acts(root: Path | None = None) -> Mapping[str, Act]:
    """The acts that citation keys name, by what stands before the colon; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "acts", Act))


@cache
def calendars(root: Path | None = None) -> Mapping[str, CalendarRecord]:
    """The calendars kept by hand, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "calendars", CalendarRecord))


@cache
def presumptions(root: Path | None = None) -> Mapping[str, Presumption]:
    """The rules under which a delivery is presumed, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "presumptions", Presumption))


@cache
def proofs(root: Path | None = None) -> Mapping[str, Keeping]:
    """What to keep as proof of a sending, by its channel; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "proofs", Keeping))


@cache
def forms(root: Path | None = None) -> Mapping[str, Form]:
    """The complaint forms of the authorities, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "forms", Form))


@cache
def reserved(root: Path | None = None) -> Mapping[str, Reserved]:
    """Where acting for others may be reserved, by id; LawFileError or NotTomlError."""
    return _by_id(scan_list(root or shipped(), "reserved", Reserved))


@cache
def law(root: Path | None = None) -> Law:
    """The whole law book, without the directory of controllers; LawFileError or NotTomlError."""
    return Law(
        version=version(root or shipped()),
        regimes=regimes(root),
        terms=terms(root),
        demands=demands(root),
        breaches=breaches(root),
        precedents=precedents(root),
        authorities=authorities(root),
        parallels=parallels(root),
    )


def check(root: Path | None = None) -> tuple[str, ...]:
    """Everything wrong in the law book, one sentence each, as `file: key: what`; empty if it is sound.

    Raises NotTomlError if a file cannot be read at all.
    """
    from dsar.lawbook.lint import problems  # noqa: PLC0415 - only the linter needs it

    return tuple(str(problem) for problem in problems(root or shipped()))
