"""`$EDITOR` on a draft: in a private folder that is gone afterwards, also if the editor or dsar itself is killed."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass

from dsar.errors import MissingProgramError
from dsar.paper.private import private_folder


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
    with private_folder() as folder:
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
