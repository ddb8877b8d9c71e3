"""A wave of a campaign: each seat gets its case, its letter, and its mail. Interrupted anywhere, it goes on.

What a seat needs is made first, and nothing is written. Then one transaction writes all of it: the case, the letter
and the state of the seat, which is read again before. So two runs at once, or one that was killed, double nothing.
Whether a mail left is known to the outbox alone, and what is unsure there is never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsar.core.events import Assigned, Entry
from dsar.desk import campaigning, drafting, kept, opening
from dsar.desk.accounts import NoServerError
from dsar.desk.allowing import need_mandate
from dsar.desk.campaign_post import Post, post
from dsar.desk.campaign_whom import UnmandatedError, wish
from dsar.desk.errors import MandateNeededError, NoMandateError, WrongMandateError
from dsar.desk.office import read, reading
from dsar.desk.recording import append
from dsar.desk.sending import OtherDayError, ReconstructionError
from dsar.errors import ConflictError, DsarError, NetworkError, StateError
from dsar.vault.connection import BusyError, DamagedError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.core.campaign import Campaign, Seat
    from dsar.core.events import Event
    from dsar.desk.campaign_whom import Rolls
    from dsar.desk.drafting import Drafted
    from dsar.desk.office import Desk

OF_ALL = (
    *(BusyError, DamagedError, UnwritableError, NetworkError),
    *(NoServerError, OtherDayError, ReconstructionError),
)
"""What no other seat would be spared: the run ends there."""

OF_THE_MANDATE = (UnmandatedError, MandateNeededError, NoMandateError, WrongMandateError)
ENOUGH = 10
"""So many seats in a row that fail alike mean that something else is wrong than the seats."""


class AllFailError(StateError):
    """Something is wrong that is not of one seat."""

    sentence = (
        "{count} seats in a row could not be written for the same reason, so the run has stopped: {why} Mend it, then "
        "take them in again with `dsar campaign run {id} --retry`."
    )


class TakenError(ConflictError):
    """Another run has written the seat since it was read."""

    sentence = "Another run has taken the seat {id}: nothing was written for it by this one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a run is to do: of which wave (None: all), how far, with how many seats; `retry` takes in what was left out.

    `post` is how letters leave by mail; None: they do not.
    """

    wave: int | None = None
    draft_only: bool = False
    limit: int | None = None
    retry: bool = False
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a run asks of those around it.

    `fresh` gives the desk the instant that it is now, `stop` says whether a person wants to end after the present seat,
    `told` hears of each seat that is done, with how many are done of how many.
    """

    fresh: Callable[[Desk], Desk] = lambda desk: desk
    stop: Callable[[], bool] = lambda: False
    told: Callable[[Seat, int, int], None] = lambda _seat, _done, _of: None


@dataclass(slots=True)
class Ran:
    """What became of a run. `left_out` and `trouble` count seats by the reason; `waiting` are those not reached."""

    drafted: int = 0
    issued: int = 0
    sent: int = 0
    waiting: int = 0
    stopped: bool = False
    left_out: dict[str, int] = field(default_factory=dict)
    trouble: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """All that a seat needs, and nothing of it written: the first facts of its case, and the draft of its letter."""

    ref: str
    events: tuple[Event, ...]
    drafted: Drafted
    notes: tuple[str, ...]

    @property
    def mandate(self) -> str:
        """The id of the mandate under which it is written; empty for a request of one's own."""
        held = self.drafted.file.case.opened.mandate
        return held.id if held is not None else ""


def run(desk: Desk, rolls: Rolls, id: str, wanted: Wanted, around: Around) -> Ran:  # noqa: A002 - its own name
    """Take the seats of a campaign as far as is wanted, one after the other.

    Raises:
        NoCampaignError: there is none.
        AllFailError: seat after seat fails for the same reason.
        BusyError, DamagedError, UnwritableError: the vault cannot be written.
        NetworkError: the mail server fails for one letter after the other.
        NoServerError, OtherDayError, ReconstructionError: no letter can leave so.
    """
    from dsar.letters.once import reading_once  # noqa: PLC0415 - loaded with the letters

    plan, ran = campaigning.campaign(desk, id), Ran()
    todo = [one.id for one in campaigning.seats(desk, plan.id, wanted.wave) if due(one, wanted)]
    alike: tuple[type, int] = (DsarError, 0)
    with reading_once():
        for place, name in enumerate(todo):
            if around.stop() or (wanted.limit is not None and place >= wanted.limit):
                ran.waiting, ran.stopped = len(todo) - place, around.stop()
                break
            desk = around.fresh(desk)
            one = campaigning.seat(desk, name)
            if one is None or not due(one, wanted):
                continue
            after, failed = _advanced(desk, rolls, plan, one, wanted, ran)
            alike = _counted(alike, failed, plan)
            around.told(after, place + 1, len(todo))
    return ran


def due(one: Seat, wanted: Wanted) -> bool:
    """Whether a run has anything to do on a seat."""
    match one.state:
        case "planned":
            return True
        case "opened":
            return not wanted.draft_only
        case "issued":
            return wanted.post is not None
        case "sent":
            return False
        case "left-out":
            return wanted.retry and not one.why.startswith(campaigning.STOPPED)


