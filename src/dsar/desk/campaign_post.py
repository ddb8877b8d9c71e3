"""The letters of a campaign leave by mail: at a pace, each once, and only while its mandate holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.core.meanings import Acknowledgement, AutoReply
from dsar.desk import campaigning, sending
from dsar.desk.enclosing import lacking, listed
from dsar.desk.office import read
from dsar.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.core.campaign import Seat
    from dsar.core.case import Case, Outgoing
    from dsar.desk.office import Desk, File
    from dsar.mail.account import Account

ACCUSING = frozenset({"reminder", "incomplete", "notice"})
"""Letters that say what the other side has failed to do."""

KEEPS = timedelta(days=3)
"""So long such a letter stays true: the same days after which a case calls a notice stale (`core/oddities`)."""

TRIES = 3
"""After so many letters in a row that the server did not take, the run ends: it is the server's matter."""


@dataclass(slots=True)
class Pace:
    """At most so many letters a minute, each as long after the last as that gives.

    `clock` gives seconds that only grow, `wait` waits some seconds, or less if a person wants to stop.
    """

    per_minute: float
    clock: Callable[[], float]
    wait: Callable[[float], None]
    _next: float | None = None

    def keep(self) -> None:
        """Wait until the next letter may leave."""
        now = self.clock()
        if self._next is not None and now < self._next:
            self.wait(self._next - now)
            now = max(self.clock(), self._next)
        self._next = now + 60 / self.per_minute


@dataclass(slots=True)
class Post:
    """How letters leave: by which account, at which pace; `failed` counts those in a row that did not.

    `fresh` gives the desk the instant that it is now: a letter may have waited for its turn past midnight.
    """

    account: Account
    password: str
    pace: Pace
    stop: Callable[[], bool] = lambda: False
    fresh: Callable[[Desk], Desk] = lambda desk: desk
    failed: int = field(default=0)


def post(desk: Desk, one: Seat, by: Post) -> tuple[Seat, str]:
    """Send the letter of a seat; the seat, and what stood in the way, empty if nothing did.

    Raises:
        NoMandateError, ClosedCaseError: it must not leave.
        NetworkError: one letter after the other was not taken.
        OtherDayError, ReconstructionError, NoServerError: no letter can leave so.
    """
    request = read(desk, one.ref).case.request
    if request is None or request.sendings:
        return (campaigning.move(desk, one, "sent"), "") if request is not None else (one, "")

    def wanted() -> bool:
        now = campaigning.seat(desk, one.id)  # it may have been taken out while it waited for its turn
        return now is not None and now.state == "issued"

    trouble = posted(desk, one.ref, request.n, by, wanted)
    if trouble is None:
        return campaigning.seat(desk, one.id) or one, ""
    if trouble:
        with desk.vault.transaction():
            now = campaigning.seat(desk, one.id)
            if now is not None and now.state == "issued":
                one = campaigning.put(desk, replace(now, why=trouble))
        return one, trouble
    return campaigning.move(desk, one, "sent"), ""


def posted(desk: Desk, ref: str, letter: int, by: Post, wanted: Callable[[], bool] = lambda: True) -> str | None:
    """Send one issued letter; empty if it left now or before, else what is unsure or failed; None: a person stopped.

    `wanted` is asked when its turn has come.

    Raises:
        NoMandateError, ClosedCaseError: it must not leave.
        NetworkError: it is the third in a row that was not taken.
        OtherDayError, ReconstructionError, NoServerError: no letter can leave so.
    """
    from dsar.paper.letter_eml import MailAddressError  # noqa: PLC0415 - loads the paper

    by.pace.keep()
    if by.stop() or not wanted():
        return None
    desk = by.fresh(desk)
    file = read(desk, ref)
    if why := overtaken(file, letter, desk.today) or _unenclosed(desk, file, letter):
        return why
    try:
        ready = sending.prepare(desk, ref, by.account, sending.Wish(letter=letter))
        sending.send(desk, ready, by.password)
    except sending.SentBeforeError:
        return ""
    except (sending.NoRecipientError, MailAddressError, sending.UnsureError, sending.SettledError) as error:
        return str(error)  # it stays issued, and may leave by post
    except NetworkError as error:
        by.failed += 1
        if by.failed >= TRIES:
            raise
        return str(error)
    by.failed = 0
    return ""


def _unenclosed(desk: Desk, file: File, letter: int) -> str:
    """Why a letter cannot leave by itself: it says that it encloses something that a person has to add."""
    one = file.case.letter(letter)
    missing = lacking(desk, file, listed(desk, one), one.fact.lang) if one is not None else ()
    if not missing:
        return ""
    return (
        f"The letter says that it encloses “{'; '.join(missing)}”, which the vault does not hold: send it with "
        f"`dsar send {file.case.ref} --attach FILE`, or print it and put that in."
    )


def unsent(case: Case) -> tuple[Outgoing, ...]:
    """The letters to the controller that were issued and have not left, oldest first; none of a closed case.

    One that was issued again, in reply to the same message, is superseded by the later one.
    """
    newest = {(one.fact.kind, one.fact.answers): one.n for one in case.letters}
    return tuple(
        one
        for one in (case.letters if case.closed is None else ())
        if not one.sendings and not one.fact.authority and newest[one.fact.kind, one.fact.answers] == one.n
    )


def overtaken(file: File, letter: int, on: date) -> str:
    """Why an issued letter that accuses must not leave on that day as it is; empty if it may, or accuses nobody.

    It says what was so on the day on which it was issued: whatever came in since may be the answer.
    """
    one = file.case.letter(letter)
    if one is None or one.fact.kind not in ACCUSING:
        return ""
    ref, kind = file.case.ref, one.fact.kind
    later = (got for got in file.case.messages if got.n > letter and got.fact.on <= on)
    came = next((got.n for got in later if not isinstance(got.meaning, Acknowledgement | AutoReply)), None)
    if came is not None:
        return (
            f"The {kind} of case {ref} was issued before message {came} came in, and has not left: look at `dsar next "
            f"{ref}`, and withdraw it with `dsar correct {ref} {letter} --withdraw` if it is not right any more."
        )
    if on - one.fact.on > KEEPS:
        return (
            f"The {kind} of case {ref} says what was so on {one.fact.on}, and has not left: issue it anew with "
            f"`dsar letter {kind} {ref} --issue`."
        )
    return ""
