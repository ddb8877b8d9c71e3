"""A wave leaves by a real mail server: each letter once, none without a mandate, and a break doubles nothing."""

from __future__ import annotations

import email
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from desk import campaigns as c
from dsar import clock
from dsar.core.events import Delivered, Sent
from dsar.desk import accounts, campaign_post, campaign_steps, campaigning
from dsar.desk.campaign_paper import refs
from dsar.desk.campaign_run import Wanted
from dsar.desk.incoming import received
from dsar.desk.office import Desk
from dsar.errors import NetworkError
from dsar.letters.find import roots
from dsar.vault.wire import to_plain
from servers.dovecot import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.desk.campaign_post import Post as ByMail
    from servers.smtp import Post

    from .room import Room

PEOPLE = 5


@pytest.fixture
def desk(room: Room, post: Post, cert: tuple[Path, Path]) -> Iterator[Desk]:
    """Five people, whose letters to one body are issued and have not left."""
    room.account("work", cert[0], smtp=post.port, security="starttls")
    with room.vault() as vault:
        made = Desk(vault=vault, today=clock.today(), now=clock.now(), by="worker-1", letters=roots())
        vault.put_record("controller", c.BODIES[0].id, to_plain(c.BODIES[0]))
        for n in range(PEOPLE):
            c.join(made, n, documents=True)
        campaigning.new(made, c.FACES)
        c.seat_all(made)
        assert c.run(made).issued == PEOPLE
        yield made


def by_mail(desk: Desk) -> ByMail:
    pace = campaign_post.Pace(per_minute=60, clock=lambda: 0.0, wait=lambda _seconds: None)
    return campaign_post.Post(account=accounts.get(desk, "work"), password=PASSWORD, pace=pace)


def states(desk: Desk) -> list[str]:
    return sorted(one.state for one in c.seats(desk).values())


def test_each_letter_leaves_once_with_the_mandate_of_its_own_person_and_none_without(desk: Desk, post: Post) -> None:
    c.revoke(desk, 4, clock.today())
    assert c.run(desk, Wanted(post=by_mail(desk))).sent == PEOPLE - 1
    assert states(desk) == ["left-out", *["sent"] * (PEOPLE - 1)]
    c.join(desk, 4, documents=True)  # signed again
    assert c.run(desk, Wanted(post=by_mail(desk), retry=True)).sent == 1
    assert c.run(desk, Wanted(post=by_mail(desk))).sent == 0
    assert len(post.mails) == PEOPLE
    for n, mail in enumerate(post.mails):
        parts = [part for part in email.message_from_bytes(mail).walk() if part.get_filename()]
        attached = [bytes(part.get_payload(decode=True)) for part in parts]
        assert attached[0].startswith(b"%PDF-")
        assert attached[1:] == [f"mandate {n}".encode()]
        text = mail.decode("utf-8", "replace")
        assert not [other for other in range(PEOPLE) if other != n and f"K-{other:06}" in text]


@pytest.mark.no_cover  # the test above runs the same lines
def test_what_the_server_does_not_take_stays_for_the_next_run(desk: Desk, post: Post) -> None:
    refused = iter(["550 no such box", "", "550 no such box"])
    post.on_rcpt = lambda: next(refused, "")
    ran = c.run(desk, Wanted(post=by_mail(desk)))
    assert (ran.sent, sum(ran.trouble.values())) == (3, 2)
    assert states(desk) == ["issued", "issued", "sent", "sent", "sent"]
    assert c.run(desk, Wanted(post=by_mail(desk))).sent == 2
    assert len(post.mails) == PEOPLE


@pytest.mark.no_cover  # as above
def test_a_server_that_takes_nothing_ends_the_run(desk: Desk, post: Post) -> None:
    post.on_rcpt = lambda: "451 not now"
    with pytest.raises(NetworkError):
        c.run(desk, Wanted(post=by_mail(desk)))
    assert states(desk) == ["issued"] * PEOPLE
    post.on_rcpt = None
    assert c.run(desk, Wanted(post=by_mail(desk))).sent == PEOPLE
    assert len(post.mails) == PEOPLE


