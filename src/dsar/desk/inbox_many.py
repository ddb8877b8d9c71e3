"""One message for many cases: a company answers a thousand people with one mail.

The bytes are stored once. Each case gets its own fact, and a person says once what the message is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.events import Classified
from dsar.core.fold import fold
from dsar.core.matching import Correspondents
from dsar.core.message import plain_address
from dsar.desk.batches import Ran, Told, in_batches
from dsar.desk.counting import case_facts
from dsar.desk.entering import enter
from dsar.desk.inbox import NotOpenError
from dsar.desk.lists import current
from dsar.desk.lists import refs as refs_of
from dsar.desk.mailing import correspondent, of_register
from dsar.desk.office import read
from dsar.desk.recording import append
from dsar.errors import NotFoundError, UsageError
from dsar.vault.lists import lower
from dsar.vault.mailbox import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.case import Case, Incoming
    from dsar.core.casefacts import CaseFacts
    from dsar.core.meanings import Meaning
    from dsar.desk.office import Desk
    from dsar.vault.mailbox import Held, State


class NoCampaignCaseError(NotFoundError):
    """A campaign without a case, or none that was chosen."""

    sentence = "No case of the campaign {campaign} {what}: `dsar agenda --campaign {campaign}` lists them."


class WhichControllerError(UsageError):
    """The sender of a message is nobody's of the campaign."""

    sentence = (
        "The sender of message {id} is no known address of a controller of the campaign {campaign}: say whose answer "
        "it is, with --controller ID."
    )


class NotFiledError(NotFoundError):
    """A message that is in no case that was chosen."""

    sentence = "Message {id} is in none of these cases: enter it with `dsar inbox assign {id} --campaign ID` first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The cases that a message is meant for, those that have it already left out, and against whom they are."""

    held: Held
    refs: tuple[str, ...]
    there: int
    controllers: tuple[str, ...]


def waiting(desk: Desk, campaign: str = "", *, states: tuple[State, ...] = OPEN, after: int = 0) -> Iterator[Held]:
    """The messages in these states; of a campaign: proposed for a case of it, filed in one, or from its controllers.

    Raises:
        NoCampaignCaseError: it has no case.
    """
    held = desk.vault.mail.listed(states, after=after)
    if not campaign:
        return held
    ours = set(cases(desk, campaign))
    known = Correspondents(correspondent(*one) for one in current(desk).correspondents(campaign))

    def of_it(one: Held) -> bool:
        sender = plain_address(one.arrival.sender)
        refs = {*(guess.ref for guess in one.proposals), *(ref for ref, _ in one.filed)}
        return bool(ours & refs or known.at_address(sender) or known.at_domain(sender))

    return filter(of_it, held)


def aim(desk: Desk, number: int, campaign: str, *, controller: str = "", all_open: bool = False) -> Aim:
    """The cases of a campaign that a message is meant for: those that wait for an answer of whoever sent it.

    `all_open` takes those that were answered before, or that were not sent yet, too; `controller` is an id or a part of
    the name, where the sender does not say whose answer it is.

    Raises:
        NoCampaignCaseError: no case of the campaign is so.
        WhichControllerError: the sender is nobody's, and nobody was named.
        NotOpenError: the message was dismissed, or is a double of another.
    """
    held = desk.vault.mail.get(number)
    if held.state not in {*OPEN, "filed"}:
        raise NotOpenError(id=number, state=held.state)
    ours = set(cases(desk, campaign))
    if not controller:
        known = Correspondents(correspondent(*one) for one in current(desk).correspondents(campaign))
        sender = plain_address(held.arrival.sender)
        ours = {case.ref for case in known.at_address(sender) or known.at_domain(sender)}
        if not ours:
            raise WhichControllerError(id=number, campaign=campaign)
    wanted = [
        facts
        for facts in case_facts(desk, campaign)
        if facts.ref in ours and _named(controller, facts) and (_open(facts) if all_open else _waits(facts))
    ]
    if not wanted:
        what = "is open" if all_open else "waits for their answer (--all-open takes every open one)"
        raise NoCampaignCaseError(campaign=campaign, what=what)
    there = {ref for ref, _ in held.filed}
    names = tuple(sorted({facts.controller_name for facts in wanted}))
    chosen = tuple(facts.ref for facts in wanted if facts.ref not in there)
    return Aim(held=held, refs=chosen, there=len(wanted) - len(chosen), controllers=names)


