"""The inbox: what came in and belongs to no case yet; and taking mails and files in."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, many, out
from dsar.cli.options import Options
from dsar.cli.seeming import seems, seems_lines
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.desk.inbox import Shown
    from dsar.desk.mailing import Intake
    from dsar.vault.mailbox import Held

PAGE = 50
_BODY_LINES = 60

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
    out.table(("n", "came", "from", "subject", "seems to be of", "state"), [_line(held) for held in shown])
    if len(found) > PAGE:
        more = "More" if campaign else f"About {sum(counted[state] for state in states) - PAGE} more"
        out.say("", f"{more}: dsar inbox --after {shown[-1].id}{f' --campaign {campaign}' if campaign else ''}")
    first = shown[0]
    case = first.proposals[0].ref if first.proposals else "REF"
    out.say("", f"Next: dsar inbox show {first.id}, then dsar inbox assign {first.id} {case}")


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
    _page(seen)


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
        likely = held.proposals[0].ref if held.proposals else ""
        wanted = tuple(refs or ()) or (ask.need(options, None, "the case", "REF", default=likely),)
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


def row(held: Held) -> dict[str, Any]:
    """A message of the register as `--json` shows it."""
    came = held.arrival
    return {
        "n": held.id,
        "state": held.state,
        "why": held.why,
        "from": came.sender,
        "to": list(came.to),
        "subject": came.subject,
        "at": came.at or None,
        "name": came.name,
        "media": came.media,
        "size": came.size,
        "sha256": came.sha256,
        "source": came.source,
        "automatic": came.automatic,
        "bounce": came.bounce,
        "dead_address": came.dead or None,
        "proposals": [{"ref": one.ref, "reason": one.reason} for one in held.proposals],
        "cases": [{"ref": ref, "n": n} for ref, n in held.filed],
    }


def page(seen: Shown) -> dict[str, Any]:
    """A whole message as `--json` shows it."""
    message = seen.message
    return {
        **row(seen.held),
        "text": message.text if message else "",
        "attachments": [
            {"name": one.name, "media": one.media, "size": len(one.data), "sha256": one.sha256}
            for one in (message.attachments if message else ())
        ],
        "problems": list(message.problems) if message else [],
        **seems(seen.seems),
    }


def _line(held: Held) -> tuple[object, ...]:
    came = held.arrival
    cases = [ref for ref, _ in held.filed] or [one.ref for one in held.proposals]
    seems = f"{cases[0]} and {len(cases) - 1} more" if len(cases) > 1 else "".join(cases)
    kind = "bounce" if came.bounce else "automatic" if came.automatic else ""
    state = f"{held.state}, {kind}" if kind else held.state
    return (
        held.id,
        (came.at or held.taken_at)[:10],
        came.sender[:32] or "-",
        (came.subject or came.name)[:40],
        seems,
        state,
    )


def _page(seen: Shown) -> None:
    from dsar.desk.inbox import REASONS  # noqa: PLC0415 - loaded with the vault

    held, came = seen.held, seen.held.arrival
    out.say(f"Message {held.id} ({held.state}{': ' + held.why if held.why else ''})", f"From:    {came.sender or '-'}")
    out.say(
        f"To:      {', '.join(came.to) or '-'}", f"Date:    {came.at or 'not said'}", f"Subject: {came.subject or '-'}"
    )
    out.say(f"Source:  {came.source}", f"SHA-256: {came.sha256} ({came.size} bytes)")
    out.say(*seems_lines(seen.seems))
    if seen.message is not None:
        lines = seen.message.text.splitlines()
        # their words stay theirs: a mail may say “Next: dsar …” too
        out.say("", *(f"  | {line}" for line in lines[:_BODY_LINES]))
        if len(lines) > _BODY_LINES:
            out.say(f"… ({len(lines) - _BODY_LINES} more lines)")
        for one in seen.message.attachments:
            out.say(f"Attached: {one.name or '(no name)'} ({one.media}, {len(one.data)} bytes)")
        out.tell(*seen.message.problems)
    for guess in held.proposals:
        out.say("", f"May belong to {guess.ref}: {REASONS[guess.reason]}.")
    for ref, n in held.filed:
        out.say("", f"Entry {n} of case {ref}.")
    out.say("", f"Next: {_next(held)}")


def _next(held: Held) -> str:
    if held.filed:
        ref, n = held.filed[0]
        return f"dsar classify {ref} {n} KIND"
    case = held.proposals[0].ref if held.proposals else "REF"
    return f"dsar inbox assign {held.id} {case}, or dsar inbox dismiss {held.id} --reason TEXT"
