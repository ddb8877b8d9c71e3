"""Carrying cases out of the vault and into another one: lines of JSON, the original files, and pages to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.finding import note, note_waiting_again
from dsar.desk.office import find, read
from dsar.desk.projecting import project
from dsar.errors import NotFoundError
from dsar.vault import parcel
from dsar.vault.export import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dsar.desk.office import Desk, File
    from dsar.vault.take_over import TakenOver

_README = """\
This is an export of a vault of dsar, made on {now}. It can be read without dsar.

cases/*.txt      each case on a page: who, what happened when, which files belong to it
files/           every file as it came or was made, byte for byte; a name begins with the SHA-256 of the content
stamps/          timestamps (RFC 3161) as the authority gave them, and what they are about
*.jsonl          the data: one JSON object a line
  entries.jsonl    the log, entry by entry; `hash` seals an entry and, through `prev`, all before it in its case
  evidence.jsonl   which file has which hash, and under which names it came
  records.jsonl    people, mandates, drafts, controllers of one's own, settings
  mails.jsonl      the register of messages that came in; outbox.jsonl and threads.jsonl: those that went out
  heads.jsonl, tombstones.jsonl   the chain over all cases, and what is left of erased ones (whole exports only)
SHA256SUMS       the hash of each file: `sha256sum -c SHA256SUMS` checks them all

The hash of an entry is the SHA-256, in hexadecimal, of the JSON list
  [prev, ref, n, kind, on, recorded_at, by, about, version, body]
without spaces, in ASCII with \\u escapes; `body` stands in it as a text: the object as JSON with sorted keys, in the
same spelling. The first entry of a case has 64 zeros as `prev`.

It holds personal data, and nothing in it is encrypted: keep it as you would keep the letters themselves.
"""


class NothingHeldError(NotFoundError):
    """An export of nothing."""

    sentence = "There is nothing to export yet: `dsar request` opens a case."


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an export holds: its cases, and how many files."""

    refs: tuple[str, ...]
    files: int


def export(
    desk: Desk,
    dest: Path,
    refs: Sequence[str] = (),
    *,
    also: Sequence[tuple[str, str]] = (),
    mails: Sequence[int] = (),
) -> Carried:
    """Write the cases named, with further records and messages, or everything, to a new folder or ZIP.

    Raises:
        NoCaseError, SeveralCasesError: no such case, or not only one.
        OccupiedError, NoFolderError: something is there, or no folder for it.
        NothingHeldError: neither a case nor a record.
    """
    chosen = tuple(dict.fromkeys(find(desk, ref) for ref in refs)) if refs or also else None
    pages = desk.vault.cases() if chosen is None else chosen
    if not pages and not also and not desk.vault.records("subject"):
        raise NothingHeldError
    with desk.vault.transaction(), parcel.writing(dest) as sink:
        sink.write("README.txt", [_README.format(now=desk.now[:10]).encode("ascii")])
        for ref in pages:
            sink.write(f"cases/{ref}.txt", (line.encode("utf-8", "replace") for line in _page(desk, read(desk, ref))))
        count = desk.vault.export(sink, Choice(refs=chosen, records=tuple(also), mails=tuple(mails)), now=desk.now)
    return Carried(refs=pages, files=count)


def take_over(desk: Desk, path: Path) -> TakenOver:
    """Bring an export into this vault, byte for byte; done twice, nothing is doubled.

    Raises:
        NoParcelError, BadParcelError, NewerExportError: nothing, nothing of ours, or changed since.
        OtherHistoryError, ErasedHereError: a case is here with another history, or was erased here.
    """
    with desk.vault.transaction(), parcel.reading(path) as source:
        before = {held.id for held in desk.vault.mail.listed(("waiting", "proposed", "dismissed"))}
        taken = desk.vault.take_over(source)
        for ref in (*taken.new, *taken.more):
            entries = desk.vault.log(ref)
            desk.vault.index.drop_of_case(ref)
            note(desk, ref, entries)
            project(desk, ref, entries)
        # a draft, or a mandate that was taken back, changes how a case stands that is known here to its last fact
        for ref in taken.known if taken.records else ():
            project(desk, ref, desk.vault.log(ref))
        for held in tuple(desk.vault.mail.listed(("waiting", "proposed", "dismissed"))):
            if held.id not in before:
                note_waiting_again(desk, held)
    return taken


def _page(desk: Desk, file: File) -> Iterator[str]:
    """A case as a text to read."""
    from dsar.desk.views import show  # noqa: PLC0415 - loads the letters' words

    page = show(desk, file)
    agent = f", by {page['agent']} under mandate {page['mandate']}" if page["agent"] else ""
    yield f"Case {page['ref']}: {_line(page['subject']['name'])}{_line(agent)} v. {_line(page['controller']['name'])}\n"
    yield f"Rights: {', '.join(page['rights'])}. Outcome: {page['state']['outcome']}.\n\nWhat happened\n"
    for event in page["events"]:
        said = f"  [exhibit {', '.join(map(str, event['exhibits']))}]" if event["exhibits"] else ""
        yield f"{event['n']:>4}  {event['on']}  {_line(event['text'] or event['kind'])}{said}\n"
    yield "\nDeadlines\n"
    for row in page["deadlines"]:
        strict, safe = row["strict"] or "none", row["safe"] or "none"
        # of a limit of ours nobody alleges anything
        ours = row["for"] == "us"
        said = f"last day {strict}" if ours else f"earliest reading {strict}, safe to allege after {safe}"
        yield f"  {_line(row['title'])}: {said}\n"
    yield "\nExhibits\n"
    for piece in page["exhibits"]:
        path = parcel.readable_name(piece["sha256"], piece["name"])
        yield f"{piece['n']:>4}  {piece['date']}  {_line(piece['name'])}, {piece['size']} bytes: ../{path}\n"


def _line(text: str) -> str:
    """On one line, without control characters: whoever reads the page may do so in a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
