"""One spelling for every value that is hashed, so that a hash can be computed again by anybody with this page."""

from __future__ import annotations

import hashlib
import json

from dsar.errors import InputError

GENESIS = "0" * 64
"""What the first link of a chain names as its predecessor."""


class UnstorableTextError(InputError):
    """A short text has bytes in it that are no characters."""

    sentence = "The {what} is not readable text: write it again in plain characters."


def canonical(value: object) -> str:
    """JSON in its one spelling: sorted keys, no spaces, ASCII only. A lone surrogate (a file name) survives escaped."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(*parts: object) -> str:
    """SHA-256, in lower-case hex, of the canonical JSON list of `parts`."""
    return hashlib.sha256(canonical(parts).encode("ascii")).hexdigest()


def storable(what: str, text: str) -> str:
    """`text`, if it can stand in a column; raises UnstorableTextError, which names it as `what`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnstorableTextError(what=what) from None
    return text
