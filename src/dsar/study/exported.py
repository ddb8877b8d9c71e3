"""The statistics for other programs: one JSON document, and all tables as one long CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from dsar.study.cases_csv import written
from dsar.study.result import Amount, Chance, Count, Share
from dsar.study.times import TOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.study.result import Section, Table, Value
    from dsar.study.statistics import Found
    from dsar.study.survey import Survey

_DIGITS = 4
_COLUMNS = ("k", "n", "share", "low", "high", "value", "suppressed")


def as_json(survey: Survey, found: Found, *, campaign: str, title: str) -> bytes:
    """The document: `sections`, each with its `tables`, whose rows hold one object for each column; and `curves`.

    `suppressed` is true where a number is kept back; `null` without it means that there is none.
    """
    document = {
        "campaign": campaign,
        "title": title,
        "as_of": survey.sample.today.isoformat(),
        "language": survey.words.lang,
        "min_cell": survey.ledger.least,
        "sections": [_section(one) for one in found.sections],
        "curves": {
            one.name: [
                {"day": step.day, "share": _short(step.done), "low": _short(step.low), "high": _short(step.high)}
                for step in (one.curve.coarse(survey.ledger.least, TOLD) if one.shown else ())
            ]
            for one in found.curves
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _section(section: Section) -> dict[str, object]:
    return {
        "id": section.id,
        "title": section.title,
        "notes": list(section.said),
        "tables": [_table(table) for table in section.tables],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "id": table.id,
        "title": table.title,
        "denominator": table.of or None,
        "columns": dict(zip(table.keys, table.heads[1:], strict=True)),
        "rows": [
            {
                "key": line.key,
                "label": line.label,
                **{key: _value(value) for key, value in zip(table.keys, line.values, strict=True)},
            }
            for line in table.lines
        ],
    }


def _value(value: Value) -> object:
    match value:
        case str():
            return value
        case Count() | Share() | Chance() | Amount():
            return {name: part for name, part in _parts(value).items() if part != ""}
        case _:
            assert_never(value)


def _parts(value: Value) -> dict[str, object]:
    """A value by the columns of the long table; empty where a column is not for it."""
    parts: dict[str, object] = dict.fromkeys(_COLUMNS, "")
    match value:
        case str():
            parts |= {"value": value, "suppressed": False}
        case Count(k=k):
            parts |= {"k": k, "suppressed": k is None}
        case Share(k=k, n=n, low=low, high=high):
            parts |= {"k": k, "n": n, "share": _short(value.value), "low": _short(low), "high": _short(high)}
            parts["suppressed"] = n != 0 and k is None
        case Chance(value=part, low=low, high=high, hidden=hidden):
            parts |= {"share": _short(part), "low": _short(low), "high": _short(high), "suppressed": hidden}
        case Amount(value=amount, hidden=hidden):
            parts |= {"value": amount, "suppressed": hidden}
        case _:
            assert_never(value)
    return parts


def _short(number: float | None) -> float | None:
    return round(number, _DIGITS) if number is not None else None


def tables_csv(sections: Sequence[Section]) -> bytes:
    """Every value of every table: where it stands, what it is, and whether it is kept back."""
    rows: list[list[object]] = [["table", "row", "label", "column", *_COLUMNS]]
    for section in sections:
        for table in section.tables:
            for line in table.lines:
                for key, value in zip(table.keys, line.values, strict=True):
                    parts = _parts(value)
                    found = ["" if parts.get(name) is None else parts.get(name, "") for name in _COLUMNS[:-1]]
                    hidden = "yes" if parts["suppressed"] else "no"
                    rows.append([table.id, line.key, line.label, key, *found, hidden])
    return written(rows)


def table_csv(table: Table, shown: Sequence[Sequence[str]], nothing: str) -> bytes:
    """One table as people read it; what stands for `nothing` on a page is an empty cell here."""
    return written([table.heads, *(["" if text == nothing else text for text in row] for row in shown)])
