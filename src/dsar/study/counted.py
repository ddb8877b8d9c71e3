"""What one case counts as. Facts only; each rule says what it takes the words of the log to mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.casefacts import CaseFacts, Happening

Lateness = Literal[
    "in-time", "extended", "extended-unlawfully", "extended-untold", "late", "never", "running", "ended", "undated"
]
Strict = Literal["in-time", "late", "past", "running", "ended", "undated"]
Rung = Literal["request", "reminder-1", "reminder-2", "notice", "complaint"]

LATENESS: tuple[Lateness, ...] = get_args(Lateness)
STRICT: tuple[Strict, ...] = get_args(Strict)
RUNGS: tuple[Rung, ...] = get_args(Rung)

COMPLETE = frozenset({"given", "na"})


def sent(case: CaseFacts) -> bool:
    """The request left."""
    return case.sent_on is not None


def answered(case: CaseFacts) -> bool:
    """They reacted in substance: an answer, a refusal, or that they hold nothing. A machine's reply is none."""
    return case.first_answer is not None


def reacted(case: CaseFacts) -> bool:
    """They acknowledged the request, or answered it."""
    return case.acknowledged_on is not None or answered(case)


def delivered(case: CaseFacts) -> bool:
    """The request arrived: there is a delivery, or somebody reacted to it."""
    return case.arrived_on is not None or reacted(case)


def reachable(case: CaseFacts) -> bool:
    """The request left and did not just bounce: a mail that came back says nothing of a letter by another way."""
    return sent(case) and (not case.bounced or delivered(case) or any(one != "email" for one in case.channels))


def reviewed(case: CaseFacts) -> bool:
    """A person read the answer against what was asked."""
    return answered(case) and bool(case.findings)


def complete(case: CaseFacts) -> bool:
    """The last answer reviewed gives everything that was asked and applies. Nothing is complete before a review."""
    return reviewed(case) and all(status in COMPLETE for _, status in case.findings)


def met(case: CaseFacts) -> date | None:
    """The day of the answer, read safely."""
    return case.met_safe or case.met


def lateness(case: CaseFacts, today: date) -> Lateness:
    """How the case stands to its term, read safely: nobody is late, or silent, before the safe date has passed.

    An extension is lawful if it was announced within the first term and with its reasons (Art. 12(3) GDPR). An answer
    under one that was not, after the first term, counts as extended unlawfully, before or after the safe date.
    """
    if case.safe is None:
        return "undated"
    day = met(case)
    if day is None:
        if case.closed_on is not None and case.closed_on <= case.safe:
            return "ended"
        return "never" if case.late(today) else "running"
    first = case.first_safe or case.safe
    if day <= first:
        return "in-time"
    kinds = {lawful(one) for one in case.happenings if one.kind == "extension" and one.on <= day}
    if True in kinds:
        return "extended" if day <= case.safe else "late"
    if False in kinds:
        return "extended-unlawfully"
    if None in kinds:
        return "extended-untold" if day <= case.safe else "late"
    return "in-time" if day <= case.safe else "late"


def lawful(extension: Happening) -> bool | None:
    """Whether an extension was announced in time and with reasons; None if nobody noted enough to tell."""
    if extension.in_time is False or extension.reasons is False:
        return False
    return True if extension.in_time and extension.reasons else None


def strictly(case: CaseFacts, today: date) -> Strict:
    """How the case stands to its term on the reading most favourable to the person: for reminders, not to accuse."""
    if case.strict is None:
        return "undated"
    if case.met is not None:
        return "in-time" if case.met <= case.strict else "late"
    if case.closed_on is not None and case.closed_on <= case.strict:
        return "ended"
    return "past" if today > case.strict else "running"


def in_time(case: CaseFacts, today: date) -> bool:
    """They answered by the safe date."""
    return case.safe is not None and met(case) is not None and not case.late(today)


def rungs(case: CaseFacts) -> tuple[Rung, ...]:
    """The steps that were taken before the answer came, or so far; the request itself is the first.

    A letter of the day of the answer brought nothing about: it is not counted.
    """
    before = case.first_answer[0] if case.first_answer is not None else None
    reminders = sum(1 for day in case.reminders if before is None or day < before)
    taken: list[Rung] = ["request"]
    if reminders:
        taken.append("reminder-1")
    if reminders > 1:
        taken.append("reminder-2")
    if any(before is None or day < before for day in case.notices):
        taken.append("notice")
    if case.complaint_on is not None and (before is None or case.complaint_on < before):
        taken.append("complaint")
    return tuple(taken)


def starts(case: CaseFacts) -> date | None:
    """From which day the time to an answer is counted: the proved arrival, else the sending."""
    return case.proved_on or case.sent_on


def items(case: CaseFacts, kind: str) -> tuple[Happening, ...]:
    """Their messages of a kind, in the order of the log."""
    return tuple(one for one in case.happenings if one.kind == kind)


def has(case: CaseFacts, kind: str) -> bool:
    """Whether there is such a message of theirs."""
    return any(one.kind == kind for one in case.happenings)
