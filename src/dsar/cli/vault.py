"""`dsar vault`: the file that holds everything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk, given_key, open_vault

if TYPE_CHECKING:
    from dsar.vault.keys import KeySource

_NO = 1

vault = typer.Typer(no_args_is_help=True, add_completion=False, help="The vault.", rich_markup_mode=None)
key = typer.Typer(no_args_is_help=True, add_completion=False, help="The ways into the vault.", rich_markup_mode=None)
vault.add_typer(key, name="key")


@vault.command("status")
def status(ctx: typer.Context) -> None:
    """Where the vault is and what it holds."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        found = opened.status()
    rows = {
        "path": str(found.path),
        "cases": found.cases,
        "entries": found.entries,
        "evidence": found.evidence,
        "evidence_bytes": found.evidence_bytes,
        "schema": found.schema,
        "keys": list(found.slots),
        "size": found.file_bytes,
    }
    if options.json:
        out.emit(rows)
        return
    for name, value in rows.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        out.say(f"{name.replace('_', ' ')}: {shown}")


@vault.command("verify")
def verify(
    ctx: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="The chains only, not every byte of evidence.")] = False,
) -> None:
    """Check the hash chains, and every byte of evidence."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        problems = opened.verify(complete=not fast)
    if options.json:
        out.emit({"ok": not problems, "problems": list(problems)})
    else:
        out.say(*(problems or ("ok: every entry and every piece of evidence is as it was written.",)))
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
    """Make today's lists anew from the logs."""
    from dsar.desk.projecting import rebuild as act  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        count = act(desk)
    if options.json:
        out.emit({"cases": count})
        return
    out.say(f"{count} case(s) read anew.")


@key.command("add-passphrase")
def key_add(ctx: typer.Context) -> None:
    """Let a passphrase open the vault too (DSAR_NEW_PASSPHRASE, or asked for)."""
    import getpass  # noqa: PLC0415 - only here
    import os  # noqa: PLC0415 - as above

    from dsar.vault.keys import PassphraseSlot  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    text = os.environ.get("DSAR_NEW_PASSPHRASE", "")
    if not text:
        if options.yes or options.json or not out.can_ask():
            raise ask.MissingError(what="the new passphrase", option="DSAR_NEW_PASSPHRASE to the environment")
        text = getpass.getpass("New passphrase: ")
    with open_vault(options) as opened:
        name = opened.add_slot(PassphraseSlot(text))
    _slot_said(options, name, "added")


@key.command("remove")
def key_remove(ctx: typer.Context, name: str) -> None:
    """Take away a way into the vault (dsar vault status lists them)."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        opened.remove_slot(name)
    _slot_said(options, name, "removed")


@key.command("recovery")
def key_recovery(ctx: typer.Context) -> None:
    """Make a new recovery key; the old one no longer opens the vault, only older backups."""
    options = ctx.ensure_object(Options)
    with open_vault(options) as opened:
        text = opened.renew_recovery()
    if options.json:
        out.emit({"recovery_key": text})
        return
    out.say("New recovery key, printed this once:", "", f"    {text}")


def _slot_said(options: Options, name: str, what: str) -> None:
    if options.json:
        out.emit({"key": name, what: True})
        return
    out.say(f"Key {name}: {what}.")
