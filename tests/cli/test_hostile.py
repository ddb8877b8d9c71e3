"""Hostile names: of people, companies, files, cases. Each stays a name: no markup, path, header, command or escape."""

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
    early: tuple[tuple[str | Path, ...], ...] = (
        ("letter", "access", "--issue"),
        ("sent", "--on", DAY, "--via", "post", "--tracking", name, "--proof", slip),
        ("delivered", "--on", DAY, "--proof", slip),
        ("note", ref, name),
        ("assign", ref, name),
    )
    for command in early:
        on_screen(office.on(DAY, *command).all)
    answer = tmp_path / "answer.eml"
    answer.write_bytes(mail("Mon, 20 Apr 2026 10:00:00 +0200", name.replace("\x07", ""), subject="Re: x"))
    late: tuple[tuple[str | Path, ...], ...] = (
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
    )
    for command in late:
        on_screen(office.on(LATE, *command).all)
    shown = office.json(LATE, "show")
    noted = next(event["text"] for event in shown["events"] if event["kind"] == "noted")
    assert noted == name  # the record is exact, and JSON escapes what a terminal would obey
    assert "49" not in (out / f"{ref}-access.txt").read_text(encoding="utf-8").replace("2026", "")
    texts = {path.name: text_of(path.read_bytes()) for path in out.glob("*.pdf")}
    drafts = {f"{ref}-{kind}.pdf" for kind in ("access", "notice")}
    issued = next(entry for entry in shown["events"] if entry["kind"] == "issued" and entry["n"] > 10)
    assert set(texts) == drafts | {f"{ref}-{issued['n']:02}-complaint.pdf", f"dossier-{ref}.pdf"}
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
    said = office.on(DAY, "request", "--name", "Miroir", "--email", address, "--country", "FR", code=2)
    assert said.err.count("\n") == 1
    office.on(DAY, "letter", "access", "--format", "eml", "--out", tmp_path / "x.eml", code=3)
    assert not (tmp_path / "x.eml").exists()


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
    whole = ("dossier", "--authority", "fr-cnil", "--with-returned-data", "--out", tmp_path / "out")
    on_screen(office.on(LATE, *whole).all)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"dossier-{ref}.pdf",
        f"dossier-{ref}.zip",
        f"manifest-{ref}.json",
        f"timeline-{ref}.html",
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


def test_a_file_name_that_no_text_can_be_is_shown_in_json_and_moves_no_cursor(office: Office, tmp_path: Path) -> None:
    """JSON itself leaves the C1 controls of ECMA-48 as they are, and half letters, which no stream takes."""
    folder = tmp_path / "in"
    folder.mkdir()
    name = f"\udcff{ESCAPE}[2J\x9b31m{BIDI}.pdf"
    (folder / name).write_bytes(b"%PDF-1.7")
    office.init(DAY)
    assert office.json(DAY, "mail", "import", folder)["imported"] == 1
    said = office.on(DAY, "--json", "inbox").out
    said.encode("utf-8")
    on_screen(said)
    assert json.loads(said)[0]["name"] == name
