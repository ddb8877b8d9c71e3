"""`dsar campaign sent`, `delivered`, `remind`, `notice`, `incomplete`: what happens to many cases at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from dsar.cli import ask, out
from dsar.cli.campaign_common import Id, Limit, Rate, Wave, columns, fresh, meanings, progress, stopping
from dsar.cli.campaign_run import OutFolder, lie, post_of, print_all, ready, sent_step
from dsar.cli.options import Options
from dsar.cli.post import AccountName, PasswordFile
from dsar.cli.session import at_desk
from dsar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.desk.campaign_letters import Followed, Kind
    from dsar.desk.campaign_paper import Printed
    from dsar.desk.campaign_steps import Told


class NothingRecordedError(InputError):
    """Not one line of a table could be recorded."""

    sentence = "Nothing of “{name}” was recorded; see the {count} line(s) above, mend them or say --map or --status."


_NAMES: dict[Kind, str] = {"reminder": "reminder", "notice": "notice", "incomplete": "letter on what is missing"}
Columns = Annotated[list[str] | None, typer.Option("--map", help="COLUMN=FIELD of the table (repeat).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")]
Send = Annotated[bool, typer.Option("--send", help="Send them by e-mail, at the rate.")]


def sent(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    on: Annotated[str, typer.Option("--on", help="The day on which they left, YYYY-MM-DD.")] = "",
    via: Annotated[str, typer.Option(help="email, post, registered, fax, portal or hand.")] = "post",
    table: Annotated[
        Path | None, typer.Option("--from", help="A table with “ref”, and “date” and “tracking” if known.")
    ] = None,
    column: Columns = None,
) -> None:
    """Record that the issued letters of a campaign left: all of them on a day, or those of a table."""
    from dsar.core.events import Channel  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import campaign_steps, campaign_table  # noqa: PLC0415 - as above
    from dsar.desk.dates import day  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    way = ask.choose(options, via, "how they left", "--via", get_args(Channel))
    with at_desk(options) as desk, stopping() as stop:
        refs = campaign_steps.refs(desk, id, wave)
        if table is not None:
            found = campaign_table.table(table, columns(column), ("ref",), ("date", "tracking"), campaign_table.SENT_ON)
            _mapped(found.columns)
            told = campaign_steps.sent_from(desk, refs, found, day(on) if on else None, way)  # type: ignore[arg-type]  # a Channel
        else:
            left = ask.day(options, on, "On which day did they leave", desk.today)
            told = campaign_steps.sent(desk, refs, left, way, stop)  # type: ignore[arg-type]  # a Channel
    _refuse_nothing(told, table)
    _told(options, id.upper(), told, "recorded as sent", f"dsar campaign delivered {id.upper()} --from FILE")


def delivered(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    table: Annotated[
        Path | None, typer.Option("--from", help="The post's table: “ref” or “tracking”, “date”, “status”.")
    ] = None,
    column: Columns = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            help="WORD=MEANING (repeat): delivered, stated, refused, unclaimed, returned; ignore: still on its way."
        ),
    ] = None,
    notices: Annotated[bool, typer.Option("--from-notices", help="From the notices of delivery that came in.")] = False,
) -> None:
    """Record what became of the letters: from a table of the post, or from notices of delivery."""
    from dsar.desk import campaign_status, campaign_steps, campaign_table  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    if (table is None) == (not notices):
        raise ask.MissingError(what="where that is said", option="either --from FILE or --from-notices")
    words = campaign_status.checked(meanings(status))
    with at_desk(options) as desk, stopping() as stop:
        refs = campaign_steps.refs(desk, id, wave)
        if table is not None:
            found = campaign_table.table(
                table, columns(column), ("ref|tracking", "date"), ("status",), campaign_table.DELIVERED_ON
            )
            _mapped(found.columns)
            told = campaign_steps.delivered(desk, refs, found, words)
        else:
            told = campaign_steps.from_notices(desk, refs, stop)
    _refuse_nothing(told, table)
    _told(options, id.upper(), told, "recorded", f"dsar campaign remind {id.upper()} --dry-run")


def remind(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    dry_run: DryRun = False,
    again: Annotated[int | None, typer.Option(help="Remind again after so many days.", min=1)] = None,
    limit: Limit = None,
    send: Send = False,
    rate: Rate = "30/min",
    folder: OutFolder = None,
    name: AccountName = "",
    password_file: PasswordFile = None,
) -> None:
    """Issue a reminder in each case that is past its earliest date (the strict reading), and has none yet."""
    options = ctx.ensure_object(Options)
    _follow(
        options, id, wave, "reminder", dry_run=dry_run, again=again, term_days=None, limit=limit, folder=folder,
        mail=(name, password_file, rate) if send else None,
    )  # fmt: skip


def notice(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    dry_run: DryRun = False,
    term_days: Annotated[int | None, typer.Option(help="The term that it sets, in days.", min=1)] = None,
    limit: Limit = None,
    send: Send = False,
    rate: Rate = "30/min",
    folder: OutFolder = None,
    name: AccountName = "",
    password_file: PasswordFile = None,
) -> None:
    """Issue a formal notice in each case that is past its safe date, and in no other."""
    options = ctx.ensure_object(Options)
    _follow(
        options, id, wave, "notice", dry_run=dry_run, again=None, term_days=term_days, limit=limit, folder=folder,
        mail=(name, password_file, rate) if send else None,
    )  # fmt: skip


def incomplete(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    dry_run: DryRun = False,
    limit: Limit = None,
    send: Send = False,
    rate: Rate = "30/min",
    folder: OutFolder = None,
    name: AccountName = "",
    password_file: PasswordFile = None,
) -> None:
    """Ask for what is missing in each case whose answer was reviewed and found incomplete, item by item, once."""
    options = ctx.ensure_object(Options)
    _follow(
        options, id, wave, "incomplete", dry_run=dry_run, again=None, term_days=None, limit=limit, folder=folder,
        mail=(name, password_file, rate) if send else None,
    )  # fmt: skip


def _follow(
    options: Options,
    id: str,  # noqa: A002 - its own name
    wave: int | None,
    kind: Kind,
    *,
    dry_run: bool,
    again: int | None,
    term_days: int | None,
    limit: int | None,
    folder: Path | None,
    mail: tuple[str, Path | None, str] | None,
) -> None:
    from dsar.desk import campaign_letters  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_paper import refs  # noqa: PLC0415 - as above
    from dsar.desk.campaign_run import Around  # noqa: PLC0415 - as above

    with at_desk(options) as desk, stopping() as stop:
        cases = refs(desk, id, wave)
        if folder is not None and not dry_run:
            ready(desk, id, wave, folder)
        by = post_of(options, desk, *mail, stop) if mail is not None and not dry_run else None
        if by is not None:
            sender = out.line(by.account.address)
            what = f"Issue the {_NAMES[kind]} and send it by e-mail, from {sender}, in up to {len(cases)} cases?"
            ask.confirm(options, what)
        wanted = campaign_letters.Follow(
            kind=kind, again=again, term_days=term_days, limit=limit, post=by, dry_run=dry_run
        )
        with progress(options, f"{id.upper()}: {kind}") as told:
            counted = (told(None, n, len(cases)) or ref for n, ref in enumerate(cases, start=1))
            done = campaign_letters.follow(desk, counted, wanted, Around(fresh=fresh(options), stop=stop))
        printed = print_all(desk, id, wave, folder) if folder is not None and not dry_run else None
    _followed(options, id.upper(), kind, done, printed, dry_run=dry_run)


def _followed(
    options: Options,
    id: str,  # noqa: A002 - its own name
    kind: Kind,
    done: Followed,
    printed: Printed | None,
    *,
    dry_run: bool,
) -> None:
    again = f"dsar campaign {'remind' if kind == 'reminder' else kind} {id}"
    if dry_run:
        step = again
    elif printed is not None and printed.letters:
        step = sent_step(id)
    else:  # issued, and neither printed nor mailed: the same command prints them, and issues none twice
        step = f"{again} --out FOLDER" if len(done.refs) > done.sent else f"dsar campaign show {id}"
    if options.json:
        counts = {"cases": done.refs, "sent": done.sent, "stopped": done.stopped, "problems": done.problems}
        if printed is not None:
            counts |= {"printed": printed.letters, "list": str(printed.list_at)}
        out.emit({"campaign": id, "kind": kind, "dry_run": dry_run, **counts, "next": step})
        return
    out.say(
        f"{id}: the {_NAMES[kind]} {'would be' if dry_run else 'was'} issued in {out.many(len(done.refs), 'case')}; "
        f"sent: {done.sent}."
    )
    if printed is not None:
        lie(printed)
        out.tell(*printed.left_out)
    out.tell(*(f"Case {ref}: {out.line(why)}" for ref, why in done.problems.items()))
    out.say("", f"Next: {step}")


def _mapped(columns: Mapping[str, str]) -> None:
    """Which column is read as what, before anything is recorded."""
    out.tell("Read: " + ", ".join(f"{field} from “{out.line(head)}”" for field, head in columns.items()))


def _refuse_nothing(told: Told, table: Path | None) -> None:
    """End with an error where a table said nothing that could be recorded: a script must not go on.

    Raises:
        NothingRecordedError: it is so.
    """
    if table is None or not told.problems or told.recorded or told.known:
        return
    out.tell(*(out.line(text) for text in told.problems))
    raise NothingRecordedError(name=out.line(table.name), count=len(told.problems))


def _told(options: Options, id: str, told: Told, what: str, step: str) -> None:  # noqa: A002 - its own name
    if options.json:
        counts = {
            "recorded": told.recorded, "known": told.known, "ignored": told.ignored, "problems": told.problems,
        }  # fmt: skip
        out.emit({"campaign": id, **counts, "next": step})
        return
    out.say(f"{id}: {told.recorded} letters were {what}; {told.known} were known before.")
    if told.ignored:
        out.say(f"{told.ignored} line(s) were left out, as you said.")
    out.tell(*(out.line(text) for text in told.problems))
    out.say("", f"Next: {step}")
