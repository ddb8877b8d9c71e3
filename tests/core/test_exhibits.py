"""Exhibits are numbered without gaps until a complaint names them, and from then on for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.core.events import AuthorityActed, Escalated, Noted, Paid, Received, Replied, Sent
from dsar.core.exhibits import changes, numbers_for, pieces
from dsar.core.meanings import Acknowledgement, Answer, Extension, IdentityDemand, Other
from dsar.core.parties import Mandate

from .cases import ZOE, CaseFile, day, paper, request_received

if TYPE_CHECKING:
    from dsar.core.exhibits import Piece

MAIL = "message/rfc822"


def read(file: CaseFile, as_of: str = "2035-12-31") -> tuple[Piece, ...]:
    return pieces(file.entries, file.case(as_of))


def names(file: CaseFile, as_of: str = "2035-12-31") -> dict[int, str]:
    return {piece.number: piece.evidence.name for piece in read(file, as_of)}


def correspondence() -> tuple[CaseFile, dict[str, int]]:
    """A request by e-mail and by post, the slip, their mail, our reply."""
    file = CaseFile("2026-03-01")
    letter = file.issued("2026-03-02")
    mail = file.sent("2026-03-02", letter, proof=paper("sent.eml", MAIL))
    post = file.sent("2026-03-02", letter, "registered")
    slip = file.delivered("2026-03-04", post, proof=paper("slip.jpg", "image/jpeg"))
    theirs = file.received("2026-03-05", Acknowledgement(), message=paper("theirs.eml", MAIL))
    reply = file.write(Replied(on=day("2026-03-06"), to=theirs, document=paper("reply.pdf")))
    return file, {"letter": letter, "mail": mail, "post": post, "slip": slip, "theirs": theirs, "reply": reply}


IN_ORDER = {1: "access-erasure.pdf", 2: "sent.eml", 3: "slip.jpg", 4: "theirs.eml", 5: "reply.pdf"}


def test_the_pieces_are_numbered_in_the_order_in_which_they_came() -> None:
    """The letter once, when it first left; its second sending brings nothing new."""
    file, _ = correspondence()
    assert names(file) == IN_ORDER
    assert [piece.kind for piece in read(file)] == ["letter", "proof", "proof", "mail", "file"]


def test_a_letter_that_never_left_is_no_exhibit() -> None:
    file = CaseFile("2026-03-01")
    file.issued("2026-03-02")
    assert read(file) == ()


def test_the_complaint_is_no_exhibit_of_itself() -> None:
    file, _ = correspondence()
    file.sent("2026-05-12", file.issued("2026-05-12", "complaint"), "portal")
    assert names(file) == IN_ORDER


def test_the_signed_mandate_is_the_first_piece() -> None:
    mandate = Mandate(
        id="m1",
        kind="agent",
        agent=ZOE,
        subject="zoe",
        controller="clearface",
        rights=("access",),
        signed_on=day("2026-02-20"),
        document=paper("mandate.pdf"),
    )
    file = CaseFile("2026-03-01", mandate=mandate)
    file.letter("2026-03-02")
    first = read(file)[0]
    assert (first.number, first.kind, first.on, first.evidence.name) == (1, "mandate", day("2026-02-20"), "mandate.pdf")


def test_what_is_recorded_later_gets_the_next_number_even_if_it_happened_before() -> None:
    file, _ = correspondence()
    file.received("2026-02-27", message=paper("older.eml", MAIL))
    assert names(file) == {**IN_ORDER, 6: "older.eml"}


def test_a_withdrawn_piece_leaves_no_gap_while_nobody_has_read_the_numbers() -> None:
    file, n = correspondence()
    file.corrected("2026-03-09", n["slip"], None)
    assert names(file) == {1: "access-erasure.pdf", 2: "sent.eml", 3: "theirs.eml", 4: "reply.pdf"}


def lodge(file: CaseFile, how: str, on: str) -> None:
    if how == "issued":
        file.issued(on, "complaint")
    else:
        file.write(Escalated(on=day(on), authority="fr-cnil"))


@pytest.mark.parametrize("how", ["issued", "lodged"])
def test_a_piece_withdrawn_after_the_complaint_leaves_a_gap_and_later_ones_get_the_next_numbers(how: str) -> None:
    file, n = correspondence()
    lodge(file, how, "2026-05-12")
    file.corrected("2026-05-20", n["slip"], None)
    file.received("2026-05-21", Answer(), message=paper("late.eml", MAIL))
    assert names(file) == {1: "access-erasure.pdf", 2: "sent.eml", 4: "theirs.eml", 5: "reply.pdf", 6: "late.eml"}


def test_a_piece_withdrawn_before_the_complaint_takes_no_number_of_it() -> None:
    file, n = correspondence()
    file.corrected("2026-03-09", n["slip"], None)
    lodge(file, "issued", "2026-05-12")
    file.received("2026-05-21", Answer(), message=paper("late.eml", MAIL))
    known = {1: "access-erasure.pdf", 2: "sent.eml", 3: "theirs.eml", 4: "reply.pdf"}
    assert names(file) == {**known, 5: "late.eml"}


def test_a_message_that_has_nothing_to_do_with_the_case_is_no_exhibit() -> None:
    file, _ = correspondence()
    file.received("2026-03-10", Other(), message=paper("newsletter.eml", MAIL))
    file.received("2026-03-11", Answer(), message=paper("answer.eml", MAIL))
    assert names(file) == {**IN_ORDER, 6: "answer.eml"}


def test_a_corrected_day_keeps_the_number_and_shows_the_right_day() -> None:
    file, n = correspondence()
    same = Received(on=day("2026-03-06"), message=paper("theirs.eml", MAIL))
    file.corrected("2026-03-09", n["theirs"], same)
    piece = next(piece for piece in read(file) if piece.number == 4)
    assert (piece.evidence.name, piece.on) == ("theirs.eml", day("2026-03-06"))


def test_a_corrected_document_is_the_one_that_is_shown() -> None:
    """The wrong mail had been filed, perhaps another client's: it must not go to an authority."""
    file, n = correspondence()
    file.corrected("2026-03-09", n["theirs"], Received(on=day("2026-03-05"), message=paper("right.eml", MAIL)))
    shown = names(file)
    assert "right.eml" in shown.values()
    assert "theirs.eml" not in shown.values()
    assert {k: v for k, v in shown.items() if k in {1, 2, 3, 5}} == {k: v for k, v in IN_ORDER.items() if k != 4}


