"""What would hurt people in a campaign: letters that should not leave, seats that lie, dates that are not so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.events import Classified, Closed, Received
from dsar.core.meanings import Acknowledgement, Bounce
from dsar.desk import acts, campaign_letters, campaign_paper, campaign_post, campaign_steps, campaigning, drafting
from dsar.desk.campaign_letters import Follow
from dsar.desk.campaign_paper import OldFilesError
from dsar.desk.campaign_post import Pace, Post, overtaken
from dsar.desk.campaign_run import Around, Wanted
from dsar.desk.campaign_table import DELIVERED_ON, TwoColumnsError, table
from dsar.desk.correcting import move, withdraw
from dsar.desk.errors import NoPersonError
from dsar.desk.evidence import take_bytes
from dsar.desk.office import read
from dsar.desk.recording import append
from dsar.desk.sending import NoRecipientError, OtherDayError
from dsar.mail.account import Account
from dsar.vault.mailbox import Arrival

from . import campaigns as c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dsar.desk.campaign_steps import Told
    from dsar.desk.office import Desk

SENT, ARRIVED, LATE = date(2026, 11, 20), date(2026, 11, 23), date(2027, 2, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Three people whose letters to the second body are issued."""
    c.coalition(tmp_path, 3)
    with c.open_vault(tmp_path) as vault:
        made = c.desk_on(vault)
        c.seat_all(made, "spiegel")
        c.run(made)
        yield made


def refs(desk: Desk) -> tuple[str, ...]:
    return campaign_paper.refs(desk, "FACES26", None)


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def printed(desk: Desk, folder: Path) -> campaign_paper.Printed:
    folder.mkdir(exist_ok=True)
    return campaign_paper.write_all(desk, refs(desk), folder, put)


def left(desk: Desk, on: date = SENT, via: str = "registered") -> None:
    campaign_steps.sent(desk, refs(desk), on, via, lambda: False)  # type: ignore[arg-type]  # a Channel


def state(desk: Desk, n: int) -> str:
    return c.seats(desk)[f"p{n:05}"].state


def posts(desk: Desk, path: Path, text: str) -> Told:
    path.write_text(text)
    found = table(path, {}, ("ref|tracking", "date"), ("status",), DELIVERED_ON)
    return campaign_steps.delivered(desk, refs(desk), found, {})


def deliveries(desk: Desk, ref: str) -> list[tuple[date, str]]:
    case = read(desk, ref).case
    found = [fact for letter in case.letters for one in letter.sendings for _, fact in one.deliveries]
    return [(fact.on, fact.basis) for fact in found]


# printing


