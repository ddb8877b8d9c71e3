"""Coding a case: judgments by a coder, each saving a new version. The facts of the log are read, and never written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from dsar.core.coding import Coding
from dsar.desk.coding_scheme import law_facts, whole
from dsar.errors import ConflictError, StateError, UsageError
from dsar.study.scheme_facts import gates, spelled
from dsar.study.scheme_values import (
    FactTypedError,
    NotAskedError,
    Values,
    asked,
    flat,
    folded,
    free,
    read_value,
    variable,
)
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dsar.core.casefacts import CaseFacts
    from dsar.desk.office import Desk
    from dsar.study.scheme import Scheme

CODING = "coding"
BEGUN = "coding-begun"
"""The kind of record that keeps a coding which was begun: `REF/CODER`, so that it is erased with its case."""
_LONGEST_NAME = 64


class BadCoderError(UsageError):
    """A name that cannot stand for a coder."""

    sentence = "“{name}” cannot be a coder: give --coder a name that can be printed, without / and not longer than 64."


class SameCoderError(UsageError):
    """One person would be counted as two coders who agree."""

    sentence = (
        "Case {ref} is coded by “{known}”: if that is you, say --coder {known}, else take a name that differs more."
    )


class CodedMeanwhileError(ConflictError):
    """The same coder saved another version while this one was made."""

    sentence = "{coder} coded case {ref} meanwhile (version {version}): open it again, what was begun is kept."


class NothingToUndoError(StateError):
    """No version of this coder counts."""

    sentence = "There is no coding of case {ref} by {coder} to undo: `dsar code {ref}` codes it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A version that was saved; `dropped` are variables that are not asked any more, with what was said of them."""

    coding: Coding
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A case before a coder: its facts to read, the scheme, what this coder said so far and what was begun.

    `gates` are the facts that decide which variables are asked; `version` is the coder's latest one, 0 for none.
    """

    ref: str
    coder: str
    facts: CaseFacts
    gates: Mapping[str, str]
    scheme: Scheme
    own: Coding | None
    version: int
    begun: tuple[Values, frozenset[str], str] | None


def facts_of(desk: Desk, ref: str) -> CaseFacts:
    """What the log of the case says, counted."""
    from dsar.desk.counting import facts_of as counted  # noqa: PLC0415 - only commands that code a case

    return counted(desk, ref)


def coder_of(desk: Desk, name: str = "") -> str:
    """Who codes: as said, else who works at this desk.

    Raises:
        BadCoderError: the name cannot stand in a record.
    """
    found = name.strip() or desk.by
    if not found.isprintable() or "/" in found or len(found) > _LONGEST_NAME:
        raise BadCoderError(name=found[:_LONGEST_NAME])
    return found


def sheet(desk: Desk, ref: str, coder: str) -> Sheet:
    """The case before the coder. Nothing of any other coder is in it.

    Raises:
        SameCoderError: the coder has coded it under the same name, written otherwise.
    """
    facts, coded = facts_of(desk, ref), versions(desk, ref)
    for one in coded:
        if one.coder != coder and one.coder.casefold() == coder.casefold():
            raise SameCoderError(name=coder, known=one.coder, ref=ref)
    mine = [one for one in coded if one.coder == coder]
    kept = desk.vault.record(BEGUN, f"{ref}/{coder}")
    return Sheet(
        ref=ref,
        coder=coder,
        facts=facts,
        gates=gates(facts),
        scheme=whole(desk),
        own=counting([one for one in mine if not one.resolves]),
        version=max((one.version for one in mine), default=0),
        begun=_begun(kept) if kept is not None else None,
    )


def keep(desk: Desk, sheet: Sheet, values: Values, skipped: Iterable[str], note: str) -> None:
    """Keep a coding that was begun; it counts only once it is saved."""
    body = {"values": [list(pair) for pair in flat(values)], "skipped": sorted(skipped), "note": note}
    desk.vault.put_record(BEGUN, f"{sheet.ref}/{sheet.coder}", body)


def _begun(body: Mapping[str, object]) -> tuple[Values, frozenset[str], str]:
    pairs = cast("list[tuple[str, str]]", body["values"])
    skipped = cast("list[str]", body["skipped"])
    return folded(tuple((name, value) for name, value in pairs)), frozenset(skipped), str(body["note"])


def typed(scheme: Scheme, said: Iterable[tuple[str, str]]) -> Values:
    """What was typed as VAR=VALUE, checked; an empty value takes the variable back.

    Raises:
        FactTypedError, UnknownVariableError, BadValueError: it is a fact, there is none, it cannot be so.
    """
    found: dict[str, list[str]] = {}
    for name, text in said:
        if scheme.code(name) is None and spelled(name) in law_facts():
            raise FactTypedError(name=name, mend="a review or a judgment finds it (`dsar review`, `dsar judge`)")
        found.setdefault(variable(scheme, name).id, []).append(text)
    return {name: read_value(variable(scheme, name), ",".join(texts) if len(texts) > 1 else texts[0])
            for name, texts in found.items()}  # fmt: skip


def save(
    desk: Desk,
    sheet: Sheet,
    changes: Values,
    *,
    note: str | None = None,
    base: Values | None = None,
    resolves: bool = False,
) -> Saved:
    """Save a version: what the coder said before, with the changes; empty values take a variable back.

    What was said before is `base`, else what was begun on the screen and not saved, else the version that counts.

    Raises:
        NotAskedError: a variable that does not apply to this case was given a value.
        CodedMeanwhileError: the coder saved another version since the sheet was read.
    """
    before, said = _before(sheet) if base is None else (base, sheet.own.note if sheet.own is not None else "")
    merged = {**before, **changes}
    applying = asked(sheet.scheme, merged, sheet.gates)
    names = {code.id for code in applying}
    for name, values in changes.items():
        code = sheet.scheme.code(name)
        if values and name not in names and code is not None:
            raise NotAskedError(name=name, when=code.when)
    with desk.vault.transaction():
        latest = max((one.version for one in versions(desk, sheet.ref) if one.coder == sheet.coder), default=0)
        if latest != sheet.version:
            raise CodedMeanwhileError(coder=sheet.coder, ref=sheet.ref, version=latest)
        coding = Coding(
            ref=sheet.ref,
            coder=sheet.coder,
            version=latest + 1,
            at=desk.now,
            scheme=sheet.scheme.version,
            length=sheet.facts.length,
            values=flat({code.id: merged.get(code.id, ()) for code in applying}),
            note=free("note", note) if note is not None else said,
            resolves=resolves,
        )
        _write(desk, coding)
        if not resolves:  # what one judges for oneself is not finished by settling what two differ in
            desk.vault.drop_record(BEGUN, f"{sheet.ref}/{sheet.coder}")
    return Saved(coding=coding, dropped=tuple(name for name, old in before.items() if old and name not in names))


def _before(sheet: Sheet) -> tuple[Values, str]:
    """What a coder said of a case so far, saved or not, and the note beside it."""
    if sheet.begun is not None:
        values, _, note = sheet.begun
        return values, note
    return (folded(sheet.own.values), sheet.own.note) if sheet.own is not None else ({}, "")


def undo(desk: Desk, ref: str, coder: str) -> Coding | None:
    """Let the version before count again, as a new entry in the history; the coding that counts now, None for none.

    Raises:
        NothingToUndoError: no version of this coder counts.
    """
    with desk.vault.transaction():
        mine = [one for one in versions(desk, ref) if one.coder == coder]
        resolves = bool(mine) and mine[-1].resolves
        chain = [one for one in mine if one.resolves is resolves]
        held = _content(chain)
        if not held:
            raise NothingToUndoError(ref=ref, coder=coder)
        back = _content([one for one in chain if one.version < held])
        mark = replace(chain[-1], version=mine[-1].version + 1, at=desk.now, values=(), note="", back_to=back)
        _write(desk, mark)
        return counting([*chain, mark])


def _write(desk: Desk, coding: Coding) -> None:
    desk.vault.put_record(CODING, f"{coding.ref}/{coding.coder}/{coding.version:04}", to_plain(coding))


def versions(desk: Desk, ref: str) -> tuple[Coding, ...]:
    """Every coding of a case that was ever saved, undone ones too: coder by coder, in the order of their versions."""
    found = (from_plain(body, Coding) for body in desk.vault.records(CODING, f"{ref}/").values())
    return tuple(sorted(found, key=lambda one: (one.coder, one.version)))


def _content(chain: Iterable[Coding]) -> int:
    """The version that counts after the last of a coder's codings; 0 if none does."""
    last = max(chain, key=lambda one: one.version, default=None)
    return 0 if last is None else last.version if last.back_to is None else last.back_to


