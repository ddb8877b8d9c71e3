"""What the reviewed answers lack and what their readers found wrong in them, each as the breach that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.breach import Breach, distinct
from dsar.core.demands import Asked, asked

if TYPE_CHECKING:
    from dsar.core.case import Case, Incoming
    from dsar.core.law import Law

_FEW = 4
# What a question of the data subject's own belongs to: it is in no law book
_OWN_QUESTION = "incomplete-answer"
_OWN_QUESTION_ELSEWHERE = "not-acted-on"


def content(case: Case, law: Law) -> list[Breach]:
    """The breaches of the reviewed answers, from the day of the last of them on; a breach that was found twice once."""
    lacking = _lacking(case, law)
    found = {breach.id: breach for breach in lacking}
    return [*lacking, *(fault for fault in _faults(case, law) if fault.id not in found)]


def _lacking(case: Case, law: Law) -> list[Breach]:
    reviewed = [message for message in case.messages if message.review is not None]
    if not reviewed:
        return []
    state = asked(case)
    groups: dict[str, list[Asked]] = {}
    for item in state:
        name = _raised(item, state, law)
        if name:
            groups.setdefault(name, []).append(item)
    last = reviewed[-1]
    return [
        Breach(
            id=name,
            cites=_cites(law, name, items),
            since=last.fact.on,
            assertable_from=last.fact.on,
            proof=tuple(message.n for message in reviewed),
            day=last.fact.on,
            messages=(last.n,),
            lacking=tuple(item.demand.id for item in items),
            note=_noted(reviewed, name),
        )
        for name, items in groups.items()
    ]


def _raised(item: Asked, state: tuple[Asked, ...], law: Law) -> str:
    """The breach that the lack of one demand raises; empty if there is none, or not yet."""
    if not item.lacking or (item.demand.right == "erasure" and not _erasure_due(item, state)):
        return ""
    rule = law.demands.get(item.demand.id)
    if rule is None:
        return _OWN_QUESTION if item.demand.right == "access" else _OWN_QUESTION_ELSEWHERE
    if any(other.demand.id in rule.unless and other.status == "given" for other in state):
        return ""
    return rule.refusal if item.status == "refused" and rule.refusal else rule.breach


def _erasure_due(item: Asked, state: tuple[Asked, ...]) -> bool:
    """Whether erasure was owed: our letters ask for it only once access is complete, unless it is refused outright."""
    access = [other for other in state if other.demand.right == "access"]
    return item.status == "refused" or not any(other.lacking for other in access)


def _cites(law: Law, name: str, items: list[Asked]) -> tuple[str, ...]:
    """The provisions of what is lacking where they are few; of the whole answer where it lacks most of it."""
    rules = (law.demands.get(item.demand.id) for item in items)
    own = distinct(cite for rule in rules if rule is not None for cite in rule.cites)
    return own if 0 < len(own) <= _FEW else law.breaches[name].cites


def _noted(reviewed: list[Incoming], name: str) -> str:
    """What the readers wrote beside that fault, if they found it too."""
    notes = (
        fault.note
        for message in reviewed
        if message.review is not None
        for fault in message.review[1].faults
        if fault.breach == name
    )
    return " ".join(distinct(notes))


def _faults(case: Case, law: Law) -> list[Breach]:
    """What the reader of an answer found wrong in it: breaches from the day of the answer."""
    return [
        Breach(
            id=fault.breach,
            cites=law.breaches[fault.breach].cites,
            since=message.fact.on,
            assertable_from=message.fact.on,
            proof=(message.n,),
            day=message.fact.on,
            messages=(message.n,),
            note=fault.note,
        )
        for message in case.messages
        for fault in (message.review[1].faults if message.review is not None else ())
    ]
