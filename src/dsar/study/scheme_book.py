"""The code book: every variable with its values, when it is asked, and where it comes from; as CSV and as Markdown."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dsar.core.cells import cell

if TYPE_CHECKING:
    from dsar.core.coding import Code
    from dsar.study.scheme import Scheme

HEADS = (
    "variable", "group", "group_title", "title", "kind", "values", "unit", "asked_when", "help", "source", "scheme",
)  # fmt: skip


def as_csv(scheme: Scheme) -> str:
    """One row for each variable; `values` holds `key: words`, parted by semicolons."""
    groups = {group.id: group for group in scheme.groups}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADS)
    for code in scheme.codes:
        group = groups[code.group]
        values = "; ".join(f"{key}: {words}" for key, words in code.values)
        source = code.source or group.source
        row = (
            *(code.id, code.group, group.title, code.title, code.kind, values, code.unit, code.when),
            *(code.help, source, scheme.version),
        )
        writer.writerow([cell(text) for text in row])
    return stream.getvalue()


def as_markdown(scheme: Scheme) -> str:
    """The code book to be read, group by group."""
    lines = [
        "# Code book", "",
        f"Scheme {scheme.version}: {len(scheme.codes)} variables. Only judgments are coded; facts are computed from",
        "the log of the case and are in no coding.", "",
    ]  # fmt: skip
    for group in scheme.groups:
        lines += [f"## {_text(group.title)}", ""]
        if group.source:
            lines += [f"After {_text(group.source)}.", ""]
        for code in scheme.codes:
            if code.group == group.id:
                lines += _entry(code)
    return "\n".join(lines)


def _entry(code: Code) -> list[str]:
    kind = f"{code.kind}, in {code.unit}" if code.unit else code.kind
    lines = [f"### `{code.id}`", "", f"{_text(code.title)} ({_text(kind)})"]
    lines += [f"Asked where `{code.when}`."] if code.when else []
    lines += [_text(code.help)] if code.help else []
    lines += [f"After {_text(code.source)}."] if code.source else []
    lines = [*lines[:2], "  \n".join(lines[2:]), ""]
    return [*lines, *(f"- `{key}`: {_text(words)}" for key, words in code.values), *([""] if code.values else [])]


def _text(words: str) -> str:
    """Words of an organisation's file, which stay words in Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|&" else char for char in words)
