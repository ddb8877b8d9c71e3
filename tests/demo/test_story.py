"""The dates of the case, counted by hand against Regulation (EEC, Euratom) No 1182/71 and the calendar of 2020.

2020 is a leap year; 1 January was a Wednesday. Public holidays in France (Code du travail L3133-1) between February
and July: 13 April (Easter Monday), 1 and 8 May (Fridays), 21 May (Ascension), 1 June (Whit Monday), 14 July (Tuesday).
"""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dsar.demo import stage, story
from dsar.demo.page import WIDTH, stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.desk.office import File

    from .conftest import Shown


@pytest.fixture(scope="module")
def file() -> Iterator[File]:
    with stage.stage("en") as scene:
        story.play(scene)
        yield story.lodge(scene)


def facts(shown: Shown) -> Any:
    with zipfile.ZipFile(shown.result.zip) as archive:
        name = next(name for name in archive.namelist() if name.endswith("case.json"))
        return json.loads(archive.read(name))


def test_the_answer_was_due_on_2_march_on_both_readings(file: File) -> None:
    # Received on Wednesday 29 January (their acknowledgement proves it). One month, the day itself not counted: the day
    # of the same number, 29 February, exists in 2020 (Art. 3(1), 3(2)(c)). It is a Saturday: the term ends with the
    # next working day, Monday 2 March, which is no holiday in France (Art. 3(4)).
    assert date(2020, 2, 29).strftime("%A") == "Saturday"
    reply = file.deadline("reply")
    assert reply is not None
    assert (reply.strict, reply.safe, reply.met) == (date(2020, 3, 2), date(2020, 3, 2), date(2020, 5, 27))


def test_neither_identity_demand_nor_the_portal_moved_that_day(file: File) -> None:
    rules = [step.rule for step in file.due[0].steps]
    assert "identity-dismissed" in rules
    assert "identity-too-late" in rules
    assert "redirected" in rules
    assert "suspended-days" not in rules


def test_the_notice_ran_out_on_5_may_at_the_earliest_and_on_14_may_at_the_latest(file: File) -> None:
    # Eight days, the day of receipt not counted: from Monday 27 April (e-mail) to Tuesday 5 May; from Wednesday 6 May
    # (registered post) to Thursday 14 May. Both are working days in France: no roll (Art. 3(4)).
    assert [date(2020, 5, day).strftime("%A") for day in (5, 14)] == ["Tuesday", "Thursday"]
    notice = file.deadline("notice")
    assert notice is not None
    assert (notice.strict, notice.safe) == (date(2020, 5, 5), date(2020, 5, 14))


def test_the_authority_owes_news_by_15_october(file: File) -> None:
    # Art. 78(2) GDPR: three months from Wednesday 15 July 2020; 15 October is a Thursday
    news = file.deadline("art-78-2")
    assert news is not None
    assert news.safe == date(2020, 10, 15)
    assert file.standing.who == "authority"


def test_the_stages_are_as_long_as_a_count_on_the_calendar(file: File) -> None:
    # 27 January to 29 January: 2. To 2 March: 2 left in January, 29 in February, 2 in March: 33.
    # To 27 April: 29 left in March, 27 in April: 56. To 27 May: 3 left in April, 27 in May: 30.
    # To 15 July: 4 left in May, 30 in June, 15 in July: 49. In all 170.
    found = stages(file)
    assert [(end - begin).days for _, begin, end in found] == [2, 33, 56, 30, 49]
    assert found[0][1] == date(2020, 1, 27)
    assert found[-1][2] == date(2020, 7, 15)


def test_the_page_says_those_days(shown: Shown) -> None:
    page = "\n".join(shown.result.page())
    counted = re.findall(r"^ +(\d+ \w{3})  .*?(\d+)  [ █▏]+$", page, flags=re.MULTILINE)
    assert counted == [("29 Jan", "2"), ("2 Mar", "33"), ("27 Apr", "56"), ("27 May", "30"), ("15 Jul", "49")]
    # 27 January to 27 May: 4 + 29 + 31 + 30 + 27 = 121; 2 March to 27 May: 29 + 30 + 27 = 86
    assert re.search(r"day 121, 86 days late +170$", page, flags=re.MULTILINE)


def test_the_page_counts_the_messages_and_the_proofs(shown: Shown) -> None:
    page = "\n".join(shown.result.page())
    assert "9 e-mails (4 sent, 5 received), 1 automatic reply, 1 registered letter" in page
    assert re.search(r"by e-mail +sent 27 Apr \(exhibit 14\) +arrived 27 Apr \(exhibit 16\)", page)
    assert re.search(r"by registered post +sent 27 Apr \(exhibit 15\) +arrived 6 May \(exhibit 17\)", page)
    assert re.search(r"copy of the passport +5 Feb +– +10 Feb", page)
    assert re.search(r"driving licence +22 Apr +– +27 Apr", page)
    assert re.search(r"IP address +5 Feb +10 Feb +–", page)


def test_the_page_fits_a_plain_terminal_and_says_what_it_is(shown: Shown) -> None:
    page = shown.result.page()
    assert len(page) <= 45
    assert [line for line in page if len(line) > WIDTH and str(shown.out) not in line] == []
    assert "RECONSTRUCTION WITH FICTITIOUS PARTIES" in page[0]
    assert page[-1] == "dsar informs and drafts; it is not a lawyer."


def test_the_grievances_are_those_that_the_facts_allow(file: File) -> None:
    assert {breach.id for breach in file.breaches} == {
        "identity-excessive",
        "portal-only",
        "hindered",
        "late-answer",
        "incomplete-answer",
        "third-party-data",
        "no-legal-basis",
    }


def test_the_notice_accused_only_of_what_had_happened_by_then(file: File) -> None:
    assert set(file.case.notices[0].fact.claims) == {"identity-excessive", "portal-only", "hindered", "no-answer"}
    assert file.case.notices[0].fact.term_days == 8


def test_the_complaint_is_her_own_because_her_agent_is_a_company(shown: Shown) -> None:
    banner, sender, *_ = shown.files()["letters/6-complaint.txt"].decode().split("\n\n")
    assert banner.startswith("Recon")
    assert sender.splitlines()[0] == "Élise Fontanel"
    assert "Garde-Fou" not in sender


def test_every_point_of_the_request_was_reviewed(shown: Shown) -> None:
    told = facts(shown)
    assert {item["status"] for item in told["demands"]} == {"given", "pointed", "missing"}
    assert len(told["demands"]) == 18


def test_no_entry_of_the_log_looks_odd(file: File) -> None:
    assert file.oddities == ()


def test_the_ledger_is_proved_by_their_demand_and_by_what_we_sent_that_day(file: File) -> None:
    """Exhibit 6 is their demand of 5 February; 7 and 8 are our letter and our mail of 10 February that answer it."""
    from dsar.core.dossier import Table  # noqa: PLC0415 - only here
    from dsar.desk import sections  # noqa: PLC0415 - as above
    from dsar.letters.find import roots  # noqa: PLC0415 - as above
    from dsar.letters.words import Words  # noqa: PLC0415 - as above

    section = sections.identity(Words("en", roots()), file)
    assert section is not None
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    proof = {row.cells[0]: row.exhibits for row in table.rows}
    assert proof["photograph"] == proof["copy of the passport"] == (6, 7, 8)
