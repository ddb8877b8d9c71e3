"""What forbids a letter: a closed case, a mandate that does not hold, facts that nobody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.mandate_states import NO_COPY
from dsar.core.meanings import Bounce
from dsar.desk import wording
from dsar.desk.errors import ClosedCaseError, NewMandateError, NoMandateError, NotJudgedError
from dsar.desk.fitting import refuse_misfit
from dsar.desk.regime import refuse_elsewhere
from dsar.errors import StateError

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.case import Case, Incoming
    from dsar.core.parties import Mandate
    from dsar.desk.office import Desk, File
    from dsar.letters.front import Template


_NOT_YET = "it is not in force on that day"


class NotClassifiedError(StateError):
    """An accusing letter cannot be written while a message lies unread: it may be the answer."""

    sentence = (
        "Message {n} of case {ref} is not classified, and may be their answer: say what it is with `dsar classify "
        "{ref} {n} KIND`, before a letter accuses anybody."
    )


class NoItemsError(StateError):
    """A demand is alleged to be excessive, and nobody wrote down what it demanded."""

    sentence = (
        "Nobody noted what their identity demand (entry {n}) asked for, so a letter cannot call it excessive: say it "
        "with `dsar classify {ref} {n} identity-demand --item TEXT`."
    )


class BouncedError(StateError):
    """An accusing letter cannot be written while it is open whether they were reached at all."""

    sentence = (
        "Message {n} of case {ref} says that a letter did not arrive: send it again and record it with `dsar sent "
        "{ref}`, or correct what the message is with `dsar classify {ref} {n} KIND`, before a letter accuses anybody."
    )


def forbid(desk: Desk, file: File, template: Template, to: int | None = None) -> None:
    """Refuse to draft a letter that the case, as it lies, does not allow; `to` is the message that it replies to.

    Raises:
        ClosedCaseError: the case is over.
        LetterElsewhereError: the letter is not written for the law of the case.
        NoMandateError: the mandate under which the case runs was revoked or has expired.
        NotJudgedError, NotClassifiedError, BouncedError: the letter accuses, and not all is known that could excuse.
        NoMessageError, NotJudgedUnjustifiedError, MisfitError: the case is not in the situation that it is for.
    """
    if file.case.closed is not None:
        raise ClosedCaseError(ref=file.case.ref)
    held = mandate(desk, file.case)
    if held is not None and (why := ended(held, desk.today)):
        raise not_held(held, desk.today, why)
    if template.asserts or "authority-silent" in template.fits:
        _refuse_unknown(desk, file, template)
    refuse_elsewhere(desk, file, template)
    refuse_misfit(file, template, desk.today, to)


def need_mandate(desk: Desk, file: File) -> None:
    """Refuse to issue a letter for somebody else without a mandate that is signed and holds today.

    Raises:
        NoMandateError: the sentence says why it does not hold.
    """
    held = mandate(desk, file.case)
    if held is None or held.valid(desk.today):
        return
    unsigned = NO_COPY if held.signed_on is None else _NOT_YET
    raise not_held(held, desk.today, ended(held, desk.today) or unsigned)


def not_held(held: Mandate, today: date, why: str) -> NoMandateError:
    """The error that says why a mandate does not hold; where no signature mends that, it asks for a new one."""
    error = NoMandateError if why in {NO_COPY, _NOT_YET} else NewMandateError
    return error(id=held.id, today=today.isoformat(), why=why, subject=held.subject)


def mandate(desk: Desk, case: Case) -> Mandate | None:
    """The mandate of a case as the register has it today: the copy in the case knows of no revocation."""
    from dsar.desk import mandates  # noqa: PLC0415 - avoids a cycle of imports
    from dsar.desk.errors import NoSuchMandateError  # noqa: PLC0415 - one class

    copy = case.opened.mandate
    if copy is None:
        return None
    try:
        return mandates.get(desk, copy.id)
    except NoSuchMandateError:
        return copy  # a case restored without the register


def ended(held: Mandate, today: date) -> str:
    """Why a mandate no longer holds on a day; empty if it was neither revoked nor has expired."""
    if held.revoked_on is not None and held.revoked_on <= today:
        return f"it was revoked on {held.revoked_on.isoformat()}"
    if held.until is not None and held.until < today:
        return f"it expired on {held.until.isoformat()}"
    return ""


def open_bounces(case: Case) -> tuple[Incoming, ...]:
    """Returned mails after which nothing was sent again; the day cannot tell, a bounce comes within minutes."""
    last = max((sent.n for letter in case.letters for sent in letter.sendings), default=0)
    return tuple(message for message in case.meaning(Bounce) if message.n > last)


def _refuse_unknown(desk: Desk, file: File, template: Template) -> None:
    ref = file.case.ref
    for odd in file.oddities:
        if not odd.confirmed:
            why = wording.oddity_words(wording.speaker(desk, "en"), odd)
            raise NotJudgedError(ref=ref, n=odd.n, why=why)
    for message in file.case.messages:
        if message.meaning is None:
            raise NotClassifiedError(ref=ref, n=message.n)
    for message in open_bounces(file.case):
        raise BouncedError(ref=ref, n=message.n)
    for breach in file.breaches:
        told = not template.claims or breach.id in template.claims
        if told and breach.id == "identity-excessive" and not breach.items:
            raise NoItemsError(ref=ref, n=breach.messages[0])
