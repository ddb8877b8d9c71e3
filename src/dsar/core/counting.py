"""A case as a row of a study: its facts, computed from its log and from nothing else (see `casefacts`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.casefacts import CaseFacts, Happening
from dsar.core.chronology import meaning_name
from dsar.core.conduct import breach_of
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    Bounce,
    Extension,
    Fee,
    IdentityDemand,
    NoData,
    Refusal,
)
from dsar.core.receipts import receipt
from dsar.core.rights import REQUESTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dsar.core.breach import Breach
    from dsar.core.case import Case, Incoming, Outgoing
    from dsar.core.deadlines import Deadline
    from dsar.core.events import AuthorityAct
    from dsar.core.law import Law

SUBSTANCE = (Answer, Refusal, NoData)
"""What is a substantive reaction: anything that meets the term, in time or late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the facts of a case rest on beside its log.

    `reply` is the term for the answer (None: the request has not left), `first_safe` its safe end without an extension,
    `found` the breaches that the facts show whatever the day, `last_on` the day of the last fact in the log, `media`
    the types of the files of the last answer.
    """

    law: Law
    reply: Deadline | None
    first_safe: date | None
    found: tuple[Breach, ...]
    last_on: date
    media: tuple[str, ...] = ()


def case_facts(case: Case, grounds: Grounds) -> CaseFacts:
    """The facts of a case; see `CaseFacts` for the meaning of each."""
    opened, controller, reply = case.opened, case.opened.controller, grounds.reply
    requests = [one for one in case.letters if one.fact.kind in {*REQUESTS, case.request_kind}]
    left = sorted((sent.fact for one in requests for sent in one.sendings), key=lambda fact: fact.on)
    issued = requests[0].fact if requests else None
    arrived = receipt(case, case.request) if case.request is not None else None
    answers = tuple((message.fact.on, _name(message)) for message in case.meaning(*SUBSTANCE))
    reviews = [message.review[1] for message in case.messages if message.review is not None]
    lodged = case.escalations[0][1] if case.escalations else None
    return CaseFacts(
        ref=case.ref,
        opened_on=opened.on,
        subject=opened.subject.id,
        controller=controller.id,
        controller_name=controller.name,
        sector=controller.sector,
        country=controller.address.country,
        lives_in=opened.subject.address.country,
        regime=opened.regime,
        rights=opened.rights,
        language=opened.language,
        letter=case.request_kind,
        length=case.length,
        last_on=grounds.last_on,
        campaign=opened.campaign,
        wave=opened.wave,
        owner=case.owner,
        mandate=opened.mandate.id if opened.mandate is not None else "",
        established=controller.established,
        representative=bool(controller.representative),
        questions=sum(1 for demand in opened.demands if demand.text),
        issued_on=issued.on if issued is not None else None,
        template=issued.template if issued is not None else "",
        law=issued.law if issued is not None else "",
        channels=tuple(dict.fromkeys(fact.channel for fact in left)),
        sent_on=left[0].on if left else None,
        arrived_on=arrived.strict if arrived is not None else None,
        proved_on=arrived.safe if arrived is not None else None,
        bounced=bool(case.meaning(Bounce)),
        acknowledged_on=min((message.fact.on for message in case.meaning(Acknowledgement)), default=None),
        strict=reply.strict if reply is not None else None,
        safe=reply.safe if reply is not None else None,
        first_safe=grounds.first_safe,
        met=reply.met if reply is not None else None,
        met_safe=reply.met_safe if reply is not None else None,
        first_answer=answers[0] if answers else None,
        last_answer=answers[-1] if answers else None,
        happenings=tuple(_happening(m, grounds) for m in case.messages if m.meaning is not None),
        reminders=_left_on(one for one in case.letters if one.fact.kind == "reminder"),
        notices=_left_on(case.notices),
        complaint_on=lodged.on if lodged is not None else None,
        authority=lodged.authority if lodged is not None else "",
        authority_ack_on=_acted(case, "ack"),
        decision_on=_acted(case, "decision", "closure"),
        letters_out=len(case.letters),
        messages_in=_came(case),
        findings=tuple((one.demand, one.status) for one in reviews[-1].findings) if reviews else (),
        first_findings=tuple((one.demand, one.status) for one in reviews[0].findings) if reviews else (),
        faults=tuple(dict.fromkeys(fault.breach for review in reviews for fault in review.faults)),
        breaches=tuple((breach.id, breach.assertable_from) for breach in grounds.found),
        media=grounds.media,
        outcome=case.closed.outcome if case.closed is not None else "open",
        closed_on=case.closed.on if case.closed is not None else None,
    )


def last_answer(case: Case) -> Incoming | None:
    """The last substantive reaction."""
    found = case.meaning(*SUBSTANCE)
    return found[-1] if found else None


def _name(message: Incoming) -> str:
    return meaning_name(message.meaning) if message.meaning is not None else ""


def _left_on(letters: Iterable[Outgoing]) -> tuple[date, ...]:
    """The day on which each letter first left; one that never did is not counted."""
    return tuple(sorted(min(sent.fact.on for sent in one.sendings) for one in letters if one.sendings))


def _acted(case: Case, *acts: AuthorityAct) -> date | None:
    return min((fact.on for _, fact in case.authority_acts if fact.act in acts), default=None)


def _came(case: Case) -> int:
    """How many messages came: one that is several things at once was entered for each, with the same bytes."""
    return len({one.fact.message.sha256 if one.fact.message is not None else one.n for one in case.messages})


def _happening(message: Incoming, grounds: Grounds) -> Happening:
    judged, meaning = message.judged, message.meaning
    given = max((fact.on for _, fact in message.supplied), default=None)
    refused = min((fact.on for _, fact in message.refused), default=None)
    ours = [day for day in (message.replied, message.paid, given, refused) if day is not None]
    names = (breach_of(message, one, grounds.law) for one in message.held_unjustified)
    return Happening(
        kind=_name(message),
        on=message.fact.on,
        n=message.n,
        ends=min(ours, default=None),
        unjustified=None if judged is None else not judged[1].justified,
        breaches=tuple(dict.fromkeys(filter(None, names))),
        items=meaning.items if isinstance(meaning, IdentityDemand) else (),
        reasons=meaning.reasons if isinstance(meaning, Extension) else None,
        until=meaning.until if isinstance(meaning, Extension) else None,
        in_time=_in_time(message, grounds.first_safe) if isinstance(meaning, Extension) else None,
        ground=meaning.ground if isinstance(meaning, Refusal) else "",
        amount=meaning.amount if isinstance(meaning, Fee) else "",
    )


def _in_time(message: Incoming, first_safe: date | None) -> bool | None:
    """GDPR Art. 12(3): within the first term; the safe reading takes the earlier local date for an act of theirs."""
    if first_safe is None:
        return None
    return min(message.fact.on, message.fact.on_theirs or message.fact.on) <= first_safe
