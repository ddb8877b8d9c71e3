"""Bad and hostile input: each ends in one clear sentence, or in a correct, escaped result; nothing is lost."""

from __future__ import annotations

import email
import email.policy
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from .papers import mail, pdf, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY, LATE = "2026-03-05", "2026-04-20"
ESCAPE = "\x1b"
BIDI = "\u202e"
# what a terminal obeys, a template engine expands, typst or rich read as markup
NAMES = {
    "template": "Zoë {{ 7*7 }} {% raw %} ${7*7} $& \\1",
    "typst": '#import "/etc/passwd" $x$ @ref <label> *bold* _it_ `raw` #let a = 1',
    "rich": "[bold]Zoë[/bold] [link=file:///etc/passwd]x[/link] :smile:",
    "markdown": "# Zoë ![i](http://t.example/p.png) <b>x</b> | a | b",
    "escape": f"Zoë {ESCAPE}[31m red {ESCAPE}]0;title\x07 \x9b2J",
    "direction": f"Zoë {BIDI}evil\u2066x\u2069",
    "format": "Zoë {ref} {0} {values!r} %s %(name)s",
    "long": "Zoë " + "Langname " * 44,
}


def on_screen(text: str) -> None:
    """What is printed cannot move the cursor, set colours or turn the direction of writing."""
    assert not [
        char
        for char in text
        if char in BIDI + "\u2066\u2069" or (not char.isprintable() and char not in "\n\u00a0\u202f")
    ]


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zA-Zë]{3,}", text))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_hostile_name_stays_a_name_in_every_letter_and_on_every_screen(
    name: str, office: Office, tmp_path: Path, slip: Path
) -> None:
    office.init(DAY, name=name)
    purpose = ("--purpose", f"because {name}", "--question", f"Why {name}?", "--id-data", f"username={name}")
    address = ("--address", name, "--address", "69001 Lyon")
    own = ("--name", name, "--email", "dpo@miroir.example", "--country", "FR", *address)
    on_screen(office.on(DAY, "request", *own, *purpose).all)
    ref = office.json(DAY, "show")["ref"]
    out = tmp_path / "out"
    out.mkdir()
    draft = office.on(DAY, "letter", "access")
    on_screen(draft.all)
    for form in ("txt", "md", "pdf", "eml"):
        on_screen(office.on(DAY, "letter", "access", "--format", form, "--out", out).all)
    check_forms(out, name, ref)
    for command in (
        ("letter", "access", "--issue"),
        ("sent", "--on", DAY, "--via", "post", "--tracking", name, "--proof", slip),
        ("delivered", "--on", DAY, "--proof", slip),
        ("note", ref, name),
        ("assign", ref, name),
    ):
        on_screen(office.on(DAY, *command).all)
    answer = tmp_path / "answer.eml"
    answer.write_bytes(mail("Mon, 20 Apr 2026 10:00:00 +0200", name.replace("\x07", ""), subject="Re: x"))
    for command in (
        ("received", answer, "--as", "identity-demand", "--item", name, "--note", name),
        ("identity", "--gave", "email", "--refused", name, "--on", LATE, "--via", name),
        ("identity", "--judge", "unjustified", "--because", name),
        ("received", answer, "--as", "refusal", "--ground", name),
        ("review", "--rest", "missing", "--note", f"purposes={name}", "--fault", f"no-legal-basis={name}"),
        ("letter", "notice", "--out", out),
        ("letter", "complaint", "--authority", "fr-cnil", "--issue", "--out", out),
        ("complaint", "--authority", "fr-cnil", "--on", LATE, "--ref", name),
        ("show",),
        ("why",),
        ("next",),
        ("agenda",),
        ("dossier", "--out", out),
    ):
        on_screen(office.on(LATE, *command).all)
    shown = office.json(LATE, "show")
    noted = next(event["text"] for event in shown["events"] if event["kind"] == "noted")
    assert noted == name  # the record is exact, and JSON escapes what a terminal would obey
    assert "49" not in (out / f"{ref}-access.txt").read_text(encoding="utf-8").replace("2026", "")
    texts = {path.name: text_of(path.read_bytes()) for path in out.glob("*.pdf")}
    assert set(texts) == {f"{ref}-{kind}.pdf" for kind in ("access", "notice", "complaint")} | {f"dossier-{ref}.pdf"}
    for file, text in texts.items():
        assert "root:" not in text, file
        assert ESCAPE not in text, file
        assert "Zoë" in text or "import" in text, file
    assert {path.name for path in (tmp_path / "here").iterdir()} == set()
    assert office.json(LATE, "vault", "verify")["ok"] is True


