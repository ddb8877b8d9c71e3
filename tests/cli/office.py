"""A case worker's office for a test: a vault with its key file, and two ways to run `dsar` in it.

In this process (`office.on`, `office.json`) where only the result matters, as a process (`process`) where exit codes,
streams and the environment are the subject.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dsar.cli import run
from dsar.cli.app import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

WORKER = "worker-1"
_NEXT = re.compile(r"^Next: .*?\bdsar (?P<words>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Said:
    """What a command printed."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Office:
    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def vault(self) -> Path:
        return self.folder / "vault.dsar"

    @property
    def key(self) -> Path:
        return self.folder / "vault.key"

    def run(self, *arguments: str | Path, code: int = 0) -> Said:
        """Run a command in this process; it must end with that exit code."""
        self.capsys.readouterr()
        ended = run([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        assert ended == code, f"dsar {arguments} ended with {ended}\n{out}\n{err}"
        assert "Traceback" not in err
        return Said(ended, out, err)

    def on(self, day: str, *arguments: str | Path, code: int = 0) -> Said:
        """As `run`, on a day; the command that it names as next must exist, with its options."""
        said = self.run("--as-of", day, *arguments, code=code)
        for found in _NEXT.finditer(said.all):
            self.exists(found["words"])
        return said

    def json(self, day: str, *arguments: str | Path, code: int = 0) -> Any:
        """The one JSON document of a command."""
        return json.loads(self.run("--as-of", day, "--json", *arguments, code=code).out)

    def exists(self, words: str) -> None:
        """That a command line as `dsar` suggests it names a command, and options that this command has."""
        first, *rest = words.split()
        assert first in COMMANDS, words
        named = [first, *[word for word in rest[:1] if first in {"campaign", "code", "subject", "mandate", "vault"}]]
        known = self.run(*named, "--help").out
        for option in re.findall(r"(?<!\S)--[a-z-]+", words):
            assert option in known, f"{words}: {option} is no option of dsar {' '.join(named)}"

    def init(self, day: str, *, language: str = "en", name: str = "Ana Agent", more: tuple[str, ...] = ()) -> Said:
        """Make the vault of somebody who lives in Paris."""
        where = ("--country", "FR", "--address", "1 rue du Moulin", "--address", "75001 Paris")
        return self.on(day, "init", "--name", name, "--email", "ana@ngo.example", "--language", language, *where, *more)

    def request(self, day: str, *more: str, name: str = "Miroir SAS") -> str:
        """Open a case against a French company of one's own; its reference."""
        where = ("--email", "dpo@miroir.example", "--address", "5 rue Neuve", "--address", "69001 Lyon")
        made = self.json(day, "request", "--name", name, *where, "--country", "FR", *more)
        return str(made["ref"])

    def waiting(self, *, issued: str = "2026-03-03", proof: Path) -> str:
        """A case whose request was sent on that day and arrived three days later, with a slip; its reference."""
        ref = self.request(issued)
        self.on(issued, "letter", "access", ref, "--issue")
        self.on(issued, "sent", ref, "--on", issued, "--via", "registered", "--proof", proof)
        arrived = f"{issued[:-2]}{int(issued[-2:]) + 3:02}"
        self.on(arrived, "delivered", ref, "--on", arrived, "--proof", proof)
        return ref


def process(
    *arguments: str | Path,
    env: Mapping[str, str | None] | None = None,
    cwd: Path | None = None,
    text: str | None = None,
) -> Said:
    """Run `dsar` as a process without a terminal; `env` is added to the environment (None takes a name away).

    A command that waits for an answer that nobody can give is ended after a minute, and the test fails.
    """
    added = dict(env or {})
    whole = {name: value for name, value in {**os.environ, **added}.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-m", "dsar", *map(str, arguments)],
        env=whole,
        cwd=cwd,
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
