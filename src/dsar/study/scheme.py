"""The coding scheme: the variables that a coder judges, from the shipped file and an organisation's own ones.

The log's facts are no variables: a scheme that gives one of their names is refused. An organisation's file adds
variables and changes none, so that a coding stays what it was; the version changes with any definition.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dsar.errors import InputError
from dsar.study.scheme_facts import GATES, reserved
from dsar.study.scheme_shape import GROUP, MOST, SchemeFileError, Table, codes_of, read_when, tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dsar.core.coding import Code

SHIPPED = "scheme.toml"
OWN = "x-"
"""How the ids of an organisation's own variables and groups begin: the shipped file never uses such ids."""


class NoSchemeFileError(InputError):
    """A file of a scheme cannot be read at all."""

    sentence = "{file}: {why}: give a file of a coding scheme, TOML in UTF-8 (docs/ngo.md shows one)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Variables that are coded together; `source` names the studies they come from."""

    id: str
    title: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """All variables in the order in which they are asked. `version` changes with any definition."""

    version: str
    groups: tuple[Group, ...]
    codes: tuple[Code, ...]

    def code(self, name: str) -> Code | None:
        """The variable of that id."""
        return next((code for code in self.codes if code.id == name), None)


def scheme(extra: Path | None = None) -> Scheme:
    """The shipped scheme, with an organisation's own file if one is given.

    Raises:
        NoSchemeFileError: the file cannot be read.
        SchemeFileError: something in it breaks the rules; the sentence names the place.
    """
    return joined(() if extra is None else ((extra.name, content(extra)),), reserved())


def content(path: Path) -> bytes:
    """The bytes of an own file; NoSchemeFileError if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MOST + 1)
    except OSError as error:
        raise NoSchemeFileError(file=path.name, why=error.strerror) from error


def joined(own: Sequence[tuple[str, bytes]], facts: frozenset[str] = frozenset()) -> Scheme:
    """The shipped scheme and own files, as (name, content), in the order in which they were added.

    `facts` are the names that no variable may have. They are checked when a file is added: what was accepted once
    stays, whatever is computed from the log in later versions.

    Raises:
        NoSchemeFileError, SchemeFileError: see `scheme`.
    """
    building = _Building(facts=facts)
    building.read(SHIPPED, _shipped(), own=False)
    for name, text in own:
        building.read(name, text, own=True)
    groups, codes = (
        [asdict(one) for one in building.groups.values()],
        [asdict(one) for one in building.codes.values()],
    )
    whole = [building.version, groups, codes]
    digest = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:8]
    return Scheme(
        version=f"{building.version}-{digest}",
        groups=tuple(building.groups.values()),
        codes=_in_order(building.groups, building.codes),
    )


@cache
def _shipped() -> bytes:
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on use

    return (files("dsar") / "study" / SHIPPED).read_bytes()


def _in_order(groups: dict[str, Group], codes: dict[str, Code]) -> tuple[Code, ...]:
    """The variables group by group: an own one stands at the end of its group."""
    return tuple(code for name in groups for code in codes.values() if code.group == name)


class _Building:
    """A scheme while its files are read."""

    def __init__(self, *, facts: frozenset[str]) -> None:
        self.version = ""
        self.groups: dict[str, Group] = {}
        self.codes: dict[str, Code] = {}
        self._facts = facts
        self._scales: dict[str, tuple[tuple[str, str], ...]] = {}

    def read(self, file: str, content: bytes, *, own: bool) -> None:
        """Add what a file defines, or raise and leave the whole scheme unused."""
        raw = _toml(file, content)
        top = Table(file, "", raw, {"scale", "group", "code", "matrix"} | (set() if own else {"version"}))
        if not own:
            self.version = top.text("version")
        scales = dict(self._scales)
        for name, values in top.table("scale").items():
            if name in scales:
                raise top.wrong(f"scale.{name}", "there is a scale of that name already")
            scales[name] = top.pairs(f"scale.{name}", values)
        for table in tables(top, "group", GROUP):
            self._group(table, Group(id=table.id(), title=table.text("title"), source=table.text("source", "")), own)
        for table, code in codes_of(top, scales):
            self._code(table, code, own)
        if not own:
            self._scales = scales

    def _group(self, table: Table, group: Group, own: bool) -> None:  # noqa: FBT001 - handed on
        if own and not group.id.startswith(OWN):
            raise table.wrong("id", f"“{group.id}” must begin with {OWN}, as all that is your own")
        if self.groups.get(group.id, group) != group:
            raise table.wrong("id", f"there is another group “{group.id}” already")
        self.groups[group.id] = group

    def _code(self, table: Table, code: Code, own: bool) -> None:  # noqa: FBT001 - handed on
        if own is not code.id.startswith(OWN):
            must = f"must begin with {OWN}, as all that is your own" if own else f"must not begin with {OWN}"
            raise table.wrong("id", f"“{code.id}” {must}")
        if code.id.removeprefix(OWN) in self._facts:
            raise table.wrong("id", f"“{code.id}” is a fact of the log: it is computed and never coded")
        if code.group not in self.groups:
            raise table.wrong("group", f"there is no group “{code.group}”")
        if code.id in self.codes and (not own or self.codes[code.id] != code):
            raise table.wrong("id", f"“{code.id}” is defined already, and a variable is never redefined: take a new id")
        self._depends(table, code)
        self.codes[code.id] = code

    def _depends(self, table: Table, code: Code) -> None:
        """That `when` names a fact, or a variable that is asked before, and values that it can have."""
        if not code.when:
            return
        name, wanted = read_when(code.when)
        other = self.codes.get(name)
        if other is None and name not in GATES:
            raise table.wrong("when", f"“{name}” is neither a variable before this one nor one of {', '.join(GATES)}")
        order = list(self.groups)
        if other is not None and order.index(other.group) > order.index(code.group):
            raise table.wrong("when", f"“{name}” is asked later, in the group “{other.group}”")
        known = [key for key, _ in other.values] if other is not None else ["yes", "no"]
        for value in wanted:
            if value not in known:
                raise table.wrong("when", f"“{name}” cannot be “{value}”: {', '.join(known) or 'it has no values'}")


def _toml(file: str, content: bytes) -> dict[str, Any]:
    if len(content) > MOST:
        raise NoSchemeFileError(file=file, why=f"larger than {MOST} bytes")
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoSchemeFileError(file=file, why=str(error) or "nested too deeply") from error


__all__ = ["OWN", "Group", "NoSchemeFileError", "Scheme", "SchemeFileError", "joined", "scheme"]
