"""A folder for what must not be seen nor outlive its use: drafts in an editor, exhibits while they are bound."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Waits for the end of its input, which comes when dsar closes it or dies, and then takes the folder away
_GUARD = "import shutil, sys; sys.stdin.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"


@contextmanager
def private_folder(within: Path | None = None) -> Iterator[Path]:
    """A folder that only its owner can enter (0700), gone afterwards, even after a kill -9.

    `within` is the folder to make it in, so that what is ready can be moved and need not be copied.
    """
    with tempfile.TemporaryDirectory(prefix=".dsar-" if within else "dsar-", dir=within) as folder:
        command = [sys.executable, "-I", "-S", "-c", _GUARD, folder]
        # in a session of its own, so that Ctrl-C in the terminal does not end it first
        with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):  # noqa: S603 - our own words
            yield Path(folder)
