"""The process that reads the text layer of a PDF from outside: it may crash, hang or swell, and is alone.

`python -m dsar.paper.pdf_text_child`: a PDF on its standard input, its text in UTF-8 on its standard output.
"""

from __future__ import annotations

import io
import logging
import sys

MOST_CHARACTERS = 400_000
_MEMORY = 1024**3
_SECONDS = 7


def main() -> int:
    """Write the text of each page until there is enough; 0 if the document could be opened."""
    from pypdf import PdfReader  # noqa: PLC0415 - after the limits are set
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - as above

    logging.disable()
    left = MOST_CHARACTERS
    try:
        for page in PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages:
            text = page.extract_text()[:left]
            sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
            left -= len(text)
            if left <= 0:
                break
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError):
        # what was read of a damaged document is still worth finding
        return 0 if left < MOST_CHARACTERS else 1
    return 0


def limit() -> None:
    """Let the system end this process before it takes the machine; Windows has no such limits, only the time."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    limit()
    sys.exit(main())
