"""The text layer of a PDF from outside, read by a process of its own that may crash, hang or swell."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

MOST_BYTES: Final = 64 * 1024**2
"""A larger PDF is kept, and its text is not read."""
_SECONDS: Final = 8


def text_of(data: bytes) -> str:
    """The words of a PDF, page after page; empty where there are none, or where it cannot be read in a few seconds."""
    if len(data) > MOST_BYTES:
        return ""
    # it needs no secret, and what it says of a document is no business of the terminal
    env = {key: value for key, value in os.environ.items() if not key.startswith("DSAR_")}
    command = [sys.executable, "-m", "dsar.paper.pdf_text_child"]
    try:
        done = subprocess.run(  # noqa: S603 - this very program, with no argument from outside
            command, env=env, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if not done.returncode else ""
