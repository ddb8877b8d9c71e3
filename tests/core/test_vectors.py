"""Every row of the vectors, asked of the calculator as a user would, and of a case that holds the same events."""

from __future__ import annotations

import csv
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dsar.core.deadlines import Calendars
from dsar.core.events import AuthorityActed, Escalated, IdentityRefused, IdentitySupplied, Paid, Replied
from dsar.core.meanings import Acknowledgement, Clarification, Extension, Fee, IdentityDemand, PortalRedirect
from dsar.desk.calculator import Place, answer, term
from dsar.lawbook.calendars import calendar, institutions, weekends_only

from .cases import CaseFile, between, day, request_received

if TYPE_CHECKING:
    from dsar.core.meanings import Meaning

Row = dict[str, str]
FILE = Path(__file__).parent.parent / "data" / "deadline_vectors.csv"
ROWS: list[Row] = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
COPY = ("copy of the passport",)


def _options(row: Row) -> tuple[Place, tuple[str, ...], int | None]:
    words = shlex.split(row["options"])
    pairs = [(word, words[k + 1] if k + 1 < len(words) else "") for k, word in enumerate(words)]
    value = dict(pairs)
    place = Place(
        country=row["country"],
        complainant=value.get("--complainant-country", ""),
        no_establishment="--no-establishment" in words,
        no_holidays=value.get("--holidays") == "none",
    )
    events = tuple(after for word, after in pairs if word == "--event")
    return place, events, int(value["--days"]) if "--days" in value else None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_the_vectors_are_all_there() -> None:
    assert len(ROWS) == len({row["id"] for row in ROWS}) == 53
    assert all(bool(row["regime"]) != bool(row["term"]) for row in ROWS)


@pytest.mark.parametrize("row", [row for row in ROWS if row["regime"]], ids=lambda row: row["id"])
def test_the_calculator_gives_the_dates_of_the_vector(row: Row) -> None:
    place, events, days = _options(row)
    assert days is None
    found = answer(row["regime"], day(row["start"]), place, events)
    assert (found.strict, found.safe) == (_date(row["strict"]), _date(row["safe"]))


@pytest.mark.parametrize("row", [row for row in ROWS if row["term"]], ids=lambda row: row["id"])
def test_the_calculator_gives_the_last_day_of_the_term(row: Row) -> None:
    place, events, days = _options(row)
    assert events == ()
    found = term(row["term"], day(row["start"]), place, days)
    assert (found.strict, found.safe) == (_date(row["strict"]), _date(row["safe"]))


def _meaning(kind: str) -> Meaning:
    meanings: dict[str, Meaning] = {
        "extension": Extension(reasons=True),
        "extension-no-reasons": Extension(reasons=False),
        "identity": IdentityDemand(items=COPY),
        "identity-refused": IdentityDemand(items=COPY),
        "clarification": Clarification(large=False),
        "acknowledged": Acknowledgement(),
        "portal": PortalRedirect(),
        "fee": Fee(amount="20 EUR"),
    }
    return meanings[kind]


def _live_through(file: CaseFile, event: str) -> None:
    """Record one event of a vector as the case worker would: their message, and what we did about it."""
    kind, _, written = event.partition("=")
    asked, _, done = written.partition(":")
    if kind == "announced":
        file.received(asked, Extension(reasons=True, until=day(done)))
        return
    message = file.received(asked, _meaning(kind))
    if not done:
        return
    match kind:
        case "identity":
            file.write(IdentitySupplied(on=day(done), to=message, items=COPY))
        case "identity-refused":
            file.write(IdentityRefused(on=day(done), to=message, items=COPY))
        case "clarification":
            file.write(Replied(on=day(done), to=message))
        case "fee":
            file.write(Paid(on=day(done), to=message))
        case _:
            pytest.fail(f"{kind} has one day only")


