"""The day of a mail is the day where the data subject lives; where the controller is, it may be another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Issued, Received, Sent
from dsar.core.meanings import Extension, IdentityDemand
from dsar.core.parties import Address, Person
from dsar.desk import people
from dsar.desk.acts import delivered
from dsar.desk.errors import FutureDateError, NoDateError
from dsar.desk.evidence import take_bytes
from dsar.desk.incoming import received
from dsar.desk.office import read
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.desk.recording import append
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.meanings import Meaning
    from dsar.desk.office import Desk, File

MAIL = "From: privacy@clearface.example\r\nTo: zoe@person.example\r\nSubject: Re: x\r\nDate: {date}\r\n\r\nHello\r\n"
PACIFIC = "Thu, 19 Mar 2026 22:30:00 -0700"
REFS = iter(range(22222, 99999))


def case(desk: Desk, *, lives_in: str, company_in: str) -> File:
    """A request received, with a slip, on Thursday 19 February 2026: + 1 month = Thursday 19 March."""
    address = Address(lines=("1 rue X",), country=lives_in)
    me = Person(id="me", name="Zoé", email="zoe@person.example", address=address, language="en")
    people.set_self(desk.vault, me)
    then = replace(desk, today=date(2026, 2, 16))
    company = own_controller(name="Clearface", email="p@c.example", address=(), country=company_in, sector="general")
    file = open_case(then, company, Ask(rights=("access",), subject="me"), ref=f"2026-{next(REFS)}")
    paper = take_bytes(desk, b"a paper", name="paper.txt", media="text/plain")
    issued = Issued(
        on=then.today, kind="access", lang="en", subject="s", text=paper, pdf=paper, template="t", law="l", demands=()
    )
    return append(desk, file, issued, Sent(on=then.today, letter=2, channel="registered", to="there", proof=paper))


def arrived(desk: Desk, file: File, slip: Path) -> File:
    slip.write_bytes(b"slip")
    return delivered(desk, file.case.ref, sending=None, on=date(2026, 2, 19), proof=slip, basis=None, rule="")


def mailed(desk: Desk, ref: str, path: Path, sent: str, *kinds: Meaning, on: date | None = None) -> Received:
    """Record a mail with that Date; the fact that was written."""
    path.write_bytes(MAIL.format(date=sent).encode())
    file, n, _ = received(desk, ref, path=path, on=on, kinds=kinds, note="")
    fact = file.entries[n - 1].event
    assert isinstance(fact, Received)
    return fact


# where the data subject lives, where the company is, what the mail says; the day of the one and of the other
DAYS = (
    # 22:30 in Los Angeles (summer time since 8 March, UTC-7) is 05:30 UTC and 06:30 in Paris (UTC+1) the next day
    ("FR", "US", PACIFIC, "2026-03-20", "2026-03-19"),
    # 01:00 in Paris is 20:00 the evening before in New York (UTC-4)
    ("US", "FR", "Fri, 20 Mar 2026 01:00:00 +0100", "2026-03-19", "2026-03-20"),
    # noon is noon
    ("FR", "FR", "Fri, 20 Mar 2026 12:00:00 +0100", "2026-03-20", "2026-03-20"),
    # 23:30 UTC is 00:30 in Paris, and still the 19th in Lisbon (UTC+0) and on the Azores
    ("FR", "PT", "Thu, 19 Mar 2026 23:30:00 +0000", "2026-03-20", "2026-03-19"),
    # a mail server far away stamps its own zone: the instant counts
    ("FR", "FR", "Fri, 20 Mar 2026 08:30:00 +0900", "2026-03-20", "2026-03-20"),
    ("FR", "FR", "Fri, 20 Mar 2026 07:30:00 +0900", "2026-03-19", "2026-03-19"),
)


@pytest.mark.parametrize("told", DAYS)
def test_a_mail_has_the_day_of_the_data_subject_and_that_of_the_controller(
    told: tuple[str, str, str, str, str], desk: Desk, tmp_path: Path
) -> None:
    lives_in, company_in, sent, on, theirs = told
    file = case(desk, lives_in=lives_in, company_in=company_in)
    fact = mailed(desk, file.case.ref, tmp_path / "m.eml", sent)
    assert (fact.on.isoformat(), str(fact.on_theirs)) == (on, theirs)
    assert fact.at  # the instant is kept beside


def test_the_two_days_decide_whether_an_extension_came_in_time(desk: Desk, tmp_path: Path) -> None:
    """Notified on 20 March in Paris, a day late, and on 19 March where they are, in time. Strictly the first term
    stands; a court could count 19 February + 3 months = Tuesday 19 May."""
    file = arrived(desk, case(desk, lives_in="FR", company_in="US"), tmp_path / "slip.txt")
    mailed(desk, file.case.ref, tmp_path / "m.eml", PACIFIC, Extension(reasons=True))
    reply = read(desk, file.case.ref).deadline("reply")
    assert reply is not None
    assert (reply.strict, reply.safe) == (date(2026, 3, 19), date(2026, 5, 19))


def test_a_day_that_is_given_wins_over_the_mail(desk: Desk, tmp_path: Path) -> None:
    file = case(desk, lives_in="FR", company_in="US")
    fact = mailed(desk, file.case.ref, tmp_path / "m.eml", PACIFIC, on=date(2026, 3, 25))
    assert (fact.on, fact.on_theirs) == (date(2026, 3, 25), None)


@pytest.mark.parametrize("sent", ["", "yesterday", "Thu, 99 Mar 2026 22:30:00 -0700"])
def test_a_mail_without_a_date_asks_for_one_and_is_not_kept(sent: str, desk: Desk, tmp_path: Path) -> None:
    file = case(desk, lives_in="FR", company_in="US")
    before = (desk.vault.status().evidence, len(file.entries))
    with pytest.raises(NoDateError) as caught:
        mailed(desk, file.case.ref, tmp_path / "m.eml", sent, IdentityDemand())
    assert caught.value.code == 2
    assert (desk.vault.status().evidence, len(desk.vault.log(file.case.ref))) == before


def test_a_mail_from_tomorrow_is_refused_with_all_it_brought(desk: Desk, tmp_path: Path) -> None:
    file = case(desk, lives_in="FR", company_in="US")
    before = (desk.vault.status().evidence, len(file.entries))
    # on 19 March in Paris, the mail of that evening in Los Angeles has not come yet
    early = replace(desk, today=date(2026, 3, 19))
    with pytest.raises(FutureDateError):
        mailed(early, file.case.ref, tmp_path / "m.eml", PACIFIC)
    with pytest.raises(NotFoundError):
        received(desk, file.case.ref, path=tmp_path / "none.eml", on=None, kinds=(), note="")
    assert (desk.vault.status().evidence, len(desk.vault.log(file.case.ref))) == before