def check_forms(out: Path, name: str, ref: str) -> None:
    """The four forms of a letter hold the words of the name, unexpanded, and no control character."""
    assert {path.name for path in out.iterdir()} == {f"{ref}-access.{form}" for form in ("txt", "md", "pdf", "eml")}
    visible = words(re.sub(r"[\x00-\x1f\x7f-\x9f\u202e\u2066\u2069]", " ", name))
    plain = (out / f"{ref}-access.txt").read_text(encoding="utf-8")
    on_screen(plain)
    assert visible <= words(plain)
    assert visible <= words(text_of((out / f"{ref}-access.pdf").read_bytes()).replace("-\n", "").replace(" ", " "))
    parsed = email.message_from_bytes((out / f"{ref}-access.eml").read_bytes(), policy=email.policy.default)
    assert set(parsed.keys()) <= {"MIME-Version", "Content-Type", "From", "To", "Subject", "X-Unsent"}
    assert (len(parsed.get_all("From", [])), len(parsed.get_all("To", []))) == (1, 1)
    assert parsed["From"].addresses[0].addr_spec == "ana@ngo.example"
    assert parsed["To"].addresses[0].addr_spec == "dpo@miroir.example"
    on_screen(str(parsed["From"]) + str(parsed["To"]) + str(parsed["Subject"]))
    body = parsed.get_body(("plain",))
    assert body is not None
    assert visible <= words(body.get_content())


