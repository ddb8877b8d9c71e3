"""The register of campaigns and of their seats: made, found, written, stopped. What runs them is in `campaign_run`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.campaign import Campaign, Seat
from dsar.core.events import Corrected, Issued, Sent
from dsar.core.rights import ASKABLE, ordered
from dsar.desk import people, wording
from dsar.desk.errors import UnknownItemError
from dsar.desk.opening import known_language
from dsar.desk.purpose import refuse_abusive
from dsar.errors import NotFoundError, StateError, UsageError
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.core.campaign import Seated, Wording
    from dsar.core.case import Case
    from dsar.core.events import Entry, Event
    from dsar.desk.office import Desk

CAMPAIGN, SEAT = "campaign", "seat"
STOPPED = "Stopped: "
"""With this begins why a person took a seat out: no later run takes it in again."""

# it begins with a letter, so that it is never taken for the reference of a case
_ID = re.compile(r"[A-Z][A-Z0-9-]{1,19}")


class NoCampaignError(NotFoundError):
    """No campaign of that id."""

    sentence = "There is no campaign “{id}”: `dsar campaign list` shows them, `dsar campaign new` makes one."


class CampaignIdError(UsageError):
    """An id that cannot be one."""

    sentence = (
        "“{id}” cannot be the id of a campaign: take 2 to 20 capital letters, digits and hyphens, a letter first, such "
        "as FACES26."
    )


class CampaignThereError(StateError):
    """The id is taken."""

    sentence = (
        "There is a campaign {id} already (“{title}”): choose another id, or look at it with `dsar campaign show {id}`."
    )


class NoSeatError(NotFoundError):
    """A person of whom a campaign knows nothing."""

    sentence = "{name} has no seat there: `dsar campaign people {id}` lists who has one."


class OtherQuestionsError(UsageError):
    """A wording that does not ask what the campaign asks."""

    sentence = (
        "{id} asks {count} question(s), and {given} came: say all of them in {lang}, in their order, each with "
        "--question."
    )


def new(desk: Desk, made: Campaign) -> Campaign:
    """Write a new campaign down; its rights stand in the order of the letters.

    Raises:
        CampaignIdError, CampaignThereError: the id cannot be taken.
        UnknownItemError, NoLanguageError: a right or a language that no letter knows.
        SeveralSentencesError, AbusivePurposeError: see `refuse_abusive`.
    """
    if not _ID.fullmatch(made.id):
        raise CampaignIdError(id=made.id)
    for right in made.rights:
        if right not in ASKABLE:
            raise UnknownItemError(name=right, known=", ".join(ASKABLE))
    lang = known_language(desk, made.worded_in or people.myself(desk.vault).language)
    for one in {lang, *made.languages}:
        refuse_abusive(made.purpose, wording.speaker(desk, known_language(desk, one)))
    kept = replace(made, rights=ordered(made.rights), opened_on=desk.today, worded_in=lang)
    with desk.vault.transaction():
        held = desk.vault.record(CAMPAIGN, made.id)
        if held is not None:
            raise CampaignThereError(id=made.id, title=from_plain(held, Campaign).title)
        desk.vault.put_record(CAMPAIGN, kept.id, to_plain(kept))
    return kept


def word(desk: Desk, id: str, said: Wording) -> Campaign:  # noqa: A002 - its own name
    """Say the questions and the reason of a campaign in another language; letters that were issued stay as they are.

    Raises:
        NoCampaignError, NoLanguageError: there is none of that id, or no letters in that language.
        OtherQuestionsError: not as many questions as the campaign asks.
        SeveralSentencesError, AbusivePurposeError: see `refuse_abusive`.
    """
    refuse_abusive(said.purpose, wording.speaker(desk, known_language(desk, said.lang)))
    with desk.vault.transaction():
        old = campaign(desk, id)
        if len(said.questions) != len(old.questions):
            raise OtherQuestionsError(id=old.id, count=len(old.questions), given=len(said.questions), lang=said.lang)
        if said.lang == old.worded_in:
            new = replace(old, questions=said.questions, purpose=said.purpose or old.purpose)
        else:
            new = replace(old, wordings=(*(one for one in old.wordings if one.lang != said.lang), said))
        desk.vault.put_record(CAMPAIGN, new.id, to_plain(new))
    return new


def campaign(desk: Desk, id: str) -> Campaign:  # noqa: A002 - its own name
    """The campaign of that id, whatever its case; NoCampaignError if there is none."""
    held = desk.vault.record(CAMPAIGN, id.strip().upper())
    if held is None:
        raise NoCampaignError(id=id)
    return from_plain(held, Campaign)


def campaigns(desk: Desk) -> tuple[Campaign, ...]:
    """All of them, by id."""
    return tuple(from_plain(body, Campaign) for body in desk.vault.records(CAMPAIGN).values())


def seats(desk: Desk, id: str, wave: int | None = None) -> tuple[Seat, ...]:  # noqa: A002 - its own name
    """The seats of a campaign, or of one wave, by wave, subject and controller; NoCampaignError."""
    return tuple(_seats(desk, campaign(desk, id).id, wave))


def _seats(desk: Desk, id: str, wave: int | None) -> Iterator[Seat]:  # noqa: A002 - its own name
    below = f"{id}/" if wave is None else f"{id}/{wave}/"
    found = [from_plain(body, Seat) for body in desk.vault.records(SEAT, below).values()]
    return iter(sorted(found, key=lambda one: (one.wave, one.subject, one.controller)))


def seat(desk: Desk, id: str) -> Seat | None:  # noqa: A002 - its own name
    """One seat as it is now; None if it is gone, because its case or its person was erased."""
    held = desk.vault.record(SEAT, id)
    return from_plain(held, Seat) if held is not None else None


def of_case(desk: Desk, case: Case) -> tuple[Seat, ...]:
    """The seat that a case has taken, if it has one."""
    opened = case.opened
    if not opened.campaign:
        return ()
    # not by the controller: a record that took the place of another has an id of its own
    held = desk.vault.records(SEAT, f"{opened.campaign}/{opened.wave}/{opened.subject.id}/").values()
    return tuple(from_plain(body, Seat) for body in held if body["ref"] == case.ref)


def follow(desk: Desk, case: Case, entries: Sequence[Entry], events: Sequence[Event]) -> None:
    """The seat of a case follows what was written into the log of it, whoever wrote: its letter issued, sent, or not.

    `entries` is the log with these events; what was withdrawn counts no more, and no day hides what is in it. A seat
    that was left out stays so, unless its letter has left.
    """
    if not any(isinstance(event, Issued | Sent | Corrected) for event in events):
        return
    from dsar.core.fold import fold  # noqa: PLC0415 - today's lists need no arithmetic of dates

    request = fold(case.ref, entries, date.max).request
    state: Seated = "opened" if request is None else "sent" if request.sendings else "issued"
    for one in of_case(desk, case):
        if one.state != state and (state == "sent" or one.state != "left-out"):
            put(desk, replace(one, state=state, why=""))


def put(desk: Desk, one: Seat) -> Seat:
    """Write a seat, in place of what it was."""
    desk.vault.put_record(SEAT, one.id, to_plain(one))
    return one


def move(desk: Desk, one: Seat, to: Seated, *, why: str = "") -> Seat:
    """Give a seat another state, unless another run has changed it since it was read; as it is then."""
    with desk.vault.transaction():
        now = seat(desk, one.id)
        if now is None or now.state != one.state:
            return now or one
        return put(desk, replace(now, state=to, why=why))


def stop(desk: Desk, id: str, because: str, *, subject: str = "", wave: int | None = None) -> tuple[Seat, ...]:  # noqa: A002 - its own name
    """Take out what was not sent yet: of the whole campaign, of one wave, or of one person. What is issued stays so.

    Also what was left out for another reason: no later run takes it in again.

    Raises:
        NoCampaignError: there is none.
        NoPersonError, SeveralPeopleError, NoSeatError: the person is nobody's, or has no seat there.
    """
    with desk.vault.transaction():
        mine = seats(desk, id, wave)
        if subject:
            who = people.subject(desk.vault, subject)
            mine = tuple(one for one in mine if one.subject == who.id)
            if not mine:
                raise NoSeatError(name=who.name, id=id.strip().upper())
        open_ = [one for one in mine if one.state != "sent" and not one.why.startswith(STOPPED)]
        return tuple(put(desk, replace(one, state="left-out", why=f"{STOPPED}{because}")) for one in open_)