def test_a_document_that_was_filed_by_correction_is_shown() -> None:
    """The slip was found a week after the delivery had been recorded without it."""
    file = CaseFile("2026-03-01")
    letter = file.issued("2026-03-02")
    sending = file.sent("2026-03-02", letter, "registered")
    answer = file.received("2026-03-20", Answer(), message=paper("answer.eml", MAIL))
    lodge(file, "issued", "2026-03-26")
    with_slip = Sent(on=day("2026-03-02"), letter=letter, channel="registered", to="Lyon", proof=paper("slip.pdf"))
    before = names(file)
    file.corrected("2026-03-27", sending, with_slip)
    after = names(file)
    assert "slip.pdf" in after.values()
    assert {number: after[number] for number in before} == before
    assert numbers_for(read(file), answer) == (2,)


def test_a_letter_whose_first_sending_was_withdrawn_is_still_an_exhibit() -> None:
    """Recorded as sent by mistake, withdrawn, and sent for good: the request cannot be missing from the dossier."""
    file = CaseFile("2026-03-01")
    letter = file.issued("2026-03-02")
    mistake = file.sent("2026-03-02", letter)
    file.corrected("2026-03-03", mistake, None)
    file.delivered("2026-03-05", file.sent("2026-03-04", letter, "registered"), proof=paper("slip.pdf"))
    assert "access-erasure.pdf" in names(file).values()


def test_a_reading_of_an_earlier_day_shows_the_same_numbers() -> None:
    file, _ = correspondence()
    assert names(file, "2026-03-04") == {1: "access-erasure.pdf", 2: "sent.eml", 3: "slip.jpg"}


def test_everything_that_brings_a_document_is_a_piece() -> None:
    file, n = correspondence()
    file.write(Paid(on=day("2026-03-09"), to=n["theirs"], proof=paper("transfer.pdf")))
    file.write(Escalated(on=day("2026-05-12"), authority="fr-cnil", proof=paper("lodged.pdf")))
    file.write(AuthorityActed(on=day("2026-05-20"), act="ack", document=paper("cnil.pdf")))
    file.write(Noted(on=day("2026-05-21"), text="called them"))
    assert names(file) == {**IN_ORDER, 6: "transfer.pdf", 7: "lodged.pdf", 8: "cnil.pdf"}


