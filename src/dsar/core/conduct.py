"""Breaches by conduct: what a person found unjustified in their messages, from the day of the message itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.breach import Breach, distinct
from dsar.core.chronology import meaning_name
from dsar.core.meanings import Fee, IdentityDemand

if TYPE_CHECKING:
    from dsar.core.case import Case, Incoming
    from dsar.core.events import Judged
    from dsar.core.law import Law
    from dsar.core.meanings import Meaning

_OBSTACLES_THAT_HINDER = 2
# An obstacle to the exercise of a right is what Art. 12 GDPR forbids: paragraphs 2, 5 and 6
_OBSTACLE = "gdpr:12."


def conduct(case: Case, law: Law) -> list[Breach]:
    """Demands, fees, redirects and refusals that a person found unjustified, each under the breach that they named."""
    found: dict[str, list[tuple[Incoming, Judged]]] = {}
    for message in case.messages:
        for judged in message.held_unjustified:
            name = breach_of(message, judged, law)
            if name:
                found.setdefault(name, []).append((message, judged))
    return [
        Breach(
            id=name,
            cites=law.breaches[name].cites,
            since=pairs[0][0].fact.on,
            assertable_from=pairs[0][0].fact.on,
            proof=tuple(message.n for message, _ in pairs),
            day=pairs[0][0].fact.on,
            messages=tuple(message.n for message, _ in pairs),
            items=distinct(item for message, _ in pairs for item in items(message.meaning)),
            note=" ".join(distinct(judged.because for _, judged in pairs)),
        )
        for name, pairs in found.items()
    ]


def breach_of(message: Incoming, judged: Judged, law: Law) -> str:
    """The breach that a judgment alleges: the one it names, else the usual one of such a message; empty if none."""
    if judged.breach:
        return judged.breach if judged.breach in law.breaches else ""
    return law.usual(meaning_name(message.meaning)) if message.meaning is not None else ""


def hindered(case: Case, law: Law) -> list[Breach]:
    """GDPR Art. 12(2): an unjustified obstacle is its own breach; a second one hinders the exercise of the right."""
    met = [message for message in case.messages if _is_obstacle(message, law)]
    if len(met) < _OBSTACLES_THAT_HINDER:
        return []
    met.sort(key=lambda message: (message.fact.on, message.n))
    since = met[_OBSTACLES_THAT_HINDER - 1].fact.on
    numbers = tuple(message.n for message in met)
    return [
        Breach(
            id="hindered",
            cites=law.breaches["hindered"].cites,
            since=since,
            assertable_from=since,
            proof=numbers,
            day=since,
            messages=numbers,
        )
    ]


def _is_obstacle(message: Incoming, law: Law) -> bool:
    names = (breach_of(message, judged, law) for judged in message.held_unjustified)
    return any(cite.startswith(_OBSTACLE) for name in names if name for cite in law.breaches[name].cites)


def items(meaning: Meaning | None) -> tuple[str, ...]:
    """What a message demanded: pieces of identity, or an amount."""
    match meaning:
        case IdentityDemand(items=asked):
            return asked
        case Fee(amount=amount):
            return (amount,)
        case _:
            return ()
