"""The inbox: what came in and belongs to no case yet; and taking mails and files in."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, many, out
from dsar.cli.inbox_page import assign_next, line, page, row
from dsar.cli.inbox_page import show as show_page
from dsar.cli.options import Options
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.desk.mailing import Intake
    from dsar.vault.mailbox import Held

PAGE = 50

inbox = typer.Typer(
    help="What came in and belongs to no case yet.",
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
)
Number = Annotated[int, typer.Argument(metavar="N", help="The number of the message, as `dsar inbox` lists it.")]


@inbox.callback()
def pen(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also what was filed or dismissed.")] = False,
    after: Annotated[int, typer.Option(help="Begin after this message.")] = 0,
    again: Annotated[bool, typer.Option("--match", help="Look again where the waiting messages belong.")] = False,
    campaign: Annotated[str, typer.Option(metavar="ID", help="Only what seems to be of this campaign.")] = "",
) -> None:
    """What waits for you to say where it belongs."""
    if ctx.invoked_subcommand is not None:
        return
    from dsar.desk import inbox as desk_inbox  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import inbox_many  # noqa: PLC0415 - as above
    from dsar.vault.mailbox import OPEN  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        if again:
            desk_inbox.match_again(desk)
        states = (*OPEN, "filed", "dismissed", "double") if every else OPEN
        most = None if options.json else PAGE + 1
        found = list(islice(inbox_many.waiting(desk, campaign.strip().upper(), states=states, after=after), most))
        counted = desk.vault.mail.counted()
    if options.json:
        out.emit([row(held) for held in found])
        return
    if not found:
        out.say("The inbox is empty.", "", "Next: dsar agenda")
        return
    shown = found[:PAGE]
    out.table(("n", "came", "from", "subject", "seems to be of", "state"), [line(held) for held in shown])
    if len(found) > PAGE:
        more = "More" if campaign else f"About {sum(counted[state] for state in states) - PAGE} more"
        out.say("", f"{more}: dsar inbox --after {shown[-1].id}{f' --campaign {campaign}' if campaign else ''}")
    out.say("", f"Next: dsar inbox show {shown[0].id}, then {assign_next(shown[0])}")


@inbox.command("show")
def show(ctx: typer.Context, n: Number) -> None:
    """One message: its headers, its text, what is attached, where it may belong."""
    from dsar.desk import inbox as desk_inbox  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        seen = desk_inbox.look(desk, n)
    if options.json:
        out.emit(page(seen))
        return
    show_page(seen)


@inbox.command("assign")
def assign(
    ctx: typer.Context,
    n: Number,
    refs: Annotated[list[str] | None, typer.Argument(metavar="REF...", help="The case or cases.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--as", help="What it is (repeat); else classify it later.")] = None,
    on: Annotated[str, typer.Option("--on", help="The day it came, where it does not say so.")] = "",
    campaign: Annotated[str, typer.Option(metavar="ID", help="Into the cases of this campaign that wait.")] = "",
    controller: Annotated[str, typer.Option(help="Whose answer it is, where the sender does not say so.")] = "",
    all_open: Annotated[bool, typer.Option("--all-open", help="Also into those that were answered.")] = False,
) -> None:
    """Enter a message into the case it belongs to, into several, or into all of a campaign that wait for it."""
    from dsar.desk import inbox as desk_inbox  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.dates import day  # noqa: PLC0415 - as above
    from dsar.desk.incoming import Attributes, meaning  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    kinds = tuple(meaning(name, Attributes()) for name in kind or ())
    when = day(on) if on else None
    if campaign:
        if refs:
            raise many.WhichCasesError
        many.assign_message(options, n, campaign, controller=controller, all_open=all_open, kinds=kinds, on=when)
        return
    with at_desk(options) as desk:
        held = desk.vault.mail.get(n)
        usual = desk_inbox.likely(held)
        wanted = tuple(refs or ()) or (ask.need(options, None, "the case", "REF", default=usual),)
        entered, warnings = desk_inbox.assign(desk, n, wanted, kinds=kinds, on=when)
    cases = [{"ref": ref, "n": entry} for ref, entry in entered]
    if options.json:
        out.emit({"message": n, "cases": cases, "warnings": list(warnings)})
        return
    for case in cases:
        out.say(f"Message {n} is entry {case['n']} of case {case['ref']}.")
    out.tell(*warnings)
    first = cases[0]
    step = f"dsar show {first['ref']}" if kinds else f"dsar classify {first['ref']} {first['n']} KIND"
    out.say("", f"Next: {step}")


@inbox.command("dismiss")
def dismiss(
    ctx: typer.Context,
    n: Number,
    reason: Annotated[str, typer.Option(help="Why it belongs to no case.")] = "",
) -> None:
    """Put a message away that belongs to no case. Its bytes stay."""
    from dsar.desk import inbox as desk_inbox  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        held = desk_inbox.dismiss(desk, n, ask.need(options, reason, "why it is put away", "--reason TEXT"))
    _settled(options, held, f"Message {n} is put away.")


@inbox.command("undo")
def undo(ctx: typer.Context, n: Number) -> None:
    """Let a message wait again: out of its cases, or back from those put away."""
    from dsar.desk import inbox as desk_inbox  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        held = desk_inbox.undo(desk, n)
    _settled(options, held, f"Message {n} waits again.")


def _settled(options: Options, held: Held, said: str) -> None:
    if options.json:
        out.emit(row(held))
        return
    out.say(said, "", "Next: dsar inbox")


def import_(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Mails, mailboxes (mbox, Maildir), scans, folders of them.")],
) -> None:
    """Take mails, mailboxes, scans or whole folders into the vault; what is known already is not doubled."""
    from dsar.desk.mailing import take_in  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    told = progress(options)
    with at_desk(options) as desk:
        intake = take_in(desk, paths, told)
    taken(options, intake)


def taken(options: Options, intake: Intake) -> None:
    """Print what became of a run that took messages in."""
    if options.json:
        out.emit(taken_row(intake))
        return
    taken_said(intake)


def taken_row(intake: Intake) -> dict[str, Any]:
    """A run that took messages in as `--json` shows it."""
    return {
        "imported": intake.new,
        "known": intake.known,
        "filed": intake.filed,
        "proposed": intake.proposed,
        "waiting": intake.waiting,
        "cases": sorted(intake.cases),
        "problems": [{"place": place, "why": why} for place, why in intake.passed],
    }


def taken_said(intake: Intake) -> None:
    """Say what became of a run that took messages in, and what comes next."""
    out.say(f"Taken in: {intake.new} new, {intake.known} known already.")
    out.say(f"Filed in a case: {intake.filed}. Proposed: {intake.proposed}. Waiting: {intake.waiting}.")
    out.tell(*(f"Not taken: {place}: {why}." for place, why in intake.passed))
    step = "dsar inbox" if intake.proposed or intake.waiting else "dsar agenda"
    out.say("", f"Next: {step}")


def progress(options: Options) -> Callable[[Intake], None]:
    """What says to a person how far a run has come; nobody else is told."""
    if options.json or not out.can_ask():
        return lambda _: None
    return lambda intake: out.tell(f"{intake.new + intake.known} messages …")
