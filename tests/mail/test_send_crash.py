"""Killed at each step of a sending: nothing is sent twice, nothing that was sent is lost, and the state says which."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dsar import clock
from dsar.desk import accounts
from dsar.desk.errors import ClosedCaseError
from dsar.desk.office import Desk
from dsar.desk.sending import SentBeforeError, Wish, prepare, send
from dsar.letters.find import roots
from servers.dovecot import PASSWORD
from servers.talking import Talk, talking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servers.smtp import Post

    from .room import Room

# the last line of a child: everything up to the end of the content, and then no more
AFTER_THE_ANSWER = """
import os, signal, sys
from dsar.cli import run
from dsar.desk import sending
sending._recorded = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
run(sys.argv[1:])
"""


def killing(children: list[subprocess.Popen[bytes]], answer: str) -> Callable[[], str]:
    """A hook of the server that kills whoever is sending, and answers all the same."""

    def kill() -> str:
        children[0].kill()
        children[0].wait(30)
        return answer

    return kill


def sending(*command: str) -> list[subprocess.Popen[bytes]]:
    return [subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)]


@pytest.fixture
def ref(room: Room, post: Post, cert: tuple[Path, Path]) -> str:
    room.account("work", cert[0], smtp=post.port, security="starttls")
    return room.issued()


def state(room: Room, ref: str) -> list[str]:
    with room.vault() as vault:
        assert vault.verify(complete=True) == ()
        return [one.state for one in vault.outbox.of_letter(ref, 2)]


@pytest.mark.parametrize("hook", ["on_mail", "on_rcpt"])
def test_killed_before_the_content_nothing_was_sent_and_the_next_run_sends_once(
    room: Room, post: Post, ref: str, hook: str
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    setattr(post, hook, killing(children, ""))
    children += sending("-m", "dsar", "send", ref, "--yes")
    assert children[0].wait(60) == -signal.SIGKILL
    setattr(post, hook, None)
    assert state(room, ref) == ["ready"]
    assert post.mails == []
    room.run("send", ref, "--yes")
    assert state(room, ref) == ["failed", "sent"]
    assert len(post.mails) == 1


@pytest.mark.parametrize("answer", ["", "451 not now"])
def test_killed_while_the_server_decides_it_is_unsure_whatever_the_server_did(
    room: Room, post: Post, ref: str, answer: str
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    post.on_data = killing(children, answer)
    children += sending("-m", "dsar", "send", ref, "--yes")
    assert children[0].wait(60) == -signal.SIGKILL
    assert state(room, ref) == ["sending"]
    taken = len(post.mails)
    assert taken == (0 if answer else 1)
    for more in ((), ("--again",)):
        assert "unsure" in room.run("send", ref, "--yes", *more, code=4).err
    assert len(post.mails) == taken
    room.run("send", ref, "--resolve", "not-sent" if answer else "sent")
    assert state(room, ref) == ["failed" if answer else "sent"]


def test_killed_after_the_answer_the_bytes_are_there_and_a_person_says_it_was_sent(
    room: Room, post: Post, ref: str
) -> None:
    (child,) = sending("-c", AFTER_THE_ANSWER, "send", ref, "--yes")
    assert child.wait(60) == -signal.SIGKILL
    (mail,) = post.mails
    assert state(room, ref) == ["sending"]
    room.run("send", ref, "--resolve", "sent")
    with room.vault() as vault:
        (one,) = vault.outbox.of_letter(ref, 2)
        assert vault.evidence_bytes(one.sha256) == mail


def test_of_two_that_send_at_the_same_moment_one_does(
    room: Room, post: Post, ref: str, cert: tuple[Path, Path]
) -> None:
    def slow(talk: Talk) -> None:
        """While this server thinks about the sender, another run sends by the other one."""
        talk.say(b"220 ready")
        while line := talk.hear():
            if line.startswith(b"mail"):
                other = ("-m", "dsar", "send", ref, "--account", "work", "--yes")
                assert sending(*other)[0].wait(60) == 0
            talk.say(b"250-hello", b"250 AUTH PLAIN") if line.startswith(b"ehlo") else talk.say(b"250 fine")

    with talking(slow, cert) as (port, heard):
        room.account("slow", cert[0], smtp=port)
        said = room.run("send", ref, "--account", "slow", "--yes", code=7)
    assert "Another run" in said.err
    assert b"DATA" not in heard
    assert len(post.mails) == 1
    assert state(room, ref) == ["failed", "sent"]


def test_a_letter_that_left_while_somebody_was_asked_does_not_leave_twice(room: Room, post: Post, ref: str) -> None:
    """Two people look at the same mail, and both say yes."""
    with room.vault() as vault:
        desk = Desk(vault=vault, today=clock.today(), now=clock.now(), by="worker-2", letters=roots())
        ready = prepare(desk, ref, accounts.get(desk, "work"), Wish())
        room.run("send", ref, "--yes")
        with pytest.raises(SentBeforeError):
            send(desk, ready, PASSWORD)
        assert len(post.mails) == 1
        assert [one.state for one in vault.outbox.of_letter(ref, 2)] == ["sent"]
        again = prepare(desk, ref, accounts.get(desk, "work"), Wish(again=True))
        room.run("send", ref, "--yes", "--again")
        with pytest.raises(SentBeforeError):
            send(desk, again, PASSWORD)
    assert len(post.mails) == 2


def test_nothing_leaves_of_a_case_that_was_closed_while_somebody_was_asked(room: Room, post: Post, ref: str) -> None:
    with room.vault() as vault:
        desk = Desk(vault=vault, today=clock.today(), now=clock.now(), by="worker-2", letters=roots())
        ready = prepare(desk, ref, accounts.get(desk, "work"), Wish())
        room.run("close", ref, "--outcome", "abandoned")
        with pytest.raises(ClosedCaseError):
            send(desk, ready, PASSWORD)
    assert post.mails == []


def test_what_was_settled_before_the_server_answered_is_said(room: Room, post: Post, ref: str) -> None:
    def hasty() -> str:
        (other,) = sending("-m", "dsar", "send", ref, "--resolve", "not-sent")
        assert other.wait(60) == 0
        return ""

    post.on_data = hasty
    said = room.run("send", ref, "--yes", code=7)
    assert "The server took letter 2" in said.err
    assert "nothing was sent" not in said.err
    assert len(post.mails) == 1
