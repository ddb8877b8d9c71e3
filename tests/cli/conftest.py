"""What holds for every test of the command line: an empty home, an empty folder to work in, and a key file."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from .office import WORKER, Office
from .papers import pdf

if TYPE_CHECKING:
    from pathlib import Path

HOMES = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture(autouse=True)
def somewhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's folders, the temporary folder and the current one are new and empty."""
    for name in ("home", "temp", "here", "safe"):
        (tmp_path / name).mkdir()
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(tmp_path / "here")
    for name in ("NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office without a vault yet."""
    place = Office(tmp_path / "safe", capsys)
    monkeypatch.setenv("DSAR_VAULT", str(place.vault))
    monkeypatch.setenv("DSAR_KEY_FILE", str(place.key))
    monkeypatch.setenv("DSAR_USER", WORKER)
    return place


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """The slip of a registered letter."""
    path = tmp_path / "slip.pdf"
    path.write_bytes(pdf("Registered letter", "delivered"))
    return path
