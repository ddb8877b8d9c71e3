"""Programs of this machine that help with files from outside: in a private folder, without a network, within limits."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MEMORY: Final = 4 * 1024**3
# Ends itself within a limit of memory and of computing, then becomes the program.
_LIMITED: Final = (
    "import os, resource, sys; memory, seconds = int(sys.argv[1]), int(sys.argv[2]); "
    "resource.setrlimit(resource.RLIMIT_AS, (memory, memory)); "
    "resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)); os.execvp(sys.argv[3], sys.argv[3:])"
)
# Linux gives a process a network of its own, in which there is nobody.
_ALONE: Final = ("unshare", "--map-root-user", "--net", "--")


@cache
def can_isolate() -> bool:
    """Whether this machine can run a program without a network: nothing is run where it cannot."""
    if shutil.which(_ALONE[0]) is None or shutil.which("true") is None:
        return False
    return subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603 - our words


def found(*names: str) -> str | None:
    """The first of these programs that is installed and may be run."""
    path = next((path for name in names if (path := shutil.which(name)) is not None), None)
    return path if path is not None and can_isolate() else None


def run(command: Sequence[str], folder: Path, *, seconds: int) -> bool:
    """Run a program in `folder`, its home and its only place; whether it ended well. It is gone afterwards.

    It sees no secret of the environment and no network, and is ended after `seconds`.
    """
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        # what a program writes the present instant into: the same input gives the same bytes
        "SOURCE_DATE_EPOCH": "0",
        # one processor: two would wait for each other where others work too
        "OMP_THREAD_LIMIT": "1",
    }
    limited = [sys.executable, "-I", "-S", "-c", _LIMITED, str(_MEMORY), str(seconds), *_ALONE, *command]
    with subprocess.Popen(  # noqa: S603 - a program found by its name, with paths of our own
        limited,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(timeout=seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            # with whatever it started
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
