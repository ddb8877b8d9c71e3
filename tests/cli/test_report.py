"""`dsar report` as a case worker uses it: a campaign from its plan to its page."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from cli.office import Office

if TYPE_CHECKING:
    from pathlib import Path

MAIL = b"From: dpo@miroir.example\nTo: ana@ngo.example\nSubject: answer\n\n%s\n"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office(tmp_path, capsys)
    monkeypatch.setenv("DSAR_VAULT", str(made.vault))
    monkeypatch.setenv("DSAR_KEY_FILE", str(made.key))
    monkeypatch.setenv("DSAR_USER", "worker-1")
    monkeypatch.chdir(tmp_path)
    made.init("2026-03-01")
    return made


def campaign(office: Office, *controllers: str) -> list[str]:
    """A campaign whose letters left on 2 March and arrived on the 5th; its references."""
    office.on("2026-03-01", "campaign", "new", "FACES26", "--title", "Who searches?", "--purpose", "to know")
    chosen = [word for name in controllers for word in ("--controller", name)]
    office.on("2026-03-01", "campaign", "plan", "FACES26", "--subject", "me", *chosen)
    office.run("--as-of", "2026-03-01", "--yes", "campaign", "run", "FACES26")
    slip = office.folder / "slip.txt"
    slip.write_text("slip")
    refs = [row["ref"] for row in office.json("2026-03-02", "agenda")]
    for ref in refs:
        office.on("2026-03-02", "sent", ref, "--on", "2026-03-02", "--via", "email")
        office.on("2026-03-05", "delivered", ref, "--on", "2026-03-05", "--proof", slip)
    return refs


def table(office: Office, folder: str, name: str) -> dict[str, Any]:
    document = json.loads((office.folder / folder / "report.json").read_text(encoding="utf-8"))
    return next(one for section in document["sections"] for one in section["tables"] if one["id"] == name)


def test_a_campaign_is_reported_with_the_proof_of_a_denial_that_became_an_admission(office: Office) -> None:
    first, second = campaign(office, "schufa", "criteo")
    denial, answer = office.folder / "denial.eml", office.folder / "answer.eml"
    denial.write_bytes(MAIL % b"We hold nothing.")
    answer.write_bytes(MAIL % b"Here are your data.")
    office.on("2026-03-20", "received", first, denial, "--on", "2026-03-20", "--as", "no-data")
    office.on("2026-04-20", "received", first, answer, "--on", "2026-04-20", "--as", "answer")
    office.run("--as-of", "2026-04-21", "code", first, "--set", "said=yes", "--coder", "ana")
    said = office.json(
        "2026-05-20", "report", "FACES26", "--out", "out", "--min-cell", "1", "--format", "html,json,csv"
    )
    assert (said["campaign"], said["cases"]) == ("FACES26", 2)
    assert sorted(path.name for path in (office.folder / "out").iterdir()) == [
        "answers.csv", "cases.csv", "codebook.csv", "report.html", "report.json", "tables.csv",
    ]  # fmt: skip
    answers = (office.folder / "out" / "answers.csv").read_text(encoding="utf-8-sig")
    rows = {row["Said"]: row for row in csv.DictReader(io.StringIO(answers))}
    admitted = rows["first denied, then admitted"]
    assert re.fullmatch(r"2026-03-20, SHA-256 [0-9a-f]{16}…; 2026-04-20, SHA-256 [0-9a-f]{16}…", admitted["Proof"])
    assert rows["computed: no answer, last day passed"]["Answered on"] == ""
    never = next(row for row in table(office, "out", "lateness-safe")["rows"] if row["key"] == "never")
    assert (never["of-sent"]["k"], never["of-sent"]["n"]) == (1, 2)
    page = (office.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert first not in page
    assert second not in page
    assert "Regulation 1182/71" in page

    # as it stood on the last day: nobody was late, and the denial was all there was
    office.on("2026-04-07", "report", "FACES26", "--out", "then", "--min-cell", "1", "--format", "json")
    then = {row["key"]: row["of-sent"]["k"] for row in table(office, "then", "lateness-safe")["rows"]}
    assert (then["never"], then["running"], then["in-time"]) == (0, 1, 1)


def test_for_the_public_no_table_with_a_row_for_each_person_is_written(office: Office) -> None:
    campaign(office, "schufa")
    said = office.on("2026-03-06", "report", "FACES26", "--public", "--format", "csv")
    assert sorted(path.name for path in (office.folder / "FACES26-report").iterdir()) == ["answers.csv", "tables.csv"]
    assert "not for the public" not in said.all
    refused = office.run("report", "FACES26", "--public", "--min-cell", "2", code=2)
    assert "at least 3 for what is published" in refused.err


def test_a_campaign_without_a_case_is_one_sentence(office: Office) -> None:
    office.on("2026-03-01", "campaign", "new", "EMPTY", "--title", "Nobody yet", "--purpose", "to know")
    office.on("2026-03-02", "report", "empty", "--out", "out")
    assert "No case belongs to this campaign yet" in (office.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert not (office.folder / "out" / "charts").exists()


def test_what_cannot_be_reported_says_why(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("report", "NOBODY", code=3)
    assert "html, csv, json" in office.run("report", "NOBODY", "--format", "pdf", code=2).err
    office.run("report", "NOBODY", "--min-cell", "0", code=2)
    monkeypatch.setattr("dsar.desk.reporting.find_spec", lambda _: None)
    assert "pip install 'dsar[report]'" in office.run("report", "NOBODY", code=9).err


def test_the_agreement_is_that_of_the_command_for_it(office: Office) -> None:
    """Two cases, yes and yes, no and yes: half alike, half by chance alone, kappa 0."""
    first, second = campaign(office, "schufa", "criteo")
    for ref, day in ((first, "2026-03-20"), (second, "2026-03-21")):
        answer = office.folder / f"{day}.eml"
        answer.write_bytes(MAIL % day.encode())
        office.on(day, "received", ref, answer, "--on", day, "--as", "answer")
    for coder, values in (("ana", ("yes", "no")), ("ben", ("yes", "yes"))):
        for ref, value in zip((first, second), values, strict=True):
            office.run("--as-of", "2026-04-21", "code", ref, "--set", f"said={value}", "--coder", coder)
    office.on("2026-05-20", "report", "FACES26", "--out", "out", "--min-cell", "1", "--format", "json")
    (said,) = table(office, "out", "agreement")["rows"]
    assert (said["key"], said["n"], said["agree"]) == ("said", "2", "50%")
    assert said["kappa"].startswith("0.00")
    assert "0.00" in office.on("2026-05-20", "code", "agreement", "--campaign", "FACES26").all


def test_no_report_is_written_beside_what_it_would_be_taken_for(office: Office) -> None:
    campaign(office, "schufa")
    everything = office.on("2026-03-06", "report", "FACES26", "--out", "out", "--format", "csv,json")
    assert "report.html" not in everything.all
    assert f"look into {'out'}" in everything.out
    assert "1 of 1 bodies were asked by fewer than 5 people" in everything.all
    refused = office.run("--as-of", "2026-03-06", "report", "FACES26", "--public", "--out", "out", code=4)
    assert "cases.csv” has a row for each person's case" in refused.err
    later = office.on("2026-03-07", "report", "FACES26", "--out", "out", "--format", "json", "--hide-few")
    assert "From an earlier report, not written anew: answers.csv, tables.csv, cases.csv, codebook.csv" in later.err
    office.on("2026-03-01", "campaign", "new", "OTHER", "--title", "Another", "--purpose", "to know")
    assert "holds the report of FACES26" in office.run("report", "OTHER", "--out", "out", code=4).err
    (office.folder / "out" / "report.json").write_text("[not ours", encoding="utf-8")
    office.run("--as-of", "2026-03-06", "report", "OTHER", "--out", "out", "--format", "csv")


def test_a_language_without_words_and_a_place_that_is_closed_are_one_sentence(office: Office) -> None:
    campaign(office, "schufa")
    assert "choose one of en" in office.run("report", "FACES26", "--lang", "xx", code=3).err
    assert "choose one of en" in office.run("report", "FACES26", "--lang", "../en", code=3).err
    (office.folder / "taken").write_text("a file", encoding="utf-8")
    place = str(office.folder / "taken" / "inside")
    assert "cannot be written" in office.run("report", "FACES26", "--format", "json", "--out", place, code=5).err
