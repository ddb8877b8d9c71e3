"""Requests of every kind, as a user makes them: what is asked for, what is left out, what is tracked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-02"


@pytest.fixture
def at_home(office: Office) -> Office:
    office.init(DAY)
    return office


def text(office: Office, kind: str, ref: str, *more: str) -> str:
    return " ".join(office.on(DAY, "letter", kind, ref, *more).out.split())


@pytest.mark.parametrize(
    ("right", "asks"),
    [
        ("rectification", "--wrong"),
        ("objection", "--reasons"),
        ("restriction", "--about"),
        ("automated-decision", "--decision"),
        ("questions", "--question"),
    ],
)
def test_what_a_right_needs_is_asked_for_in_one_sentence_and_no_case_is_opened(
    at_home: Office, right: str, asks: str
) -> None:
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    said = at_home.on(DAY, "request", *where, "--right", right, code=5)
    assert asks in said.err
    assert at_home.json(DAY, "agenda") == []


def test_what_is_wrong_and_what_is_right_go_in_pairs(at_home: Office) -> None:
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    said = at_home.on(DAY, "request", *where, "--right", "rectification", "--wrong", "a", code=2)
    assert "There are 1 --wrong and 0 --right-value" in said.err


def test_a_rectification_says_what_is_wrong_and_encloses_the_evidence(at_home: Office) -> None:
    more = ("--wrong", "born in 1948", "--right-value", "born in 1984", "--evidence", "Birth certificate")
    ref = at_home.request(DAY, "--right", "rectification", *more)
    letter = text(at_home, "rectification", ref)
    assert "born in 1948 born in 1984" in letter
    assert "Enclosures 1. Birth certificate" in letter
    assert next(row["id"] for row in at_home.json(DAY, "show", ref)["demands"]) == "rectify"


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("I want to know. Then I want to sue.", "one sentence"),
        ("to claim damages from you", "“damages”"),
        ("to take part in a campaign", "“campaign”"),
    ],
)
def test_a_purpose_that_a_court_would_read_abuse_into_is_refused(at_home: Office, purpose: str, why: str) -> None:
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    assert why in at_home.on(DAY, "request", *where, "--purpose", purpose, code=2).err


def test_a_ground_that_the_law_does_not_know_is_refused(at_home: Office) -> None:
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    said = at_home.on(DAY, "request", *where, "--right", "erasure", "--ground", "17.1.z", code=2)
    assert "17.1.a" in said.err


def test_the_chosen_grounds_stand_in_the_letter_and_no_other(at_home: Office) -> None:
    ref = at_home.request(DAY, "--right", "erasure", "--ground", "17.1.d")
    letter = text(at_home, "erasure", ref)
    assert "without a legal basis (Article 17(1)(d) GDPR)" in letter
    assert "withdraws that consent" not in letter


def test_a_questionnaire_is_tracked_and_its_day_is_ours(at_home: Office, slip: Path) -> None:
    ref = at_home.request(DAY, "--right", "questions", "--question", "Who?", "--respond-by", "2026-04-01")
    at_home.on(DAY, "letter", "questionnaire", ref, "--issue")
    at_home.on(DAY, "sent", ref, "--on", DAY, "--via", "registered", "--proof", slip)
    at_home.on("2026-03-05", "delivered", ref, "--on", "2026-03-05", "--proof", slip)
    shown = at_home.json("2026-03-06", "show", ref)
    assert [(row["id"], row["text"]) for row in shown["demands"]] == [("q1", "Who?")]
    days = {row["id"]: (row["strict"], row["for"]) for row in shown["deadlines"]}
    assert days == {"reply": (None, "controller"), "respond-by": ("2026-04-01", "us")}
    row = at_home.json("2026-03-06", "agenda")[0]
    assert "2026-04-01" in str(row)


def test_a_day_that_has_passed_is_not_asked_for(at_home: Office) -> None:
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    more = ("--right", "questions", "--question", "Who?", "--respond-by", DAY)
    assert "not after today" in at_home.on(DAY, "request", *where, *more, code=2).err


def test_what_is_left_out_stays_out_and_is_not_said_to_be_learnt(at_home: Office) -> None:
    ref = at_home.request(DAY, "--id-data", "cookie-id=c9f2")
    issued = at_home.on(DAY, "letter", "access-tracking", ref, "--issue", "--leave-out", "name")
    assert "newly learn: address, email, cookie-id." in issued.err
    assert "Ana Agent" not in at_home.on(DAY, "letter", "access-tracking", ref, "--entry", "2").out
    # and a later letter leaves out the same
    at_home.on(DAY, "sent", ref, "--on", DAY, "--via", "email")
    assert "Ana Agent" not in text(at_home, "reminder", ref)
    assert "Ana Agent" in text(at_home, "reminder", ref, "--leave-out", "none")


def test_a_later_letter_tells_nothing_new(at_home: Office) -> None:
    ref = at_home.request(DAY)
    assert "newly learn: name, address, email" in at_home.on(DAY, "letter", "access", ref, "--issue").err
    at_home.on(DAY, "sent", ref, "--on", DAY, "--via", "email")
    assert "newly learn" not in at_home.on(DAY, "letter", "reminder", ref, "--issue").err


def test_a_letter_that_nobody_could_answer_is_refused(at_home: Office) -> None:
    ref = at_home.request(DAY)
    said = at_home.on(DAY, "letter", "access", ref, "--leave-out", "email", "--leave-out", "address", code=4)
    assert "nobody could answer" in said.err
    assert "no “shoe” to leave out" in at_home.on(DAY, "letter", "access", ref, "--leave-out", "shoe", code=2).err


def test_the_letters_of_an_organisation_are_read_after_ones_own(
    at_home: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = at_home.run("letters", "list", "--lang", "en", "--json").out
    for name in ("mine", "theirs"):
        (tmp_path / name / "en" / "_parts").mkdir(parents=True)
    (tmp_path / "theirs" / "en" / "_parts" / "purpose.md.j2").write_text("THEIRS {{ purpose | sentence }}\n")
    monkeypatch.setenv("DSAR_LETTERS", f"{tmp_path / 'mine'}:{tmp_path / 'theirs'}")
    assert "THEIRS to know whether" in at_home.run("letters", "preview", "access").out
    (tmp_path / "mine" / "en" / "_parts" / "purpose.md.j2").write_text("MINE {{ purpose | sentence }}\n")
    assert "MINE to know whether" in at_home.run("letters", "preview", "access").out
    assert at_home.run("letters", "list", "--lang", "en", "--json").out == shipped
    monkeypatch.setenv("DSAR_LETTERS", str(tmp_path / "absent"))
    assert "no folder of letters" in at_home.run("letters", "preview", "access", code=3).err


def test_a_preview_needs_no_vault(office: Office, tmp_path: Path) -> None:
    assert "SPÉCIMEN" in office.run("letters", "preview", "notice", "--lang", "fr").out
    office.run("letters", "preview", "access", "--format", "pdf", "--out", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert not office.vault.exists()


def test_a_preview_that_cannot_be_says_why(office: Office) -> None:
    assert "no preview as “odt”" in office.run("letters", "preview", "access", "--format", "odt", code=2).err
    assert "Which letter?" in office.run("letters", "preview", code=2).err
    assert "need a folder" in office.run("letters", "preview", "--all", code=2).err


def test_the_agents_address_serves_where_the_persons_own_are_left_out(at_home: Office, slip: Path) -> None:
    zoe = ("--name", "Zoé Roux", "--email", "zoe@roux.example", "--country", "FR", "--address", "9 rue Basse")
    person = at_home.json(DAY, "subject", "add", *zoe)["id"]
    where = ("--controller", "Miroir SAS", "--country", "FR", "--email", "dpo@miroir.example")
    made = at_home.json(DAY, "mandate", "new", "--for", person, *where, "--kind", "agent", "--right", "access")
    at_home.on(DAY, "mandate", "signed", made["id"], slip, "--on", DAY)
    ref = at_home.request(DAY, "--for", person, "--mandate", made["id"])
    whole = text(at_home, "access", ref)
    assert "to the data subject alone, in electronic form, at zoe@roux.example" in whole
    left = text(at_home, "access", ref, "--leave-out", "email", "--leave-out", "address")
    assert "zoe@roux.example" not in left
    assert "addressed care of me" in left
    assert "names the person who gave it" in at_home.on(DAY, "letter", "access", ref, "--leave-out", "name", code=4).err


@pytest.mark.parametrize("option", ["--about", "--transmit-to"])
def test_what_the_letter_has_no_place_for_is_refused_and_not_dropped(at_home: Office, option: str) -> None:
    """Whoever limits an erasure to one photo must not be made to ask for the erasure of everything."""
    where = ("--name", "Miroir", "--country", "FR", "--email", "dpo@miroir.example")
    said = at_home.on(DAY, "request", *where, "--right", "erasure", option, "the photo of May", code=2)
    assert f"has no place for {option}" in said.err
    assert at_home.json(DAY, "agenda") == []


def test_a_country_that_there_is_none_of_is_refused(at_home: Office) -> None:
    """A wrong country would be a wrong calendar: Easter Monday is a holiday in FR and in no FRA."""
    said = at_home.on(DAY, "request", "--name", "Miroir", "--country", "ZZ", "--email", "d@m.example", code=2)
    assert "ZZ" in said.err


@pytest.mark.parametrize("site", ["clearview.ai", "https://www.pimeyes.com/en", "facebook.com"])
def test_the_website_of_a_company_of_the_directory_is_found(at_home: Office, site: str) -> None:
    assert at_home.json(DAY, "request", "--website", site, "--right", "access")["ref"]


def test_a_draft_is_never_written_over_what_was_issued(at_home: Office, tmp_path: Path) -> None:
    ref = at_home.request(DAY)
    at_home.on(DAY, "letter", "access", ref, "--issue", "--out", tmp_path)
    (issued,) = tmp_path.glob("*.pdf")
    data = issued.read_bytes()
    at_home.on(DAY, "letter", "access", ref, "--format", "pdf", "--out", tmp_path)
    assert issued.read_bytes() == data
    assert len(list(tmp_path.glob("*.pdf"))) == 2
