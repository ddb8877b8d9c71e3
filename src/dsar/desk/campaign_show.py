"""A campaign at a glance: how many seats stand where, what a wave would send, and samples of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.campaign import language
from dsar.desk import campaigning, drafting, people
from dsar.desk.allowing import need_mandate
from dsar.desk.campaign_run import Ran, due, made
from dsar.desk.enrolling import enrolled
from dsar.desk.office import read
from dsar.errors import DsarError

if TYPE_CHECKING:
    from dsar.core.campaign import Campaign, Seat
    from dsar.core.letter import Letter
    from dsar.desk.campaign_run import Around, Wanted
    from dsar.desk.campaign_whom import Rolls
    from dsar.desk.office import Desk

STATES = ("planned", "opened", "issued", "sent", "left-out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter as it would be: for whom, in which language, what the addressee newly learns; or why there is none.

    `reason` is what the person gave as theirs, which the letter says word for word.
    """

    seat: Seat
    lang: str
    letter: Letter | None
    pdf: bytes = b""
    discloses: tuple[str, ...] = ()
    why: str = ""
    reason: str = ""


def counts(seats: tuple[Seat, ...]) -> dict[int, Counter[str]]:
    """How many seats of each wave are in each state."""
    found: dict[int, Counter[str]] = {}
    for one in seats:
        found.setdefault(one.wave, Counter())[one.state] += 1
    return dict(sorted(found.items()))


def reasons(seats: tuple[Seat, ...]) -> dict[str, int]:
    """Why seats were left out, or could not go on, by how often."""
    return dict(Counter(one.why for one in seats if one.why).most_common())


def after(plan: Campaign, seats: tuple[Seat, ...]) -> str:
    """The command that brings a campaign on."""
    states = Counter(one.state for one in seats)
    if not seats:
        return f"dsar campaign plan {plan.id} --all --controller NAME"
    # what is issued waits to leave: the waves that are planned after it come after it
    wave = min((one.wave for one in seats if one.state == "issued"), default=0)
    if wave:
        return f"dsar campaign run {plan.id} --wave {wave} --send"
    if states["planned"]:
        return f"dsar campaign check {plan.id}"
    if states["opened"]:
        return f"dsar campaign run {plan.id}"
    if states["sent"]:
        return f"dsar campaign remind {plan.id} --dry-run"
    return f"dsar campaign people {plan.id} --state left-out"


def kinds(desk: Desk, rolls: Rolls, id: str, wave: int | None) -> dict[tuple[str, str], list[Seat]]:  # noqa: A002 - its own name
    """The seats that wait for a letter, by the controller's id and the language in which it would be."""
    plan = campaigning.campaign(desk, id)
    found: dict[tuple[str, str], list[Seat]] = {}
    for one in campaigning.seats(desk, plan.id, wave):
        if one.state != "planned":
            continue
        try:
            person, controller = people.subject(desk.vault, one.subject), rolls.controller(one.controller)
        except DsarError:
            found.setdefault((one.controller, ""), []).append(one)  # the check says what is wrong with it
            continue
        lang = language(plan, person.language, controller.languages)
        found.setdefault((one.controller, lang), []).append(one)
    return dict(sorted(found.items()))


def samples(
    desk: Desk, rolls: Rolls, plan: Campaign, groups: dict[tuple[str, str], list[Seat]], most: int
) -> tuple[Sample, ...]:
    """The first letters of as many kinds as are wanted, more of each if there are fewer kinds; nothing is written."""
    from dsar.letters.once import reading_once  # noqa: PLC0415 - loaded with the letters

    turns = max((len(seats) for seats in groups.values()), default=0)
    order = [(key, seats[turn]) for turn in range(turns) for key, seats in groups.items() if turn < len(seats)][:most]
    with reading_once():
        return tuple(_sample(desk, rolls, plan, one, lang) for (_, lang), one in order)


def _sample(desk: Desk, rolls: Rolls, plan: Campaign, one: Seat, lang: str) -> Sample:
    try:
        # a sample opens no case: where its reference would stand, it shows the shape of one
        drafted = made(desk, rolls, plan, one, ref=f"{desk.today.year}-XXXXX").drafted
        pages = drafting.laid_out(desk, drafted)
    except DsarError as error:
        return Sample(seat=one, lang=lang, letter=None, why=str(error))
    held = enrolled(desk, one.subject)
    return Sample(
        seat=one,
        lang=drafted.letter.lang,
        letter=drafted.letter,
        pdf=pages,
        discloses=drafted.discloses,
        reason=held.purpose if held is not None else "",
    )


def rehearse(desk: Desk, rolls: Rolls, id: str, wanted: Wanted, around: Around) -> Ran:  # noqa: A002 - its own name
    """What a run would do today, letter by letter; nothing is written, and no PDF is made."""
    from dsar.letters.once import reading_once  # noqa: PLC0415 - loaded with the letters

    plan, ran = campaigning.campaign(desk, id), Ran()
    todo = [one for one in campaigning.seats(desk, plan.id, wanted.wave) if due(one, wanted)]
    with reading_once():
        for place, one in enumerate(todo):
            if around.stop() or (wanted.limit is not None and place >= wanted.limit):
                ran.waiting, ran.stopped = len(todo) - place, around.stop()
                break
            try:
                if one.ref:
                    need_mandate(desk, read(desk, one.ref))
                else:
                    made(desk, rolls, plan, one)
            except DsarError as error:
                ran.left_out[str(error)] = ran.left_out.get(str(error), 0) + 1
            else:
                ran.drafted += not one.ref
                ran.issued += one.state != "issued" and not wanted.draft_only
                ran.sent += wanted.post is not None
            around.told(one, place + 1, len(todo))
    return ran
