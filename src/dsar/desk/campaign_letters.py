"""Letters for every case of a campaign whose next step they are: reminders, notices, what an answer lacks.

A reminder goes by the strict date, a formal notice by the safe one: what the case itself names as its next step
decides, and nothing that speaks against it is overridden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from dsar.core.demands import asked
from dsar.core.matching import Correspondents
from dsar.core.message import plain_address
from dsar.desk import drafting
from dsar.desk.allowing import BouncedError, NotClassifiedError, open_bounces
from dsar.desk.campaign_post import posted, unsent
from dsar.desk.campaign_run import OF_ALL
from dsar.desk.lists import current
from dsar.desk.mailing import correspondent
from dsar.desk.office import read
from dsar.errors import ConflictError, DsarError, StateError
from dsar.vault.mailbox import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dsar.desk.campaign_post import Post
    from dsar.desk.campaign_run import Around
    from dsar.desk.office import Desk, File

Kind = Literal["reminder", "notice", "incomplete"]

# the next steps that name the letter and have nothing against them: see `core/standing`
_STEPS: dict[Kind, tuple[str, ...]] = {
    "reminder": ("remind", "remind-late"),
    "notice": ("notice",),
    "incomplete": ("incomplete",),
}


class InInboxError(StateError):
    """The answer may lie in the inbox."""

    sentence = (
        "Message {n} waits in the inbox, and may be their answer in case {ref}: enter it with `dsar inbox assign {n} "
        "{ref}`, or put it away with `dsar inbox dismiss {n} --reason TEXT`, before they are reminded or accused."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What to write: `again` are the days after which a reminder is followed by another; None: by none.

    `post` is how the letters leave by mail; None: they do not. `term_days` is the term that a notice sets.
    """

    kind: Kind
    again: int | None = None
    term_days: int | None = None
    limit: int | None = None
    post: Post | None = None
    dry_run: bool = False


@dataclass(slots=True)
class Followed:
    """What became of it: the cases whose letter was issued (or would be), how many left, and what stood in the way."""

    refs: list[str] = field(default_factory=list)
    sent: int = 0
    stopped: bool = False
    problems: dict[str, str] = field(default_factory=dict)


def follow(desk: Desk, refs: Iterable[str], wanted: Follow, around: Around) -> Followed:
    """Draft and issue the letter in each case that allows it today; a case that has it gets none again.

    Raises:
        BusyError, DamagedError, UnwritableError: the vault cannot be written.
        NetworkError: the mail server fails for one letter after the other.
        NoServerError, OtherDayError, ReconstructionError: no letter can leave so.
    """
    from dsar.letters.once import reading_once  # noqa: PLC0415 - loaded with the letters

    done, unread = Followed(), _in_inbox(desk)
    with reading_once():
        for ref in refs:
            done.stopped = around.stop()
            if done.stopped or (wanted.limit is not None and len(done.refs) >= wanted.limit):
                break
            desk = around.fresh(desk)
            try:
                _followed(desk, ref, wanted, done, unread)
            except OF_ALL:
                raise
            except ConflictError:
                continue  # somebody else writes to the case: the next run looks at it again
            except DsarError as error:
                done.problems[ref] = str(error)
    return done


def _in_inbox(desk: Desk) -> dict[str, int]:
    """The cases to which a message that waits in the inbox may belong, each with its number there."""
    waiting, found = tuple(desk.vault.mail.listed(OPEN)), dict[str, int]()
    if not waiting:
        return found
    known = Correspondents(correspondent(*one) for one in current(desk).correspondents())
    for held in waiting:
        sender = plain_address(held.arrival.sender)
        cases = known.at_address(sender) or known.at_domain(sender)
        for ref in {*(guess.ref for guess in held.proposals), *(case.ref for case in cases)}:
            found.setdefault(ref, held.id)
    return found


def _refuse_unread(file: File, unread: Mapping[str, int]) -> None:
    ref = file.case.ref
    if ref in unread:
        raise InInboxError(n=unread[ref], ref=ref)
    for message in file.case.messages:
        if message.meaning is None:
            raise NotClassifiedError(ref=ref, n=message.n)
    for message in open_bounces(file.case):
        raise BouncedError(ref=ref, n=message.n)


def _followed(desk: Desk, ref: str, wanted: Follow, done: Followed, unread: Mapping[str, int]) -> None:
    file = read(desk, ref)
    letter = _waiting(file, wanted.kind)
    if letter is None and not due(file, desk, wanted):
        return
    _refuse_unread(file, unread)
    if letter is None:
        drafted = drafting.draft(desk, ref, drafting.Wish(kind=wanted.kind, term_days=wanted.term_days))
        if not wanted.dry_run:
            _, letter = drafting.issue(desk, drafted)
        done.refs.append(ref)
    if letter is None or wanted.post is None:
        return
    trouble = posted(desk, ref, letter, wanted.post)
    if trouble:
        done.problems[ref] = trouble
    done.sent += trouble == ""


def _waiting(file: File, kind: Kind) -> int | None:
    """The letter of that kind that was issued and has not left."""
    return next((one.n for one in unsent(file.case) if one.fact.kind == kind), None)


def due(file: File, desk: Desk, wanted: Follow) -> bool:
    """Whether the letter is a next step of the case today, and was not written before."""
    names = _STEPS[wanted.kind]
    if not any(step.id in names and not step.against for step in file.standing.steps):
        return False
    if wanted.kind == "incomplete":
        # where only faults were found, the letter would list nothing
        return any(item.lacking for item in asked(file.case))
    if wanted.kind == "notice":
        return True  # a case in which one was given names no other
    written = [one.fact.on for one in file.case.letters if one.fact.kind == "reminder"]
    if not written:
        return True
    return wanted.again is not None and max(written) + timedelta(days=wanted.again) <= desk.today
