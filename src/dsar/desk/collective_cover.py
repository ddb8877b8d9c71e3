"""The first page of a dossier of many, and the table of complainants, which is a part of the complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.dossier import Cover, Paragraph, Section, Table
from dsar.core.rights import ordered
from dsar.desk.collective_annex import line
from dsar.desk.collective_letter import collective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.brief import SharedGrievance
    from dsar.desk.collective_annex import Complainant
    from dsar.desk.collective_filing import Composed
    from dsar.desk.office import Desk
    from dsar.letters.words import Words

# Of the table: number, name, country, three days, what came, grievances, exhibits.
_WIDTHS = (0.8, 3.4, 1.8, 2.1, 2.1, 2.1, 4.4, 1.5, 2.6)
_HEADS = ("name", "country", "sent", "arrived", "due", "came", "grievances", "exhibits")


def table(
    words: Words, everybody: Sequence[Complainant], shared: Sequence[SharedGrievance], *note: Paragraph
) -> Section:
    """The table of complainants: it is a part of the complaint."""
    heads = (words.say("dossier", "head.number"), *(words.say("collective", f"head.{name}") for name in _HEADS))
    rows = tuple(line(words, one, shared) for one in everybody)
    return Section(
        id="complainants",
        title=words.say("collective", "section.complainants"),
        blocks=(
            *note,
            Paragraph(text=words.say("collective", "table.due")),
            Table(heads=heads, widths=_WIDTHS, rows=rows),
        ),
        wide=True,
    )


def cover(desk: Desk, made: Composed, *, exhibits: int, copy_for: str = "") -> Cover:
    """The first page."""
    words, group = made.words, made.group
    said = collective([one.told for one in made.everybody], made.parties)
    days = {"requests": (said.sent_first, said.sent_last), "due": (said.due_first, said.due_last)}
    between = {
        name: words.day(first) if first == last else words.say("collective", "between", first=first, last=last)
        for name, (first, last) in days.items()
        if first is not None and last is not None
    }
    controller = ", ".join((group.controller.name, *group.controller.address.lines))
    rights = {right for one in made.everybody for right in one.told.rights}
    found = (
        (words.say("dossier", "cover.authority"), group.authority.name),
        (words.say("collective", "cover.copy"), copy_for),
        (
            words.say("collective", "cover.complainants"),
            words.say("collective", "cover.complainants_said", count=said.count, numbers=said.numbers),
        ),
        (words.say("dossier", "cover.represented_by"), group.agent.organisation or group.agent.name),
        (words.say("dossier", "cover.controller"), controller),
        (
            words.say("dossier", "cover.rights"),
            words.join([words.label("right", one) for one in ordered(tuple(rights))]),
        ),
        *((words.say("collective", f"cover.{name}"), text) for name, text in between.items()),
        (words.say("dossier", "cover.reference"), made.ref),
        (words.say("dossier", "cover.exhibits"), str(exhibits)),
        (words.say("dossier", "cover.today"), words.day(desk.today)),
    )
    grievances = (
        words.say(
            "collective",
            "cover.grievance",
            title=one.grievance.title,
            cites=words.cites(one.grievance.cites),
            count=one.count,
            total=said.count,
        )
        for one in made.shared
    )
    return Cover(
        heading=words.say("collective", "cover.heading"),
        subheading=words.say("dossier", "cover.subheading") if made.letter is not None else "",
        lines=tuple((label, text) for label, text in found if text),
        summary=tuple(grievances),
        summary_heading=words.say("dossier", "cover.summary"),
    )
