"""Looking: a case on one page, why a date is what it is, what comes next."""

from __future__ import annotations

from typing import Any

import typer

from dsar.cli import out
from dsar.cli.agenda import WHO
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.session import at_desk


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
    out.say(f"Rights: {', '.join(found['rights'])}. Turn: {WHO[state['who']]}. Outcome: {state['outcome']}.")
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
