"""The files of this checkout: what the project keeps, without what was made from it."""

from __future__ import annotations

import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("src", "tests", "benchmarks", "stubs")


@cache
def kept() -> tuple[Path, ...]:
    """Every file that is not ignored; asked of the tree itself, so that an unpacked archive is checked too."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [".git", *(pattern.rstrip("/") for pattern in ignored)]
    return tuple(sorted(_walk(ROOT, patterns)))


def _walk(folder: Path, patterns: list[str]) -> list[Path]:
    found = []
    for path in folder.iterdir():
        if any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns):
            continue
        found += _walk(path, patterns) if path.is_dir() else [path]
    return found


def python(*folders: str) -> tuple[Path, ...]:
    """The Python files of the given top folders."""
    return tuple(path for path in kept() if path.suffix in {".py", ".pyi"} and name(path).split("/")[0] in folders)


def name(path: Path) -> str:
    """A path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    """The text of a file; an empty one for what is no text (a picture, a PDF)."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")
