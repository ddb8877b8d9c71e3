"""What the other side did wrong, read from the facts: each breach with its proof and the first day to assert it.

A breach by conduct may be asserted from the day of the conduct, missing content from the day of the answer, lateness
and silence only after the safe date. Nothing is raised before the facts that make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.core.deadlines import Calendars, Deadline, answer_due, met_on
from dsar.core.demands import Asked, asked
from dsar.core.happened import incidents
from dsar.core.incidents import Extended
from dsar.core.meanings import Answer, Extension, Fee, IdentityDemand, NoData, PortalRedirect, Refusal
from dsar.core.receipts import receipt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.case import Case, Incoming
    from dsar.core.law import Law
    from dsar.core.meanings import Meaning

_OBSTACLES_THAT_HINDER = 2
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A wrong with its day. `since` is when it was done or began, `assertable_from` the first day to allege it.

    `proof` are entries of the log; `messages` the messages complained of; `items` what these demanded; `lacking` the
    ids of the demands not given; `note` the reader's own words. `day` is the day of the message or answer concerned.
    """

    id: str
    cites: tuple[str, ...]
    since: date
    assertable_from: date
    proof: tuple[int, ...]
    day: date | None = None
    messages: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    note: str = ""


def breaches(case: Case, law: Law, due: tuple[Deadline, ...], calendars: Calendars, today: date) -> tuple[Breach, ...]:
    """Every breach that the facts show on a day, in the order of the days from which they may be asserted."""
    found = [
        *_time(case, law, due, today),
        *_extension(case, law, calendars),
        *_conduct(case, law),
        *_hindered(case, law),
        *_content(case, law),
        *_faults(case, law),
    ]
    seen = [breach for breach in found if breach.assertable_from <= today]
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
    cites = _under(case, law, law.breaches[name].cites)
    return [Breach(id=name, cites=cites, since=first, assertable_from=first, proof=proof, day=reply.met)]


def _under(case: Case, law: Law, cites: tuple[str, ...]) -> tuple[str, ...]:
    """The provisions of the law under which the request was made: the period's own, and those of the same source."""
    regime = law.regime(case.opened.regime, case.opened.on)
    if regime is None:
        return cites
    source = regime.period_cite.partition(":")[0]
    return _distinct((regime.period_cite, *(cite for cite in cites if cite.partition(":")[0] == source)))


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
    without = tuple(i for i in incidents(case, "safe") if not isinstance(i, Extended))
    _, first_term, _ = answer_due(regime, calendars, (arrived.strict, arrived.safe), (without, without))
    if first_term is None:
        return []
    in_time = [message for message in taken if _left(message) <= first_term]
    if not in_time:
        return [_by_message(law, "extension-late", taken[0], taken[0].fact.on)]
    without_reasons = [m for m in in_time if isinstance(m.meaning, Extension) and m.meaning.reasons is False]
    _, answered = met_on(case, since=None)
    if len(without_reasons) < len(in_time) or (answered is not None and answered <= first_term):
        return []  # one of them says why, or nobody noted it, or no extension was needed in the end
    # the reasons could still follow until the first term had ended
    return [_by_message(law, "extension-no-reasons", in_time[0], first_term + timedelta(days=1))]


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
        items=_items(message.meaning),
    )


def _items(meaning: Meaning | None) -> tuple[str, ...]:
    match meaning:
        case IdentityDemand(items=items):
            return items
        case Fee(amount=amount):
            return (amount,)
        case _:
            return ()


_CONDUCT: tuple[tuple[str, type[Meaning]], ...] = (
    ("identity-excessive", IdentityDemand),
    ("fee", Fee),
    ("portal-only", PortalRedirect),
)


def _unjustified(case: Case, kind: type[Meaning]) -> tuple[Incoming, ...]:
    return tuple(m for m in case.meaning(kind) if m.judged is not None and not m.judged[1].justified)


def _conduct(case: Case, law: Law) -> list[Breach]:
    """Demands, fees and redirects that a person found unjustified: breaches from the day of the conduct itself."""
    found = []
    for name, kind in _CONDUCT:
        messages = _unjustified(case, kind)
        if not messages:
            continue
        reasons = _distinct(m.judged[1].because for m in messages if m.judged)
        found.append(
            Breach(
                id=name,
                cites=law.breaches[name].cites,
                since=messages[0].fact.on,
                assertable_from=messages[0].fact.on,
                proof=tuple(m.n for m in messages),
                day=messages[0].fact.on,
                messages=tuple(m.n for m in messages),
                items=_distinct(item for m in messages for item in _items(m.meaning)),
                note=" ".join(reasons),
            )
        )
    return found


def _hindered(case: Case, law: Law) -> list[Breach]:
    # GDPR Art. 12(2). One unjustified obstacle is its own breach; a second one shows that the exercise was hindered.
    met = [message for _, kind in _CONDUCT for message in _unjustified(case, kind)]
    met.sort(key=lambda message: (message.fact.on, message.n))
    if len(met) < _OBSTACLES_THAT_HINDER:
        return []
    since = met[_OBSTACLES_THAT_HINDER - 1].fact.on
    numbers = tuple(message.n for message in met)
    cites = law.breaches["hindered"].cites
    return [
        Breach(
            id="hindered", cites=cites, since=since, assertable_from=since, proof=numbers, day=since, messages=numbers
        )
    ]


def _content(case: Case, law: Law) -> list[Breach]:
    """What the reviewed answers lack: of the access demands, and of the erasure."""
    reviewed = [message for message in case.messages if message.review is not None]
    if not reviewed:
        return []
    state = asked(case)
    groups = (
        ("incomplete-answer", [item for item in state if item.lacking and item.demand.right != "erasure"]),
        (
            "not-erased",
            [item for item in state if item.lacking and _erasure_due(item, state)],
        ),
    )
    last = reviewed[-1]
    return [
        Breach(
            id=name,
            cites=_content_cites(law, name, lacking),
            since=last.fact.on,
            assertable_from=last.fact.on,
            proof=tuple(message.n for message in reviewed),
            day=last.fact.on,
            messages=(last.n,),
            lacking=tuple(item.demand.id for item in lacking),
        )
        for name, lacking in groups
        if lacking
    ]


def _erasure_due(item: Asked, state: tuple[Asked, ...]) -> bool:
    """Whether erasure was owed: our letters ask for it only once access is complete, unless it is refused outright."""
    if item.demand.right != "erasure":
        return False
    access = [other for other in state if other.demand.right == "access"]
    return item.status == "refused" or not any(other.lacking for other in access)


def _content_cites(law: Law, name: str, items: list[Asked]) -> tuple[str, ...]:
    """The provisions of what is lacking where they are few; of the whole answer where it lacks most of it."""
    rules = (law.demands.get(item.demand.id) for item in items)
    own = _distinct(cite for rule in rules if rule is not None for cite in rule.cites)
    return own if 0 < len(own) <= _FEW else law.breaches[name].cites


def _faults(case: Case, law: Law) -> list[Breach]:
    """What the reader of an answer found wrong in it: breaches from the day of the answer."""
    found = []
    for message in case.messages:
        for fault in message.review[1].faults if message.review is not None else ():
            rule = law.breaches[fault.breach]
            found.append(
                Breach(
                    id=fault.breach,
                    cites=rule.cites,
                    since=message.fact.on,
                    assertable_from=message.fact.on,
                    proof=(message.n,),
                    day=message.fact.on,
                    messages=(message.n,),
                    note=fault.note,
                )
            )
    return found


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
