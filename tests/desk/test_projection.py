"""The projection says of every day what the logs say of it: it is only faster."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsar import __version__
from dsar.core.events import Assigned, AuthorityActed, Noted, Paid, Replied
from dsar.core.meanings import (
    Acknowledgement,
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    NoData,
    PortalRedirect,
    Refusal,
)
from dsar.desk import lists, projecting
from dsar.desk.counting import case_facts
from dsar.desk.office import read
from dsar.desk.projecting import listed, project, rebuild
from dsar.desk.recording import append

from .conftest import NOW
from .logs import Log, in_every_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from dsar.core.events import Basis
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

LAST = date(2026, 3, 31)


class TakenBackError(Exception):
    """What a test wrote is taken back."""


@contextmanager
def for_a_while(desk: Desk) -> Iterator[Evidence]:
    """One transaction that is never committed; the one piece of evidence in it."""
    try:
        with desk.vault.transaction():
            yield desk.vault.put_evidence(BytesIO(b"a paper"), name="paper.txt", media="text/plain")
            raise TakenBackError  # noqa: TRY301 - the way out of a transaction that is not to be kept
    except TakenBackError:
        pass


def keep(desk: Desk, ref: str, log: Log) -> None:
    entries = desk.vault.append(ref, log.events, expect=0, now=NOW, by="worker-1")
    project(desk, ref, entries)


def by_ref(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in rows}


def both(desk: Desk, day: date) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """The list of a day, as the projection says it and as the logs do."""
    then = replace(desk, today=day)
    return by_ref(lists.agenda(then)), by_ref(lists.folded(then))


@pytest.mark.no_cover  # 150 days of each state: counting lines takes longer than computing, and other tests run them
def test_in_every_state_the_list_of_every_day_is_what_the_logs_say(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folded = lists.folded
    with for_a_while(desk) as paper:
        logs = in_every_state(paper, LAST)
        refs = {f"2026-{number:05}": name for number, name in enumerate(logs)}
        for ref, name in refs.items():
            keep(desk, ref, logs[name])
        # from the last fact on the list is read from the projection and from nothing else
        monkeypatch.setattr(lists, "folded", lambda _: [])
        turns = set()
        # each of two months, and then every third: the test below looks at both sides of each last day
        for days in (*range(60), *range(60, 150, 3)):
            then = replace(desk, today=LAST + timedelta(days=days))
            listed, said = by_ref(lists.agenda(then)), by_ref(folded(then))
            assert set(listed) == set(refs)
            for ref, name in refs.items():
                assert listed[ref] == said[ref], (name, then.today)
            turns |= {(refs[ref], row["who"]) for ref, row in listed.items()}
    assert {who for _, who in turns} == {"us", "controller", "authority", "nobody"}
    # a term that passes changes whose turn it is, without a new fact
    assert {("delivered", "controller"), ("delivered", "us")} <= turns
    assert {("notice-proved", "controller"), ("notice-proved", "us")} <= turns


@pytest.mark.no_cover  # as above
def test_before_the_last_fact_the_logs_are_read(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        logs = in_every_state(paper, LAST)
        for number, log in enumerate(logs.values()):
            keep(desk, f"2026-{number:05}", log)
        # on every day of a fact, and on the day before
        days = {event.on - timedelta(days=k) for log in logs.values() for event in log.events for k in (0, 1)}
        for day in sorted(days):
            listed, said = both(desk, day)
            assert listed == said
        assert both(desk, date(2025, 1, 1)) == ({}, {})


MEANINGS = st.sampled_from(
    [
        *(None, Acknowledgement(), AutoReply(), Bounce(), Bounce(address="d@m.example")),
        *(IdentityDemand(items=("passport",)), IdentityDemand(items=("photo", "passport")), Clarification(large=True)),
        *(
            Clarification(),
            Fee(amount="EUR 10"),
            Extension(reasons=True),
            Extension(reasons=False),
            Refusal(ground="x"),
        ),
        *(PortalRedirect(), NoData(), Answer()),
    ]
)
KINDS = st.sampled_from(["access-erasure", "notice", "reminder", "incomplete", "identity-reply", "complaint", "access"])
BASES: st.SearchStrategy[Basis] = st.sampled_from(["proved", "stated", "presumed", "refused", "unclaimed", "returned"])
STEPS = ("issue", "send", "deliver", "receive", "ours", "judge", "review", "other", "correct", "confirm", "close")


@st.composite
def logs(draw: st.DrawFn, paper: Evidence) -> Log:
    """A case as it could be written: any order that the desk would allow, odd days and corrections included."""
    until = draw(st.none() | st.dates(date(2026, 3, 1), date(2026, 9, 1)))
    log = Log(paper, date(2026, 2, 2), until=until)
    usual = draw(st.booleans())
    if usual:  # so that most cases come as far as a deadline
        log.issue()
        log.after(1).send()
        log.after(4).deliver(draw(BASES))
    for _ in range(draw(st.integers(0, 9))):
        log.after(draw(st.integers(-2, 25)))
        log.day = max(log.day, date(2026, 2, 2))
        _step(draw, log)
    return log


def _step(draw: st.DrawFn, log: Log) -> None:
    step = draw(st.sampled_from(STEPS))
    if step == "issue":
        log.issue(draw(KINDS), draw(st.integers(1, 30)))
    elif step == "send" and log.letters:
        log.send(draw(st.sampled_from(log.letters)))
    elif step == "deliver" and log.sendings:
        log.deliver(draw(BASES), draw(st.sampled_from(log.sendings)))
    elif step == "receive":
        log.receive(draw(MEANINGS))
    elif step == "ours" and log.messages:
        _ours(draw, log, draw(st.sampled_from(log.messages)))
    elif step == "judge" and log.messages:
        log.judge(justified=draw(st.booleans()), about=draw(st.sampled_from(log.messages)))
    elif step == "review" and log.messages:
        log.review(draw(st.sampled_from(["given", "missing", "generic", "refused", "na"])))
    elif step == "other":
        log.complain() if draw(st.booleans()) else _small(log)
    elif step == "correct":
        log.correct(draw(st.integers(1, len(log.events))) if len(log.events) > 1 else 1, draw(st.integers(-9, 9)))
    elif step == "confirm":
        log.confirm(draw(st.integers(1, len(log.events))))
    elif step == "close" and draw(st.booleans()):
        log.close("partly")


def _ours(draw: st.DrawFn, log: Log, message: int) -> None:
    """What we did about a message."""
    act = draw(st.sampled_from(["give", "refuse", "reply", "pay"]))
    if act == "give":
        log.give("passport")
    elif act == "refuse":
        log.refuse("passport")
    elif act == "reply":
        log.write(Replied(on=log.day, to=message))
    else:
        log.write(Paid(on=log.day, to=message))


def _small(log: Log) -> None:
    log.write(Noted(on=log.day, text="a note"))
    log.write(Assigned(on=log.day, to="worker-2"))
    log.write(AuthorityActed(on=log.day, act="progress"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), offsets=st.sets(st.integers(0, 200), max_size=6))
def test_whatever_is_recorded_the_projection_equals_the_fold(
    desk: Desk, data: st.DataObject, offsets: set[int]
) -> None:
    with for_a_while(desk) as paper:
        log = data.draw(logs(paper))
        keep(desk, "2026-22222", log)
        last = max(event.on for event in log.events)
        assert desk.vault.lists.changed_after(last.toordinal() - 1) == ["2026-22222"]
        assert desk.vault.lists.changed_after(last.toordinal()) == []
        days = {last + timedelta(days=offset) for offset in (0, 1, *offsets)}
        for due in by_ref(lists.folded(replace(desk, today=last)))["2026-22222"]["deadlines"]:
            days |= {
                date.fromisoformat(due[name]) + timedelta(days=k)
                for name in ("strict", "safe")
                if due[name]
                for k in (-1, 0, 1)
            }
        for day in sorted(days):
            listed, said = both(desk, day)
            assert listed == said, day


def test_a_projection_made_anew_is_the_same(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        for number, log in enumerate(in_every_state(paper, LAST).values()):
            keep(desk, f"2026-{number:05}", log)
        before = everything(desk)
        assert rebuild(desk) == len(before) == 22
        assert everything(desk) == before


def everything(desk: Desk) -> dict[str, tuple[object, ...]]:
    """What the lists say of each case on three days, with its facts."""
    days = [replace(desk, today=LAST + timedelta(days=days)) for days in (0, 40, 400)]
    rows = [by_ref(lists.agenda(then)) for then in days]
    facts = {one.ref: one for one in case_facts(desk)}
    return {ref: (*(row[ref] for row in rows), facts[ref]) for ref in facts}


def test_what_an_append_gives_back_is_the_case_as_it_is_read(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        for number, log in enumerate(in_every_state(paper, LAST).values()):
            ref = f"2026-{number:05}"
            keep(desk, ref, log)
            # the day of the facts, one long after it, and one that does not know the last of them
            for day in (LAST, LAST + timedelta(days=200), LAST - timedelta(days=9)):
                then = replace(desk, today=day)
                after = append(then, read(then, ref), Noted(on=min(day, LAST), text="a note"))
                assert after == read(then, ref)


def test_lists_that_a_colleague_made_meanwhile_are_not_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with for_a_while(desk) as paper:
        keep(desk, "2026-22222", in_every_state(paper, LAST)["delivered"])
        desk.vault.lists.put(listed(desk, "2026-22222", desk.vault.log("2026-22222")), "0.0.0")
        assert desk.vault.lists.version is None
        vault, made = desk.vault, list[object]()
        plain = vault.transaction

        def waited() -> AbstractContextManager[None]:
            vault.lists.finished(__version__)  # another process was faster while this one waited for the lock
            return plain()

        monkeypatch.setattr(vault, "transaction", waited)
        monkeypatch.setattr(projecting, "rebuild", made.append)
        lists.current(desk)
        assert not made


def test_lists_of_another_version_are_made_anew(desk: Desk) -> None:
    with for_a_while(desk) as paper:
        log = in_every_state(paper, LAST)["delivered"]
        keep(desk, "2026-22222", log)
        right = everything(desk)
        # an older program wrote another row, and then this one wrote this case: neither may be believed
        desk.vault.lists.put(replace(listed(desk, "2026-33333", desk.vault.log("2026-22222")), owner="x"), "0.0.0")
        assert desk.vault.lists.version is None
        assert everything(desk) == right
        assert desk.vault.lists.version == __version__
