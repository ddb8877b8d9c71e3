"""The audit list: who did what when, over the logs of all cases, the tombstones, and the days kept in the registers.

What a letter or a message says is never in it.
"""

from __future__ import annotations

import csv
import io
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from dsar.core.cells import cell
from dsar.desk.dates import day
from dsar.desk.errors import UnknownItemError
from dsar.desk.lists import current
from dsar.desk.office import find
from dsar.vault.history import ERASED, Wanted, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.desk.office import Desk

COLUMNS = ("at", "by", "ref", "n", "kind", "on", "about")
_OF_A_MANDATE = ("drafted_on", "sent_on", "signed_on", "revoked_on")


def wanted(desk: Desk, *, ref: str, campaign: str, by: str, kind: str, since: str, until: str) -> Wanted:
    """Which lines were asked for.

    Raises:
        NoCaseError, SeveralCasesError: no such case, or not only one.
        UnknownItemError: nothing is of that kind, ever.
        BadDateError: a day that is none.
    """
    kind = kind.strip().replace(" ", "-")
    if kind and kind not in (known := kinds()):
        raise UnknownItemError(name=kind, known=", ".join(known))
    current(desk)  # of which campaign a case is, the lists know
    return Wanted(
        ref=find(desk, ref) if ref else "",
        campaign=campaign.strip().upper(),
        by=by,
        kind=kind,
        since=day(since).isoformat() if since else "",
        until=day(until).isoformat() if until else "",
    )


def kinds() -> tuple[str, ...]:
    """Every kind of line that there may be: the facts of a case, its erasure, the days of a mandate."""
    from dsar.core.events import Event  # noqa: PLC0415 - only where a kind is named
    from dsar.vault.wire import tag  # noqa: PLC0415 - as above

    of_cases = (tag(kind) for kind in _members(Event))
    return tuple(sorted((*of_cases, ERASED, *map(_of_mandate, _OF_A_MANDATE))))


def _members(union: object) -> Iterator[type]:
    """The classes in a union, and in the unions in it."""
    if isinstance(union, type):
        yield union
    for one in get_args(union):
        yield from _members(one)


def _of_mandate(key: str) -> str:
    return f"mandate-{key.removesuffix('_on')}"


def lines(desk: Desk, which: Wanted, *, offset: int = 0, limit: int | None = None) -> Iterator[Written]:
    """What was done, the latest first."""
    found = merge(desk.vault.history.lines(which), _registered(desk, which), key=lambda one: one.at, reverse=True)
    return islice(found, offset, None if limit is None else offset + limit)


def row(one: Written) -> dict[str, Any]:
    """A line as `--json` shows it."""
    return {name: getattr(one, name) for name in COLUMNS}


def table(found: Iterator[Written]) -> bytes:
    """The lines as CSV, UTF-8 with the mark that spreadsheet programs look for; no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in found:
        about = "" if one.about is None else one.about
        writer.writerow((cell(one.at), cell(one.by), cell(one.ref), one.n, cell(one.kind), cell(one.on), about))
    return text.getvalue().encode("utf-8-sig", "replace")


def _registered(desk: Desk, which: Wanted) -> list[Written]:
    """The days in the register of mandates: it keeps them without the name of whoever wrote them down."""
    if which.ref or which.campaign or which.by or (which.kind and not which.kind.startswith("mandate-")):
        return []
    found = [
        Written(at=on, by="", ref=name, n=0, kind=_of_mandate(key), on=on)
        for name, body in desk.vault.records("mandate").items()
        for key in _OF_A_MANDATE
        if isinstance(on := body.get(key), str)
    ]
    kept = [
        one
        for one in found
        if which.kind in {"", one.kind} and which.since <= one.on and (not which.until or one.on <= which.until)
    ]
    return sorted(kept, key=lambda one: (one.at, one.ref), reverse=True)
