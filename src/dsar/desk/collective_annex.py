"""One complainant of many in words: the line in the table, the annex, the exhibits under their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.chronology import kind_of
from dsar.core.collective import ranges
from dsar.core.demands import asked
from dsar.core.dossier import Annex, Paragraph, Row, Table
from dsar.core.exhibits import Piece
from dsar.desk import sections, wording
from dsar.desk.collective import opened_file
from dsar.desk.collective_groups import pieces_of
from dsar.desk.collective_letter import told
from dsar.desk.filing import exhibit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dsar.core.brief import SharedGrievance
    from dsar.core.collective import Numbers
    from dsar.core.dossier import Exhibit, Section
    from dsar.core.law import Authority
    from dsar.desk.bundling import Wish
    from dsar.desk.collective_groups import Joining
    from dsar.desk.collective_letter import Told
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

_MOST_CAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Complainant:
    """Everything of one of them that the dossier prints, finished but for the numbers of the grievances.

    `came` is what came from the controller, in a few words; `exhibits` what the case brings, the mandate first.
    """

    joining: Joining
    told: Told
    came: str
    blocks: tuple[Paragraph | Table, ...]
    exhibits: tuple[Exhibit, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the exhibits."""
        return tuple(one.number for one in self.exhibits)


def complainant(  # noqa: PLR0917 - a case, and how it is shown
    desk: Desk, words: Words, one: Joining, numbers: Numbers, wish: Wish, common: Collection[int]
) -> Complainant:
    """Read the case of a complainant for the dossier; `common` are the exhibits that others have too."""
    file = opened_file(desk, one.ref)
    found = numbered(one, numbers)
    said = told(desk, words, file, numbers.complainants[one.ref], found, one.mandate)
    made = tuple(exhibit(words, desk, file.case, piece, wish) for piece in found)
    return Complainant(
        joining=one,
        told=said,
        came=_came(words, file),
        blocks=tuple(_blocks(words, file, found)),
        exhibits=tuple(_titled(words, one, said.n, made, common)),
    )


def numbered(one: Joining, numbers: Numbers) -> tuple[Piece, ...]:
    """The exhibits of a case under their numbers in the complaint, the mandate first; the same bytes are one piece."""
    signed = Piece(
        number=numbers.exhibits[one.signed.sha256],
        entry=1,
        about=1,
        kind="mandate",
        on=one.mandate.signed_on or one.pieces[0].on,
        evidence=one.signed,
    )
    found = {signed.number: signed}
    for piece in pieces_of(one):
        number = numbers.exhibits[piece.evidence.sha256]
        first = found.setdefault(number, replace(piece, number=number))
        if first.entry != piece.entry:
            found[number] = replace(first, also=(*first.also, piece.entry, *piece.also))
    return tuple(found.values())


def _titled(words: Words, one: Joining, n: int, made: Sequence[Exhibit], common: Collection[int]) -> Iterator[Exhibit]:
    """The titles say whose exhibit it is, and the mandate's names the person; what several have is nobody's."""
    for each in made:
        if each.number in common:
            yield replace(each, parties="" if each.kind == "mandate" else each.parties)
            continue
        title = f"{each.title} · {one.subject.name}" if each.kind == "mandate" else each.title
        yield replace(each, title=words.say("collective", "own", n=n, title=title))


def _came(words: Words, file: File) -> str:
    """What came from the controller, in the order of the days, the later ones first left out."""
    lines = [
        f"{wording.capital(words.label('meaning', kind_of(file.case, message.n)))}, {words.day(message.fact.on)}"
        for message in file.case.messages
        if message.meaning is not None
    ]
    if not lines:
        return words.say("collective", "table.nothing")
    more = [f"+ {len(lines) - _MOST_CAME}"] if len(lines) > _MOST_CAME else []
    return "; ".join((*lines[:_MOST_CAME], *more))


