from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from dsar.errors import NotFoundError
from dsar.vault.mailbox import Arrival, Proposal

from .facts import LATER, NOW, OTHER, REF, WORKER, opened, received

if TYPE_CHECKING:
    from dsar.core.parties import Evidence

    from .room import Room


def came(room: Room, data: bytes, message_id: str = "") -> tuple[Arrival, Evidence]:
    """A message whose bytes are in the vault, not yet in the register."""
    piece = room.vault.put_evidence(BytesIO(data), name="a.eml", media="message/rfc822")
    arrival = Arrival(
        sha256=piece.sha256,
        size=piece.size,
        name=piece.name,
        media=piece.media,
        source="box.mbox#1",
        message_id=message_id,
        refs=("<request-1@agent.example>",),
        sender="Ann <ann@clearface.example>",
        to=("zoe@person.example",),
        subject="Re: 🙂",
        at="2026-03-20T23:40:00-04:00",
        bounce=True,
        dead="x@clearface.example",
    )
    return arrival, piece


def test_what_was_written_down_is_read_back(room: Room) -> None:
    arrival, _ = came(room, b"one", "<a@b.example>")
    number, new = room.vault.mail.add(arrival, now=NOW)
    held = room.vault.mail.get(number)
    assert new
    assert held.arrival == arrival
    assert (held.taken_at, held.state, held.why, held.proposals, held.filed) == (NOW, "waiting", "", (), ())
    with pytest.raises(NotFoundError, match="no message 99"):
        room.vault.mail.get(99)


def test_the_same_bytes_are_one_message_wherever_they_come_from(room: Room) -> None:
    arrival, _ = came(room, b"one", "<a@b.example>")
    first = room.vault.mail.add(arrival, now=NOW)
    again = room.vault.mail.add(replace(arrival, source="another"), now=LATER)
    assert again == (first[0], False)
    assert room.vault.mail.counted()["waiting"] == 1


def test_another_message_with_the_same_id_is_kept_and_does_not_wait(room: Room) -> None:
    first, _ = room.vault.mail.add(came(room, b"one", "<a@b.example>")[0], now=NOW)
    second, new = room.vault.mail.add(came(room, b"one, forged or relayed", "<a@b.example>")[0], now=NOW)
    third, _ = room.vault.mail.add(came(room, b"no id")[0], now=NOW)
    room.vault.mail.add(came(room, b"no id either")[0], now=NOW)
    held = room.vault.mail.get(second)
    assert (new, held.state, held.why) == (False, "double", str(first))
    assert room.vault.mail.counted() == {"waiting": 3, "proposed": 0, "filed": 0, "dismissed": 0, "double": 1}
    assert [one.id for one in room.vault.mail.listed(("waiting",), after=first, limit=1)] == [third]


def test_a_message_is_proposed_filed_in_two_cases_and_taken_out_again(room: Room) -> None:
    number, _ = room.vault.mail.add(came(room, b"one")[0], now=NOW)
    guess = Proposal(ref=REF, reason="domain")
    room.vault.mail.settle(number, "proposed", proposals=(guess,))
    assert room.vault.mail.get(number).proposals == (guess,)
    room.vault.mail.file_in(number, REF, 4)
    room.vault.mail.file_in(number, OTHER, 2)
    held = room.vault.mail.get(number)
    assert (held.state, held.filed, held.proposals) == (
        "filed",
        ((REF, 4), (OTHER, 2)) if REF < OTHER else ((OTHER, 2), (REF, 4)),
        (),
    )
    room.vault.mail.take_out(number)
    assert (room.vault.mail.get(number).state, room.vault.mail.get(number).filed) == ("waiting", ())


def test_a_message_id_leads_to_the_cases_in_which_it_was_sent(room: Room) -> None:
    room.vault.mail.know(REF, ("<a@agent.example>", "", "<a@agent.example>"))
    room.vault.mail.know(OTHER, ("<b@agent.example>",))
    assert room.vault.mail.known(("<b@agent.example>", "<c@x.example>", "<a@agent.example>")) == (OTHER, REF)
    assert room.vault.mail.known(("",)) == ()


def test_with_a_case_go_its_own_messages_and_not_those_of_others(room: Room) -> None:
    box = room.vault.mail
    own, own_bytes = came(room, b"CANARY own", "<own@x.example>")
    both, both_bytes = came(room, b"of both cases")
    twin, twin_bytes = came(room, b"CANARY own, relayed", "<own@x.example>")
    guessed, _ = came(room, b"proposed for both")
    lonely, _ = came(room, b"proposed for the erased one")
    numbers = [box.add(one, now=NOW)[0] for one in (own, both, twin, guessed, lonely)]
    room.vault.append(REF, [opened(), received(own_bytes), received(both_bytes)], expect=0, now=NOW, by=WORKER)
    room.vault.append(OTHER, [opened(), received(both_bytes)], expect=0, now=NOW, by=WORKER)
    box.file_in(numbers[0], REF, 2)
    box.file_in(numbers[1], REF, 3)
    box.file_in(numbers[1], OTHER, 2)
    box.settle(
        numbers[3], "proposed", proposals=(Proposal(ref=REF, reason="domain"), Proposal(ref=OTHER, reason="domain"))
    )
    box.settle(numbers[4], "proposed", proposals=(Proposal(ref=REF, reason="domain"),))
    box.know(REF, ("<ours@agent.example>",))
    erased = room.vault.erase(REF, reason="requested", now=LATER)
    assert erased.shared == (both_bytes.sha256,)
    for gone in (own_bytes, twin_bytes):
        with pytest.raises(NotFoundError):
            room.vault.evidence(gone.sha256)
    assert box.get(numbers[1]).filed == ((OTHER, 2),)
    assert [box.get(number).state for number in numbers[3:]] == ["proposed", "waiting"]
    assert [one.ref for one in box.get(numbers[3]).proposals] == [OTHER]
    assert box.known(("<ours@agent.example>",)) == ()
    assert room.vault.verify(complete=True) == ()
    assert b"CANARY" not in b"".join(str(row).encode() for table in ("mail", "mail_case") for row in _rows(room, table))


def test_bytes_that_wait_in_the_inbox_outlive_a_case_that_has_them_too(room: Room) -> None:
    arrival, piece = came(room, b"waiting and in a case")
    room.vault.mail.add(arrival, now=NOW)
    room.vault.append(REF, [opened(), received(piece)], expect=0, now=NOW, by=WORKER)
    assert room.vault.erase(REF, reason="requested", now=LATER).shared == (piece.sha256,)
    assert room.vault.evidence_bytes(piece.sha256) == b"waiting and in a case"


def _rows(room: Room, table: str) -> list[tuple[object, ...]]:
    with room.raw() as connection:
        return list(connection.execute(f"SELECT * FROM {table}"))  # noqa: S608 - names of this test
