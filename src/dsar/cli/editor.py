"""`$EDITOR` on a draft: in a private folder that is gone afterwards, also if the editor or dsar itself is killed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dsar.errors import MissingProgramError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Waits for the end of its input, which comes when dsar closes it or dies, and then takes the folder away
_GUARD = "import shutil, sys; sys.stdin.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"


class NoEditorError(MissingProgramError):
    """There is no editor, or it failed."""

    sentence = "The editor “{editor}” did not work: set EDITOR to a text editor that is installed."


def edit(text: str, *, name: str) -> str:
    """The text as the user left it.

    Raises:
        NoEditorError: the editor cannot be started, or ended with an error.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with _private_folder() as folder:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the user's own editor
        except (OSError, subprocess.CalledProcessError, ValueError) as error:
            raise NoEditorError(editor=editor) from error
        return path.read_text(encoding="utf-8")


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder that only its owner can enter: a draft is personal data, and must not outlive even a kill -9."""
    with tempfile.TemporaryDirectory(prefix="dsar-") as folder:
        command = [sys.executable, "-I", "-S", "-c", _GUARD, folder]
        # in a session of its own, so that Ctrl-C in the terminal does not end it first
        with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):  # noqa: S603 - our own words
            yield Path(folder)
