"""Fetching messages from a folder of an IMAP server. Nothing there is marked, moved or deleted unless asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dsar.errors import NetworkError, NotFoundError
from dsar.mail.folders import as_set, from_wire, to_wire
from dsar.mail.imap import LARGEST
from dsar.mail.network import BrokenServerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dsar.mail.imap import Connection

GROUP_BYTES = 4 * 1024 * 1024
GROUP_COUNT = 100
_ASKED = 20_000
"""Messages that one search looks at: imaplib reads no line above a million bytes."""
_SIZED = 1_000

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:\\.|[^"\\])"|NIL) (?P<name>.*)', re.DOTALL)
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_EMPTY = re.compile(rb'\bBODY\[\] (?:""|NIL)')


class NoFolderError(NotFoundError):
    """The account has no such folder."""

    sentence = "There is no folder “{name}” on the server: `dsar mail folders` lists them."


class NoMoveError(NetworkError):
    """The server cannot move messages safely."""

    sentence = "The server can neither MOVE nor UIDPLUS, so a move might delete other mails: leave --move-to away."


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """An open folder: `validity` is the number under which its UIDs stay what they are; `count` messages lie in it."""

    name: str
    validity: int
    count: int


def folders(connection: Connection) -> tuple[str, ...]:
    """The names of the folders that messages can lie in."""
    found = []
    for one in connection.ask("list"):
        listed = _LISTED.fullmatch(one[0] if isinstance(one, tuple) else one)
        if listed is None or b"\\noselect" in listed["flags"].lower():
            continue
        # a name with a quote or a backslash may come as a literal
        raw = one[1] if isinstance(one, tuple) else re.sub(rb"\\(.)", rb"\1", listed["name"].strip().strip(b'"'))
        found.append(from_wire(raw.decode("utf-8", "replace")))
    return tuple(found)


def open_folder(connection: Connection, name: str, *, writable: bool = False) -> Folder:
    """Open a folder; without `writable` by EXAMINE, under which nothing in it can change.

    Raises:
        BadFolderError, NoFolderError: no folder has that name.
    """
    try:
        (count,) = connection.ask("select", to_wire(name), *([] if writable else [True]))[-1:]
    except BrokenServerError as error:
        if name not in folders(connection):
            raise NoFolderError(name=name) from error
        raise
    validity = connection.told("UIDVALIDITY")
    if not (validity.isdigit() and count.isdigit()):
        raise connection.broken("it does not number its messages")
    return Folder(name=name, validity=int(validity), count=int(count))


def found_since(connection: Connection, folder: Folder, since: date | None) -> tuple[int, ...]:
    """The UIDs of the messages that came on that day or later, or of all, in the order in which they came."""
    # the day of the server, which may be another than ours
    wanted = ("ALL",) if since is None else ("SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}")
    found: set[int] = set()
    for first in range(1, folder.count + 1, _ASKED):
        for line in connection.ask_uid("SEARCH", f"{first}:{min(first + _ASKED - 1, folder.count)}", *wanted):
            found.update(int(number) for number in line.split() if number.isdigit())
    return tuple(sorted(found))


def grouped(connection: Connection, uids: Sequence[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Messages in groups that are fetched at once: together at most `GROUP_BYTES`, or one large message alone.

    With each group come those that are too large to be fetched.
    """
    group: list[int] = []
    refused: list[int] = []
    weight = 0
    for first in range(0, len(uids), _SIZED):
        some = uids[first : first + _SIZED]
        sizes = _sizes(connection, some)
        for uid in some:
            if (size := sizes.get(uid, 0)) > LARGEST:
                refused.append(uid)
                continue
            if group and (weight + size > GROUP_BYTES or len(group) >= GROUP_COUNT):
                yield tuple(group), tuple(refused)
                group, refused, weight = [], [], 0
            group.append(uid)
            weight += size
    if group or refused:
        yield tuple(group), tuple(refused)


def _sizes(connection: Connection, uids: Sequence[int]) -> dict[int, int]:
    """What the server says of the size of messages; it may be wrong, and only decides on how they are asked for."""
    found = {}
    for one in connection.ask_uid("FETCH", as_set(uids), "(UID RFC822.SIZE)"):
        said = one[0] if isinstance(one, tuple) else one
        if (uid := _UID.search(said)) and (size := _SIZE.search(said)):
            found[int(uid[1])] = int(size[1])
    return found


def messages(connection: Connection, uids: Sequence[int]) -> dict[int, bytes]:
    """The exact bytes of messages by UID, without marking them as read; one that is gone meanwhile is left out."""
    if not uids:
        return {}
    wanted = set(uids)
    answer = connection.ask_uid("FETCH", as_set(uids), "(UID BODY.PEEK[])")
    return {uid: data for uid, data in _bodies(answer) if uid in wanted}


def _bodies(answer: Sequence[Any]) -> Iterator[tuple[int, bytes]]:
    """The messages in an answer to FETCH; the UID stands before the message, or after it."""
    for position, one in enumerate(answer):
        if isinstance(one, tuple):
            after = answer[position + 1] if position + 1 < len(answer) else b""
            number = _UID.search(one[0]) or (_UID.search(after) if isinstance(after, bytes) else None)
            if number is not None:
                yield int(number[1]), one[1]
        elif (number := _UID.search(one)) and _EMPTY.search(one):
            yield int(number[1]), b""


def mark_seen(connection: Connection, uids: Sequence[int]) -> None:
    """Mark messages as read."""
    if uids:
        connection.ask_uid("STORE", as_set(uids), "+FLAGS.SILENT", r"(\Seen)")


def move(connection: Connection, uids: Sequence[int], folder: str) -> None:
    """Move messages to another folder of the account.

    Raises:
        NoMoveError: the server can only delete whatever is marked, ours or not.
    """
    if not uids:
        return
    if connection.can("MOVE"):
        connection.ask_uid("MOVE", as_set(uids), to_wire(folder))
        return
    if not connection.can("UIDPLUS"):
        raise NoMoveError
    connection.ask_uid("COPY", as_set(uids), to_wire(folder))
    connection.ask_uid("STORE", as_set(uids), "+FLAGS.SILENT", r"(\Deleted)")
    connection.ask_uid("EXPUNGE", as_set(uids))
