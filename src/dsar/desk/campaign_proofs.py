"""What a table of the post proves of one case: an extract of its own lines; the whole table is kept once, apart.

A table names every case that it speaks of. As the proof of one it would show all others to an authority, and to the
controller.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dsar.core.campaign import PostTable
from dsar.desk.evidence import shown, sniffed, take_bytes
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dsar.core.parties import Evidence
    from dsar.desk.campaign_table import Row, Table
    from dsar.desk.office import Desk

TABLE = "post-table"
_SNIFF = 4096
_EXTRACT = """\
Extract from a table of the post

Case:              {ref}
Table:             {name}
SHA-256 of it:     {sha256}
Taken in on:       {on}

dsar made this extract. It holds the headings of the table and every line that speaks of this case, cells divided by
semicolons; the other lines concern other people. The table itself is kept unchanged and is known by its SHA-256.

"""


@dataclass(slots=True)
class Lines:
    """A table that is being read, and its lines by case; `kept` once it lies in the vault."""

    table: Table
    by_case: Mapping[str, tuple[Row, ...]]
    kept: PostTable | None = field(default=None)


def lines(table: Table, case_of: Callable[[Row], str], wanted: Collection[str]) -> Lines:
    """The lines of each case; one that `case_of` gives no case, or that names another case too, is nobody's."""
    found: dict[str, list[Row]] = {}
    for row in table.rows:
        ref = case_of(row)
        if ref and not named_too(row, ref, wanted):
            found.setdefault(ref, []).append(row)
    return Lines(table, {ref: tuple(rows) for ref, rows in found.items()})


def named_too(row: Row, ref: str, wanted: Collection[str]) -> str:
    """Another of these cases that a line names beside its own, in whatever cell; empty if it names none."""
    said = "".join(char if char.isalnum() or char == "-" else " " for char in " ".join(row.whole).upper()).split()
    return next((word for word in said if word != ref and word in wanted), "")


def proof(desk: Desk, of: Lines, campaign: str, ref: str) -> tuple[Evidence, PostTable]:
    """The extract for one case, and the table, which is kept now if it was not yet; once in a campaign."""
    kept = of.kept or _keep(desk, of, campaign)
    head = _EXTRACT.format(ref=ref, name=_flat(kept.document.name), sha256=kept.document.sha256, on=kept.on)
    own = "".join(f"Line {row.line}: {_joined(row.whole)}\n" for row in of.by_case[ref])
    text = f"{head}Headings: {_joined(of.table.heads)}\n{own}"
    return take_bytes(desk, text.encode(), name=f"post-{ref}.txt", media="text/plain"), kept


def _keep(desk: Desk, of: Lines, campaign: str) -> PostTable:
    data, name = of.table.data, of.table.name
    document = take_bytes(desk, data, name=name, media=sniffed(data[:_SNIFF], name))
    made = PostTable(campaign=campaign, on=desk.today, document=document, refs=tuple(sorted(of.by_case)))
    held = desk.vault.record(TABLE, made.id)
    if held is not None:  # read before: it came in on that day, under that name
        before = from_plain(held, PostTable)
        made = replace(before, refs=tuple(sorted({*before.refs, *made.refs})))
    desk.vault.put_record(TABLE, made.id, to_plain(made))
    return made


def tables(desk: Desk, campaign: str) -> tuple[PostTable, ...]:
    """The tables that are kept for a campaign, the first that came in first."""
    found = (from_plain(body, PostTable) for body in desk.vault.records(TABLE, f"{campaign}/").values())
    return tuple(sorted(found, key=lambda one: (one.on, one.document.sha256)))


def let_go(desk: Desk, erased: Iterable[str], reason: str) -> tuple[PostTable, ...]:
    """Cases are erased: a table in which no other case stands is erased as well; those that stay, and name them still.

    Raises:
        UnknownReasonError: not one of the reasons of the closed list.
    """
    gone, stay = set(erased), []
    for name, body in desk.vault.records(TABLE).items():
        one = from_plain(body, PostTable)
        left = tuple(ref for ref in one.refs if ref not in gone)
        if len(left) == len(one.refs):
            continue
        if left:
            stay.append(replace(one, refs=left))
            desk.vault.put_record(TABLE, name, to_plain(stay[-1]))
            continue
        desk.vault.drop_record(TABLE, name)
        desk.vault.discard(mails=(), named=(one.document.sha256,), reason=reason)
    return tuple(stay)


def _flat(text: str) -> str:
    """A cell on one line, without control characters."""
    return shown(" ".join(text.split()))


def _joined(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="").writerow([_flat(cell) for cell in cells])
    return text.getvalue()