def assign(
    desk: Desk, found: Aim, *, kinds: tuple[Meaning, ...] = (), on: date | None = None, told: Told
) -> tuple[Ran, tuple[str, ...]]:
    """Enter a message into the cases it is meant for, batch by batch: what was done, and warnings.

    Raises:
        NoDateError, FutureDateError: the day on which it came must be said.
    """
    taken = of_register(desk, found.held)
    warnings: dict[str, None] = {}

    def act(ref: str) -> bool:
        # somebody may have filed it meanwhile
        if any(one == ref for one, _ in desk.vault.mail.entries(found.held.id, ref)):
            return False
        _, _, said = enter(desk, read(desk, ref), taken, found.held.id, on=on, kinds=kinds, note="")
        warnings.update(dict.fromkeys(said))
        return True

    return in_batches(desk, found.refs, act, told), tuple(warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message in its cases: where nobody said what it is, in how many it is that already, where something else."""

    fresh: tuple[str, ...]
    same: int
    other: tuple[str, ...]


def standing(desk: Desk, number: int, kind: Meaning, campaign: str = "") -> Reading:
    """Look at a message in each case (of a campaign) that it was filed in.

    Raises:
        NotFiledError: it is in no such case.
    """
    ours = set(cases(desk, campaign)) if campaign else None
    fresh, same, other = [], 0, []
    for ref in dict.fromkeys(ref for ref, _ in desk.vault.mail.get(number).filed):
        if ours is None or ref in ours:
            found = [one.meaning for one in in_case(desk, number, folded(desk, ref))]
            if any(one is None for one in found):
                fresh.append(ref)
            elif all(one == kind for one in found):
                same += 1
            elif found:
                other.append(ref)
    if not fresh and not same and not other:
        raise NotFiledError(id=number)
    return Reading(fresh=tuple(fresh), same=same, other=tuple(other))


def classify(desk: Desk, number: int, kind: Meaning, refs: tuple[str, ...], told: Told) -> Ran:
    """A person says once what a message is, in each of these cases: every case gets its own entry."""

    def act(ref: str) -> bool:
        file = read(desk, ref)
        facts = [
            Classified(on=message.fact.on, message=message.n, meaning=kind)
            for message in in_case(desk, number, file.case)
            if message.meaning != kind
        ]
        if facts:
            append(desk, file, *facts)
        return bool(facts)

    return in_batches(desk, refs, act, told)


def in_case(desk: Desk, number: int, case: Case) -> list[Incoming]:
    """A message of the inbox in a case: each of its entries that was not taken out again."""
    numbers = {n for _, n in desk.vault.mail.entries(number, case.ref)}
    return [one for one in case.messages if one.n in numbers]


def folded(desk: Desk, ref: str) -> Case:
    """A case without what follows from it: what a message is, a person has said."""
    return fold(ref, desk.vault.log(ref), desk.today)


def cases(desk: Desk, campaign: str) -> list[str]:
    """The cases of a campaign.

    Raises:
        NoCampaignCaseError: it has none.
    """
    found = refs_of(desk, campaign=campaign)
    if not found:
        raise NoCampaignCaseError(campaign=campaign, what="was opened")
    return found


def _named(wanted: str, facts: CaseFacts) -> bool:
    return not wanted or wanted == facts.controller or lower(wanted) in lower(facts.controller_name)


def _open(facts: CaseFacts) -> bool:
    return facts.closed_on is None


def _waits(facts: CaseFacts) -> bool:
    return _open(facts) and facts.sent_on is not None and facts.first_answer is None
