"""`dsar review`: an answer read against what was asked, on one screen for each demand, or by options."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from dsar.cli import ask, many, out, review_many
from dsar.cli.after import recorded
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.request import pair
from dsar.cli.session import at_desk
from dsar.core.events import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dsar.desk.answering import Line, Sheet
    from dsar.desk.office import Desk
    from dsar.desk.reviewing_many import Finds

_KEYS: dict[str, Status] = {
    "g": "given", "n": "generic", "p": "pointed", "m": "missing", "r": "refused", "a": "na",
}  # fmt: skip
_MENU = "[g]iven  ge[n]eric  [p]ointed elsewhere  [m]issing  [r]efused  n[a]"
_MORE = "no[t]e  [f]ault  [s]kip  [b]ack  [q]uit, and go on later"
_WIDTH = 78


def review(
    ctx: typer.Context,
    ref: Ref = None,
    answer: Annotated[int | None, typer.Option(help="Entry of the answer (default: the last).")] = None,
    found: Annotated[
        list[str] | None, typer.Option("--set", help="ITEM=given|generic|pointed|missing|refused|na")
    ] = None,
    rest: Annotated[str, typer.Option(help="The status of every item not named.")] = "",
    notes: Annotated[list[str] | None, typer.Option("--note", help="ITEM=TEXT (repeat).")] = None,
    fault: Annotated[list[str] | None, typer.Option(help="A fault found in it: ID or ID=TEXT (repeat).")] = None,
    no_fault: Annotated[list[str] | None, typer.Option("--no-fault", help="Take a fault back: ID (repeat).")] = None,
    items: Annotated[
        bool, typer.Option("--items", help="List the items and faults that may be named; nothing is recorded.")
    ] = False,
    message: Annotated[
        int | None, typer.Option(metavar="N", help="A message of the inbox, in all the cases that hold it.")
    ] = None,
    campaign: Annotated[str, typer.Option(metavar="ID", help="With --message: in the cases of this campaign.")] = "",
    again: Annotated[bool, typer.Option("--again", help="With --message: also where it was reviewed before.")] = False,
) -> None:
    """Read an answer against what was asked, item by item. `dsar review --items` lists what may be named."""
    from dsar.desk.reviewing import review as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    if items:
        review_many.list_items(options, ref)
        return
    said = dict(pair(text, "recipients=generic") for text in found or ())
    remarks = dict(pair(text, "recipients=TEXT") for text in notes or ())
    faults = {text.partition("=")[0]: text.partition("=")[2] for text in fault or ()}
    if message is not None or campaign:
        if message is None or not campaign:
            raise ask.MissingError(what="the message and the campaign", option="--campaign ID --message N")
        if ref is not None or answer is not None:
            raise many.WhichCasesError
        finds = _finds(options, said, rest, remarks, faults, tuple(no_fault or ()))
        once_more = f"dsar review --campaign {campaign} --message {message}"

        def look(desk: Desk, ref: str, entry: int) -> Finds | None:
            seen = _on_screen(options, desk, ref, entry, once_more)
            return _finds_of(seen) if seen is not None else None

        review_many.review_message(options, message, campaign, finds, look, again=again)
        return
    with at_desk(options) as desk:
        chosen = _statuses(options, desk, ref, said, rest)
        if not (chosen or remarks or faults or no_fault):
            read = _on_screen(options, desk, ref, answer)
            if read is None:
                return
            answer, chosen, remarks, faults = read.answer, read.found, read.notes, read.faults
        file = act(desk, ref, answer=answer, found=chosen, notes=remarks, faults=faults, cleared=tuple(no_fault or ()))
        recorded(options, desk, file, _told(chosen, faults, no_fault or ()))


def _told(found: Mapping[str, Status], faults: Collection[str], cleared: Collection[str]) -> str:
    """What was recorded, counted: “Reviewed: 3 given, 1 missing, 1 fault”."""
    counted = Counter(found.values())
    told = [f"{counted[status]} {status}" for status in get_args(Status) if counted[status]]
    told += [f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"] if faults else []
    told += [f"{len(cleared)} taken back"] if cleared else []
    return f"Reviewed: {', '.join(told)}" if told else "Reviewed: notes only"


def _statuses(options: Options, desk: Desk, ref: str | None, said: dict[str, str], rest: str) -> dict[str, Status]:
    """The status of each item: as given, and `rest` for the others."""
    from dsar.core.demands import asked  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.office import read  # noqa: PLC0415 - as above

    chosen = _named(options, said)
    if rest:
        items = [item.demand.id for item in asked(read(desk, ref).case) if item.demand.id not in chosen]
        chosen |= dict.fromkeys(items, _rest(options, rest))
    return chosen


def _named(options: Options, said: Mapping[str, str]) -> dict[str, Status]:
    chosen = {name: ask.choose(options, text, name, "--set", get_args(Status)) for name, text in said.items()}
    return cast("dict[str, Status]", chosen)


def _rest(options: Options, rest: str) -> Status:
    return cast("Status", ask.choose(options, rest, "the rest", "--rest", get_args(Status)))


def _finds(
    options: Options,
    said: Mapping[str, str],
    rest: str,
    notes: Mapping[str, str],
    faults: Mapping[str, str],
    cleared: tuple[str, ...],
) -> Finds | None:
    """What was said by options, for many cases; None if nothing was."""
    from dsar.desk.reviewing_many import Finds  # noqa: PLC0415 - loaded with the vault

    if not (said or rest or notes or faults or cleared):
        return None
    whole = _rest(options, rest) if rest else None
    return Finds(found=_named(options, said), rest=whole, notes=notes, faults=faults, cleared=cleared)


def _finds_of(read: _Reading) -> Finds:
    from dsar.desk.reviewing_many import Finds  # noqa: PLC0415 - loaded with the vault

    return Finds(found=read.found, notes=read.notes, faults=read.faults)


@dataclass(slots=True)
class _Reading:
    """A review on the screen, as far as it has come."""

    answer: int
    found: dict[str, Status] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def _on_screen(options: Options, desk: Desk, ref: str | None, answer: int | None, again: str = "") -> _Reading | None:
    """Walk through the demands; None where the reader left to go on later (`again`): what was said so far is kept.

    Raises:
        MissingError: nothing was given, and there is nobody to ask.
    """
    from dsar.desk.answering import Begun, draft, keep, sheet  # noqa: PLC0415 - loaded with the vault

    if options.yes or options.json or not out.can_ask():
        raise ask.MissingError(what="what was found", option="--set ITEM=STATUS, --rest, --note or --fault")
    page = sheet(desk, ref, answer)
    begun = draft(desk, page.ref, page.answer)
    reading = _Reading(answer=page.answer, found=dict(begun.found), notes=dict(begun.notes), faults=dict(begun.faults))
    finished = _walk(page, reading)
    if finished and not reading.found:
        raise ask.NotConfirmedError
    if finished:
        return reading
    keep(desk, page.ref, page.answer, Begun(found=reading.found, notes=reading.notes, faults=reading.faults))
    step = again or f"dsar review {page.ref}"
    out.say("", f"Kept, without effect yet: {len(reading.found)} of {len(page.lines)}.", "", f"Next: {step}")
    return None


def _walk(page: Sheet, reading: _Reading) -> bool:
    """Show one demand after the other; whether the reader came to the end."""
    at = 0
    while at < len(page.lines):
        line = page.lines[at]
        _show(page, line, reading)
        key = typer.getchar().lower()
        match key:
            case "q" | "\x03" | "\x04" | "":
                return False
            case "b":
                at = max(0, at - 1)
            case "s" | "\r" | "\n":
                if line.said is not None:
                    reading.found.setdefault(line.demand, line.said)
                at += 1
            case "e":
                reading.notes[line.demand] = typer.prompt("A note beside it", default=_note(line, reading), err=True)
            case "f":
                _fault(page, reading)
            case _ if key in _KEYS:
                reading.found[line.demand] = _KEYS[key]
                at += 1
            case _:
                pass
    return True


def _note(line: Line, reading: _Reading) -> str:
    return reading.notes.get(line.demand, line.note)


def _fault(page: Sheet, reading: _Reading) -> None:
    names = ", ".join(name for name, _ in page.faults)
    out.tell(*textwrap.wrap(names, _WIDTH, break_on_hyphens=False))
    said = str(typer.prompt("The fault, by its name (nothing: none)", default="", show_default=False, err=True)).strip()
    if said in {name for name, _ in page.faults}:
        reading.faults[said] = str(typer.prompt("Where, and what", default="", show_default=False, err=True))
    elif said:
        out.tell(f"There is no fault “{said}”.")


def _show(page: Sheet, line: Line, reading: _Reading) -> None:
    """One demand on a cleared screen: what was asked, where the answer speaks of it, what was said so far."""
    out.clear()
    out.say(f"Case {page.ref}, answer {page.answer}: {line.n} of {len(page.lines)}  {line.title}")
    out.say(*textwrap.wrap(out.line(line.words), _WIDTH), "")
    for passage in line.passages:
        out.say(f"  {out.line(passage.place)}:")
        out.say(*textwrap.wrap(out.line(passage.text), _WIDTH, initial_indent="  | ", subsequent_indent="  | "))
    for hint in line.hints:
        out.say(f"  ? {hint}")
    said = reading.found.get(line.demand, line.said)
    if said is not None:
        out.say("", f"So far: {said}")
    if _note(line, reading):
        out.say(f"Note: {out.line(_note(line, reading))}")
    if reading.faults or page.marked:
        out.say(f"Faults: {', '.join(sorted({*reading.faults, *page.marked}))}")
    out.say("", _MENU, _MORE)
