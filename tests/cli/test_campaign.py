"""`dsar campaign` from the command line: made, planned, checked, shown, run, sent, delivered, reminded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from desk import campaigns as c
from dsar.cli.campaign_common import RateError, pace

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = c.DAY.isoformat()


@pytest.fixture
def coalition(office: Office) -> Office:
    """Four people with mandates in the office's vault, and a campaign without seats."""
    c.coalition(office.folder, 4)
    return office


def run(office: Office, *words: str, code: int = 0, day: str = DAY) -> str:
    return office.on(day, "campaign", *words, code=code).all


def test_a_wave_from_its_plan_to_its_reminders(coalition: Office, tmp_path: Path) -> None:
    office, out = coalition, tmp_path / "out" / "wave"
    assert "4 seats were added" in run(office, "plan", "faces26", "--all", "--controller", "Miroir SAS")
    again = run(office, "plan", "FACES26", "--all", "--controller", "miroir")
    assert "0 seats were added" in again
    assert "4 were there before" in again
    assert "each would get it" in run(office, "check", "FACES26")
    shown = run(office, "preview", "FACES26", "--samples", "2", "--out", str(tmp_path / "samples"))
    assert "With it they newly learn: name" in shown
    assert sorted(path.name for path in (tmp_path / "samples").iterdir()) == ["sample-1-de.pdf", "sample-2-fr.pdf"]
    assert "4 letters would be issued" in run(office, "run", "FACES26", "--dry-run")
    said = run(office, "run", "FACES26", "--wave", "1", "--limit", "3")
    assert "3 letters issued" in said
    assert "1 are still to do" in said
    assert "1 letters issued" in run(office, "run", "FACES26", "--out", str(out))
    assert len(list(out.glob("2026-*-access-miroir-sas.pdf"))) == 4
    assert "4 letters were recorded as sent" in run(office, "sent", "FACES26", "--on", DAY, "--via", "registered")
    refs = [one["ref"] for one in office.json(DAY, "campaign", "people", "FACES26")]
    table = tmp_path / "post.csv"
    table.write_text("\n".join(["case;Zustellung", *(f"{ref};2026-11-20" for ref in refs)]))
    told = run(office, "delivered", "FACES26", "--from", str(table), "--map", "Zustellung=date")
    assert "date from “Zustellung”" in told
    assert "4 letters were recorded" in told
    late = "2027-02-01"
    assert "issued in 4 cases" in run(office, "remind", "FACES26", "--dry-run", day=late)
    assert "issued in 4 cases" in run(office, "notice", "FACES26", "--term-days", "15", day=late)
    found = office.json(late, "campaign", "show", "FACES26")
    assert found["waves"] == [{"wave": 1, "planned": 0, "opened": 0, "issued": 0, "sent": 4, "left-out": 0}]
    assert office.json(late, "campaign", "list")[0]["seats"]["sent"] == 4


def test_each_step_by_post_names_the_one_after_it(coalition: Office, tmp_path: Path) -> None:
    office, out = coalition, tmp_path / "out"
    run(office, "plan", "FACES26", "--all", "--controller", "spiegel")
    checked = run(office, "check", "FACES26")
    assert "4 × The letter says the reason that the person gave" in checked
    shown = run(office, "preview", "FACES26", "--samples", "1")
    assert "It says to them, as the person gave it: “I want to verify what is kept about me since 1951.”" in shown
    assert "Next: dsar campaign show FACES26" in run(office, "run", "FACES26")
    issued = run(office, "show", "FACES26")
    assert "By post: dsar campaign run FACES26 --wave 1 --out FOLDER" in issued
    assert "dsar campaign sent FACES26" in issued
    run(office, "plan", "FACES26", "--all", "--controller", "miroir", "--wave", "2")
    # what was issued leaves before another wave is checked, and alone
    assert "Next: dsar campaign run FACES26 --wave 1 --send" in run(office, "show", "FACES26")
    wave = ("run", "FACES26", "--wave", "1")
    assert "Next: dsar campaign sent FACES26 --on DATE --via registered" in run(office, *wave, "--out", str(out))
    run(office, "sent", "FACES26", "--on", DAY, "--via", "registered")
    refs = [one["ref"] for one in office.json(DAY, "campaign", "people", "FACES26", "--wave", "1")]
    table = tmp_path / "post.csv"
    table.write_text("\n".join(["Aktenzahl;Zustelldatum", *(f"{ref};20.11.2026" for ref in refs)]))
    run(office, "delivered", "FACES26", "--from", str(table))
    kept = office.json(DAY, "campaign", "show", "FACES26")["tables"]
    assert [(one["name"], one["on"], one["cases"]) for one in kept] == [("post.csv", DAY, 4)]
    assert kept[0]["sha256"] in run(office, "show", "FACES26")
    late = "2027-02-01"
    assert "Next: dsar campaign remind FACES26 --out FOLDER" in run(office, "remind", "FACES26", day=late)
    again = run(office, "remind", "FACES26", "--out", str(tmp_path / "reminders"), day=late)
    assert f"4 letters lie in {tmp_path / 'reminders'}" in again
    assert "Next: dsar campaign sent FACES26" in again


