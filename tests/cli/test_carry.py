"""Out of a vault and into another one: the same bytes, the same hashes, or one sentence and nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from .office import Office

DAY = "2026-03-10"
CANARY = "Kanarienvogel"
SERVICE = Path(__file__).parents[1] / "servers" / "secret-service.sh"


def full(office: Office, tmp_path: Path) -> str:
    """A vault with a case that has a letter, a mail and a note, and with a message that waits; the case's reference."""
    office.init("2026-03-02")
    ref = office.request("2026-03-02")
    office.on("2026-03-02", "letter", "access", ref, "--issue")
    mail = tmp_path / "mail.eml"
    mail.write_text(
        "From: dpo@miroir.example\nTo: ana@ngo.example\nSubject: Your request\nDate: Mon, 09 Mar 2026 10:00:00 +0000\n"
        "Message-ID: <1@miroir.example>\n\nSend us your passport\n"
    )
    office.on(DAY, "received", ref, mail, "--as", "identity-demand", "--item", "passport")
    office.on(DAY, "note", ref, "She phoned about the crème brûlée")
    stray = tmp_path / "stray.eml"
    stray.write_text(mail.read_text().replace("miroir", "other").replace("passport", "parrot"))
    office.on(DAY, "mail", "import", stray)
    return ref