@pytest.mark.no_cover  # as above
def test_killed_while_the_server_decides_that_one_letter_is_unsure_and_the_others_leave_once(
    desk: Desk, post: Post
) -> None:
    """The child is killed when the server has the second mail: whether it was taken, only a person can say."""
    children: list[subprocess.Popen[bytes]] = []

    def kill() -> str:
        if len(post.mails) == 1 and children[0].poll() is None:
            children[0].kill()
            children[0].wait(30)
        return ""

    post.on_data = kill
    command = (sys.executable, "-m", "dsar", "campaign", "run", "FACES26", "--send", "--rate", "60000/min", "--yes")
    children.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert children[0].wait(60) == -signal.SIGKILL
    # the server's own thread writes the second mail down, at the latest before it hears the next one
    ran = c.run(desk, Wanted(post=by_mail(desk)))
    assert (ran.sent, len(ran.trouble)) == (3, 1)
    assert "unsure" in next(iter(ran.trouble))
    assert len(post.mails) == PEOPLE
    assert c.run(desk, Wanted(post=by_mail(desk))).sent == 0
    assert len(post.mails) == PEOPLE


def test_a_letter_that_says_it_encloses_a_photo_does_not_leave_by_itself(desk: Desk, post: Post) -> None:
    c.join(desk, 5, documents=True)
    kept = desk.vault.record("enrolled", "p00005") or {}
    desk.vault.put_record("enrolled", "p00005", {**kept, "id_data": [["photo", "IMG0005"]]})
    c.seat_all(desk)
    ran = c.run(desk, Wanted(post=by_mail(desk)))
    assert (ran.sent, len(post.mails)) == (PEOPLE, PEOPLE)
    assert "--attach FILE" in next(iter(ran.trouble))
    assert states(desk) == ["issued", *["sent"] * PEOPLE]


def test_a_person_who_stops_does_not_wait_for_the_pace(desk: Desk, post: Post) -> None:
    by, left = by_mail(desk), list[float]()
    by.stop = lambda: bool(left)
    by.pace = campaign_post.Pace(per_minute=1, clock=lambda: 0.0, wait=left.append)
    assert c.run(desk, Wanted(post=by)).sent == 1
    assert left[:1] == [60.0]
    assert len(post.mails) == 1


def test_notices_of_delivery_are_recorded_for_all_at_once(desk: Desk, post: Post, tmp_path: Path) -> None:
    c.run(desk, Wanted(post=by_mail(desk)))
    for n, (ref, mail) in enumerate(zip(refs(desk, "FACES26", None), post.mails, strict=True)):
        path = tmp_path / f"{n}.eml"
        path.write_bytes(notice(mail, "delivered" if n else "relayed"))
        received(desk, ref, path=path, on=None, kinds=(), note="")
    told = campaign_steps.from_notices(desk, refs(desk, "FACES26", None), lambda: False)
    assert (told.recorded, told.problems) == (PEOPLE - 1, [])
    again = campaign_steps.from_notices(desk, refs(desk, "FACES26", None), lambda: False)
    assert again.recorded == 0
    found = [entry.event for ref in desk.vault.cases() for entry in desk.vault.log(ref)]
    assert sum(isinstance(one, Delivered) for one in found) == PEOPLE - 1
    assert sum(isinstance(one, Sent) for one in found) == PEOPLE


def notice(mail: bytes, action: str) -> bytes:
    """What a server says of a mail of ours (RFC 3464)."""
    head = email.message_from_bytes(mail)
    ours, to = head["Message-ID"], email.utils.parseaddr(head["To"])[1]
    lines = (
        "From: mailer-daemon@miroir.example",
        f"To: {head['From']}",
        "Subject: Delivered",
        f"Message-ID: <notice-{ours.strip('<>')}>",
        f"In-Reply-To: {ours}",
        f"References: {ours}",
        f"Date: {head['Date']}",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "It was delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; miroir.example",
        "",
        f"Final-Recipient: rfc822; {to}",
        f"Action: {action}",
        "Status: 2.0.0",
        "",
        "--b--",
        "",
    )
    return "\r\n".join(lines).encode()
