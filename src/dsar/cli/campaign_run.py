"""`dsar campaign preview` and `run`: what a wave would send, and sending it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.campaign_common import Id, Limit, Rate, Wave, fresh, looking_up, pace, progress, stopping
from dsar.cli.options import Options
from dsar.cli.post import AccountName, PasswordFile, password_of
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.desk.campaign_paper import Printed
    from dsar.desk.campaign_post import Post
    from dsar.desk.campaign_run import Ran
    from dsar.desk.campaign_show import Sample
    from dsar.desk.office import Desk

REASONS = 5
OutFolder = Annotated[Path | None, typer.Option("--out", help="Write the PDFs into this folder.")]


def preview(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    samples: Annotated[int, typer.Option(help="So many letters are shown.", min=0)] = 3,
    folder: OutFolder = None,
) -> None:
    """What a wave would send: how many letters of which kind, samples of them, and what they disclose."""
    from dsar.desk import campaign_show, campaigning  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_whom import Rolls  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk, looking_up(options, desk) as where:
        plan, rolls = campaigning.campaign(desk, id), Rolls(where)
        groups = campaign_show.kinds(desk, rolls, plan.id, wave)
        found = campaign_show.samples(desk, rolls, plan, groups, samples)
    files = _written(folder, found)
    rows = [(controller, lang or "?", len(seats)) for (controller, lang), seats in groups.items()]
    if options.json:
        listed = [{"controller": one, "lang": lang, "letters": count} for one, lang, count in rows]
        shown = [_sample_row(one, name) for one, name in zip(found, files, strict=True)]
        out.emit({"campaign": plan.id, "letters": sum(row[2] for row in rows), "kinds": listed, "samples": shown})
        return
    out.say(f"{sum(row[2] for row in rows)} letters wait in {plan.id}; nothing is written.", "")
    out.table(("controller", "language", "letters"), rows)
    for one, name in zip(found, files, strict=True):
        _shown(one, name)
    out.say("", f"Next: dsar campaign run {plan.id} --dry-run")


def _written(folder: Path | None, found: tuple[Sample, ...]) -> list[str]:
    """The PDFs of the samples in the folder, if there is one; their names."""
    from dsar.cli.files import made_folder, write_file  # noqa: PLC0415 - only here

    names = []
    for n, one in enumerate(found, start=1):
        name = f"sample-{n}-{one.lang}.pdf" if folder is not None and one.letter is not None else ""
        if folder is not None and name:
            made_folder(folder)
            write_file(folder / name, one.pdf)
        names.append(name)
    return names


def _shown(one: Sample, name: str) -> None:
    out.heading(f"{one.seat.subject} to {one.seat.controller}, in {one.lang}")
    if one.letter is None:
        out.say(f"No letter: {out.line(one.why)}")
        return
    out.say(*([f"Written: {name}"] if name else [one.letter.subject, "", one.letter.body.rstrip()]))
    out.say("", f"With it they newly learn: {', '.join(one.discloses) or 'nothing'}.")
    if one.reason:
        out.say(f"It says to them, as the person gave it: “{out.line(one.reason)}”")


def _sample_row(one: Sample, name: str) -> dict[str, Any]:
    return {
        "subject": one.seat.subject,
        "controller": one.seat.controller,
        "lang": one.lang,
        "letter": one.letter.subject if one.letter is not None else None,
        "text": one.letter.body if one.letter is not None else None,
        "discloses": list(one.discloses),
        "reason": one.reason or None,
        "why": one.why,
        "file": name or None,
    }


def run(  # what may be said of a run
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    draft_only: Annotated[bool, typer.Option("--draft-only", help="Open the cases and keep drafts.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send the letters by e-mail, at the rate.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Also the seats that were left out before.")] = False,
    limit: Limit = None,
    rate: Rate = "30/min",
    folder: OutFolder = None,
    name: AccountName = "",
    password_file: PasswordFile = None,
) -> None:
    """Open the cases of a wave and issue their letters; with --send, send them. Interrupted, it goes on."""
    from dsar.desk import campaign_run, campaign_show, campaigning  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_whom import Rolls  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if draft_only and (send or folder is not None):
        raise ask.MissingError(what="one end of the run: drafts, or letters that go out", option="only --draft-only")
    with at_desk(options) as desk, looking_up(options, desk) as where, stopping() as stop:
        plan = campaigning.campaign(desk, id)
        by = post_of(options, desk, name, password_file, rate, stop) if send else None
        if folder is not None and not dry_run:
            ready(desk, plan.id, wave, folder)
        wanted = campaign_run.Wanted(wave=wave, draft_only=draft_only, limit=limit, retry=retry, post=by)
        if by is not None and not dry_run:
            count = sum(campaign_run.due(one, wanted) for one in campaigning.seats(desk, plan.id, wave))
            most = count if limit is None else min(count, limit)
            ask.confirm(options, f"Send up to {most} letters by e-mail, from {out.line(by.account.address)}?")
        with progress(options, plan.id) as told:
            around = campaign_run.Around(fresh=fresh(options), stop=stop, told=told)
            act = campaign_show.rehearse if dry_run else campaign_run.run
            ran = act(desk, Rolls(where), plan.id, wanted, around)
        printed = print_all(desk, plan.id, wave, folder) if folder is not None and not dry_run else None
    again = f"dsar campaign run {plan.id}{f' --wave {wave}' if wave else ''}{' --send' if send else ''}"
    _ran(options, plan.id, ran, printed, again, dry_run=dry_run)


def post_of(
    options: Options, desk: Desk, name: str, password_file: Path | None, rate: str, stop: Callable[[], bool]
) -> Post:
    """How letters leave by mail: the account, its password, and the pace."""
    from dsar.desk import accounts  # noqa: PLC0415 - only where mails leave
    from dsar.desk.campaign_post import Post  # noqa: PLC0415 - as above

    account = accounts.get(desk, name)
    return Post(
        account=account,
        password=password_of(options, desk, account, password_file),
        pace=pace(rate, stop),
        stop=stop,
        fresh=fresh(options),
    )


def print_all(desk: Desk, id: str, wave: int | None, folder: Path) -> Printed:  # noqa: A002 - its own name
    """The letters that have not left, and their list, in a folder."""
    from dsar.cli.files import write_file  # noqa: PLC0415 - only here
    from dsar.desk import campaign_paper  # noqa: PLC0415 - as above

    return campaign_paper.write_all(desk, campaign_paper.refs(desk, id, wave), folder, write_file)


def ready(desk: Desk, id: str, wave: int | None, folder: Path) -> None:  # noqa: A002 - its own name
    """See that letters can be printed into a folder before any is made.

    Raises:
        NotWritableError: it cannot be made.
        OldFilesError: files lie in it that are none of the letters that wait.
    """
    from dsar.cli.files import made_folder  # noqa: PLC0415 - only here
    from dsar.desk import campaign_paper  # noqa: PLC0415 - as above

    made_folder(folder)
    campaign_paper.refuse_old(desk, campaign_paper.refs(desk, id, wave), folder)


def _ran(options: Options, id: str, ran: Ran, printed: Printed | None, again: str, *, dry_run: bool) -> None:  # noqa: A002 - private
    step = again if ran.waiting or ran.stopped else f"dsar campaign show {id}"
    if dry_run:
        step = again
    elif step != again and printed is not None and printed.letters:
        step = sent_step(id)
    if options.json:
        out.emit(
            {
                "campaign": id,
                "dry_run": dry_run,
                "drafted": ran.drafted,
                "issued": ran.issued,
                "sent": ran.sent,
                "waiting": ran.waiting,
                "stopped": ran.stopped,
                "left_out": ran.left_out,
                "trouble": ran.trouble,
                **({"printed": printed.letters, "list": str(printed.list_at)} if printed is not None else {}),
                "next": step,
            }
        )
        return
    would = "would be " if dry_run else ""
    out.say(f"{id}: {ran.drafted} cases {would}opened, {ran.issued} letters {would}issued, {ran.sent} {would}sent.")
    if printed is not None:
        lie(printed)
        out.tell(*printed.left_out[:REASONS])
    told(ran.left_out, "left out")
    if ran.left_out:
        out.tell(f"Once that is mended, take them in again: dsar campaign run {id} --retry")
    told(ran.trouble, "not sent")
    if ran.waiting:
        out.say(f"{ran.waiting} are still to do: the same command goes on, and doubles nothing.")
    out.say("", f"Next: {step}")


def lie(printed: Printed) -> None:
    """Where the letters are that were printed."""
    out.say(f"{printed.letters} letters lie in {printed.list_at.parent}, and their list in {printed.list_at.name}.")


def sent_step(id: str) -> str:  # noqa: A002 - its own name
    """What follows once printed letters were handed in."""
    return f"dsar campaign sent {id} --on DATE --via registered"


def told(reasons: dict[str, int], what: str) -> None:
    """How many did not come through, and the most frequent reasons."""
    if not reasons:
        return
    out.tell(f"{sum(reasons.values())} {what}:")
    most = sorted(reasons.items(), key=lambda one: -one[1])
    out.tell(*(f"  {count} × {out.line(why)}" for why, count in most[:REASONS]))
    if len(most) > REASONS:
        out.tell(f"  and {len(most) - REASONS} other reasons (`dsar campaign people --state left-out`).")
