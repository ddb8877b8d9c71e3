"""Tables that steer a campaign (pairs, postal lists): which column is which is said, and every line has its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.sheet import read
from dsar.directory.words import plain
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SENT_ON = {"date": ("sent on", "posted on", "handed in on")}
DELIVERED_ON = {"date": ("delivered on", "delivery date")}
"""How the date is headed in a table of what left, and in one of what arrived."""

FIELDS: dict[str, tuple[str, ...]] = {
    "subject": ("subject", "person", "number", "subject id"),
    "controller": ("controller", "controller id", "company", "body"),
    "ref": ("ref", "reference", "case", "our reference"),
    "tracking": ("tracking", "tracking number", "shipment", "shipment number"),
    "date": ("date", "on", "day"),
    "status": ("status", "result", "event"),
}
"""What a column may hold, and how it is headed if nothing else is said."""


_NO_OTHERS: Mapping[str, tuple[str, ...]] = {}


class NoSuchColumnError(UsageError):
    """The table lacks a column that is needed."""

    sentence = "“{name}” has no column for {what} (its columns: {heads}): say which one with --map COLUMN={field}."


class TwoColumnsError(UsageError):
    """Several columns could be meant."""

    sentence = "“{name}” has several columns that could be the {field} ({heads}): say which one with --map COLUMN={field}."


class UnknownFieldError(UsageError):
    """A column was given a meaning that there is none of."""

    sentence = "“{field}” is no field here: --map COLUMN=FIELD takes {known}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: where it begins, and its cells by field."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with the column of each field, by its heading, and the rows."""

    columns: Mapping[str, str]
    rows: tuple[Row, ...]


def table(
    path: Path,
    said: Mapping[str, str],
    needed: tuple[str, ...],
    also: tuple[str, ...] = (),
    headed: Mapping[str, tuple[str, ...]] = _NO_OTHERS,
) -> Table:
    """Read a table; `said` are headings by field, `needed` the fields it must have (`a|b`: one of them).

    `headed` are headings that mean a field in this table only: the day of a delivery is not that of a sending.

    Raises:
        InputError, UsageError: it cannot be read surely, see `sheet.read`.
        NoSuchColumnError, UnknownFieldError: a column is missing, or was said for nothing that is known.
        TwoColumnsError: several columns could be the same field.
    """
    sheet = read(path)
    places: dict[str, list[int]] = {}
    for position, head in enumerate(sheet.heads):
        places.setdefault(plain(head), []).append(position)

    def one(field: str, names: tuple[str, ...]) -> int | None:
        fitting = sorted({at for name in names for at in places.get(plain(name), ())})
        if len(fitting) > 1:
            heads = ", ".join(sheet.heads[at] for at in fitting)
            raise TwoColumnsError(name=sheet.name, field=field, heads=heads)
        return fitting[0] if fitting else None

    fields = (*(field for choice in needed for field in choice.split("|")), *also)
    found: dict[str, int] = {}
    for field, head in said.items():
        if field not in fields:
            raise UnknownFieldError(field=field, known=", ".join(fields))
        position = one(field, (head,))
        if position is None:
            raise NoSuchColumnError(name=sheet.name, what=f"“{head}”", heads=", ".join(sheet.heads), field=field)
        found[field] = position
    for field in fields:
        if field not in found and (position := one(field, (*FIELDS[field], *headed.get(field, ())))) is not None:
            found[field] = position
    for choice in needed:
        names = choice.split("|")
        if not any(name in found for name in names):
            what = " or ".join(f"the {name}" for name in names)
            raise NoSuchColumnError(name=sheet.name, what=what, heads=", ".join(sheet.heads), field=names[0])
    rows = (
        Row(line=line, cells={field: cells[at].strip() if at < len(cells) else "" for field, at in found.items()})
        for line, cells in sheet.rows
    )
    return Table(columns={field: sheet.heads[at] for field, at in found.items()}, rows=tuple(rows))
