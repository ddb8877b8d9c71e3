"""Who sits on a seat: the person with what is kept of them, the controller as the directory has it, the mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.campaign import language
from dsar.desk import people
from dsar.desk.directory import in_use
from dsar.desk.enrolling import enrolled
from dsar.desk.mandate_register import best
from dsar.desk.opening import Ask
from dsar.directory.errors import UnknownControllerError
from dsar.errors import StateError

if TYPE_CHECKING:
    from dsar.core.campaign import Campaign, Seat
    from dsar.core.parties import Controller
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk


class UnmandatedError(StateError):
    """Nobody gave a mandate that allows the request."""

    sentence = (
        "No mandate of {name} ({id}) allows this request on {today}: {why}. `dsar mandate list` shows them; once there "
        "is one, take the seat in again with --retry."
    )


class Rolls:
    """Where a run looks controllers up: each once, for a wave has few of them and many people."""

    def __init__(self, where: Directory) -> None:
        """`where` is the directory, open as long as the run."""
        self._where = where
        self._controllers: dict[str, Controller] = {}

    def controller(self, id: str) -> Controller:  # noqa: A002 - its own name
        """The record in use of a controller.

        Raises:
            UnknownControllerError: there is none of that id.
            ObsoleteControllerError: it is out of use, and nobody took its place.
        """
        if id not in self._controllers:
            found = self._where.get(id)
            if found is None:
                raise UnknownControllerError(text=id)
            self._controllers[id] = in_use(self._where, found).controller
        return self._controllers[id]


def wish(desk: Desk, campaign: Campaign, one: Seat, controller: Controller) -> Ask:
    """What is asked for on a seat.

    Raises:
        NoPersonError: the person is no longer in the register.
        UnmandatedError: no mandate of theirs allows it today; oneself needs none.
    """
    person, kept = people.subject(desk.vault, one.subject), enrolled(desk, one.subject)
    mandate = ""
    if person.id != people.SELF:
        held, why = best(desk, person.id, controller.name, campaign.rights, desk.today)
        if held is None:
            raise UnmandatedError(name=person.name, id=person.id, today=desk.today.isoformat(), why=why)
        mandate = held.id
    lang = language(campaign, person.language, controller.languages)
    said = campaign.said(lang)
    return Ask(
        rights=campaign.rights,
        subject=person.id,
        mandate=mandate,
        language=lang,
        id_data=kept.id_data if kept is not None else (),
        questions=said.questions,
        # in their own words, else in the campaign's
        purpose=(kept.purpose if kept is not None else "") or said.purpose,
        regime=campaign.regime,
        letter=campaign.letter,
        campaign=campaign.id,
        wave=one.wave,
    )