def _advanced(  # noqa: PLR0917 - private, called once above
    desk: Desk, rolls: Rolls, plan: Campaign, one: Seat, wanted: Wanted, ran: Ran
) -> tuple[Seat, DsarError | None]:
    """A seat taken as far as is wanted, and what stood in the way, if it did."""
    try:
        if one.state == "left-out":
            one = _taken_in(desk, one)
        for step in _steps(plan, rolls, wanted, ran):
            one = step(desk, one)
    except OF_ALL:
        raise
    except ConflictError:
        # another run, or a case worker, was faster: what they did counts
        return campaigning.seat(desk, one.id) or one, None
    except DsarError as error:
        why = str(error)
        ran.left_out[why] = ran.left_out.get(why, 0) + 1
        return campaigning.move(desk, one, "left-out", why=why), error
    return one, None


def _steps(plan: Campaign, rolls: Rolls, wanted: Wanted, ran: Ran) -> Iterator[Callable[[Desk, Seat], Seat]]:
    def write(desk: Desk, one: Seat) -> Seat:
        if one.state != "planned":
            return one
        after = _begun(desk, rolls, plan, one, draft_only=wanted.draft_only)
        ran.drafted += after.state in {"opened", "issued"}
        ran.issued += after.state == "issued"
        return after

    def issue(desk: Desk, one: Seat) -> Seat:
        if one.state != "opened" or wanted.draft_only:
            return one
        after = _issued(desk, one)
        ran.issued += after.state == "issued"
        return after

    def send(desk: Desk, one: Seat) -> Seat:
        if one.state != "issued" or wanted.post is None:
            return one
        after, trouble = post(desk, one, wanted.post)
        ran.sent += after.state == "sent"
        if trouble:
            ran.trouble[trouble] = ran.trouble.get(trouble, 0) + 1
        return after

    yield from (write, issue, send)


def _counted(alike: tuple[type, int], failed: DsarError | None, plan: Campaign) -> tuple[type, int]:
    """How many seats in a row have failed alike; a mandate is of one person, and says nothing of the others."""
    if failed is None or isinstance(failed, OF_THE_MANDATE):
        return DsarError, 0
    kind, count = type(failed), alike[1] + 1 if alike[0] is type(failed) else 1
    if count >= ENOUGH:
        raise AllFailError(count=count, why=str(failed), id=plan.id) from failed
    return kind, count


def _taken_in(desk: Desk, one: Seat) -> Seat:
    """A seat that was left out, back where its case stands."""
    if not one.ref:
        return campaigning.move(desk, one, "planned")
    issued = read(desk, one.ref).case.request is not None
    return campaigning.move(desk, one, "issued" if issued else "opened")


def made(desk: Desk, rolls: Rolls, plan: Campaign, one: Seat, *, ref: str = "") -> Made:
    """The case and the letter of a seat, as they would be; nothing is written.

    Raises:
        DsarError: something is missing; the sentence says what.
    """
    controller = rolls.controller(one.controller)
    beginning = opening.beginning(desk, controller, wish(desk, plan, one, controller))
    events: tuple[Event, ...] = (beginning.fact,)
    if plan.owner:
        events = (*events, Assigned(on=desk.today, to=plan.owner))
    name = ref or opening.new_ref(desk, desk.today.year)
    entries = tuple(Entry(n=n, event=event, recorded_at=desk.now, by=desk.by) for n, event in enumerate(events, 1))
    drafted = drafting.first_draft(desk, reading(desk, name, entries, desk.today))
    return Made(ref=name, events=events, drafted=drafted, notes=beginning.notes)


def _begun(desk: Desk, rolls: Rolls, plan: Campaign, one: Seat, *, draft_only: bool) -> Seat:
    """A planned seat with its case, and its letter issued or kept as a draft: all of it or nothing."""
    found = made(desk, rolls, plan, one)
    pdf = b"" if draft_only else drafting.laid_out(desk, found.drafted)
    with desk.vault.transaction():
        now = campaigning.seat(desk, one.id)
        if now is None or now.state != "planned":
            raise TakenError(id=one.id)
        need_mandate(desk, found.drafted.file)  # it may have been revoked while the letter was laid out
        if draft_only:
            opening.begin(desk, found.ref, *found.events)
            drafting.keep(desk, found.drafted)
        else:
            opening.begin(desk, found.ref, *found.events, drafting.frozen_as(desk, found.drafted, pdf))
        after = replace(now, state="opened" if draft_only else "issued", ref=found.ref, mandate=found.mandate, why="")
        return campaigning.put(desk, after)


def _issued(desk: Desk, one: Seat) -> Seat:
    """A seat whose letter was drafted before, with the letter issued: as it was edited, if it was."""
    file = read(desk, one.ref)
    if file.case.request is not None:  # a case worker has issued it
        return campaigning.move(desk, one, "issued")
    drafted = drafting.draft(desk, one.ref, drafting.Wish(kind=file.case.request_kind))
    pdf = drafting.laid_out(desk, drafted)
    with desk.vault.transaction():
        now = campaigning.seat(desk, one.id)
        if now is None or now.state != "opened":
            raise TakenError(id=one.id)
        need_mandate(desk, drafted.file)
        fact = drafting.frozen_as(desk, drafted, pdf)
        kept.settle(desk, one.ref, drafted.letter.kind, drafted.letter.lang)
        append(desk, drafted.file, fact)
        return campaigning.put(desk, replace(now, state="issued", why=""))
