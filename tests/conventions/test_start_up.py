"""Start-up is a feature: what a list or a help page does not need is not loaded. We assert modules, never times."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# each costs 10 to 100 ms, and neither a help page nor a list of cases needs it
HEAVY = (
    *("PIL", "cattrs", "cryptography", "dateutil", "holidays", "jinja2", "keyring", "lxml"),
    *("markdown_it", "pikepdf", "pydantic", "rich.table", "typst"),
)

# what a list rests on is the projection: the facts, the law and the letters' templates are for commands about a case
FACTS = ("dsar.core.events", "dsar.core.fold", "dsar.vault.wire", "dsar.lawbook", "dsar.letters.jinja")

# runs one command in this process, then writes down what it has loaded
PROBE = """
import json, sys
from pathlib import Path
kept, sys.argv = sys.argv[1], ["dsar", *sys.argv[2:]]
from dsar.cli import main
try:
    main()
except SystemExit as done:
    Path(kept).write_text(json.dumps({"code": done.code, "modules": sorted(sys.modules)}))
"""


class Office:
    """A vault with one case whose letter has left and arrived, opened with a key file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DSAR_")},
            "DSAR_VAULT": str(folder / "vault.dsar"),
            "DSAR_KEY_FILE": str(folder / "vault.key"),
            "DSAR_TODAY": "2026-03-05",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def loaded(self, *arguments: str) -> set[str]:
        """The modules that a command has loaded when it is done."""
        kept = self.folder / "loaded.json"
        run = [sys.executable, "-c", PROBE, str(kept), *arguments]
        done = subprocess.run(run, env=self.env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        answer = json.loads(kept.read_text(encoding="utf-8"))
        assert answer["code"] == 0, done.stderr
        assert done.stdout
        return set(answer["modules"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("office"))
    who = ["--name", "Nina Ferrand", "--email", "nina@ferrand.example", "--country", "FR", "--language", "en"]
    made.loaded("init", *who, "--address", "3 rue des Lilas", "--address", "75020 Paris")
    them = ["--name", "Clearface AI, Inc.", "--email", "privacy@clearface.example", "--country", "US"]
    made.loaded("request", *them, "--right", "access")
    made.loaded("letter", "access", "--issue", "--yes")
    made.loaded("sent", "--on", "2026-03-05", "--via", "email")
    made.loaded("delivered", "--on", "2026-03-05", "--yes")
    return made


def heavy(modules: set[str]) -> list[str]:
    return [name for name in HEAVY if name in modules]


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["agenda"], ["agenda", "--json"], []])
def test_a_plain_command_loads_nothing_heavy(office: Office, command: list[str]) -> None:
    loaded = office.loaded(*command)
    assert "typer" in loaded
    assert heavy(loaded) == []


def test_the_agenda_reads_the_real_vault(office: Office) -> None:
    # else the test above could pass because nothing was read
    loaded = office.loaded("agenda")
    assert "sqlcipher3" in loaded
    assert "dsar.vault.vault" in loaded


@pytest.mark.parametrize("command", [["agenda"], ["agenda", "--json"], []])
def test_a_list_reads_the_projection_and_nothing_of_the_facts(office: Office, command: list[str]) -> None:
    loaded = office.loaded(*command)
    assert [name for name in FACTS if name in loaded] == []


def test_help_opens_no_vault_and_imports_no_command(office: Office) -> None:
    loaded = office.loaded("--help")
    assert "sqlcipher3" not in loaded
    assert [name for name in loaded if name.startswith(("dsar.desk", "dsar.letters", "dsar.vault", "dsar.paper"))] == []