def _calendars(place: Place) -> Calendars:
    if place.no_establishment:
        return Calendars(strict=weekends_only(), safe=calendar(place.complainant))
    own = weekends_only() if place.no_holidays else calendar(place.country)
    return Calendars(strict=own, safe=own)


@pytest.mark.parametrize("row", [row for row in ROWS if row["regime"]], ids=lambda row: row["id"])
def test_a_case_that_lives_through_a_vector_has_its_dates(row: Row) -> None:
    """Whatever its law: a case opened under the vector's regime, in the vector's calendar."""
    place, events, _ = _options(row)
    calendars = _institutions() if row["regime"] == "eudpr" else _calendars(place)
    file = request_received(row["start"], regime=row["regime"], calendars=calendars)
    for event in events:
        _live_through(file, event)
    reply = file.deadline("reply")
    assert (reply.strict, reply.safe) == (_date(row["strict"]), _date(row["safe"]))


@pytest.mark.parametrize("row", [row for row in ROWS if row["term"]], ids=lambda row: row["id"])
def test_a_case_in_which_the_term_of_a_vector_runs_has_its_last_day(row: Row) -> None:
    deadline = _running(row).deadline(row["term"])
    assert (deadline.strict, deadline.safe) == (_date(row["strict"]), _date(row["safe"]))


def _running(row: Row) -> CaseFile:
    """A case in which what starts the term of a row happened on its day."""
    place, _, days = _options(row)
    start, calendars = row["start"], _institutions() if row["country"] == "EU" else _calendars(place)
    match row["term"]:
        case "notice":
            file = request_received("2026-01-05", calendars=calendars)
            file.letter(start, "notice", term_days=days)
        case "uk-164a-acknowledgement":
            file = request_received("2026-05-05", regime="uk-gdpr", calendars=calendars)
            file.letter(start, "controller-complaint")
        case "at-dsg-24-4-knowledge" | "edps-two-years" as name:
            regime = "eudpr" if name == "edps-two-years" else "gdpr"
            before = (day(start) - timedelta(days=5)).isoformat()
            file = between(request_received(before, regime=regime, calendars=calendars), home="AT")
            file.judged(start, file.received(start, IdentityDemand(items=COPY)), justified=False)
        case "art-78-2":
            file = request_received("2020-01-06", calendars=calendars)
            file.write(Escalated(on=day(start), authority="fr-cnil"))
        case "es-lopdgdd-64":
            file = request_received("2025-10-06", calendars=calendars)
            file.write(Escalated(on=day("2026-01-12"), authority="es-aepd"))
            file.write(AuthorityActed(on=day(start), act="admitted"))
        case name:
            file = between(request_received("2027-01-05", calendars=calendars), controller="DE")
            _across_borders(file, name, start)
    return file


def _across_borders(file: CaseFile, name: str, start: str) -> None:
    """A complaint in France against a company established in Germany, and what the lead authority does."""
    lodged = start if name in {"procreg-admissibility", "procreg-transmission"} else "2027-04-06"
    file.write(Escalated(on=day(lodged), authority="fr-cnil"))
    if name in {"procreg-draft-decision", "procreg-simple"}:
        file.write(AuthorityActed(on=day(start), act="competence"))
    if name == "procreg-simple":
        file.write(AuthorityActed(on=day("2027-06-03"), act="simple"))


def _institutions() -> Calendars:
    return Calendars(strict=institutions(), safe=institutions())


def test_a_swiss_controller_that_names_a_later_day_in_time_has_until_that_day() -> None:
    """Vector W04 as a case. DSV Art. 18(2): announced on 30 March, within the 30 days that end on 1 April."""
    swiss = Calendars(strict=calendar("CH"), safe=calendar("CH"))
    file = request_received("2026-03-02", regime="ch-fadp", calendars=swiss)
    file.received("2026-03-30", Extension(reasons=True, until=day("2026-05-15")))
    assert file.dates() == ("2026-05-15", "2026-05-15")
    assert "no-answer" not in file.breaches("2026-05-15")
