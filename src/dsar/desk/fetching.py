"""Fetching mails: each group of messages is taken in with the note that it was fetched, in one transaction.

What is fetched stays, whatever the server does next; the next run goes on where this one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dsar.desk.accounts import FETCHED, NoServerError
from dsar.desk.mailing import Finder, Intake, take_pieces
from dsar.desk.notified import notified
from dsar.mail import fetch as box
from dsar.mail.folders import as_set, numbers
from dsar.mail.imap import LARGEST, connected
from dsar.mail.stores import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.desk.notified import Notified
    from dsar.desk.office import Desk
    from dsar.mail.account import Account
    from dsar.mail.imap import Connection
    from dsar.vault.outbox import Outbound


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to fetch: from which folder, since which day (None: since the oldest case), or `every` message there.

    `mark_seen` and `move_to` change the mailbox, once the messages are safe in the vault.
    """

    folder: str = "INBOX"
    since: date | None = None
    every: bool = False
    mark_seen: bool = False
    move_to: str = ""


@dataclass(slots=True)
class Fetched:
    """What became of a run. `since` is the first day looked at (None: all); `anew`: the server renumbered it.

    `notified` are deliveries that a person may confirm now, `unsure` the mails of which nobody
    knows whether they left, each with the message in the inbox that bears its id.
    """

    account: str
    folder: str
    since: date | None
    anew: bool = False
    intake: Intake = field(default_factory=Intake)
    notified: tuple[Notified, ...] = ()
    unsure: tuple[tuple[Outbound, int | None], ...] = ()


def fetch(
    desk: Desk, account: Account, password: str, wanted: Wanted, told: Callable[[Intake], None] = lambda _: None
) -> Fetched:
    """Fetch what is new in a folder; `told` hears of each group that is safe.

    Raises:
        NoServerError: the account has no IMAP server.
        NetworkError: the server cannot be reached, refuses, or fails; what was fetched before stays.
    """
    if account.imap is None:
        raise NoServerError(name=account.name, what="imap")
    since = None if wanted.every else wanted.since or _first_day(desk)
    done = Fetched(account=account.name, folder=wanted.folder, since=since)
    changes = wanted.mark_seen or bool(wanted.move_to)
    finder = Finder(desk)
    with connected(account, account.imap, password) as connection:
        folder = box.open_folder(connection, wanted.folder, writable=changes)
        known, done.anew = _known(desk, account, folder)
        new = [uid for uid in box.found_since(connection, folder, since) if uid not in known]
        for group, refused in box.grouped(connection, new):
            done.intake.passed += [(_place(account, folder, uid), _TOO_LARGE) for uid in refused]
            found = box.messages(connection, group)
            with desk.vault.transaction():
                pieces = [_piece(account, folder, uid, data) for uid, data in sorted(found.items())]
                _add(done.intake, take_pieces(desk, finder, pieces))
                known.update(found)
                body = {"validity": folder.validity, "uids": as_set(known)}
                desk.vault.put_record(FETCHED, f"{account.name}/{folder.name}", body)
            told(done.intake)
            _change(connection, tuple(found), wanted)
    done.notified = notified(desk, done.intake.cases)
    open_ = desk.vault.outbox.unsure()
    done.unsure = tuple((one, desk.vault.mail.of_message_id(one.message_id)) for one in open_)
    return done


def folders(account: Account, password: str) -> tuple[str, ...]:
    """The folders of an account.

    Raises:
        NoServerError, NetworkError: as `fetch`.
    """
    if account.imap is None:
        raise NoServerError(name=account.name, what="imap")
    with connected(account, account.imap, password) as connection:
        return box.folders(connection)


_TOO_LARGE = f"it has more than {LARGEST // 1024 // 1024} MB: save it from your mail program and import the file"


def _first_day(desk: Desk) -> date:
    """The day before the oldest case was opened: nothing older belongs to a case, and the server's zone may differ."""
    first = desk.vault.first_day()
    return (date.fromisoformat(first) if first else desk.today) - timedelta(days=1)


def _known(desk: Desk, account: Account, folder: box.Folder) -> tuple[set[int], bool]:
    """The UIDs that were fetched; none if the server has renumbered the folder since."""
    said = desk.vault.record(FETCHED, f"{account.name}/{folder.name}")
    if said is None:
        return set(), False
    if said["validity"] != folder.validity:
        return set(), True
    return numbers(str(said["uids"])), False


def _piece(account: Account, folder: box.Folder, uid: int, data: bytes) -> Piece:
    return Piece(name=f"{account.name}-{uid}.eml", place=_place(account, folder, uid), data=data)


def _place(account: Account, folder: box.Folder, uid: int) -> str:
    return f"imap:{account.name}/{folder.name};UIDVALIDITY={folder.validity};UID={uid}"


def _add(whole: Intake, part: Intake) -> None:
    whole.new += part.new
    whole.known += part.known
    whole.filed += part.filed
    whole.proposed += part.proposed
    whole.waiting += part.waiting
    whole.passed += part.passed
    whole.cases |= part.cases


def _change(connection: Connection, uids: tuple[int, ...], wanted: Wanted) -> None:
    """What was asked for beside fetching, once the messages are safe; a crash before it leaves the mailbox alone."""
    if wanted.mark_seen:
        box.mark_seen(connection, uids)
    if wanted.move_to:
        box.move(connection, uids, wanted.move_to)
