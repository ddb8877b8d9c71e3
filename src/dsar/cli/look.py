"""Looking: the agenda, a case on one page, why a date is what it is, what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.session import at_desk

_WHO = {"us": "you", "controller": "they", "authority": "the authority", "nobody": "nobody"}


def home(options: Options) -> None:
    """`dsar` alone: the agenda and the one thing to do next; before there is a vault, how to begin."""
    if not options.vault_path.exists():
        if options.json:
            out.emit({"vault": None, "next": "dsar init"})
            return
        out.say("dsar: data-protection rights, from the first letter to the dossier for the authority.", "")
        out.say("There is no vault here yet.", "", "  dsar demo   shows a whole case with made-up parties")
        out.say("  dsar init   makes your vault", "", "Next: dsar init")
        return
    _agenda(options, days=None)


def agenda(
    ctx: typer.Context,
    days: Annotated[int | None, typer.Option(help="Only what is due within so many days.")] = None,
    ics: Annotated[Path | None, typer.Option(help="Write the open deadlines to a calendar file.")] = None,
) -> None:
    """All cases: who must act, what is due, what is waiting."""
    options = ctx.ensure_object(Options)
    if ics is None:
        _agenda(options, days=days)
    else:
        _calendar(options, ics)


def _calendar(options: Options, path: Path) -> None:
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a calendar is asked for
    from dsar.desk.ics import calendar  # noqa: PLC0415 - as above
    from dsar.desk.lists import agenda as rows_of  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        rows = rows_of(desk)
        data = calendar(desk, rows)
    write_file(path, data)
    if options.json:
        out.emit({"ics": str(path), "cases": len(rows)})
        return
    out.say(f"Written: {path}", "", "Next: dsar agenda")


def _agenda(options: Options, *, days: int | None) -> None:
    from datetime import timedelta  # noqa: PLC0415 - only with --days

    from dsar.desk.lists import agenda as rows_of  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        rows = rows_of(desk)
        if days is not None:
            until = (desk.today + timedelta(days=days)).isoformat()
            rows = [row for row in rows if row["who"] == "us" or (row["due"] and row["due"] <= until)]
        in_pen = desk.vault.waiting()
    if options.json:
        out.emit(rows)
        return
    if not rows:
        out.say("No cases yet.", "", 'Next: dsar request "NAME OF A COMPANY" --right access')
        return
    shown = [row for row in rows if row["who"] != "nobody"] or rows
    heads = ("case", "for", "against", "turn", "due", "next")
    out.table(heads, [_row(row) for row in shown])
    if in_pen:
        out.say("", f"In the inbox, for you to say where it belongs: {in_pen}.")
    first = next((row for row in shown if row["who"] == "us"), None)
    if first is not None:
        out.next_step(first["next"])
    elif in_pen:
        out.say("", "Next: dsar inbox")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    step = row["next"][0] if row["next"] else None
    return (
        row["ref"],
        _short(row["subject"]),
        _short(row["controller"]),
        _WHO[row["who"]],
        row["due"] or "",
        step["id"].replace("-", " ") if step else row["outcome"],
    )


def _short(text: str, width: int = 24) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def next_(ctx: typer.Context, ref: Ref = None) -> None:
    """What the law lets you do now, the command for it, and what speaks against it."""
    from dsar.desk.office import read  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.projecting import step_row  # noqa: PLC0415 - as above
    from dsar.desk.wording import speaker  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        file = read(desk, ref)
        words = speaker(desk, "en")
        steps = [step_row(words, step) for step in file.standing.steps]
    if options.json:
        out.emit({"ref": file.case.ref, "next": steps})
        return
    if not steps:
        out.say(f"Case {file.case.ref} is closed: nothing is left to do.")
    for step in steps:
        out.say(step["command"], f"    {step['why']}")


def why(ctx: typer.Context, ref: Ref = None) -> None:
    """How each deadline was computed, with the articles."""
    from dsar.desk.office import read  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.views import deadline_row  # noqa: PLC0415 - as above
    from dsar.desk.wording import speaker  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        file = read(desk, ref)
        words = speaker(desk, "en")
        rows = [deadline_row(words, deadline) for deadline in file.due]
    if options.json:
        out.emit({"ref": file.case.ref, "deadlines": rows})
        return
    if not rows:
        out.say(f"No term runs in case {file.case.ref} yet: the request has not been sent.")
    for row in rows:
        out.heading(row["title"])
        out.say(dates(row))
        steps(row["steps"])


def dates(row: dict[str, Any]) -> str:
    """The readings of a deadline on one line."""
    strict, safe = row["strict"], row["safe"]
    if strict is None and safe is None:
        said = "no last day can be computed"
    elif strict == safe:
        said = f"last day {strict}"
    elif safe is None:
        said = f"earliest reading {strict}, no safe date"
    else:
        said = f"earliest reading {strict or 'none'}, safe to allege after {safe}"
    met = row.get("met")
    if not met:
        return said
    late = safe is not None and met > safe  # ISO dates sort as texts
    return f"{said}; {'answered late' if late else 'met'} on {met}"


def steps(found: list[dict[str, Any]]) -> None:
    """The steps of a deadline, each with its day, its sentence and its citation."""
    import textwrap  # noqa: PLC0415 - only for a page of text

    for step in found:
        mark = "" if step["reading"] == "both" else f"({step['reading']}) "
        cite = f" [{step['cite']}]" if step["cite"] else ""
        text = out.line(f"{mark}{step['text']}{cite}")
        wrapped = textwrap.wrap(text, 64) or [""]
        out.say(f"  {step['date'] or '          '}  {wrapped[0]}", *(f"              {part}" for part in wrapped[1:]))


def show(ctx: typer.Context, ref: Ref = None) -> None:
    """The case on one page: parties, state, timeline, deadlines, breaches, next steps."""
    from dsar.desk.office import read  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.views import show as page  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = page(desk, read(desk, ref))
    if options.json:
        out.emit(found)
        return
    _page(found)


def _page(found: dict[str, Any]) -> None:
    agent = f", by {found['agent']} under mandate {found['mandate']}" if found["agent"] else ""
    out.say(f"Case {found['ref']}: {found['subject']['name']}{agent}, v. {found['controller']['name']}")
    state = found["state"]
    out.say(f"Rights: {', '.join(found['rights'])}. Turn: {_WHO[state['who']]}. Outcome: {state['outcome']}.")
    out.heading("What happened")
    for event in found["events"]:
        pieces = f"  [exhibit {', '.join(map(str, event['exhibits']))}]" if event["exhibits"] else ""
        out.say(f"{event['n']:>4}  {event['on']}  {out.line(event['text'])}{pieces}")
    for odd in found["oddities"]:
        out.say(f"      entry {odd['n']} looks odd: {odd['text']}{' (confirmed)' if odd['confirmed'] else ''}")
    out.heading("Deadlines")
    for row in found["deadlines"]:
        out.say(f"  {row['title']}: {dates(row)}")
    if found["breaches"]:
        out.heading("What may be alleged today")
        for breach in found["breaches"]:
            out.say(f"  {breach['title']} ({breach['law']}), since {breach['since']}")
    out.heading("What was asked")
    for item in found["demands"]:
        out.say(f"  {item['n']:>2}. {item['text']}: {item['status'] or 'not reviewed'}")
    out.next_step(found["next"])