def counting(chain: Iterable[Coding]) -> Coding | None:
    """Of one coder's codings of one case the one that counts: the last, unless it was undone."""
    known = {one.version: one for one in chain}
    return known.get(_content(known.values()))


def codings(desk: Desk, refs: Iterable[str]) -> dict[str, tuple[Coding, ...]]:
    """Of each case that was coded: the version of each coder that counts, who began first comes first.

    What settles a disagreement comes last. Cases that nobody coded are left out.
    """
    # a study has few different judgments and many of them: each is held in memory once
    shared: dict[tuple[str, str], tuple[str, str]] = {}
    found = {}
    for ref in refs:
        counted = in_force(versions(desk, ref))
        if counted:
            found[ref] = tuple(
                replace(one, values=tuple(shared.setdefault(pair, pair) for pair in one.values)) for one in counted
            )
    return found


def in_force(several: Iterable[Coding]) -> tuple[Coding, ...]:
    """The codings of one case that count, in the order of `codings`."""
    chains: dict[tuple[str, bool], list[Coding]] = {}
    for one in several:
        chains.setdefault((one.coder, one.resolves), []).append(one)
    held = [(min(map(instant, chain)), counting(chain)) for chain in chains.values()]
    counted = sorted((began, one.coder, one) for began, one in held if one is not None and not one.resolves)
    settling = max((one for _, one in held if one is not None and one.resolves), key=instant, default=None)
    return (*(one for _, _, one in counted), *((settling,) if settling is not None else ()))


def instant(coding: Coding) -> datetime:
    """When a coding was saved: comparable, whatever the offsets."""
    return datetime.fromisoformat(coding.at)


def settled(codings: Iterable[Coding]) -> Coding | None:
    """The one that counts of a case's codings: what settled a disagreement, else that of the coder who began first."""
    found = tuple(codings)
    return next((one for one in found if one.resolves), found[0] if found else None)
