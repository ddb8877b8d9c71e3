"""One replay in each language, shared by all tests: they only look at what it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from dsar.demo.replay import Result, replay

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a replay made, and where."""

    lang: str
    out: Path
    result: Result

    def files(self, *endings: str) -> dict[str, bytes]:
        found = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in found
            if not endings or path.suffix in endings
        }


@pytest.fixture(scope="session", params=["fr", "en"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    out = tmp_path_factory.mktemp(f"demo-{request.param}") / "out"
    return Shown(lang=request.param, out=out, result=replay(out, request.param))
