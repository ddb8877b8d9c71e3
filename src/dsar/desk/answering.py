"""An answer laid beside what was asked: for each demand its words, what was said before, and where the answer speaks.

A suggestion is never a status: the reader decides. A review that was not finished is kept in the vault until it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from dsar.core.demands import asked
from dsar.desk import wording
from dsar.desk.extracting import texts
from dsar.desk.inventory import ZIP, inventory_of
from dsar.desk.office import read
from dsar.desk.reviewing import DRAFT, answer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.events import Status
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words
    from dsar.mail.archive import Member
    from dsar.mail.passages import Passage, Text

_POINTS = re.compile(r"https?://\S*(?:privacy|datenschutz|confidentialit|privacidad|policy)", re.IGNORECASE)
_KINDS = re.compile(r"\b(?:categor|catégori|kategori)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One demand beside the answer. `said` and `note` are what the reader said before, in this review or the last.

    `hints` are sentences for the reader; none of them is a finding.
    """

    n: int
    demand: str
    title: str
    words: str
    said: Status | None
    note: str
    passages: tuple[Passage, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole answer to be read: the case, the entry of the answer, its lines, the faults that may be marked."""

    ref: str
    answer: int
    lines: tuple[Line, ...]
    faults: tuple[tuple[str, str], ...]
    marked: tuple[str, ...]
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A review that was begun: the status and note of demands by their id, and the faults marked, with their notes."""

    found: Mapping[str, Status] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def sheet(desk: Desk, ref: str | None, answer: int | None) -> Sheet:
    """The answer beside what was asked.

    Raises:
        NothingToDoError: there is no answer yet.
    """
    file = read(desk, ref)
    message = answer_of(file.case, answer)
    piece = message.fact.message
    said = _texts(desk, piece) if piece is not None else ()
    files = tuple(inventory_of(desk, piece)) if piece is not None else ()
    begun = draft(desk, file.case.ref, message.n)
    words = wording.speaker(desk, "en")
    marked = {fault.breach for fault in message.review[1].faults} if message.review is not None else set()
    lines = []
    for item in asked(file.case):
        name = item.demand.id
        own = item.demand.text
        seen = _passages(name, item.n, said)
        lines.append(
            Line(
                n=item.n,
                demand=name,
                title=wording.capital(wording.demand_short(words, file, name)),
                words=own or words.say("demands", f"{name}.words"),
                said=begun.found.get(name, item.status),
                note=begun.notes.get(name, item.note),
                passages=seen,
                hints=_hints(name, seen, said, files),
            )
        )
    return Sheet(
        ref=file.case.ref,
        answer=message.n,
        lines=tuple(lines),
        faults=_faults(words, file),
        marked=tuple(sorted(marked | begun.faults.keys())),
        files=len(files),
    )


def items(
    desk: Desk, ref: str | None
) -> tuple[str, tuple[tuple[str, str, Status | None], ...], tuple[tuple[str, str], ...]]:
    """What a review of a case may name: the case; its items, with their titles and status; the faults, with theirs."""
    file = read(desk, ref)
    words = wording.speaker(desk, "en")
    named = tuple(
        (one.demand.id, wording.capital(wording.demand_short(words, file, one.demand.id)), one.status)
        for one in asked(file.case)
    )
    return file.case.ref, named, _faults(words, file)


def _faults(words: Words, file: File) -> tuple[tuple[str, str], ...]:
    return tuple(
        (rule.id, words.say("breaches", f"{rule.id}.title"))
        for rule in file.law.breaches.values()
        if rule.raised == "review"
    )


def draft(desk: Desk, ref: str, answer: int) -> Begun:
    """The review of an answer that was begun and not finished; empty if there is none."""
    held = desk.vault.record(DRAFT, f"{ref}/{answer}")
    if held is None:
        return Begun()
    found, notes, faults = (cast("dict[str, str]", held[key]) for key in ("found", "notes", "faults"))
    return Begun(found=cast("dict[str, Status]", found), notes=notes, faults=faults)


def keep(desk: Desk, ref: str, answer: int, begun: Begun) -> None:
    """Keep a review that was begun; it has no effect before it is finished."""
    body = {"found": dict(begun.found), "notes": dict(begun.notes), "faults": dict(begun.faults)}
    desk.vault.put_record(DRAFT, f"{ref}/{answer}", body)


def _texts(desk: Desk, piece: Evidence) -> tuple[Text, ...]:
    """The texts of an answer, without what it quotes of our own letter."""
    from dsar.mail.hints import own_words  # noqa: PLC0415 - only where an answer is read
    from dsar.mail.passages import Text  # noqa: PLC0415 - as above

    found = (Text(place=name, text=own_words(text)) for name, text in texts(desk, piece))
    return tuple(one for one in found if one.text.strip())


def _passages(name: str, number: int, texts: tuple[Text, ...]) -> tuple[Passage, ...]:
    from dsar.mail.passages import passages  # noqa: PLC0415 - only where an answer is read

    return passages(name, number, texts)


def _hints(name: str, seen: tuple[Passage, ...], texts: tuple[Text, ...], files: tuple[Member, ...]) -> tuple[str, ...]:
    """What may strike a reader: nothing that speaks of it, a page pointed to, kinds instead of names, no file."""
    found = []
    if texts and not seen:
        found.append("No passage was found that speaks of this; look for yourself.")
    if seen and _POINTS.search(seen[0].text):
        found.append("The passage points to a page on the web: that is no answer about one person by itself.")
    if name == "recipients" and seen and _KINDS.search(seen[0].text):
        found.append("The passage speaks of categories: are the recipients named?")
    if name == "copy" and not any(one.media != ZIP and one.sha256 for one in files):
        found.append("No file came with this answer.")
    return tuple(found)
