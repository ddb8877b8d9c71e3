"""What we did and what happened to it: letters sent and delivered, questions answered, fees paid, the case closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.bounces import next_address
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
from dsar.desk import authorities
from dsar.desk.enclosing import other_way
from dsar.desk.errors import AlreadyClosedError, LodgedError, NoEntryError, NothingToDoError
from dsar.desk.evidence import duplicate, mail_doubts, take
from dsar.desk.presuming import presumed_day
from dsar.desk.recording import append, working_on
from dsar.errors import UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case, Outgoing, Sending
    from dsar.core.events import AuthorityAct, Basis, Channel, Outcome
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk, File


class PresentedError(UsageError):
    """The post cannot have come with a letter on that day."""

    sentence = "The post cannot have presented on {presented} a letter that left on {sent} and was delivered on {on}."


def _proof(desk: Desk, case: Case, path: Path | None) -> tuple[Evidence | None, tuple[str, ...]]:
    """A document taken into the vault, with what the user should know about it."""
    if path is None:
        return None, ()
    taken = take(desk, path)
    return taken.evidence, (*taken.warnings, *duplicate(case, taken.evidence))


def sent(
    desk: Desk,
    ref: str | None,
    *,
    letter: int | None,
    on: date,
    via: Channel,
    tracking: str,
    proof: Path | None,
    to: str = "",
) -> File:
    """A letter left (default: the last one issued), to where the record of the controller says, or `to`."""
    with working_on(desk, ref) as file:
        issued = letter_of(file.case, letter)
        taken = take(desk, proof) if proof is not None else None
        warnings = () if taken is None else (*taken.warnings, *duplicate(file.case, taken.evidence))
        controller, where = file.case.opened.controller, to.strip() or address_of(file, issued, via)
        ours = issued.fact.kind != "complaint"
        if via in {"post", "registered"} and ours and not to.strip() and not controller.address.known:
            warnings += (f"No postal address of {controller.name} is known: say with --to where the letter went.",)
        if taken is not None:
            known = controller.emails if ours and via == "email" else ()
            lives_in = file.case.opened.subject.address.country
            warnings += mail_doubts(taken, on, lives_in, (to.strip(),) if to.strip() and via == "email" else known)
        fact = Sent(
            on=on,
            letter=issued.n,
            channel=via,
            to=where,
            tracking=tracking,
            proof=taken.evidence if taken is not None else None,
        )
        if taken is not None and taken.message is not None:
            desk.vault.mail.know(file.case.ref, (taken.message.message_id,))
        after = append(desk, file, fact)
        return replace(after, warnings=(*warnings, *other_way(desk, after, issued)))


def letter_of(case: Case, number: int | None) -> Outgoing:
    """The letter that an entry issued; without a number the last one.

    Raises:
        NoEntryError, NothingToDoError: the entry issued none, or none was issued yet.
    """
    if number is not None:
        found = case.letter(number)
        if found is None:
            raise NoEntryError(ref=case.ref, what="issued letter", n=number)
        return found
    if not case.letters:
        mend = f"issue one first with `dsar letter KIND {case.ref} --issue`"
        raise NothingToDoError(ref=case.ref, what="issued letter", mend=mend)
    return max(case.letters, key=lambda letter: letter.n)


def address_of(file: File, issued: Outgoing, via: Channel) -> str:
    """Where a letter went by a channel: the address as a case worker would write it into a register."""
    controller = file.case.opened.controller
    if issued.fact.kind == "complaint":
        return ""
    match via:
        case "email":
            # a mailbox that bounced is not written to again unless the case worker says so
            return next_address(file.case) or next(iter(controller.emails), "")
        case "portal":
            return controller.form
        case "post" | "registered" | "fax" | "hand":
            return ", ".join((*controller.address.lines, controller.address.country))


def to_keep(via: Channel) -> tuple[str, ...]:
    """What to keep as proof of a letter that left by a channel."""
    from dsar.lawbook.load import proofs  # noqa: PLC0415 - only where a letter left

    found = proofs().get(via)
    return found.keep if found is not None else ()


def delivered(
    desk: Desk,
    ref: str | None,
    *,
    sending: int | None,
    on: date | None,
    proof: Path | None,
    basis: Basis | None,
    rule: str,
    by: int | None = None,
    presented: date | None = None,
) -> File:
    """A letter arrived (default: the last sending), or what else the post did with it.

    A rule makes it presumed, whatever document shows its conditions; else a document makes it proved, and nothing but
    the case worker's word stated. The document may be message `by` of the case, such as a notice of delivery. Without a
    day it is the one that the rule computes, that of the message, or today.

    Raises:
        NoEntryError: there is no such sending, or no such message.
        PresentedError: it was presented after it arrived, or before it left.
        UnknownItemError, PresumptionError: no such rule in the law book, or it does not fit the sending.
    """
    with working_on(desk, ref) as file:
        found = _sending(file.case, sending)
        document, warnings = _proof(desk, file.case, proof)
        notice = file.case.message(by) if by is not None else None
        if by is not None and (notice is None or notice.fact.message is None):
            raise NoEntryError(ref=file.case.ref, what="message received as a file", n=by)
        if notice is not None:
            document, on = notice.fact.message, on or notice.fact.on
        day = presumed_day(file, found, rule, on) if rule else on or desk.today
        how: Basis = basis or ("presumed" if rule else "proved" if document is not None else "stated")
        if presented is not None and not found.fact.on <= presented <= day:
            raise PresentedError(presented=presented, on=day, sent=found.fact.on)
        fact = Delivered(on=day, sending=found.n, basis=how, rule=rule, proof=document, presented=presented)
        return replace(append(desk, file, fact), warnings=(*warnings, *_undelivered(file.case, found)))


def _undelivered(case: Case, sending: Sending) -> tuple[str, ...]:
    """The other sendings of the same letter of which nothing is known yet."""
    letter = case.letter(sending.fact.letter)
    others = [one for one in letter.sendings if one.n != sending.n and not one.deliveries] if letter else []
    return tuple(
        f"No delivery is recorded yet of {named(one)}: `dsar delivered {case.ref} --sending {one.n} --on DATE`."
        for one in others
    )


def delivery(file: File) -> str:
    """Which sending the delivery that was just recorded speaks of."""
    match file.entries[-1].event:
        case Delivered(sending=n):
            found = file.case.sending(n)
            return named(found) if found is not None else f"sending {n}"
        case other:
            raise TypeError(other)  # only after `delivered`


def named(sending: Sending) -> str:
    """A sending as a person tells it from another: its entry, its channel, its day."""
    return f"sending {sending.n}, {sending.fact.channel}, of {sending.fact.on.isoformat()}"


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
        taken, warnings = _proof(desk, file.case, document)
        return replace(append(desk, file, Replied(on=on, to=to, document=taken)), warnings=warnings)


def paid(desk: Desk, ref: str | None, *, to: int, on: date, proof: Path | None) -> File:
    """We paid the fee asked in message `to`."""
    with working_on(desk, ref) as file:
        _message(file.case, to)
        taken, warnings = _proof(desk, file.case, proof)
        return replace(append(desk, file, Paid(on=on, to=to, proof=taken)), warnings=warnings)


def _message(case: Case, n: int) -> None:
    if case.message(n) is None:
        raise NoEntryError(ref=case.ref, what="message received", n=n)


def complain(desk: Desk, ref: str | None, *, authority: str, on: date, reference: str, proof: Path | None) -> File:
    """A complaint was lodged with a supervisory authority.

    Raises:
        UnknownAuthorityError: no such authority.
        LodgedError: one with that authority is recorded.
    """
    with working_on(desk, ref) as file:
        authorities.known(authority, file.law)
        for n, before in file.case.escalations:
            if before.authority == authority:
                raise LodgedError(authority=authority, ref=file.case.ref, n=n, on=before.on.isoformat())
        taken, warnings = _proof(desk, file.case, proof)
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
        taken, warnings = _proof(desk, file.case, document)
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
    """The case is over.

    Raises:
        AlreadyClosedError: it was before.
    """
    with working_on(desk, ref) as file:
        for held in file.case.held:
            match held.fact:
                case Closed(on=before, outcome=said):
                    raise AlreadyClosedError(ref=file.case.ref, n=held.n, on=before.isoformat(), outcome=said)
                case _:
                    pass
        return append(desk, file, Closed(on=desk.today, outcome=outcome, reason=reason))
