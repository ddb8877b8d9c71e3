"""A record of the directory as plain data, for `--json` and for the screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dsar.desk.directory import conflicts
from dsar.desk.directory_health import as_of, examine, uses
from dsar.desk.directory_packs import channels

if TYPE_CHECKING:
    from datetime import date

    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk
    from dsar.directory.matching import Held

_ORIGINS = {
    "own": "your own (in the vault)",
    "shipped": "came with dsar",
    "imported": "imported from datenanfragen.de",
}
_EMPTY: tuple[object, ...] = (None, "", (), [])
# shown under a head of their own, or only in --json
_APART = {"name", "address", "checked", "retrieved_on", "source", "established", "id_document", "preferred", "licence"}


def plain_record(held: Held) -> dict[str, Any]:
    """The fields of a record, with `origin`, and under `original` an imported one as its source has it."""
    one = held.controller
    found = asdict(one) | {"retrieved_on": one.retrieved_on.isoformat() if one.retrieved_on else None}
    found["origin"] = held.origin
    if held.original is not None:
        found["original"] = held.original
    return found


def record(where: Directory, held: Held, desk: Desk | None, today: date) -> dict[str, Any]:
    """As `plain_record`, with its channels, how fresh it is, what speaks against it, and what other records say."""
    day, known = as_of(held.controller), uses(desk, held.controller.name)
    return {
        **plain_record(held),
        "channels": list(channels(held.controller)),
        "source_date": day.isoformat() if day is not None else None,
        "problems": [{"kind": kind, "text": text} for kind, text in examine(held, known, today)],
        "conflicts": list(conflicts(where, held)),
        "cases": list(known.cases.get(held.controller.id, ())),
    }


def page(found: dict[str, Any]) -> list[tuple[str, str]]:
    """What `record` gives, as lines of a page: a head and a text each; what is empty is left out."""
    address = found["address"]
    lines = [
        ("name", found["name"]),
        ("record", _ORIGINS[found["origin"]]),
        ("address", ", ".join((*address["lines"], address["country"])).strip(", ")),
        ("ways to reach it", ", ".join(found["channels"])),
        *((key.replace("_", " "), _text(value)) for key, value in found.items() if _ordinary(key, value)),
        ("establishment in the EEA", _yes(found["established"])),
        ("asks everybody for an identity document", _yes(found["id_document"])),
        ("source", found["source"]),
        ("licence", found["licence"]),
        ("as of", found["source_date"] or "not known"),
        ("confirmed", "yes" if found["checked"] else "no"),
        *(("beware", problem["text"]) for problem in found["problems"] if problem["kind"] != "unconfirmed"),
        *(("conflict", text) for text in found["conflicts"]),
        ("used in", ", ".join(found["cases"])),
    ]
    return [(head, text) for head, text in lines if text]


def _ordinary(key: str, value: object) -> bool:
    ours = {"origin", "original", "channels", "source_date", "problems", "conflicts", "cases"}
    return key not in {*_APART, *ours} and value not in _EMPTY


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _yes(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else ""
