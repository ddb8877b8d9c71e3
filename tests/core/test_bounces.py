"""A mailbox that a mail came back from is known as dead, and the next one is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.bounces import again, dead, next_address
from dsar.core.events import Classified, Entry, Event, Issued, Opened, Received, Sent
from dsar.core.fold import fold
from dsar.core.meanings import AutoReply, Bounce
from dsar.core.parties import Address, Controller, Evidence, Person

if TYPE_CHECKING:
    from dsar.core.case import Case

DAY = date(2026, 3, 5)
PIECE = Evidence(sha256="ab" * 32, size=1, name="n", media="m")
NINA = Person(
    id="me", name="Nina Ferrand", email="", address=Address(lines=(), country="FR"), language="en"
)  # fmt: skip
KITE = Controller(
    id="kite",
    name="Kite SAS",
    address=Address(lines=(), country="FR"),
    emails=("Privacy@kite.example", "dpo@kite.example"),
    dpo="officer@kite.example",
)


def case_of(*events: Event, controller: Controller = KITE) -> Case:
    opened = Opened(
        on=DAY,
        subject=NINA,
        controller=controller,
        mandate=None,
        regime="gdpr",
        rights=("access",),
        language="en",
        demands=(),
    )
    issued = Issued(on=DAY, kind="access", lang="en", subject="s", text=PIECE, pdf=PIECE, template="t", law="v")
    entries = [
        Entry(n=n, event=event, recorded_at="2026-03-05T09:00:00+01:00", by="w")
        for n, event in enumerate((opened, issued, *events), start=1)
    ]
    return fold("2026-AAAAA", entries, DAY)


def sent(to: str) -> Sent:
    return Sent(on=DAY, letter=2, channel="email", to=to)


def bounce(n: int, address: str = "") -> tuple[Event, Event]:
    return Received(on=DAY, message=None), Classified(on=DAY, message=n, meaning=Bounce(address=address))


def test_a_bounce_marks_the_mailbox_that_was_written_to_last_before_it() -> None:
    case = case_of(sent("Privacy@kite.example"), *bounce(4), sent("dpo@kite.example"))
    assert [(one.address, one.on, one.n) for one in dead(case)] == [("privacy@kite.example", DAY, 4)]
    assert next_address(case) == "dpo@kite.example"


def test_a_bounce_that_names_a_mailbox_marks_that_one() -> None:
    case = case_of(sent("Privacy@kite.example"), *bounce(4, "Kite <DPO@kite.example>"))
    assert [one.address for one in dead(case)] == ["dpo@kite.example"]
    assert next_address(case) == "Privacy@kite.example"


def test_the_officers_mailbox_comes_last_and_then_another_channel() -> None:
    case = case_of(sent("Privacy@kite.example"), *bounce(4), sent("dpo@kite.example"), *bounce(7))
    assert next_address(case) == "officer@kite.example"
    assert again(case) == "sent 2026-AAAAA --via email --to officer@kite.example"
    all_gone = case_of(
        sent("Privacy@kite.example"), *bounce(4), sent("dpo@kite.example"), *bounce(7),
        sent("officer@kite.example"), *bounce(10)
    )  # fmt: skip
    assert next_address(all_gone) == ""
    assert again(all_gone) == "sent 2026-AAAAA --via registered"


def test_an_automatic_reply_and_an_unclassified_message_mark_nothing() -> None:
    auto = Received(on=DAY, message=None), Classified(on=DAY, message=4, meaning=AutoReply())
    case = case_of(sent("Privacy@kite.example"), *auto, Received(on=DAY, message=None))
    assert dead(case) == ()
    assert next_address(case) == "Privacy@kite.example"


def test_a_mailbox_with_odd_letters_is_quoted_in_the_command() -> None:
    odd = replace(KITE, emails=("a$(id)@kite.example",), dpo="")
    assert again(case_of(controller=odd)) == "sent 2026-AAAAA --via email --to 'a$(id)@kite.example'"
