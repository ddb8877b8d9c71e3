"""The copy for one complainant: the common part and their own annex, and nothing that names anybody else.

An exhibit that several of them share may show the others (a mail to a list). It is in a copy only if its text can be
read and names nobody else. The person's own are in it unless what can be read of them names somebody else. What stays
out is said.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from dsar.core.collective import ranges
from dsar.core.dossier import Annex, Paragraph, Table
from dsar.desk import sections
from dsar.desk.collective_annex import annex
from dsar.desk.collective_cover import cover, table
from dsar.desk.collective_errors import NotOneOfThemError
from dsar.desk.collective_filing import bind, layout_words
from dsar.desk.collective_silence import Known, Reader, Silence
from dsar.desk.evidence import MAIL, OUTLOOK, parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from dsar.core.dossier import Dossier, Exhibit, Redaction, Row
    from dsar.desk.bundling import Wish
    from dsar.desk.collective_annex import Complainant
    from dsar.desk.collective_filing import Composed
    from dsar.desk.office import Desk
    from dsar.letters.words import Words
    from dsar.paper.dossier.bind import BoundDossier

    Listing = Mapping[str, str]
_LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A copy that was written: for whom, and where."""

    n: int
    ref: str
    bound: BoundDossier


def copies(
    desk: Desk, made: Composed, whole: BoundDossier, *, out: Path, wish: Wish, only: str = ""
) -> Iterator[Copied]:
    """A copy for each complainant, or for one alone: named by the id of the person or of the case.

    Raises:
        NotOneOfThemError: there is no such complainant.
    """
    chosen = [one for one in made.everybody if only in {"", one.joining.subject.id, one.joining.ref}]
    if not chosen:
        raise NotOneOfThemError(id=only)
    names = Counter(number for one in made.everybody for number in set(one.numbers))
    shared = {number for number, count in names.items() if count > 1}
    listing = sha256(whole.manifest.read_bytes()).hexdigest()
    plain = replace(wish, max_part=0, token=None)
    attached = _attached(whole.manifest)
    known = {one.told.n: Known(one.joining) for one in made.everybody}
    reader = Reader(desk)
    for one in chosen:
        silence = Silence(reader, known[one.told.n], tuple(known.values()))
        shown = _copy(desk, made, one, silence, shared=shared, wish=plain, of=listing)
        black = _moved(desk, wish.redactions, attached, shown.exhibits)
        told = (each if silence.text(each.reason) else replace(each, reason=_LEFT_OUT) for each in black)
        shown = replace(shown, redactions=tuple(told))
        yield Copied(n=one.told.n, ref=one.joining.ref, bound=bind(desk, made, shown, out=out, wish=plain))


def _copy(
    desk: Desk, made: Composed, one: Complainant, silence: Silence, *, shared: Collection[int], wish: Wish, of: str
) -> Dossier:
    from dsar.core.dossier import Dossier  # noqa: PLC0415 - built here

    words, group = made.words, made.group
    body = [each for each in made.body if silence.common(each)]
    own = [each for each in one.exhibits if (silence.common if each.number in shared else silence.own)(each)]
    shown = {each.number: each for each in (*body, *own)}
    missing = sorted({*one.numbers, *(each.number for each in made.body)} - shown.keys())
    notes = [Paragraph(text=words.say("collective", "copy.alone"))]
    if missing:
        notes.append(Paragraph(text=words.say("collective", "copy.kept_back", numbers=ranges(missing))))
    exhibits = tuple(shown[number] for number in sorted(shown))
    pages = annex(words, one, made.shared, group.authority)
    parts = (
        sections.complaint(words, made.letter) if made.letter is not None else None,
        table(words, [one], made.shared, *notes),
    )
    return Dossier(
        ref=f"{made.ref}-{one.told.n:03}",
        lang=group.lang,
        title=words.say("collective", "title", count=len(made.everybody), controller=group.controller.name),
        author=group.agent.organisation or group.agent.name,
        on=desk.today,
        cover=cover(desk, made, exhibits=len(exhibits), copy_for=one.joining.subject.name),
        sections=tuple(part for part in parts if part is not None),
        exhibits=exhibits,
        words=layout_words(desk, words),
        days=tuple({each.on.isoformat(): words.day(each.on) for each in exhibits}.items()),
        banner=desk.banner,
        annexes=(_without(words, pages, shown, silence),),
        kind="complainant",
        copy_of=of,
        roman=wish.roman,
    )


def _moved(
    desk: Desk, redactions: Iterable[Redaction], listing: Listing, shown: Iterable[Exhibit]
) -> Iterator[Redaction]:
    """The redactions of what is in the copy, under the numbers there: a file in mails of several may have another."""
    own = {str(each.number): each for each in shown}
    mails = [each for each in own.values() if each.evidence.media in {MAIL, OUTLOOK}]
    for one in redactions:
        if one.exhibit in own:
            yield one
        elif sha256 := listing.get(one.exhibit):
            for number in islice((number for each in mails for number in _where(desk, each, sha256)), 1):
                yield replace(one, exhibit=number)


def _where(desk: Desk, each: Exhibit, sha256: str) -> Iterator[str]:
    """The numbers under which an exhibit shows a file that came with it."""
    message = parsed(desk, each.evidence)
    for n, part in enumerate(message.attachments if message is not None else (), start=1):
        number = f"{each.number}.{n}"
        if part.sha256 == sha256 and (not each.returned or number in each.shows):
            yield number


def _attached(manifest: Path) -> Listing:
    """The attachments that the whole dossier shows: their bytes, by number."""
    rows = json.loads(manifest.read_bytes())["exhibits"]
    return {part["number"]: part["sha256"] for row in rows for part in row["attachments"] if part["number"]}


def _without(words: Words, pages: Annex, shown: Collection[int], silence: Silence) -> Annex:
    """The annex without references to exhibits that are not there, and without what a subject says of others."""
    blocks = tuple(_kept(words, block, shown, silence) for block in pages.blocks)
    return replace(pages, blocks=blocks, before=pages.before if pages.before in shown else 0)


def _kept(words: Words, block: Paragraph | Table, shown: Collection[int], silence: Silence) -> Paragraph | Table:
    """A block as the copy has it; where its proof stayed out, that is said, for no proof seems to be there."""
    absent = words.say("collective", "copy.absent")

    def some(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number for number in numbers if number in shown)

    def said(text: str) -> str:
        return text if silence.text(text) else _LEFT_OUT

    def lost(numbers: tuple[int, ...]) -> str:
        return f" ({absent})" if numbers and not some(numbers) else ""

    def told(row: Row) -> Row:
        *cells, last = map(said, row.cells)
        return replace(row, cells=(*cells, last + lost(row.exhibits)), exhibits=some(row.exhibits))

    if isinstance(block, Paragraph):
        return replace(block, text=said(block.text) + lost(block.exhibits), exhibits=some(block.exhibits))
    return replace(block, rows=tuple(map(told, block.rows)))
