"""What the contract promises of every command: help, and the keys of its one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dsar.cli.app import COMMANDS

from .office import process
from .papers import mail

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

GROUPS = {
    "subject": ("add", "list", "show"),
    "mandate": ("new", "signed", "revoke", "list"),
    "letters": ("list", "check"),
    "authorities": ("list", "show"),
    "controllers": ("search", "show", "import", "update", "add", "edit", "remove", "packs", "doctor"),
    "code": ("case", "agreement", "resolve", "list", "book", "scheme"),
    "law": ("terms", "check"),
    "vault": ("status", "verify", "backup", "restore", "rebuild", "key"),
}
PLAIN = [(name,) for name in COMMANDS if name not in GROUPS]
NESTED = [(name, child) for name, children in GROUPS.items() for child in children]
KEYS = [("vault", "key", child) for child in ("add-passphrase", "remove", "recovery")]
DAY = "2026-03-05"


@pytest.mark.parametrize("words", [*PLAIN, *NESTED, *KEYS], ids=" ".join)
def test_every_command_has_its_help(words: tuple[str, ...], office: Office) -> None:
    said = office.run(*words, "--help")
    assert said.out.startswith(f"Usage: dsar {' '.join(words)} [OPTIONS]")
    assert said.err == ""
    # its first paragraph says in a sentence what it does
    assert len(said.out.split("\n\n")[1].strip()) > 10


def test_the_help_of_the_program_names_every_command(office: Office) -> None:
    out = office.run("--help").out
    for name, (_, _, line) in COMMANDS.items():
        assert f"\n  {name} " in out
        assert line.split()[0] in out
    for option in ("--vault", "--as-of", "--json", "--yes", "--passphrase-file", "--key-file"):
        assert option in out


def keys(document: Any, *expected: str) -> None:
    assert set(expected) <= set(document), set(expected) - set(document)


def test_the_calculator_and_the_books_answer_in_json_without_a_vault(office: Office) -> None:
    found = office.json(DAY, "deadline", "--regime", "gdpr", "--country", "FR", "--received", "2026-03-05")
    keys(found, "regime", "country", "received", "strict", "safe", "steps", "warnings")
    # 5 March + 1 month = Sunday 5 April; 6 April is Easter Monday
    assert (found["strict"], found["safe"]) == ("2026-04-07", "2026-04-07")
    for step in found["steps"]:
        keys(step, "date", "rule", "cite", "text")
    term = office.json(DAY, "deadline", "--term", "art-78-2", "--from", "2026-03-05", "--country", "FR")
    assert term["strict"] == term["safe"] == "2026-06-05"
    letters = office.json(DAY, "letters", "list")
    assert {(one["kind"], one["lang"]) for one in letters} >= {("access", "fr"), ("notice", "en"), ("complaint", "fr")}
    for one in letters:
        keys(one, "kind", "lang", "title", "languages", "needs", "reviewed")
    keys(office.json(DAY, "letters", "check"), "ok", "problems")
    assert "fr-cnil" in {one["id"] for one in office.json(DAY, "authorities", "list")}
    keys(office.json(DAY, "authorities", "show", "fr-cnil"), "id", "name", "languages", "address")
    (best, *_) = office.json(DAY, "controllers", "search", "clearview")
    assert best["id"] == "clearview-ai"
    assert office.json(DAY, "controllers", "show", "clearview-ai")["name"] == best["name"]
    assert {"notice", "art-78-2"} <= {one["id"] for one in office.json(DAY, "law", "terms")}
    assert not office.vault.exists()


def test_every_command_that_records_or_shows_answers_in_one_json_document(
    office: Office, slip: Path, tmp_path: Path
) -> None:
    keys(office.json(DAY), "vault", "next")
    me = ("--name", "Ana Agent", "--email", "ana@ngo.example", "--country", "FR", "--language", "en")
    keys(office.json(DAY, "init", *me), "vault", "key", "recovery_key", "next")
    keys(office.json(DAY, "vault", "status"), "path", "cases", "entries", "evidence", "schema", "keys")
    keys(office.json(DAY, "vault", "verify"), "ok", "problems")
    keys(office.json(DAY, "subject", "add", "--name", "Zoé", "--country", "FR"), "id", "name", "email", "country")
    assert [one["id"] for one in office.json(DAY, "subject", "list")] == ["me", "zoe"]
    keys(office.json(DAY, "subject", "show", "zoe"), "id", "name")
    new = ("mandate", "new", "--for", "zoe", "--controller", "clearview-ai")
    mandate = office.json(DAY, *new, "--out", tmp_path)
    keys(mandate, "id", "kind", "subject", "controller", "rights", "signed_on", "path")
    keys(office.json(DAY, "mandate", "signed", mandate["id"], mandate["path"], "--on", DAY), "id", "signed_on")
    keys(office.json(DAY, "mandate", "list")[0], "id", "signed_on", "until", "revoked_on")
    keys(office.json(DAY, "mandate", "revoke", mandate["id"], "--on", DAY), "id", "revoked_on")
    where = ("--email", "dpo@miroir.example", "--country", "FR")
    made = office.json(DAY, "request", "--name", "Miroir SAS", *where)
    keys(made, "ref", "letter", "next")
    assert made["letter"] == "access"
    letter = office.json(DAY, "letter", "access", "--issue")
    keys(letter, "ref", "kind", "lang", "subject", "issued", "path", "text", "next")
    assert letter["issued"] == 2
    recorded = (
        ("sent", "--on", DAY, "--via", "registered", "--proof", slip),
        ("delivered", "--on", DAY, "--proof", slip),
        ("note", made["ref"], "a note"),
        ("assign", made["ref"], "worker-2"),
    )
    for number, command in enumerate(recorded, start=3):
        done = office.json(DAY, *command)
        keys(done, "ref", "n", "state", "next")
        keys(done["state"], "who", "outcome")
        assert done["n"] == number
    answer(office, made["ref"], tmp_path)


def answer(office: Office, ref: str, folder: Path) -> None:
    """The second half of the walk: an answer, a complaint, the dossier."""
    late = "2026-04-20"
    path = folder / "answer.eml"
    path.write_bytes(mail("Fri, 17 Apr 2026 10:00:00 +0200", "Nothing."))
    for command in (
        ("received", ref, path),
        ("classify", ref, "7", "fee", "--amount", "EUR 10"),
        ("paid", ref, "--to", "7", "--on", late),
        ("received", ref, path, "--as", "clarification"),
        ("replied", ref, "--to", "10", "--on", late),
        ("received", ref, path, "--as", "identity-demand"),
        ("identity", ref, "--gave", "email", "--on", late),
        ("identity", ref, "--judge", "justified", "--because", "short"),
        ("received", ref, path, "--as", "answer"),
        ("review", ref, "--rest", "missing"),
        ("complaint", ref, "--authority", "fr-cnil", "--on", late),
        ("authority", ref, "--acted", "ack", "--on", late),
        ("correct", ref, "9", "--withdraw", "--because", "no fee was paid"),
        ("confirm", ref, "3", "--because", "right"),
    ):
        keys(office.json(late, *command), "ref", "n", "state", "warnings", "next")
    shown = office.json(late, "show")
    keys(shown, "ref", "subject", "controller", "regime", "rights", "state", "events", "deadlines", "breaches")
    keys(shown, "demands", "next", "exhibits")
    keys(shown["state"], "who", "outcome")
    for row in shown["deadlines"]:
        keys(row, "id", "for", "strict", "safe", "met", "steps")
    for row in shown["breaches"]:
        keys(row, "id", "cites", "since", "assertable_from", "proof")
    for row in shown["demands"]:
        keys(row, "n", "text", "status")
    for step in [*shown["next"], *office.json(late, "next")["next"]]:
        keys(step, "id", "command", "why")
    keys(office.json(late, "why"), "ref", "deadlines")
    keys(office.json(late, "agenda")[0], "ref", "subject", "controller", "who", "outcome", "due", "next")
    keys(office.json(late, "dossier", "--check", code=1), "ok", "lacks")
    bound = office.json(late, "dossier", "--out", folder / "out")
    keys(bound, "pdf", "zip", "manifest")
    keys(office.json(late, "verify", bound["zip"]), "ok", "files", "problems")
    keys(office.json(late, "vault", "backup", folder / "copy.dsar"), "backup")
    keys(office.json(late, "vault", "rebuild"), "cases")
    keys(office.json(late, "close", "--outcome", "partly"), "ref", "state")
    assert office.json(late, "show")["state"] == {"who": "nobody", "outcome": "partly"}
    keys(office.json(late, "erase", ref, "--reason", "requested", "--yes"), "ref", "erased")
    assert office.json(late, "agenda") == []


def test_a_process_writes_one_utf_8_document_and_nothing_else(office: Office) -> None:
    office.init(DAY, name="Zoë Ångström")
    said = process("--as-of", DAY, "subject", "list", "--json", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert said.code == 0
    assert json.loads(said.out)[0]["name"] == "Zoë Ångström"
    assert said.err == ""
