"""Lines of JSON from outside: objects of exactly the keys and types that dsar writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.vault.parcel import Source

Line = dict[str, Any]


def objects(source: Source, name: str) -> Iterator[Line]:
    """The objects in one file of an export; BadParcelError if a line is none."""
    for line in source.lines(name):
        try:
            value = json.loads(line)
        except ValueError:
            raise source.bad(f"{name} has a line that is no JSON") from None
        if not isinstance(value, dict):
            raise source.bad(f"{name} has a line that is no object")
        yield value


def values(source: Source, line: Line, **kinds: type | tuple[type, ...]) -> list[Any]:
    """The values of exactly these keys, each of its type."""
    if line.keys() != kinds.keys():
        raise source.bad("a line has other keys than dsar writes")
    for name, kind in kinds.items():
        if not isinstance(line[name], kind) or isinstance(line[name], bool):
            raise source.bad(f"“{name}” has a value of another kind than dsar writes")
    return [line[name] for name in kinds]
