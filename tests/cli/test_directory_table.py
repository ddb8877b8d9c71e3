"""A list of bodies becomes records of one's own: each row by itself, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coalition.world import bodies, write_bodies

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"


def test_a_coalitions_bodies_are_taken_once(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    table = tmp_path / "bodies.csv"
    write_bodies(table, list(bodies(88)))
    assert office.json(DAY, "controllers", "add", "--from", table)["added"] == 88
    again = office.json(DAY, "controllers", "add", "--from", table)
    assert (again["added"], again["known"], again["refused"]) == (0, 88, 0)
    assert not any(row["why"] for row in again["rows"])
    shown = office.json(DAY, "controllers", "show", "body-at-02")
    assert shown["name"] == "Stadtgemeinde Sankt Aurel Nord"
    assert shown["address"]["lines"] == ["Lindengasse 1", "1000 Sankt Aurel"]
    assert shown["address"]["country"] == "AT"


def test_a_wrong_row_is_named_with_its_line_and_the_others_are_taken(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    table = tmp_path / "bodies.csv"
    wrong = ("Crow,Nowhereland,dpo@crow.example,", ",FR,dpo@x.example,", "Owl,FR,not-an-address,", "Wren,FR,,")
    rows = (
        "name,country,email,established",
        "Kite SAS,FR,dpo@kite.example,no",
        *wrong,
        "Finch,FR,f@finch.example,maybe",
    )
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    made = office.json(DAY, "controllers", "add", "--from", table)
    assert (made["added"], made["refused"]) == (1, 5)
    assert [row["line"] for row in made["rows"] if row["became"] == "refused"] == [3, 4, 5, 6, 7]
    assert office.json(DAY, "controllers", "show", "kite-sas")["established"] is False


def test_what_a_record_says_already_is_never_overwritten(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    table = tmp_path / "bodies.csv"
    table.write_text("id,name,country,email\nkite,Kite SAS,FR,dpo@kite.example\n", encoding="utf-8")
    office.on(DAY, "controllers", "add", "--from", table)
    table.write_text("id,name,country,email\nkite,Kite SAS,FR,other@kite.example\n", encoding="utf-8")
    said = office.on(DAY, "controllers", "add", "--from", table)
    assert "dsar controllers edit kite" in said.err
    assert office.json(DAY, "controllers", "show", "kite")["emails"] == ["dpo@kite.example"]


def test_a_dry_run_writes_nothing_and_a_strange_column_is_refused(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    table = tmp_path / "bodies.csv"
    table.write_text("name,country,email\nKite SAS,FR,dpo@kite.example\n", encoding="utf-8")
    assert office.json(DAY, "controllers", "add", "--from", table, "--dry-run")["added"] == 1
    office.on(DAY, "controllers", "show", "kite-sas", code=3)
    table.write_text("name,country,mailbox\nKite SAS,FR,dpo@kite.example\n", encoding="utf-8")
    assert "mailbox" in office.on(DAY, "controllers", "add", "--from", table, code=5).err
