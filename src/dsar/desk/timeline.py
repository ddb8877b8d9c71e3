"""From a case to the page that shows it on an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.chronology import chronology
from dsar.core.events import AuthorityActed, Delivered, Received
from dsar.core.exhibits import numbers_for, pieces
from dsar.core.timeline import Limit, Moment, Timeline
from dsar.desk import sections, wording
from dsar.desk.office import read

if TYPE_CHECKING:
    from dsar.core.chronology import Line
    from dsar.core.deadlines import Deadline
    from dsar.core.timeline import Who
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

_LABELS = ("us", "controller", "authority", "axis", "terms", "events", "grievances", "offline")


def timeline(desk: Desk, ref: str | None, *, lang: str = "") -> Timeline:
    """The page of a case, in a language (the case's own if none is given)."""
    file = read(desk, ref)
    words = wording.speaker(desk, lang or file.case.opened.language)
    opened = file.case.opened
    names = {authority.id: authority.name for authority in file.law.authorities.values()}
    found = pieces(file.entries, file.case)
    moments = tuple(
        Moment(
            on=line.on,
            day=words.day(line.on),
            who=_who(file, line),
            text=wording.line_words(words, line, names),
            exhibits=_exhibits(words, numbers_for(found, *line.proof)),
        )
        for line in chronology(file.case)
    )
    return Timeline(
        ref=file.case.ref,
        lang=words.lang.code,
        title=words.say("dossier", "title", subject=opened.subject.name, controller=opened.controller.name),
        subtitle=wording.pair(words, words.say("dossier", "timeline.title"), file.case.ref),
        moments=moments,
        limits=tuple(limit for due in file.due if (limit := _limit(words, due)) is not None),
        grievances=tuple(
            f"{words.say('breaches', f'{one.id}.title')} ({words.cites(one.cites)})" for one in file.breaches
        ),
        today=desk.today,
        today_in_words=words.day(desk.today),
        labels=tuple((key, words.say("dossier", f"timeline.{key}")) for key in _LABELS),
        banner=desk.banner,
    )


def _who(file: File, line: Line) -> Who:
    """Who acted: what the authority did, what came from the controller, and all else is ours."""
    fact = next((held.fact for held in file.case.held if held.n == line.n), None)
    match fact:
        case AuthorityActed():
            return "authority"
        case Received() | Delivered():
            return "controller"
        case _:
            return "us"


def _exhibits(words: Words, numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    key = "layout.exhibit" if len(numbers) == 1 else "layout.exhibits"
    return words.say("labels", key, n=words.join([str(n) for n in numbers]))


def _limit(words: Words, due: Deadline) -> Limit | None:
    if due.begins is None:
        return None
    return Limit(
        title=sections.deadline_title(words, due),
        said=sections.readings(words, due),
        begins=due.begins,
        strict=due.strict,
        safe=due.safe,
        met=due.met,
    )
