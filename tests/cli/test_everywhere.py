"""What holds for every command: which vault, which day, which case, in whose name, and on what kind of terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .office import process
from .terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"
ESCAPE = "\x1b"


@pytest.fixture
def ref(office: Office) -> str:
    office.init(DAY)
    return office.request(DAY)


def test_before_there_is_a_vault_dsar_alone_says_how_to_begin(office: Office) -> None:
    said = process()
    assert said.code == 0
    assert said.err == ""
    assert "dsar demo" in said.out
    assert said.out.rstrip().endswith("Next: dsar init")
    assert not office.vault.exists()


def test_dsar_alone_shows_the_agenda_and_the_one_thing_to_do(office: Office, ref: str) -> None:
    said = process("--as-of", DAY)
    assert said.code == 0
    assert f"\nNext: dsar letter access {ref} --issue\n" in said.out
    assert said.out.count("Next:") == 1
    assert office.run("--as-of", DAY).out == said.out


def test_an_empty_vault_says_what_to_do(office: Office) -> None:
    office.init(DAY)
    assert "No cases yet." in office.on(DAY, "agenda").out
    assert "dsar request" in office.on(DAY, "show", code=3).err


def test_options_stand_before_or_after_the_command(office: Office, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DSAR_VAULT")
    monkeypatch.delenv("DSAR_KEY_FILE")
    shared = ("--vault", office.vault, "--key-file", office.key, "--as-of", DAY, "--json")
    before = office.run(*shared, "show", ref).out
    assert office.run("show", ref, *shared).out == before
    assert office.run("show", *shared, ref).out == before
    assert office.run("--vault", office.vault, "show", "--key-file", office.key, ref, *shared[4:]).out == before
    assert office.run("vault", "status", *shared).out == office.run(*shared, "vault", "status").out


def test_the_command_line_wins_over_the_environment(
    office: Office, ref: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DSAR_TODAY", "2026-03-09")
    assert office.json(DAY, "show")["as_of"] == DAY
    monkeypatch.setenv("DSAR_VAULT", str(tmp_path / "none.dsar"))
    assert ref in office.on(DAY, "show", "--vault", office.vault).out


def test_dsar_today_is_the_day_to_reason_from(office: Office, ref: str) -> None:
    said = process("note", ref, "written then", env={"DSAR_TODAY": "2026-03-09"})
    assert said.code == 0
    (_, noted) = office.json("2026-03-09", "show")["events"]
    assert (noted["on"], noted["text"]) == ("2026-03-09", "written then")
    # the day before, it had not happened
    assert len(office.json("2026-03-08", "show")["events"]) == 1


def test_who_wrote_it_down_and_when_is_in_every_entry(office: Office, ref: str) -> None:
    assert process("--as-of", DAY, "note", ref, "one", env={"DSAR_USER": "Zoë Å."}).code == 0
    opened, noted = office.json(DAY, "show")["events"]
    assert (opened["by"], noted["by"]) == ("worker-1", "Zoë Å.")
    # an instant with its offset, not the day that was given
    for entry in (opened, noted):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)", entry["recorded_at"])


@pytest.mark.parametrize(
    "command",
    [
        ("sent", "--via", "post", "--on"),
        ("delivered", "--on"),
        ("received", "--as", "answer", "--on"),
        ("complaint", "--authority", "fr-cnil", "--on"),
    ],
    ids=lambda command: command[0],
)
def test_nothing_is_recorded_before_it_has_happened(command: tuple[str, ...], office: Office, ref: str) -> None:
    office.on(DAY, "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "post")
    before = office.json(DAY, "vault", "status")["entries"]
    said = office.on(DAY, command[0], ref, *command[1:], "2026-03-06", code=5)
    assert "2026-03-06" in said.err
    assert office.json(DAY, "vault", "status")["entries"] == before
    office.on("2026-03-06", command[0], ref, *command[1:], "2026-03-06")


def test_a_mandate_is_not_signed_or_revoked_tomorrow(office: Office, slip: Path, tmp_path: Path) -> None:
    office.init(DAY)
    office.on(DAY, "subject", "add", "--name", "Zoé", "--country", "FR")
    new = ("mandate", "new", "--for", "zoe", "--controller", "clearview-ai", "--out", tmp_path)
    made = office.json(DAY, *new)["id"]
    office.on(DAY, "mandate", "signed", made, slip, "--on", "2026-03-06", code=5)
    office.on(DAY, "mandate", "signed", made, slip, "--on", DAY)
    office.on(DAY, "mandate", "revoke", made, "--on", "2026-03-06", code=5)
    assert office.json(DAY, "mandate", "list")[0]["revoked_on"] is None


def test_a_case_is_named_by_a_unique_beginning_or_end(office: Office, ref: str) -> None:
    assert office.json(DAY, "show")["ref"] == ref  # there is only one
    for name in (ref, ref.lower(), ref[:7], ref[-5:], ref[-3:].lower(), ref[:4]):
        assert office.json(DAY, "show", name)["ref"] == ref
    other = office.request(DAY, name="Autre SAS")
    assert re.fullmatch(r"2026-[2-9A-HJ-NP-Z]{5}", other)
    assert office.json(DAY, "show", other[-5:])["ref"] == other
    several = office.on(DAY, "show", "2026-", code=2)
    assert ref in several.err
    assert other in several.err
    assert "2 cases" in office.on(DAY, "show", code=2).err
    for nothing in ("", " ", "%", "2025", ref[1:4]):
        assert office.on(DAY, "show", nothing, code=3).out == ""


def test_where_one_case_exists_its_name_may_be_left_out(office: Office, ref: str, slip: Path) -> None:
    office.on(DAY, "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "hand")
    office.on(DAY, "delivered", "--on", DAY)
    office.on(DAY, "received", slip, "--on", DAY)
    office.on(DAY, "received", "--on", DAY, "--as", "other")
    office.on(DAY, "received", slip, "--on", DAY)
    office.on(DAY, "classify", "8", "answer")
    office.on(DAY, "review", "--rest", "given")
    office.on(DAY, "note", "a note")
    office.on(DAY, "assign", "worker-2")
    office.on(DAY, "confirm", "4", "--because", "it is right")
    office.on(DAY, "correct", "6", "--withdraw", "--because", "not ours")
    office.on(DAY, "complaint", "--authority", "fr-cnil", "--on", DAY)
    office.on(DAY, "authority", "--acted", "ack", "--on", DAY)
    for command in ("show", "why", "next"):
        assert office.json(DAY, command)["ref"] == ref
    office.on(DAY, "close", "--outcome", "satisfied")
    # with a second case, each of them asks which one; too much or too little is said so
    office.request(DAY, name="Autre SAS")
    for words in (("note", "a note"), ("confirm", "4", "--because", "x"), ("classify", "8", "answer")):
        assert "2 cases" in office.on(DAY, *words, code=2).err
    for words in (
        ("note", ref, "two", "words"),
        ("classify", "answer"),
        ("confirm", ref, "four"),
        ("correct", ref, "-1"),
    ):
        office.on(DAY, *words, "--because=x", code=2)


def test_in_a_pipe_there_is_no_escape_sequence(office: Office, ref: str) -> None:
    office.on(DAY, "letter", "access", ref, "--issue")
    for command in (("agenda",), ("show",), ("why",), ("next",), ("--help",), ("letters", "list"), ("nosuch",)):
        said = process("--as-of", DAY, *command, env={"FORCE_COLOR": None, "TERM": "xterm-256color"})
        assert ESCAPE not in said.all, command


@pytest.mark.parametrize("command", ["agenda", "show", "--help"])
def test_on_a_terminal_no_color_is_obeyed(command: str, office: Office, ref: str) -> None:
    assert office.vault.exists()
    code, plain = typed("--as-of", DAY, command, env={"NO_COLOR": "1"})
    assert code == 0
    assert ESCAPE not in plain
    assert not set(plain) & set("│┃━─╭╮╯╰")
    if command != "--help":
        assert ref in plain
        assert ref in typed("--as-of", DAY, command)[1]


def test_on_a_terminal_a_command_asks_for_what_it_was_not_given(office: Office) -> None:
    code, screen = typed(
        "init", "--as-of", DAY, lines=("Ana Agent", "ana@ngo.example", "fr", "xx", "fr", "1 rue A;Paris")
    )
    assert code == 0, screen
    assert "your name" in screen
    (me,) = office.json(DAY, "subject", "list")
    assert (me["name"], me["country"], me["language"]) == ("Ana Agent", "FR", "fr")
    assert me["address"] == ["1 rue A", "Paris"]
    ref = office.request(DAY)
    code, screen = typed("letter", "access", "--issue", "--as-of", DAY, lines=("n",))
    assert code == 2
    assert [event["kind"] for event in office.json(DAY, "show")["events"]] == ["opened"]
    assert typed("letter", "access", "--issue", "--as-of", DAY, lines=("y",))[0] == 0
    # the way is asked for, then the day, with today as default
    code, screen = typed("sent", ref, "--as-of", DAY, lines=("pigeon", "post", ""))
    assert code == 0, screen
    assert DAY in screen
    assert office.json(DAY, "show")["events"][-1]["kind"] == "sent"


def test_yes_asks_nothing_even_on_a_terminal(office: Office, ref: str) -> None:
    assert office.vault.exists()
    code, screen = typed("sent", ref, "--yes", "--as-of", DAY, lines=("post", ""))
    assert code == 2
    assert "--via" in screen


def test_every_command_ends_by_naming_the_next_one(office: Office, slip: Path) -> None:
    """`on` runs after each: the command that is named exists, with its options."""
    assert "Next: dsar request" in office.init(DAY).out
    ref = office.request(DAY)
    assert f"Next: dsar letter access {ref} --issue" in office.on(DAY, "letter", "access").all
    assert f"Next: dsar sent {ref}" in office.on(DAY, "letter", "access", "--issue").all
    assert f"Next: dsar delivered {ref}" in office.on(DAY, "sent", "--on", DAY, "--via", "post").out
    assert f"Next: dsar why {ref}" in office.on(DAY, "delivered", "--on", DAY, "--proof", slip).out
    late = "2026-04-20"
    assert f"Next: dsar letter notice {ref}" in office.on(late, "agenda").out
    assert f"Next: dsar review {ref}" in office.on(late, "received", slip, "--on", late, "--as", "answer").out
    assert f"Next: dsar close {ref}" in office.on(late, "review", "--rest", "given").out
