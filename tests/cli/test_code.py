"""`dsar code` as a coder, a second coder and a script meet it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from dsar.desk.coding_queue import sample

from .terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"


@pytest.fixture
def refs(office: Office) -> list[str]:
    """Two cases that were opened only."""
    office.init(DAY)
    return sorted([office.request(DAY), office.request(DAY, name="Spiegel AG")])


def code(office: Office, ref: str, *values: str, coder: str = "ana") -> dict[str, object]:
    more = [word for value in values for word in ("--set", value)]
    made: dict[str, object] = office.json(DAY, "code", ref, *more, "--coder", coder)
    return made


def test_from_the_first_coding_to_the_settled_one(office: Office, refs: list[str]) -> None:
    one, other = refs
    shown = office.json(DAY, "code", one)
    assert (shown["coding"], shown["coder"]) == (None, "worker-1")
    assert shown["holds"]["answered"] == "no"
    assert shown["facts"]["request"] == "access; not sent"
    assert "relationship" in shown["open"]
    assert "carrier" not in shown["open"]
    assert code(office, one, "size-class=small", "contact-obstacles=account,phone")["version"] == 1
    assert code(office, one, "size-class=")["values"] == {"contact-obstacles": ["account", "phone"]}
    assert "version 1 counts again" in office.on(DAY, "code", one, "--undo", "--coder", "ana").out
    assert code(office, one, "size-class=large", coder="ben")["values"] == {"size-class": ["large"]}
    code(office, other, "size-class=small")
    assert office.json(DAY, "code", "--next", "--coder", "ana")["left"] == 0
    left = office.json(DAY, "code", "--second", "--share", "100%", "--coder", "ben")
    assert (left["ref"], left["left"]) == (other, 1)
    code(office, other, "size-class=small", coder="ben")

    found = office.json(DAY, "code", "agreement")
    (size,) = [row for row in found["variables"] if row["variable"] == "size-class"]
    # small/large and small/small: the first coder has one value only, chance explains all
    assert (size["n"], size["same"], size["kappa"]) == (2, 1, 0.0)
    assert found["disagreements"] == [
        {"ref": one, "variable": "size-class", "said": {"ana": ["small"], "ben": ["large"]}}
    ]
    page = office.on(DAY, "code", "agreement").out
    assert "ana and ben: 2 cases" in page
    assert "one value only" not in page.split("size-class")[1].splitlines()[0]
    assert f"dsar code resolve {one}" in page
    assert max(map(len, page.splitlines())) <= 100

    assert "size-class" in office.on(DAY, "code", "resolve", one, code=2).err
    office.on(DAY, "code", "resolve", one, "--set", "size-class=medium", "--note", "register", "--coder", "cleo")
    listed = office.json(DAY, "code", "list")
    assert (listed["cases"], listed["coded"], listed["twice"], listed["settled"]) == (2, 2, 2, 1)
    assert listed["differing"] == 0
    assert "Settled: 1." in office.on(DAY, "code", "list").out
    rows = office.json(DAY, "code", one, "--history", "--coder", "ana")["versions"]
    assert [(row["coder"], row["version"], row["counts"]) for row in rows] == [
        ("ana", 1, True), ("ana", 2, False), ("ana", 3, False), ("ben", 1, True), ("cleo", 1, True),
    ]  # fmt: skip
    office.on(DAY, "code", one, "--history")


def test_a_fact_is_refused_and_nothing_is_written(office: Office, refs: list[str]) -> None:
    said = office.on(DAY, "code", refs[0], "--set", "size-class=small", "--set", "outcome=satisfied", code=2)
    assert "computed and never typed" in said.err
    assert "dsar review" in office.on(DAY, "code", refs[0], "--set", "copy=given", code=2).err
    assert office.json(DAY, "code", refs[0])["coding"] is None
    assert "is no value of size-class" in office.on(DAY, "code", refs[0], "--set", "size-class=huge", code=2).err


def test_before_they_coded_a_case_nobody_is_shown_what_others_said(office: Office, refs: list[str]) -> None:
    code(office, refs[0], "size-class=micro", "effort-minutes=77")
    for words in ((refs[0],), (refs[0], "--history"), ("--second",), ("--next",)):
        said = office.on(DAY, "code", *words, "--coder", "ben").out
        assert "micro" not in said
        assert "77" not in said
    (row,) = office.json(DAY, "code", refs[0], "--history", "--coder", "ben")["versions"]
    assert (row["coder"], row["values"], row["note"]) == ("ana", None, None)


def test_the_scheme_grows_and_the_code_book_has_all_of_it(office: Office, refs: list[str], tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[code]]\nid = "x-mood"\ngroup = "outcome"\ntitle = "=1+1"\nkind = "text"\n')
    assert office.json(DAY, "code", "scheme", "--add", own)["added"] == ["x-mood"]
    assert "Nothing new" in office.on(DAY, "code", "scheme", "--add", own).out
    own.write_text(own.read_text().replace("x-mood", "mood"))
    assert "own.toml: code[0].id" in office.on(DAY, "code", "scheme", "--add", own, code=5).err
    for name in ("book.csv", "book.md"):
        office.on(DAY, "code", "book", "--out", tmp_path / name)
    with (tmp_path / "book.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["variable"]: row for row in csv.DictReader(stream)}
    assert rows["x-mood"]["title"] == "'=1+1"
    assert "### `x-mood`" in (tmp_path / "book.md").read_text()
    assert "book.txt" in office.on(DAY, "code", "book", "--out", tmp_path / "book.txt", code=2).err
    assert code(office, refs[0], "x-mood=fine")["values"] == {"x-mood": ["fine"]}


def test_the_options_that_work_everywhere_stand_anywhere(office: Office, refs: list[str]) -> None:
    for words in (
        ("--json", "code", "list"), ("code", "--json", "list"), ("code", "list", "--json"),
        ("code", "--vault", office.vault, "--json", "list"),
    ):  # fmt: skip
        assert '"cases": 2' in office.run("--as-of", DAY, *words).out
    assert refs[0] in office.run("--as-of", DAY, "code", "--json", refs[0]).out
    assert refs[0] in office.run("--as-of", DAY, "code", "--coder", "ana", refs[0]).out
    assert "agreement" in office.run("code", "--help").out
    assert "--set" in office.run("code", "case", "--help").out


def test_at_a_terminal_keys_code_a_case_and_what_was_begun_is_there_again(office: Office, refs: list[str]) -> None:
    env = {"DSAR_TODAY": DAY, "LINES": "24", "COLUMNS": "80"}
    # each line ends with Enter, which goes one variable on: size-class is left open
    ended, screen = typed("code", refs[0], lines=("1", "q"), env=env)
    assert ended == 0
    assert "What the person is to the controller" in screen
    assert "Begun, and kept without effect yet: 1" in screen
    shown = office.json(DAY, "code", refs[0])
    assert (shown["coding"], shown["begun"]) == (None, {"relationship": ["customer"]})
    # an arrow, skipping, a number, an undo; w saves although some are open
    keys = "\x1b[B" + "s" + "12.5\n" + "2" + "u" + "w"
    ended, screen = typed("code", refs[0], lines=(keys,), env=env)
    assert "Saved: 1." in screen
    values = office.json(DAY, "code", refs[0])["coding"]["values"]
    assert values == {"relationship": ["customer"], "search-hours": ["12.5"]}


def test_two_coders_in_two_processes_lose_nothing(office: Office, refs: list[str]) -> None:
    command = [sys.executable, "-m", "dsar", "--as-of", DAY, "code", refs[0], "--set"]
    running = [
        subprocess.Popen(
            [*command, f"size-class={size}"], env={**os.environ, "DSAR_USER": coder}, stdout=subprocess.DEVNULL
        )
        for coder, size in (("ana", "small"), ("ben", "large"))
    ]
    for one in running:
        assert one.wait(timeout=60) == 0
    rows = office.json(DAY, "code", refs[0], "--history", "--coder", "ana")["versions"]
    assert [(row["coder"], row["values"]["size-class"]) for row in rows] == [("ana", ["small"]), ("ben", ["large"])]


def test_without_a_case_to_code_it_says_so(office: Office) -> None:
    office.init(DAY)
    assert "dsar request" in office.on(DAY, "code", "--set", "size-class=small", code=3).err
    assert "dsar request" in office.on(DAY, "code", code=3).err
    assert "Nothing is left" in office.on(DAY, "code", "--next").out
    assert "no campaign" in office.on(DAY, "code", "--campaign", "NONE", code=3).err
    assert "--second" in office.on(DAY, "code", "agreement", code=3).err
    assert "name both" in office.on(DAY, "code", "agreement", "--coder", "ana", code=2).err


def test_codings_go_with_their_case_into_another_vault(
    office: Office, refs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(office, refs[0], "size-class=small")
    code(office, refs[1], "size-class=large")
    office.on(DAY, "vault", "export", tmp_path / "one.zip", "--ref", refs[0])
    monkeypatch.setenv("DSAR_VAULT", str(tmp_path / "other.dsar"))
    monkeypatch.setenv("DSAR_KEY_FILE", str(tmp_path / "other.key"))
    office.init(DAY, name="Ben Agent")
    office.request(DAY, name="Spiegel AG")
    office.on(DAY, "vault", "import", tmp_path / "one.zip")
    assert office.json(DAY, "code", refs[0], "--coder", "ana")["coding"]["values"] == {"size-class": ["small"]}
    assert office.json(DAY, "code", "list")["coded"] == 1


def test_a_second_coder_types_nothing_into_a_case_that_is_not_coded_twice(office: Office, refs: list[str]) -> None:
    (drawn,) = sample(refs, Fraction(1, 10**6))
    again = ("--second", "--share", "0.0001%", "--set", "size-class=small", "--coder", "ben")
    for ref in refs:
        said = office.run("--as-of", DAY, "code", ref, *again, code=0 if ref == drawn else 2)
        assert ("is not in the sample" in said.err) is (ref != drawn)
