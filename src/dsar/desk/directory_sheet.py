"""Records of one's own from a table: a coalition's list of the bodies that it asks. Taken twice, nothing is doubled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dsar.desk import people
from dsar.desk.directory import KIND, own_records
from dsar.desk.directory_own import Fields, changed, made
from dsar.desk.sheet import read
from dsar.errors import DsarError, InputError
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from dsar.core.parties import Controller
    from dsar.desk.sheet import Row
    from dsar.vault.vault import Vault

_MANY = {
    "email": "emails",
    "address": "address",
    "brand": "brands",
    "runs": "runs",
    "language": "languages",
    "identity": "identity_data",
    "note": "notes",
}
_ONE = (
    *("name", "country", "website", "form", "phone", "fax", "dpo", "representative", "region", "sector"),
    *("preferred", "source"),
)
_SAID = ("established", "checked")
_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
COLUMNS = ("id", *_ONE, *_MANY, *_SAID)
"""The columns that a table of controllers may have: the options of `dsar controllers add`."""


class UnknownColumnError(InputError):
    """A column that no record has."""

    sentence = "“{column}” is no column of a list of controllers: name each column as one of {known}."


class TwoColumnsError(InputError):
    """A column that stands twice."""

    sentence = "The table has the column {column} twice: leave one away."


class MoreCellsError(InputError):
    """A row that was divided in a wrong place."""

    sentence = "The row has {count} cells, and the table {heads} columns: is a cell divided?"


class NotYesOrNoError(InputError):
    """A cell that says neither yes nor no."""

    sentence = "“{text}” in the column {column} is neither yes nor no."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one row: its line in the file, the record, and what it says against one that was not taken."""

    line: int
    name: str
    became: Literal["added", "known", "refused"]
    id: str = ""
    why: str = ""


def take(vault: Vault, path: Path, today: date, *, dry: bool = False) -> tuple[Line, ...]:
    """Add a record for each row of a table; a row that is wrong is named, and the others are taken.

    A row whose id (or else name) a record of one's own has already is left alone: nothing is overwritten. With `dry`
    nothing is written.

    Raises:
        UnknownColumnError, TwoColumnsError: the table has a column that no record has, or one twice.
        MissingFileError, NoTableError, EncodingDoubtError and the like: see `sheet.read`.
    """
    table = read(path)
    heads = tuple(head.strip().casefold() for head in table.heads)
    for head in heads:
        if head not in COLUMNS:
            raise UnknownColumnError(column=head, known=", ".join(COLUMNS))
        if head not in _MANY and heads.count(head) > 1:
            raise TwoColumnsError(column=head)
    with vault.transaction():
        own = own_records(vault)
        found = tuple(_row(heads, row, own, today) for row in table.rows)
        for line in found:
            if line.became == "added" and not dry:
                vault.put_record(KIND, line.id, to_plain(own[line.id]))
    return found


def _row(heads: tuple[str, ...], row: Row, own: dict[str, Controller], today: date) -> Line:
    """What becomes of one row; a record that it makes joins `own`, so that the next row knows it."""
    number, cells = row
    name = ""
    try:
        if any(cell.strip() for cell in cells[len(heads) :]):
            raise MoreCellsError(count=len(cells), heads=len(heads))
        id_, said = _said(heads, cells)
        name = said.name or ""
        before = _before(own, id_, name)
        if before is not None:
            same = changed(before, said) == before
            why = "" if same else f"your record says something else: `dsar controllers edit {before.id}`"
            return Line(line=number, name=name, became="known", id=before.id, why=why)
        new = made(said, today, id_, own)
    except DsarError as error:
        return Line(line=number, name=name, became="refused", why=str(error))
    own[new.id] = new
    return Line(line=number, name=new.name, became="added", id=new.id)


def _before(own: Mapping[str, Controller], id_: str, name: str) -> Controller | None:
    """The record that a row speaks of, if there is one: by its id, else by its name."""
    if id_:
        return own.get(people.slug(id_))
    plain = " ".join(name.casefold().split())
    return next((one for one in own.values() if one.name.casefold() == plain), None)


def _said(heads: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, Fields]:
    """The id that a row gives, and what it says of the record."""
    plain: dict[str, Any] = {}
    lists: dict[str, list[str]] = defaultdict(list)
    for head, cell in zip(heads, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        if head in _MANY:
            lists[_MANY[head]] += [text] if head in {"address", "note"} else [part.strip() for part in text.split(";")]
        elif head in _SAID:
            plain[head] = _yes(head, text)
        else:
            plain[head] = text
    id_ = str(plain.pop("id", ""))
    return id_, Fields(**plain | {field: tuple(said) for field, said in lists.items()})


def _yes(column: str, text: str) -> bool:
    said = _WORDS.get(text.casefold())
    if said is None:
        raise NotYesOrNoError(text=text, column=column)
    return said
