"""The types behind the names of a template: the fields of the brief, and what `fill` adds to them."""

from __future__ import annotations

import types
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from dsar.core.brief import AskedItem, Brief
from dsar.core.parties import Person
from dsar.letters.blocks import Against

Kind = Any  # a type, a generic alias, or Any itself where nothing is known

ADDED: dict[str, Kind] = {
    "lacking": tuple[AskedItem, ...],
    "by_agent": bool,
    "satisfied": bool,
    "signatory": Person,
    "powers": tuple[str, ...],
    "against": tuple[Against, ...],
    "salutation": str,
    "closing": str,
}
RETURNS: dict[str, Kind] = {
    "by_right": tuple[AskedItem, ...],
    "cite": str,
    "decisions": tuple[tuple[str, str], ...],
    "precedent": str,
    "say": str,
    "short": str,
}


@cache
def _names() -> dict[str, Kind]:
    return {**get_type_hints(Brief), **ADDED}


def names() -> dict[str, Kind]:
    """Every variable of a template, with its type."""
    return dict(_names())


def optional(kind: Kind) -> bool:
    """Whether a value of this type may be None."""
    return _origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def _origin(kind: Kind) -> Any:  # noqa: ANN401 - whatever stands before the brackets
    return get_origin(kind)


def present(kind: Kind) -> Kind:
    """The type without None."""
    if not optional(kind):
        return kind
    rest = [one for one in get_args(kind) if one is not type(None)]
    return rest[0] if len(rest) == 1 else Any


@cache
def attribute(kind: Kind, name: str) -> Kind | None:
    """The type of an attribute; None if there is no such attribute."""
    kind = present(kind)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return Any if kind is Any else None
    hints = get_type_hints(kind)
    if name in hints:
        return hints[name]
    found = getattr(kind, name, None)
    if isinstance(found, property) and found.fget is not None:
        return get_type_hints(found.fget).get("return", Any)
    return Any if callable(found) and not name.startswith("_") else None


def element(kind: Kind) -> Kind:
    """The type of the elements of a sequence."""
    arguments = get_args(present(kind))
    if _origin(present(kind)) is tuple and len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004 - tuple[X, ...]
        return arguments[0]
    return Any


def members(kind: Kind, count: int) -> tuple[Kind, ...]:
    """The types of a fixed tuple of `count`, for unpacking."""
    arguments = get_args(kind)
    return arguments if _origin(kind) is tuple and len(arguments) == count else (Any,) * count


def path_exists(path: str) -> bool:
    """Whether a dotted path, as in `needs`, leads to a field."""
    first, *rest = path.split(".")
    kind = names().get(first)
    for name in rest:
        kind = attribute(kind, name) if kind is not None else None
    return kind is not None
