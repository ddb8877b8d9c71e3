"""What we did and what happened to it: letters sent and delivered, questions answered, fees paid, the case closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.events import (
    Assigned,
    AuthorityActed,
    Closed,
    Confirmed,
    Delivered,
    Escalated,
    Noted,
    Paid,
    Replied,
    Sent,
)
from dsar.desk.errors import NoEntryError, NothingToDoError, UnknownItemError
from dsar.desk.evidence import take
from dsar.desk.recording import append, working_on

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case, Outgoing, Sending
    from dsar.core.events import AuthorityAct, Basis, Channel, Outcome
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk, File


def _proof(desk: Desk, path: Path | None) -> tuple[Evidence | None, tuple[str, ...]]:
    """A document taken into the vault, with what the user should know about it."""
    if path is None:
        return None, ()
    taken = take(desk, path)
    return taken.evidence, taken.warnings


def sent(
    desk: Desk, ref: str | None, *, letter: int | None, on: date, via: Channel, tracking: str, proof: Path | None
) -> File:
    """A letter left (default: the last one issued)."""
    with working_on(desk, ref) as file:
        issued = _letter(file.case, letter)
        document, warnings = _proof(desk, proof)
        fact = Sent(
            on=on,
            letter=issued.n,
            channel=via,
            to=_address(file, issued, via),
            tracking=tracking,
            proof=document,
        )
        return replace(append(desk, file, fact), warnings=warnings)


def _letter(case: Case, number: int | None) -> Outgoing:
    if number is not None:
        found = case.letter(number)
        if found is None:
            raise NoEntryError(ref=case.ref, what="issued letter", n=number)
        return found
    if not case.letters:
        mend = f"issue one first with `dsar letter KIND {case.ref} --issue`"
        raise NothingToDoError(ref=case.ref, what="issued letter", mend=mend)
    return max(case.letters, key=lambda letter: letter.n)


def _address(file: File, issued: Outgoing, via: Channel) -> str:
    """Where a letter went by a channel: the address as a case worker would write it into a register."""
    controller = file.case.opened.controller
    if issued.fact.kind == "complaint":
        return ""
    match via:
        case "email":
            return next(iter(controller.emails), "")
        case "portal":
            return controller.form
        case "post" | "registered" | "fax" | "hand":
            return ", ".join((*controller.address.lines, controller.address.country))


def delivered(
    desk: Desk,
    ref: str | None,
    *,
    sending: int | None,
    on: date,
    proof: Path | None,
    basis: Basis | None,
    rule: str,
) -> File:
    """A letter arrived (default: the last sending), or what else the post did with it.

    A document makes it proved; a rule makes it presumed; nothing but the case worker's word makes it stated.
    """
    with working_on(desk, ref) as file:
        found = _sending(file.case, sending)
        document, warnings = _proof(desk, proof)
        how: Basis = basis or ("proved" if document is not None else "presumed" if rule else "stated")
        fact = Delivered(on=on, sending=found.n, basis=how, rule=rule, proof=document)
        return replace(append(desk, file, fact), warnings=warnings)


def _sending(case: Case, number: int | None) -> Sending:
    if number is not None:
        found = case.sending(number)
        if found is None:
            raise NoEntryError(ref=case.ref, what="sending", n=number)
        return found
    sendings = [sent for letter in case.letters for sent in letter.sendings]
    if not sendings:
        mend = f"record it first with `dsar sent {case.ref} --on DATE --via CHANNEL`"
        raise NothingToDoError(ref=case.ref, what="letter that was sent", mend=mend)
    return max(sendings, key=lambda sending: sending.n)


def replied(desk: Desk, ref: str | None, *, to: int, on: date, document: Path | None) -> File:
    """We answered their question in message `to`."""
    with working_on(desk, ref) as file:
        _message(file.case, to)
        taken, warnings = _proof(desk, document)
        return replace(append(desk, file, Replied(on=on, to=to, document=taken)), warnings=warnings)


def paid(desk: Desk, ref: str | None, *, to: int, on: date, proof: Path | None) -> File:
    """We paid the fee asked in message `to`."""
    with working_on(desk, ref) as file:
        _message(file.case, to)
        taken, warnings = _proof(desk, proof)
        return replace(append(desk, file, Paid(on=on, to=to, proof=taken)), warnings=warnings)


def _message(case: Case, n: int) -> None:
    if case.message(n) is None:
        raise NoEntryError(ref=case.ref, what="message received", n=n)


def complain(desk: Desk, ref: str | None, *, authority: str, on: date, reference: str, proof: Path | None) -> File:
    """A complaint was lodged with a supervisory authority."""
    with working_on(desk, ref) as file:
        if authority not in file.law.authorities:
            raise UnknownItemError(name=authority, known=", ".join(sorted(file.law.authorities)))
        taken, warnings = _proof(desk, proof)
        return replace(
            append(desk, file, Escalated(on=on, authority=authority, reference=reference, proof=taken)),
            warnings=warnings,
        )


def authority_acted(
    desk: Desk, ref: str | None, *, act: AuthorityAct, on: date, document: Path | None, note: str
) -> File:
    """The authority acknowledged, reported, decided or closed."""
    with working_on(desk, ref) as file:
        if not file.case.escalations:
            mend = f"record it first with `dsar complaint {file.case.ref} --authority ID --on DATE`"
            raise NothingToDoError(ref=file.case.ref, what="complaint", mend=mend)
        taken, warnings = _proof(desk, document)
        return replace(append(desk, file, AuthorityActed(on=on, act=act, document=taken, note=note)), warnings=warnings)


def note(desk: Desk, ref: str | None, text: str) -> File:
    """A note for the file."""
    with working_on(desk, ref) as file:
        return append(desk, file, Noted(on=desk.today, text=text))


def assign(desk: Desk, ref: str | None, to: str) -> File:
    """Another case worker takes over."""
    with working_on(desk, ref) as file:
        return append(desk, file, Assigned(on=desk.today, to=to))


def confirm(desk: Desk, ref: str | None, n: int, because: str) -> File:
    """Entry `n` looks odd and is right."""
    with working_on(desk, ref) as file:
        if not any(held.n == n for held in file.case.held):
            raise NoEntryError(ref=file.case.ref, what="fact", n=n)
        return append(desk, file, Confirmed(on=desk.today, about=n, because=because))


def close(desk: Desk, ref: str | None, *, outcome: Outcome, reason: str) -> File:
    """The case is over."""
    with working_on(desk, ref) as file:
        return append(desk, file, Closed(on=desk.today, outcome=outcome, reason=reason))
