"""What a campaign lacks before it runs, what makes it look abusive, and where acting for others may be reserved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dsar.core.campaign_look import CASE, Request, looks
from dsar.desk import campaigning, opening, people, wording
from dsar.desk.campaign_whom import wish
from dsar.desk.counting import case_facts
from dsar.desk.directory_packs import channels
from dsar.desk.enclosing import announced
from dsar.desk.enrolling import enrolled
from dsar.desk.office import reading
from dsar.errors import DsarError
from dsar.vault.connection import BusyError, DamagedError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dsar.core.campaign import Campaign, Seat
    from dsar.core.campaign_look import Look
    from dsar.desk.campaign_whom import Rolls
    from dsar.desk.office import Desk
    from dsar.desk.opening import Ask
    from dsar.lawbook.records import Reserved

SOME = 5
"""So many people are named of those whom a finding concerns."""

_GENERAL = frozenset({"controller", "country", "kind", "known", "lang", "languages", "regime", "rights", "why", "word"})
# the id of a mandate, which stands before the reason for which it does not hold
_ID = re.compile(r"^M-\w+: ")
_OWN_REASON = (
    "The letter says the reason that the person gave to the controller, word for word: `dsar campaign preview` shows "
    "samples."
)
_SAID = {
    "no-reason": "{count} of {of} people gave no reason of their own: their letters say the campaign's, or the usual.",
    "identical": "{count} of {of} people give the same reason, word for word: “{what}”.",
    "words": "{count} of {of} people would write “{what}”, which speaks of money or of a campaign.",
    "repeated": "{count} of {of} requests follow another one to the same controller within a year.",
}


@dataclass(slots=True)
class Finding:
    """Something to mend or to weigh. `stops` says that these seats would be left out; `who` are some of the people."""

    rule: str
    words: str
    stops: bool
    count: int = 0
    who: list[str] = field(default_factory=list)

    def add(self, subject: str) -> None:
        """It concerns one more seat."""
        self.count += 1
        if len(self.who) < SOME and subject not in self.who:
            self.who.append(subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found: on the seats, on the look of the whole, and the rules on acting for others, by country."""

    seats: int
    findings: tuple[Finding, ...]
    abuse: tuple[Finding, ...]
    reserved: tuple[Reserved, ...]
    unread: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether every seat would get its letter."""
        return self.seats > 0 and not any(one.stops for one in self.findings)


def check(desk: Desk, rolls: Rolls, id: str, wave: int | None = None) -> Checked:  # noqa: A002 - its own name
    """Look at every seat that has no case yet, as a run would; nothing is written."""
    from dsar.letters.once import reading_once  # noqa: PLC0415 - loaded with the letters

    plan = campaigning.campaign(desk, id)
    open_ = [one for one in campaigning.seats(desk, plan.id, wave) if one.state == "planned"]
    found: dict[tuple[str, str], Finding] = {}
    requests: list[Request] = []
    countries: set[str] = set()
    with reading_once():
        for one in open_:
            for rule, words, stops in _of_seat(desk, rolls, plan, one, requests, countries):
                found.setdefault((rule, words), Finding(rule=rule, words=words, stops=stops)).add(one.subject)
    rules, unread = _reserved(desk, countries) if any(one.subject != people.SELF for one in open_) else ((), ())
    abuse = tuple(_abusive(one) for one in looks(requests, _earlier(desk, requests), desk.today))
    order = sorted(found.values(), key=lambda one: (not one.stops, -one.count, one.rule))
    return Checked(seats=len(open_), findings=tuple(order), abuse=abuse, reserved=rules, unread=unread)


def _of_seat(  # noqa: PLR0917 - private, called once above
    desk: Desk, rolls: Rolls, plan: Campaign, one: Seat, requests: list[Request], countries: set[str]
) -> Iterator[tuple[str, str, bool]]:
    """What is wrong with a seat: a rule, its words, and whether it stops the letter."""
    try:
        controller = rolls.controller(one.controller)
        asked = wish(desk, plan, one, controller)
        made = opening.beginning(desk, controller, asked)
    except (BusyError, DamagedError, UnwritableError):
        raise
    except DsarError as error:
        # the same in the words of its class, so that a thousand people without a mandate are one line
        yield type(error).__name__.removesuffix("Error"), _general(error), True
        return
    fact = made.fact
    countries |= {fact.subject.address.country, controller.address.country}
    requests.append(_request(desk, one, asked))
    if not channels(controller):
        yield "no-place", f"There is no address of {controller.name} to write to: no e-mail, no post, no form.", True
    elif not controller.emails:
        yield "no-email", f"{controller.name} has no e-mail address: these letters leave by post or by a form.", False
    yield from _unworded(plan, asked)
    held = enrolled(desk, one.subject)
    if held is not None and held.purpose and asked.purpose == held.purpose:
        yield "own-reason", _OWN_REASON, False
    if not controller.checked:
        yield "unconfirmed", f"Nobody has confirmed the address of {controller.name} at its source.", False
    for said in made.notes:
        yield "law", said, False
    from dsar.core.events import Entry  # noqa: PLC0415 - beside its use

    entry = Entry(n=1, event=fact, recorded_at=desk.now, by=desk.by)
    for said in opening.doubts(reading(desk, "-", (entry,), desk.today)):
        yield "identifiers", said, False
    for said in announced(fact):
        yield "photo", said, False


def _unworded(plan: Campaign, asked: Ask) -> Iterator[tuple[str, str, bool]]:
    """Words of the campaign in another language than the letter that they would stand in."""
    said = plan.said(asked.language)
    if said.lang in {"", asked.language} or not (said.questions or (said.purpose and asked.purpose == said.purpose)):
        return
    words = (
        f"A letter in {asked.language} would hold the campaign's words in {said.lang}: say them with "
        f"`dsar campaign word {plan.id} {asked.language} --question TEXT --purpose TEXT`."
    )
    yield "words-language", words, False


def _general(error: DsarError) -> str:
    """What went wrong, without the names of the one it went wrong for: the values are left out, but for the reason."""
    kept = {key: _ID.sub("", str(value)) if key in _GENERAL else "…" for key, value in error.values.items()}
    return error.sentence.format(**kept)


def _request(desk: Desk, one: Seat, asked: Ask) -> Request:
    """A request as others could look at it."""
    held = enrolled(desk, one.subject)
    langs = [wording.speaker(desk, lang).lang for lang in dict.fromkeys((asked.language, "en"))]
    return Request(
        subject=one.subject,
        controller=one.controller,
        reason=held.purpose if held is not None else "",
        words=(asked.purpose, *asked.questions),
        forbidden=tuple(word for lang in langs for word in (*lang.damages, *lang.campaign)),
    )


def _earlier(desk: Desk, requests: list[Request]) -> dict[tuple[str, str], date]:
    """The last request of each of these people to each of these controllers, in the whole vault."""
    wanted = {(one.subject, one.controller) for one in requests}
    found: dict[tuple[str, str], date] = {}
    for facts in case_facts(desk):
        pair = (facts.subject, facts.controller)
        if pair in wanted:
            found[pair] = max(found.get(pair, facts.opened_on), facts.opened_on)
    return found


def _abusive(one: Look) -> Finding:
    words = _SAID[one.rule].format(count=one.count, of=one.of, what=one.what)
    return Finding(rule=one.rule, words=f"{words} ({CASE})", stops=False, count=one.count, who=list(one.who[:SOME]))


def _reserved(desk: Desk, countries: set[str]) -> tuple[tuple[Reserved, ...], tuple[str, ...]]:
    """The rules on acting for others where the agent, the people and the controllers are; where nobody looked."""
    from dsar.lawbook.load import reserved  # noqa: PLC0415 - only where somebody acts for others

    places = {*countries, people.myself(desk.vault).address.country} - {""}
    rules = tuple(one for one in reserved().values() if one.country in places)
    return rules, tuple(sorted(places - {one.country for one in rules}))