def test_a_table_of_which_nothing_is_recorded_ends_with_an_error(coalition: Office, tmp_path: Path) -> None:
    office, table = coalition, tmp_path / "post.csv"
    run(office, "plan", "FACES26", "--all", "--controller", "miroir")
    run(office, "run", "FACES26")
    table.write_text("ref;date\n2026-XXXXX;2026-11-20\n")
    said = run(office, "delivered", "FACES26", "--from", str(table), code=5)
    assert "Line 2: “2026-XXXXX” is no case of this campaign" in said
    assert "Nothing of “post.csv” was recorded" in said
    assert "Next:" not in said
    assert "dsar: " in run(office, "sent", "FACES26", "--from", str(table), code=5)
    run(office, "delivered", "FACES26", "--from", str(table), "--status", "weg=gone", code=2)


def test_a_question_goes_out_in_the_language_of_each_letter(coalition: Office) -> None:
    office = coalition
    run(office, "new", "ASK27", "--title", "Who looked", "--right", "access", "--question", "Who searched for my face?")
    run(office, "plan", "ASK27", "--all", "--controller", "Miroir SAS")
    checked = run(office, "check", "ASK27")
    assert "A letter in fr would hold the campaign's words in en" in checked
    run(office, "word", "ASK27", "fr", "--question", "Qui a cherché mon visage ?")
    run(office, "word", "ASK27", "de", "--question", "Wer hat nach meinem Gesicht gesucht?")
    assert "would hold the campaign's words" not in run(office, "check", "ASK27")
    run(office, "run", "ASK27")
    texts = {"de": "Wer hat nach meinem Gesicht gesucht?", "fr": "Qui a cherché mon visage ?"}
    titles = {"de": "Auskunft", "fr": "accès"}
    seen, text_file = [], office.folder / "letter.txt"
    for one in office.json(DAY, "campaign", "people", "ASK27"):
        letter = office.json(DAY, "--yes", "letter", "access", one["ref"], "--format", "txt", "--out", text_file)
        text = " ".join(text_file.read_text(encoding="utf-8").split())
        lang = letter["lang"]
        assert texts[lang] in text
        assert titles[lang] in text
        assert texts["fr" if lang == "de" else "de"] not in text
        seen.append(lang)
    assert set(seen) == set(texts)


def test_a_wording_asks_what_the_campaign_asks(coalition: Office) -> None:
    run(coalition, "new", "ASK27", "--title", "Who looked", "--question", "Who searched?", "--question", "When?")
    said = run(coalition, "word", "ASK27", "fr", "--question", "Qui ?", code=2)
    assert "asks 2 question(s), and 1 came" in said
    run(coalition, "word", "ASK27", "xx", "--question", "?", "--question", "?", code=3)
    asked = ("--question", "Qui ?", "--question", "Quand ?", "--purpose", "Une indemnité de 500 euros.")
    run(coalition, "word", "ASK27", "fr", *asked, code=2)


