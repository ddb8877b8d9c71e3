"""`dsar vault`: the file that holds everything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, carry, out
from dsar.cli.keys import key
from dsar.cli.options import Options
from dsar.cli.session import at_desk, given_key, open_vault

if TYPE_CHECKING:
    from dsar.vault.keys import KeySource

_NO = 1

vault = typer.Typer(no_args_is_help=True, add_completion=False, help="The vault.", rich_markup_mode=None)
vault.add_typer(key, name="key")
vault.command("export")(carry.vault_export)
vault.command("import")(carry.vault_import)


@vault.command("status")
def status(ctx: typer.Context) -> None:
    """Where the vault is and what it holds, and which closed cases have been kept for long."""
    from dsar.desk.forgetting import kept_long  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = desk.vault.status()
        months, old = kept_long(desk)
    rows = {
        "path": str(found.path),
        "cases": found.cases,
        "entries": found.entries,
        "evidence": found.evidence,
        "evidence_bytes": found.evidence_bytes,
        "schema": found.schema,
        "keys": list(found.slots),
        "size": found.file_bytes,
        "head": found.head,
        "retention_months": months,
        "kept_longer": old,
    }
    if options.json:
        out.emit(rows)
        return
    for name, value in rows.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        if shown not in {None, ""}:
            out.say(f"{name.replace('_', ' ')}: {shown}")
    if old:
        out.say("", f"Next: dsar erase {old[0]} --reason retention-ended, or dsar vault export first")


@vault.command("retention")
def retention(
    ctx: typer.Context,
    months: Annotated[int | None, typer.Argument(help="Months after which to be reminded.", min=1, max=1200)] = None,
    never: Annotated[bool, typer.Option("--never", help="No reminder.")] = False,
) -> None:
    """Be reminded of closed cases in which nothing happened for so many months; how many is for you to decide."""
    from dsar.desk.forgetting import keep_for  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    if months is None and not never:
        raise ask.MissingError(what="how many months", option="MONTHS, or --never")
    with at_desk(options) as desk:
        keep_for(desk, None if never else months)
    if options.json:
        out.emit({"retention_months": None if never else months})
        return
    out.say("No reminder." if never else f"dsar vault status names closed cases after {months} months.")
    out.say("", "Next: dsar vault status")


@vault.command("verify")
def verify(
    ctx: typer.Context,
    complete: Annotated[
        bool, typer.Option("--complete/--fast", help="Every byte of evidence too, or the chains only.")
    ] = True,
) -> None:
    """Check the hash chains, and every byte of evidence (with --fast, the chains only)."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        problems = opened.verify(complete=complete)
    if options.json:
        out.emit({"ok": not problems, "complete": complete, "problems": list(problems)})
    elif problems:
        out.say(*problems)
    elif complete:
        out.say("ok: every entry and every piece of evidence is as it was written.")
    else:
        out.say("ok: every entry is as it was written; the bytes of the evidence were not read (--complete).")
    if problems:
        raise typer.Exit(_NO)


@vault.command("backup")
def backup(ctx: typer.Context, dest: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the vault while it is in use: the file, and FILE.keys beside it; a restore needs both."""
    from dsar.vault.slotfile import beside  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        opened.backup(dest)
    keys = beside(dest) if beside(dest).exists() else None
    if options.json:
        out.emit({"backup": str(dest), "keys": str(keys) if keys else None})
        return
    if keys is None:
        out.say(f"Backup written: {dest}. It has no file of keys, as the vault has none: only a key file opens it.")
        return
    out.say("Backup written, in two files:", f"  {dest}", f"  {keys}")
    out.say("Keep them together: with the recovery key, both are needed to restore it.")


@vault.command("restore")
def restore(
    ctx: typer.Context,
    src: Annotated[Path, typer.Argument(help="The backup.")],
    recovery: Annotated[str, typer.Option(help="The recovery key, where nothing else opens it.")] = "",
) -> None:
    """Put a backup in place of a vault that is not there (any more)."""
    from dsar.vault.backup import restore as act  # noqa: PLC0415 - only here
    from dsar.vault.keys import RecoverySlot  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    source: KeySource | None = RecoverySlot(recovery) if recovery else given_key(options)
    if source is None:
        source = RecoverySlot(ask.need(options, "", "the recovery key", "--recovery KEY"))
    act(src, options.vault_path, source)
    if options.json:
        out.emit({"vault": str(options.vault_path)})
        return
    out.say(f"Restored: {options.vault_path}.", "", "Next: dsar vault key add-passphrase, or dsar agenda")


@vault.command("rebuild")
def rebuild(ctx: typer.Context) -> None:
    """Make today's lists and the index of words anew from the logs."""
    from dsar.desk.finding import rebuild as index  # noqa: PLC0415 - only here
    from dsar.desk.projecting import rebuild as act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        count = act(desk)
        index(desk)
    if options.json:
        out.emit({"cases": count})
        return
    out.say(f"{count} case(s) read anew.")
