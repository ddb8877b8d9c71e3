"""Facts as they are written down: plain JSON values, tagged with the kind of fact, strict in both directions.

A value of a union carries `kind`, its class name in kebab-case: `{"kind": "sent", "letter": 2, ...}`. Dates are ISO
8601. Unknown keys, missing keys and values of another type are refused, so that nothing is read that was not written.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import types
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from dsar.core.events import Event, Issued
from dsar.core.parties import Evidence
from dsar.errors import InputError
from dsar.vault.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cattrs import Converter

VERSION = 1
"""The version of this spelling; every row says in which one it was written."""

# `Issued` has a field of its own named like the tag.
_RENAMED: dict[type, dict[str, str]] = {Issued: {"kind": "letter_kind"}}

_T = TypeVar("_T")


class UnreadableFactError(InputError):
    """A stored value does not have the shape of its kind."""

    sentence = "A stored fact cannot be read: run `dsar vault verify` to see which, and restore a backup."


class NewerFactError(InputError):
    """A row was written in a later spelling."""

    sentence = "A stored fact was written by a newer dsar: install that version to read it."


def tag(kind: type) -> str:
    """The name of a class on the wire: `IdentityRefused` is `identity-refused`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", kind.__name__).lower()


def to_plain(value: object) -> Any:  # noqa: ANN401 - JSON has no static type
    """A dataclass of the core as JSON-plain values (untagged at the top: the reader knows what it asks for)."""
    return _converter().unstructure(value)


def from_plain(plain: object, kind: type[_T]) -> _T:
    """The reverse of `to_plain`; UnreadableFactError unless every key and type fits."""
    value: _T = _structure(plain, kind)
    return value


def encode(event: Event) -> str:
    """A fact as canonical JSON."""
    return canonical(_converter().unstructure(event, Event))


def decode(body: str, version: int) -> Event:
    """The fact in a row; UnreadableFactError or NewerFactError if it cannot be one."""
    if version > VERSION:
        raise NewerFactError
    try:
        plain = json.loads(body)
    except ValueError as error:
        raise UnreadableFactError from error
    event: Event = _structure(plain, Event)
    return event


def evidence_in(value: object) -> Iterator[Evidence]:
    """Every piece of evidence named anywhere inside a fact."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from evidence_in(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from evidence_in(getattr(value, field.name))


def _structure(plain: object, kind: Any) -> Any:  # noqa: ANN401 - JSON has no static type
    try:
        return _converter().structure(plain, kind)
    except Exception as error:
        # cattrs raises classes of its own for extra keys and literals; Python's for the rest. All mean the same here.
        raise UnreadableFactError from error


@functools.cache
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 - heavy (60 ms), and lists read the projection without it
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override  # noqa: PLC0415 - heavy, loaded on use

    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    for primitive in (str, int, bool):
        converter.register_structure_hook(primitive, functools.partial(_exactly, primitive))
    converter.register_structure_hook(date, _read_date)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook_factory(_is_tagged, lambda union: _reader(converter, union))
    converter.register_unstructure_hook_factory(_is_tagged, lambda _union: functools.partial(_write, converter))
    for kind, names in _RENAMED.items():
        renames = {field: override(rename=name) for field, name in names.items()}
        writer: Any = make_dict_unstructure_fn(kind, converter, **renames)  # type: ignore[arg-type]  # named overrides
        converter.register_unstructure_hook(kind, writer)
        converter.register_structure_hook(
            kind,
            make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **renames),  # type: ignore[arg-type]  # as above
        )
    return converter


def _alternatives(kind: object) -> dict[str, type]:
    """The members of a union of dataclasses by tag; empty for anything else."""
    if get_origin(kind) not in (Union, types.UnionType):
        return {}
    members = [member for member in get_args(kind) if member is not types.NoneType]
    if len(members) == 1 or not all(dataclasses.is_dataclass(member) for member in members):
        return {}
    return {tag(member): member for member in members}


def _is_tagged(kind: object) -> bool:
    return bool(_alternatives(kind))


def _reader(converter: Converter, union: object) -> Any:  # noqa: ANN401 - JSON has no static type
    members = _alternatives(union)
    optional = types.NoneType in get_args(union)

    def read(plain: Any, _union: object) -> object:  # noqa: ANN401 - JSON has no static type
        if plain is None and optional:
            return None
        rest = dict(plain)
        return converter.structure(rest, members[rest.pop("kind")])

    return read


def _write(converter: Converter, value: object) -> object:
    return None if value is None else {"kind": tag(type(value)), **converter.unstructure(value)}


def _exactly(primitive: type, value: object, _kind: object) -> object:
    # `bool` is an `int` to Python, and cattrs would read "false" as true.
    if type(value) is not primitive:
        raise TypeError(primitive.__name__)
    return value


def _read_date(value: object, _kind: object) -> date:
    if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
        raise ValueError("no ISO date")
    return date.fromisoformat(value)
