"""The copy for one complainant: the common part and their own annex, and nothing that names anybody else.

An exhibit that several of them share may show the others (a mail to a list). It is in a copy only if its text can be
read and names nobody else; so are the person's own mails and texts. What stays out is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from dsar.core.collective import ranges
from dsar.core.dossier import Annex, Paragraph, Table
from dsar.desk import sections
from dsar.desk.collective_annex import annex
from dsar.desk.collective_cover import cover, table
from dsar.desk.collective_errors import NotOneOfThemError
from dsar.desk.collective_filing import bind, layout_words
from dsar.desk.evidence import MAIL
from dsar.desk.extracting import texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from dsar.core.dossier import Dossier, Exhibit
    from dsar.desk.bundling import Wish
    from dsar.desk.collective_annex import Complainant
    from dsar.desk.collective_filing import Composed
    from dsar.desk.office import Desk
    from dsar.paper.dossier.bind import BoundDossier

_READ = ("text/plain", "text/html", MAIL)


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
    for one in chosen:
        shown = _copy(desk, made, one, shared=shared, wish=plain, of=listing)
        yield Copied(n=one.told.n, ref=one.joining.ref, bound=bind(desk, made, shown, out=out, wish=plain))


def _copy(desk: Desk, made: Composed, one: Complainant, *, shared: Collection[int], wish: Wish, of: str) -> Dossier:
    from dsar.core.dossier import Dossier  # noqa: PLC0415 - built here

    words, group = made.words, made.group
    others = _names(made, one)
    body = [each for each in made.body if _silent(desk, each, others, known=False)]
    own = [each for each in one.exhibits if _silent(desk, each, others, known=each.number in shared)]
    shown = {each.number: each for each in (*body, *own)}
    missing = sorted(set(one.numbers) - shown.keys())
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
        redactions=tuple(each for each in wish.redactions if int(each.exhibit.partition(".")[0]) in shown),
        annexes=(_without(pages, shown),),
        kind="complainant",
        copy_of=of,
        roman=wish.roman,
    )


def _names(made: Composed, one: Complainant) -> frozenset[str]:
    """By what the other complainants could be known, as it is looked for in a text."""
    others = [each.joining for each in made.everybody if each is not one]
    found = {text for other in others for text in (other.subject.name, other.subject.email, other.ref)}
    own = {one.joining.subject.name.casefold(), one.joining.subject.email.casefold()}
    return frozenset(_plain(text) for text in found if text) - own


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _silent(desk: Desk, each: Exhibit, others: Collection[str], *, known: bool) -> bool:
    """Whether an exhibit may be in the copy; `known`: others have it too, so that it must be read to be sure."""
    if not known and each.evidence.media not in _READ:
        return True
    read = [_plain(text) for _, text in texts(desk, each.evidence)]
    if known and not all(read):
        return False
    return not any(name in text for text in read for name in others)


def _without(pages: Annex, shown: Collection[int]) -> Annex:
    """The annex without references to exhibits that are not there."""
    blocks = tuple(_kept(block, shown) for block in pages.blocks)
    return replace(pages, blocks=blocks, before=pages.before if pages.before in shown else 0)


def _kept(block: Paragraph | Table, shown: Collection[int]) -> Paragraph | Table:
    def some(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number for number in numbers if number in shown)

    if isinstance(block, Paragraph):
        return replace(block, exhibits=some(block.exhibits))
    return replace(block, rows=tuple(replace(row, exhibits=some(row.exhibits)) for row in block.rows))