def test_an_entry_is_proved_by_what_it_brought_and_by_the_letter_it_is_about() -> None:
    file, n = correspondence()
    found = read(file)
    assert numbers_for(found, n["letter"], n["mail"]) == (1, 2)
    assert numbers_for(found, n["post"], n["letter"]) == (1,)
    assert numbers_for(found, n["theirs"]) == (4,)
    assert numbers_for(found, n["reply"], n["slip"]) == (3, 5)
    assert numbers_for(found) == ()


def changed(file: CaseFile, on: str) -> tuple[str, dict[int, str]] | None:
    """Since when, and for each number what was added, or nothing if it was withdrawn."""
    found = changes(file.entries, read(file, on), day(on))
    if found is None:
        return None
    told = {one.number: one.piece.evidence.name if one.piece is not None else "" for one in found.changes}
    return found.since.isoformat(), told


def test_a_new_list_names_what_was_added_and_withdrawn_since_the_complaint_was_lodged() -> None:
    file, n = correspondence()
    lodge(file, "lodged", "2026-05-12")
    assert changed(file, "2026-05-20") is None
    file.corrected("2026-05-20", n["slip"], None)
    file.received("2026-05-21", Answer(), message=paper("late.eml", MAIL))
    assert changed(file, "2026-05-22") == ("2026-05-12", {3: "", 6: "late.eml"})


def test_a_list_that_nobody_has_yet_has_no_changes() -> None:
    """Before the complaint is lodged, and on the day itself: what is lodged then is the list."""
    file, _ = correspondence()
    lodge(file, "issued", "2026-05-11")
    lodge(file, "lodged", "2026-05-12")
    file.received("2026-05-12", Answer(), message=paper("late.eml", MAIL))
    assert changed(file, "2026-05-11") is None
    assert changed(file, "2026-05-12") is None
    assert changed(file, "2026-05-13") == ("2026-05-12", {6: "late.eml"})


def test_news_to_the_authority_makes_a_list_of_its_own_and_freezes_its_numbers() -> None:
    """What the authority was told of keeps its number, and the next list names what came after."""
    file, _ = correspondence()
    lodge(file, "lodged", "2026-05-12")
    second = file.received("2026-05-20", Answer(), message=paper("second.eml", MAIL))
    file.issued("2026-05-21", "authority-news")
    assert changed(file, "2026-05-21") == ("2026-05-12", {6: "second.eml"})
    file.corrected("2026-05-25", second, None)
    file.received("2026-05-26", Answer(), message=paper("third.eml", MAIL))
    assert names(file) == {**IN_ORDER, 7: "third.eml"}
    assert changed(file, "2026-05-27") == ("2026-05-21", {6: "", 7: "third.eml"})


MORE = st.sampled_from(("mail", "letter", "note", "again", "withdraw"))


@given(st.lists(MORE, max_size=8), st.sampled_from(("issued", "lodged")))
def test_a_number_that_a_complaint_names_is_never_given_to_something_else(later: list[str], how: str) -> None:
    """A complaint that says "exhibit 4" says so for ever, whatever is appended, withdrawn or sent again."""
    file, n = correspondence()
    lodge(file, how, "2026-03-19")
    known = dict(names(file))
    for k, what in enumerate(later):
        match what:
            case "mail":
                file.received("2026-03-20", message=paper(f"mail-{k}.eml", MAIL))
            case "letter":
                file.letter("2026-03-21", f"reminder-{k}")
            case "again":
                file.sent("2026-03-22", n["letter"], "fax")
            case "withdraw":
                file.corrected("2026-03-23", n["slip"], None)
            case _:
                file.write(Noted(on=day("2026-03-24"), text="called them"))
        now = names(file)
        assert all(known.get(number, name) == name for number, name in now.items())
        assert set(known.values()) - set(now.values()) <= {"slip.jpg"}
        known |= now


def test_a_mail_that_says_two_things_is_entered_twice_and_is_one_exhibit() -> None:
    """It asks for identity and extends: two entries with two consequences, the same bytes."""
    file = request_received("2026-03-02")
    mail = paper("both.eml", "message/rfc822")
    first = file.received("2026-03-10", IdentityDemand(items=("passport",)), message=mail)
    second = file.received("2026-03-10", Extension(reasons=True), message=mail)
    found = pieces(file.entries, file.case())
    assert [piece.evidence for piece in found].count(mail) == 1
    assert numbers_for(found, first) == numbers_for(found, second) != ()
