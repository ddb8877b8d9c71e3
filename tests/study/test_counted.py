"""What a case counts as: nobody is late before the safe date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dsar.core.casefacts import Happening
from dsar.study import counted
from study.made_up import LAST, SENT, TODAY, case, on

NINETY = date(2026, 6, 5)  # three months from the receipt


def extension(day: int, *, in_time: bool | None, reasons: bool | None) -> Happening:
    return Happening(kind="extension", on=on(day), n=4, in_time=in_time, reasons=reasons)


def test_an_answer_on_the_last_day_is_in_time_and_one_on_the_next_is_late() -> None:
    assert counted.lateness(case(1, (LAST - on(0)).days), TODAY) == "in-time"
    assert counted.lateness(case(1, (LAST - on(0)).days + 1), TODAY) == "late"


def test_an_open_case_is_running_up_to_its_safe_date_and_silent_from_the_day_after() -> None:
    assert counted.lateness(case(1), LAST) == "running"
    assert counted.lateness(case(1), LAST + timedelta(days=1)) == "never"


def test_between_the_strict_and_the_safe_date_the_strict_reading_alone_says_past() -> None:
    one = case(1, strict=LAST, safe=LAST + timedelta(days=9))
    day = LAST + timedelta(days=1)
    assert counted.lateness(one, day) == "running"
    assert counted.strictly(one, day) == "past"


@pytest.mark.parametrize(
    ("in_time", "reasons", "answer", "safe", "said"),
    [
        (True, True, 60, NINETY, "extended"),
        (True, True, 20, NINETY, "in-time"),
        (True, True, 93, NINETY, "late"),
        # without reasons: the safe date moves, the extension stays unlawful (facts.md A3)
        (True, False, 60, NINETY, "extended-unlawfully"),
        # announced too late: the first date stands
        (False, True, 60, LAST, "extended-unlawfully"),
        (True, None, 60, NINETY, "extended-untold"),
        (None, True, 93, NINETY, "late"),
    ],
)
def test_an_extension_is_lawful_if_it_came_in_time_and_with_reasons(
    in_time: bool | None,  # noqa: FBT001 - a parameter of the test
    reasons: bool | None,  # noqa: FBT001 - as above
    answer: int,
    safe: date,
    said: str,
) -> None:
    one = case(1, answer, safe=safe, happenings=(extension(10, in_time=in_time, reasons=reasons),))
    assert counted.lateness(one, TODAY) == said


def test_an_extension_that_is_running_is_no_silence() -> None:
    one = case(1, safe=NINETY, happenings=(extension(10, in_time=True, reasons=True),))
    assert counted.lateness(one, date(2026, 6, 5)) == "running"
    assert counted.lateness(one, date(2026, 6, 6)) == "never"


def test_a_case_that_we_ended_before_its_date_is_nobodys_silence() -> None:
    assert counted.lateness(case(1, closed_on=on(5), outcome="abandoned"), TODAY) == "ended"
    assert counted.lateness(case(1, closed_on=LAST + timedelta(days=2)), TODAY) == "never"


def test_without_a_safe_date_nothing_is_said() -> None:
    assert counted.lateness(case(1, safe=None), TODAY) == "undated"
    assert not counted.in_time(case(1, 3, safe=None), TODAY)


def test_an_acknowledgement_and_an_automatic_reply_are_no_answer() -> None:
    one = case(1, acknowledged_on=on(1), happenings=(Happening(kind="auto-reply", on=on(0), n=3),))
    assert counted.reacted(one)
    assert not counted.answered(one)
    assert not counted.reacted(case(1, happenings=(Happening(kind="auto-reply", on=on(0), n=3),)))


def test_nothing_is_complete_before_a_review_nor_with_one_item_in_general_terms() -> None:
    assert not counted.complete(case(1, 5))
    assert counted.complete(case(1, 5, findings=(("purposes", "given"), ("transfers", "na"))))
    assert not counted.complete(case(1, 5, findings=(("purposes", "given"), ("copy", "generic"))))


def test_a_request_that_only_bounced_is_not_reachable() -> None:
    gone: dict[str, Any] = {"arrived_on": None, "proved_on": None, "bounced": True, "channels": ("email",)}
    assert not counted.reachable(case(1, **gone))
    assert counted.reachable(case(1, **(gone | {"channels": ("email", "post")})))
    assert counted.reachable(case(1, 5, **gone))
    assert not counted.delivered(case(1, **gone))


def test_a_letter_of_the_day_of_the_answer_did_not_bring_it_about() -> None:
    one = case(1, 40, reminders=(on(35), on(40)), notices=(on(50),))
    assert counted.rungs(one) == ("request", "reminder-1")
    assert counted.rungs(case(1, reminders=(on(35), on(40)), notices=(on(50),), complaint_on=on(80)))[-1] == "complaint"


def test_days_run_from_the_proved_arrival_else_from_the_sending() -> None:
    assert counted.starts(case(1)) == on(0)
    assert counted.starts(case(1, proved_on=None)) == SENT
