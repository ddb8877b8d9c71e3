"""What the other side did wrong, read from the facts: each breach with its proof and the first day to assert it.

A breach by conduct may be asserted from the day of the conduct, missing content from the day of the answer, lateness
and silence only after the safe date. Nothing is raised before the facts that make it, and nothing whose provision the
law of the case does not have.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.core.breach import Breach
from dsar.core.conduct import conduct, hindered, items
from dsar.core.content import content
from dsar.core.deadlines import Calendars, Deadline, first_term, met_on
from dsar.core.meanings import Answer, Extension, NoData, Refusal
from dsar.core.receipts import receipt
from dsar.core.under import of_case

if TYPE_CHECKING:
    from dsar.core.case import Case, Incoming
    from dsar.core.law import Law


def breaches(case: Case, law: Law, due: tuple[Deadline, ...], calendars: Calendars, today: date) -> tuple[Breach, ...]:
    """Every breach that the facts show on a day, in the order of the days from which they may be asserted."""
    found = [
        *_time(case, law, due, today),
        *_extension(case, law, calendars),
        *conduct(case, law),
        *hindered(case, law),
        *content(case, law),
    ]
    under = of_case(case, law, today)
    seen = [
        replace(breach, cites=cites)
        for breach in found
        if breach.assertable_from <= today and (cites := under.alleged(breach.id, breach.cites))
    ]
    return tuple(sorted(seen, key=lambda breach: (breach.assertable_from, breach.id)))


def _time(case: Case, law: Law, due: tuple[Deadline, ...], today: date) -> list[Breach]:
    # GDPR Art. 12(3)-(4): silence and lateness, never before the safe date has passed
    reply = next((deadline for deadline in due if deadline.id == "reply"), None)
    if reply is None or reply.safe is None or not reply.missed(today):
        return []
    name = "no-answer" if reply.met is None else "late-answer"
    first = reply.safe + timedelta(days=1)
    answered = [m.n for m in case.meaning(Answer, Refusal, NoData) if m.fact.on == reply.met]
    proof = (*_request_proof(case), *answered)
    cites = law.breaches[name].cites
    return [Breach(id=name, cites=cites, since=first, assertable_from=first, proof=proof, day=reply.met)]


def _request_proof(case: Case) -> tuple[int, ...]:
    request = case.request
    if request is None:
        return ()
    sendings = [number for sent in request.sendings for number in (sent.n, *(n for n, _ in sent.deliveries))]
    return (request.n, *sendings)


def _extension(case: Case, law: Law, calendars: Calendars) -> list[Breach]:
    # GDPR Art. 12(3): within the first term, and with its reasons; the safe end of that term decides
    request = case.request
    taken = case.meaning(Extension)
    if request is None or not taken:
        return []
    arrived = receipt(case, request)
    regime = law.regime(case.opened.regime, arrived.strict or request.fact.on)
    if regime is None or regime.extended is None:
        return []
    first = first_term(case, law, calendars)
    if first is None:
        return []
    in_time = [message for message in taken if _left(message) <= first]
    if not in_time:
        return [_by_message(law, "extension-late", taken[0], taken[0].fact.on)]
    without_reasons = [m for m in in_time if isinstance(m.meaning, Extension) and m.meaning.reasons is False]
    _, answered = met_on(case, since=None)
    if len(without_reasons) < len(in_time) or (answered is not None and answered <= first):
        return []  # one of them says why, or nobody noted it, or no extension was needed in the end
    # the reasons could still follow until the first term had ended
    return [_by_message(law, "extension-no-reasons", in_time[0], first + timedelta(days=1))]


def _left(message: Incoming) -> date:
    """The day of an act of theirs as the safe reading counts it: the earlier of the two local dates."""
    return min(message.fact.on, message.fact.on_theirs or message.fact.on)


def _by_message(law: Law, name: str, message: Incoming, since: date) -> Breach:
    return Breach(
        id=name,
        cites=law.breaches[name].cites,
        since=since,
        assertable_from=since,
        proof=(message.n,),
        day=message.fact.on,
        messages=(message.n,),
        items=items(message.meaning),
    )
