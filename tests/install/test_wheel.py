"""The wheel, as a stranger gets it: built, installed with the locked versions into a fresh environment, and run there.

The installation is a real one and takes about twenty seconds. `make test` gives each file to one worker, so that it is
made once and the other workers go on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"


def built(target: str, folder: Path) -> Path:
    """What the build backend makes of this checkout, without asking for anything from outside."""
    run = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


def files_in(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*") if not path.is_dir()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody who has the wheel and nothing else: a home that is empty, and a folder to work in."""

    environment: Path
    home: Path
    work: Path
    temp: Path

    @property
    def library(self) -> Path:
        found = list(self.environment.glob("lib/python*/site-packages")) or [self.environment / "Lib" / "site-packages"]
        return found[0]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        places = ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        env = {
            **kept,
            **dict.fromkeys((*places, "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR"), str(self.home)),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temp)),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PYTHONPYCACHEPREFIX": str(self.environment / "bytecode"),
            "PYTHONUTF8": "1",
        }
        program = self.environment / BIN / "dsar"
        return subprocess.run(
            [str(program), *arguments],
            cwd=self.work,
            env=env,
            text=True,
            encoding="utf-8",
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def everything(self) -> set[Path]:
        """Every file that a run could have touched."""
        return files_in(self.home, self.work, self.temp, self.library / "dsar")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def stranger(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    room = tmp_path_factory.mktemp("stranger")
    environment = room / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    # what a run imports is compiled by the first one, beside the environment: most of what is installed never is
    options = ["--quiet", "--no-compile", "--disable-pip-version-check"]
    pip = [str(environment / BIN / "python"), "-m", "pip", "install", *options]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    places = [room / name for name in ("home", "work", "temp")]
    for place in places:
        place.mkdir()
    home, work, temp = places
    return Stranger(environment=environment, home=home, work=work, temp=temp)


@pytest.fixture(scope="module")
def demo(stranger: Stranger) -> Any:
    before = stranger.everything()
    answer = stranger.json("demo", "--out", "shown")
    written = stranger.everything() - before
    return answer | {"written": written}


def test_the_wheel_carries_every_letter_every_law_file_and_every_layout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    letters = {f"dsar/_letters/{path.relative_to(ROOT / 'letters').as_posix()}" for path in files_in(ROOT / "letters")}
    data = {
        f"dsar/{path.relative_to(ROOT / 'src' / 'dsar').as_posix()}"
        for path in files_in(ROOT / "src" / "dsar")
        if path.suffix in {".toml", ".typ"}
    }
    assert letters
    assert data
    assert letters | data <= names


def test_the_wheel_carries_nothing_that_is_not_dsar(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"dsar"}
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_a_wheel_that_is_built_from_the_source_archive_is_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    source = built("sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    run = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "again")]
    subprocess.run(run, cwd=unpacked, check=True, capture_output=True)
    (again,) = (tmp_path / "again").iterdir()
    assert again.read_bytes() == wheel.read_bytes()


def test_the_installed_letters_are_found_in_every_language(stranger: Stranger) -> None:
    rows = stranger.json("letters", "list")
    shipped = {(path.parent.name, path.name.removesuffix(".md.j2")) for path in (ROOT / "letters").glob("*/*.md.j2")}
    assert {(row["lang"], row["kind"]) for row in rows} == shipped
    assert stranger.run("letters", "check").returncode == 0


def test_the_demo_runs_from_another_folder_and_says_where_everything_is(demo: Any, stranger: Stranger) -> None:
    assert {"case", "letters", "dossier"} <= demo.keys()
    assert {"pdf", "zip", "manifest"} <= demo["dossier"].keys()
    named = [stranger.work / path for path in [*demo["letters"], *demo["dossier"].values()]]
    assert demo["letters"]
    assert all(path.is_file() and path.stat().st_size for path in named)


def test_the_demo_writes_nowhere_else(demo: Any, stranger: Stranger) -> None:
    out = stranger.work / "shown"
    assert demo["written"]
    assert {path for path in demo["written"] if not path.is_relative_to(out)} == set()


def test_the_dossier_of_the_demo_is_verified_with_nothing_but_its_zip(demo: Any, stranger: Stranger) -> None:
    alone = stranger.work / "alone.zip"
    alone.write_bytes((stranger.work / demo["dossier"]["zip"]).read_bytes())
    answer = stranger.json("verify", str(alone))
    assert answer["ok"] is True
    assert answer["problems"] == []


def test_without_a_vault_dsar_says_how_to_begin_and_makes_none(stranger: Stranger) -> None:
    before = stranger.everything()
    done = stranger.run()
    assert "dsar init" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert stranger.everything() == before
