"""Choosing, counting and paging the agenda: what the lists say is what the rows themselves say."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dsar.core.events import Assigned, Opened
from dsar.desk import agenda, lists, saved
from dsar.desk.errors import UnknownItemError
from dsar.vault.lists import Choice

from .logs import in_every_state
from .test_projection import LAST, for_a_while, keep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.desk.office import Desk


@contextmanager
def office(desk: Desk) -> Iterator[None]:
    """Three cases in every state: of two campaigns and none, of two case workers and nobody."""
    with for_a_while(desk) as paper:
        for number in range(3):
            for place, log in enumerate(in_every_state(paper, LAST).values()):
                first = log.events[0]
                assert isinstance(first, Opened)
                log.events[0] = replace(first, campaign=("", "FACES26", "OTHER")[number], wave=number)
                if number:
                    log.write(Assigned(on=log.day, to=("ana", "Élodie")[number - 1]))
                keep(desk, f"2026-{number}{place:04}", log)
        yield


DAYS = [LAST - timedelta(days=20), LAST, LAST + timedelta(days=30), LAST + timedelta(days=500)]


def on(desk: Desk, day: date) -> Desk:
    return replace(desk, today=day)


def test_the_numbers_are_those_of_the_rows_on_any_day(desk: Desk) -> None:
    with office(desk):
        for day in DAYS:
            rows = lists.agenda(on(desk, day))
            told = Counter((row["who"], row["next"][0]["id"] if row["next"] else "") for row in rows)
            numbers = {key: n for key, n in lists.counts(on(desk, day)).items() if key[0]}
            assert numbers == told, day
            # each choice that is counted by looking at the rows agrees with the numbers that are kept
            looked = lists.counts(on(desk, day), Choice(ranks=(0, 3)))
            assert looked == lists.counts(on(desk, day))


def test_overdue_is_what_has_a_last_day_of_theirs_behind_it(desk: Desk) -> None:
    with office(desk):
        for day in DAYS:
            today = day.isoformat()

            def late(row: dict[str, Any], today: str = today) -> bool:
                theirs = (one for one in row["deadlines"] if one["for"] != "us")
                return row["outcome"] == "open" and any(
                    one["met"] is None and one["safe"] and one["safe"] < today for one in theirs
                )

            rows = lists.agenda(on(desk, day))
            expected = [row["ref"] for row in rows if late(row)]
            found = [row["ref"] for row in lists.agenda(on(desk, day), Choice(overdue=True))]
            assert found == expected
            assert lists.counts(on(desk, day))["", "overdue"] == len(expected)


@pytest.mark.parametrize(
    ("said", "test"),
    [
        ({"owner": "ana"}, lambda row: row["owner"] == "ana"),
        ({"owner": "none"}, lambda row: not row["owner"]),
        ({"owner": "me"}, lambda row: row["owner"] == "worker-1"),
        ({"campaign": "faces26"}, lambda row: row["campaign"] == "FACES26"),
        ({"who": "controller"}, lambda row: row["who"] == "controller"),
        ({"who": "nobody"}, lambda row: row["who"] == "nobody"),
        ({"step": "notice"}, lambda row: bool(row["next"]) and row["next"][0]["id"] == "notice"),
        ({"controller": "MIROIR s"}, lambda _: True),
        ({"controller": "miroi"}, lambda _: True),
        ({"controller": "clearface"}, lambda _: False),
        ({"subject": "zoe"}, lambda _: True),
        ({"subject": "Zo"}, lambda _: True),
        ({"subject": "%"}, lambda _: False),
        ({"due_within": 10}, lambda row: row["due"] is not None and row["due"] <= "2026-04-10"),
        ({"due_within": 0}, lambda row: row["due"] == "2026-03-31"),
        ({"days": 10}, lambda row: row["who"] == "us" or (row["due"] is not None and row["due"] <= "2026-04-10")),
    ],
)
def test_a_choice_is_what_it_says(desk: Desk, said: dict[str, Any], test: Any) -> None:
    today = on(desk, LAST)
    with office(desk):
        rows = lists.agenda(today)
        expected = [row for row in rows if test(row)]
        choice = agenda.chosen(today, said)
        assert lists.agenda(today, choice) == expected
        assert sum(n for key, n in lists.counts(today, choice).items() if key[0]) == len(expected)
        if not {"due_within", "days"} & set(said):
            # on a day in the past the same choice is made from the logs
            past = on(desk, LAST - timedelta(days=1))
            assert lists.agenda(past, choice) == [row for row in lists.folded(past) if test(row)]


def test_pages_are_the_whole_in_pieces_also_in_the_past(desk: Desk) -> None:
    with office(desk):
        for day in DAYS:
            whole = lists.agenda(on(desk, day))
            pages = [lists.page(on(desk, day), Choice(), offset=k, limit=7) for k in range(0, len(whole) + 7, 7)]
            assert [row for page in pages for row in page] == whole


def test_a_page_for_a_person_leaves_out_what_is_over(desk: Desk) -> None:
    today = on(desk, LAST)
    with office(desk):
        found = agenda.leaf(today, {}, offset=0, limit=1000)
        assert {row["who"] for row in found.rows} == {"us", "controller", "authority"}
        assert found.total == len(found.rows)
        assert sum(found.of("nobody").values()) == sum(row["who"] == "nobody" for row in lists.agenda(today)) > 0
        over = agenda.leaf(today, {"who": "nobody"}, offset=0, limit=1000)
        assert {row["who"] for row in over.rows} == {"nobody"}
        assert over.total == len(over.rows)


def test_a_view_is_kept_under_its_name(desk: Desk) -> None:
    with for_a_while(desk):
        saved.save(desk, "late", {"overdue": True, "owner": "me", "days": None, "due_within": 0, "step": ""})
        assert saved.views(desk) == {"late": {"overdue": True, "owner": "me", "due_within": 0}}
        saved.drop(desk, "late")
        with pytest.raises(saved.NoViewError, match="--views"):
            saved.load(desk, "late")


def test_a_view_that_chooses_nothing_or_has_no_name_is_refused(desk: Desk) -> None:
    with for_a_while(desk):
        with pytest.raises(saved.EmptyViewError):
            saved.save(desk, "all", {"owner": "", "overdue": False})
        with pytest.raises(saved.ViewNameError):
            saved.save(desk, "../x", {"owner": "me"})
        with pytest.raises(UnknownItemError):
            saved.save(desk, "x", {"who": "them"})


def test_what_waits_beside_the_cases_is_counted(desk: Desk) -> None:
    today = on(desk, date(2026, 6, 1))

    def mandate(name: str, **more: object) -> None:
        body = {"subject": "zoe", "until": None, "signed_on": None, "revoked_on": None, "sent_on": None, **more}
        desk.vault.put_record("mandate", name, body)

    with for_a_while(desk):
        assert set(agenda.beside(today).values()) == {0}
        mandate("M-1", until="2026-07-31", signed_on="2026-01-01")  # the sixtieth day
        mandate("M-2", until="2026-08-01", signed_on="2026-01-01")
        mandate("M-3", until="2026-07-01", signed_on="2026-01-01", revoked_on="2026-05-01")
        mandate("M-4", until="2026-05-31", signed_on="2026-01-01")
        mandate("M-5", sent_on="2026-05-10")
        mandate("M-6", sent_on="2026-05-11")
        mandate("M-7", sent_on="2026-01-01", signed_on="2026-02-01")
        desk.vault.put_record("enrolled", "p-1", {"keep_until": "2026-05-31"})
        desk.vault.put_record("enrolled", "p-2", {"keep_until": "2026-06-01"})
        desk.vault.put_record("enrolled", "p-3", {"keep_until": None})
        found = agenda.beside(today)
    assert (found["mandates_ending"], found["mandates_unsigned"], found["people_to_forget"]) == (1, 1, 1)
