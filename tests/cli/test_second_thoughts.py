"""What a user is told before something is done twice, written over, or addressed to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dsar.cli.app import COMMANDS

from .papers import mail

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-02", "2026-04-20"
TWICE = "Ana Agent has an open case against Miroir SAS already"


@pytest.fixture
def ref(office: Office) -> str:
    office.init(DAY)
    return office.request(DAY)


def warned(office: Office, *more: str, name: str = "Miroir SAS") -> str:
    where = ("--name", name, "--email", "dpo@miroir.example", "--country", "FR")
    return " ".join(office.on(DAY, "request", *where, *more).err.split())


def test_a_second_case_against_the_same_company_is_pointed_out_while_the_first_is_open(
    office: Office, ref: str
) -> None:
    assert f"{TWICE}: {ref}." in warned(office)
    assert TWICE not in warned(office, name="Other SAS")


def test_a_closed_case_is_no_reason_to_warn(office: Office, ref: str) -> None:
    office.on(DAY, "close", ref, "--outcome", "satisfied")
    assert TWICE not in warned(office)


def test_another_person_s_case_is_nobody_else_s_business(office: Office, ref: str, slip: Path) -> None:
    office.on(DAY, "subject", "add", "--name", "Zoé Exemple", "--country", "FR", "--email", "zoe@person.example")
    office.on(DAY, "mandate", "new", "--for", "zoe-exemple", "--controller", "clearview-ai", "--lang", "en")
    [mandate] = office.json(DAY, "mandate", "list")
    office.on(DAY, "mandate", "signed", mandate["id"], slip, "--on", DAY)
    own = office.json(DAY, "request", "clearview-ai")
    assert "open case" not in " ".join(own["warnings"])
    hers = office.json(DAY, "request", "clearview-ai", "--for", "zoe-exemple", "--mandate", mandate["id"])
    assert not [text for text in hers["warnings"] if own["ref"] in text or ref in text]


def test_a_letter_that_is_issued_again_says_what_becomes_of_the_first(office: Office, ref: str) -> None:
    assert "issued on" not in office.on(DAY, "letter", "access", ref, "--issue").err
    again = office.on(DAY, "letter", "access", ref, "--issue").err
    assert f"This kind of letter was issued on {DAY} already, as entry 2: this one takes its place." in again
    office.on(DAY, "sent", ref, "--letter", "3", "--on", DAY, "--via", "email")
    left = office.on(DAY, "letter", "access", ref, "--issue").err
    assert "as entry 3: it left, and this will be a second one." in left


def test_a_file_that_is_there_is_written_over_only_when_somebody_agrees(
    office: Office, ref: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.pdf"
    path.write_bytes(b"something else")
    refused = office.on(DAY, "letter", "access", ref, "--issue", "--out", path, code=2)
    assert f"There is already a file {path}" in " ".join(refused.err.split())
    assert "--yes" in refused.err
    assert path.read_bytes() == b"something else"
    assert office.json(DAY, "vault", "status")["entries"] == 1
    office.on(DAY, "--yes", "letter", "access", ref, "--issue", "--out", path)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_path_that_ends_in_a_slash_is_a_folder_and_is_made(office: Office, ref: str, tmp_path: Path) -> None:
    office.on(DAY, "letter", "access", ref, "--out", f"{tmp_path}/new/letters/")
    assert [path.name for path in (tmp_path / "new" / "letters").iterdir()] == [f"{ref}-access.pdf"]
    (tmp_path / "file").write_bytes(b"x")
    said = office.on(DAY, "letter", "access", ref, "--out", f"{tmp_path}/file/below/", code=5)
    assert said.err.count("\n") == 1


def test_a_letter_in_a_language_that_the_addressee_does_not_list_names_the_way_to_theirs(office: Office) -> None:
    office.init(DAY, language="fr")
    said = office.on(DAY, "request", "clearview-ai").err
    assert "They are known to read en; this letter is in fr." in " ".join(said.split())
    assert "--lang en" in said
    assert "known to read" not in office.on(DAY, "request", "clearview-ai", "--lang", "en").err


def test_a_review_ends_with_what_was_recorded_and_what_follows(office: Office, slip: Path, tmp_path: Path) -> None:
    office.init(DAY)
    ref = office.waiting(issued=DAY, proof=slip)
    (tmp_path / "answer.eml").write_bytes(mail("Fri, 20 Mar 2026 10:00:00 +0100", "All that we have."))
    office.on(LATE, "received", ref, tmp_path / "answer.eml", "--as", "answer")
    given = ("--set", "copy=given", "--set", "purposes=given", "--rest", "missing", "--fault", "no-legal-basis=none")
    said = office.on(LATE, "review", ref, *given).out
    asked = sum(1 for line in office.json(LATE, "show", ref)["demands"] if line)
    assert f"Reviewed: 2 given, {asked - 2} missing, 1 fault (case {ref}, entry 7)." in " ".join(said.split())
    assert "Next: dsar letter incomplete" in said


def test_an_unknown_authority_is_answered_with_the_nearest_and_where_all_are(office: Office, ref: str) -> None:
    for command in (("complaint", ref, "--on", DAY), ("dossier", ref)):
        said = office.on(DAY, *command, "--authority", "cnil", code=2).err
        assert said.startswith("dsar: There is no authority “cnil”: did you mean fr-cnil or ")
        assert "`dsar authorities list`" in said
        assert said.count(" or ") == 2


def test_no_help_speaks_of_shell_completion(office: Office) -> None:
    for words in (*((name,) for name in COMMANDS), ("mail", "account"), ("vault", "key")):
        assert "completion" not in office.run(*words, "--help").out, words


def test_a_mandate_is_for_rights_that_exist(office: Office) -> None:
    office.init(DAY)
    office.on(DAY, "subject", "add", "--name", "Zoé Exemple", "--country", "FR", "--email", "zoe@person.example")
    new = ("mandate", "new", "--for", "zoe-exemple", "--controller", "clearview-ai", "--right", "wealth")
    assert "“wealth” is not known" in office.on(DAY, *new, code=2).err
    assert office.json(DAY, "mandate", "list") == []


def test_an_erasure_says_that_files_outside_the_vault_still_hold_the_case(office: Office, ref: str) -> None:
    said = office.json(DAY, "--yes", "erase", ref, "--reason", "opened-by-mistake")
    assert [text for text in said["still_held"] if "outside the vault" in text]
