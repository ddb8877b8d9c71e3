"""One answer that many cases hold, read once: what a person found in it is written into the review of each case.

What it says of one person alone is not the same for all: that is reviewed in the case of that person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsar.core.demands import asked
from dsar.core.meanings import Answer, NoData, Refusal
from dsar.desk.batches import in_batches
from dsar.desk.errors import UnknownItemError
from dsar.desk.inbox_many import NotFiledError, cases, folded, in_case
from dsar.desk.office import read
from dsar.desk.reviewing import review
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.case import Case, Incoming
    from dsar.core.events import Status
    from dsar.desk.batches import Ran, Told
    from dsar.desk.office import Desk


class NoAnswerError(NotFoundError):
    """Nobody said that the message is an answer."""

    sentence = (
        "Message {id} is no answer in any of these cases: say what it is first, with `dsar classify answer --message "
        "{id} --campaign {campaign}`."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """What a person found in the answer: as in `reviewing.review`; `rest` is the status of every item not named."""

    found: Mapping[str, Status] = field(default_factory=dict)
    rest: Status | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The cases that hold an answer: in which nobody reviewed it, in which somebody did, in which it is no answer."""

    fresh: tuple[str, ...]
    reviewed: tuple[str, ...]
    others: tuple[str, ...]


def alike(desk: Desk, number: int, campaign: str) -> Alike:
    """The cases of a campaign that hold a message of the inbox, and whether it was reviewed in each.

    Raises:
        NoCampaignCaseError: the campaign has no case.
        NotFiledError: the message is in none of its cases.
        NoAnswerError: in none of them it was said to be an answer, a refusal or "no data".
    """
    ours = set(cases(desk, campaign))
    fresh, reviewed, others = [], [], []
    for ref in dict.fromkeys(ref for ref, _ in desk.vault.mail.get(number).filed):
        if ref not in ours:
            continue
        answers = _answers(desk, number, folded(desk, ref))
        if not answers:
            others.append(ref)
        elif all(one.review is not None for one in answers):
            reviewed.append(ref)
        else:
            fresh.append(ref)
    if not fresh and not reviewed:
        raise NoAnswerError(id=number, campaign=campaign) if others else NotFiledError(id=number)
    return Alike(fresh=tuple(fresh), reviewed=tuple(reviewed), others=tuple(others))


def entry(desk: Desk, number: int, ref: str) -> int:
    """The entry of an answer in one of its cases: what a person looks at, for all of them."""
    return _answers(desk, number, folded(desk, ref))[-1].n


def fitting(desk: Desk, refs: tuple[str, ...], finds: Finds) -> tuple[tuple[str, ...], dict[str, str]]:
    """The cases in which every item that was named was asked; and of the others, which one was not.

    Raises:
        UnknownItemError: an item that was asked in none of them.
    """
    named = (*finds.found, *finds.notes)
    known: dict[str, frozenset[str]] = {}
    for ref in refs:
        known[ref] = frozenset(demand.id for demand in folded(desk, ref).opened.demands)
    every = frozenset[str]().union(*known.values())
    for name in named:
        if name not in every:
            raise UnknownItemError(name=name, known=", ".join(sorted(every)))
    left = {ref: next(name for name in named if name not in items) for ref, items in known.items()
            if not items.issuperset(named)}  # fmt: skip
    return tuple(ref for ref in refs if ref not in left), left


def review_all(desk: Desk, number: int, refs: tuple[str, ...], finds: Finds, *, again: bool, told: Told) -> Ran:
    """Write what was found into the review of each case, batch by batch; where somebody reviewed it, only `again`.

    Raises:
        UnknownItemError: a fault that the law book does not know.
        NoStatusError: a note beside an item that has no status.
    """

    def act(ref: str) -> bool:
        case = read(desk, ref).case
        open_ = [one for one in _answers(desk, number, case) if again or one.review is None]
        rest = {item.demand.id: finds.rest for item in asked(case)} if finds.rest is not None else {}
        for message in open_:
            review(
                desk,
                ref,
                answer=message.n,
                found={**rest, **finds.found},
                notes=finds.notes,
                faults=finds.faults,
                cleared=finds.cleared,
            )
        return bool(open_)

    return in_batches(desk, refs, act, told)


def _answers(desk: Desk, number: int, case: Case) -> list[Incoming]:
    """A message in a case, as the answer that it was said to be; none where it is something else."""
    return [one for one in in_case(desk, number, case) if isinstance(one.meaning, Answer | Refusal | NoData)]
