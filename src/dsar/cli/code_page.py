"""One screen for a case: what the log says above, the variables of a group in the middle, the keys below."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from dsar.cli import out
from dsar.cli.code_screen import NOTE
from dsar.study.scheme_facts import beside
from dsar.study.scheme_values import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dsar.cli.code_screen import Coded
    from dsar.core.casefacts import CaseFacts
    from dsar.core.coding import Code

_KEYS = "1-9 value  Enter next  Up back  Tab group  s skip  Backspace clear  u undo"
_MORE = "t note  w save as it is  n next case  q save and quit"
_TYPING = "Enter takes it  Esc leaves it  Ctrl-U empties it"
_LABEL = 9
_GAP = 3
_TALL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the screen; `mark` is how it is printed where colour is wanted."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above: the case, who codes it, where in the queue it is; `points` is what other coders said."""

    facts: CaseFacts
    coder: str
    today: date
    place: str = ""
    points: dict[str, str] | None = None


def show(head: Head, coded: Coded) -> None:
    """Put the page on the terminal, in place of the last one."""
    size = shutil.get_terminal_size()
    lines = page(head, coded, size.columns, size.lines)
    out.clear()
    typer.echo("\n".join(_styled(line) for line in lines), nl=False)


def _styled(line: Line) -> str:
    if not out.colour() or not line.mark:
        return line.text
    dim = line.mark == "dim"
    return typer.style(line.text, bold=not dim, reverse=line.mark == "here", dim=dim)


def page(head: Head, coded: Coded, width: int, height: int) -> list[Line]:
    """The lines of the screen, never more than it has, none wider than it is."""
    code = coded.code
    above = [_title(head, width), *_facts(head, width, 2 if height >= _TALL else 1), Line(text="")]
    below = [*_below(head, coded, code, width), Line(text=""), *_keys(coded)]
    rows = _rows(coded, code, width)
    room = max(3, height - len(above) - len(below) - 2)
    shown = [_group(coded, code, width), *_window(rows, room), Line(text="")]
    return [Line(text=cut(line.text, width), mark=line.mark) for line in (*above, *shown, *below)][: max(1, height)]


def cut(text: str, width: int) -> str:
    """As much of a line as the screen has columns for, whatever its letters need."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - only for a person at a terminal

    flat = out.line(text) if "\n" in text else out.clean(text)
    return flat if cell_len(flat) <= width else f"{set_cell_size(flat, max(1, width - 1)).rstrip()}…"


def _title(head: Head, width: int) -> Line:
    facts = head.facts
    campaign = f"  {facts.campaign}/{facts.wave}" if facts.campaign else ""
    right = f"{head.place}  coder {head.coder}" if head.place else f"coder {head.coder}"
    case = f"{facts.ref}  {facts.controller_name} ({facts.country}, {facts.sector}){campaign}"
    left = cut(case, width - len(right) - 1)
    return Line(text=f"{left}{' ' * max(1, width - len(left) - len(right))}{right}", mark="bold")


def _facts(head: Head, width: int, most: int) -> list[Line]:
    """What the log says, each kind of fact on one line or two."""
    found: list[Line] = []
    for label, said in beside(head.facts, head.today):
        lines = textwrap.wrap(
            out.line(said), max(10, width - _LABEL), max_lines=most, placeholder=" …", break_on_hyphens=False
        ) or [""]
        found += [Line(text=f"{label if k == 0 else '':<{_LABEL}}{line}", mark="dim") for k, line in enumerate(lines)]
    return found


def _group(coded: Coded, code: Code | None, width: int) -> Line:
    done = len(coded.asked) - len(coded.open)
    left = f"{done} of {len(coded.asked)} coded"
    names = list(dict.fromkeys(one.group for one in coded.asked))
    if code is None:
        title = "End of the scheme"
    else:
        group = next(one for one in coded.scheme.groups if one.id == code.group)
        title = f"{names.index(code.group) + 1}/{len(names)}  {group.title}"
    title = cut(title, width - len(left) - 1)
    return Line(text=f"{title}{' ' * max(1, width - len(title) - len(left))}{left}", mark="bold")


def _rows(coded: Coded, here: Code | None, width: int) -> list[Line]:
    """The variables of the group before the coder, with their values; after the last one those that are open."""
    listed = [one for one in coded.asked if here is not None and one.group == here.group] or list(coded.open)
    column = max((len(one.title) for one in listed), default=0)
    column = min(column, width * 2 // 3)
    rows = []
    for one in listed:
        values = coded.values.get(one.id, ())
        said = words(one, values) if values else "(skipped)" if one.id in coded.skipped else "·"
        current = here is not None and one.id == here.id
        rows.append(
            Line(
                text=f"{'>' if current else ' '} {cut(one.title, column):<{column}}{' ' * _GAP}{said}",
                mark="here" if current else "",
            )
        )
    return rows


def _window(rows: Sequence[Line], room: int) -> Sequence[Line]:
    """As many rows as there is room for, around the current one."""
    here = next((k for k, row in enumerate(rows) if row.mark == "here"), 0)
    start = max(0, min(here - room // 2, len(rows) - room))
    return rows[start : start + room]


def _below(head: Head, coded: Coded, code: Code | None, width: int) -> list[Line]:
    """The values of the current variable under their keys, or the line that is being typed."""
    if coded.typing is not None:
        what = "Note" if coded.into == NOTE else code.title if code is not None else ""
        return [Line(text=what), Line(text=f"[ {_tail(coded.typing, width - 5)}_")]
    if code is None:
        left = len(coded.open)
        if left:
            return [Line(text=f"{left} open: w saves as it is; n and q keep it as begun; Up goes back.")]
        return [Line(text="All is coded: n saves and takes the next case, q saves and quits.")]
    lines = [Line(text=f"{code.id}{'  (several; Enter when done)' if code.kind == 'several' else ''}", mark="dim")]
    if head.points and code.id in head.points:
        lines += [Line(text=text) for text in textwrap.wrap(out.line(head.points[code.id]), width)]
    if code.help:
        lines += [Line(text=text, mark="dim") for text in textwrap.wrap(out.line(code.help), width, max_lines=2)]
    lines += [Line(text=text) for text in _choices(code, width)]
    if coded.note:
        lines.append(Line(text=f"Note: {coded.note}", mark="dim"))
    return lines


def _choices(code: Code, width: int) -> list[str]:
    match code.kind:
        case "number":
            return [f"Type a number ({code.unit}), Enter."]
        case "text":
            return ["e begins to write."]
        case "choice" | "several":
            items = [f"{key} {title}" for key, (_, title) in enumerate(code.values, start=1)]
    lines = [""]
    for item in items:
        joined = f"{lines[-1]}   {item}" if lines[-1] else item
        if len(joined) > width and lines[-1]:
            lines.append(item)
        else:
            lines[-1] = joined
    return lines


def _tail(text: str, width: int) -> str:
    return text if len(text) <= width else f"…{text[1 - width :]}"


def _keys(coded: Coded) -> list[Line]:
    if coded.typing is not None:
        return [Line(text=coded.said or _TYPING, mark="bold" if coded.said else "dim")]
    return [
        Line(text=coded.said, mark="bold") if coded.said else Line(text=_KEYS, mark="dim"),
        Line(text=_MORE, mark="dim"),
    ]
