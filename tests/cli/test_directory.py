"""The directory on the command line: from a brand or a website to a letter, one's own records, packs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from directory.made import archive, company, gone
from directory.serving import sends, serving

from .papers import mail
from .terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-05"
KITE = company(
    "kite",
    runs=["Kite Maps"],
    web="https://www.kite.example",
    email="privacy@kite.example",
    required_elements=[{"desc": "Kundennummer", "type": "input"}],
    comments=["Answers in French."],
)
CROW = company("crow", name="Crow Ltd", email="dpo@crow.example", address="1 High Street\nLeeds\nUnited Kingdom")
PACKS = {"all": [{"slug": "birds", "type": "choose", "companies": ["kite", "crow", "old-crow", "phoenix"]}]}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the imported directory goes."""
    path = tmp_path / "safe" / "directory.sqlite"
    monkeypatch.setenv("DSAR_DIRECTORY", str(path))
    return path


@pytest.fixture
def imported(place: Path, tmp_path: Path, office: Office) -> Path:
    source = archive(tmp_path / "data.zip", [KITE, CROW], [gone("old-crow", "crow")], PACKS)
    assert office.json(DAY, "controllers", "import", source)["companies"] == 2
    return place


def test_from_pimeyes_has_my_face_to_an_addressed_letter(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    found = office.json(DAY, "controllers", "search", "PimEyes has my face")
    assert found[0]["id"] == "pimeyes"
    # two commands: whom, and the letter
    ref = office.json(DAY, "request", "pimeyes", "--right", "access", "--id-data", "photo=portrait.jpg")["ref"]
    office.on(DAY, "letter", "access", ref, "--format", "txt", "--out", tmp_path / "letter.txt")
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert "office@pimeyes.com" in text
    assert "portrait.jpg" in text
    assert "Article 15 GDPR" in text


def test_the_directory_needs_no_vault(imported: Path, office: Office) -> None:
    assert imported.exists()
    for text, reason in (("Kite Maps", "runs"), ("kite.example", "domain"), ("Kiet SAS", "typing"), ("Кайт", None)):
        found = office.json(DAY, "controllers", "search", text, code=0)
        assert [one["match"] for one in found[:1]] == ([reason] if reason else [])
    shown = office.json(DAY, "controllers", "show", "kite")
    assert (shown["origin"], shown["original"]) == ("imported", KITE)
    assert (shown["channels"], shown["source_date"]) == (["email", "post"], "2026-02-01")
    page = office.on(DAY, "controllers", "show", "kite").out
    assert "address: 5 rue Neuve, 69001 Lyon, FR" in page
    assert "as of: 2026-02-01" in page
    assert office.json(DAY, "controllers", "show", "old-crow")["successor"] == "crow"
    assert "old-crow" in office.on(DAY, "controllers", "search", "old crow").out
    assert {"face-search", "birds-all"} <= {pack["id"] for pack in office.json(DAY, "controllers", "packs")}
    assert not office.vault.exists()


def test_records_that_break_the_schema_are_reported_one_by_one(place: Path, office: Office, tmp_path: Path) -> None:
    bad = {"companies/bad.json": b"{}", "companies/worse.json": b"?"}
    said = office.on(DAY, "controllers", "import", archive(tmp_path / "data.zip", [KITE], raw=bad))
    assert "Not imported: companies/bad: slug is missing" in said.err
    assert "Not imported: companies/worse: is no JSON" in said.err
    assert place.exists()


def test_what_cannot_be_imported_ends_with_5_and_leaves_the_old_one(
    imported: Path, office: Office, tmp_path: Path
) -> None:
    before = imported.read_bytes()
    (tmp_path / "no.zip").write_bytes(b"no archive")
    office.run("controllers", "import", tmp_path / "no.zip", code=5)
    office.run("controllers", "import", tmp_path / "missing.zip", code=5)
    with serving(sends(b"<html>")) as url:
        office.run("controllers", "update", "--from", url, code=5)
    office.run("controllers", "update", "--from", url, code=8)
    assert imported.read_bytes() == before


def test_an_update_is_an_import_from_the_network(place: Path, office: Office, tmp_path: Path) -> None:
    data = archive(tmp_path / "data.zip", [KITE]).read_bytes()
    with serving(sends(data)) as url:
        done = office.json(DAY, "controllers", "update", "--from", url)
    assert (done["companies"], done["licence"], done["path"]) == (1, "CC0-1.0", str(place))
    assert "--from" not in office.run("controllers", "update", "--help").out


def test_an_imported_name_cannot_move_the_cursor(place: Path, office: Office, tmp_path: Path) -> None:
    odd = company("odd", name="Kite \u202eSAS", comments=["red \u2066text"])
    office.run("controllers", "import", archive(tmp_path / "data.zip", [odd, KITE]), code=0)
    for command in (("search", "kite"), ("show", "kite"), ("doctor", "--all")):
        said = office.on(DAY, "controllers", *command)
        assert "\u202e" not in said.all
        assert "\x1b" not in said.all
    assert place.exists()


def test_a_website_leads_to_a_request(imported: Path, office: Office) -> None:
    assert imported.exists()
    office.init(DAY)
    made = office.json(DAY, "request", "--website", "https://kite.example/about", "--right", "access")
    assert office.json(DAY, "show", made["ref"])["controller"]["id"] == "kite"
    assert "--id-data customer-number=…" in made["warnings"][0]


def test_an_unknown_website_says_which_options_it_takes_and_then_is_known(place: Path, office: Office) -> None:
    office.init(DAY)
    said = office.run("--as-of", DAY, "request", "--website", "lark.example", code=3)
    assert "--name, --country, and --email or --address" in said.err
    who = ("--name", "Lark SAS", "--email", "dpo@lark.example", "--country", "France")
    office.json(DAY, "request", "--website", "lark.example", *who)
    again = office.json(DAY, "request", "--website", "www.lark.example", "--right", "erasure")
    shown = office.json(DAY, "show", again["ref"])["controller"]
    assert (shown["id"], shown["country"]) == ("lark-sas", "FR")
    assert not place.exists()


def test_at_a_terminal_an_unknown_website_is_asked_for(place: Path, office: Office) -> None:
    office.init(DAY)
    env = {"DSAR_DIRECTORY": str(place), "DSAR_TODAY": DAY}
    lines = ("Lark SAS", "France", "no address", "dpo@lark.example", "3 rue Haute; 69001 Lyon", "", "its imprint")
    code, screen = typed("request", "--website", "lark.example", lines=lines, env=env)
    assert code == 0, screen
    assert "Art. 13(1)(a) and (b) GDPR" in screen
    own = office.json(DAY, "controllers", "show", "lark-sas")
    assert (own["origin"], own["emails"], own["source"]) == ("own", ["dpo@lark.example"], "its imprint")
    assert own["address"] == {"lines": ["3 rue Haute", "69001 Lyon"], "country": "FR"}


def test_a_record_of_ones_own_is_added_corrected_and_removed(imported: Path, office: Office) -> None:
    assert imported.exists()
    office.init(DAY)
    where = ("--country", "Deutschland", "--email", "dpo@lark.example")
    added = office.json(DAY, "controllers", "add", "--name", "Lark GmbH", *where, "--brand", "Larky")
    assert (added["id"], added["address"]["country"], added["retrieved_on"]) == ("lark-gmbh", "DE", DAY)
    assert office.json(DAY, "controllers", "search", "larky")[0]["origin"] == "own"
    office.run("controllers", "add", "--id", "lark-gmbh", "--name", "Lark", *where, code=2)
    moved = ("--email", "new@kite.example", "--address", "9 rue Vieille", "--address", "69001 Lyon")
    # a correction of an imported record is a record of one's own, which wins
    edited = office.json(DAY, "controllers", "edit", "kite", *moved)
    assert (edited["origin"], edited["checked"]) == ("own", False)
    shown = office.json(DAY, "controllers", "show", "kite")
    assert shown["emails"] == ["new@kite.example"]
    assert any("privacy@kite.example" in line for line in shown["conflicts"])
    ref = office.json(DAY, "request", "kite")["ref"]
    office.on(DAY, "controllers", "remove", "kite")
    assert office.json(DAY, "controllers", "show", "kite")["emails"] == ["privacy@kite.example"]
    # the case keeps the copy that it was opened with
    office.on(DAY, "letter", "access", ref, "--format", "txt", "--out", "letter.txt")
    assert "9 rue Vieille" in (office.folder.parent / "here" / "letter.txt").read_text(encoding="utf-8")
    office.run("controllers", "remove", "kite", code=3)
    office.run("controllers", "edit", "nobody", "--name", "x", code=3)


@pytest.mark.parametrize(
    "more",
    [
        ("--name", "Lark"),
        ("--name", "Lark", "--country", "France"),
        ("--name", "Lark", "--country", "Atlantis", "--email", "a@lark.example"),
        ("--name", "\x1b", "--country", "FR", "--email", "a@lark.example"),
        ("--name", "Lark", "--country", "FR", "--email", "no address"),
        ("--name", "Lark", "--country", "FR", "--form", "javascript:alert(1)"),
        ("--name", "Lark", "--country", "FR", "--email", "a@lark.example", "--sector", "birds"),
    ],
)
def test_a_record_that_no_letter_can_use_is_not_kept(office: Office, more: tuple[str, ...]) -> None:
    office.init(DAY)
    office.run("controllers", "add", *more, code=2)
    assert office.json(DAY, "controllers", "doctor")["records"][0]["origin"] != "own"


def test_a_search_says_when_the_vault_is_locked(
    imported: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert imported.exists()
    office.init(DAY)
    monkeypatch.delenv("DSAR_KEY_FILE")
    said = office.on(DAY, "controllers", "search", "kite")
    assert "your own records in it were not looked at" in said.err
    monkeypatch.setenv("DSAR_PASSPHRASE", "wrong")
    office.run("controllers", "search", "kite", code=6)


def test_a_pack_is_previewed_and_opened_once(imported: Path, office: Office) -> None:
    assert imported.exists()
    office.init(DAY)
    preview = office.json(DAY, "request", "--pack", "birds-all", "--dry-run")
    assert office.json(DAY, "agenda") == []
    assert [(row["id"], row["status"]) for row in preview["rows"]] == [
        ("kite", "new"),
        ("crow", "new"),
        ("phoenix", "blocked"),
    ]
    assert any("customer-number" in line for line in preview["rows"][0]["lacks"])
    assert preview["rows"][0]["letter"].startswith("Request for access")
    done = office.json(DAY, "request", "--pack", "birds-all")
    assert [row["status"] for row in done["rows"]] == ["new", "new", "blocked"]
    assert len(office.json(DAY, "agenda")) == 2
    again = office.on(DAY, "request", "--pack", "birds-all")
    assert f"Left out: kite: Case {done['rows'][0]['ref']} is open" in again.err
    assert len(office.json(DAY, "agenda")) == 2
    # another right is another request; a closed case does not stand in the way
    office.on(DAY, "close", done["rows"][0]["ref"], "--outcome", "abandoned")
    rows = office.json(DAY, "request", "--pack", "birds-all", "--dry-run")["rows"]
    assert [row["status"] for row in rows] == ["new", "open", "blocked"]
    erased = office.json(DAY, "request", "--pack", "birds-all", "--right", "erasure")["rows"]
    assert [row["status"] for row in erased] == ["new", "new", "blocked"]


def test_a_pack_takes_no_other_addressee(office: Office) -> None:
    office.init(DAY)
    office.run("request", "--pack", "nothing", code=3)
    office.run("request", "pimeyes", "--pack", "face-search", code=2)
    office.run("request", "pimeyes", "--dry-run", code=2)
    office.run("request", "--pack", "face-search", "--right", "nonsense", "--dry-run", code=2)


def test_a_bounce_marks_the_mailbox_and_the_next_one_is_used(office: Office, place: Path, tmp_path: Path) -> None:
    office.init(DAY)
    boxes = ("--email", "old@lark.example", "--email", "new@lark.example")
    office.json(DAY, "controllers", "add", "--name", "Lark GmbH", "--country", "DE", *boxes)
    ref = office.json(DAY, "request", "lark-gmbh")["ref"]
    office.on(DAY, "letter", "access", ref, "--issue")
    office.on(DAY, "sent", ref, "--on", DAY, "--via", "email")
    path = tmp_path / "bounce.eml"
    path.write_bytes(mail("Thu, 05 Mar 2026 10:00:00 +0100", "User unknown"))
    office.on(DAY, "received", ref, path, "--as", "bounce")
    steps = office.json(DAY, "next", ref)["next"]
    again = f"dsar sent {ref} --via email --to new@lark.example"
    assert [step["command"] for step in steps if step["id"] == "bounced"] == [again]
    records = office.json(DAY, "controllers", "doctor")["records"]
    assert (records[0]["id"], records[0]["cases"]) == ("lark-gmbh", [ref])
    assert records[0]["problems"][0] == {
        "kind": "bounced",
        "text": f"A mail to old@lark.example came back on {DAY} (case {ref}).",
    }
    # another case against the same company begins with the mailbox that works
    made = office.json(DAY, "request", "lark-gmbh", "--right", "erasure")
    assert any("old@lark.example came back" in line and "new@lark.example is used" in line for line in made["warnings"])
    office.on(DAY, "letter", "erasure", made["ref"], "--format", "txt", "--out", tmp_path / "letter.txt")
    assert "new@lark.example" in (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert not place.exists()


def test_the_doctor_knows_what_is_old_and_what_nobody_confirmed(imported: Path, office: Office) -> None:
    assert imported.exists()

    def problems(day: str, *more: str) -> dict[str, list[str]]:
        found = office.json(day, "controllers", "doctor", *more)["records"]
        return {one["id"]: [problem["kind"] for problem in one["problems"]] for one in found}

    # the archive is of 1 February 2026: twelve months later it is not yet older than twelve months
    assert "kite" not in problems("2026-03-05", "--all")
    assert "kite" not in problems("2027-02-01", "--all")
    assert problems("2027-02-02", "--all")["kite"] == ["stale"]
    assert "kite" not in problems("2027-02-02")
    assert "unconfirmed" in problems("2026-03-05")["pimeyes"]
    # of a policy of February 2022, and articles of December 2022
    assert "stale" in problems("2026-03-05")["pimeyes"]


def test_the_answers_are_one_json_document(imported: Path, office: Office) -> None:
    office.init(DAY)
    assert imported.exists()
    for command in (("packs",), ("doctor",), ("search", "nobody at all"), ("show", "crow")):
        json.loads(office.run("--as-of", DAY, "--json", "controllers", *command).out)
