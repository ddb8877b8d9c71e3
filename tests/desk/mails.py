"""Cases against made-up companies, and mails that come for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Issued, Received
from dsar.core.parties import Address, Person
from dsar.desk import acts, inbox, people
from dsar.desk.evidence import take_bytes
from dsar.desk.mailing import Intake, take_in
from dsar.desk.office import read
from dsar.desk.opening import Ask, open_case, own_controller
from dsar.desk.recording import append

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.desk.office import Desk, File

REFS = iter(range(22222, 99999))
OURS = "<request-{ref}@agent.example>"


def case(desk: Desk, tmp_path: Path, company: str) -> File:
    """A request of 2 March 2026, sent by e-mail on that day to `privacy@COMPANY.example`, with our mail as proof."""
    address = Address(lines=("1 rue X",), country="FR")
    people.set_self(desk.vault, Person(id="me", name="Zoé", email="z@p.example", address=address, language="en"))
    then = replace(desk, today=date(2026, 3, 2))
    theirs = own_controller(
        name=company, email=f"privacy@{company}.example", address=(), country="FR", sector="general"
    )
    file = open_case(then, theirs, Ask(rights=("access",), subject="me"), ref=f"2026-{next(REFS)}")
    paper = take_bytes(desk, b"a paper", name="paper.txt", media="text/plain")
    issued = Issued(on=then.today, kind="access", lang="en", subject="s", text=paper, pdf=paper, template="t", law="l")
    append(then, file, issued)
    proof = tmp_path / "sent.eml"
    proof.write_bytes(mail(OURS.format(ref=file.case.ref), sender="z@p.example", day="Mon, 2 Mar 2026 09:00:00 +0100"))
    return acts.sent(
        then, file.case.ref, letter=None, on=then.today, via="email", tracking="", proof=proof, to=theirs.emails[0]
    )


def mail(
    message_id: str = "",
    *,
    sender: str = "x@y.example",
    subject: str = "Hello",
    answers: str = "",
    day: str = "Fri, 6 Mar 2026 10:00:00 +0100",
) -> bytes:
    lines = [f"From: {sender}", "To: z@p.example", f"Subject: {subject}", f"Date: {day}"]
    lines += [f"Message-ID: {message_id}"] if message_id else []
    lines += [f"In-Reply-To: {answers}"] if answers else []
    return ("\r\n".join([*lines, "", "Text."]) + "\r\n").encode()


def came(desk: Desk, tmp_path: Path, *mails: bytes) -> Intake:
    folder = tmp_path / "mails"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, data in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(data)
    return take_in(desk, [folder])


def messages(desk: Desk, ref: str) -> list[Received]:
    return [one.fact for one in read(desk, ref).case.messages]


def newest(desk: Desk) -> int:
    return max(held.id for held in inbox.waiting(desk, states=("waiting", "proposed", "filed", "dismissed", "double")))
