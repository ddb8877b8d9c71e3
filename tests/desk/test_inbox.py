"""Messages taken in: nothing lost, nothing doubled, and only what surely belongs to a case is entered there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.meanings import Answer, Extension
from dsar.desk import correcting, inbox
from dsar.desk.incoming import received
from dsar.desk.mailing import take_in
from dsar.desk.office import read
from dsar.errors import NotFoundError, StateError, UsageError
from mail.compound import outlook

from .mails import OURS, came, case, mail, messages, newest

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk


def test_an_answer_to_the_mail_that_proves_a_sending_is_entered_and_not_classified(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "miroir").case.ref
    found = came(desk, tmp_path, mail("<a1@z>", sender="lawyer@office.example", answers=OURS.format(ref=ref)))
    assert (found.new, found.filed, found.waiting, found.cases) == (1, 1, 0, {ref})
    (entered,) = read(desk, ref).case.messages
    assert entered.meaning is None
    assert (entered.fact.sender, entered.fact.on) == ("lawyer@office.example", date(2026, 3, 6))
    assert entered.fact.message is not None
    assert desk.vault.evidence_bytes(entered.fact.message.sha256).startswith(b"From: lawyer@office.example\r\n")


def test_an_answer_to_their_answer_belongs_to_the_same_case(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "ombre").case.ref
    came(desk, tmp_path, mail("<first@z>", answers=OURS.format(ref=ref)))
    found = came(desk, tmp_path, mail("<second@z>", sender="other@unknown.example", answers="<first@z>"))
    assert (found.filed, found.cases) == (1, {ref})


def test_the_same_mail_is_taken_in_once_from_wherever_it_comes(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "echo").case.ref
    data = mail("<echo-1@z>", answers=OURS.format(ref=ref))
    box = tmp_path / "box.mbox"
    box.write_bytes(b"From a b\n" + data.replace(b"\r\n", b"\n") + b"\nFrom a b\n" + data + b"\n")
    assert (came(desk, tmp_path, data, data).new, take_in(desk, [box]).new) == (1, 0)
    assert len(messages(desk, ref)) == 1


def test_a_mail_recorded_as_a_file_is_known_when_it_is_fetched(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "fichier").case.ref
    path = tmp_path / "answer.eml"
    path.write_bytes(mail("<f1@z>", answers=OURS.format(ref=ref)))
    received(desk, ref, path=path, on=None, kinds=(Answer(),), note="")
    assert take_in(desk, [path]).known == 1
    assert len(messages(desk, ref)) == 1


def test_a_reference_from_a_stranger_is_proposed_and_enters_no_case(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "etrange").case.ref
    found = came(desk, tmp_path, mail(sender="mallory@evil.example", subject=f"Re: {ref}"))
    assert (found.filed, found.proposed) == (0, 1)
    held = desk.vault.mail.get(newest(desk))
    assert [(one.ref, one.reason) for one in held.proposals] == [(ref, "reference")]
    assert messages(desk, ref) == []


def test_one_mail_answers_several_cases_all_or_none(desk: Desk, tmp_path: Path) -> None:
    refs = tuple(case(desk, tmp_path, "plusieurs").case.ref for _ in range(2))
    came(desk, tmp_path, mail("<bulk@z>", sender="privacy@plusieurs.example"))
    number = newest(desk)
    assert {one.ref for one in desk.vault.mail.get(number).proposals} == set(refs)
    with pytest.raises(NotFoundError):
        inbox.assign(desk, number, (refs[0], "2026-NONE2"))
    assert messages(desk, refs[0]) == []
    entered, _ = inbox.assign(desk, number, refs, kinds=(Answer(), Extension(reasons=True)))
    assert [ref for ref, _ in entered] == list(refs)
    assert [len(messages(desk, ref)) for ref in refs] == [2, 2]  # once for each thing it says
    with pytest.raises(StateError, match="already in case"):
        inbox.assign(desk, number, refs[:1])


def test_what_was_filed_wrongly_is_taken_out_and_the_log_says_so(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "erreur").case.ref
    came(desk, tmp_path, mail("<e1@z>", answers=OURS.format(ref=ref)))
    number = newest(desk)
    held = inbox.undo(desk, number)
    assert (held.state, held.filed, messages(desk, ref)) == ("waiting", (), [])
    assert len(read(desk, ref).entries) == 5  # opened, issued, sent, received; and its correction
    inbox.assign(desk, number, (ref,))
    assert len(messages(desk, ref)) == 1


def test_an_entry_that_was_withdrawn_by_hand_can_still_be_undone(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "retrait").case.ref
    came(desk, tmp_path, mail("<r1@z>", answers=OURS.format(ref=ref)))
    correcting.withdraw(desk, ref, 4, because="not ours")
    assert inbox.undo(desk, newest(desk)).state == "waiting"
    assert len(read(desk, ref).entries) == 5


def test_a_message_is_put_away_with_a_reason_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    came(desk, tmp_path, mail(sender="news@shop.example"))
    number = newest(desk)
    with pytest.raises(UsageError, match="--reason"):
        inbox.dismiss(desk, number, "  ")
    assert inbox.dismiss(desk, number, "an advertisement").why == "an advertisement"
    with pytest.raises(StateError, match="dismissed"):
        inbox.dismiss(desk, number, "again")
    with pytest.raises(StateError, match="dismissed"):
        inbox.assign(desk, number, ("2026",))
    assert inbox.undo(desk, number).state == "waiting"
    with pytest.raises(StateError, match="waits"):
        inbox.undo(desk, number)


def test_a_mail_of_a_day_to_come_or_of_none_waits_for_a_person_to_say_the_day(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "futur").case.ref
    answers = OURS.format(ref=ref)
    found = came(
        desk,
        tmp_path,
        mail("<future@z>", answers=answers, day="Fri, 6 Mar 2099 10:00:00 +0100"),
        mail("<undated@z>", answers=answers, day="soon"),
    )
    assert (found.filed, found.proposed) == (0, 2)
    inbox.assign(desk, newest(desk), (ref,), on=date(2026, 3, 9))
    assert [one.on for one in messages(desk, ref)] == [date(2026, 3, 9)]


def test_a_case_opened_later_finds_its_mails(desk: Desk, tmp_path: Path) -> None:
    came(desk, tmp_path, mail("<early@z>", sender="privacy@tardif.example"))
    number = newest(desk)
    assert desk.vault.mail.get(number).state == "waiting"
    ref = case(desk, tmp_path, "tardif").case.ref
    inbox.match_again(desk)
    assert [name for name, _ in desk.vault.mail.get(number).filed] == [ref]


def test_scans_and_strange_files_are_taken_as_they_are_and_what_is_empty_is_said(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 of " + tmp_path.name.encode())
    (folder / "not-a-mail.eml").write_bytes(b"\x00\x01 no mail at all " + tmp_path.name.encode())
    (folder / "void.txt").write_bytes(b"")
    found = take_in(desk, [folder])
    assert (found.new, found.waiting) == (2, 2)
    assert [why for _, why in found.passed] == ["it is empty"]
    with pytest.raises(NotFoundError):
        take_in(desk, [tmp_path / "nothing"])


def test_an_outlook_file_finds_its_case_as_a_mail_does(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "perspective").case.ref
    headers = (
        mail("<o1@z>", sender="p@perspective.example", answers=OURS.format(ref=ref)).decode().partition("\r\n\r\n")[0]
    )
    path = tmp_path / "answer.msg"
    path.write_bytes(outlook({0x0037: "Hello", 0x1000: "Please find attached.", 0x007D: headers}))
    assert take_in(desk, [path]).filed == 1
    (entered,) = messages(desk, ref)
    assert (entered.sender, entered.on) == ("p@perspective.example", date(2026, 3, 6))
    assert entered.message is not None
    assert entered.message.media == "application/vnd.ms-outlook"
