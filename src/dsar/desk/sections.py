"""The sections of a dossier, each from the case in words: what happened, what was due, what was wrong, what lacks.

`found` are the exhibits under the numbers that they have in a dossier of several cases; else those of the case alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.chronology import chronology, left_on
from dsar.core.demands import asked
from dsar.core.dossier import Paragraph, Row, Section, Table
from dsar.core.exhibits import numbers_for, pieces
from dsar.core.meanings import IdentityDemand
from dsar.core.receipts import receipt
from dsar.desk import briefing, wording

if TYPE_CHECKING:
    from dsar.core.deadlines import Deadline
    from dsar.core.dossier import Block, Frozen
    from dsar.core.exhibits import Piece
    from dsar.core.letter import Letter
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

    Pieces = tuple[Piece, ...]


def _section(words: Words, name: str, *blocks: Block) -> Section:
    return Section(id=name, title=words.say("dossier", f"section.{name}"), blocks=blocks)


def _heads(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words.say("dossier", f"head.{name}") for name in names)


def complaint(words: Words, letter: Letter | Frozen) -> Section:
    """The complaint itself."""
    return _section(words, "complaint", letter)


def facts(words: Words, file: File, found: Pieces | None = None) -> Section:
    """The chronology: every event, how long after the proved receipt, and the exhibit that proves it."""
    found = pieces(file.entries, file.case) if found is None else found
    # what is counted from is a receipt that is proved: neither a word of ours nor a refused letter is one
    begins = receipt(file.case, file.case.request).safe if file.case.request is not None else None
    names = {authority.id: authority.name for authority in file.law.authorities.values()}
    rows = []
    for line in chronology(file.case):
        days = (line.on - begins).days if begins is not None else None
        since = words.say("dossier", "days_between", days=days) if days is not None and days >= 0 else ""
        numbers = numbers_for(found, *line.proof)
        said = wording.line_words(words, line, names)
        text = said if numbers else f"{said} ({words.say('dossier', 'no_document')})"
        rows.append(Row(cells=(words.day(line.on), since, text), exhibits=numbers))
    table = Table(heads=_heads(words, "date", "days", "event"), widths=(2.2, 1.4, 7.0), rows=tuple(rows))
    return _section(words, "facts", table)


def deadlines(words: Words, file: File, found: Pieces | None = None) -> Section | None:
    """Each deadline with its two readings and every step, as `dsar why` prints them."""
    blocks: list[Block] = []
    found = pieces(file.entries, file.case) if found is None else found
    for deadline in file.due:
        if deadline.binds == "us":
            continue
        blocks.append(Paragraph(text=deadline_title(words, deadline), strong=True))
        blocks.append(Paragraph(text=readings(words, deadline)))
        rows = tuple(
            Row(
                cells=(
                    words.day(step.on) if step.on is not None else "–",
                    _reading(words, step.reading) + wording.step_words(words, step, found),
                    words.cite(step.cite) if step.cite else "",
                )
            )
            for step in deadline.steps
        )
        blocks.append(Table(heads=_heads(words, "date", "step", "provision"), widths=(2.2, 6.6, 2.8), rows=rows))
    return _section(words, "deadlines", *blocks) if blocks else None


def deadline_title(words: Words, deadline: Deadline) -> str:
    """The name of a deadline in the language."""
    name = "notice" if deadline.id.startswith("notice") else deadline.id
    return words.say("steps", f"deadline.{name}")


def readings(words: Words, deadline: Deadline) -> str:
    """The two readings of a deadline and the day on which it was met, in words."""
    shown = [
        (words.say("dossier", "head.strict"), deadline.strict),
        (words.say("dossier", "head.safe"), deadline.safe),
        (words.say("dossier", "head.met"), deadline.met),
    ]
    said = (wording.pair(words, label, words.day(day) if day is not None else "–") for label, day in shown)
    return " · ".join(said)


def _reading(words: Words, reading: str) -> str:
    return "" if reading == "both" else f"[{words.say('dossier', f'head.{reading}')}] "


def identity(words: Words, file: File, found: Pieces | None = None) -> Section | None:
    """The ledger: what was demanded, given and refused, when, and where it is written."""
    found = pieces(file.entries, file.case) if found is None else found
    rows: list[Row] = []
    for message in file.case.messages:
        if not isinstance(message.meaning, IdentityDemand):
            continue
        given = {item: fact.on for _, fact in message.supplied for item in fact.items}
        refused = {item: fact.on for _, fact in message.refused for item in fact.items}
        for item in dict.fromkeys((*message.meaning.items, *given, *refused)):
            days = {day for day in (given.get(item), refused.get(item)) if day is not None}
            numbers = (*numbers_for(found, message.n), *numbers_for(found, *left_on(file.case, days)))
            cells = (
                item,
                words.day(message.fact.on) if item in message.meaning.items else "–",
                words.day(given[item]) if item in given else "–",
                words.day(refused[item]) if item in refused else "–",
            )
            rows.append(Row(cells=cells, exhibits=tuple(sorted(set(numbers)))))
    rows += [
        Row(cells=(item, "–", words.day(fact.on), "–")) for _, fact in file.case.volunteered for item in fact.items
    ]
    known = [f"{wording.identifier(words, kind)} ({value})" for kind, value in wording.known_identifiers(file)]
    blocks: list[Block] = []
    if known:
        blocks.append(Paragraph(text=words.say("dossier", "already_known", items=words.join(known))))
    if rows:
        heads = _heads(words, "item", "demanded", "given", "refused")
        blocks.append(Table(heads=heads, widths=(4.0, 2.2, 2.2, 2.2), rows=tuple(rows)))
    return _section(words, "identity", *blocks) if blocks else None


def grievances(words: Words, desk: Desk, file: File, found: Pieces | None = None) -> Section | None:
    """Each breach: what the law asks, what happened, where it is proved, and the decisions that support it, once."""
    found = pieces(file.entries, file.case) if found is None else found
    blocks: list[Block] = []
    told: set[str] = set()
    for number, grievance in enumerate(briefing.grievances(file, desk, words, found), start=1):
        title = f"{number}. {grievance.title} ({words.cites(grievance.cites)})"
        blocks.append(Paragraph(text=title, strong=True))
        blocks.append(Paragraph(text=wording.pair(words, words.say("dossier", "head.law"), grievance.law)))
        blocks.append(
            Paragraph(
                text=wording.pair(words, words.say("dossier", "head.facts"), grievance.facts),
                exhibits=grievance.exhibits,
            )
        )
        for one in (file.law.precedents[name] for name in grievance.precedents):
            # a guideline is no decision: the citations above name its paragraphs
            if one.id not in told and one.id not in words.lang.sources:
                told.add(one.id)
                body = words.lang.bodies.get(one.body, one.body)
                written = words.lang.precedent.format(body=body, number=one.number, date=words.day(one.on))
                blocks.append(Paragraph(text=wording.pair(words, written, words.say("holdings", one.id))))
    return _section(words, "grievances", *blocks) if blocks else None


def asked_and_answered(words: Words, file: File) -> Section | None:
    """The table of what was asked against what was answered."""
    rows = [
        Row(
            cells=(
                str(item.n),
                wording.capital(wording.demand_short(words, file, item.demand.id)),
                words.label("status", item.status) if item.status is not None else "–",
                item.note,
            )
        )
        for item in asked(file.case)
    ]
    if not rows:
        return None
    heads = _heads(words, "number", "asked", "answered", "note")
    return _section(words, "asked", Table(heads=heads, widths=(0.7, 4.2, 2.8, 4.0), rows=tuple(rows)))
