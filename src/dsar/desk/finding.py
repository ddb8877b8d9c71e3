"""Finding again: the words of each entry go into the index with it, and a person looks for them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from dsar.core.events import Issued, Opened, Received
from dsar.core.parties import Evidence
from dsar.desk import people
from dsar.desk.extracting import texts
from dsar.desk.lists import refs
from dsar.desk.office import find as whole
from dsar.vault.search import Passage
from dsar.vault.wire import evidence_in, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dsar.core.events import Entry, Event
    from dsar.core.message import Message
    from dsar.desk.office import Desk
    from dsar.vault.mailbox import Arrival, Held
    from dsar.vault.search import Hits, Kind

FREE = frozenset(("because", "note", "purpose", "reason", "reference", "text", "tracking"))
"""The fields of facts that hold a person's own words, or what a person would look for."""

WAITING_CHARACTERS = 1_000
"""Of a message that waits: a mailbox of years comes in at once, and most of it is never looked for."""


def note(desk: Desk, ref: str, entries: Iterable[Entry]) -> None:
    """Index entries that were just written, in the transaction that writes them."""
    for entry in entries:
        desk.vault.index.put(_passages(desk, ref, entry))


def note_waiting(desk: Desk, number: int, came: Arrival, message: Message | None) -> None:
    """Index the beginning of a message that waits in the inbox; `message` is the first look at it."""
    said = f"{came.sender}\n{message.text[:WAITING_CHARACTERS]}" if message is not None else ""
    one = Passage(
        kind="messages" if message is not None else "files",
        ref="",
        n=number,
        on=came.at[:10],
        sha256=came.sha256,
        title=came.subject or came.name,
        body=said,
    )
    desk.vault.index.put([one])


def note_waiting_again(desk: Desk, held: Held) -> None:
    """As `note_waiting`, for a message that came before."""
    from dsar.desk.entering import first_look  # noqa: PLC0415 - what enters is indexed: a cycle of imports

    came = held.arrival
    seen = first_look(desk, Evidence(sha256=came.sha256, size=came.size, name=came.name, media=came.media))
    note_waiting(desk, held.id, came, seen.message if seen is not None else None)


def rebuild(desk: Desk) -> None:
    """Make the index anew from the logs and the inbox."""
    from dsar.vault.mailbox import OPEN  # noqa: PLC0415 - only where the inbox is read

    with desk.vault.transaction():
        desk.vault.index.clear()
        for ref in desk.vault.cases():
            note(desk, ref, desk.vault.log(ref))
        for held in tuple(desk.vault.mail.listed((*OPEN, "dismissed"))):
            note_waiting_again(desk, held)
        desk.vault.index.finished()


def find(
    desk: Desk, text: str, *, ref: str | None = None, subject: str = "", kind: Kind | None = None, limit: int = 20
) -> Hits:
    """What holds all these words, in a case, in the cases of a person or anywhere; an older vault gets its index first.

    Raises:
        NoWordError: there is no word in the text.
        NoCaseError, SeveralCasesError: no such case, or not only one.
        NoPersonError, SeveralPeopleError: nobody, or not only one, is called so.
    """
    within = [whole(desk, ref)] if ref is not None else None
    if subject:
        theirs = refs(desk, subject=people.subject(desk.vault, subject).id)
        within = theirs if within is None else [one for one in within if one in theirs]
    if not desk.vault.index.current:
        rebuild(desk)
    return desk.vault.index.search(text, refs=within, kind=kind, limit=limit)


def _passages(desk: Desk, ref: str, entry: Entry) -> Iterator[Passage]:
    """Every text of an entry: what a person wrote in it, the letter, the message, the files."""
    event, on = entry.event, entry.event.on.isoformat()

    def passage(kind: Kind, title: str, body: str, piece: Evidence | None = None) -> Passage:
        sha256 = piece.sha256 if piece is not None else ""
        return Passage(kind=kind, ref=ref, n=entry.n, on=on, sha256=sha256, title=title, body=body)

    said = "\n".join(dict.fromkeys(filter(None, own_words(event))))
    if said:
        yield passage("notes", _title(event), said)
    if isinstance(event, Issued):
        body = desk.vault.evidence_bytes(event.text.sha256).decode("utf-8", "replace")
        yield passage("letters", event.subject, body, event.text)
        return
    message = event.message if isinstance(event, Received) else None
    for piece in evidence_in(event):
        kind: Kind = "messages" if piece == message else "files"
        for title, body in texts(desk, piece):
            yield passage(kind, title, body, piece)
            kind = "files"  # what is attached


def own_words(value: object) -> Iterator[str]:
    """The free text anywhere in a fact, and the names of the parties where it opens a case."""
    if isinstance(value, Opened):
        yield value.controller.name
        yield value.subject.name
        yield value.purpose
        yield from (demand.text for demand in value.demands)
        yield from (said for _, said in value.id_data)
    elif isinstance(value, tuple):
        for item in value:
            yield from own_words(item)
    elif is_dataclass(value) and not isinstance(value, Evidence | type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in FREE and isinstance(inner, str):
                yield inner
            elif not isinstance(inner, str):
                yield from own_words(inner)


def _title(event: Event) -> str:
    return tag(type(event)).replace("-", " ")
