"""TOML texts as tables, each parsed once: a campaign reads the same words and front matter for many letters."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=512)
def tables(text: str) -> dict[str, Any]:
    """What the text of a TOML file says; shared by all who ask, so nobody may change it.

    Raises:
        TOMLDecodeError: it is no TOML.
    """
    return tomllib.loads(text)
