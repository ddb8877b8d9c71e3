"""The next steps of a case under another law than the GDPR: only letters that are written for that law are proposed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dsar.core.case import TO_CONTROLLER
from dsar.core.next_step import Next
from dsar.core.parallels import HOME

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.standing import Standing
    from dsar.desk.office import Desk, File


def elsewhere(desk: Desk, file: File, today: date) -> Standing:
    """The standing of a case with the steps that the law of the case allows; a case under the GDPR as it is."""
    case, standing = file.case, file.standing
    if case.opened.regime == HOME or case.closed is not None:
        return standing
    kinds = _kinds(desk.letters, case.opened.language, case.opened.regime)
    waiting = _acknowledgement(file, today)
    found: dict[str, Next] = {}
    for step in standing.steps:
        changed = _changed(step, case.ref, kinds, complained=case.complained is not None, waiting=waiting)
        if changed is not None:
            found.setdefault(changed.id if step != changed else f"{step.id} {step.command}", changed)
    steps = tuple(found.values())
    return replace(standing, who=steps[0].who if steps else "controller", steps=steps)


@cache
def _kinds(roots: tuple[Path, ...], lang: str, regime: str) -> frozenset[str]:
    from dsar.letters.find import in_language  # noqa: PLC0415 - a case under the GDPR does not need it

    return frozenset(one.kind for one in in_language(roots, lang) if regime in one.regimes)


def _changed(step: Next, ref: str, kinds: frozenset[str], *, complained: bool, waiting: Next | None) -> Next | None:
    """What takes the place of a step whose letter is not written for this law; None if nothing does."""
    name, _, rest = step.command.partition(" ")
    if name != "letter" or rest.split(" ")[0] in kinds:
        return step
    to_authority = Next(id="complain-elsewhere", who="us", command=f"dossier {ref} --authority ID")
    match step.id:
        case "question":
            return replace(step, command=f"replied {ref} --to {dict(step.values)['n']}")
        case "ask-authority":
            return replace(step, id="ask-authority-elsewhere", command=f"show {ref}")
        case one if one.startswith("complain"):
            return to_authority
        case one if one.startswith("notice") and complained:
            return waiting or to_authority
        case one if one.startswith("notice") and TO_CONTROLLER in kinds:
            return Next(
                id="complain-controller", who="us", command=f"letter {TO_CONTROLLER} {ref}", against=step.against
            )
        case one if one.startswith("notice") and not step.against:
            return to_authority
        case _:
            return None


def _acknowledgement(file: File, today: date) -> Next | None:
    """The wait for what a complaint to the controller makes it owe, while it may still come in time."""
    for deadline in file.due:
        term = file.law.terms.get(deadline.id)
        owed = term is not None and term.starts == "complained" and deadline.met is None
        if owed and deadline.safe is not None and today <= deadline.safe:
            values, command = (("day", deadline.safe),), f"why {file.case.ref}"
            return Next(id="wait-controller", who="controller", command=command, values=values, due=deadline.safe)
    return None