def hashes(office: Office) -> list[tuple[int, str]]:
    """Every entry of the only case as its export says it, with its hash."""
    dest = Path(f"look-{len(list(Path.cwd().iterdir()))}")
    office.on(DAY, "vault", "export", dest)
    return [(line["n"], line["hash"]) for line in lines(dest / "entries.jsonl")]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def elsewhere(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, another vault: the next `init` makes it."""

    def move() -> None:
        for name in ("DSAR_VAULT", "DSAR_KEY_FILE"):
            if name in os.environ:
                monkeypatch.setenv(name, os.environ[name] + ".other")

    assert office
    return move


@pytest.mark.parametrize("dest", ["out", "out.zip"])
def test_a_whole_vault_goes_into_an_empty_one_byte_for_byte(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None], dest: str
) -> None:
    ref = full(office, tmp_path)
    before, head = office.on(DAY, "show", ref).out, office.json(DAY, "vault", "status")["head"]
    office.on(DAY, "vault", "export", tmp_path / dest)
    elsewhere()
    office.init(DAY, name="Ana Agent")
    taken = office.json(DAY, "vault", "import", tmp_path / dest)
    assert (taken["new"], taken["messages"], taken["kept"]) == ([ref], 2, [])
    assert office.on(DAY, "show", ref).out == before
    assert office.json(DAY, "vault", "status")["head"] == head
    assert office.json(DAY, "vault", "verify") == {"ok": True, "complete": True, "problems": []}
    assert [hit["kind"] for hit in office.json(DAY, "find", "passport")["hits"]] == ["messages"]
    assert office.json(DAY, "find", "brulee")["count"] == 1
    assert [row["subject"] for row in office.json(DAY, "inbox")] == ["Your request"]
    again = office.json(DAY, "vault", "import", tmp_path / dest)
    assert (again["new"], again["known"], again["files"], again["messages"]) == ([], [ref], 0, 0)


def test_an_export_can_be_read_and_checked_without_dsar(office: Office, tmp_path: Path) -> None:
    """The recipe of its README, followed by hand."""
    ref = full(office, tmp_path)
    out = tmp_path / "out"
    office.on(DAY, "vault", "export", out)
    prev = "0" * 64
    for line in lines(out / "entries.jsonl"):
        body = json.dumps(line["body"], sort_keys=True, separators=(",", ":"))
        keys = ("ref", "n", "kind", "on", "recorded_at", "by", "about", "version")
        whole = json.dumps([prev, *(line[key] for key in keys), body], separators=(",", ":"))
        assert line["prev"] == prev
        prev = hashlib.sha256(whole.encode()).hexdigest()
        assert line["hash"] == prev
    for piece in lines(out / "evidence.jsonl"):
        data = (out / piece["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (piece["sha256"], piece["size"])
    assert any(path.name.endswith("-mail.eml") for path in (out / "files").iterdir())
    sums = [line.split("  ")[1] for line in (out / "SHA256SUMS").read_text().splitlines()]
    found = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert set(sums) == found
    page = (out / "cases" / f"{ref}.txt").read_text()
    assert "She phoned" in page
    assert "mail.eml" in page
    assert out.stat().st_mode & 0o077 == 0


def test_a_case_that_went_on_is_carried_on(office: Office, tmp_path: Path, elsewhere: Callable[[], None]) -> None:
    ref = full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "first", "--ref", ref)
    office.on(DAY, "note", ref, "One more thing")
    office.on(DAY, "vault", "export", tmp_path / "second", "--ref", ref)
    written = hashes(office)
    elsewhere()
    office.init(DAY)
    office.request(DAY, name="Autre SA")
    assert office.json(DAY, "vault", "import", tmp_path / "first")["new"] == [ref]
    assert office.json(DAY, "vault", "import", tmp_path / "second")["carried_on"] == [ref]
    assert office.json(DAY, "vault", "import", tmp_path / "first")["known"] == [ref]
    assert office.json(DAY, "vault", "verify")["ok"]
    office.on(DAY, "vault", "export", tmp_path / "back", "--ref", ref)
    assert [(line["n"], line["hash"]) for line in lines(tmp_path / "back" / "entries.jsonl")] == written


def test_a_draft_that_comes_with_a_known_case_is_in_the_agenda(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    office.init(DAY)
    ref = office.request(DAY)
    office.on(DAY, "vault", "export", tmp_path / "out", "--ref", ref)
    elsewhere()
    office.init(DAY)
    office.on(DAY, "vault", "import", tmp_path / "out")
    office.on(DAY, "letter", "access", ref, "--discard")
    assert [row["next"][0]["id"] for row in office.json(DAY, "agenda")] == ["request"]
    assert office.json(DAY, "vault", "import", tmp_path / "out")["known"] == [ref]
    assert [row["next"][0]["id"] for row in office.json(DAY, "agenda")] == ["issue"]


def test_another_history_of_a_case_is_refused(office: Office, tmp_path: Path, elsewhere: Callable[[], None]) -> None:
    ref = full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "common")
    office.on(DAY, "note", ref, "as we saw it")
    office.on(DAY, "vault", "export", tmp_path / "ours")
    elsewhere()
    office.init(DAY)
    office.on(DAY, "vault", "import", tmp_path / "common")
    office.on(DAY, "note", ref, "as they saw it")
    said = office.on(DAY, "vault", "import", tmp_path / "ours", code=7)
    assert "another history" in said.all
    assert "as we saw it" not in office.on(DAY, "show", ref).out


def test_a_case_that_was_erased_here_does_not_come_back(office: Office, tmp_path: Path) -> None:
    ref = full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    office.on(DAY, "erase", ref, "--reason", "requested", "--yes")
    assert "was erased" in office.on(DAY, "vault", "import", tmp_path / "out", code=4).all
    assert office.json(DAY, "vault", "status")["cases"] == 0


def altered(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def resealed(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """As `change`, with the list of hashes put right: as somebody does who knows what they do."""

    def both(folder: Path) -> None:
        change(folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
        sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files)
        (folder / "SHA256SUMS").write_text("".join(sums))

    return both


def swapped(folder: Path) -> None:
    path = next((folder / "files").glob("*-mail.eml"))
    path.write_bytes(path.read_bytes().replace(b"passport", b"password"))


def stranger(folder: Path) -> None:
    data = b"nobody named me"
    sha = hashlib.sha256(data).hexdigest()
    (folder / "files" / f"{sha}-x").write_bytes(data)
    line = {"sha256": sha, "size": len(data), "file": f"files/{sha}-x", "names": []}
    with (folder / "evidence.jsonl").open("a") as stream:
        stream.write(json.dumps(line) + "\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (altered("entries.jsonl", "phoned", "PHONED"), "not as it was written"),
        (resealed(altered("entries.jsonl", "phoned", "PHONED")), "entry 5 of case"),
        (resealed(altered("entries.jsonl", '"n":2', '"n":3')), "entry 2 of case"),
        (resealed(altered("entries.jsonl", '"kind":"noted"', '"kind":"paid"')), "not as it was written"),
        (resealed(swapped), "is not the one that was exported"),
        (resealed(stranger), "nothing names"),
        (altered("records.jsonl", "Ana", "Eve"), "was changed"),
        (altered("SHA256SUMS", "files/", "../../files/"), "a line that dsar does not write"),
        (resealed(altered("evidence.jsonl", '"file":"files/', '"file":"/etc/passwd')), "does not list the file"),
        (resealed(altered("evidence.jsonl", '"size":', '"size":9')), "is not the one that was exported"),
        (resealed(altered("records.jsonl", '{"body"', '{"x":1,"body"')), "other keys"),
        (resealed(altered("entries.jsonl", "{", "[")), "no JSON"),
        (resealed(altered("export.json", "dsar-export", "zip")), "does not say that dsar wrote it"),
        (resealed(altered("export.json", '"version":1', '"version":99')), "newer dsar"),
        (resealed(altered("heads.jsonl", '"seq":2', '"seq":3')), "broken at link 2"),
        (lambda folder: next((folder / "files").iterdir()).unlink(), "missing"),
        (lambda folder: (folder / "SHA256SUMS").unlink(), "missing"),
    ],
)
def test_what_was_changed_is_refused_whole(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None], change: Callable[[Path], None], why: str
) -> None:
    full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    change(tmp_path / "out")
    elsewhere()
    office.init(DAY)
    assert why in office.on(DAY, "vault", "import", tmp_path / "out", code=5).all
    status = office.json(DAY, "vault", "status")
    assert (status["cases"], status["evidence"]) == (0, 0)


def added(name: str, line: dict[str, object]) -> Callable[[Path], None]:
    """A line more, as a stranger writes it who knows the format."""

    def change(folder: Path) -> None:
        with (folder / name).open("a") as stream:
            stream.write(json.dumps(line) + "\n")

    return resealed(change)


def owned(kind: str, name: str, body: dict[str, object]) -> Callable[[Path], None]:
    return added("records.jsonl", {"kind": kind, "id": name, "body": body})


@pytest.mark.parametrize(
    ("kind", "name"), [("controller", "pimeyes"), ("mail-account", "work"), ("setting", "banner"), ("setting", "tsa")]
)
def test_a_strangers_export_changes_no_address_account_or_setting_of_a_vault_in_use(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None], kind: str, name: str
) -> None:
    full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    owned(kind, name, {"name": "Eve", "text": "x"})(tmp_path / "out")
    elsewhere()
    office.init(DAY)
    office.request(DAY, name="Autre SAS")
    taken = office.json(DAY, "vault", "import", tmp_path / "out")
    assert {"kind": kind, "id": name} in taken["kept"]
    office.on(DAY, "vault", "export", tmp_path / "again")
    assert (kind, name) not in {(one["kind"], one["id"]) for one in lines(tmp_path / "again" / "records.jsonl")}


@pytest.mark.parametrize("name", ["threads.jsonl", "outbox.jsonl", "mails.jsonl"])
def test_a_strangers_export_says_nothing_of_a_case_that_is_not_in_it(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None], name: str
) -> None:
    full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    elsewhere()
    office.init(DAY)
    ours = office.request(DAY, name="Autre SAS")
    mail = lines(tmp_path / "out" / "mails.jsonl")[-1]
    sent = {"ref": ours, "letter": 2, "account": "a", "recipient": "b@c.example", "message_id": "<m@x>", "entry": None}
    forged = {
        "threads.jsonl": {"ref": ours, "message_id": "<evil@x.example>"},
        "outbox.jsonl": {**sent, "sha256": mail["sha256"], "on_date": DAY, "state": "sending", "at": "", "reply": ""},
        "mails.jsonl": {**mail, "cases": [[ours, 1]]},
    }[name]
    added(name, forged)(tmp_path / "out")
    said = office.on(DAY, "vault", "import", tmp_path / "out", code=5).all
    assert f"speaks of the case {ours}, which is not in it" in said
    assert office.json(DAY, "vault", "status")["cases"] == 1


@pytest.mark.parametrize("change", [{"body": {}}, {"state": "lost"}])
def test_a_mail_that_could_not_be_read_again_is_refused(
    office: Office, tmp_path: Path, elsewhere: Callable[[], None], change: dict[str, object]
) -> None:
    full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    path = tmp_path / "out" / "mails.jsonl"
    found = [{**line, **change} for line in lines(path)]

    def rewrite(_: Path) -> None:
        path.write_text("".join(json.dumps(line) + "\n" for line in found))

    resealed(rewrite)(tmp_path / "out")
    elsewhere()
    office.init(DAY)
    assert "not described as dsar describes one" in office.on(DAY, "vault", "import", tmp_path / "out", code=5).all


def test_a_link_in_an_export_is_not_followed(office: Office, tmp_path: Path, elsewhere: Callable[[], None]) -> None:
    full(office, tmp_path)
    office.on(DAY, "vault", "export", tmp_path / "out")
    path = next((tmp_path / "out" / "files").glob("*-mail.eml"))
    shutil.move(path, tmp_path / "moved.eml")
    path.symlink_to(tmp_path / "moved.eml")
    elsewhere()
    office.init(DAY)
    assert "is a link" in office.on(DAY, "vault", "import", tmp_path / "out", code=5).all


def test_what_is_no_export_is_one_sentence(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    (tmp_path / "x").write_text("x")
    (tmp_path / "folder").mkdir()
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for name in ("x", "folder", "empty.zip"):
        assert "cannot be used" in office.on(DAY, "vault", "import", tmp_path / name, code=5).all
    office.on(DAY, "vault", "import", tmp_path / "nothing", code=3)
    office.on(DAY, "vault", "export", tmp_path / "x", code=4)
    office.on(DAY, "vault", "export", tmp_path / "no" / "folder", code=5)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def nora(office: Office, tmp_path: Path) -> tuple[str, str]:
    """Somebody one acts for, with a case, a mandate and a mail; and a case of one's own that shares a file with it."""
    office.init("2026-03-02")
    paper = tmp_path / "signed.txt"
    paper.write_text(f"Signed by {CANARY}")
    office.on(
        "2026-03-02", "subject", "add", "--name", f"Nora {CANARY}", "--email", "nora@k.example", "--country", "FR"
    )
    who = office.json("2026-03-02", "subject", "list")[1]["id"]
    more = ("--controller", "Miroir SAS", "--email", "dpo@miroir.example", "--country", "FR", "--right", "access")
    mandate = office.json("2026-03-02", "mandate", "new", "--for", who, *more)["id"]
    office.on("2026-03-02", "mandate", "signed", mandate, paper, "--on", "2026-03-02")
    ref = office.request("2026-03-03", "--for", who, "--mandate", mandate)
    office.on("2026-03-03", "note", ref, f"{CANARY} called")
    mail = tmp_path / "nora.eml"
    mail.write_text(
        f"From: Nora {CANARY} <nora@k.example>\nTo: ana@ngo.example\nSubject: {CANARY}\n"
        f"Date: Mon, 09 Mar 2026 10:00:00 +0000\nMessage-ID: <1@k.example>\n\nI am {CANARY}\n"
    )
    office.on(DAY, "mail", "import", mail)
    shared = tmp_path / "shared.txt"
    shared.write_text("the same answer for both")
    office.on(DAY, "received", ref, shared, "--on", "2026-03-09")
    own = office.request(DAY, name="Autre SA")
    office.on(DAY, "received", own, shared, "--on", "2026-03-09")
    return who, own


def test_of_an_erased_person_no_word_is_left(office: Office, tmp_path: Path) -> None:
    who, own = nora(office, tmp_path)
    office.on(DAY, "vault", "backup", tmp_path / "backup")
    office.on(DAY, "vault", "export", tmp_path / "before")
    assert CANARY in (tmp_path / "before" / "entries.jsonl").read_text()
    said = office.json(DAY, "subject", "erase", who, "--reason", "requested", "--yes")
    assert (len(said["erased"]), said["mandates"], said["messages"]) == (1, 1, 1)
    assert any(str(tmp_path / "backup") in line for line in said["still_held"])
    assert any("1 file(s) stay" in line for line in said["still_held"])
    office.on(DAY, "vault", "export", tmp_path / "after")
    for path in (tmp_path / "after").rglob("*"):
        if path.is_file():
            assert CANARY.lower().encode() not in path.read_bytes().lower(), path
            assert b"nora" not in path.read_bytes().lower(), path
    assert [row["ref"] for row in office.json(DAY, "agenda")] == [own]
    assert office.json(DAY, "find", CANARY)["count"] == 0
    assert office.json(DAY, "vault", "verify")["ok"]
    pages = _pages(office)
    assert CANARY.lower().encode() not in pages
    assert b"anarienv" not in pages
    assert b"nora@k.example" not in pages
    assert b"the same answer for both" in pages


def _pages(office: Office) -> bytes:
    """Every page of the file, decrypted without SQLCipher's own code, in small letters."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - one test

    data, key = office.vault.read_bytes(), bytes.fromhex(office.key.read_text().strip())
    found = []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        found.append(decryptor.update(page[16 if start == 0 else 0 : -80]) + decryptor.finalize())
    return b"".join(found).lower()


def test_everything_about_a_person_is_handed_out_and_nothing_of_others(office: Office, tmp_path: Path) -> None:
    who, own = nora(office, tmp_path)
    office.on(DAY, "subject", "export", who, tmp_path / "nora")
    names = " ".join(path.name for path in (tmp_path / "nora" / "files").iterdir())
    assert all(one in names for one in ("signed.txt", "nora.eml", "shared.txt"))
    kinds = {(line["kind"], line["id"]) for line in lines(tmp_path / "nora" / "records.jsonl")}
    assert ("subject", who) in kinds
    assert ("subject", "me") not in kinds
    assert all(own not in path.read_text() for path in (tmp_path / "nora").glob("*.jsonl"))


def test_erasing_a_person_needs_the_id_and_never_takes_oneself(office: Office, tmp_path: Path) -> None:
    who, _ = nora(office, tmp_path)
    assert who in office.on(DAY, "subject", "erase", f"Nora {CANARY}", "--reason", "requested", "--yes", code=2).all
    assert "delete the vault" in office.on(DAY, "subject", "erase", "me", "--reason", "requested", "--yes", code=4).all
    office.on(DAY, "subject", "erase", "nobody", "--reason", "requested", "--yes", code=3)
    assert office.json(DAY, "vault", "status")["cases"] == 2


def test_closed_cases_are_named_once_they_are_older_than_was_chosen(office: Office, tmp_path: Path) -> None:
    ref = full(office, tmp_path)
    office.on(DAY, "close", ref, "--outcome", "abandoned")
    assert office.json("2030-01-01", "vault", "status")["kept_longer"] == []
    office.on(DAY, "vault", "retention", "6")
    assert office.json("2026-09-10", "vault", "status")["kept_longer"] == []
    assert office.json("2026-09-11", "vault", "status")["kept_longer"] == [ref]
    office.on(DAY, "vault", "retention", "--never")
    assert office.json("2030-01-01", "vault", "status")["kept_longer"] == []


MOVE = """
set -e
D="{python} -m dsar --vault $1/v"
export DSAR_NEW_PASSPHRASE='four plain words here'
$D init --name Ana --email a@b.example --country FR --language en --yes > /dev/null
$D vault key add-passphrase
$D vault key remove keyring
if $D vault status --yes 2> /dev/null; then echo opened without its passphrase; fi
DSAR_PASSPHRASE="$DSAR_NEW_PASSPHRASE" $D vault key add-keyring
$D vault key remove passphrase
$D vault key add-key-file $1/key
$D vault status --json | grep -c -e '"keyring"' -e '"key-file"' -e '"recovery"'
"""


def test_the_key_moves_from_the_keyring_to_a_passphrase_and_back(tmp_path: Path) -> None:
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon", "dbus-send") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} (Debian: gnome-keyring, dbus)")
    script = tmp_path / "move.sh"
    script.write_text(MOVE.replace("{python}", sys.executable))
    env = {name: value for name, value in os.environ.items() if not name.startswith("DSAR_")}
    command = [str(SERVICE), "bash", str(script), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, env=env)
    assert done.returncode == 0, done.stderr
    assert "opened without" not in done.stdout
    assert done.stdout.rstrip().endswith("3"), done.stdout