def test_letters_of_another_run_are_never_mixed_into_a_print_run(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert printed(desk, out).letters == 3
    first, *_ = refs(desk)
    acts.sent(desk, first, letter=None, on=SENT, via="post", tracking="", proof=None)
    with pytest.raises(OldFilesError, match=first):  # its letter has left, and lies in the folder
        printed(desk, out)
    assert printed(desk, tmp_path / "new").letters == 2
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "invoice.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(OldFilesError, match="invoice"):
        printed(desk, tmp_path / "other")


def test_a_run_that_broke_off_while_printing_is_printed_into_the_same_folder(desk: Desk, tmp_path: Path) -> None:
    out, count = tmp_path / "out", [0]
    out.mkdir()

    def full(path: Path, data: bytes) -> None:
        count[0] += 1
        if count[0] == 2:
            raise OSError(28, "No space left on device")
        put(path, data)

    with pytest.raises(OSError, match="space"):
        campaign_paper.write_all(desk, refs(desk), out, full)
    assert not (out / campaign_paper.LIST).exists()
    assert printed(desk, out).letters == 3
    assert len(list(out.glob("*.pdf"))) == 3


def test_a_closed_case_and_a_letter_that_was_issued_anew_are_not_printed(desk: Desk, tmp_path: Path) -> None:
    first, second, third = refs(desk)
    append(desk, read(desk, first), Closed(on=SENT, outcome="abandoned"))
    drafting.issue(desk, drafting.draft(desk, second, drafting.Wish(kind="access")))
    assert printed(desk, tmp_path / "out").letters == 2
    names = {path.name[:13] for path in (tmp_path / "out").glob("*.pdf")}
    newest = max(letter.n for letter in read(desk, second).case.letters)
    assert names == {f"{second}-{newest:02}", f"{third}-03"}
    left(desk)
    assert [len(letter.sendings) for letter in read(desk, second).case.letters] == [0, 1]
    assert read(desk, first).case.request.sendings == ()  # type: ignore[union-attr]  # it is issued


# seats


def test_a_seat_follows_a_sending_that_was_withdrawn_or_was_no_letter(desk: Desk) -> None:
    left(desk)
    assert state(desk, 0) == "sent"
    ref = c.seats(desk)["p00000"].ref
    file = read(desk, ref)
    sending = file.case.request.sendings[0].n  # type: ignore[union-attr]  # it is issued
    move(desk, ref, sending, date(2026, 11, 19), "a day earlier")
    assert state(desk, 0) == "sent"
    withdraw(desk, ref, sending, "it never left")
    assert state(desk, 0) == "issued"
    withdraw(desk, ref, 3, "the wrong letter")
    assert state(desk, 0) == "opened"


def test_a_desk_that_reasons_from_an_earlier_day_does_not_forget_that_a_letter_left(desk: Desk) -> None:
    left(desk)
    ref = c.seats(desk)["p00001"].ref
    drafting.issue(desk, drafting.draft(desk, ref, drafting.Wish(kind="access")))
    withdraw(c.desk_on(desk.vault, date(2026, 11, 20)), ref, 5, "once was enough")
    assert state(desk, 1) == "sent"
    withdraw(c.desk_on(desk.vault, date(2026, 11, 1)), ref, 4, "it never left")
    assert state(desk, 1) == "issued"


def test_a_person_who_was_taken_out_stays_out_whatever_else_kept_them_out_before(desk: Desk) -> None:
    c.seat_all(desk, "miroir", wave=2)
    c.revoke(desk, 1)
    c.run(desk)
    assert {one.state for one in campaigning.seats(desk, "FACES26", 2)} == {"issued", "left-out"}
    c.revoke(desk, 1, date(2099, 1, 1))
    campaigning.stop(desk, "FACES26", "moved away", subject=c.name(1))  # by the name as well
    c.run(desk, Wanted(retry=True))
    mine = [one for one in campaigning.seats(desk, "FACES26") if one.subject == "p00001"]
    assert [one.state for one in mine] == ["left-out", "left-out"]
    with pytest.raises(NoPersonError):
        campaigning.stop(desk, "FACES26", "moved away", subject="p0001")  # a slip of the key stops nobody


# mails


def by_mail(stop: Callable[[], bool] = lambda: False, wait: Callable[[float], None] = lambda _: None) -> Post:
    account = Account(name="own", address="ana@ngo.example", user="ana", imap=None, smtp=None)
    return Post(account=account, password="", pace=Pace(per_minute=30, clock=lambda: 0.0, wait=wait), stop=stop)


def test_who_is_taken_out_while_the_letter_waits_for_its_turn_is_not_written_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def prepare(_desk: Desk, ref: str, *_: object) -> None:
        tried.append(ref)
        raise NoRecipientError

    monkeypatch.setattr("dsar.desk.sending.prepare", prepare)

    def wait(_seconds: float) -> None:
        campaigning.stop(desk, "FACES26", "settled")

    ran = c.run(desk, Wanted(post=by_mail(wait=wait)))
    assert tried == [refs_of_first(desk)]
    assert ran.sent == 0
    assert [state(desk, n) for n in (1, 2)] == ["left-out", "left-out"]


def refs_of_first(desk: Desk) -> str:
    return c.seats(desk)["p00000"].ref


def test_a_letter_without_an_address_for_mails_waits_for_the_post_and_is_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def prepare(*_: object) -> None:
        raise NoRecipientError

    monkeypatch.setattr("dsar.desk.sending.prepare", prepare)
    ran = c.run(desk, Wanted(post=by_mail()))
    assert (ran.sent, sum(ran.trouble.values()), ran.left_out) == (0, 3, {})
    assert {state(desk, n) for n in range(3)} == {"issued"}
    assert printed(desk, tmp_path / "out").letters == 3


def test_what_no_letter_would_be_spared_ends_the_run_and_leaves_nobody_out(desk: Desk) -> None:
    """The desk reasons from another day than it is: no mail leaves on it."""
    with pytest.raises(OtherDayError):
        c.run(replace(desk, now="2026-11-22T10:00:00+01:00"), Wanted(post=by_mail()))
    assert {state(desk, n) for n in range(3)} == {"issued"}


def test_the_day_of_a_mail_is_that_on_which_its_turn_came(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def prepare(at: Desk, *_: object) -> None:
        days.append(at.today)
        raise NoRecipientError

    monkeypatch.setattr("dsar.desk.sending.prepare", prepare)
    midnight = date(2026, 11, 21)
    post = replace(by_mail(), fresh=lambda at: replace(at, today=midnight))
    c.run(desk, Wanted(post=post, limit=1))
    assert days == [midnight]


# reminders and notices


@pytest.fixture
def silent(desk: Desk, tmp_path: Path) -> Desk:
    """All letters left on 20 November, arrived on the 23rd, proved; it is February, and nobody answered."""
    left(desk)
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(b"%PDF-1.4\n")
    day = c.desk_on(desk.vault, ARRIVED)
    for ref in refs(desk):
        acts.delivered(day, ref, sending=None, on=ARRIVED, proof=slip, basis=None, rule="")
    return c.desk_on(desk.vault, LATE)


def follow(desk: Desk, kind: campaign_letters.Kind, **more: object) -> campaign_letters.Followed:
    wanted = replace(Follow(kind=kind), **more)  # type: ignore[arg-type]  # the fields of Follow
    return campaign_letters.follow(desk, refs(desk), wanted, Around())


def came(desk: Desk, ref: str, on: date, *, as_: Acknowledgement | Bounce | None = None) -> None:
    file = append(desk, read(desk, ref), Received(on=on, message=None))
    if as_ is not None:
        append(desk, file, Classified(on=on, message=file.case.messages[-1].n, meaning=as_))


@pytest.mark.parametrize("kind", ["reminder", "notice"])
def test_nobody_is_written_to_where_the_last_letter_came_back(silent: Desk, kind: campaign_letters.Kind) -> None:
    first, *_ = refs(silent)
    came(silent, first, LATE, as_=Bounce())
    done = follow(silent, kind, dry_run=True)
    assert (len(done.refs), list(done.problems)) == (2, [first])


@pytest.mark.parametrize("kind", ["reminder", "notice"])
def test_nobody_is_reminded_or_accused_while_a_message_lies_unread(silent: Desk, kind: campaign_letters.Kind) -> None:
    first, second, third = refs(silent)
    came(silent, first, LATE)  # in the case
    piece = take_bytes(silent, b"From: x", name="m.eml", media="message/rfc822")
    arrival = Arrival(
        sha256=piece.sha256,
        size=7,
        name="m.eml",
        media=piece.media,
        source="m.eml",
        sender="Desk <rights@spiegel.example>",
    )
    done = follow(silent, kind, dry_run=True)
    assert (done.refs, list(done.problems)) == ([second, third], [first])
    silent.vault.mail.add(arrival, now=silent.now)  # in the inbox, from their domain
    done = follow(silent, kind)
    assert done.refs == []
    assert set(done.problems) == {first, second, third}
    assert "inbox" in done.problems[second]


def test_a_notice_that_waited_while_an_answer_came_does_not_leave(silent: Desk, tmp_path: Path) -> None:
    assert len(follow(silent, "notice").refs) == 3
    first, second, third = refs(silent)
    came(silent, first, LATE)
    came(silent, second, LATE, as_=Acknowledgement())
    numbers = {ref: read(silent, ref).case.letters[-1].n for ref in refs(silent)}
    after = c.desk_on(silent.vault, date(2027, 2, 2))
    why = {ref: overtaken(read(after, ref), n, after.today) for ref, n in numbers.items()}
    assert [bool(why[ref]) for ref in (first, second, third)] == [True, False, False]
    done = printed(after, tmp_path / "out")
    assert (done.letters, done.left_out) == (2, [why[first]])
    told = campaign_steps.sent(after, refs(after), after.today, "post", lambda: False)
    assert (told.recorded, len(told.problems)) == (2, 1)
    post = by_mail()
    assert campaign_post.posted(after, first, numbers[first], post) == why[first]
    week = c.desk_on(silent.vault, date(2027, 2, 8))
    assert "issue it anew" in overtaken(read(week, third), numbers[third], week.today)


# what the post says


def test_a_list_that_is_read_again_after_a_reminder_left_says_nothing_of_the_reminder(
    silent: Desk, tmp_path: Path
) -> None:
    first, *_ = refs(silent)
    text = f"ref,date,status\n{first},2026-11-23,delivered\n"
    assert posts(silent, tmp_path / "p.csv", text).known == 1
    follow(silent, "reminder")
    campaign_steps.sent(silent, (first,), LATE, "post", lambda: False)
    told = posts(silent, tmp_path / "p.csv", text)
    assert (told.recorded, told.known, told.problems) == (0, 1, [])
    assert deliveries(silent, first) == [(ARRIVED, "proved")]


def test_days_of_the_post_that_cannot_both_be_so_are_named_and_not_recorded(desk: Desk, tmp_path: Path) -> None:
    left(desk)
    first, second, third = refs(desk)
    later = c.desk_on(desk.vault, date(2026, 12, 1))
    text = (
        "ref,date,status\n"
        f"{first},2026-11-23,delivered\n"
        f"{first},2026-11-27,delivered\n"  # a letter arrives once
        f"{second},2026-11-19,delivered\n"  # before it left
        f"{third},2026-11-23,\n"  # still on its way?
        f"{third},2026-12-02,delivered\n"  # to come
        f"{third},11/12/2026,delivered\n"  # in November, or in December?
    )
    told = posts(later, tmp_path / "p.csv", text)
    assert told.recorded == 1
    assert [line.partition(":")[0] for line in told.problems] == [f"Line {n}" for n in (3, 4, 5, 6, 7)]
    assert [deliveries(later, ref) for ref in (first, second, third)] == [[(ARRIVED, "proved")], [], []]
    again = posts(
        later, tmp_path / "q.csv", f"ref,date,status\n{second},2026-11-23,unclaimed\n{second},2026-11-25,delivered\n"
    )
    assert (again.recorded, again.problems) == (2, [])  # fetched at the post office in the end


def test_a_number_of_the_post_belongs_to_one_letter_of_one_case(desk: Desk, tmp_path: Path) -> None:
    first, second, _ = refs(desk)
    path = tmp_path / "sent.csv"
    path.write_text(f"ref,tracking\n{first},RR 111 DE\n{second},RR222\n")
    found = table(path, {}, ("ref",), ("date", "tracking"))
    told = campaign_steps.sent_from(desk, refs(desk), found, SENT, "registered")
    assert told.recorded == 2
    path.write_text(f"ref,tracking\n{first},RR111DE\n{first},RR999\n")
    told = campaign_steps.sent_from(
        desk, refs(desk), table(path, {}, ("ref",), ("date", "tracking")), SENT, "registered"
    )
    assert (told.known, len(told.problems)) == (1, 1)
    later = c.desk_on(desk.vault, ARRIVED)
    # recorded with the number of another letter, withdrawn and recorded anew
    withdraw(later, second, 4, "a slip")
    acts.sent(later, second, letter=None, on=SENT, via="registered", tracking="RR222", proof=None)
    numbers = (f"{second},RR111DE", f"{first},RR333", ",RR444", ",rr222")
    text = "ref,tracking,date\n" + "".join(f"{line},2026-11-23\n" for line in numbers)
    told = posts(later, tmp_path / "p.csv", text)
    assert told.recorded == 1
    assert [line.partition(":")[0] for line in told.problems] == ["Line 2", "Line 3", "Line 4"]
    assert (deliveries(later, first), deliveries(later, second)) == ([], [(ARRIVED, "proved")])


def test_the_day_of_the_sending_is_not_read_as_that_of_the_delivery(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    first, *_ = refs(desk)
    path.write_text(f"ref,sent on,delivered on\n{first},2026-11-20,2026-11-23\n")
    found = table(path, {}, ("ref|tracking", "date"), ("status",), DELIVERED_ON)
    assert found.columns["date"] == "delivered on"
    path.write_text(f"ref,date,delivered on\n{first},2026-11-20,2026-11-23\n")
    with pytest.raises(TwoColumnsError, match="--map"):
        table(path, {}, ("ref|tracking", "date"), ("status",), DELIVERED_ON)
