"""A privacy tool leaves nothing lying about: one word, written through every field, is found in no file afterwards.

Only the outputs that were asked for hold it. Searched are the vault with its write-ahead log and its key slots, the
user's folders, the temporary folder and the current one; also while a command runs and after it was killed.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from .office import process
from .papers import mail, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .office import Office, Said

WORD = "Papagenoqzx"
DAY, LATE = "2026-03-05", "2026-04-20"
EDITED = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
path.write_text(path.read_text(encoding="utf-8") + "\\nPapagenoqzx sings.\\n", encoding="utf-8")
"""
WAITING = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
path.write_text(path.read_text(encoding="utf-8") + "\\nPapagenoqzx sings.\\n", encoding="utf-8")
print("open", path.parent, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    """The vault is opened with a passphrase that holds the word, which also says who writes."""
    assert not office.vault.exists()
    monkeypatch.delenv("DSAR_KEY_FILE")
    monkeypatch.setenv("DSAR_PASSPHRASE", f"three {WORD} birds")
    monkeypatch.setenv("DSAR_USER", WORD)


def searched(tmp_path: Path) -> list[Path]:
    """Every file that nobody asked for: not the papers that came in, not the outputs."""
    places = [tmp_path / name for name in ("safe", "home", "temp", "here")]
    return [path for place in places for path in place.rglob("*") if path.is_file()]


def spellings() -> Iterator[bytes]:
    """The word as it could stand in a file: plain, in UTF-16, and in base64 at each of its three alignments."""
    plain = WORD.encode()
    yield plain
    yield plain.lower()
    yield WORD.encode("utf-16-le")
    for shift in range(3):
        yield base64.b64encode(bytes(shift) + plain)[4:-4]


def check(tmp_path: Path) -> None:
    for path in searched(tmp_path):
        assert WORD.lower() not in path.name.lower()
        data = path.read_bytes()
        assert not [word for word in spellings() if word in data], path


def run(*arguments: str | Path, day: str = DAY, env: Mapping[str, str | None] | None = None) -> Said:
    said = process("--as-of", day, *arguments, env=env)
    assert said.code == 0, said.err
    return said


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the vault of the first test that opened one is kept for the others."""
    return tmp_path_factory.mktemp("first")


def opened(tmp_path: Path, first: Path) -> Path:
    """A vault with a case in which every field holds the word; the folder of the papers that came in."""
    papers = tmp_path / "papers"
    papers.mkdir()
    if list(first.iterdir()):
        copytree(first, tmp_path / "safe", dirs_exist_ok=True)
        return papers
    where = ("--email", f"{WORD}@person.example", "--address", f"1 rue {WORD}", "--country", "FR")
    run("init", "--name", f"Ana {WORD}", *where, "--language", "en", "--organisation", WORD)
    run("subject", "add", "--name", f"Zoé {WORD}", *where)
    own = ("--name", f"{WORD} SAS", "--email", f"dpo@{WORD}.example", "--address", WORD, "--country", "FR")
    known = ("--id-data", f"username={WORD}", "--question", f"Why {WORD}?", "--purpose", f"for {WORD}")
    run("request", *own, *known)
    copytree(tmp_path / "safe", first, dirs_exist_ok=True)
    return papers


def test_the_word_is_in_no_file_that_nobody_asked_for(tmp_path: Path, office: Office, first: Path) -> None:
    papers = opened(tmp_path, first)
    out = tmp_path / "out"
    out.mkdir()
    person = next(line for line in run("subject", "list").out.splitlines() if "Zoé" in line).split()[0]
    against = ("--controller", "clearview-ai", "--processing", WORD)
    run("mandate", "new", "--for", person, *against, "--out", out / "mandate.pdf")
    slip, answer = papers / f"{WORD}.pdf", papers / f"{WORD}.eml"
    slip.write_bytes(pdf(f"Slip {WORD}"))
    demand = mail("Mon, 09 Mar 2026 10:00:00 +0100", f"{WORD}?", subject=WORD, attached=pdf(WORD))
    answer.write_bytes(demand)
    (tmp_path / "editor.py").write_text(EDITED, encoding="utf-8")
    editor = {"EDITOR": f"{sys.executable} {tmp_path / 'editor.py'}"}
    assert WORD in run("letter", "access", "--edit", env=editor).out
    ref = run("letter", "access", "--issue", "--out", out).out.split("case ")[1].split(":")[0]
    run("sent", "--on", DAY, "--via", "post", "--tracking", WORD, "--proof", slip)
    run("delivered", "--on", DAY, "--proof", slip)
    run("note", ref, f"a note on {WORD}")
    run("assign", ref, WORD)
    run("received", ref, answer, "--as", "identity-demand", "--item", WORD, "--note", WORD, day=LATE)
    run("identity", "--gave", WORD, "--refused", f"the {WORD}", "--via", WORD, "--on", LATE, day=LATE)
    run("identity", "--judge", "unjustified", "--because", WORD, day=LATE)
    run("received", ref, answer, "--on", LATE, "--as", "refusal", "--ground", WORD, day=LATE)
    run("review", "--rest", "missing", "--note", f"purposes={WORD}", "--fault", f"no-legal-basis={WORD}", day=LATE)
    run("complaint", "--authority", "fr-cnil", "--on", LATE, "--ref", WORD, day=LATE)
    run("dossier", "--out", out, day=LATE)
    for shown in ("show", "why", "next", "agenda"):
        run(shown, day=LATE)
    run("vault", "backup", tmp_path / "safe" / "copy.dsar")
    assert process("show", ref, f"--{WORD}").code == 2
    assert process("show", WORD).code == 3
    assert process("show", env={"DSAR_PASSPHRASE": f"wrong {WORD}"}).code == 6
    assert WORD in run("show", day=LATE).out
    names = {path.name for path in searched(tmp_path)}
    assert {"vault.dsar", "vault.dsar.keys", "copy.dsar", "copy.dsar.keys"} <= names
    check(tmp_path)
    assert office.vault.stat().st_size > 100_000


def test_what_is_written_beside_the_vault_while_it_is_open_is_encrypted(
    tmp_path: Path, office: Office, first: Path
) -> None:
    papers = opened(tmp_path, first)
    (papers / "large.txt").write_text(f"{WORD} " * 300_000, encoding="utf-8")
    seen = set()
    command = [sys.executable, "-m", "dsar", "--as-of", DAY, "received", str(papers / "large.txt"), "--on", DAY]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ)) as child:
        while child.poll() is None:
            seen |= {path.name for path in office.folder.iterdir()}
            check_open_files(tmp_path)
    assert child.returncode == 0
    assert {"vault.dsar-wal", "vault.dsar-shm"} <= seen
    check(tmp_path)


def check_open_files(tmp_path: Path) -> None:
    """As `check`, while files come and go."""
    for path in searched(tmp_path):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        assert WORD.encode() not in data, path


def test_a_killed_command_leaves_nothing_in_plain(tmp_path: Path, office: Office, first: Path) -> None:
    papers = opened(tmp_path, first)
    (papers / "large.txt").write_text(f"{WORD} " * 300_000, encoding="utf-8")
    command = [sys.executable, "-m", "dsar", "--as-of", DAY, "received", str(papers / "large.txt"), "--on", DAY]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ)) as child:
        # as soon as it has begun to write
        while child.poll() is None and _size(office.folder / "vault.dsar-wal") < 100_000:
            pass
        child.kill()
    check(tmp_path)
    assert run("vault", "verify").out.startswith("ok")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_a_draft_in_the_editor_does_not_outlive_a_kill(tmp_path: Path, office: Office, first: Path) -> None:
    opened(tmp_path, first)
    (tmp_path / "editor.py").write_text(WAITING, encoding="utf-8")
    env = {**os.environ, "EDITOR": f"{sys.executable} {tmp_path / 'editor.py'}"}
    command = [sys.executable, "-m", "dsar", "--as-of", DAY, "letter", "access", "--edit"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        word, folder = child.stdout.readline().split()
        assert word == "open"
        with pytest.raises(AssertionError, match="temp"):
            check(tmp_path)  # it lies there for as long as the editor needs it, for its owner only
        assert Path(folder).stat().st_mode & 0o777 == 0o700
        child.kill()
        child.stdin.close()  # ends the editor
        assert child.stdout.read() == ""  # waits until the last one who holds it has gone
    check(tmp_path)
    assert list((tmp_path / "temp").iterdir()) == []
    assert "sings" not in run("letter", "access").out
    assert office.vault.exists()
