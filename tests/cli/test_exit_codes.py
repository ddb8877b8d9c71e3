"""Exit codes 0 to 7, each met on purpose: one sentence on stderr, nothing on stdout, nothing written."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .office import process
from .papers import mail

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office, Said

DAY = "2026-03-05"


def one_sentence(said: Said, *words: str) -> None:
    """An error is one line on stderr that says what to do, and stdout stays empty."""
    assert said.out == ""
    assert said.err.startswith("dsar: ")
    assert said.err.count("\n") == 1
    assert said.err.rstrip()[-1] in ".…"
    assert "itself failed" not in said.err
    for word in words:
        assert word in said.err, said.err


@pytest.fixture
def ref(office: Office) -> str:
    """The one case of a vault: drafted, not issued."""
    office.init(DAY)
    return office.request(DAY)


def entries(office: Office) -> int:
    return int(office.json(DAY, "vault", "status")["entries"])


def pieces(office: Office) -> int:
    return int(office.json(DAY, "vault", "status")["evidence"])


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("init",), "--name"),
        (("init", "--name", "A"), "--email"),
        (("init", "--name", "A", "--email", "a@b.example", "--country", "FR", "--language", "xx"), "--language"),
    ],
)
@pytest.mark.parametrize("closed", [False, True], ids=["empty stdin", "closed stdin"])
def test_2_a_question_that_nobody_can_answer_names_its_option(
    arguments: tuple[str, ...], option: str, office: Office, *, closed: bool
) -> None:
    if closed:
        command = ["sh", "-c", 'exec "$0" -m dsar "$@" <&-', sys.executable, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert option in done.stderr
    else:
        said = process(*arguments)
        assert said.code == 2
        one_sentence(said, option)
    assert not office.vault.exists()


def test_2_wrong_usage(office: Office, ref: str) -> None:
    for arguments in (
        ("nosuch",),
        ("show", "--nosuch"),
        ("letter",),
        ("letter", "notice", "--days", "many"),
        ("verify",),
    ):
        said = process(*arguments)
        assert said.code == 2
        assert said.out == ""
        assert "Traceback" not in said.err
    for wrong in (
        ("request",),
        ("request", "--name", "Miroir"),
        ("request", "clearview", "--right", "teleportation"),
        ("request", "clearview", "--id-data", "email"),
        ("letter", "access", "--format", "odt"),
        ("sent",),
        ("sent", "--on", DAY, "--via", "pigeon"),
        ("received", ref, "--on", DAY, "--as", "love-letter"),
        ("replied", ref),
        ("identity", ref),
        ("identity", ref, "--breach", "identity-no-doubt"),
        ("judge", ref, "1"),
        ("request", "clearview", "--regime", "narnia"),
        ("review", ref),
        ("complaint", ref),
        ("complaint", ref, "--authority", "xx-none", "--on", DAY),
        ("close", ref),
        ("close", ref, "--outcome", "open"),
        ("erase", ref),
        ("erase", ref, "--reason", "requested"),
        ("confirm", ref, "1"),
        ("correct", ref, "1"),
        ("deadline",),
        ("deadline", "--received", "2026-02-31", "--country", "FR"),
        ("deadline", "--received", DAY, "--country", "QQ"),
        ("deadline", "--received", DAY, "--country", "FR", "--event", "identity-refused=2026-03-06"),
        ("agenda", "--as-of", "yesterday"),
        ("note", ref, "x", "--as-of", "2026-02-31"),
    ):
        one_sentence(office.run(*wrong, code=2))
    assert entries(office) == 1


def test_3_not_found(office: Office, ref: str, slip: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.eml"
    for arguments, word in (
        (("show", "2026-ZZZZ9"), "2026-ZZZZ9"),
        (("request", "Nobody Knows Ltd"), "Nobody Knows Ltd"),
        (("request", "clearview", "--for", "somebody"), "somebody"),
        (("letter", "love-letter"), "love-letter"),
        (("letter", "access", "--lang", "tlh"), "tlh"),
        (("received", ref, missing, "--on", DAY), "missing.eml"),
        (("received", missing, "--on", DAY), "missing.eml"),
        (("mandate", "signed", "M-22222", slip, "--on", DAY), "M-22222"),
        (("mandate", "revoke", "M-22222", "--on", DAY), "M-22222"),
        (("sent", "--letter", "7", "--on", DAY, "--via", "post"), "7"),
        (("classify", ref, "9", "answer"), "9"),
        (("authorities", "show", "xx"), "xx"),
        (("controllers", "show", "xx"), "xx"),
        (("verify", missing), "missing.eml"),
        (("agenda", "--vault", tmp_path / "none.dsar"), "none.dsar"),
    ):
        one_sentence(office.on(DAY, *arguments, code=3), word)
    office.on(DAY, "letter", "access", "--issue")
    said = office.on(DAY, "sent", "--on", DAY, "--via", "post", "--proof", missing, code=3)
    one_sentence(said, "missing.eml")
    assert entries(office) == 2


def test_4_not_possible_in_this_state_says_which_command_is(office: Office, ref: str, slip: Path) -> None:
    office.on(DAY, "subject", "add", "--name", "Zoé", "--country", "FR")
    for arguments, words in (
        (("letter", "notice"), "dsar why"),
        (("letter", "complaint", "--authority", "fr-cnil"), "dsar why"),
        (("request", "clearview", "--for", "zoe"), "dsar mandate new"),
        (("sent", "--on", DAY, "--via", "post"), "dsar letter"),
        (("delivered", "--on", DAY), "dsar sent"),
        (("authority", "--acted", "ack", "--on", DAY), "dsar complaint"),
        (("identity", "--refused", "passport", "--on", DAY), "dsar received"),
        (("review", "--rest", "given"), "dsar received"),
        (("dossier", "--out", "."), "--authority"),
    ):
        one_sentence(office.on(DAY, *arguments, code=4), words)
    # one day before the safe date has passed: received on 6 March, due on Tuesday 7 April (Easter Monday before it)
    office.on(DAY, "letter", "access", "--issue")
    office.on(DAY, "sent", "--on", DAY, "--via", "registered")
    office.on("2026-03-06", "delivered", "--on", "2026-03-06", "--proof", slip)
    one_sentence(office.on("2026-04-07", "letter", "notice", code=4), "2026-04-07")
    office.on("2026-04-08", "letter", "notice")
    office.on("2026-04-08", "close", ref, "--outcome", "abandoned")
    one_sentence(office.on("2026-04-08", "letter", "notice", code=4), "closed")


def test_5_bad_files_leave_nothing_behind(office: Office, ref: str, tmp_path: Path) -> None:
    before, held = entries(office), pieces(office)
    empty, note, folder = tmp_path / "empty.pdf", tmp_path / "note.eml", tmp_path / "folder.pdf"
    empty.touch()
    note.write_text("not a mail at all\n", encoding="utf-8")
    folder.mkdir()
    for path in (empty, note, folder):
        one_sentence(office.on(DAY, "received", ref, path, "--on", DAY, "--as", "answer", code=5), path.name)
    one_sentence(office.on(DAY, "received", ref, "--on", "2026-03-06", code=5), "2026-03-06")
    one_sentence(office.on(DAY, "letter", "access", "--out", tmp_path / "no" / "x.pdf", code=5), "no/x.pdf")
    assert not (tmp_path / "no").exists()
    for content in (b"", b"not a vault", b"SQLite format 3\0" + bytes(5000)):
        fake = tmp_path / "fake.dsar"
        fake.write_bytes(content)
        one_sentence(office.on(DAY, "agenda", "--vault", fake, code=5), "no vault")
        assert fake.read_bytes() == content
    for content in (b"", b"PK nothing"):
        fake = tmp_path / "fake.zip"
        fake.write_bytes(content)
        one_sentence(office.run("verify", fake, code=5), "fake.zip")
    assert (entries(office), pieces(office)) == (before, held)


def test_4_a_second_init_leaves_the_first_vault_alone(office: Office, ref: str) -> None:
    before = office.vault.read_bytes()
    said = office.run("init", "--name", "B", "--email", "b@c.example", "--country", "FR", "--language", "en", code=4)
    one_sentence(said)
    assert office.vault.read_bytes() == before
    assert office.json(DAY, "show")["ref"] == ref


def test_6_locked_or_the_wrong_key(office: Office, ref: str, tmp_path: Path) -> None:
    assert process("vault", "key", "add-passphrase", env={"DSAR_NEW_PASSPHRASE": "four words of mine"}).code == 0
    no_key = {"DSAR_KEY_FILE": None}
    right = process("show", "--as-of", DAY, env={**no_key, "DSAR_PASSPHRASE": "four words of mine"})
    assert (right.code, ref in right.out) == (0, True)
    # a passphrase that is given wins over the key file, also when it is wrong
    wrong = process("show", env={"DSAR_PASSPHRASE": "four words of yours"})
    assert wrong.code == 6
    one_sentence(wrong)
    (tmp_path / "words").write_text("four words of mine\n", encoding="utf-8")
    assert process("show", "--passphrase-file", tmp_path / "words", env=no_key).code == 0
    other = tmp_path / "other.key"
    other.write_text("0" * 64, encoding="ascii")
    other.chmod(0o600)
    for env in (no_key, {"DSAR_KEY_FILE": str(other)}, {"DSAR_KEY_FILE": str(tmp_path / "none")}):
        said = process("show", env=env)
        assert said.code == 6
        one_sentence(said)
        assert "four words" not in said.err
    office.key.chmod(0o644)
    open_to_all = process("show")
    assert open_to_all.code == 6
    one_sentence(open_to_all, "chmod 600")


MEANWHILE = """
import subprocess, sys
from pathlib import Path
path = Path(sys.argv[2])
path.write_text(path.read_text(encoding="utf-8") + "\\nMy own sentence.\\n", encoding="utf-8")
subprocess.run([sys.executable, "-m", "dsar", "note", sys.argv[1], "the other one was faster"], check=True)
"""


def test_7_somebody_else_wrote_while_the_editor_was_open(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(MEANWHILE, encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script} {ref}")
    monkeypatch.setenv("DSAR_TODAY", DAY)
    said = office.run("letter", "access", "--edit", "--issue", code=7)
    assert said.err.splitlines()[-1].startswith("dsar: ")
    assert "dsar show" in said.err
    shown = office.json(DAY, "show")
    assert [event["kind"] for event in shown["events"]] == ["opened", "noted"]
    # the edited draft is not lost
    assert "My own sentence." in office.on(DAY, "letter", "access").out
    office.on(DAY, "letter", "access", "--issue")


def test_9_an_editor_that_is_not_there(office: Office, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for editor in ("no-such-editor --wait", "'unclosed", "false"):
        monkeypatch.setenv("EDITOR", editor)
        one_sentence(office.on(DAY, "letter", "access", ref, "--edit", code=9), "EDITOR")


def test_a_draft_with_a_placeholder_left_in_it_is_not_taken(
    office: Office, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(MEANWHILE.replace("My own sentence.", "Dear [NAME]").split("subprocess.run")[0], encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script} {ref}")
    one_sentence(office.on(DAY, "letter", "access", "--edit", code=5), "[NAME]")
    assert "NAME" not in office.on(DAY, "letter", "access").out


def test_a_reader_that_goes_away_is_no_failure(office: Office, ref: str) -> None:
    assert office.vault.exists()
    command = ["sh", "-c", '"$0" -m dsar show | true; echo "$?"', sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert done.stderr == ""
    assert ref not in done.stderr


def test_a_mail_that_nobody_classified_waits(office: Office, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(mail("Thu, 05 Mar 2026 09:00:00 +0100", "Hello"))
    office.on(DAY, "received", path)
    shown = office.json(DAY, "show")
    assert shown["next"][0]["id"] == "classify"
    assert shown["next"][0]["command"] == f"dsar classify {ref} 2 KIND"
