"""`$EDITOR` on a draft: in a private folder that is gone afterwards, also if the editor or dsar itself is killed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The text as the user left it, and whether the editor ended with an error."""

    text: str
    failed: bool = False


def edit(text: str, *, name: str) -> Edited:
    """The text as the user left it: also where the editor ended with an error after it had changed the text.

    Raises:
        NoEditorError: the editor cannot be started, or ended with an error and changed nothing.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with _private_folder() as folder:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        try:
            failed = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode != 0  # noqa: S603 - the user's own editor
            left = _decoded(path.read_bytes())
        except (OSError, ValueError) as error:
            raise NoEditorError(editor=editor) from error
        if failed and left in {"", text}:
            raise NoEditorError(editor=editor)
        return Edited(text=left, failed=failed)


def _decoded(data: bytes) -> str:
    """What the editor wrote; one that writes no UTF-8 writes the encoding of western Windows, and nothing is lost."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder that only its owner can enter: a draft is personal data, and must not outlive even a kill -9."""
    with tempfile.TemporaryDirectory(prefix="dsar-") as folder:
        command = [sys.executable, "-I", "-S", "-c", _GUARD, folder]
        # in a session of its own, so that Ctrl-C in the terminal does not end it first
        with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):  # noqa: S603 - our own words
            yield Path(folder)
