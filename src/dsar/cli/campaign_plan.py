"""`dsar campaign plan` and `check`: who asks whom, and what that lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.campaign_common import LAST_WAVE, Id, Wave, columns, looking_up
from dsar.cli.options import Options
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.desk.campaign_check import Checked, Finding
    from dsar.desk.campaign_plan import Planned


def plan(  # every way to name people and controllers
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    group: Annotated[list[str] | None, typer.Option(help="The people of a group (repeat).")] = None,
    subject: Annotated[list[str] | None, typer.Option(help="One person (repeat).")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Everybody you act for.")] = False,
    controller: Annotated[list[str] | None, typer.Option(help="One controller (repeat).")] = None,
    pack: Annotated[list[str] | None, typer.Option(help="The controllers of a pack (repeat).")] = None,
    controllers: Annotated[Path | None, typer.Option(help="A table with a column “controller”.")] = None,
    pairs: Annotated[Path | None, typer.Option(help="A table with the columns “subject” and “controller”.")] = None,
    column: Annotated[list[str] | None, typer.Option("--map", help="COLUMN=FIELD of the table (repeat).")] = None,
    wave: Annotated[int, typer.Option(help="The wave.", min=1, max=LAST_WAVE)] = 1,
    again: Annotated[bool, typer.Option("--again", help="Also who was asked in another wave.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be planned.")] = False,
) -> None:
    """Add seats to a wave: people × controllers, or the pairs of a table. Said twice, it is planned once."""
    from dsar.desk import campaign_plan  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_table import table  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = columns(column)
    with at_desk(options) as desk, looking_up(options, desk) as where:
        if pairs is not None:
            if group or subject or everyone or controller or pack or controllers:
                raise ask.MissingError(what="people and controllers, or pairs, not both", option="only --pairs FILE")
            wanted, problems = campaign_plan.pairs(desk, where, table(pairs, said, ("subject", "controller")).rows)
        else:
            names = list(controller or ())
            if controllers is not None:
                names += [row.cells["controller"] for row in table(controllers, said, ("controller",)).rows]
            people = campaign_plan.who(desk, groups=group or (), subjects=subject or (), everyone=everyone)
            against, problems = campaign_plan.whom(where, names=names, packs=pack or ())
            wanted = tuple((who, one) for one in against for who in people)
        found = campaign_plan.planned(desk, id, wave, wanted, again=again, problems=problems)
        if not dry_run:
            if len(found.new) > campaign_plan.MANY:
                ask.confirm(options, f"Add {out.many(len(found.new), 'seat')} to wave {wave}?")
            campaign_plan.add(desk, found)
    _planned(options, id.upper(), wave, found, dry_run=dry_run)


def _planned(options: Options, id: str, wave: int, found: Planned, *, dry_run: bool) -> None:  # noqa: A002 - its own name
    if options.json:
        counts = {"new": len(found.new), "known": found.known, "elsewhere": found.elsewhere}
        out.emit({"campaign": id, "wave": wave, "dry_run": dry_run, **counts, "problems": list(found.problems)})
        return
    done = "would be" if dry_run else "was" if len(found.new) == 1 else "were"
    out.say(f"Wave {wave} of {id}: {out.many(len(found.new), 'seat')} {done} added.")
    if found.known:
        out.say(f"{found.known} were there before.")
    if found.elsewhere:
        out.say(f"{found.elsewhere} have a seat in another wave, and get no second one (--again gives it).")
    out.tell(*(out.line(text) for text in found.problems))
    out.say("", f"Next: dsar campaign check {id}")


def check(ctx: typer.Context, id: Id, wave: Wave = None) -> None:  # noqa: A002 - its own name
    """What is missing, what makes it look abusive, and where acting for others may be reserved."""
    from dsar.desk.campaign_check import check as look  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_whom import Rolls  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk, looking_up(options, desk) as where:
        found = look(desk, Rolls(where), id, wave)
    if options.json:
        out.emit(_checked_row(id.upper(), found))
        return
    _checked(id.upper(), found)


def _checked(id: str, found: Checked) -> None:  # noqa: A002 - its own name
    out.say(
        f"{out.many(found.seats, 'seat')} without a letter yet; "
        f"{'each would get it.' if found.ready else 'not all would get it.'}"
    )
    out.heading("Missing, or to be known")
    out.say(*([_said(one) for one in found.findings] or ["Nothing."]))
    out.heading("What could look abusive (Court of Justice, C-526/24; Art. 12(5) GDPR)")
    out.say(*([_said(one) for one in found.abuse] or ["Nothing was found."]))
    out.heading("Acting for others")
    for one in found.reserved:
        read = "" if one.checked else " [not read at its source]"
        out.say(f"{one.country}: {one.title}{read}. {one.rule}", f"    Ask: {one.ask}", f"    Source: {one.source}")
    if found.unread:
        out.say(f"Nobody has looked at the rules of {', '.join(found.unread)}: there may be some.")
    out.say("", f"Next: dsar campaign preview {id}")


def _said(one: Finding) -> str:
    who = f" ({', '.join(one.who)}{' …' if one.count > len(one.who) else ''})" if one.who else ""
    return f"{'STOPS ' if one.stops else ''}{one.count} × {out.line(one.words)}{who}"


def _checked_row(id: str, found: Checked) -> dict[str, Any]:  # noqa: A002 - its own name
    def row(one: Finding) -> dict[str, Any]:
        return {"rule": one.rule, "words": one.words, "stops": one.stops, "count": one.count, "who": one.who}

    return {
        "campaign": id,
        "seats": found.seats,
        "ready": found.ready,
        "findings": [row(one) for one in found.findings],
        "abuse": [row(one) for one in found.abuse],
        "reserved": [
            {"id": one.id, "country": one.country, "title": one.title, "rule": one.rule, "ask": one.ask,
             "source": one.source, "checked": one.checked}
            for one in found.reserved
        ],
        "unread": list(found.unread),
        "next": f"dsar campaign preview {id}",
    }  # fmt: skip