def test_each_shape_is_a_promise(coalition: Office) -> None:
    office = coalition
    made = office.json(DAY, "campaign", "new", "BODIES", "--title", "88 bodies", "--lang", "de", "--question", "Which?")
    assert (made["id"], made["rights"], made["questions"]) == ("BODIES", ["access"], ["Which?"])
    planned = office.json(
        DAY, "campaign", "plan", "BODIES", "--group", "even", "--controller", "spiegel", "--controller", "nobody"
    )
    assert (planned["new"], planned["known"], planned["elsewhere"], len(planned["problems"])) == (2, 0, 0, 1)
    checked = office.json(DAY, "campaign", "check", "BODIES")
    assert set(checked) == {"campaign", "seats", "ready", "findings", "abuse", "reserved", "unread", "next"}
    shown = office.json(DAY, "campaign", "preview", "BODIES", "--samples", "1")
    assert shown["kinds"] == [{"controller": "spiegel", "lang": "de", "letters": 2}]
    assert "Which?" in shown["samples"][0]["text"]
    ran = office.json(DAY, "campaign", "run", "BODIES", "--draft-only")
    assert (ran["drafted"], ran["issued"], ran["sent"], ran["waiting"], ran["stopped"]) == (2, 0, 0, 0, False)
    gone = office.json(DAY, "campaign", "stop", "BODIES", "--subject", "p00000", "--because", "moved")
    assert [(one["subject"], one["state"], one["why"]) for one in gone] == [("p00000", "left-out", "Stopped: moved")]
    assert office.json(DAY, "campaign", "run", "BODIES")["issued"] == 1
    assert len(office.json(DAY, "campaign", "people", "BODIES", "--state", "left-out")) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "NOPE"), 3, "dsar campaign list"),
        (("new", "lower", "--title", "x"), 2, "capital letters"),
        (("new", "FACES26", "--title", "x"), 4, "already"),
        (("new", "NEW", "--title", "x", "--right", "fame"), 2, "access"),
        (("new", "NEW", "--title", "x", "--lang", "xx"), 3, "there are: de, en"),
        (("new", "NEW", "--title", "x", "--purpose", "For compensation"), 2, "C-526/24"),
        (("plan", "FACES26", "--all"), 2, "--controller"),
        (("plan", "FACES26", "--controller", "miroir"), 2, "--group"),
        (("plan", "FACES26", "--all", "--pairs", "x.csv"), 2, "--pairs"),
        (("plan", "FACES26", "--group", "none", "--controller", "miroir"), 2, "group"),
        (("run", "FACES26", "--draft-only", "--send"), 2, "--draft-only"),
        (("run", "FACES26", "--send"), 4, "dsar mail account add"),
        (("delivered", "FACES26"), 2, "--from"),
        (("delivered", "FACES26", "--from", "missing.csv"), 3, "missing.csv"),
        (("sent", "FACES26", "--via", "pigeon"), 2, "--via"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(coalition: Office, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in run(coalition, *words, code=code)


def test_many_seats_are_not_added_before_somebody_agreed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.desk.campaign_plan.MANY", 3)
    c.coalition(office.folder, 4)
    words = ("plan", "FACES26", "--all", "--controller", "miroir")
    assert "--yes" in run(office, *words, code=2)
    assert office.json(DAY, "campaign", "people", "FACES26") == []
    assert "4 seats" in run(office, *words, "--yes")


def test_a_rate_is_a_number_and_a_unit() -> None:
    assert pace("30", lambda: False).per_minute == 30
    assert pace("90/h", lambda: False).per_minute == pytest.approx(1.5)
    for text in ("", "0", "-3", "x/min", "3/day", "1e9"):
        with pytest.raises(RateError):
            pace(text, lambda: False)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_stops_after_the_present_seat_and_says_how_to_go_on(coalition: Office) -> None:
    """The interrupt comes while the first letter is laid out."""
    office = coalition
    run(office, "plan", "FACES26", "--all", "--controller", "miroir")
    script = (
        "import os, signal, sys\n"
        "from dsar.desk import drafting\n"
        "whole = drafting.laid_out\n"
        "def interrupted(*said):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return whole(*said)\n"
        "drafting.laid_out = interrupted\n"
        "from dsar.cli import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--as-of", DAY, "campaign", "run", "FACES26"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    assert "Stopping after the present letter" in done.stderr
    assert "3 are still to do" in done.stdout
    assert "dsar campaign run FACES26" in done.stdout
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert "3 letters issued" in run(office, "run", "FACES26")
