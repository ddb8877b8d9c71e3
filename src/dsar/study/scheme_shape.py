"""The tables of a scheme's file, read strictly: nothing unknown is let through, and an error names file and key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, get_args

from dsar.core.coding import Code, Kind
from dsar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GROUP = frozenset({"id", "title", "source"})
CODE = frozenset({"id", "group", "title", "kind", "scale", "values", "unit", "when", "help", "source"})
MATRIX = frozenset({"source", "scale", "when", "first", "help", "rows", "columns"})
MOST = 1_000_000
"""Bytes that a file of a scheme may have: a hundred times what one needs."""
KEYS = 9
"""Values of a variable: each has a key of its own, 1 to 9."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 40
_LONGEST = 300

Values = tuple[tuple[str, str], ...]


class SchemeFileError(InputError):
    """A file of a scheme breaks its rules. `key` is the path inside the file, such as `code[3].when`."""

    sentence = "{file}: {key}: {problem}; correct the file, nothing was added."


class Table:
    """One table of a file, with its place."""

    def __init__(self, file: str, key: str, raw: object, known: frozenset[str] | set[str]) -> None:
        self.file = file
        self.key = key
        self.raw = cast("Mapping[str, object]", raw) if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            raise self.wrong("", f"must be a table, not {raw!r:.60}")
        for name in raw:
            if name not in known:
                raise self.wrong(name, "unknown key")

    def wrong(self, key: str, problem: str) -> SchemeFileError:
        """What is wrong with a field of this table, to be raised."""
        return SchemeFileError(file=self.file, key=".".join(filter(None, (self.key, key))), problem=problem)

    def text(self, key: str, default: str | None = None) -> str:
        """A text on one line."""
        if key not in self.raw and default is not None:
            return default
        return self._line(key, self.raw.get(key))

    def id(self) -> str:
        """The id of what the table defines."""
        return self.name("id", self.raw.get("id"))

    def name(self, key: str, value: object) -> str:
        """A name that is written in files and on the command line."""
        if not isinstance(value, str) or not _ID.fullmatch(value) or len(value) > _LONGEST_ID:
            raise self.wrong(
                key, f"must be small letters, digits and hyphens, at most {_LONGEST_ID}, not {value!r:.60}"
            )
        return value

    def table(self, key: str) -> Mapping[str, object]:
        """A table inside this one; empty if it is not there."""
        found = self.raw.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, "must be a table")
        return cast("Mapping[str, object]", found)

    def pairs(self, key: str, raw: object) -> Values:
        """Names with their words, in the order of the file."""
        if not isinstance(raw, dict) or not raw:
            raise self.wrong(key, "must be a table of names and words")
        if len(raw) > KEYS:
            raise self.wrong(key, f"has {len(raw)} values, and there are {KEYS} keys to choose one with")
        return tuple((self.name(key, name), self._line(f"{key}.{name}", words)) for name, words in raw.items())

    def _line(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > _LONGEST:
            raise self.wrong(key, f"must be a text on one line, of at most {_LONGEST} characters, not {value!r:.60}")
        return value


def tables(top: Table, word: str, known: frozenset[str]) -> tuple[Table, ...]:
    """The `[[word]]` tables of a file."""
    found = top.raw.get(word, [])
    if not isinstance(found, list):
        raise top.wrong(word, f"must be a list of tables: write [[{word}]]")
    return tuple(Table(top.file, f"{word}[{place}]", raw, known) for place, raw in enumerate(found))


def codes_of(top: Table, scales: Mapping[str, Values]) -> Iterator[tuple[Table, Code]]:
    """The variables of a file, each with the table that defines it."""
    for table in tables(top, "code", CODE):
        yield table, _code(table, scales)
    for table in tables(top, "matrix", MATRIX):
        for code in _cells(table, scales):
            yield table, code


def read_when(when: str) -> tuple[str, tuple[str, ...]]:
    """The variable or fact that a `when` names, and the values of which it must have one."""
    name, _, values = when.partition("=")
    return name, tuple(values.split("|"))


def _code(table: Table, scales: Mapping[str, Values]) -> Code:
    kinds = get_args(Kind)
    kind = table.raw.get("kind")
    if kind not in kinds:
        raise table.wrong("kind", f"must be one of {', '.join(kinds)}, not {kind!r:.60}")
    choosing = kind in {"choice", "several"}
    if choosing is not ("scale" in table.raw or "values" in table.raw):
        raise table.wrong("values", f"a {kind} has {'values, or a scale' if choosing else 'none, and no scale'}")
    if kind != "number" and "unit" in table.raw:
        raise table.wrong("unit", "only a number has one")
    return Code(
        id=table.id(),
        group=table.name("group", table.raw.get("group")),
        title=table.text("title"),
        kind=cast("Kind", kind),
        values=_values(table, scales) if choosing else (),
        unit=table.text("unit") if kind == "number" else "",
        when=_when(table),
        help=table.text("help", ""),
        source=table.text("source", ""),
    )


def _values(table: Table, scales: Mapping[str, Values]) -> Values:
    if "values" in table.raw:
        if "scale" in table.raw:
            raise table.wrong("scale", "either values or a scale")
        return table.pairs("values", table.raw["values"])
    name = table.text("scale")
    if name not in scales:
        raise table.wrong("scale", f"there is no scale “{name}”: {', '.join(scales)}")
    return scales[name]


def _when(table: Table) -> str:
    said = table.text("when", "")
    name, values = read_when(said)
    if said and not (name and all(values)):
        raise table.wrong("when", "must be written variable=value, or variable=value|value")
    return said


def _cells(table: Table, scales: Mapping[str, Values]) -> Iterator[Code]:
    """The variables of a matrix: `ROW-COLUMN`, those of a row asked only where its first column is not denied."""
    values = _values(table, scales)
    first = table.name("first", table.raw.get("first"))
    columns = table.pairs("columns", table.raw.get("columns"))
    kept = [key for key, _ in values if key in {"yes", "partly"}]
    if first not in dict(columns) or not kept:
        raise table.wrong("first", "must be a column, and the scale must have a yes")
    rows = table.raw.get("rows")
    if not isinstance(rows, list) or not rows:
        raise table.wrong("rows", "must be a list of groups")
    for row in rows:
        for column, title in columns:
            yield Code(
                id=table.name("rows", f"{row}-{column}"),
                group=table.name("rows", row),
                title=title[:1].upper() + title[1:],
                kind="choice",
                values=values,
                when=_when(table) if column == first else f"{row}-{first}={'|'.join(kept)}",
                help=table.text("help", ""),
                source=table.text("source", ""),
            )
