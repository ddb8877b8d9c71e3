"""The complaint of many in words: what is common to all, each grievance once with the numbers of those who have it.

It names nobody but by number, so that each complainant may have a copy. What is said of a number is what the facts of
that one case bear on the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.brief import Brief, Collective, Grievance, IdentitySoFar, ReplyDue, RequestMade, SharedGrievance
from dsar.core.collective import ranges
from dsar.core.meanings import Answer, NoData, Refusal
from dsar.core.rights import ordered
from dsar.core.under import of_case
from dsar.desk import briefing
from dsar.desk.collective_errors import NotSentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dsar.core.exhibits import Piece
    from dsar.core.law import Authority, Law
    from dsar.core.letter import Letter
    from dsar.core.parties import Controller, Mandate, Person
    from dsar.desk.office import Desk, File
    from dsar.letters.front import Template
    from dsar.letters.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one case tells the complaint: number `n`, when what came, the grievances that may be asserted today.

    `mandate` is the number of the exhibit, `processing` what the mandate says of it; `arrived` and `due` as far as they
    are certain in the safe reading; `received` the day that decides which version of the law is cited.
    """

    n: int
    country: str
    rights: tuple[str, ...]
    kind: str
    mandate: int
    processing: str
    sent: date
    arrived: date | None
    due: date | None
    answered: bool
    received: date | None
    grievances: tuple[Grievance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who complains of whom, to whom; `proofs` are the exhibits of the body's constitution."""

    ref: str
    regime: str
    agent: Person
    controller: Controller
    authority: Authority
    proofs: tuple[int, ...]


def told(  # noqa: PLR0917 - a case, and what it is called in the complaint
    desk: Desk, words: Words, file: File, n: int, found: tuple[Piece, ...], mandate: Mandate
) -> Told:
    """What a case tells; `found` are its exhibits under the numbers of the complaint, the mandate first.

    Raises:
        NotSentError: no sending of its request is recorded, and the complaint says when it was sent.
    """
    opened = file.case.opened
    request, reply = briefing.request(file, words), file.deadline("reply")
    if request.sent_on is None:
        raise NotSentError(ref=file.case.ref)
    return Told(
        n=n,
        country=opened.subject.address.country,
        rights=opened.rights,
        kind=mandate.kind,
        mandate=found[0].number,
        processing=mandate.processing,
        sent=request.sent_on,
        arrived=request.received_on,
        due=reply.safe if reply is not None else None,
        answered=bool(file.case.meaning(Answer, NoData, Refusal)),
        received=of_case(file.case, file.law, desk.today).received,
        grievances=briefing.grievances(file, desk, words, found),
    )


def shared_grievances(everybody: Sequence[Told]) -> tuple[SharedGrievance, ...]:
    """Each grievance once, the one that most people have first; the letter numbers them in this order."""
    held: dict[str, list[tuple[int, Grievance]]] = {}
    for one in everybody:
        for grievance in one.grievances:
            held.setdefault(grievance.id, []).append((one.n, grievance))
    found = [_shared(some) for some in held.values()]
    return tuple(sorted(found, key=lambda one: -one.count))


def _shared(some: Sequence[tuple[int, Grievance]]) -> SharedGrievance:
    first = some[0][1]
    numbers = {n for n, _ in some}
    cites = tuple(dict.fromkeys(cite for _, grievance in some for cite in grievance.cites))
    days = [grievance.since for _, grievance in some]
    # what happened differs from one to the other: it stands in the annexes
    common = replace(first, facts="", exhibits=(), cites=cites, since=min(days))
    return SharedGrievance(
        grievance=common, count=len(numbers), of=ranges(numbers), since_first=min(days), since_last=max(days)
    )


def collective(everybody: Sequence[Told], parties: Parties) -> Collective:
    """The complainants, counted."""
    arrived = [one.arrived for one in everybody if one.arrived is not None]
    due = [one.due for one in everybody if one.due is not None]
    processing = {one.processing for one in everybody}
    answered = sum(one.answered for one in everybody)
    return Collective(
        count=len(everybody),
        numbers=ranges(one.n for one in everybody),
        kinds=tuple(dict.fromkeys(one.kind for one in everybody)),
        mandates=ranges(one.mandate for one in everybody),
        proofs=ranges(parties.proofs),
        sent_first=min(one.sent for one in everybody),
        sent_last=max(one.sent for one in everybody),
        arrived_first=min(arrived, default=None),
        arrived_last=max(arrived, default=None),
        due_first=min(due, default=None),
        due_last=max(due, default=None),
        answered=answered,
        silent=len(everybody) - answered,
        residents=all(one.country == parties.authority.country for one in everybody),
        processing=processing.pop() if len(processing) == 1 else "",
        grievances=shared_grievances(everybody),
    )


def letter(  # noqa: PLR0917 - what it is made from
    desk: Desk, words: Words, law: Law, template: Template, parties: Parties, everybody: Sequence[Told]
) -> Letter:
    """The complaint of these people.

    Raises:
        MissingValueError, TooEarlyError: nothing may be alleged today.
    """
    from dsar.letters.fill import fill  # noqa: PLC0415 - jinja2 is loaded with the letters

    received = min((one.received for one in everybody if one.received is not None), default=None)
    told_all = _brief(desk, words, template, parties, everybody)
    return fill(template, told_all, law, words, banner=desk.banner, received=received)


def _brief(desk: Desk, words: Words, template: Template, parties: Parties, everybody: Sequence[Told]) -> Brief:
    """The brief of the letter: nobody in it is a data subject, for none of them may be named."""
    counted = collective(everybody, parties)
    enclosed = ("table", "annexes")
    return Brief(
        kind=template.kind,
        lang=template.lang,
        ref=parties.ref,
        today=desk.today,
        regime=parties.regime,
        rights=ordered(tuple({right for one in everybody for right in one.rights})),
        subject=parties.agent,
        sender=parties.agent,
        agent=parties.agent,
        on_behalf=False,
        mandate=None,
        controller=parties.controller,
        purpose="",
        id_data=(),
        demands=(),
        request=RequestMade(issued_on=None, sent_on=counted.sent_first, channels=(), received_on=counted.arrived_first),
        reply=ReplyDue(strict=None, safe=counted.due_first, late_days=0),
        messages=(),
        question=None,
        answer=None,
        identity=IdentitySoFar(demanded=(), given=(), refused=(), known=()),
        notice=None,
        grievances=tuple(one.grievance for one in counted.grievances),
        chronology=(),
        authority=parties.authority,
        previous=(),
        enclosures=(
            *(words.say("collective", f"enclosure.{name}", numbers=counted.numbers) for name in enclosed),
            words.say("labels", "enclosure.exhibits"),
        ),
        collective=counted,
    )
