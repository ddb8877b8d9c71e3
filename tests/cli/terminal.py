"""A terminal with a person at it: `dsar` runs on a pseudo terminal and gets what is typed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def typed(*arguments: str | Path, lines: tuple[str, ...] = (), env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code of a command, and what stood on the screen; `lines` are typed ahead."""
    ours, theirs = pty.openpty()
    whole = {**os.environ, "TERM": "xterm-256color", **(env or {})}
    command = [sys.executable, "-m", "dsar", *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=whole) as child:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in lines).encode())
        screen = b"".join(_read(ours))
        child.wait(timeout=60)
    os.close(ours)
    return child.returncode, screen.decode().replace("\r\n", "\n")


def _read(terminal: int) -> list[bytes]:
    """Everything until the program has closed the terminal, which Linux reports as an error of input."""
    found: list[bytes] = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            return found
        if not piece:
            return found
        found.append(piece)