def _blocks(words: Words, file: File, found: tuple[Piece, ...]) -> Iterator[Paragraph | Table]:
    """What happened, how the deadlines were computed, what was answered: as in the dossier of one case."""
    parts: tuple[Section | None, ...] = (
        sections.facts(words, file, found),
        sections.deadlines(words, file, found),
        sections.identity(words, file, found),
        sections.asked_and_answered(words, file) if any(item.status for item in asked(file.case)) else None,
    )
    for part in parts:
        if part is not None:
            yield Paragraph(text=part.title, strong=True)
            for block in part.blocks:
                if isinstance(block, (Paragraph, Table)):
                    yield _once(block)


def _once(block: Paragraph | Table) -> Paragraph | Table:
    """A block that names each exhibit once: two pieces with the same bytes have one number."""
    if isinstance(block, Paragraph):
        return replace(block, exhibits=_unique(block.exhibits))
    return replace(block, rows=tuple(replace(row, exhibits=_unique(row.exhibits)) for row in block.rows))


def _unique(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))


def annex(words: Words, one: Complainant, shared: Sequence[SharedGrievance], authority: Authority) -> Annex:
    """The annex of a complainant: who they are as far as the authority needs it, then their case."""
    rows = tuple(
        Row(cells=(words.say("collective", f"person.{name}"), text), exhibits=exhibits)
        for name, text, exhibits in _person(words, one, shared, authority)
        if text
    )
    head = words.say("dossier", "head.item"), words.say("dossier", "head.note")
    own = [number for number in one.numbers if number != one.told.mandate]
    return Annex(
        number=one.told.n,
        title=one.joining.subject.name,
        blocks=(Table(heads=head, widths=(3.0, 7.0), rows=rows), *one.blocks, *_grievances(words, one, shared)),
        before=own[0] if own else 0,
    )


def _grievances(words: Words, one: Complainant, shared: Sequence[SharedGrievance]) -> Iterator[Paragraph]:
    """What happened to this person, under the numbers of the complaint, which says what the law asks."""
    numbers = {each.grievance.id: number for number, each in enumerate(shared, start=1)}
    yield Paragraph(text=words.say("dossier", "section.grievances"), strong=True)
    for grievance in sorted(one.told.grievances, key=lambda each: numbers[each.id]):
        yield Paragraph(
            text=f"{numbers[grievance.id]}. {grievance.title} ({words.cites(grievance.cites)})", strong=True
        )
        yield Paragraph(text=grievance.facts, exhibits=_unique(grievance.exhibits))


def _person(
    words: Words, one: Complainant, shared: Sequence[SharedGrievance], authority: Authority
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Name and country always; the addresses where the authority asks for them, for the body answers its letters."""
    subject, mandate = one.joining.subject, one.joining.mandate
    values: dict[str, object] = {"kind": words.label("mandate", mandate.kind), "day": mandate.signed_on}
    key = "person.signed"
    if mandate.until is not None:
        key, values["until"] = "person.until", mandate.until
    yield "name", subject.name, ()
    yield "country", country(words, subject.address.country), ()
    yield "address", ", ".join(subject.address.lines) if "address" in authority.contents else "", ()
    yield "email", subject.email if "email" in authority.contents else "", ()
    yield "mandate", wording.capital(words.say("collective", key, **values)), (one.told.mandate,)
    yield "rights", words.join([words.label("right", right) for right in one.told.rights]), ()
    yield "reference", one.joining.ref, ()
    yield "grievances", grievance_numbers(one, shared), ()


def grievance_numbers(one: Complainant, shared: Sequence[SharedGrievance]) -> str:
    """Which grievances of the complaint are theirs, by number."""
    own = {grievance.id for grievance in one.told.grievances}
    return ranges(number for number, each in enumerate(shared, start=1) if each.grievance.id in own)


def line(words: Words, one: Complainant, shared: Sequence[SharedGrievance]) -> Row:
    """The line of a complainant in the table."""
    said = one.told
    days = (said.sent, said.arrived, said.due)
    cells = (
        str(said.n),
        one.joining.subject.name,
        country(words, said.country),
        *(words.day(day) if day is not None else "–" for day in days),
        one.came,
        grievance_numbers(one, shared),
        ranges(one.numbers),
    )
    return Row(cells=cells, annex=said.n)


def country(words: Words, code: str) -> str:
    """The name of a country in the language, else its code."""
    return words.label("country", code) if words.has("labels", f"country.{code}") else code
