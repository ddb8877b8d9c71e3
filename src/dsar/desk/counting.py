"""The facts of the cases for somebody who counts: streamed from the lists, and from a log where a day hides its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.breaches import breaches
from dsar.core.counting import Grounds, last_answer
from dsar.core.counting import case_facts as of_case
from dsar.core.deadlines import first_term
from dsar.core.meanings import Extension
from dsar.desk import factrow
from dsar.desk.lists import current
from dsar.desk.office import File, find, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.casefacts import CaseFacts
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

_MAIL = "message/rfc822"
_MOST_KNOWN = 64
_media: dict[str, tuple[str, ...]] = {}
"""What files hold, by the hash of their bytes: one mail may answer a thousand cases. Right for ever, for bytes stay."""


def case_facts(desk: Desk, campaign: str = "") -> Iterator[CaseFacts]:
    """The facts of every case (of a campaign) as they were known on the desk's day, of those opened by then."""
    current(desk)
    today = desk.today.toordinal()
    for ref, last, body in desk.vault.lists.facts(campaign):
        if last <= today:
            yield factrow.decode(body)
        elif (found := _in_the_past(desk, ref)) is not None:
            yield found


def facts_of(desk: Desk, ref: str) -> CaseFacts:
    """The facts of one case as they were known on the desk's day.

    Raises:
        NoCaseError, SeveralCasesError: no such case, or not only one.
    """
    current(desk)
    name = find(desk, ref)
    kept = desk.vault.lists.fact(name)
    if kept is not None and kept[0] <= desk.today.toordinal():
        return factrow.decode(kept[1])
    file = read(desk, name)
    return facts(desk, file, _last(file, desk.today))


def _in_the_past(desk: Desk, ref: str) -> CaseFacts | None:
    file = read(desk, ref)
    return facts(desk, file, _last(file, desk.today)) if file.case.opened.on <= desk.today else None


def _last(file: File, today: date) -> date:
    """The day of the last fact that was known."""
    return max((entry.event.on for entry in file.entries if entry.event.on <= today), default=file.case.opened.on)


def facts(desk: Desk, file: File, last: date) -> CaseFacts:
    """The facts of a case as it was read on a day; no later day changes them, only a further fact does."""
    case = file.case
    reply = next((deadline for deadline in file.due if deadline.id == "reply"), None)
    first = reply.safe if reply is not None else None
    if reply is not None and case.meaning(Extension):
        first = first_term(case, file.law, file.calendars)
    owed = tuple(deadline for deadline in file.due if deadline.binds == "controller")
    # of the end of all days: which breach may be asserted from which day is said beside it
    found = breaches(case, file.law, owed, file.calendars, date.max)
    grounds = Grounds(law=file.law, reply=reply, first_safe=first, found=found, last_on=last)
    answer = last_answer(case)
    if answer is None or answer.fact.message is None:
        return of_case(case, grounds)
    return of_case(case, replace(grounds, media=_files(desk, answer.fact.message)))


def _files(desk: Desk, piece: Evidence) -> tuple[str, ...]:
    """The types of the files in an answer: what is attached to a mail, else the mail or the file itself."""
    if piece.media != _MAIL:
        return (piece.media,)
    if piece.sha256 not in _media:
        from dsar.desk.evidence import parsed  # noqa: PLC0415 - only where a mail answered
        from dsar.mail.archive import media_of  # noqa: PLC0415 - as above

        message = parsed(desk, piece)
        attached = message.attachments if message is not None else ()
        if len(_media) >= _MOST_KNOWN:
            _media.clear()
        kinds = (media_of(one.data[:4096], one.name) for one in attached)
        _media[piece.sha256] = tuple(dict.fromkeys(kinds)) or (_MAIL,)
    return _media[piece.sha256]
