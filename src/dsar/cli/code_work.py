"""A coder at the terminal: case after case, kept with every key, saved as a version when it is done."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.cli import out
from dsar.cli.code_page import Head, show
from dsar.cli.code_screen import Coded
from dsar.cli.keystrokes import keys
from dsar.study.scheme_values import Values, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dsar.desk.coding import Saved, Sheet
    from dsar.desk.coding_agreement import Point
    from dsar.desk.office import Desk


@dataclass(slots=True)
class Shift:
    """What came of a coder's time at the screen: cases saved, and cases begun only."""

    saved: list[str]
    begun: list[str]
    left: int = 0


def work(desk: Desk, refs: Sequence[str], coder: str) -> Shift:
    """Code one case after the other, until the coder leaves or there is none left."""
    shift = Shift(saved=[], begun=[])
    with _screen() as pressed:
        for place, ref in enumerate(refs):
            shift.left = len(refs) - place
            where = f"case {place + 1} of {len(refs)}" if len(refs) > 1 else ""
            if not _one(desk, ref, coder, where, shift, pressed):
                break
            shift.left -= 1
    return shift


@contextmanager
def _screen() -> Iterator[Callable[[], str]]:
    """The terminal as a screen: it is empty again afterwards, also after an interrupt."""
    with keys() as pressed:
        try:
            yield pressed
        finally:
            out.clear()


def _one(desk: Desk, ref: str, coder: str, where: str, shift: Shift, pressed: Callable[[], str]) -> bool:
    """One case; whether the coder wants another one."""
    from dsar.desk.coding import keep, save, sheet  # noqa: PLC0415 - loaded with the vault

    case = sheet(desk, ref, coder)
    coded = _opened(case)
    head = Head(facts=case.facts, coder=coder, today=desk.today, place=where)
    touched = case.begun is not None
    while True:
        show(head, coded)
        before = (coded.values, coded.skipped, coded.note)
        wish = coded.press(pressed())
        if (coded.values, coded.skipped, coded.note) != before:
            touched = True
            # with every value, so that a closed window or a dead line loses nothing
            keep(desk, case, coded.values, coded.skipped, coded.note)
        if wish == "stay":
            continue
        if touched and (wish == "save" or not coded.open):
            save(desk, case, {}, note=coded.note, base=coded.values)
            shift.saved.append(ref)
        elif touched:
            shift.begun.append(ref)
        return wish != "quit"


def _opened(case: Sheet) -> Coded:
    """The case as this coder left it."""
    values: Values = folded(case.own.values) if case.own is not None else {}
    skipped: frozenset[str] = frozenset()
    note = case.own.note if case.own is not None else ""
    if case.begun is not None:
        values, skipped, note = case.begun
    coded = Coded(scheme=case.scheme, gates=case.gates, values=values, skipped=skipped, note=note)
    coded.begin()
    return coded


def settle_on_screen(desk: Desk, case: Sheet, points: Sequence[Point]) -> Saved | None:
    """Go through what the coders of a case differ in; None where it was left without a decision on all."""
    from dsar.desk.coding_agreement import agreed, settle  # noqa: PLC0415 - loaded with the vault

    base = agreed(desk, case.ref)
    said = {
        point.code.id: "   ".join(f"{coder}: {', '.join(values)}" for coder, values in point.said) for point in points
    }
    coded = Coded(scheme=case.scheme, gates=case.gates, values=base, only=frozenset(said))
    coded.begin()
    head = Head(facts=case.facts, coder=case.coder, today=desk.today, place="settle", points=said)
    with _screen() as pressed:
        wish = "stay"
        while wish == "stay":
            show(head, coded)
            wish = coded.press(pressed())
    if coded.open:
        return None
    chosen = {name: values for name, values in coded.values.items() if name in said}
    return settle(desk, case, chosen, coded.note)
