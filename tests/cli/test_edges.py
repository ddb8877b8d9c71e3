"""The edges of the commands: what is nearly right is refused or questioned, and nothing is left half done."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dsar import cli, clock

from .office import process
from .papers import mail
from .terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"
LATER = "2026-03-20"
WHY = ("--because", "a slip of the pen")


@pytest.fixture
def ref(office: Office) -> str:
    """A case whose request was issued: no sending yet."""
    office.init(DAY)
    made = office.request(DAY, "--id-data", "customer-number=77")
    office.on(DAY, "letter", "access", made, "--issue")
    return made


def warned(office: Office, *arguments: str | Path, day: str = LATER) -> str:
    """The warnings of a recording command, as one text."""
    return " ".join(office.json(day, *arguments)["warnings"])


def log(office: Office, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.json(LATER, "show", ref)["events"]
    return found


# request


@pytest.mark.parametrize(
    ("option", "code", "word"),
    [
        (("--lang", "pl"), 3, "de, en, es, fr, it, nl"),
        (("--id-data", "emial=a@b.example"), 2, "email"),
        (("--regime", "narnia"), 2, "eudpr"),
        (("--regime", "ch-fadp", "--right", "erasure"), 3, "ch-fadp"),
        (("--email", "no at all"), 2, "one @"),
    ],
)
def test_a_request_that_cannot_be_drafted_leaves_no_case(
    office: Office, option: tuple[str, ...], code: int, word: str
) -> None:
    office.init(DAY)
    asked = ("request", "--name", "Miroir SAS", "--country", "FR", "--email", "dpo@miroir.example", *option)
    assert word in office.on(DAY, *asked, code=code).err
    assert office.json(DAY, "agenda") == []


def test_opening_and_drafting_are_one_transaction(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left")

    office.init(DAY)
    monkeypatch.setattr("dsar.desk.drafting.keep", broken)
    office.on(DAY, "request", "Clearview", code=5)
    assert office.json(DAY, "agenda") == []


def test_a_request_that_does_not_identify_the_person_says_so(office: Office) -> None:
    office.init(DAY)
    where = ("--country", "FR", "--email", "dpo@miroir.example")
    assert "--id-data" in office.on(DAY, "request", "--name", "Miroir SAS", *where).err
    # another company: a second case against the same one has its own warning
    assert office.on(DAY, "request", "--name", "Reflet SAS", *where, "--id-data", "customer-number=77").err == ""
    # the record of Clearview AI says that a photo identifies a person there
    assert "--id-data photo=" in office.on(DAY, "request", "clearview-ai", "--id-data", "name=Ana").err
    assert "--id-data photo=" not in office.on(DAY, "request", "clearview-ai", "--id-data", "photo=portrait").err


# sent, delivered


def test_a_letter_by_post_without_a_postal_address_is_questioned(office: Office) -> None:
    office.init(DAY)
    where = ("--name", "Miroir SAS", "--country", "FR", "--email", "dpo@miroir.example")
    ref = str(office.json(DAY, "request", *where)["ref"])
    office.on(DAY, "letter", "access", ref, "--issue")
    assert "--to" in warned(office, "sent", ref, "--on", DAY, "--via", "post")
    assert "postal address" not in warned(
        office, "sent", ref, "--on", DAY, "--via", "post", "--to", "5 rue Neuve, Lyon"
    )
    assert "5 rue Neuve, Lyon" in log(office, ref)[-1]["text"]


def test_the_mail_that_proves_a_sending_is_compared_with_what_is_said(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "sent.eml"
    path.write_bytes(mail("Thu, 05 Mar 2026 10:00:00 +0100", "our request"))
    told = warned(office, "sent", ref, "--via", "email", "--on", "2026-03-06", "--proof", path)
    assert "is of 2026-03-05, not of 2026-03-06" in told
    assert "not to dpo@miroir.example" in told
    right = path.read_bytes().replace(b"zoe@person.example", b"DPO@miroir.example") + b"\r\n"
    path.write_bytes(right)
    told = warned(office, "sent", ref, "--via", "email", "--on", "2026-03-05", "--proof", path)
    assert "not of" not in told
    assert "not to" not in told


def test_a_file_that_is_in_the_case_already_is_named_with_its_entry(office: Office, ref: str, slip: Path) -> None:
    assert "already" not in warned(office, "sent", ref, "--via", "registered", "--on", DAY, "--proof", slip)
    assert "entry 3" in warned(office, "delivered", ref, "--on", "2026-03-09", "--proof", slip)


def test_delivered_names_the_sending_and_the_others_that_have_no_delivery(office: Office, ref: str) -> None:
    office.on(DAY, "sent", ref, "--via", "registered", "--on", DAY)
    office.on("2026-03-06", "sent", ref, "--via", "email", "--on", "2026-03-06")
    said = office.on(LATER, "delivered", ref, "--on", "2026-03-06")
    assert "sending 4, email, of 2026-03-06" in said.out
    assert f"dsar delivered {ref} --sending 3 --on DATE" in said.err
    said = office.on(LATER, "delivered", ref, "--sending", "3", "--on", "2026-03-09")
    assert "sending 3, registered, of 2026-03-05" in said.out
    assert "--sending" not in said.err


def test_a_presumption_stays_one_whatever_document_shows_its_conditions(office: Office, ref: str, slip: Path) -> None:
    office.on(DAY, "sent", ref, "--via", "registered", "--on", DAY)
    office.on(LATER, "delivered", ref, "--on", "2026-03-09", "--presumed", " ", code=2)
    office.on(LATER, "delivered", ref, "--on", "2026-03-09", "--presumed", "fr-cpc-668", "--proof", slip)
    assert "presumed" in log(office, ref)[-1]["text"]
    assert "proved" not in log(office, ref)[-1]["text"]


# complaint, close


def test_what_is_recorded_once_is_not_recorded_twice(office: Office, ref: str) -> None:
    office.on(LATER, "complaint", ref, "--authority", "fr-cnil", "--on", LATER)
    assert "entry 3" in office.on(LATER, "complaint", ref, "--authority", "fr-cnil", "--on", LATER, code=4).err
    office.on(LATER, "complaint", ref, "--authority", "ie-dpc", "--on", LATER)
    office.on(LATER, "close", ref, "--outcome", "refused")
    said = office.on(LATER, "close", ref, "--outcome", "satisfied", code=4).err
    assert f"dsar correct {ref} 5 --withdraw" in said
    office.on(LATER, "correct", ref, "5", "--withdraw", *WHY)
    office.on(LATER, "close", ref, "--outcome", "satisfied")


# people


def test_a_mandate_signed_before_it_was_drafted_is_questioned(office: Office, slip: Path) -> None:
    office.init(DAY)
    office.on(DAY, "subject", "add", "--name", "Zoë Ångström", "--country", "FR")
    new = ("mandate", "new", "--for", "zoe-angstrom", "--controller", "Clearview", "--processing", "faces")
    made = str(office.json(DAY, *new)["id"])
    told = warned(office, "mandate", "signed", made, slip, "--on", "2026-02-20")
    assert "2026-02-20" in told
    assert "before it was drafted on 2026-03-05" in told
    assert warned(office, "mandate", "signed", made, slip, "--on", DAY, "--correct") == ""


def test_a_record_can_be_changed_and_ones_own_too(office: Office) -> None:
    office.init(DAY)
    office.on(DAY, "subject", "add", "--name", "Zoe Moreau", "--country", "FR", "--email", "zoe@mail.example")
    changed = ("--email", "zoe@new.example", "--address", "2 rue Haute", "--country", "be", "--language", "FR")
    office.on(LATER, "subject", "edit", "zoe-moreau", *changed)
    found = office.json(LATER, "subject", "show", "zoe-moreau")
    assert (found["name"], found["email"], found["address"]) == ("Zoe Moreau", "zoe@new.example", ["2 rue Haute"])
    assert (found["country"], found["language"]) == ("BE", "fr")
    office.on(LATER, "subject", "edit", "me", "--name", "Ana Aubert")
    found = office.json(LATER, "subject", "show", "me")
    assert (found["name"], found["email"], found["country"]) == ("Ana Aubert", "ana@ngo.example", "FR")
    office.on(LATER, "subject", "edit", "me", code=2)
    office.on(LATER, "subject", "edit", "nobody", "--name", "X", code=3)
    office.on(LATER, "subject", "edit", "me", "--language", "pl", code=3)


@pytest.mark.parametrize("address", ["anangoexample", "a@b@c.example", "a b@c.example", "@c.example", "a@"])
def test_an_e_mail_address_has_one_at_sign_and_no_space(office: Office, address: str) -> None:
    more = ("--name", "Ana", "--country", "FR", "--language", "en")
    assert "e-mail" in office.run("init", "--email", address, *more, code=2).err
    assert not office.vault.exists()
    office.init(DAY)
    office.on(DAY, "subject", "add", "--name", "B", "--country", "FR", "--email", address, code=2)
    office.on(DAY, "subject", "edit", "me", "--email", address, code=2)
    assert office.json(DAY, "subject", "show", "me")["email"] == "ana@ngo.example"


def test_two_people_of_one_name_are_told_apart(office: Office) -> None:
    office.init(DAY)
    add = ("subject", "add", "--name", "Zoe Moreau", "--country", "FR")
    assert [office.json(DAY, *add)["id"] for _ in range(3)] == ["zoe-moreau", "zoe-moreau-2", "zoe-moreau-3"]
    assert office.json(DAY, "subject", "show", "zoe-moreau-2")["id"] == "zoe-moreau-2"
    assert "zoe-moreau-3" in office.on(DAY, "subject", "show", "Zoe Moreau", code=2).err


def test_init_asks_again_where_an_answer_cannot_be_used(office: Office) -> None:
    lines = ("Ana Agent", "ana.ngo.example", "ana@ngo.example", "France", "fr", "EN", "1 rue A;Paris")
    code, screen = typed("init", lines=lines)
    assert code == 0, screen
    assert "'France'" in " ".join(screen.split()).upper().replace("FRANCE", "France")
    assert "--holidays" not in screen
    found = office.json(DAY, "subject", "show", "me")
    assert (found["email"], found["country"], found["language"]) == ("ana@ngo.example", "FR", "en")


def test_only_the_calculator_speaks_of_counting_weekends(office: Office) -> None:
    office.init(DAY)
    said = office.on(DAY, "subject", "add", "--name", "B", "--country", "XX", code=2)
    assert "two-letter" in said.err
    assert "--holidays" not in said.err
    assert "--holidays none" in office.run("deadline", "--country", "XX", "--received", DAY, code=2).err


# vault


def test_a_backup_names_both_its_files_and_makes_no_folder(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    away = tmp_path / "not there" / "copy"
    assert "There is no folder" in office.run("vault", "backup", away, code=5).err
    assert not away.parent.exists()
    copy = tmp_path / "copy"
    said = office.run("vault", "backup", copy).out
    assert f"  {copy}\n  {copy}.keys\n" in said
    assert "both" in said
    assert (tmp_path / "copy.keys").is_file()


def test_half_a_backup_is_called_so(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = office.json(DAY, "init", "--name", "A", "--email", "a@b.example", "--country", "FR", "--language", "en")
    office.run("vault", "backup", tmp_path / "copy")
    monkeypatch.setenv("DSAR_VAULT", str(tmp_path / "new.dsar"))
    (tmp_path / "copy.keys").rename(tmp_path / "elsewhere")
    recover = ("vault", "restore", tmp_path / "copy", "--recovery", made["recovery_key"])
    said = office.run(*recover, code=6).err
    assert f"{tmp_path / 'copy.keys'} is missing" in said
    (tmp_path / "elsewhere").rename(tmp_path / "copy.keys")
    office.run(*recover)


def test_a_keyring_that_is_missing_names_the_other_ways(office: Office) -> None:
    office.init(DAY)
    said = process("agenda", env={"DSAR_KEY_FILE": None})
    assert said.code == 6
    for way in ("DSAR_PASSPHRASE", "--passphrase-file", "--key-file"):
        assert way in said.err


# the day


def test_what_is_recorded_on_a_day_ahead_is_said_to_be_and_can_be_taken_back(
    office: Office, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 10))
    said = office.run("--as-of", "2026-06-01", "sent", ref, "--via", "email", "--on", "2026-05-11")
    assert "2026-06-01 has not come yet" in said.err
    number = str(len(log(office, ref)))
    office.run("--as-of", "2026-03-10", "correct", ref, number, "--withdraw", *WHY)
    assert "has not come" not in office.run("--as-of", "2026-03-10", "note", ref, "today").err


# correct


def test_a_moved_entry_has_no_other_day_elsewhere(office: Office, ref: str, tmp_path: Path) -> None:
    from dsar.core.events import Corrected, Received  # noqa: PLC0415 - only here
    from dsar.vault.keys import KeyFileSlot  # noqa: PLC0415 - as above
    from dsar.vault.vault import Vault  # noqa: PLC0415 - as above

    path = tmp_path / "answer.eml"
    path.write_bytes(mail("Mon, 09 Mar 2026 10:00:00 +0100", "here it is"))
    office.on(LATER, "received", ref, path, "--as", "answer")
    office.on(LATER, "correct", ref, "3", "--on", "2026-03-12", *WHY)
    with Vault.open(office.vault, KeyFileSlot(office.key)) as vault:
        before, after = vault.log(ref)[2].event, vault.log(ref)[-1].event
    assert isinstance(before, Received)
    assert before.on_theirs == date(2026, 3, 9)
    assert isinstance(after, Corrected)
    assert isinstance(after.by, Received)
    assert (after.by.on, after.by.on_theirs) == (date(2026, 3, 12), None)


def test_a_withdrawn_entry_comes_back_as_it_was(office: Office, ref: str) -> None:
    office.on(DAY, "sent", ref, "--via", "registered", "--on", DAY)
    office.on(LATER, "delivered", ref, "--on", "2026-03-09")
    office.on(LATER, "correct", ref, "3", "--on", "2026-03-04", *WHY)
    assert "entry 4" in office.on(LATER, "correct", ref, "3", "--withdraw", *WHY).err
    assert 3 not in [event["n"] for event in log(office, ref)]
    office.on(LATER, "correct", ref, "3", "--restore", *WHY)
    back = next(event for event in log(office, ref) if event["n"] == 3)
    assert back["on"] == "2026-03-04"
    office.on(LATER, "correct", ref, "3", "--restore", *WHY, code=2)
    office.on(LATER, "correct", ref, "99", "--restore", *WHY, code=3)
    office.on(LATER, "correct", ref, "3", "--restore", "--withdraw", *WHY, code=2)


# erase


def test_erasing_without_a_question_needs_the_whole_reference(office: Office, ref: str) -> None:
    part, reason = ref[-5:], ("--reason", _reason())
    assert ref in office.run("erase", part, *reason, "--yes", code=2).err
    code, screen = typed("erase", part, *reason, lines=("n",))
    assert code == 2
    assert f"Erase case {ref}, Ana Agent v. Miroir SAS" in " ".join(screen.split())
    assert len(log(office, ref)) == 2
    office.run("erase", "2025", *reason, "--yes", code=3)
    office.run("erase", ref.lower(), *reason, "--yes")


def _reason() -> str:
    from dsar.vault.tombstone import REASONS  # noqa: PLC0415 - only here

    return REASONS[0]


# the calculator and the books


def test_a_deadline_without_a_country_says_that_no_holidays_were_counted(office: Office) -> None:
    def told(*more: str) -> list[str]:
        found: list[str] = office.json(DAY, "deadline", "--received", DAY, *more)["warnings"]
        return found

    assert any("No public holidays were counted" in text for text in told())
    assert "No public holidays were counted" in office.run("deadline", "--received", DAY).err
    term = ("--term", "art-78-2", "--from", DAY)
    assert "No public holidays" in office.run("deadline", *term).err
    for more in (("--country", "FR"), ("--no-establishment",), ("--holidays", "none"), ("--regime", "eudpr")):
        assert not any("holidays" in text for text in told(*more)), more


def test_without_a_case_the_sentence_says_how_to_open_one(office: Office) -> None:
    office.init(DAY)
    for command in (("next",), ("show",), ("why", "2026"), ("note", "x")):
        said = office.on(DAY, *command, code=3)
        assert said.err == "dsar: There is no case yet: `dsar request` opens one.\n"


def test_the_law_page_is_json_where_json_is_asked(office: Office) -> None:
    plain = office.run("law", "page").out
    assert office.json(DAY, "law", "page") == {"page": plain}


def test_the_groups_offer_no_completion(office: Office) -> None:
    for group in ("subject", "mandate", "vault", "letters", "authorities", "controllers", "law"):
        assert "completion" not in office.run(group, "--help").out


def test_a_note_says_in_which_case_it_is(office: Office, ref: str) -> None:
    said = office.on(LATER, "note", "2026")
    assert "“2026”" in said.out
    assert f"case {ref}" in said.out


# the boundary


def test_an_interrupt_ends_with_130_and_our_sentence(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dsar.cli.agenda.home", interrupted)
    assert cli.run([]) == 130
    assert capsys.readouterr().err.startswith("dsar: Interrupted")
    office.run("nosuch", code=2)


def test_the_end_of_input_at_a_question_is_an_interrupt(office: Office) -> None:
    code, screen = typed("init", lines=("Ana Agent", "\x04"))
    assert code == 130
    assert "dsar: Interrupted" in screen
    assert not office.vault.exists()


def test_a_reader_that_has_gone_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, "-m", "dsar", "law", "page"], stdout=writing, stderr=subprocess.PIPE, text=True
    ) as child:
        os.close(writing)
        _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (0, "")