@pytest.mark.parametrize(
    "address", ["dpo@miroir.example\nBcc: all@evil.example", "x", "a b@c.example", "<a@b.example>"]
)
def test_an_address_cannot_write_a_header(address: str, office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    office.on(DAY, "request", "--name", "Miroir", "--email", address, "--country", "FR")
    office.on(DAY, "letter", "access", "--format", "eml", "--out", tmp_path / "x.eml", code=5)
    assert not (tmp_path / "x.eml").exists()
    office.on(DAY, "letter", "access", "--format", "pdf", "--out", tmp_path / "x.pdf")


def test_a_question_that_looks_like_a_placeholder_is_not_one(office: Office) -> None:
    office.init(DAY)
    office.request(DAY, "--question", "Why [NAME] and {{ x }} and TODO?")
    assert "[NAME] and {{ x }}" in " ".join(office.on(DAY, "letter", "access").out.split())
    office.on(DAY, "letter", "access", "--issue")


FILES = {
    "way out": "..\\..\\evil.eml",
    "dots": "...eml",
    "newline": "a\nb.eml",
    "escape": f"a{ESCAPE}[31mred.eml",
    "direction": f"a{BIDI}lme.eml",
    "long": "n" * 196 + ".eml",
    "option": "--out=x.eml",
    "markup": "[bold]{{ x }} $& #import.eml",
}


@pytest.mark.parametrize("name", FILES.values(), ids=FILES.keys())
def test_a_hostile_file_name_is_no_path_and_no_command(name: str, office: Office, tmp_path: Path, slip: Path) -> None:
    office.init(DAY)
    ref = office.waiting(issued="2026-03-05", proof=slip)
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / name
    path.write_bytes(mail("Mon, 09 Mar 2026 10:00:00 +0100", "Hello", attached=pdf("x")))
    on_screen(office.on(LATE, "received", ref, path, "--as", "answer").all)
    bad = folder / f"b{name}"
    bad.write_bytes(b"no mail")
    said = office.on(LATE, "received", ref, bad, "--on", LATE, code=5)
    on_screen(said.all)
    assert said.err.count("\n") == 1
    on_screen(office.on(LATE, "show").all)
    on_screen(office.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out", code=4).all)
    office.on(LATE, "review", "--rest", "missing")
    on_screen(office.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out").all)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"dossier-{ref}.pdf",
        f"dossier-{ref}.zip",
        f"manifest-{ref}.json",
    }
    with zipfile.ZipFile(tmp_path / "out" / f"dossier-{ref}.zip") as archive:
        names = archive.namelist()
        same = [one for one in names if archive.read(one) == path.read_bytes()]
        listed = json.loads(archive.read("manifest.json"))
    assert len(same) == 1
    assert listed
    for one in names:
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", one), one
        assert ".." not in one
        assert not one.startswith(("/", "-"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["here", "home", "in", "out", "safe", "slip.pdf", "temp"]


def test_a_reference_with_a_path_in_it_finds_no_case(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    office.request(DAY)
    for wrong in ("../x", "/etc/passwd", f"{ESCAPE}[2J", "%", "*", "{0}", "'; DROP TABLE entry; --"):
        said = office.on(DAY, "show", "--", wrong, code=3)
        on_screen(said.err)
        assert said.err.count("\n") == 1
    for wrong in ("../access", "..", "/etc/passwd", "_lang", "access.md.j2", "../../fr/access"):
        office.on(DAY, "letter", "--", wrong, code=3)
    office.on(DAY, "letter", "access", "--lang", "../fr", code=3)
    office.on(DAY, "letter", "access", "--lang", "../fr", "--out", tmp_path, code=3)
    assert office.json(DAY, "vault", "status")["entries"] == 1


def test_a_receipt_before_the_sending_is_recorded_and_blocks_accusations(office: Office, slip: Path) -> None:
    """Sent on 5 March, slip of 3 March: + 1 month = Friday 3 April; in Alsace-Moselle Good Friday, so also in the
    region where the company may be; then Easter Monday: Tuesday 7 April is the safe day."""
    office.init("2026-03-02")
    ref = office.request("2026-03-02")
    office.on("2026-03-02", "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "registered", "--proof", slip)
    said = office.on(DAY, "delivered", "--on", "2026-03-03", "--proof", slip)
    assert "Entry 4 looks odd" in said.err
    shown = office.json(LATE, "show")
    assert [(odd["n"], odd["confirmed"]) for odd in shown["oddities"]] == [(4, False)]
    assert shown["next"][0]["command"].startswith(f"dsar confirm {ref} 4")
    (reply,) = shown["deadlines"]
    assert (reply["strict"], reply["safe"]) == ("2026-04-03", "2026-04-07")
    for kind in ("notice", "complaint"):
        refused = office.on(LATE, "letter", kind, "--authority", "fr-cnil", "--issue", code=4)
        assert f"dsar confirm {ref} 4" in refused.err
        assert f"dsar correct {ref} 4" in refused.err
    office.on(LATE, "letter", "reminder", ref)  # accuses nobody
    office.on(LATE, "confirm", ref, "4", "--because", "The slip is stamped so.")
    assert "looks odd" not in office.on(LATE, "note", ref, "x").err
    office.on(LATE, "letter", "notice", "--issue")


def test_a_wrong_day_is_corrected_and_stays_in_the_log(office: Office, slip: Path) -> None:
    office.init("2026-03-02")
    ref = office.request("2026-03-02")
    office.on("2026-03-02", "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "registered", "--proof", slip)
    office.on("2026-03-09", "delivered", "--on", "2026-03-03", "--proof", slip)
    office.on("2026-03-09", "correct", ref, "4", "--on", "2026-03-09", "--because", "typing mistake")
    shown = office.json(LATE, "show")
    assert shown["oddities"] == []
    # Monday 9 March + 1 month = Thursday 9 April
    assert (shown["deadlines"][0]["strict"], shown["deadlines"][0]["safe"]) == ("2026-04-09", "2026-04-09")
    assert office.json(LATE, "vault", "status")["entries"] == 5
    office.on(LATE, "letter", "notice")


def test_unreadable_and_encrypted_pdfs_are_evidence_with_a_warning_and_a_slip(
    office: Office, slip: Path, tmp_path: Path
) -> None:
    office.init(DAY)
    ref = office.waiting(issued=DAY, proof=slip)
    broken, locked = tmp_path / "broken.pdf", tmp_path / "locked.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing of a PDF")
    locked.write_bytes(pdf("secret", password="their own"))  # noqa: S106 - of a made-up paper
    for path, word in ((broken, "cannot be read as a PDF"), (locked, "is encrypted")):
        said = office.on(LATE, "received", ref, path, "--on", LATE, "--as", "answer")
        assert word in said.err
        assert path.name in said.err
    warned = office.json(LATE, "sent", "--on", LATE, "--via", "email", "--proof", broken)["warnings"]
    assert "cannot be read as a PDF" in warned[0]
    office.on(LATE, "review", "--rest", "missing", "--answer", "5")
    office.on(LATE, "review", "--rest", "missing", "--answer", "7")
    said = office.on(LATE, "dossier", "--authority", "fr-cnil", "--out", tmp_path / "out")
    assert said.err.count("a slip stands for it") == 3
    with zipfile.ZipFile(tmp_path / "out" / f"dossier-{ref}.zip") as archive:
        originals = [archive.read(name) for name in archive.namelist() if name.startswith("originals/")]
    assert broken.read_bytes() in originals
    assert locked.read_bytes() in originals
    office.on(LATE, "verify", tmp_path / "out" / f"dossier-{ref}.zip")


def test_an_ambiguous_name_lists_its_candidates(office: Office) -> None:
    office.init(DAY)
    said = office.on(DAY, "request", "Acxiom", code=2)
    assert "acxiom-de" in said.err
    assert "acxiom-uk" in said.err
    assert office.json(DAY, "agenda") == []


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-31",
        "31/01/2026",
        "2026-2-3",
        "20260305",
        "2026-W10-4",
        "0000-01-01",
        "\u0662\u0660\u0662\u0666-03-05",
        "",
    ],
)
def test_an_impossible_date_is_refused(day: str, office: Office, slip: Path) -> None:
    office.init(DAY)
    office.on(DAY, "request", "--name", "Miroir", "--email", "dpo@miroir.example", "--country", "FR")
    office.on(DAY, "letter", "access", "--issue")
    said = office.on(LATE, "sent", f"--on={day}", "--via", "post", "--proof", slip, code=2)
    assert said.err.count("\n") == 1
    assert office.json(LATE, "vault", "status")["entries"] == 2
    assert office.json(LATE, "vault", "status")["evidence"] == 2


def test_a_folder_to_write_to_must_be_there(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    office.request(DAY)
    missing = tmp_path / "no" / "such" / "x.pdf"
    office.on(DAY, "letter", "access", "--out", missing, code=5)
    office.on(DAY, "letter", "access", "--issue", "--out", missing, code=5)
    assert not (tmp_path / "no").exists()
    # what could not be shown was not frozen either
    assert office.json(DAY, "vault", "status")["entries"] == 1
    office.on(DAY, "subject", "add", "--name", "Zoé", "--country", "FR")
    new = ("mandate", "new", "--for", "zoe", "--controller", "clearview-ai")
    office.on(DAY, *new, "--out", missing, code=5)
    assert office.json(DAY, "mandate", "list") == []


def test_a_place_that_is_no_folder_is_one_clear_sentence(office: Office, slip: Path, tmp_path: Path) -> None:
    office.init(DAY)
    office.waiting(issued=DAY, proof=slip)
    before = slip.read_bytes()
    for command in (
        ("dossier", "--authority", "fr-cnil", "--out", slip),
        ("letter", "reminder", "--out", slip / "x.pdf"),
        ("vault", "backup", slip / "copy.dsar"),
        ("agenda", "--passphrase-file", tmp_path),
        (
            "init",
            "--vault",
            slip / "v.dsar",
            "--name",
            "A",
            "--email",
            "a@b.example",
            "--country",
            "FR",
            "--language=en",
        ),
    ):
        said = office.run("--as-of", LATE, *command, code=3 if command[0] == "agenda" else 5)
        assert said.err.startswith("dsar: ")
        assert said.err.count("\n") == 1
    assert "already a file" in office.run("vault", "backup", slip, code=4).err
    assert slip.read_bytes() == before
