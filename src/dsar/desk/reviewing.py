"""An answer read against what was asked: demand by demand, with the faults that its reader found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.demands import asked
from dsar.core.events import Fault, Finding, Reviewed
from dsar.core.meanings import Answer, NoData, Refusal
from dsar.desk.errors import NoStatusError, NothingToDoError, UnknownItemError
from dsar.desk.incoming import message_of
from dsar.desk.recording import append, working_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dsar.core.case import Case, Incoming
    from dsar.core.events import Status
    from dsar.desk.office import Desk, File

DRAFT = "review"
"""The kind of record that keeps a review which was begun: `REF/N`, so that it is erased with its case."""


def review(
    desk: Desk,
    ref: str | None,
    *,
    answer: int | None,
    found: Mapping[str, Status],
    notes: Mapping[str, str],
    faults: Mapping[str, str],
    cleared: tuple[str, ...] = (),
) -> File:
    """An answer read against what was asked; what is not named keeps what an earlier review of it said.

    `cleared` are faults of an earlier review that are taken back.

    Raises:
        NothingToDoError: there is no answer yet.
        UnknownItemError: an item or a fault that this case or the law book does not know.
    """
    with working_on(desk, ref) as file:
        case = file.case
        message = answer_of(case, answer)
        known = [item.demand.id for item in asked(case)]
        for name in (*found, *notes):
            if name not in known:
                raise UnknownItemError(name=name, known=", ".join(known))
        raised = [rule.id for rule in file.law.breaches.values() if rule.raised == "review"]
        for name in (*faults, *cleared):
            if name not in raised:
                raise UnknownItemError(name=name, known=", ".join(raised))
        fact = _reviewed(desk.today, message, known, found=found, notes=notes, faults=faults, cleared=cleared)
        # what was begun on the screen is finished by any review of the same answer
        desk.vault.drop_record(DRAFT, f"{case.ref}/{message.n}")
        return append(desk, file, fact)


def _reviewed(
    on: date,
    message: Incoming,
    known: list[str],
    *,
    found: Mapping[str, Status],
    notes: Mapping[str, str],
    faults: Mapping[str, str],
    cleared: tuple[str, ...],
) -> Reviewed:
    earlier = message.review[1] if message.review is not None else None
    kept = {finding.demand: finding for finding in earlier.findings} if earlier else {}
    for name in (*found, *notes):
        old = kept.get(name)
        status = found.get(name, old.status if old is not None else None)
        if status is None:
            raise NoStatusError(name=name)
        kept[name] = Finding(demand=name, status=status, note=notes.get(name, old.note if old is not None else ""))
    before = {fault.breach: fault for fault in earlier.faults} if earlier else {}
    before |= {name: Fault(breach=name, note=text) for name, text in faults.items()}
    for name in cleared:
        before.pop(name, None)
    return Reviewed(
        on=on,
        answer=message.n,
        findings=tuple(kept[name] for name in known if name in kept),
        faults=tuple(before.values()),
    )


def answer_of(case: Case, number: int | None) -> Incoming:
    """The answer that is read: the message of that number, or the last answer.

    Raises:
        NothingToDoError: there is no answer, or that message was not classified as one.
        NoEntryError: there is no message of that number.
    """
    if number is None:
        return _last_answer(case)
    message = message_of(case, number)
    if not isinstance(message.meaning, Answer | Refusal | NoData):
        mend = f"classify message {message.n} as answer, refusal or no-data first"
        raise NothingToDoError(ref=case.ref, what="answer there", mend=mend)
    return message


def _last_answer(case: Case) -> Incoming:
    answers = case.meaning(Answer, Refusal, NoData)
    if not answers:
        mend = "record it with `dsar received FILE --as answer`"
        raise NothingToDoError(ref=case.ref, what="answer", mend=mend)
    return answers[-1]
