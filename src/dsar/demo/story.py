"""The case itself, day by day, from the mandate to the complaint: each step is one that the command line offers.

The dates are modelled on the published facts: about four months from the request to the answer, nine mails between
people, a copy of an identity document demanded twice and refused, a formal notice by post and by e-mail, an answer
that shows somebody else's face, a complaint in the middle of July 2020.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.demo import drawings, stage, words, writing
from dsar.demo.stage import CONTROLLER, Stage
from dsar.desk import acts, incoming, judging, mandates, opening, reviewing
from dsar.desk.drafting import Wish
from dsar.desk.incoming import Attributes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dsar.core.events import Status
    from dsar.core.meanings import Meaning
    from dsar.core.parties import Person
    from dsar.desk.office import File

REF = "2020-7QX2M"
MANDATE = "M-7QX2M"
AUTHORITY = "fr-cnil"
NOTICE_DAYS = 8


def play(scene: Stage) -> None:
    """Everything up to the complaint, which is issued and not yet lodged."""
    person = stage.subject(scene)
    mandate = _mandate(scene, person)
    photo = drawings.face(drawings.SUBJECT)
    _request(scene, person, mandate, photo)
    _identity(scene, mandate, photo)
    _silence(scene, mandate)
    _notice(scene, mandate)
    _answer(scene)
    writing.issue(scene, "2020-07-15T10:00:00+02:00", REF, 6, Wish(kind="complaint", authority=AUTHORITY))


def lodge(scene: Stage) -> File:
    """The data subject lodges her complaint herself: her agent is a company, no body of Art. 80(1) GDPR."""
    desk = scene.at("2020-07-15T16:00:00+02:00")
    return acts.complain(desk, REF, authority=AUTHORITY, on=desk.today, reference="", proof=None)


def _mandate(scene: Stage, person: Person) -> bytes:
    scope = mandates.Scope(
        kind="agent",
        rights=("access", "erasure"),
        processing=scene.script["processing"],
        may_receive_data=True,
        until=None,
        grievance_on=date(2020, 1, 20),
    )
    drafted = scene.at("2020-01-22T10:00:00+01:00")
    _, letter = mandates.draft(drafted, person, CONTROLLER, scope, scene.lang, id=MANDATE)
    paper = writing.signed(scene, letter)
    writing.show(scene, "1-mandate", letter, paper)
    document = scene.keep("mandate-signed.pdf", paper)
    mandates.signed(scene.at("2020-01-23T18:00:00+01:00"), MANDATE, document, date(2020, 1, 23))
    return paper


def _request(scene: Stage, person: Person, mandate: bytes, photo: bytes) -> None:
    known = (("name", person.name), ("email", person.email), ("photo", scene.script["photo"]))
    ask = opening.Ask(rights=("access", "erasure"), subject=person.id, mandate=MANDATE, id_data=known)
    opening.open_case(scene.at("2020-01-24T09:30:00+01:00"), CONTROLLER, ask, REF)
    letter = writing.issue(scene, "2020-01-27T15:20:00+01:00", REF, 2, Wish(kind="access-erasure"))
    enclosed = {"request.pdf": letter, "mandate.pdf": mandate, "photo.png": photo}
    _sent(scene, "2020-01-27T15:35:00+01:00", writing.post(scene, scene.lang, "01-request", enclosed))
    message = _received(scene, "2020-01-27T17:00:00+01:00", writing.post(scene, "in", "02-automatic-reply"))
    incoming.classify(scene.at("2020-01-27T17:05:00+01:00"), REF, message, _meaning("auto-reply"))
    came = writing.post(scene, "in", "03-acknowledgement")
    _received(scene, "2020-01-30T09:00:00+01:00", came, _meaning("acknowledgement"))


def _identity(scene: Stage, mandate: bytes, photo: bytes) -> None:
    items, because = scene.script["items"], scene.script["because"]
    given = tuple(items[name] for name in ("photo", "email", "address", "ip"))
    demand = _meaning("identity-demand", *given, items["passport"])
    came = writing.post(scene, "in", "04-identity-demand")
    message = _received(scene, "2020-02-06T09:00:00+01:00", came, demand)
    now = "2020-02-10T10:00:00+01:00"
    desk = scene.at(now)
    judging.judge(desk, REF, to=message, justified=False, because=because["identity-demand"])
    incoming.identity(desk, REF, to=message, on=desk.today, gave=given, refused=(items["passport"],), via="e-mail")
    letter = writing.issue(scene, now, REF, 3, Wish(kind="identity-reply"))
    enclosed = {"reply.pdf": letter, "mandate.pdf": mandate, "photo.png": photo}
    _sent(scene, "2020-02-10T11:05:00+01:00", writing.post(scene, scene.lang, "05-identity-reply", enclosed))


def _silence(scene: Stage, mandate: bytes) -> None:
    because = scene.script["because"]
    came = writing.post(scene, "in", "06-portal")
    portal = _received(scene, "2020-02-20T09:00:00+01:00", came, _meaning("portal"))
    desk = scene.at("2020-02-20T09:30:00+01:00")
    judging.judge(desk, REF, to=portal, justified=False, because=because["portal"])
    now = "2020-03-03T09:30:00+01:00"
    letter = writing.issue(scene, now, REF, 4, Wish(kind="reminder"))
    enclosed = {"reminder.pdf": letter, "mandate.pdf": mandate}
    _sent(scene, "2020-03-03T09:45:00+01:00", writing.post(scene, scene.lang, "07-reminder", enclosed))


def _notice(scene: Stage, mandate: bytes) -> None:
    items, because = scene.script["items"], scene.script["because"]
    now = "2020-04-23T09:00:00+02:00"
    came = writing.post(scene, "in", "08-identity-demand-again")
    message = _received(scene, now, came, _meaning("identity-demand", items["licence"]))
    judging.judge(scene.at(now), REF, to=message, justified=False, because=because["identity-demand-again"])
    now = "2020-04-27T10:00:00+02:00"
    letter = writing.issue(scene, now, REF, 5, Wish(kind="notice", term_days=NOTICE_DAYS, authority=AUTHORITY))
    now = "2020-04-27T10:35:00+02:00"
    desk = scene.at(now)
    mail = writing.post(scene, scene.lang, "09-formal-notice", {"notice.pdf": letter, "mandate.pdf": mandate})
    by_mail = _sent(scene, now, mail)
    slip = scene.keep("deposit-slip.pdf", writing.deposit(scene, desk.today))
    file = acts.sent(desk, REF, letter=None, on=desk.today, via="registered", tracking="RE 000 000 000 FR", proof=slip)
    incoming.identity(desk, REF, to=message, on=desk.today, gave=(), refused=(items["licence"],), via="")
    _arrived(scene, now, desk.today, sending=by_mail, proof=writing.post(scene, "in", "10-delivery-report"))
    came_back = date(2020, 5, 6)
    card = scene.keep("return-slip.png", writing.returned(scene, came_back))
    _arrived(scene, "2020-05-13T11:00:00+02:00", came_back, sending=len(file.entries), proof=card)


def _answer(scene: Stage) -> None:
    found: Mapping[Status, list[str]] = words.table("review")  # type: ignore[assignment]  # the desk checks the words
    script = scene.script
    sheet = {"Clearface_search_report.pdf": writing.answer(scene, date(2020, 5, 27))}
    came = writing.post(scene, "in", "11-answer", sheet)
    answer = _received(scene, "2020-05-28T09:00:00+02:00", came, _meaning("answer"))
    reviewing.review(
        scene.at("2020-06-02T10:00:00+02:00"),
        REF,
        answer=answer,
        found={demand: status for status, demands in found.items() for demand in demands},
        notes=script["notes"],
        faults=script["faults"],
    )


def _meaning(kind: str, *items: str) -> Meaning:
    return incoming.meaning(kind, Attributes(items=items))


def _sent(scene: Stage, now: str, mail: Path) -> int:
    """The last letter left by e-mail, and the mail as it was sent is the proof; the number of the entry."""
    desk = scene.at(now)
    file = acts.sent(desk, REF, letter=None, on=desk.today, via="email", tracking="", proof=mail)
    return len(file.entries)


def _arrived(scene: Stage, now: str, on: date, *, sending: int, proof: Path) -> None:
    acts.delivered(scene.at(now), REF, sending=sending, on=on, proof=proof, basis=None, rule="")


def _received(scene: Stage, now: str, path: Path, *kinds: Meaning) -> int:
    """A mail came in, and was classified at once if `kinds` say as what; the number of its entry."""
    _, number, _ = incoming.received(scene.at(now), REF, path=path, on=None, kinds=kinds, note="")
    return number
