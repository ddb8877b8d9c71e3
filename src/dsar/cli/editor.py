"""`$EDITOR` on a draft: in a private folder that is gone afterwards, also after a crash of the editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from dsar.errors import MissingProgramError


class NoEditorError(MissingProgramError):
    """There is no editor, or it failed."""

    sentence = "The editor “{editor}” did not work: set EDITOR to a text editor that is installed."


def edit(text: str, *, name: str) -> str:
    """The text as the user left it.

    Raises:
        NoEditorError: the editor cannot be started, or ended with an error.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    # A folder that only its owner can enter: the draft is personal data
    with tempfile.TemporaryDirectory(prefix="dsar-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the user's own editor
        except (OSError, subprocess.CalledProcessError, ValueError) as error:
            raise NoEditorError(editor=editor) from error
        return path.read_text(encoding="utf-8")
