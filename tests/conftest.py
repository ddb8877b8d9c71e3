"""What holds for every test: nobody's real data or keyring is touched, and on a build machine nothing is skipped."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from dsar.paper import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

# The machine may be busy with other tests: an example is judged by its result, not by its milliseconds.
settings.register_profile("dsar", deadline=None)
if not os.environ.get("CI"):  # there, hypothesis has a profile of its own: the same examples at each run
    settings.load_profile("dsar")


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in the place of the user's data."""
    return tmp_path_factory.mktemp("nobody")


@pytest.fixture(autouse=True)
def away_from_the_user(monkeypatch: pytest.MonkeyPatch, nobody: Path) -> None:
    """No vault, key or setting of the person who runs the tests is seen, and the keyring is one that always fails."""
    for name in [name for name in os.environ if name.startswith("DSAR_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(nobody))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a PDF is read by a process of its own; one for each paper, however many tests file the same slip.

    What tests that process (tests/paper) has imported the real function, and always starts one.
    """
    monkeypatch.setattr(pdf_text, "text_of", _text_of)


_text_of = cache(pdf_text.text_of)


def _skipped(config: pytest.Config) -> list[pytest.TestReport | pytest.CollectReport]:
    """The skipped tests of a build machine, which has everything they need; elsewhere they may be skipped."""
    if not os.environ.get("CI") or hasattr(config, "workerinput"):
        return []
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", [])) if reporter is not None else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped on a build machine fails the run."""
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests were skipped, and why the run failed."""
    skipped = _skipped(config)
    if skipped:
        terminalreporter.section("skipped where nothing may be: see .ci/run for what must be installed", red=True)
        for report in skipped:
            why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            terminalreporter.line(f"{report.nodeid}: {why}")
