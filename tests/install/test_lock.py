"""The locked versions: complete, hashed, and silent about where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, BUILD, DEV = "requirements.txt", "requirements-build.txt", "requirements-dev.txt"
LOCKS = (RUN, BUILD, DEV)


def lines(lock: str) -> list[str]:
    """The logical lines: continued ones joined, comments left out."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def pins(lock: str) -> dict[str, Requirement]:
    found = [Requirement(line.split(" --hash=")[0]) for line in lines(lock)]
    return {canonicalize_name(one.name): one for one in found}


def version(pin: Requirement) -> str:
    (only,) = pin.specifier
    assert only.operator == "=="
    return only.version


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked(group: str) -> list[Requirement]:
    entries = project()["dependency-groups"][group]
    own = [Requirement(entry) for entry in entries if isinstance(entry, str)]
    return own + [one for entry in entries if isinstance(entry, dict) for one in asked(entry["include-group"])]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not [line for line in lines(lock) if line.startswith("-")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_to_one_version_and_to_its_hashes(lock: str) -> None:
    assert lines(lock)
    for line in lines(lock):
        assert re.fullmatch(r"[a-z0-9-]+==[^ ]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+", line), line


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUN, [Requirement(one) for one in project()["project"]["dependencies"]]),
        (BUILD, [*asked("build"), *map(Requirement, project()["build-system"]["requires"])]),
        (DEV, [*asked("dev"), *map(Requirement, project()["project"]["dependencies"])]),
    ],
)
def test_what_the_project_asks_for_is_locked_and_allowed(lock: str, wanted: list[Requirement]) -> None:
    known = pins(lock)
    for need in wanted:
        assert need.specifier.contains(version(known[canonicalize_name(need.name)])), need


def test_the_three_locks_agree() -> None:
    everything = {name: version(pin) for name, pin in pins(DEV).items()}
    for lock in (RUN, BUILD):
        for name, pin in pins(lock).items():
            assert everything[name] == version(pin)


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("secretstorage", {"sys_platform": "linux"}),
        ("jeepney", {"sys_platform": "linux"}),
        ("pywin32-ctypes", {"sys_platform": "win32"}),
        ("colorama", {"sys_platform": "win32"}),
        ("backports-tarfile", {"python_full_version": "3.11.9"}),
    ],
)
def test_what_one_system_needs_is_locked_for_it_alone(name: str, environment: dict[str, str]) -> None:
    marker = pins(RUN)[name].marker
    assert marker is not None
    elsewhere = {"sys_platform": "darwin", "python_full_version": "3.13.1"}
    assert marker.evaluate({**elsewhere, **environment})
    assert not marker.evaluate(elsewhere)
