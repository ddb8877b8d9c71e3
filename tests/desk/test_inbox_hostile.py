"""Mails that would end up in the wrong case, or out of sight: none is filed by itself, and a person sees each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.desk import accounts, inbox
from dsar.errors import StateError
from dsar.mail.account import Account, Server

from .mails import OURS, came, case, mail, messages, newest

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk


def test_a_mail_that_only_bears_a_known_id_is_not_hidden(desk: Desk, tmp_path: Path) -> None:
    """Who writes a first mail with the id of a later one must not make the later one disappear."""
    ref = case(desk, tmp_path, "doublure").case.ref
    came(desk, tmp_path, mail("<same@z>", sender="privacy@doublure.example", subject="News"))
    later = mail("<same@z>", sender="privacy@doublure.example", subject="We refuse", answers=OURS.format(ref=ref))
    found = came(desk, tmp_path, later)
    assert (found.new, found.known, found.filed) == (1, 0, 1)
    assert [one.subject for one in messages(desk, ref)] == ["News", "We refuse"]


@pytest.mark.parametrize("odd", ["<>", "none", "<ticket@desk>"])
def test_a_program_that_writes_one_id_on_every_mail_hides_none(desk: Desk, tmp_path: Path, odd: str) -> None:
    mails = [mail(odd, sender=f"{n}@{odd.strip('<>') or 'void'}.example", subject=f"{n}") for n in range(3)]
    assert came(desk, tmp_path, *mails).new == 3


def test_the_same_mail_by_another_way_is_still_one(desk: Desk, tmp_path: Path) -> None:
    one = mail("<twice@z>", sender="x@twice.example")
    found = came(desk, tmp_path, one, b"Received: from a by b; Fri, 6 Mar 2026 10:00:01 +0100\r\n" + one)
    assert (found.new, found.known) == (1, 1)


def test_what_a_person_took_out_of_a_case_is_not_filed_there_again(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "revenant").case.ref
    came(desk, tmp_path, mail("<back@z>", sender="privacy@revenant.example"))
    number = newest(desk)
    inbox.undo(desk, number)
    inbox.match_again(desk)
    assert messages(desk, ref) == []
    assert [one.ref for one in desk.vault.mail.get(number).proposals] == [ref]


def test_an_answer_to_what_was_taken_out_of_a_case_does_not_belong_there(desk: Desk, tmp_path: Path) -> None:
    case(desk, tmp_path, "fil")
    came(desk, tmp_path, mail("<wrong@z>", sender="privacy@fil.example"))
    inbox.undo(desk, newest(desk))
    assert came(desk, tmp_path, mail("<next@z>", sender="stranger@else.example", answers="<wrong@z>")).filed == 0


def test_a_mail_with_the_id_of_ours_cannot_cut_the_thread_when_it_is_taken_out(desk: Desk, tmp_path: Path) -> None:
    ours = OURS.format(ref=case(desk, tmp_path, "ciseaux").case.ref)
    came(desk, tmp_path, mail(ours, sender="privacy@ciseaux.example"))
    inbox.undo(desk, newest(desk))
    assert came(desk, tmp_path, mail("<true@z>", sender="lawyer@else.example", answers=ours)).filed == 1


def test_what_is_taken_out_is_out_whatever_day_one_looks_from(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "passe").case.ref
    came(desk, tmp_path, mail("<past@z>", answers=OURS.format(ref=ref)))
    inbox.undo(replace(desk, today=date(2026, 3, 3)), newest(desk))
    assert messages(desk, ref) == []


def test_a_copy_of_our_own_mail_is_no_message_of_theirs(desk: Desk, tmp_path: Path) -> None:
    """The folder of sent mails is fetched too, and our second mail answers our first."""
    ref = case(desk, tmp_path, "copie").case.ref
    accounts.add(
        desk, Account(name="ngo", address="Team@ngo.example", user="u", imap=Server(host="h", port=1, security="tls"),
                      smtp=None)
    )  # fmt: skip
    mine = [
        mail(f"<mine-{n}@z>", sender=sender, answers=OURS.format(ref=ref))
        for n, sender in enumerate(("Zoé <Z@P.example>", "team@NGO.example"))
    ]
    found = came(desk, tmp_path, *mine)
    assert (found.filed, found.proposed) == (0, 2)


def test_an_old_mail_of_the_same_company_is_of_some_other_matter(desk: Desk, tmp_path: Path) -> None:
    ref = case(desk, tmp_path, "ancien").case.ref
    old = mail("<old@z>", sender="privacy@ancien.example", day="Sun, 1 Mar 2026 22:00:00 +0100")
    new = mail("<new@z>", sender="privacy@ancien.example", day="Mon, 2 Mar 2026 10:00:00 +0100")
    found = came(desk, tmp_path, old, new)
    assert (found.filed, found.proposed) == (1, 1)
    assert [one.on for one in messages(desk, ref)] == [date(2026, 3, 2)]


def test_of_two_people_who_assign_one_mail_at_once_one_does(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = case(desk, tmp_path, "ensemble").case.ref
    came(desk, tmp_path, mail("<both@z>", sender="x@stranger.example"))
    number, seen = newest(desk), []

    def late(_: object, ref: str) -> str:
        """Whoever looks up the case must hold the lock already."""
        seen.append(desk.vault._db.in_transaction)  # noqa: SLF001 - the lock has no other sign
        return ref

    monkeypatch.setattr(inbox, "find", late)
    inbox.assign(desk, number, (ref,))
    assert seen == [True]
    with pytest.raises(StateError, match="already in case"):
        inbox.assign(desk, number, (ref,))
    assert len(messages(desk, ref)) == 1
